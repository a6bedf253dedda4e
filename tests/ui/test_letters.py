"""Every character the kiosk says, and every standard character a person may be called by, is drawn from the shipped
fonts; what no font here has is drawn as 〓 and keeps its code point. Tests run with an empty fontconfig."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

import ui.letters
from kiosk.visit.pages import CheckPage, ChoicePage, Frame, Heading, Option, Row
from resources import folder
from ui.inspection import visible
from ui.letters import FAMILY, IN_NO_FONT, SHIPPED, can_draw, drawn, families, load_fonts
from ui.look import Look
from ui.screens.tile import Tile
from ui.theme import Role, font_of
from ui.window import KioskWindow

RARE = "\U00021750"  # 𡝐, in HanaMinB and in neither shipped font
SAYING = ("wording", "guidance", "packs", "tables")


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest, application: QApplication) -> QRawFont:
    return QRawFont(str(folder("fonts") / request.param), 32)


def missing(font: QRawFont, characters: Iterator[str] | set[str]) -> list[str]:
    seen = (c for c in characters if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))
    return sorted(c for c in seen if not font.supportsCharacter(ord(c)))


def test_no_font_of_the_machine_helps_these_tests(application: QApplication):
    names_without_a_font = {"Monospace", "Sans Serif", "Serif"}
    assert set(QFontDatabase.families()) - names_without_a_font <= {FAMILY, "Noto Serif SC"}


def test_every_standard_character_is_drawn_from_the_shipped_fonts(shipped: QRawFont):
    listed = (folder("pinyin") / "standard_characters.txt").read_text(encoding="utf-8")
    characters = {c for c in listed if unicodedata.category(c) == "Lo"}
    assert len(characters) == 8105
    assert missing(shipped, characters) == []


@pytest.mark.parametrize("what", SAYING)
def test_everything_the_kiosk_says_is_drawn_from_the_shipped_fonts(what: str, shipped: QRawFont):
    files = [path for path in folder(what).rglob("*") if path.suffix in (".toml", ".json", ".yaml")]
    assert files
    said = {c for path in files for c in path.read_text(encoding="utf-8")}
    assert missing(shipped, said) == []


def test_what_is_taken_for_granted_is_in_both_fonts(shipped: QRawFont):
    assert missing(shipped, {c for c in map(chr, range(0x10000)) if ui.letters._is_sure(c)}) == []


def test_a_character_in_no_font_is_drawn_as_one_sign_and_the_rest_as_it_is(application: QApplication):
    assert drawn(f"张{RARE}é，A\u200b1") == f"张{IN_NO_FONT}é，A\u200b1"
    metrics = QFontMetrics(font_of(Look(), Role.BODY))
    assert not can_draw(metrics, RARE)
    assert can_draw(metrics, "䶮")


def test_no_page_draws_a_box_for_a_rare_name(open_window: Callable[[Look], KioskWindow], application: QApplication):
    name = f"张{RARE}"
    window = open_window(Look())
    row = Row("原告", (name,), "1")
    window.show_page(CheckPage(Frame("zh"), Heading(f"{name}，请核对"), (row,)))
    application.processEvents()
    words = [label.text() for label in visible(window, QLabel)]
    assert f"张{IN_NO_FONT}" in words
    assert f"张{IN_NO_FONT}，请核对" in words
    assert not any(RARE in text for text in words)
    window.show_page(ChoicePage(Frame("zh"), Heading("谁？"), (Option("1", name),)))
    application.processEvents()
    tile = next(one for one in visible(window, Tile) if one.label == name)
    assert tile.accessibleName() == name  # what is spoken and kept is the character itself


def test_a_language_brings_its_own_font_and_it_comes_before_the_rare_ones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, application: QApplication
):
    """The serif font stands in for one of other letters: it is shipped, and no screen uses it."""
    monkeypatch.setattr(ui.letters, "_of_languages", [])
    before = families()
    load_fonts(of_languages=["NotoSerifSC_400Regular.ttf"])
    assert families() == (before[0], "Noto Serif SC", *before[1:])
    assert re.match(r"Noto Sans SC", font_of(Look(), Role.BODY).families()[0])
