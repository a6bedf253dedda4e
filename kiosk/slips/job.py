"""The life of a print job. A job moves only along the arrows below; the spool writes down where it stands.

The promise: never silently no paper, never two papers that both look like the first. So after byte 1 a job
without proof is *unknown* and waits for a late marker or a person; it never goes out again by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.errors import KioskBug
from kiosk.slips.parts import Slip
from kiosk.slips.sheet import Sheet


class JobState(StrEnum):
    QUEUED = "queued"
    WAITING = "waiting"  # the printer is not ready; nothing has left
    PREFLIGHT = "preflight"  # claimed, the printer is being asked
    SENDING = "sending"  # committed before byte 1
    SENT = "sent"  # all bytes taken, no proof yet
    UNKNOWN = "unknown"  # bytes may have left, and nothing proves a paper
    PRINTED = "printed"
    CANCELLED = "cancelled"


class JobEvent(StrEnum):
    CLAIMED = "claimed"
    NOT_READY = "not ready"
    WAIT_OVER = "wait over"
    READY = "ready"
    NOTHING_LEFT = "nothing left"  # the attempt ended and is known to have sent no byte
    BROKE = "broke"
    ALL_TAKEN = "all taken"
    CONFIRMED = "confirmed"  # a marker, in time or late, or an answer in order
    TIMED_OUT = "timed out"
    NO_BACK_CHANNEL = "no back channel"
    PERSON_HAS_IT = "person has it"
    PERSON_LACKS_IT = "person lacks it"
    PERSON_DOUBTS = "person doubts"  # whoever stands there says that an unconfirmed paper did not come
    CLERK_REPRINTED = "clerk reprinted"
    STAFF_CANCELLED = "staff cancelled"
    RESTARTED = "restarted"


OPEN = (
    JobState.QUEUED,
    JobState.WAITING,
    JobState.PREFLIGHT,
    JobState.SENDING,
    JobState.SENT,
    JobState.UNKNOWN,
)
_MACHINE = (
    JobEvent.NOT_READY,
    JobEvent.READY,
    JobEvent.NOTHING_LEFT,
    JobEvent.BROKE,
    JobEvent.ALL_TAKEN,
    JobEvent.CONFIRMED,
    JobEvent.TIMED_OUT,
    JobEvent.NO_BACK_CHANNEL,
    JobEvent.RESTARTED,
)

ARROWS = {
    (JobState.QUEUED, JobEvent.CLAIMED): JobState.PREFLIGHT,
    (JobState.PREFLIGHT, JobEvent.NOT_READY): JobState.WAITING,
    (JobState.WAITING, JobEvent.WAIT_OVER): JobState.QUEUED,
    (JobState.PREFLIGHT, JobEvent.READY): JobState.SENDING,
    (JobState.SENDING, JobEvent.NOTHING_LEFT): JobState.WAITING,
    (JobState.SENDING, JobEvent.BROKE): JobState.UNKNOWN,
    (JobState.SENDING, JobEvent.ALL_TAKEN): JobState.SENT,
    (JobState.SENT, JobEvent.CONFIRMED): JobState.PRINTED,
    (JobState.SENT, JobEvent.TIMED_OUT): JobState.UNKNOWN,
    (JobState.SENT, JobEvent.NO_BACK_CHANNEL): JobState.PRINTED,
    # A late marker always wins over the question, and withdraws a 补打 that has not begun.
    (JobState.SENDING, JobEvent.CONFIRMED): JobState.PRINTED,
    (JobState.UNKNOWN, JobEvent.CONFIRMED): JobState.PRINTED,
    (JobState.QUEUED, JobEvent.CONFIRMED): JobState.PRINTED,
    (JobState.WAITING, JobEvent.CONFIRMED): JobState.PRINTED,
    (JobState.PREFLIGHT, JobEvent.CONFIRMED): JobState.PRINTED,
    (JobState.PRINTED, JobEvent.CONFIRMED): JobState.PRINTED,
    (JobState.UNKNOWN, JobEvent.PERSON_HAS_IT): JobState.PRINTED,
    (JobState.PRINTED, JobEvent.PERSON_HAS_IT): JobState.PRINTED,  # of a printer that cannot say so itself
    (JobState.PRINTED, JobEvent.PERSON_DOUBTS): JobState.UNKNOWN,
    (JobState.UNKNOWN, JobEvent.PERSON_LACKS_IT): JobState.QUEUED,
    (JobState.PRINTED, JobEvent.CLERK_REPRINTED): JobState.QUEUED,
    (JobState.UNKNOWN, JobEvent.CLERK_REPRINTED): JobState.QUEUED,
    (JobState.CANCELLED, JobEvent.CLERK_REPRINTED): JobState.QUEUED,
    (JobState.PREFLIGHT, JobEvent.RESTARTED): JobState.QUEUED,
    (JobState.SENDING, JobEvent.RESTARTED): JobState.UNKNOWN,
    (JobState.SENT, JobEvent.RESTARTED): JobState.UNKNOWN,
    **{(state, JobEvent.STAFF_CANCELLED): JobState.CANCELLED for state in OPEN},
    # Staff may cancel while the worker is at it; what the worker then finds out changes nothing.
    **{(JobState.CANCELLED, event): JobState.CANCELLED for event in _MACHINE},
}


def advance(state: JobState, event: JobEvent) -> JobState:
    """Follow one arrow, or say which arrow is missing."""
    if (state, event) not in ARROWS:
        raise KioskBug(f"a print job that is {state} cannot have: {event}")
    return ARROWS[state, event]


@dataclass(frozen=True, slots=True)
class PrintJob:
    id: int
    kind: str
    business_key: str
    copy_no: int
    state: JobState
    reason: str
    updated: datetime
    slip: Slip | None = field(repr=False)  # None once the paper was forgotten, and for sheets of A4
    sheet: Sheet | None = field(default=None, repr=False)

    @property
    def paper(self) -> Slip | Sheet | None:
        return self.slip or self.sheet


@dataclass(frozen=True, slots=True)
class JobRecord:
    """What the spool knows of a job, without its words: for the clerk's list."""

    id: int
    kind: str
    business_key: str
    copy_no: int
    state: JobState
    reason: str
    updated: datetime
    attempts: int  # papers of it that may be in the world
    bytes_sent: int | None
    bytes_total: int
    forgotten: bool  # its words are gone: it cannot be printed again


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one paper. `marker` is what the printer is asked to say once it has printed it."""

    id: int
    job_id: int
    n: int
    marker: str


_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def marker_of(attempt_id: int) -> str:
    """Base 36 of the attempt's id, four characters: unique among 1.6 million attempts."""
    value, marker = attempt_id % 36**4, ""
    for _ in range(4):
        value, digit = divmod(value, 36)
        marker = _DIGITS[digit] + marker
    return marker
