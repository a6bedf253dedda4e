"""The pictures of the README, drawn from the real window: `python -m ui.pictures docs/pictures`.

Twelve screens in both languages, small. The ink in the square is read by the real recogniser.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

import resources
from kiosk.wording import load_wording
from ui.look import Look, Orientation, Size, Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.window import KioskWindow

HALF = 0.5
QUALITY = 90
PATIENCE_SECONDS = 20.0
Strokes = tuple[tuple[tuple[int, int], tuple[int, int]], ...]
SQUARE, PAD = 500, 960  # in which these lines are written down
WANG: Strokes = (((90, 120), (410, 120)), ((120, 250), (380, 250)), ((250, 120), (250, 390)), ((70, 390), (430, 390)))
SIGNED: Strokes = (  # 王秀英, whom nobody is called here
    ((120, 120), (330, 112)), ((140, 190), (310, 186)), ((225, 118), (228, 268)), ((110, 276), (350, 262)),
    ((610, 70), (530, 95)), ((490, 124), (690, 118)), ((592, 84), (596, 190)), ((588, 122), (490, 192)),
    ((602, 122), (695, 185)), ((520, 204), (655, 198)), ((655, 198), (640, 234)), ((640, 234), (672, 242)),
    ((672, 242), (652, 304)), ((575, 204), (505, 312)), ((735, 102), (905, 94)), ((785, 72), (789, 128)),
    ((852, 70), (846, 124)), ((764, 150), (768, 198)), ((764, 150), (876, 146)), ((876, 146), (870, 198)),
    ((725, 208), (920, 200)), ((820, 128), (812, 208)), ((812, 208), (725, 312)), ((822, 206), (915, 306)),
)  # fmt: skip
Then = Callable[["KioskWindow"], None]


class Shot(NamedTuple):
    name: str
    page: str
    look: Look = Look()
    then: Then | None = None


def _write_wang(window: KioskWindow) -> None:
    from kiosk.visit.pages import WordsPage

    page = window.page
    assert isinstance(page, WordsPage)
    window.show_page(replace(page, text=""))
    ink = window.panel.writing.ink
    _draw(ink, WANG, min(ink.width(), ink.height()) / SQUARE)
    until = time.monotonic() + PATIENCE_SECONDS
    while not window.panel.writing.found() and time.monotonic() < until:
        _live()


def _sign(window: KioskWindow) -> None:
    from ui.inspection import visible
    from ui.screens.sign import SignPad

    pad = visible(window, SignPad)[0]
    _draw(pad, SIGNED, pad.width() / PAD)


def _walk(window: KioskWindow) -> None:
    from ui.walk import WalkKey

    for _ in range(2):
        window.walk.press(WalkKey.NEXT)


def _ask_look(window: KioskWindow) -> None:
    from PySide6.QtWidgets import QPushButton

    from ui.inspection import visible

    next(one for one in visible(window, QPushButton) if one.objectName() == "look").click()


LARGEST = Look(size=Size.LARGEST, theme=Theme.CONTRAST)
LYING = Look(orientation=Orientation.LANDSCAPE)
SHOTS = (
    Shot("welcome", "welcome"),
    Shot("guidance", "signpost"),
    Shot("tasks", "tasks"),
    Shot("question", "choice"),
    Shot("writing", "words", then=_write_wang),
    Shot("photograph", "capture-good"),
    Shot("check", "check"),
    Shot("sign", "sign", then=_sign),
    Shot("done", "done"),
    Shot("look", "note", then=_ask_look),
    Shot("largest", "choice", LARGEST),
    Shot("keys", "choice-many", LYING._replace(theme=Theme.SOFT), _walk),
)


def _draw(surface: QWidget, strokes: Strokes, unit: float) -> None:
    """A mouse draws these lines; `unit` is how many pixels one of theirs is."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    button, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for ends in strokes:
        first, last = (QPoint(round(x * unit), round(y * unit)) for x, y in ends)
        QTest.mousePress(surface, button, plain, first)
        for step in range(1, 9):
            way = QPoint((last.x() - first.x()) * step // 8, (last.y() - first.y()) * step // 8)
            QTest.mouseMove(surface, first + way)
            _live()
        QTest.mouseRelease(surface, button, plain, last)
        _live()


def _live() -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
def main(out: Path) -> None:
    """Draw them into OUT."""
    from PySide6.QtWidgets import QApplication

    from ui.letters import load_fonts

    application = QApplication.instance() or QApplication([sys.argv[0], "-platform", "offscreen"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    load_fonts()
    for language in load_wording(resources.folder("wording")).codes:
        for shot in SHOTS:
            _take(shot, language, out, application)
    click.echo(f"pictures in {out}")


def _take(shot: Shot, language: str, out: Path, application: QApplication) -> None:
    from PySide6.QtCore import Qt

    from ui.gallery import offer_inputs
    from ui.inputs.handwriting import OnnxRecogniser, standard_characters
    from ui.inputs.lane import InkLane
    from ui.samples import COURT, sample_pages
    from ui.window import KioskWindow

    window = KioskWindow(
        shot.look._replace(language=language), COURT[language], load_wording(resources.folder("wording")), voice=True
    )
    offer_inputs(window)
    standard = frozenset(standard_characters(resources.folder("pinyin") / "standard_characters.txt"))
    lane = InkLane(OnnxRecogniser(resources.folder("handwriting"), standard), window)
    window.panel.use_recogniser(lane)
    if shot.then is _write_wang:
        lane.start()
    window.show()
    window.show_page(sample_pages(language)[shot.page])
    application.processEvents()
    if shot.then is not None:
        shot.then(window)
        application.processEvents()
    picture = window.grab().toImage()
    small = picture.scaled(
        round(picture.width() * HALF),
        round(picture.height() * HALF),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    small.save(str(out / f"{shot.name}-{language}.webp"), quality=QUALITY)
    if shot.then is _write_wang:
        lane.stop()
    window.close()
    window.deleteLater()


if __name__ == "__main__":
    main()
