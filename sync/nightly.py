"""What is done once a night: what waits is read and checked, what is over goes, the audit chain is walked, the store
copied and the copy opened and counted.

The slot is drawn from the kiosk's id and the date, so that many kiosks do not start in the same minute.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from kiosk.clock import CHINA, Clock, court_day
from kiosk.errors import KioskTrouble
from kiosk.filings.status import FilingStatus
from kiosk.settings import Settings
from kiosk.store.audit import Audit, AuditState
from kiosk.store.audit_events import AuditEvent
from kiosk.store.backup import make_backup
from kiosk.store.connect import Database, connect, troubles
from kiosk.store.filings import Filings
from kiosk.store.keys import StoreKey
from kiosk.store.meta import Meta
from kiosk.store.outbox import Outbox
from kiosk.store.purge import purge_due
from kiosk.store.sealed_files import SealedFiles
from kiosk.store.settling import settle
from sync.bookkeeping import ACTOR, Books
from sync.court import Held

FROM = time(22, 0)
WINDOW_SECONDS = 8 * 3600
DONE = "nightly_done"
REPORT = "nightly_report"


@dataclass(frozen=True, slots=True)
class Night:
    """What one night found; for staff, and for the lamp of the morning."""

    checked: int  # sealed files that still have to travel
    damaged: int
    purged: int = 0  # drafts, readable copies, slips, sealed files and notices whose time was over
    audit: AuditState = AuditState.GOOD
    audit_seq: int = 0
    backup: str = ""  # the file's name
    backup_whole: bool = False  # opened again, and as many filings in it as here

    @property
    def sound(self) -> bool:
        return not self.damaged and self.audit is AuditState.GOOD and self.backup_whole


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
    files, audit = SealedFiles(settings.state / "sealed"), Audit(db, clock)
    night = check_files(db, files, clock)
    purged = purge_due(db, files, settings.keeping, clock)
    finding = audit.verify(Meta(db).audit_anchor())
    audit.note(AuditEvent.AUDIT_CHECKED, actor=ACTOR, outcome=str(finding.state), seq=finding.seq)
    copy = make_backup(db, settings.state, key, now, settings.keeping.backup_keep)
    night = replace(
        night,
        purged=purged.drafts + purged.readable + purged.slips + purged.sealed + purged.notices,
        audit=finding.state,
        audit_seq=finding.seq,
        backup=copy.name,
        backup_whole=opens_with(copy, key, Filings(db).counts()),
    )
    outcome = "ok" if night.backup_whole else "not whole"
    audit.note(AuditEvent.BACKUP_MADE, actor=ACTOR, outcome=outcome, checked=night.checked, damaged=night.damaged)
    Meta(db).write(REPORT, json.dumps(as_plain(night)))
    today = court_day(now)
    done = today if slot(settings.kiosk_id, today) <= now else today - timedelta(days=1)
    Meta(db).write(DONE, done.isoformat())
    return night


def opens_with(backup: Path, key: StoreKey, counts: Mapping[FilingStatus, int]) -> bool:
    """The restore drill: the copy opens with the store's key, every page of it, and holds these filings."""
    try:
        with troubles():
            copy = connect(backup, key)
    except KioskTrouble:
        return False
    try:
        with troubles():
            damaged = copy.execute("PRAGMA cipher_integrity_check").fetchall()
            return not damaged and Filings(copy).counts() == counts
    except KioskTrouble:
        return False
    finally:
        copy.close()


def last_night(db: Database) -> dict[str, Any]:
    """What the newest night found, as `as_plain` tells it; empty before the first."""
    found: dict[str, Any] = json.loads(Meta(db).read(REPORT) or "{}")
    return found


def as_plain(night: Night) -> dict[str, Any]:
    return {**asdict(night), "audit": str(night.audit), "sound": night.sound}


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
