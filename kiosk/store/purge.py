"""What has served its time goes. Nothing the court has not receipted goes by itself.

A purge is done only when the write-ahead log was emptied too: before that the deleted rows still lie in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from kiosk.clock import CHINA, Clock, court_day
from kiosk.errors import KioskTrouble
from kiosk.settings import Keeping
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic, truncate_log
from kiosk.store.drafts import Drafts
from kiosk.store.filings import Filings
from kiosk.store.meta import Meta
from kiosk.store.notices import Notices
from kiosk.store.readable import Readable
from kiosk.store.saved import SavedForms
from kiosk.store.sealed_files import SealedFiles
from kiosk.store.spool import Spool
from kiosk.store.times import moment, stored

UNFINISHED = "purge_unfinished"
SEALED_SEEN = "sealed_purged_until"
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
MARGIN = timedelta(days=7)  # for receipts that came while the clock was wrong
_HOURS = re.compile(r"(\d{1,4})h", re.ASCII)


@dataclass(frozen=True, slots=True)
class Purged:
    drafts: int = 0
    readable: int = 0
    slips: int = 0
    sealed: int = 0
    notices: int = 0
    saved: int = 0
    finished: bool = True  # False: another reader kept the log; the next purge tries again

    @property
    def anything(self) -> bool:
        return bool(self.drafts or self.readable or self.slips or self.sealed or self.notices or self.saved)


def readable_until(receipt_came_at: datetime, rule: str) -> datetime:
    """When the readable copy of a filing goes: at the end of the court's day, or so many hours after the receipt."""
    hours = _HOURS.fullmatch(rule)
    if hours:
        return receipt_came_at + timedelta(hours=int(hours[1]))
    if rule != "end_of_day":
        raise KioskTrouble("store.keeping_wrong", rule=rule)
    return datetime.combine(court_day(receipt_came_at) + timedelta(days=1), time(), CHINA).astimezone(UTC)


def purge_due(db: Database, sealed_files: SealedFiles, keeping: Keeping, clock: Clock) -> Purged:
    """One round. Safe to repeat, and safe beside the other process."""
    now = clock.now()
    filings, readable = Filings(db), Readable(db)
    sealed_until = now - timedelta(days=keeping.sealed_keep_days)
    seen = Meta(db).read(SEALED_SEEN)  # what was looked at long ago need not be looked at every half minute
    sealed_due = [
        row
        for row in filings.receipt_came_between(moment(seen) if seen else BEGINNING, sealed_until)
        if sealed_files.path(row.filing_id, row.rev).exists()
    ]
    with atomic(db):
        due = [
            row
            for row in readable.of_receipted_filings()
            if row.receipt_came_at and readable_until(row.receipt_came_at, keeping.readable_keep) <= now
        ]
        for row in due:
            readable.drop(row.filing_id, row.rev)
        drafts = Drafts(db, clock).drop_older_than(keeping.held_draft_hours)
        slips = Spool(db).forget(readable.oldest_ticket_time() or now)
        notices = Notices(db).forget(now - timedelta(days=keeping.notice_keep_days))
        saved = SavedForms(db).purge(now)
        purged = Purged(drafts, len(due), slips, len(sealed_due), notices, saved)
        if purged.anything:
            Audit(db, clock).note(
                AuditEvent.PURGED,
                drafts=drafts,
                readable=len(due),
                slips=slips,
                sealed=len(sealed_due),
                notices=notices,
                saved=saved,
            )
            Meta(db).write(UNFINISHED, "1")
    for old in sealed_due:
        sealed_files.drop(old.filing_id, old.rev)
    if sealed_due:
        Meta(db).write(SEALED_SEEN, stored(sealed_until - MARGIN))
    if not purged.anything and Meta(db).read(UNFINISHED) is None:
        return purged
    return replace(purged, finished=wipe_log(db))


def wipe_log(db: Database) -> bool:
    """Empty the log of what was just deleted; remembered and tried again when another reader is in the way."""
    finished = truncate_log(db)
    unfinished = Meta(db).read(UNFINISHED) is not None
    if not finished and not unfinished:
        Meta(db).write(UNFINISHED, "1")
    if finished and unfinished:
        Meta(db).forget(UNFINISHED)
    return finished
