"""What a slip is made of: frozen parts, and their form on disk.

A slip is finished words. It knows nothing of dots, code pages or printers, and by rule nothing personal
(`slip.py` decides what each kind of paper may carry).
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from kiosk.clock import CHINA
from kiosk.errors import KioskBug

MAX_DOC_BYTES = 64 * 1024


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture staff stored in the printer at set-up; printers without one leave it out."""


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    size: int = 1  # 1 to 3 times the plain height and width
    align: Align = Align.LEFT
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left edge and its value at the right one; a long value goes below."""

    left: str
    right: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Qr:
    data: str  # ASCII: a reference and its check, nothing else
    module_dots: int = 6


@dataclass(frozen=True, slots=True)
class Barcode:
    data: str  # ASCII capitals, digits and hyphens


@dataclass(frozen=True, slots=True)
class Feed:
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Three lines of feed, then the knife."""


@dataclass(frozen=True, slots=True)
class RomRow:
    """For the probe page only: the same characters as the printer's own and as a picture, beside each other."""

    label: str  # ASCII
    characters: str


Part = Logo | Text | Rule | Pair | Qr | Barcode | Feed | Cut | RomRow
_PARTS: dict[str, type[Part]] = {
    "logo": Logo,
    "text": Text,
    "rule": Rule,
    "pair": Pair,
    "qr": Qr,
    "barcode": Barcode,
    "feed": Feed,
    "cut": Cut,
    "rom_row": RomRow,
}
_NAMES = {part: name for name, part in _PARTS.items()}


@dataclass(frozen=True, slots=True)
class Slip:
    """One paper. `again` and `end` are the sentences an attempt adds (`{n}`, `{time}`, `{number}`)."""

    parts: tuple[Part, ...]
    kind: str = ""
    number: str = ""
    again: str = "补打 第{n}次 {time}"
    end: str = "全文完 {number} 第{n}次"


def for_attempt(slip: Slip, n: int, at: datetime) -> Slip:
    """The paper of the nth attempt: from the second on it says so in its head and its foot.

    The end line is what makes a paper valid, so a torn half is visibly no slip.
    """
    again = slip.again.format(n=n, time=at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"))
    mark: tuple[Part, ...] = (Text(again, align=Align.CENTRE, bold=True),) if n > 1 else ()
    end = Text(slip.end.format(number=slip.number, n=n), align=Align.CENTRE)
    return dataclasses.replace(slip, parts=(*mark, *slip.parts, Rule(), *mark, end, Cut()))


def dump_slip(slip: Slip) -> str:
    """A slip as the JSON text the spool keeps."""
    doc = {
        "version": 1,
        "kind": slip.kind,
        "number": slip.number,
        "again": slip.again,
        "end": slip.end,
        "parts": [{"part": _NAMES[type(part)], **msgspec.to_builtins(part)} for part in slip.parts],
    }
    return json.dumps(doc, ensure_ascii=False, separators=(",", ":"))


def load_slip(text: str) -> Slip:
    """The slip of a spool row. Only `dump_slip` writes them, so anything else is our own bug."""
    if len(text) > MAX_DOC_BYTES:
        raise KioskBug("a spooled slip is too long")
    try:
        doc = msgspec.json.decode(text, type=_Doc)
        parts = tuple(_part(entry) for entry in doc.parts)
    except (msgspec.DecodeError, KeyError, TypeError, UnicodeEncodeError) as error:
        raise KioskBug(f"a spooled slip cannot be read: {type(error).__name__}") from None
    return Slip(parts, doc.kind, doc.number, doc.again, doc.end)


class _Doc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    kind: str
    number: str
    again: str
    end: str
    parts: list[dict[str, str | int | bool]]


def _part(entry: dict[str, str | int | bool]) -> Part:
    kind = _PARTS[str(entry["part"])]
    fields = {name: value for name, value in entry.items() if name != "part"}
    if set(fields) - {field.name for field in dataclasses.fields(kind)}:
        raise KeyError(kind.__name__)
    return msgspec.convert(fields, kind)
