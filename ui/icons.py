"""Signs drawn from `resources/icons`, in a colour of the theme.

The shipped fonts lack several signs, so every sign that is not a letter is a picture. A sign says nothing by
itself: whoever shows one gives the widget an accessible name.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

import resources


def has_icon(name: str) -> bool:
    return (resources.folder("icons") / f"{name}.svg").is_file()


def draw_icon(painter: QPainter, name: str, color: QColor, area: QRectF) -> None:
    """Draw the sign of this name into a square."""
    _render(painter, _source(name).replace(b"currentColor", color.name().encode()), area)


def draw_shapes(painter: QPainter, shapes: str, area: QRectF) -> None:
    """Draw SVG shapes whose unit is the pixel into this area."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {area.width()} {area.height()}">'
    _render(painter, f"{head}{shapes}</svg>".encode(), area)


def _render(painter: QPainter, source: bytes, area: QRectF) -> None:
    QSvgRenderer(QByteArray(source)).render(painter, area)


@cache
def _source(name: str) -> bytes:
    return (resources.folder("icons") / f"{name}.svg").read_bytes()
