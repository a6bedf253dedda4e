"""How it stands with the court, as numbers for programs and as sentences for staff. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.clock import CHINA
from kiosk.filings.envelope import stamp
from kiosk.filings.status import FilingStatus
from kiosk.sealing.keys import CourtKeys
from kiosk.store.audit import AuditState
from kiosk.store.connect import Database
from kiosk.store.filings import Filings
from kiosk.store.meta import Meta
from kiosk.store.outbox import Outbox
from kiosk.store.receipts import Contact, Receipts
from kiosk.wording import Wording
from sync.messenger import AUDIT_DIFFERS
from sync.nightly import Night, last_night


@dataclass(frozen=True, slots=True)
class HeldFiling:
    filing_id: str
    rev: int
    status: FilingStatus
    reason: str


@dataclass(frozen=True, slots=True)
class SyncStatus:
    enrolled: bool
    counts: dict[FilingStatus, int]
    oldest_waiting: datetime | None
    contacts: tuple[Contact, ...]
    held: tuple[HeldFiling, ...]
    epoch: int
    seq: int
    forked: bool
    key_expired: bool
    audit_differs: bool
    free_mb: int
    night: dict[str, Any]  # what the newest night found

    @property
    def waiting(self) -> int:
        return self.counts[FilingStatus.STORED] + self.counts[FilingStatus.SENDING]


def gather(db: Database, keys: CourtKeys | None, carriers: tuple[str, ...], now: datetime, free_mb: int) -> SyncStatus:
    outbox, filings = Outbox(db), Filings(db)
    epoch, seq, _ = outbox.head()
    return SyncStatus(
        enrolled=keys is not None,
        counts=filings.counts(),
        oldest_waiting=filings.oldest_waiting(),
        contacts=tuple(Receipts(db).contact(carrier) for carrier in carriers),
        held=tuple(
            HeldFiling(entry.filing_id, entry.rev, entry.status, entry.hold_reason)
            for status in (FilingStatus.HELD, FilingStatus.RETURNED)
            for entry in outbox.with_status(status)
        ),
        epoch=epoch,
        seq=seq,
        forked=outbox.forked(),
        audit_differs=Meta(db).read(AUDIT_DIFFERS) is not None,
        key_expired=keys is not None and keys.expired(now),
        free_mb=free_mb,
        night=last_night(db),
    )


def as_plain(status: SyncStatus) -> dict[str, Any]:
    """For programs."""
    return {
        "enrolled": status.enrolled,
        "counts": {one.value: count for one, count in status.counts.items()},
        "waiting": status.waiting,
        "oldest_waiting": _text(status.oldest_waiting),
        "carriers": [
            {
                "carrier": contact.carrier,
                "heard_at": _text(contact.heard_at),
                "failures": contact.failures,
                "next_try_at": _text(contact.next_try_at),
                "trouble": contact.trouble,
                "stopped": contact.stopped,
            }
            for contact in status.contacts
        ],
        "held": [
            {"filing_id": one.filing_id, "rev": one.rev, "status": one.status.value, "reason": one.reason}
            for one in status.held
        ],
        "epoch": status.epoch,
        "seq": status.seq,
        "forked": status.forked,
        "key_expired": status.key_expired,
        "audit_differs": status.audit_differs,
        "free_mb": status.free_mb,
        "night": status.night,
    }


def sentences(status: SyncStatus, wording: Wording, language: str) -> tuple[str, ...]:
    """For staff, the most urgent first."""

    def say(key: str, **places: str | int) -> str:
        return wording.say(key, language, **places)

    lines: list[str] = []
    if not status.enrolled:
        lines.append(say("sealing.not_enrolled"))
    if status.forked:
        lines.append(say("sync.forked"))
    if status.audit_differs:
        lines.append(say("sync.audit_differs"))
    if status.key_expired:
        lines.append(say("sync.key_running_out"))
    for contact in status.contacts:
        if contact.trouble:
            lines.append(say(contact.trouble))
            if contact.next_try_at:
                lines.append(say("sync.next_try", time=_local(contact.next_try_at)))
        heard = say("sync.heard", time=_local(contact.heard_at)) if contact.heard_at else say("sync.never_heard")
        lines.append(heard)
    if status.waiting and status.oldest_waiting:
        lines.append(say("sync.waiting", count=status.waiting, time=_local(status.oldest_waiting)))
    else:
        lines.append(say("sync.nothing_waits"))
    lines.append(say("sync.received", count=status.counts[FilingStatus.RECEIVED]))
    for one in status.held:
        key = "sync.held" if one.status is FilingStatus.HELD else "sync.returned"
        lines.append(say(key, filing=one.filing_id, reason=_reason(one.reason, wording, language)))
    lines.append(say("sync.room", free=status.free_mb))
    return tuple(lines)


def night_sentences(night: Night, wording: Wording, language: str) -> tuple[str, ...]:
    """What the night found, for staff."""

    def say(key: str, **places: str | int) -> str:
        return wording.say(key, language, **places)

    lines = [say("sync.night.files", count=night.checked, damaged=night.damaged)]
    lines.append(say("sync.night.purged", count=night.purged))
    lines.append(say(f"sync.night.audit_{'good' if night.audit is AuditState.GOOD else 'bad'}", seq=night.audit_seq))
    lines.append(say(f"sync.night.backup_{'whole' if night.backup_whole else 'broken'}", file=night.backup))
    return tuple(lines)


def _reason(reason: str, wording: Wording, language: str) -> str:
    """In words where we have them; a reason of a newer court is shown as it came."""
    word, _, number = reason.partition(" ")
    if word == "http":
        return wording.say("sync.reason.http", language, status=number)
    key = "sync.reason." + reason.replace(" ", "_")
    return wording.say(key, language) if wording.knows(key) else reason or "-"


def _text(when: datetime | None) -> str:
    return stamp(when) if when else ""


def _local(when: datetime) -> str:
    return when.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
