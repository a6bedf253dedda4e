"""The notices of a visit: which stand at a station, which one is on show, which were read in these very words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.filings.filing import NoticeRead
from kiosk.interview import NoticeView, notices
from kiosk.visit.visit import TOLD_AT, Visit


def at_station(visit: Visit, station: str) -> tuple[NoticeView, ...]:
    assert visit.interview is not None
    moment = TOLD_AT[station]
    return tuple(told for told in notices(visit.interview, visit.language) if told.moment == moment)


def shown_notice(visit: Visit) -> NoticeView:
    """The notice on show."""
    return at_station(visit, visit.station)[visit.notice_at]


def show(visit: Visit, at: int) -> Visit:
    told = at_station(visit, visit.station)[at]
    return replace(visit, notice_at=at, ticked=was_read(visit, told), objection="")


def was_read(visit: Visit, told: NoticeView) -> bool:
    """Read in these very words: a notice of another version is another notice."""
    return any((one.notice_id, one.version) == (told.id, told.version) for one in visit.notices)


def tick(visit: Visit) -> Visit:
    """The person's own tick; taken away again, it was never there."""
    kept = _others(visit) if visit.ticked else visit.notices
    return replace(visit, ticked=not visit.ticked, notices=kept, objection="")


def note_read(visit: Visit, now: datetime) -> Visit:
    """The notice on show is behind the person; read before in these words, the first reading counts."""
    told = shown_notice(visit)
    if was_read(visit, told):
        return visit
    read = NoticeRead(told.id, told.version, visit.language, now, told.moment)
    return replace(visit, notices=(*_others(visit), read))


def first_unread(visit: Visit) -> tuple[str, int] | None:
    """Station and number of a notice not read yet, such as one that came to apply by a later answer."""
    for station in TOLD_AT:
        for at, told in enumerate(at_station(visit, station)):
            if not was_read(visit, told):
                return station, at
    return None


def _others(visit: Visit) -> tuple[NoticeRead, ...]:
    shown = shown_notice(visit).id
    return tuple(one for one in visit.notices if one.notice_id != shown)
