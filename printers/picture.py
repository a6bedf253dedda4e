"""Papers as a picture, drawn from what a printer decoded, dot by dot: what a person would hold in the hand."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from printers.glyphs import Glyphs, shipped_glyphs
from printers.virtual.paper import Bitmap, Character, Code, Paper

MARGIN = 32
TOP = 36
KNIFE_GAP = 24  # the feed before the cut has left white paper below the last line
BETWEEN = 40
PAPER_WHITE = (253, 252, 248)
TABLE = (206, 210, 214)
INK = (24, 24, 30)
EDGE = (182, 186, 190)


def draw(papers: Sequence[Paper], glyphs: Glyphs | None = None) -> bytes:
    """One PNG with the papers one below the other."""
    sheets = [_sheet(paper, glyphs or shipped_glyphs()) for paper in papers]
    width = max((sheet.width for sheet in sheets), default=576) + 2 * BETWEEN
    height = sum(sheet.height + BETWEEN for sheet in sheets) + BETWEEN
    table = Image.new("RGB", (width, height), TABLE)
    top = BETWEEN
    for sheet in sheets:
        left = (width - sheet.width) // 2
        shadow = Image.new("RGB", sheet.size, EDGE)
        table.paste(shadow, (left + 3, top + 4), sheet.getchannel("A"))
        table.paste(sheet, (left, top), sheet.getchannel("A"))
        top += sheet.height + BETWEEN
    out = io.BytesIO()
    table.save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_dots(paper: Paper, glyphs: Glyphs | None = None) -> Image.Image:
    """The paper's printed dots alone, 1 bit, as wide as the print head."""
    return _dots(paper, glyphs or shipped_glyphs())


def _sheet(paper: Paper, glyphs: Glyphs) -> Image.Image:
    dots = _dots(paper, glyphs)
    width, height = dots.width + 2 * MARGIN, dots.height + TOP + KNIFE_GAP
    sheet = Image.new("RGBA", (width, height), (*PAPER_WHITE, 255))
    ink = Image.new("RGBA", dots.size, (*INK, 255))
    sheet.paste(ink, (MARGIN, TOP), dots.convert("L").point(lambda level: 255 - level))
    _lower_edge(sheet, paper.cut)
    return sheet


def _lower_edge(sheet: Image.Image, cut: bool) -> None:
    """A straight edge where the knife went, with the bridge a partial cut leaves; a ragged one where it was torn."""
    draw = ImageDraw.Draw(sheet)
    bottom, clear = sheet.height - 1, (0, 0, 0, 0)
    if cut:
        draw.line((0, bottom, sheet.width // 2 - 8, bottom), fill=(*EDGE, 255))
        draw.line((sheet.width // 2 + 8, bottom, sheet.width, bottom), fill=(*EDGE, 255))
        return
    for left in range(0, sheet.width, 24):
        depth = 8 + (left * 37) % 17
        draw.polygon(((left, bottom + 1), (left + 12, bottom - depth), (left + 24, bottom + 1)), fill=clear)


def _dots(paper: Paper, glyphs: Glyphs) -> Image.Image:
    canvas = Image.new("1", (paper.width, max(1, paper.dots)), 1)
    for ink in paper.ink:
        match ink:
            case Character():
                _character(canvas, ink, glyphs)
            case Bitmap(left, top, width, height, rows):
                black = Image.frombytes("1", (width, height), rows)
                canvas.paste(0, (left, top), black)
            case Code():
                _code(canvas, ink)
    return canvas


def _character(canvas: Image.Image, ink: Character, glyphs: Glyphs) -> None:
    size = max(ink.wide, ink.high)
    if ink.character == "─":
        # A ROM draws its lines so that they join; fonts leave gaps.
        ImageDraw.Draw(canvas).rectangle((ink.left, ink.top + 11, ink.left + 24 * ink.wide - 1, ink.top + 12), fill=0)
        return
    cell = glyphs.cell(ink.character, size, ink.bold)
    if ink.wide != ink.high:
        cell = cell.resize((cell.width * ink.wide // size, cell.height * ink.high // size), Image.Resampling.NEAREST)
    black = cell.point(lambda level: 255 - level)
    canvas.paste(0, (ink.left, ink.top), black)


def _code(canvas: Image.Image, code: Code) -> None:
    if code.kind != "qr":
        picture = _stripes(code)
    else:
        import qrcode
        from qrcode.util import MODE_8BIT_BYTE, QRData

        made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
        made.add_data(QRData(code.data.encode("ascii", "replace"), mode=MODE_8BIT_BYTE))
        made.make()
        matrix = made.get_matrix()
        picture = Image.new("1", (len(matrix), len(matrix)), 1)
        picture.putdata([0 if dark else 1 for row in matrix for dark in row])
        picture = picture.resize((picture.width * code.module_dots,) * 2, Image.Resampling.NEAREST)
    canvas.paste(picture, (code.left, code.top))


def _stripes(code: Code) -> Image.Image:
    """Stripes in place of a barcode; the paper's record keeps its content."""
    picture = Image.new("1", (11 * (len(code.data) + 3) * code.module_dots, code.side - 24), 1)
    draw = ImageDraw.Draw(picture)
    bits = "11010010000" + "".join(f"{ord(each) * 37 % 1024 | 1025:011b}" for each in code.data) + "1100011101011"
    for place, bit in enumerate(bits):
        if bit == "1":
            left = place * code.module_dots
            draw.rectangle((left, 0, left + code.module_dots - 1, picture.height), fill=0)
    return picture
