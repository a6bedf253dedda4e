"""One application and one window a look for all tests of screens."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

import resources
from kiosk.wording import Wording, load_wording
from ui.accessible import tell_roles
from ui.inputs.handwriting import ScriptedRecogniser
from ui.inputs.lane import InkLane
from ui.inputs.pinyin import Candidate, PinyinEngine
from ui.letters import load_fonts
from ui.look import Look
from ui.samples import COURT
from ui.window import KioskWindow


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    qapp.setStyle("Fusion")
    load_fonts()
    tell_roles()
    return qapp


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(resources.folder("wording"))


@pytest.fixture(scope="session")
def lane(application: QApplication) -> InkLane:
    """Handwriting is offered; nobody writes in these tests, so its thread is never started."""
    return InkLane(ScriptedRecogniser({}))


class FewWords:
    """Pinyin with a handful of candidates, one of them long."""

    def candidates(self, typed: str, *, name: bool = False) -> tuple[Candidate, ...]:
        return tuple(Candidate(words, len(typed)) for words in ("张", "章", "民间借贷纠纷", "掌", "涨"))

    def forget(self) -> None:
        """Keeps nothing."""


@pytest.fixture(scope="session")
def few_words() -> PinyinEngine:
    return FewWords()


@pytest.fixture(scope="session")
def windows(application: QApplication) -> Iterator[dict[Look, KioskWindow]]:
    """Windows are the dear part of these tests; one a look is enough, as in a lobby."""
    windows: dict[Look, KioskWindow] = {}
    yield windows
    for window in windows.values():
        window.close()
        window.deleteLater()
    application.processEvents()


@pytest.fixture
def open_window(
    windows: dict[Look, KioskWindow],
    application: QApplication,
    wording: Wording,
    lane: InkLane,
    few_words: PinyinEngine,
) -> Iterator[Callable[[Look], KioskWindow]]:
    """Open a window in a look, as before its first visitor; it is put away when the test ends."""
    opened: list[KioskWindow] = []

    def open_(look: Look) -> KioskWindow:
        if look not in windows:
            windows[look] = KioskWindow(look, COURT[look.language], wording)
            windows[look].panel.use_recogniser(lane)
            windows[look].panel.use_pinyin(few_words)
        window = windows[look]
        window.show()
        opened.append(window)
        return window

    yield open_
    for window in opened:
        window.begin_again()
        window.walk.touched()
        window.hide()
    application.processEvents()


def backwards(english: str) -> str:
    """English as a language that is read from the right would show it: the shipped fonts have no such letters."""
    return f"\u200f\u202e{english}\u202c"


@pytest.fixture(scope="session")
def turn() -> Callable[[str], str]:
    return backwards


@pytest.fixture(scope="session")
def added_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped wording and, added as files, a language read from the right."""
    whole = tmp_path_factory.mktemp("languages") / "wording"
    shutil.copytree(resources.folder("wording"), whole)
    own = whole / "xx"
    own.mkdir()
    words = {"name": backwards("Pseudo"), "short": backwards("XX"), "choose": backwards("Choose")}
    lines = [f"{key} = {json.dumps(text)}" for key, text in words.items()]
    (own / "language.toml").write_text(
        "\n".join([*lines, 'place = 3\nsecond = "zh"\ndirection = "right to left"']), encoding="utf-8"
    )
    for path in resources.folder("wording").glob("*.toml"):
        said = load_table(path)
        (own / path.name).write_text(
            "\n".join(f"{json.dumps(key)} = {json.dumps(backwards(text))}" for key, text in said), encoding="utf-8"
        )
    return whole


def load_table(path: Path) -> list[tuple[str, str]]:
    return [(key, entry["en"]) for key, entry in entries_of(tomllib.loads(path.read_text(encoding="utf-8")), "")]


def entries_of(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, inner in table.items():
        if all(isinstance(value, str) for value in inner.values()):
            yield prefix + name, inner
        else:
            yield from entries_of(inner, f"{prefix}{name}.")
