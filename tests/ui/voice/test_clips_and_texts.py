"""The list, the clips and the texts belong together; every clip is a sound of the right length and loudness."""

from __future__ import annotations

import hashlib
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources import folder
from resources.voice.listing import Clip, read_list
from resources.voice.ogg import MOST_BYTES, OggProblem, pages_in, split
from resources.voice.phrases import clip_name, phrases_in
from resources.voice.render import read_setting
from resources.voice.texts import spoken_phrases
from ui.voice.player import RATE, decoded

HOME = folder("voice")
LANGUAGES = sorted(path.parent.name for path in HOME.glob("*/clips.txt"))
LEAST, MOST = 0.15, 0.8  # seconds a Chinese character
LEAST_LATIN, MOST_LATIN = 0.02, 0.45  # seconds a letter
MOST_ALL_MB = 40


def length_in_signs(phrase: str) -> int:
    return sum(sign.isalnum() for sign in phrase)


def least_said(phrase: str) -> int:
    """A number in figures may be one word: 50000 is 五万."""
    return length_in_signs(re.sub(r"\d[\d,.]*", "0", phrase))


def clips(language: str) -> list[Clip]:
    return read_list(HOME / language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spoken_text_has_its_clip_or_stands_among_those_still_to_be_made(language: str):
    phrases = set(spoken_phrases(folder("."), language))
    made = {clip.phrase for clip in clips(language) if clip.place != "syllable"}
    unmade = set((HOME / language / "unmade.txt").read_text("utf-8").split("\n")[:-1])
    assert phrases - made - unmade == set(), "run python -m resources.voice.render --list-only (docs/voice.md)"
    assert unmade & made == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_no_clip_without_a_text_and_none_without_a_line_in_the_list(language: str):
    setting = read_setting(language)
    phrases = set(spoken_phrases(folder("."), language))
    listed = clips(language)
    assert {clip.phrase for clip in listed if clip.place != "syllable"} - phrases == set()
    assert {clip.name for clip in listed} == {path.name for path in (HOME / language).glob("clips/*")}
    assert [clip for clip in listed if clip.name != clip_name(clip.phrase, setting.voice, setting.speed)] == []
    assert len({clip.name for clip in listed}) == len(listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_clip_is_as_long_as_its_text_takes_to_say(language: str):
    least, most = (LEAST, MOST) if read_setting(language).syllables else (LEAST_LATIN, MOST_LATIN)
    wrong = [
        (clip.phrase, clip.seconds)
        for clip in clips(language)
        if clip.place not in ("syllable", "word")
        and not least * least_said(clip.phrase) <= clip.seconds <= most * length_in_signs(clip.phrase) + 0.6
    ]
    assert wrong == []
    assert [
        clip.phrase for clip in clips(language) if clip.place == "syllable" and not 0.12 <= clip.seconds <= 1.1
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_is_the_one_in_the_list(language: str):
    home = HOME / language / "clips"
    wrong = [
        clip.phrase
        for clip in clips(language)
        if hashlib.sha256((home / clip.name).read_bytes()).hexdigest()[:8] != clip.digest
    ]
    assert wrong == []


def test_all_clips_together_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in HOME.glob("*/clips/*")) <= MOST_ALL_MB * 1_000_000


def heard_of(language: str, clip: Clip) -> tuple[float, float, float]:
    """Seconds, loudness of what is not silence, and the share of samples at the very top."""
    sound = decoded((HOME / language / "head").read_bytes() + (HOME / language / "clips" / clip.name).read_bytes())
    frames = sound[: len(sound) // 160 * 160].reshape(-1, 160)
    loud = np.sqrt((frames**2).mean(axis=1))
    spoken = loud[loud > 0.05 * loud.max()]
    return len(sound) / RATE, float(np.sqrt((spoken**2).mean())), float((np.abs(sound) > 0.99).mean())


def look_at(language: str, some: list[Clip]) -> list[tuple[str, float, float, float]]:
    found = ((clip, *heard_of(language, clip)) for clip in some)
    return [
        (clip.phrase, seconds, loudness, clipped)
        for clip, seconds, loudness, clipped in found
        if abs(seconds - clip.seconds) > 0.05 or not 0.05 <= loudness <= 0.16 or clipped > 0.001
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clip_is_heard_as_listed_equally_loud_and_not_clipped(language: str):
    assert look_at(language, clips(language)) == []


@given(st.binary(max_size=400))
def test_bytes_that_are_no_ogg_are_a_problem_and_nothing_else(data: bytes):
    try:
        list(pages_in(data))
        split(data)
    except OggProblem:
        return
    assert data == b"" or data.startswith(b"OggS")


def test_an_ogg_too_long_is_refused():
    with pytest.raises(OggProblem, match="too long"):
        list(pages_in(b"OggS" + bytes(MOST_BYTES)))


@given(st.text(alphabet="你好。！？；, .a1(“”）\n", max_size=60))
def test_phrases_keep_every_sign_that_can_be_said(text: str):
    kept = "".join(sign for phrase in phrases_in(text) for sign in phrase if sign.isalnum())
    assert kept == "".join(sign for sign in text if sign.isalnum())


def test_a_sentence_is_cut_where_it_ends_and_closing_signs_stay_with_it():
    assert phrases_in("他说：“好。”然后走了。") == ("他说：“好。”", "然后走了。")
    assert phrases_in("Write it down. Then press OK; a rate of 4.35 stays whole.") == (
        "Write it down.",
        "Then press OK;",
        "a rate of 4.35 stays whole.",
    )
