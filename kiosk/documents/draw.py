"""Pages of marks become the bytes of a PDF: the one module that calls the drawing library.

The same marks give the same bytes. Boxes are drawn as shapes, with □ or ☑ as invisible text in their place, so that
a search finds them whatever the fonts hold. Ink is drawn as strokes, not as a picture.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from threading import Lock
from typing import Final, assert_never

from reportlab.pdfgen.canvas import Canvas

from kiosk.documents import to_unicode
from kiosk.documents.font_runs import Fonts
from kiosk.documents.pages import HIGH, WIDE, Drawn, Frame, Mark, Rule, Tick, Words

INVISIBLE: Final = 3
_one_at_a_time = Lock()  # a font object reads its file while a document is saved


def draw(pages: Sequence[Sequence[Mark]], title: str, fonts: Fonts) -> bytes:
    """The PDF of these pages. The title must hold nothing a person said: readers show it in their window's bar."""
    to_unicode.put_right()
    file = io.BytesIO()
    with _one_at_a_time:
        canvas = Canvas(file, pagesize=(WIDE, HIGH), invariant=1, pageCompression=1, lang="zh-CN")
        canvas.setTitle(title)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        for page in pages:
            canvas.setLineWidth(0.6)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            for mark in page:
                _mark(canvas, mark, fonts)
            canvas.showPage()
        canvas.save()
    return file.getvalue()


def _mark(canvas: Canvas, mark: Mark, fonts: Fonts) -> None:
    match mark:
        case Words():
            _words(canvas, mark, fonts)
        case Tick():
            _tick(canvas, mark, fonts)
        case Frame():
            canvas.setFillGray(0.92 if mark.shaded else 1)
            canvas.rect(mark.x, mark.y, mark.wide, mark.high, stroke=1, fill=int(mark.shaded))
            canvas.setFillGray(0)
        case Rule():
            canvas.line(mark.x, mark.y, mark.x + mark.wide, mark.y)
        case Drawn():
            _ink(canvas, mark)
        case _:
            assert_never(mark)


def _words(canvas: Canvas, words: Words, fonts: Fonts) -> None:
    text = canvas.beginText(words.x, words.y)
    for run in fonts.runs(words.text, words.face):
        text.setFont(run.font, words.size)
        text.textOut(run.text)
    canvas.drawText(text)


def _tick(canvas: Canvas, tick: Tick, fonts: Fonts) -> None:
    side = tick.size * 0.82
    left, low = tick.x + tick.size * 0.1, tick.y - tick.size * 0.08
    run = fonts.box(tick.ticked)
    text = canvas.beginText(tick.x, tick.y)
    text.setTextRenderMode(INVISIBLE)
    text.setFont(run.font, tick.size)
    text.textOut(run.text)
    text.setTextRenderMode(0)
    canvas.drawText(text)
    canvas.rect(left, low, side, side, stroke=1, fill=0)
    if tick.ticked:
        canvas.setLineWidth(1.3)
        path = canvas.beginPath()
        path.moveTo(left + side * 0.18, low + side * 0.52)
        path.lineTo(left + side * 0.42, low + side * 0.22)
        path.lineTo(left + side * 0.86, low + side * 0.84)
        canvas.drawPath(path)
        canvas.setLineWidth(0.6)


def _ink(canvas: Canvas, drawn: Drawn) -> None:
    """The strokes scaled into their frame, cut to what was written so that a small hand is not lost."""
    points = [point for stroke in drawn.ink.strokes for point in stroke]
    if not points:
        return
    left, right = min(p.x for p in points), max(p.x for p in points)
    top, bottom = min(p.y for p in points), max(p.y for p in points)
    scale = min(drawn.wide / max(1, right - left), drawn.high / max(1, bottom - top), 1.0)
    canvas.setLineWidth(1.4)
    for stroke in drawn.ink.strokes:
        places = [(drawn.x + (p.x - left) * scale, drawn.y + (bottom - p.y) * scale) for p in stroke]
        path = canvas.beginPath()
        for position, (x, y) in enumerate(places):
            if position == 0:
                path.moveTo(x, y)
            else:
                path.lineTo(x, y)
        if len(places) == 1:
            path.lineTo(places[0][0] + 0.1, places[0][1])
        canvas.drawPath(path)
    canvas.setLineWidth(0.6)
