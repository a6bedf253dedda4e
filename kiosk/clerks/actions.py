"""What a clerk may do, and what each thing asks for beyond a PIN. The desk looks here before it acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.ids import ClerkNumber

SESSION_SECONDS = 15 * 60
SESSION_IDLE_SECONDS = 300  # the window ends it after 120 s without a touch; touches never reach the desk


class Action(StrEnum):
    LIST = "list"
    VIEW_FILING = "view filing"
    REPRINT = "reprint"
    PRINT_RECEIPT = "print receipt"
    SYNC_NOW = "sync now"
    TEST_DEVICES = "test devices"
    RELEASE_DRAFT = "release draft"
    RESEND = "resend"
    IMPORT_CASES = "import cases"
    TAKE_SCAN = "take scan"
    FERRY = "ferry"
    EXPORT_AUDIT = "export audit"
    ENROL_CLERK = "enrol clerk"
    RESET_PIN = "reset pin"
    UNLOCK_CLERK = "unlock clerk"
    PURGE_UNRECEIVED = "purge unreceived"


@dataclass(frozen=True, slots=True)
class Needs:
    """What an action asks for beside the PIN of whoever does it."""

    code: bool = False  # a one-time code of the clerk's own device
    second: bool = False  # a different clerk


NEEDS = {
    Action.LIST: Needs(),
    Action.VIEW_FILING: Needs(),
    Action.REPRINT: Needs(),
    Action.PRINT_RECEIPT: Needs(),
    Action.SYNC_NOW: Needs(),
    Action.TEST_DEVICES: Needs(),
    Action.RELEASE_DRAFT: Needs(),
    Action.RESEND: Needs(),
    # As much as anybody at the glass may do without a PIN: it files; it shows nobody's words and takes nothing away.
    Action.IMPORT_CASES: Needs(),
    Action.TAKE_SCAN: Needs(),
    Action.FERRY: Needs(code=True),
    Action.EXPORT_AUDIT: Needs(code=True),
    Action.ENROL_CLERK: Needs(code=True, second=True),
    Action.RESET_PIN: Needs(code=True, second=True),
    Action.UNLOCK_CLERK: Needs(code=True, second=True),
    Action.PURGE_UNRECEIVED: Needs(code=True, second=True),
}


@dataclass(frozen=True, slots=True)
class ClerkSession:
    """A clerk who signed in with the PIN, at this moment of this boot."""

    number: ClerkNumber
    name: str
    begun_ms: int


@dataclass(frozen=True, slots=True)
class SignInRefused:
    key: str  # wording key
    wait_seconds: int = 0


def has_ended(session: ClerkSession, last_used_ms: int, now_ms: int) -> bool:
    """15 minutes in all, five without asking the desk for anything; a clock that went back ends it too."""
    if not session.begun_ms <= last_used_ms <= now_ms:
        return True
    return now_ms - session.begun_ms >= SESSION_SECONDS * 1000 or now_ms - last_used_ms >= SESSION_IDLE_SECONDS * 1000
