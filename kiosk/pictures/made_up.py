"""Pictures of papers that nobody wrote, as a camera over a desk would see them: for tests, demonstrations and the
pretend camera. They are blurred, dark, glaring, tilted or cut when told, and the same arguments give the same picture.

`python -m kiosk.pictures.made_up FOLDER` writes a handful of them.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kiosk.pictures.straighten import perspective
from resources import folder

WORDS = ("借条", "今向李某某借到人民币伍万元整（¥50,000.00），", "约定年利率百分之六，于二〇二六年六月三十日前还清。")
FILLER = "第{n}行：练习材料，不是任何人的文件。天地玄黄，宇宙洪荒。"


@dataclass(frozen=True, slots=True)
class Shot:
    """How the camera saw it."""

    tilt_degrees: float = 0.0
    perspective: float = 0.03  # how much narrower the far edge is
    blur: float = 0.0  # radius in pixels
    glare: bool = False
    light: float = 1.0
    shift: float = 0.0  # of the width; enough of it cuts the sheet off
    fill: float = 0.86  # of the picture's height
    noise: float = 2.5
    size: tuple[int, int] = (1944, 2592)
    seed: int = 1


def sheet_of_paper(number: int = 1, *, blank: bool = False, size: tuple[int, int] = (1654, 2339)) -> Image.Image:
    page = Image.new("RGB", size, (236, 235, 230))
    if blank:
        return page
    draw = ImageDraw.Draw(page)
    title, body = _font(96), _font(44)
    width = size[0]
    draw.text((width // 2, 200), f"{WORDS[0]} {number}", fill=(24, 24, 30), font=title, anchor="mm")
    lines = [*WORDS[1:], *(FILLER.format(n=n) for n in range(1, 19))]
    for n, line in enumerate(lines):
        draw.text((150, 360 + n * 88), line, fill=(40, 40, 46), font=body)
    draw.ellipse((width - 620, 1880, width - 300, 2200), outline=(190, 40, 40), width=10)
    draw.text((width - 460, 2040), "示例章", fill=(190, 40, 40), font=_font(60), anchor="mm")
    return page


def photograph(paper: Image.Image, shot: Shot) -> Image.Image:
    """The sheet on a wooden desk."""
    dice = np.random.default_rng(shot.seed)
    width, height = shot.size
    grain = dice.normal(0, 6, (height // 8, 1)) + dice.normal(0, 3, (height // 8, width // 8))
    desk = np.stack([96 + grain, 70 + grain, 48 + grain], axis=2).clip(0, 255).astype(np.uint8)
    picture = Image.fromarray(desk).resize((width, height), Image.Resampling.BILINEAR)
    corners = _corners(paper, shot)
    source = [(0.0, 0.0), (paper.width - 1.0, 0.0), (paper.width - 1.0, paper.height - 1.0), (0.0, paper.height - 1.0)]
    back = perspective(corners, source)
    seen = paper.transform(picture.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    mask = Image.new("L", paper.size, 255).transform(picture.size, Image.Transform.PERSPECTIVE, back)
    picture.paste(seen, mask=mask)
    if shot.glare:
        picture = _with_glare(picture, corners)
    if shot.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(shot.blur))
    light = np.linspace(0.94, 1.03, width)[None, :, None] * shot.light
    lit = np.asarray(picture) * light + dice.normal(0, shot.noise, (height, width, 1))
    return Image.fromarray(lit.clip(0, 255).astype(np.uint8))


def jpeg_of(picture: Image.Image, quality: int = 88) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def _corners(paper: Image.Image, shot: Shot) -> list[tuple[float, float]]:
    width, height = shot.size
    tall = height * shot.fill
    wide = tall * paper.width / paper.height
    far = shot.perspective * wide / 2
    flat = [(-wide / 2 + far, -tall / 2), (wide / 2 - far, -tall / 2), (wide / 2, tall / 2), (-wide / 2, tall / 2)]
    turn = radians(shot.tilt_degrees)
    middle = (width / 2 + shot.shift * width, height / 2)
    return [(middle[0] + x * cos(turn) - y * sin(turn), middle[1] + x * sin(turn) + y * cos(turn)) for x, y in flat]


def _with_glare(picture: Image.Image, corners: list[tuple[float, float]]) -> Image.Image:
    """A lamp in the gloss of the paper: white in its middle, fading outwards."""
    x = sum(one[0] for one in corners) / 4
    y = sum(one[1] for one in corners) / 4 - picture.height * 0.12
    spot = Image.new("L", picture.size, 0)
    wide, tall = picture.width * 0.17, picture.height * 0.09
    ImageDraw.Draw(spot).ellipse((x - wide, y - tall, x + wide, y + tall), fill=255)
    spot = spot.filter(ImageFilter.GaussianBlur(picture.width / 60))
    return Image.composite(Image.new("RGB", picture.size, "white"), picture, spot)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(folder("fonts") / "NotoSansSC_400Regular.ttf"), size)


SHOTS = {
    "good": Shot(tilt_degrees=2),
    "tilted": Shot(tilt_degrees=14, perspective=0.08, fill=0.8),
    "blurred": Shot(tilt_degrees=-3, blur=5),
    "glare": Shot(tilt_degrees=1, glare=True),
    "dark": Shot(light=0.3),
    "cut": Shot(shift=0.2),
}


def write_folder(into: Path, names: tuple[str, ...] = tuple(SHOTS)) -> tuple[Path, ...]:
    """One picture of each kind, for a pretend camera."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = []
    for number, name in enumerate(names, start=1):
        path = into / f"{number:02d}-{name}.jpg"
        path.write_bytes(jpeg_of(photograph(sheet_of_paper(number), SHOTS[name])))
        written.append(path)
    return tuple(written)


if __name__ == "__main__":
    write_folder(Path(sys.argv[1]))
