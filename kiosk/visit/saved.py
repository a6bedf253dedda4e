"""A visit written down after each answer, and taken up again after a crash.

The body is JSON and goes into the encrypted store only. Ink is kept as lists of [x, y, ms].
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import msgspec

from kiosk.errors import KioskTrouble
from kiosk.filings.filing import NoticeRead
from kiosk.filings.ink import Ink, InkPoint
from kiosk.filings.scans import Piece, PieceKind
from kiosk.ids import PackId, Ref
from kiosk.interview import dump, resume, steps
from kiosk.visit import asking, green
from kiosk.visit.capture_state import Capture
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment, Visit

MOST_BYTES = 4 * 1024 * 1024
RETURNS_TO = {
    *(Moment.ASKING, Moment.MATERIALS, Moment.CHECK, Moment.NOTICE, Moment.HAND_IN),
    *(Moment.CHANNELS, Moment.CHANNELS_TOLD, Moment.CAPTURE),
}


class _Ink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    width: int
    height: int
    strokes: list[list[tuple[int, int, int]]]
    at: datetime | None = None
    witness: str = ""


class _Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    notice_id: str
    version: str
    language: str
    at: datetime
    moment: str = ""


class _Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: int
    kind: PieceKind
    pages: int
    size: int
    turned: int = 0
    doubts: list[str] = []


class _Saved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    moment: Moment
    language: str
    matter: str
    station: str
    at: str | None
    interview: msgspec.Raw
    returning: bool
    by_hand: list[str]
    notice_at: int
    notices: list[_Notice]
    materials: list[str]
    inks: dict[str, _Ink]
    cause: str = ""
    channels: list[str] | None = None
    larger_offered: bool = False
    alerted: bool = False
    scans: dict[str, list[_Piece]] = {}
    capturing: str = ""


def dump_visit(visit: Visit) -> bytes:
    """The visit as JSON bytes; the page on show is the page a restart comes back to."""
    moment = visit.moment if visit.moment in RETURNS_TO else visit.under
    return msgspec.json.encode(
        _Saved(
            version=1,
            moment=moment if moment in RETURNS_TO else Moment.CHECK,
            language=visit.language,
            matter=visit.matter or "",
            station=visit.station,
            at=visit.at,
            interview=msgspec.Raw(dump(asking.interview_of(visit))),
            returning=visit.returning,
            by_hand=sorted(visit.by_hand),
            notice_at=visit.notice_at,
            notices=[_Notice(one.notice_id, one.version, one.language, one.at, one.moment) for one in visit.notices],
            materials=sorted(visit.materials),
            inks={
                ref: _Ink(
                    ink.width,
                    ink.height,
                    [[(p.x, p.y, p.ms) for p in one] for one in ink.strokes],
                    ink.at,
                    ink.witness,
                )
                for ref, ink in visit.inks.items()
            },
            cause=visit.cause,
            channels=list(visit.channels) if visit.channels is not None else None,
            larger_offered=visit.larger_offered,
            alerted=visit.alerted,
            scans={
                name: [_Piece(p.id, p.kind, p.pages, p.size, p.turned, list(p.doubts)) for p in pieces]
                for name, pieces in visit.scans.items()
            },
            capturing=visit.capture.material,
        )
    )


def load_visit(body: bytes, guide: Guide) -> Visit:
    """Take the visit up where it stood. A body that is no visit, or of a form no longer here, is a trouble."""
    if len(body) > MOST_BYTES:
        raise KioskTrouble("draft.unreadable")
    try:
        kept = msgspec.json.decode(body, type=_Saved)
    except msgspec.MsgspecError as error:
        raise KioskTrouble("draft.unreadable") from error.__cause__
    form = guide.forms.get(PackId(kept.matter))
    if kept.version != 1 or form is None:
        raise KioskTrouble("draft.form_gone")
    resumed = resume(form, guide.context(kept.cause), bytes(kept.interview))
    visit = Visit(
        moment=kept.moment,
        language=kept.language,
        matter=PackId(kept.matter),
        station=kept.station,
        at=Ref(kept.at) if kept.at else None,
        interview=resumed.interview,
        returning=kept.returning,
        by_hand=frozenset(Ref(ref) for ref in kept.by_hand),
        notice_at=kept.notice_at,
        notices=tuple(NoticeRead(one.notice_id, one.version, one.language, one.at, one.moment) for one in kept.notices),
        materials=frozenset(kept.materials),
        inks={
            Ref(ref): Ink(
                ink.width,
                ink.height,
                tuple(tuple(InkPoint(*p) for p in one) for one in ink.strokes),
                ink.at,
                ink.witness,
            )
            for ref, ink in kept.inks.items()
        },
        cause=kept.cause,
        channels=tuple(kept.channels) if kept.channels is not None else None,
        larger_offered=kept.larger_offered,
        alerted=kept.alerted,
        scans={
            name: tuple(Piece(p.id, p.kind, p.pages, p.size, p.turned, tuple(p.doubts)) for p in pieces)
            for name, pieces in kept.scans.items()
        },
        capture=Capture(kept.capturing),
    )
    if visit.moment is Moment.CHANNELS:
        visit = green.arrive(visit)
    if visit.moment is Moment.ASKING:
        shown = [one.ref for one in steps(resumed.interview)]
        beginning = [one.ref for one in asking.steps_of(visit, guide)]
        at = visit.at if visit.at in shown else beginning[0] if beginning else None
        visit = asking.arrive(visit, at, guide) if at is not None else replace(visit, moment=Moment.CHECK)
    if resumed.changes:
        changed = guide.say("draft.changed", visit.language, count=len(resumed.changes))
        visit = replace(visit, objection=changed)
    return visit


WRITTEN_DOWN: tuple[str, ...] = (
    "cause",
    "channels",
    "moment",
    "station",
    "at",
    "notices",
    "notice_at",
    "materials",
    "scans",
    "inks",
    "returning",
    "by_hand",
    "language",
)


def worth_saving(before: Visit, after: Visit) -> bool:
    """Something that a restart must bring back has changed: anything but the words still being typed."""
    if after.interview is not before.interview:
        return True
    return any(getattr(before, name) != getattr(after, name) for name in WRITTEN_DOWN)
