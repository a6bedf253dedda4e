"""先存一下: a form kept for later because its owner asked, and found again by the code on the slip.

The code leaves this room once, in the answer to `keep`; what stays in the store opens only with it. While the visit
goes on its key stays in memory, so that what is said afterwards can be kept under the same code when the person walks
away. A form that was handed in, replaced, cleared or is too old is answered in its own words: only somebody with the
right code hears them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.clerks.lockout import Failure, Now, seconds_left
from kiosk.clock import Clock
from kiosk.ids import DraftId
from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.slip_code import CodeKey, Cost, draw_code, open_form, read_code, seal_form, shown_code, stretch
from kiosk.slips.resume import RESUME_SLIP, resume_code_in, resume_slip
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.clerks import TryRow
from kiosk.store.connect import Database, atomic
from kiosk.store.saved import Ended, SavedForm, SavedForms
from kiosk.store.spool import Spool
from kiosk.store.times import stored
from kiosk.wording import Wording


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What the person gets; the code is nowhere else."""

    code: str = field(repr=False)
    until: datetime
    paper: str  # what its print job is known by


@dataclass(frozen=True, slots=True)
class CameBack:
    body: bytes = field(repr=False)
    draft_id: DraftId
    until: datetime


@dataclass(frozen=True, slots=True)
class AskLastFour:
    """The code is right; the form wants the last four of the number in it too."""


@dataclass(frozen=True, slots=True)
class NotResumed:
    key: str  # wording key
    wait_seconds: int = 0


Resumed = CameBack | AskLastFour | NotResumed


@dataclass(frozen=True, slots=True)
class _Own:
    """The code of this visit, as long as it lasts."""

    code_key: CodeKey = field(repr=False)
    draft_id: DraftId
    until: datetime
    last_four: str = field(repr=False)


@dataclass(slots=True)
class Saving:
    db: Database = field(repr=False)
    clock: Clock
    days: int
    cost: Cost = field(default_factory=Cost)
    _own: _Own | None = field(default=None, repr=False)

    def keep(
        self, draft_id: DraftId, body: bytes, last_four: str, court_name: str, wording: Wording, language: str
    ) -> KeptForm:
        """Seal the form under a fresh code and queue its slip. An older code for the same form is over from here."""
        code = draw_code()
        until = self.clock.now().replace(microsecond=0) + timedelta(days=self.days)
        own = _Own(stretch(code, self.cost), draft_id, until, last_four)
        slip = resume_slip(court_name, shown_code(code), until, own.code_key.handle[:6].upper(), wording, language)
        with atomic(self.db):
            self._seal(own, body)
            self.wipe_slips()
            Spool(self.db).queue(RESUME_SLIP, own.code_key.handle, slip, self.clock.now())
        self._own = own
        return KeptForm(shown_code(code), until, own.code_key.handle)

    def keep_again(self, body: bytes) -> bool:
        """What was said since, under the code this visit was given; False when it was given none."""
        if self._own is None:
            return False
        self._seal(self._own, body)
        return True

    def clear(self) -> None:
        """The person wants nothing kept after all."""
        if self._own is not None:
            SavedForms(self.db).clear(self._own.code_key.handle)
            self._own = None

    def visit_over(self) -> None:
        """The key goes out of memory and the slip's words out of the spool."""
        self._own = None
        self.wipe_slips()

    def wipe_slips(self) -> None:
        Spool(self.db).wipe(RESUME_SLIP, self.clock.now())

    def resume(self, typed: str, last_four: str) -> Resumed:
        """The form for its code. Wrong digits are counted before anything is opened; the form stays where it is."""
        code = read_code(resume_code_in(typed) or typed)
        if code is None:
            return NotResumed("resume.not_a_code")
        code_key = stretch(code, self.cost)
        form = SavedForms(self.db).find(code_key.handle)
        if form is None:
            self._note("", "no such code")
            return NotResumed("resume.no_such_code")
        if form.ended is not Ended.NO or form.sealed is None or form.expires_at <= self.clock.now():
            ended = form.ended if form.ended is not Ended.NO else Ended.EXPIRED
            self._note(form.draft_id, ended.value)
            return NotResumed(f"resume.{ended}")
        if form.asks_last_four and not last_four:
            return AskLastFour()
        wait = seconds_left(_failure(form.tries), self._now()) if form.tries.failures else 0
        if wait:
            self._note(form.draft_id, "waiting")
            return NotResumed("resume.wait", wait)
        return self._opened(code_key, form, last_four if form.asks_last_four else "")

    def _opened(self, code_key: CodeKey, form: SavedForm, last_four: str) -> Resumed:
        forms, now = SavedForms(self.db), self._now()
        failures = form.tries.failures + 1
        forms.count_failure(form.handle, TryRow(failures, now.at, now.boot_id, now.monotonic_ms))
        assert form.sealed is not None
        try:
            body = open_form(code_key, form.sealed, _bound(form.draft_id, form.expires_at), last_four)
        except CannotOpen:
            self._note(form.draft_id, "wrong digits")
            counted = Failure(failures, now.at, now.boot_id, now.monotonic_ms)
            return NotResumed("resume.wrong_digits", seconds_left(counted, now))
        forms.forget_failures(form.handle)
        self._own = _Own(code_key, form.draft_id, form.expires_at, last_four)
        self._note(form.draft_id, "ok")
        return CameBack(body, form.draft_id, form.expires_at)

    def _seal(self, own: _Own, body: bytes) -> None:
        now = self.clock.now()
        sealed = seal_form(own.code_key, body, _bound(own.draft_id, own.until), own.last_four)
        with atomic(self.db):
            SavedForms(self.db).keep(
                own.code_key.handle,
                own.draft_id,
                sealed,
                asks_last_four=bool(own.last_four),
                saved_at=now,
                expires_at=own.until,
            )
            Audit(self.db, self.clock).note(
                AuditEvent.FORM_SAVED, actor="person", object=own.draft_id, days=(own.until - now).days
            )

    def _note(self, about: str, outcome: str) -> None:
        Audit(self.db, self.clock).note(AuditEvent.FORM_RESUMED, actor="person", object=about, outcome=outcome)

    def _now(self) -> Now:
        return Now(self.clock.now(), self.clock.boot_id(), self.clock.monotonic_ms())


def _failure(tries: TryRow) -> Failure:
    return Failure(tries.failures, tries.set_at, tries.boot_id, tries.mono_ms)


def _bound(draft_id: DraftId, until: datetime) -> bytes:
    """What the seal vouches for: whose form it is, and until when."""
    return f"court-kiosk/saved-form/1\0{draft_id}\0{stored(until)}".encode()
