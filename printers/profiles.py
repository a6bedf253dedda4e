"""What one model of printer can do, read from `resources/printer_profiles/*.toml`.

An unknown key is a load problem, and so is a printer without Chinese characters on a slow serial line:
a whole ticket as a picture takes most of a minute at 19200 baud.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

import resources
from kiosk.errors import KioskTrouble

SLOWEST_RASTER_BAUD = 115200


class PrinterProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str
    vendor: str = ""
    escpos_profile: str = "default"  # one of python-escpos's own, for what it builds
    dots: Literal[576, 384] = 576
    dpi: int = 203
    font_a: Literal["12x24"] = "12x24"
    kanji: Literal["24x24"] = "24x24"
    rom: Literal["none", "gb2312", "gbk", "gb18030-2", "gb18030-4"] = "gb2312"  # unknown counts as gb2312
    rom_probed_on: str = ""  # the day staff ticked the probe page
    kanji_mode: Literal["always", "fs"] = "fs"
    asb: bool = True
    dle_eot: tuple[int, ...] = (1, 2, 3, 4)
    marker: Literal["gs_paren_h", "gs_r", "none"] = "gs_r"
    clear: Literal["dle_dc4_8", "none"] = "none"
    realtime_off: Literal["gs_paren_d", "none"] = "none"
    qr_native: bool = True
    cut: Literal["full", "partial", "none"] = "partial"
    raster: Literal["gs_v0", "esc_star"] = "gs_v0"
    nv_logo: int = 0  # number of the logo kept in the printer; 0: none
    nv_logo_by: Literal["fs_q", "gs_paren_l"] = "fs_q"  # which commands keep and print it
    buffer: int = 4096
    flow: Literal["dtr", "xonxoff", "none"] = "none"
    baud: int = 19200
    link: Literal["any", "serial", "tcp", "usb"] = "any"

    @property
    def columns(self) -> int:
        return self.dots // 12


def read_profile(path: Path) -> PrinterProfile:
    """The profile of this file, or a trouble that names the file and what is wrong in it."""
    try:
        profile = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), PrinterProfile)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KioskTrouble("printer_profile_wrong", file=path.name, reason=str(error)) from error
    if profile.rom == "none" and profile.link in ("any", "serial") and profile.baud < SLOWEST_RASTER_BAUD:
        reason = f'rom = "none" on a serial line needs baud = {SLOWEST_RASTER_BAUD}'
        raise KioskTrouble("printer_profile_wrong", file=path.name, reason=reason)
    return profile


def load_profile(name: str, folder: Path | None = None) -> PrinterProfile:
    """The shipped profile of this name, or the site's own file when it is a path such as /etc/kiosk/printer.toml."""
    if name.startswith("/") and name.endswith(".toml"):
        return read_profile(Path(name))
    path = (folder or resources.folder("printer_profiles")) / f"{name}.toml"
    if not name.replace("-", "").replace("_", "").isalnum() or not path.is_file():
        raise KioskTrouble("printer_profile_unknown", profile=name)
    return read_profile(path)


def profile_names(folder: Path | None = None) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (folder or resources.folder("printer_profiles")).glob("*.toml")))
