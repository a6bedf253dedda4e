"""What is in the field right now and has not been answered yet.

An entry begins as the stored answer taken apart (a date into its three boxes, an address into region and
detail), changes with every touch, and becomes a stored answer again when the person goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.forms import Kind

DISTRICT_DIGITS = 6
DATE_KINDS = frozenset({Kind.DATE, Kind.DATETIME})
PICK_ONE = frozenset({Kind.YES_NO, Kind.CHOICE})


@dataclass(frozen=True, slots=True)
class Entry:
    text: str = field(default="", repr=False)
    year: str = field(default="", repr=False)
    month: str = field(default="", repr=False)
    day: str = field(default="", repr=False)
    chosen: tuple[str, ...] = field(default=(), repr=False)
    region: str = field(default="", repr=False)  # code of the deepest region chosen so far
    opened: bool = False  # a number said before is to be changed: until then it stands masked
    writing_detail: bool = False  # of an address: the region is settled, the street is being written


BLANK = Entry()


def entry_of(kind: Kind, stored: str) -> Entry:
    """Take a stored answer apart for its page."""
    if kind in DATE_KINDS:
        year, month, day = ([*stored[:10].split("-"), "", "", ""])[:3] if stored else ("", "", "")
        return Entry(year=year, month=month.lstrip("0"), day=day.lstrip("0"))
    if kind in PICK_ONE or kind is Kind.CHOICES:
        return Entry(chosen=tuple(stored.split()))
    if kind is Kind.ADDRESS:
        code, blank, detail = stored.partition(" ")
        if blank and code.isdigit() and len(code) == DISTRICT_DIGITS:
            return Entry(text=detail, region=code, writing_detail=True)
        return Entry(text=stored, writing_detail=bool(stored))
    return Entry(text=stored)


def stored_of(kind: Kind, entry: Entry) -> str:
    """Put an entry together again; what is wrong with it is for the interview to say."""
    if kind in DATE_KINDS:
        if not (entry.year or entry.month or entry.day):
            return ""
        return f"{entry.year.strip()}-{entry.month.strip().zfill(2)}-{entry.day.strip().zfill(2)}"
    if kind in PICK_ONE or kind is Kind.CHOICES:
        return " ".join(entry.chosen)
    if kind is Kind.ADDRESS:
        detail = entry.text.strip()
        return f"{entry.region} {detail}" if entry.writing_detail and entry.region and detail else detail
    return entry.text.strip()


def press(kind: Kind, entry: Entry, code: str) -> Entry:
    """One touch on a choice: the only one where one may be, on or off where many may."""
    if kind in PICK_ONE:
        return replace(entry, chosen=(code,))
    if code in entry.chosen:
        return replace(entry, chosen=tuple(other for other in entry.chosen if other != code))
    return replace(entry, chosen=(*entry.chosen, code))
