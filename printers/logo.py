"""The court's logo kept in the printer: stored once by staff at set-up, called by a few bytes on every paper.

Two families of commands (Epson ESC/POS reference): `FS q` stores and `FS p` prints on nearly all printers, newer ones
prefer `GS ( L` with a key of two characters. Memory of this kind takes some thousands of writings, so never per ticket.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from kiosk.errors import KioskBug
from printers.profiles import PrinterProfile
from printers.raster import scrub

LARGEST_DOTS = 512
_INVERTED = bytes(byte ^ 0xFF for byte in range(256))


def stored_logo(profile: PrinterProfile) -> bytes:
    """Print the logo that is kept under the profile's number."""
    if profile.nv_logo_by == "gs_paren_l":
        return b"\x1d(L\x06\x000E" + _key(profile) + b"\x01\x01"
    return b"\x1cp" + bytes((profile.nv_logo, 0))


def keep_logo(picture: Image.Image, profile: PrinterProfile) -> bytes:
    """Store this picture as the printer's logo. `FS q` takes the place of every picture kept before."""
    if profile.nv_logo < 1:
        raise KioskBug("this printer profile names no place for a logo")
    if profile.nv_logo_by == "fs_q" and profile.nv_logo != 1:
        raise KioskBug("FS q fills the places from 1 on: one logo is number 1")
    black = _fitted(picture)
    if profile.nv_logo_by == "gs_paren_l":
        data = scrub(black.tobytes().translate(_INVERTED))
        size = black.width.to_bytes(2, "little") + black.height.to_bytes(2, "little")
        body = b"0C0" + _key(profile) + b"\x01" + size + b"1" + data
        return b"\x1d(L" + len(body).to_bytes(2, "little") + body
    columns = black.transpose(Image.Transpose.TRANSPOSE).tobytes().translate(_INVERTED)
    size = (black.width // 8).to_bytes(2, "little") + (black.height // 8).to_bytes(2, "little")
    return b"\x1cq\x01" + size + scrub(columns)


def _key(profile: PrinterProfile) -> bytes:
    return f"{profile.nv_logo:02d}".encode("ascii")[-2:]


def _fitted(picture: Image.Image) -> Image.Image:
    """Black on white, whole bytes wide and high, not larger than a printer's memory takes gladly."""
    if picture.mode in ("RGBA", "LA", "P"):
        flat = picture.convert("RGBA")
        ground = Image.new("RGBA", flat.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(ground, flat)
    grey = picture.convert("L")
    grey.thumbnail((LARGEST_DOTS, LARGEST_DOTS // 2))
    black = grey.point(lambda level: 255 if level > 127 else 0).convert("1")
    whole = Image.new("1", ((black.width + 7) // 8 * 8, (black.height + 7) // 8 * 8), 1)
    whole.paste(black, (0, 0))
    return whole


def read_logo(path: Path) -> Image.Image:
    """A technician's own picture file."""
    with Image.open(path, formats=("PNG", "BMP", "JPEG")) as picture:
        picture.load()
        return picture.copy()
