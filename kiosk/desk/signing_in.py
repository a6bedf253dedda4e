"""Clerks sign in and out. Every try is counted and committed before a PIN is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.clerks.actions import Action, ClerkSession, SignInRefused, has_ended
from kiosk.clerks.lockout import Failure, Now, is_locked, seconds_left, wait_after
from kiosk.clerks.pin import draw_pin, hash_pin, pin_fits
from kiosk.clock import Clock
from kiosk.errors import KioskTrouble
from kiosk.ids import ClerkNumber
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.clerks import ClerkRow, Clerks, TryRow
from kiosk.store.connect import Database, atomic

SERVICE_USER = ClerkNumber("desk")  # never a clerk's number: those are digits
STRANGER = "?"  # all numbers that are nobody's, together: guessing them delays only other guesses
FIRST_CLERKS = 2
Approval = tuple[str, str]  # number and PIN of a clerk who answers for something
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
# Compared with when the number is nobody's, so that a stranger's answer takes as long as a clerk's.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=2$ICEiIyQlJicoKSorLC0uLw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"


@dataclass
class SigningIn:
    """Who is signed in on this desk, and the counts that outlive it."""

    db: Database
    clock: Clock
    pepper: bytes = field(repr=False)
    session: ClerkSession | None = None
    used_ms: int = 0

    def sign_in(self, number: str, pin: str) -> ClerkSession | SignInRefused:
        self.sign_out()
        clerk = self._compare(number, pin)
        if isinstance(clerk, SignInRefused):
            return clerk
        self._audit().note(AuditEvent.CLERK_SIGNED_IN, actor=clerk.number, object=clerk.number)
        return self._begin(clerk.number, clerk.name)

    def sign_in_service_user(self) -> ClerkSession:
        """Whoever runs the command line holds the store key already; the audit log says `desk`."""
        return self._begin(SERVICE_USER, "desk")

    def sign_out(self) -> None:
        if self.session is not None and self.session.number != SERVICE_USER:
            self._audit().note(AuditEvent.CLERK_SIGNED_OUT, actor=self.session.number, object=self.session.number)
        self.session = None

    def may(self, action: Action, clerk: str = "") -> ClerkNumber:
        """The clerk who is asking, or a trouble. Called by the desk before it does anything for a clerk."""
        now_ms = self.clock.monotonic_ms()
        session = self.session
        if session is not None and session.number != SERVICE_USER and has_ended(session, self.used_ms, now_ms):
            self.sign_out()
            session = None
        if session is None or (clerk and clerk != session.number):
            self._audit().note(AuditEvent.ACTION_REFUSED, actor="person", object=action.value, outcome="refused")
            raise KioskTrouble("clerk.not_signed_in")
        self.used_ms = now_ms
        return session.number

    def enrol(self, number: str, name: str, approvals: Sequence[Approval] = ()) -> str:
        """A new clerk and the PIN that is shown once. The first two need nobody; later ones need two other clerks."""
        if not _NUMBER.fullmatch(number):
            raise KioskTrouble("clerk.number_wrong")
        if Clerks(self.db).count() >= FIRST_CLERKS:
            self._approved(approvals, 2, number)
        pin = draw_pin()
        row = ClerkRow(
            ClerkNumber(number), name, hash_pin(ClerkNumber(number), pin, self.pepper), self.clock.now(), SERVICE_USER
        )
        with atomic(self.db):
            if not Clerks(self.db).add(row):
                raise KioskTrouble("clerk.number_taken")
            self._audit().note(AuditEvent.CLERK_ENROLLED, actor=SERVICE_USER, object=number)
        return pin

    def unlock(self, number: str, approval: Approval) -> None:
        """A locked number may try again; a different clerk answers for it."""
        (other,) = self._approved([approval], 1, number)
        with atomic(self.db):
            Clerks(self.db).forget_tries(number)
            self._audit().note(AuditEvent.CLERK_UNLOCKED, actor=other, object=number)

    def reset_pin(self, number: str, approvals: Sequence[Approval]) -> str:
        """A new PIN for somebody who forgot theirs; two other clerks answer for it."""
        clerk = Clerks(self.db).get(ClerkNumber(number))
        if clerk is None:
            raise KioskTrouble("clerk.number_wrong")
        first, *_ = self._approved(approvals, 2, number)
        pin = draw_pin()
        with atomic(self.db):
            Clerks(self.db).set_pin(clerk.number, hash_pin(clerk.number, pin, self.pepper))
            Clerks(self.db).forget_tries(clerk.number)
            self._audit().note(AuditEvent.PIN_RESET, actor=first, object=clerk.number)
        return pin

    def _approved(self, approvals: Sequence[Approval], needed: int, about: str) -> tuple[ClerkNumber, ...]:
        """Different clerks, none of them the one it is about, each with their own PIN, counted like a sign-in."""
        numbers = {number for number, _ in approvals} - {about}
        if len(numbers) < needed:
            raise KioskTrouble("clerk.needs_second")
        given = []
        for number, pin in approvals:
            clerk = self._compare(number, pin)
            if isinstance(clerk, SignInRefused):
                raise KioskTrouble(clerk.key)
            self._audit().note(AuditEvent.APPROVAL_GIVEN, actor=clerk.number, object=about)
            given.append(clerk.number)
        return tuple(given)

    def _compare(self, number: str, pin: str) -> ClerkRow | SignInRefused:
        """The clerk with this number and PIN; the try was counted and committed before anything was compared."""
        clerk = Clerks(self.db).get(ClerkNumber(number)) if _NUMBER.fullmatch(number) else None
        who = clerk.number if clerk else STRANGER
        refused = self._count(who)
        if refused is not None:
            self._note_refusal(who, refused)
            return refused
        fits = pin_fits(clerk.pin_hash if clerk else _NOBODY, ClerkNumber(number[:12]), pin[:64], self.pepper)
        if clerk is None or not fits:
            refused = self._after_failure(who)
            self._note_refusal(who, refused)
            return refused
        Clerks(self.db).forget_tries(who)
        return clerk

    def _count(self, who: str) -> SignInRefused | None:
        """One more try, written down as wrong until the PIN proves otherwise; or why there may be none now."""
        with atomic(self.db):
            tries = Clerks(self.db).tries(who)
            if tries is not None:
                if is_locked(tries.failures) and who != STRANGER:
                    return SignInRefused("clerk.locked")
                left = seconds_left(_failure(tries), self._now())
                if left:
                    return SignInRefused("clerk.must_wait", left)
            now = self._now()
            failures = (tries.failures if tries else 0) + 1
            Clerks(self.db).write_tries(who, TryRow(failures, now.at, now.boot_id, now.monotonic_ms))
        return None

    def _after_failure(self, who: str) -> SignInRefused:
        tries = Clerks(self.db).tries(who)
        failures = tries.failures if tries else 0
        if is_locked(failures) and who != STRANGER:
            self._audit().note(AuditEvent.CLERK_LOCKED, actor="person", object=who)
            return SignInRefused("clerk.locked")
        return SignInRefused("clerk.refused", wait_after(failures))

    def _note_refusal(self, who: str, refused: SignInRefused) -> None:
        tries = Clerks(self.db).tries(who)
        self._audit().note(
            AuditEvent.SIGN_IN_REFUSED,
            actor="person",
            object=who,
            outcome=refused.key,
            failures=tries.failures if tries else 0,
            wait_seconds=refused.wait_seconds,
        )

    def _begin(self, number: ClerkNumber, name: str) -> ClerkSession:
        self.used_ms = self.clock.monotonic_ms()
        self.session = ClerkSession(number, name, self.used_ms)
        return self.session

    def _now(self) -> Now:
        return Now(self.clock.now(), self.clock.boot_id(), self.clock.monotonic_ms())

    def _audit(self) -> Audit:
        return Audit(self.db, self.clock)


def _failure(tries: TryRow) -> Failure:
    return Failure(tries.failures, tries.set_at, tries.boot_id, tries.mono_ms)
