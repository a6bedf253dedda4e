"""One file, read once, into frozen settings. Nothing else reads the environment.

Every setting stands in `resources/kiosk.example.toml` with its meaning; an unknown one is refused by name. The groups
are named tuples, checked by hand, because every start waits for them: msgspec takes longer to import than all the rest.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from kiosk.errors import KioskTrouble
from kiosk.languages import COURT_LANGUAGE


class Court(NamedTuple):
    name: str
    code: str  # six-digit area code of the court, for example 110105
    hall: str = "诉讼服务中心"
    window: str = "1号窗口"
    hotline: str = "12368"


class Screen(NamedTuple):
    orientation: str = "portrait"  # portrait 1080×1920 or landscape 1920×1080
    px_per_mm: float = 4.03  # of the panel: its pixels across divided by its width in mm
    low_share: float = 0.6  # of the upright panel, from its foot: what a seated person reaches
    language: str = COURT_LANGUAGE
    idle_seconds: int = 150
    leave_seconds: int = 60  # never less than 20
    rare_font: str = ""


class Printer(NamedTuple):
    link: str = "none"  # tcp://host:port, serial:/dev/ttyUSB0, file:/dev/usb/lp0 or none
    profile: str = "generic-80mm"


class A4Printer(NamedTuple):
    link: str = "none"  # ipp://host:631/ipp/print, cups:QUEUE or none


class CardReader(NamedTuple):
    link: str = "none"  # serial:/dev/ttyUSB1 or none
    baud: int = 115200


class Sync(NamedTuple):
    court_url: str = ""  # https://…, or http:// to loopback in a demonstration
    court_ca: str = ""
    retry_first_seconds: float = 2.0
    retry_most_seconds: float = 900.0
    poll_seconds: float = 5.0  # how soon a new filing is noticed
    expired_key_grace_days: int = 30
    pad_kib: int = 16


class Keeping(NamedTuple):
    held_draft_hours: int = 24
    saved_form_days: int = 7
    sealed_keep_days: int = 30
    notice_keep_days: int = 30  # after it came; where the case stands is kept for ever
    readable_keep: str = "end_of_day"  # end_of_day, or hours after the receipt such as 12h
    min_free_mb: int = 500
    ballast_mb: int = 16
    backup_keep: int = 3


class Clerks(NamedTuple):
    import_folder: str = ""  # where the site mounts a stick with sheets of cases; "" : no import at this terminal
    scan_folder: str = ""  # where the clerk's own scanner puts its files; "" : there is none


class Camera(NamedTuple):
    link: str = "none"  # v4l2:/dev/video0, folder:/path (pretend pictures) or none


class Scanner(NamedTuple):
    link: str = "none"  # serial:/dev/ttyACM0 or none; a scanner that types needs no setting
    baud: int = 9600


class Lamp(NamedTuple):
    link: str = "none"  # serial:/dev/ttyUSB2 or none
    baud: int = 9600


class Presence(NamedTuple):
    link: str = "none"  # serial:/dev/ttyUSB3 or none
    baud: int = 9600


class Accessibility(NamedTuple):
    """Which keys of a keypad or of switches do what; several are parted by blanks (docs/accessibility.md)."""

    next: str = "Down"
    previous: str = "Up"
    left: str = "Left"
    right: str = "Right"
    choose: str = "Return Enter"
    back: str = "Escape"
    help: str = "F1"
    louder: str = "VolumeUp"
    quieter: str = "VolumeDown"
    scan: str = "F12"  # the switch of somebody who has only one
    scan_seconds: float = 2.0  # how long the ring then stays at each place
    scan_rounds: int = 3  # then it rests until the next press
    tremor_seconds: float = 0.0  # the same key again within this time does not count

    def keys(self) -> dict[str, str]:
        """What each named key does. Letters, digits and modifiers are refused, and one key for two things."""
        found: dict[str, str] = {}
        for does in ACTIONS:
            for key in getattr(self, does).split():
                if key not in KEYPAD_KEYS or key in found:
                    raise _Wrong(f"accessibility.{does}: {key} cannot be used")
                found[key] = does
        return found


class Voice(NamedTuple):
    """Reading aloud. Names, ID numbers and sums are only ever said when headphones are known to be in."""

    output: str = "loudspeaker"  # loudspeaker, headphones (a handset and nothing else), jack (jack_file tells) or none
    jack_file: str = ""  # a switch's file, or /sys/class/extcon/…/state
    volume: int = 3  # of five


VOICE_OUTPUTS = ("loudspeaker", "headphones", "jack", "none")
LEAST_SCAN_SECONDS = 0.3
ACTIONS = ("next", "previous", "left", "right", "choose", "back", "help", "louder", "quieter", "scan")
KEYPAD_KEYS = frozenset(
    (
        *("Up", "Down", "Left", "Right", "Return", "Enter", "Escape", "Help", "VolumeUp", "VolumeDown"),
        *(f"F{number}" for number in range(1, 25)),
    )
)


class Settings(NamedTuple):
    kiosk_id: str
    state_folder: str
    court: Court
    screen: Screen = Screen()
    printer: Printer = Printer()
    a4_printer: A4Printer = A4Printer()
    card_reader: CardReader = CardReader()
    sync: Sync = Sync()
    keeping: Keeping = Keeping()
    clerks: Clerks = Clerks()
    accessibility: Accessibility = Accessibility()
    camera: Camera = Camera()
    scanner: Scanner = Scanner()
    lamp: Lamp = Lamp()
    presence: Presence = Presence()
    voice: Voice = Voice()
    tables_folder: str = ""  # tables of the law of this court or province, in place of the shipped ones

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
        settings = _group(Settings, tomllib.loads(text), "")
        settings.accessibility.keys()
    except (tomllib.TOMLDecodeError, _Wrong) as error:
        # Settings hold no answer of anybody, so the reason may be quoted.
        raise KioskTrouble("settings.wrong", file=str(path), reason=str(error)) from error
    if wrong := _screen_wrong(settings.screen):
        raise KioskTrouble("settings.wrong", file=str(path), reason=wrong)
    if settings.accessibility.scan_seconds < LEAST_SCAN_SECONDS:
        raise KioskTrouble("settings.wrong", file=str(path), reason="accessibility.scan_seconds is less than 0.3")
    if settings.voice.output not in VOICE_OUTPUTS or not 1 <= settings.voice.volume <= 5:
        raise KioskTrouble("settings.wrong", file=str(path), reason="voice.output or voice.volume")
    return settings


def _screen_wrong(screen: Screen) -> str:
    """What the panel cannot be like; "" when all is well."""
    if screen.orientation not in ("portrait", "landscape"):
        return "screen.orientation is neither portrait nor landscape"
    if not 2 <= screen.px_per_mm <= 16:
        return f"screen.px_per_mm = {screen.px_per_mm:g}: no panel has fewer than 2 or more than 16 pixels a millimetre"
    if not 0.6 <= screen.low_share <= 1:
        return (
            f"screen.low_share = {screen.low_share:g}: pages need from 0.6 to 1 of the panel; hang a higher panel lower"
        )
    if screen.leave_seconds < 20:
        return "screen.leave_seconds is less than 20"
    return ""


class _Wrong(Exception):
    """A setting that will not do, and why."""


_Group = TypeVar("_Group", bound=tuple[Any, ...])


def _group(kind: type[_Group], table: Mapping[str, object], prefix: str) -> _Group:
    """The table as settings of this kind: every name known, every value of its type, nothing needed left out."""
    wanted = kind.__annotations__
    optional: Mapping[str, object] = getattr(kind, "_field_defaults", {})
    for name in table:
        if name not in wanted:
            raise _Wrong(f"{prefix}{name} is no setting")
    for name in wanted:
        if name not in table and name not in optional:
            raise _Wrong(f"{prefix}{name} is missing")
    return kind(**{name: _value(wanted[name], value, prefix + name) for name, value in table.items()})


def _value(wanted: type, value: object, name: str) -> object:
    if isinstance(value, dict) and issubclass(wanted, tuple):
        return _group(wanted, value, f"{name}.")
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:  # not isinstance: true is no number
        raise _Wrong(f"{name} is not of type {wanted.__name__}")
    return value


def settings_path(chosen: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The file to read: the one chosen, else $KIOSK_SETTINGS, else /etc/kiosk/kiosk.toml."""
    return Path(chosen or environment.get("KIOSK_SETTINGS") or "/etc/kiosk/kiosk.toml")
