"""From a picture to a page: opened within bounds, the sheet found, laid straight, judged, and written anew.

What goes out is drawn from pixels: no metadata of the file that came in is in it. Runs in the decoding child only
(`kiosk.pictures.child`), where its memory and its seconds are bounded.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from math import hypot

import numpy as np
from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, UnidentifiedImageError

from kiosk.pictures.judging import Doubt, Figures, doubts, figures
from kiosk.pictures.limits import (
    LEAST_SIDE,
    MOST_PAGE_BYTES,
    MOST_PIXELS,
    MOST_SIDE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PREVIEW_SIDE,
    Refused,
)
from kiosk.pictures.page_finding import Quad, Sheet, find_sheet

FORMATS = {"JPEG": JpegImagePlugin.JpegImageFile, "PNG": PngImagePlugin.PngImageFile}
SEARCHED_SIDE = 420
JUDGED_SIDE = 1200
WORKED_SIDE = 4200
QUALITIES = (82, 74, 64, 52, 40)
EXIF = TiffImagePlugin.ImageFileDirectory_v2  # loaded here: once the child sees no files, nothing can be loaded
Image.preinit()
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class CannotTake(Exception):
    """This picture is refused."""

    def __init__(self, reason: Refused) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pixels:
    """RGB, row after row."""

    width: int
    height: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    jpeg: bytes = field(repr=False)
    width: int
    height: int
    preview: Pixels
    sheet: Sheet | None
    figures: Figures
    doubts: tuple[Doubt, ...]


def make_page(data: bytes) -> Page:
    """The page in this picture."""
    picture = open_picture(data)
    small = picture.convert("L")
    small.thumbnail((SEARCHED_SIDE, SEARCHED_SIDE), Image.Resampling.BOX)
    sheet = find_sheet(np.asarray(small))
    page, long_side = (
        (_flattened(picture, sheet.corners), _long_side(picture, sheet.corners)) if sheet else (picture, 0.0)
    )
    page.thumbnail((max(PAGE_WIDTH, PAGE_HEIGHT),) * 2, Image.Resampling.LANCZOS)
    judged = page.copy()
    judged.thumbnail((JUDGED_SIDE, JUDGED_SIDE), Image.Resampling.BOX)
    found = figures(np.asarray(judged), long_side or max(picture.size))
    return Page(
        jpeg=_jpeg(page),
        width=page.width,
        height=page.height,
        preview=_preview(page),
        sheet=sheet,
        figures=found,
        doubts=doubts(found, cut=sheet is not None and sheet.cut),
    )


def warm_up() -> None:
    """Make a page of a small made-up one, so that whatever is loaded late is loaded by now."""
    desk = Image.new("RGB", (240, 320), (60, 50, 40))
    desk.paste(Image.new("RGB", (150, 212), "white"), (45, 54))
    file = io.BytesIO()
    desk.save(file, "PNG")
    make_page(file.getvalue())
    make_page(_jpeg(desk))


def make_preview(data: bytes) -> Pixels:
    return _preview(open_picture(data))


def open_picture(data: bytes) -> Image.Image:
    """Decode it, no larger than needed, upright, RGB, with nothing but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            opened = Image.open(io.BytesIO(data), formats=tuple(FORMATS))
            width, height = opened.size
            if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
                raise CannotTake(Refused.TOO_MANY_PIXELS)
            if min(width, height) < LEAST_SIDE:
                raise CannotTake(Refused.TOO_SMALL)
            if opened.format == "JPEG":
                opened.draft("RGB", (WORKED_SIDE // 2, WORKED_SIDE // 2))
            opened.load()
            turned = ImageOps.exif_transpose(_within(opened))
            plain = _on_white(turned)
    except CannotTake:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CannotTake(Refused.TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise CannotTake(Refused.NOT_A_PICTURE) from error
    except MemoryError as error:
        raise CannotTake(Refused.TOO_MANY_PIXELS) from error
    except Exception as error:  # a decoder may break in any way on hostile bytes: all of them mean a damaged picture
        raise CannotTake(Refused.DAMAGED) from error
    plain.info = {}  # a comment would be written again
    return plain


def _within(picture: Image.Image) -> Image.Image:
    """No larger than is worked on, before anything makes a copy of it."""
    if max(picture.size) > WORKED_SIDE:
        if picture.mode in ("P", "1"):
            exif = picture.getexif()
            picture = picture.convert("RGB")
            picture.getexif().update(exif)
        picture.thumbnail((WORKED_SIDE, WORKED_SIDE), Image.Resampling.BOX)
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """RGB without anything behind it: what was see-through is white, as paper is."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    if picture.mode in ("I;16", "I;16B", "I"):
        return Image.fromarray((np.asarray(picture).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8)).convert(
            "RGB"
        )
    return picture.convert("RGB")


def _long_side(picture: Image.Image, corners: Quad) -> float:
    width, height = picture.size
    spots = [(x * width, y * height) for x, y in corners]
    return max(hypot(spots[n][0] - spots[n - 1][0], spots[n][1] - spots[n - 1][1]) for n in range(4))


def _flattened(picture: Image.Image, corners: Quad) -> Image.Image:
    """The sheet as seen from straight above. Its shape is the mean of opposite sides; A4 where that is near."""
    width, height = picture.size
    spots = [(x * (width - 1), y * (height - 1)) for x, y in corners]
    sides = [hypot(spots[(n + 1) % 4][0] - spots[n][0], spots[(n + 1) % 4][1] - spots[n][1]) for n in range(4)]
    across, down = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    long, short = max(across, down), min(across, down)
    if long / short > 1.25 and long / short < 1.6:  # a sheet of the A series, seen from somewhere
        short = long / 2**0.5
    across, down = (long, short) if across > down else (short, long)
    scale = min(1.0, max(PAGE_WIDTH, PAGE_HEIGHT) / max(across, down))
    size = (max(LEAST_SIDE, round(across * scale)), max(LEAST_SIDE, round(down * scale)))
    if max(across, down) > 2 * max(size):  # a warp looks at few pixels: bring it near first
        picture = picture.resize((width // 2, height // 2), Image.Resampling.BOX)
        spots = [(x / 2, y / 2) for x, y in spots]
    inset = [(0.0, 0.0), (size[0] - 1.0, 0.0), (size[0] - 1.0, size[1] - 1.0), (0.0, size[1] - 1.0)]
    return picture.transform(
        size, Image.Transform.PERSPECTIVE, perspective(inset, spots), Image.Resampling.BICUBIC, fillcolor="white"
    )


def perspective(to: list[tuple[float, float]], source: list[tuple[float, float]]) -> tuple[float, ...]:
    """The eight numbers that lead from a point of the page to its point of the picture."""
    rows, values = [], []
    for (x, y), (u, v) in zip(to, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(np.linalg.solve(np.array(rows), np.array(values)).tolist())


def _jpeg(page: Image.Image) -> bytes:
    """As good as fits; a page that never fits is made smaller."""
    while True:
        for quality in QUALITIES:
            file = io.BytesIO()
            page.save(file, "JPEG", quality=quality, optimize=True, dpi=(200, 200))
            if file.tell() <= MOST_PAGE_BYTES:
                return file.getvalue()
        page = page.resize((page.width * 3 // 4, page.height * 3 // 4), Image.Resampling.LANCZOS)


def _preview(page: Image.Image) -> Pixels:
    small = page.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    return Pixels(small.width, small.height, small.tobytes())
