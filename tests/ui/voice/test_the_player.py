"""The sound card's side, on miniaudio's null device: starts, is silenced at once, forgets, and does without a card."""

from __future__ import annotations

import time
from collections.abc import Iterator

import miniaudio
import numpy as np
import pytest

from ui.samples import sample_pages
from ui.voice.player import RATE, Pace, Player, decoded
from ui.voice.speak import page_sayings
from ui.voice.strung import Ear, Sound, Voices
from ui.voice.synth import Synthesiser

NOTICE = sample_pages("zh")["check"]


@pytest.fixture
def player(voices: Voices) -> Iterator[Player]:
    made = Player(voices, backends=[miniaudio.Backend.NULL])
    made.start()
    yield made
    made.close()


def script(voices: Voices, wording):
    said = page_sayings(NOTICE, lambda key, **places: wording.say(key, "zh", **places))
    return lambda: voices.sounds(said, "zh", Ear.HEADPHONES)


def wait_for(fact, seconds: float = 10.0) -> float:
    began = time.monotonic()
    while not fact():
        assert time.monotonic() - began < seconds
        time.sleep(0.001)
    return time.monotonic() - began


def test_a_page_is_heard_soon_after_it_is_asked_for(player: Player, voices: Voices, wording):
    player.say(script(voices, wording), Pace())
    wait_for(lambda: player.taken > 0)
    player.hush()
    before = player.taken
    began = time.monotonic()
    player.say(script(voices, wording), Pace())
    wait_for(lambda: player.taken > before)
    assert time.monotonic() - began < 1.0  # 0.1 on an idle machine: two of the device's buffers


def test_asking_never_keeps_the_window_waiting(player: Player, voices: Voices, wording):
    worst = 0.0
    for _ in range(50):
        began = time.perf_counter()
        player.say(script(voices, wording), Pace())
        worst = max(worst, time.perf_counter() - began)
    assert worst < 0.05


def test_hushed_it_has_nothing_left_to_say(player: Player, voices: Voices, wording):
    player.say(script(voices, wording), Pace())
    wait_for(lambda: player.waiting > RATE)
    player.hush()
    assert player.waiting == 0
    assert not player.speaking
    assert player._take(4000) == bytes(8000)


def test_what_is_asked_last_is_what_is_said(player: Player, voices: Voices, wording):
    asked: list[int] = []

    def ask(number: int):
        def make():
            asked.append(number)
            return ()

        return make

    for number in range(30):
        player.say(ask(number), Pace())
    wait_for(lambda: 29 in asked)
    assert asked[-1] == 29


def test_slower_speech_is_longer_and_as_loud(player: Player, voices: Voices):
    sound = Sound("再听一遍", "zh", voices.books["zh"].clip_of("再听一遍"))
    usual, slow = player._samples(sound, 1.0), player._samples(sound, 0.8)
    assert len(slow) == pytest.approx(len(usual) / 0.8, rel=0.02)
    assert np.sqrt((slow**2).mean()) == pytest.approx(np.sqrt((usual**2).mean()), rel=0.15)


def test_without_a_sound_card_it_says_so_once_and_all_goes_on(voices: Voices, wording, monkeypatch):
    told: list[str] = []

    def no_card(*_args, **_named):
        raise miniaudio.MiniaudioError("no device")

    monkeypatch.setattr(miniaudio, "PlaybackDevice", no_card)
    silent = Player(voices, silent=lambda: told.append("silent"))
    silent.start()
    for _ in range(3):
        silent.say(script(voices, wording), Pace())
    silent.close()
    assert told == ["silent"]
    assert silent.waiting == 0


def test_a_clip_that_cannot_be_read_is_silence():
    assert len(decoded(b"OggS rubbish")) == 0
    assert len(decoded(b"")) == 0


def test_a_synthesiser_that_is_not_there_says_nothing(tmp_path):
    missing = Synthesiser(tmp_path / "espeak-ng")
    assert not missing.present
    assert missing.wav("Hello", "en") == b""


def test_a_synthesiser_is_told_by_its_input_and_given_up_when_it_fails(tmp_path):
    program = tmp_path / "says"
    program.write_text('#!/bin/sh\n[ "$1" = --stdin ] && /bin/cat\n')
    program.chmod(0o755)
    assert Synthesiser(program).wav("张三", "en") == "张三".encode()
    program.write_text("#!/bin/sh\nexit 3\n")
    assert Synthesiser(program).wav("Hello", "en") == b""


def test_closing_twice_is_harmless(voices: Voices):
    never_started = Player(voices)
    never_started.close()
    never_started.close()
