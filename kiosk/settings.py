"""One file, read once, into frozen settings. Nothing else reads the environment.

Every setting stands in `resources/kiosk.example.toml` with its meaning; an unknown one is refused by name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.errors import KioskTrouble


class Court(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str
    code: str  # six-digit area code of the court, for example 110105
    hall: str = "诉讼服务中心"
    window: str = "1号窗口"
    hotline: str = "12368"


class Screen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    orientation: str = "portrait"  # portrait 1080×1920 or landscape 1920×1080
    scale: float = 1.0  # px per mm ÷ 4.03
    language: str = "zh"
    idle_seconds: int = 150
    leave_seconds: int = 60  # never less than 20
    rare_font: str = ""


class Printer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    link: str = "none"  # tcp://host:port, serial:/dev/ttyUSB0, file:/dev/usb/lp0 or none
    profile: str = "generic-80mm"


class CardReader(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    link: str = "none"  # serial:/dev/ttyUSB1 or none
    baud: int = 115200


class Sync(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    court_url: str = ""  # https://…, or http:// to loopback in a demonstration
    court_ca: str = ""
    retry_first_seconds: float = 2.0
    retry_most_seconds: float = 900.0
    poll_seconds: float = 5.0  # how soon a new filing is noticed
    expired_key_grace_days: int = 30
    pad_kib: int = 16


class Keeping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    held_draft_hours: int = 24
    sealed_keep_days: int = 30
    readable_keep: str = "end_of_day"  # end_of_day, or hours after the receipt such as 12h
    min_free_mb: int = 500
    ballast_mb: int = 16
    backup_keep: int = 3


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kiosk_id: str
    state_folder: str
    court: Court
    screen: Screen = Screen()
    printer: Printer = Printer()
    card_reader: CardReader = CardReader()
    sync: Sync = Sync()
    keeping: Keeping = Keeping()

    @property
    def state(self) -> Path:
        """Where the store, the sealed filings and the keys are."""
        return Path(self.state_folder)


def read_settings(path: Path) -> Settings:
    """The settings of this file, or a trouble that names the file and what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KioskTrouble("settings.unreadable", file=str(path)) from error
    try:
        settings = msgspec.convert(tomllib.loads(text), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        # Settings hold no answer of anybody, so the reason may be quoted.
        raise KioskTrouble("settings.wrong", file=str(path), reason=str(error)) from error
    if settings.screen.leave_seconds < 20:
        raise KioskTrouble("settings.wrong", file=str(path), reason="screen.leave_seconds is less than 20")
    if settings.screen.orientation not in ("portrait", "landscape"):
        raise KioskTrouble(
            "settings.wrong", file=str(path), reason="screen.orientation is neither portrait nor landscape"
        )
    return settings


def settings_path(chosen: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The file to read: the one chosen, else $KIOSK_SETTINGS, else /etc/kiosk/kiosk.toml."""
    return Path(chosen or environment.get("KIOSK_SETTINGS") or "/etc/kiosk/kiosk.toml")
