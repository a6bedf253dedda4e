"""What is done once a night: every waiting sealed file is read and checked, and the store is copied.

The slot is drawn from the kiosk's id and the date, so that many kiosks do not start in the same minute.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.clock import CHINA, Clock, court_day
from kiosk.errors import KioskTrouble
from kiosk.filings.status import FilingStatus
from kiosk.settings import Settings
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.backup import make_backup
from kiosk.store.connect import Database
from kiosk.store.keys import StoreKey
from kiosk.store.meta import Meta
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import SealedFiles
from kiosk.store.settling import settle
from sync.bookkeeping import ACTOR, Books
from sync.court import Held

FROM = time(22, 0)
WINDOW_SECONDS = 8 * 3600
DONE = "nightly_done"


@dataclass(frozen=True, slots=True)
class Night:
    checked: int
    damaged: int


def slot(kiosk_id: str, day: date) -> datetime:
    """When this kiosk's night work is due on this day."""
    digest = hmac.new(kiosk_id.encode("utf-8"), day.isoformat().encode("ascii"), hashlib.sha256).digest()
    seconds = int.from_bytes(digest[:8], "big") % WINDOW_SECONDS
    return datetime.combine(day, FROM, CHINA) + timedelta(seconds=seconds)


def is_due(db: Database, kiosk_id: str, now: datetime) -> bool:
    """The newest slot that has passed is not done yet. A kiosk switched off at night does it in the morning."""
    today = court_day(now)
    newest = today if slot(kiosk_id, today) <= now else today - timedelta(days=1)
    done = Meta(db).read(DONE)
    if done is None:
        Meta(db).write(DONE, newest.isoformat())  # nothing to catch up with on the first day
        return False
    return done < newest.isoformat()


def night_work(db: Database, settings: Settings, key: StoreKey, clock: Clock) -> Night:
    """Check, copy, and write down that it was done."""
    now = clock.now()
    settle(settings.state, db)
    night = check_files(db, SealedFiles(settings.state / "sealed"), clock)
    make_backup(db, settings.state, key, now, settings.keeping.backup_keep)
    Audit(db, clock).note(AuditEvent.BACKUP_MADE, actor=ACTOR, checked=night.checked, damaged=night.damaged)
    today = court_day(now)
    done = today if slot(settings.kiosk_id, today) <= now else today - timedelta(days=1)
    Meta(db).write(DONE, done.isoformat())
    return night


def check_files(db: Database, files: SealedFiles, clock: Clock) -> Night:
    """Every sealed file that still has to travel, frame by frame; a damaged one is held while a copy may be found."""
    outbox, books, damaged, checked = Outbox(db), Books(db, clock, "none"), 0, 0
    for entry in outbox.unreceived():
        checked += 1
        try:
            _, body = files.envelope(entry.filing_id, entry.rev)
            if body == entry.envelope:
                continue
        except KioskTrouble:
            pass
        damaged += 1
        if entry.status in (FilingStatus.STORED, FilingStatus.SENDING):
            Audit(db, clock).note(AuditEvent.SEALED_FILE_DAMAGED, actor=ACTOR, object=entry.filing_id)
            books.take_hold(Held(entry.filing_id, entry.rev, "sealed file damaged"))
    return Night(checked, damaged)
