"""How the kiosk is, in one line a part, for the clerk's page and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kiosk.clock import Clock, court_day
from kiosk.errors import KioskTrouble
from kiosk.filings.status import FilingStatus
from kiosk.law.standing import Known, tables_standing
from kiosk.law.tables import Tables
from kiosk.sealing.keys import read_court_keys
from kiosk.settings import Settings
from kiosk.slips.job import JobState
from kiosk.store.audit import AuditFinding, AuditState
from kiosk.store.connect import Database
from kiosk.store.disk import free_mb
from kiosk.store.drafts import Drafts
from kiosk.store.filings import Filings
from kiosk.store.keys import SecretKind
from kiosk.store.spool import Spool
from kiosk.wording import Wording

AMBER_DAYS = 3
RED_DAYS = 7


class Tone(StrEnum):
    GOOD = "good"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class HealthLine:
    name: str
    tone: Tone
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a walk along the audit chain found."""

    finding: AuditFinding
    words: Mapping[str, str]
    exit_code: int  # 0 good, 2 broken, 3 cut short


@dataclass(frozen=True, slots=True)
class Lamps:
    settings: Settings
    clock: Clock
    wording: Wording
    db: Database

    def lines(self, key_kind: SecretKind, audit: AuditFinding, clock_behind: timedelta) -> tuple[HealthLine, ...]:
        found = [self._court(), self._printer(), self._store(), self._key(key_kind), self._audit(audit)]
        if clock_behind > timedelta(0):
            found.append(self._line("clock", Tone.RED, seconds=int(clock_behind.total_seconds())))
        held = len(Drafts(self.db, self.clock).held())
        if held:
            found.append(self._line("drafts", Tone.AMBER, held=held))
        return tuple(found)

    def tables(self, tables: Tables) -> tuple[HealthLine, ...]:
        """The first table of the law that has ended, or ends soon; nothing while all are current."""
        found = tables_standing(tables, court_day(self.clock.now()), self.settings.court.code)
        old = [one for one in found if one.known in (Known.OUT_OF_DATE, Known.ENDS_SOON)]
        if not old:
            return ()
        worst = min(old, key=lambda one: one.known is not Known.OUT_OF_DATE)
        words = self.wording.each(worst.key, day=str(worst.unknown_from))
        return (HealthLine("tables", Tone.AMBER, words),)

    def audit_report(self, finding: AuditFinding) -> AuditReport:
        codes = {AuditState.GOOD: 0, AuditState.BROKEN: 2, AuditState.CUT_SHORT: 3}
        return AuditReport(finding, self._audit(finding).words, codes[finding.state])

    def _court(self) -> HealthLine:
        try:
            read_court_keys(self.settings.state)
        except KioskTrouble:
            return self._line("not_enrolled", Tone.RED, name="court")
        filings = Filings(self.db)
        counts = filings.counts()
        if counts[FilingStatus.HELD]:
            return self._line("court_held", Tone.RED, name="court", held=counts[FilingStatus.HELD])
        oldest = filings.oldest_waiting()
        days = (self.clock.now() - oldest).days if oldest else 0
        if days >= AMBER_DAYS:
            return self._line("court_late", Tone.RED if days >= RED_DAYS else Tone.AMBER, name="court", days=days)
        returned = counts[FilingStatus.RETURNED]
        waiting = counts[FilingStatus.STORED] + counts[FilingStatus.SENDING]
        return self._line("court", Tone.AMBER if returned else Tone.GOOD, waiting=waiting, returned=returned)

    def _printer(self) -> HealthLine:
        jobs = Spool(self.db).counted()
        queued, unknown = jobs[JobState.QUEUED] + jobs[JobState.WAITING], jobs[JobState.UNKNOWN]
        return self._line("printer", Tone.AMBER if unknown else Tone.GOOD, queued=queued, unknown=unknown)

    def _store(self) -> HealthLine:
        free = free_mb(self.settings.state)
        if free < self.settings.keeping.min_free_mb:
            return self._line("store_low", Tone.RED, name="store", free=free)
        return self._line("store", Tone.GOOD, free=free)

    def _key(self, kind: SecretKind) -> HealthLine:
        if kind is SecretKind.CREDENTIAL:
            return self._line("key_credential", Tone.GOOD, name="key")
        return self._line("key_file", Tone.AMBER, name="key")

    def _audit(self, finding: AuditFinding) -> HealthLine:
        match finding.state:
            case AuditState.GOOD:
                return self._line("audit", Tone.GOOD, rows=finding.seq)
            case AuditState.BROKEN:
                return self._line("audit_broken", Tone.RED, name="audit", row=finding.seq)
            case AuditState.CUT_SHORT:
                return self._line("audit_cut", Tone.RED, name="audit", row=finding.seq)

    def _line(self, key: str, tone: Tone, name: str = "", **places: str | int) -> HealthLine:
        return HealthLine(name or key, tone, self.wording.each(f"health.{key}", **places))
