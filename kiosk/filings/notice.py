"""What stands in a notice of the court, once it is opened: a list of what to put right, a date, a place, a docket.

The court state of a notice is told in the open and set wherever the notice comes; this is the part that names a
person's affairs, and it travels sealed to the kiosk (CPL art.126, FR art.7: one written list, one time limit).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

import msgspec

from kiosk.filings.canonical import canonical
from kiosk.filings.told import MOST_BYTES, DocketNotice, NoticeFault, NoticeWrong, read_docket_notice

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class Defect:
    """One item of a 补正 list."""

    what: str = field(repr=False)  # what is missing or wrong
    how: str = field(default="", repr=False)  # what to bring or to write
    question: str = ""  # the question it is about, as `plaintiff/person/id_number`; "" for a paper


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """Whatever the court left unsaid is empty."""

    reason: str = field(default="", repr=False)
    items: tuple[Defect, ...] = ()
    due: date | None = None  # the last day
    place: str = ""  # where to go: a window, a mediator, another court or office
    phone: str = ""
    docket: DocketNotice | None = None


_Text = Annotated[str, msgspec.Meta(max_length=500)]


class _Defect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    what: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    how: _Text = ""
    question: Annotated[str, msgspec.Meta(max_length=200)] = ""


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    v: Annotated[int, msgspec.Meta(ge=1, le=1)]
    reason: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    items: Annotated[tuple[_Defect, ...], msgspec.Meta(max_length=MOST_ITEMS)] = ()
    due: date | None = None
    place: _Text = ""
    phone: Annotated[str, msgspec.Meta(max_length=50)] = ""
    docket: dict[str, Any] | None = None


def content_bytes(content: dict[str, Any]) -> bytes:
    """The stored form of a content, or `NoticeWrong`: a court's own desk may not write what no kiosk would read."""
    data = canonical({"v": 1, **content})
    read_content(data)
    return data


def read_content(body: bytes) -> NoticeContent:
    """The opened content of a notice whose signature was verified, or `NoticeWrong`."""
    if len(body) > MOST_BYTES:
        raise NoticeWrong(NoticeFault.TOO_LONG)
    try:
        found = msgspec.json.decode(body, type=_Content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NoticeWrong(NoticeFault.NOT_A_NOTICE) from None
    return NoticeContent(
        reason=found.reason,
        items=tuple(Defect(one.what, one.how, one.question) for one in found.items),
        due=found.due,
        place=found.place,
        phone=found.phone,
        docket=read_docket_notice(canonical(found.docket)) if found.docket is not None else None,
    )
