"""How much room words need, before a widget shows them. Agrees with what `QLabel` and a tile take."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from ui.letters import drawn

ENDLESS = 100_000
# Numbers for the reason given in `ui.labels`.
WRAPPED = 0x1001  # Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
WRAPPED_IN_MIDDLE = 0x1004  # Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
WIDEST = 2  # no character of the shipped fonts is as wide as this many of its heights
LONGEST_WORD = 18  # a run of letters or digits longer than this may be broken


def wrapped_height(text: str, font: QFont, width: int) -> int:
    return _height(drawn(text), font.pixelSize(), font.weight() >= QFont.Weight.Bold, tuple(font.families()), width)


def line_width(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(drawn(text))


def breakable(text: str) -> str:
    """The text with places to break in runs that no line could hold, such as a digest."""
    words = text.split(" ")
    return " ".join(
        "\u200b".join(word[n : n + LONGEST_WORD] for n in range(0, len(word), LONGEST_WORD))
        if len(word) > LONGEST_WORD and word.isascii()
        else word
        for word in words
    )


def wrapped_lines(text: str, font: QFont, width: int) -> list[str]:
    """The lines a label of this width breaks the text into."""
    from PySide6.QtGui import QTextLayout, QTextOption  # the attract screen breaks no words itself

    lines: list[str] = []
    for paragraph in drawn(text).split("\n"):
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        encoded = paragraph.encode("utf-16-le")
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, length = line.textStart(), line.textLength()
            lines.append(encoded[start * 2 : (start + length) * 2].decode("utf-16-le"))
        layout.endLayout()
        if not paragraph:
            lines.append("")
    return lines


@lru_cache(maxsize=512)
def _metrics(pixels: int, bold: bool, families: tuple[str, ...]) -> QFontMetrics:
    font = QFont(list(families))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return QFontMetrics(font)


@lru_cache(maxsize=512)
def _line_height(pixels: int, bold: bool, families: tuple[str, ...]) -> int:
    return _measured(_metrics(pixels, bold, families), "永", ENDLESS)


def _height(text: str, pixels: int, bold: bool, families: tuple[str, ...], width: int) -> int:
    """Not remembered by its text: what a person said stays in no cache. What must fit one line is not measured."""
    if "\n" not in text and len(text) * pixels * WIDEST <= width:
        return _line_height(pixels, bold, families)
    return _measured(_metrics(pixels, bold, families), text, width)


def _measured(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, max(1, width), ENDLESS), WRAPPED, text).height()
