"""The life of a filing: where it is carried, and where it stands before the law.

*Carriage* is what this kiosk knows by itself: a filing waits here, is on its way, arrived, or needs a person. The
store writes down whatever `advance` returns. RETURNED and HELD are about carriage only.

*Life* is the whole way from the first answer to the trial division (design table of the filing terminal; law: FR
arts.2-12, CPL arts.122-128, MR art.24, FM art.22, JI art.208). It has the arrows below and no others. The kiosk walks
its own part; what the court or a mediator sets is taken from the court's signed word (`told`) and never set here.
Nothing in this module touches a clock, a disk or a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import KioskBug


class FilingStatus(StrEnum):
    STORED = "stored"  # safe on this kiosk's disk, waiting its turn
    SENDING = "sending"  # inside a batch that has left
    RECEIVED = "received"  # the court holds it and gave a receipt
    RETURNED = "returned"  # the intake refused it and said why
    HELD = "held"  # a person must look before it is sent again


class FilingEvent(StrEnum):
    BATCH_SENT = "batch sent"
    BATCH_LOST = "batch lost"
    RECEIPT_CAME = "receipt came"
    REFUSAL_CAME = "refusal came"
    HOLD_CAME = "hold came"
    CLERK_RESENT = "clerk resent"


ARROWS = {
    (FilingStatus.STORED, FilingEvent.BATCH_SENT): FilingStatus.SENDING,
    (FilingStatus.SENDING, FilingEvent.BATCH_LOST): FilingStatus.STORED,
    # A lost batch may still have arrived: its verdict comes late.
    (FilingStatus.STORED, FilingEvent.HOLD_CAME): FilingStatus.HELD,
    (FilingStatus.SENDING, FilingEvent.HOLD_CAME): FilingStatus.HELD,
    (FilingStatus.STORED, FilingEvent.REFUSAL_CAME): FilingStatus.RETURNED,
    (FilingStatus.SENDING, FilingEvent.REFUSAL_CAME): FilingStatus.RETURNED,
    (FilingStatus.HELD, FilingEvent.CLERK_RESENT): FilingStatus.STORED,
    (FilingStatus.RETURNED, FilingEvent.CLERK_RESENT): FilingStatus.STORED,
    # A signed receipt is the last word from anywhere, and may come twice.
    **{(status, FilingEvent.RECEIPT_CAME): FilingStatus.RECEIVED for status in FilingStatus},
}


def advance(status: FilingStatus, event: FilingEvent) -> FilingStatus:
    """Follow one arrow, or say which arrow is missing."""
    if (status, event) not in ARROWS:
        raise KioskBug(f"a filing that is {status} cannot have: {event}")
    return ARROWS[status, event]


class Actor(StrEnum):
    LITIGANT = "litigant"
    SYSTEM = "system"  # this kiosk
    CLERK = "clerk"
    COURT = "court"
    MEDIATOR = "mediator"


class Life(StrEnum):
    DRAFT = "draft"
    LOCKED = "locked"  # read and confirmed; any change goes back to draft and strikes the signatures
    SIGNED = "signed"
    QUEUED = "queued"  # not filed: no receipt yet
    UPLOADING = "uploading"
    UPLOAD_FAILED = "upload_failed"
    RECEIVED = "received"  # the receipt with its date (FR art.2, JI art.208); not docketed
    UNDER_REVIEW = "under_review"  # on the spot, else 7 days (CPL art.126, FR art.8)
    CORRECTION_REQUIRED = "correction_required"  # one written list, one time limit (FR art.7)
    CORRECTED = "corrected"
    RETURNED = "returned"  # not corrected in time (FR art.7)
    REDIRECTED = "redirected"  # another organ or court (CPL art.127)
    MEDIATION_OFFERED = "mediation_offered"
    PRE_MEDIATION = "pre_mediation"  # 30 days (MR art.24); not docketed
    MEDIATION_DONE = "mediation_done"
    JUDICIAL_CONFIRMATION = "judicial_confirmation"
    DOCKETED = "docketed"  # case number issued (FR art.12)
    FEE_PENDING = "fee_pending"  # 7 days after the notice (FM art.22)
    FEE_RELIEF_REVIEW = "fee_relief_review"
    FEE_PAID = "fee_paid"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    REFUSED = "refused"  # a written ruling (FR art.9)
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Arrow:
    start: Life
    end: Life
    actor: Actor
    guard: str = ""  # what must be true, in the words of the table


_L = Life
LIFE_ARROWS = (
    Arrow(_L.DRAFT, _L.LOCKED, Actor.LITIGANT, "all required fields + validations + notices read"),
    Arrow(_L.LOCKED, _L.DRAFT, Actor.LITIGANT),
    Arrow(_L.LOCKED, _L.SIGNED, Actor.LITIGANT, "handwriting captured for every signatory"),
    Arrow(_L.SIGNED, _L.QUEUED, Actor.SYSTEM, "network down"),
    Arrow(_L.SIGNED, _L.UPLOADING, Actor.SYSTEM, "network up"),
    Arrow(_L.QUEUED, _L.UPLOADING, Actor.SYSTEM),
    Arrow(_L.UPLOADING, _L.UPLOAD_FAILED, Actor.SYSTEM),
    Arrow(_L.UPLOAD_FAILED, _L.UPLOADING, Actor.SYSTEM, "retry with the same idempotency key"),
    Arrow(_L.UPLOADING, _L.RECEIVED, Actor.COURT, "signed receipt returned"),
    Arrow(_L.SIGNED, _L.RECEIVED, Actor.CLERK, "clerk takes paper set and stamps receipt"),
    Arrow(_L.RECEIVED, _L.UNDER_REVIEW, Actor.COURT),
    Arrow(_L.UNDER_REVIEW, _L.DOCKETED, Actor.COURT, "CPL art.122 met"),
    Arrow(_L.UNDER_REVIEW, _L.CORRECTION_REQUIRED, Actor.COURT),
    Arrow(_L.CORRECTION_REQUIRED, _L.CORRECTED, Actor.LITIGANT),
    Arrow(_L.CORRECTED, _L.UNDER_REVIEW, Actor.COURT),
    Arrow(_L.CORRECTION_REQUIRED, _L.RETURNED, Actor.COURT, "time limit passed"),
    Arrow(_L.UNDER_REVIEW, _L.REDIRECTED, Actor.COURT),
    Arrow(_L.UNDER_REVIEW, _L.MEDIATION_OFFERED, Actor.COURT, "suitable and not refused (CPL art.125)"),
    Arrow(_L.MEDIATION_OFFERED, _L.PRE_MEDIATION, Actor.LITIGANT, "explicit consent"),
    Arrow(_L.MEDIATION_OFFERED, _L.UNDER_REVIEW, Actor.LITIGANT, "refuses"),
    Arrow(_L.PRE_MEDIATION, _L.MEDIATION_DONE, Actor.MEDIATOR),
    Arrow(_L.PRE_MEDIATION, _L.DOCKETED, Actor.COURT, "failed, expired or ended by a party -> docket in time"),
    Arrow(_L.MEDIATION_DONE, _L.JUDICIAL_CONFIRMATION, Actor.LITIGANT),
    Arrow(_L.MEDIATION_DONE, _L.DOCKETED, Actor.LITIGANT, "wants mediation document"),
    Arrow(_L.MEDIATION_DONE, _L.WITHDRAWN, Actor.LITIGANT, "performed on the spot"),
    Arrow(_L.UNDER_REVIEW, _L.REFUSED, Actor.COURT, "insists after redirect/return"),
    Arrow(_L.REDIRECTED, _L.REFUSED, Actor.COURT, "plaintiff insists"),
    Arrow(_L.RETURNED, _L.REFUSED, Actor.COURT, "plaintiff insists"),
    Arrow(_L.DOCKETED, _L.FEE_PENDING, Actor.COURT),
    Arrow(_L.FEE_PENDING, _L.FEE_PAID, Actor.LITIGANT),
    Arrow(_L.FEE_PENDING, _L.FEE_RELIEF_REVIEW, Actor.LITIGANT),
    Arrow(_L.FEE_RELIEF_REVIEW, _L.FEE_PAID, Actor.COURT, "granted or paid"),
    Arrow(_L.FEE_RELIEF_REVIEW, _L.FEE_PENDING, Actor.COURT, "refused with reasons"),
    Arrow(_L.FEE_PENDING, _L.DEEMED_WITHDRAWN, Actor.COURT, "not paid in time"),
    Arrow(_L.FEE_PAID, _L.TRANSFERRED, Actor.COURT),
    Arrow(_L.DRAFT, _L.EXPIRED, Actor.SYSTEM, "retention passed"),
    Arrow(_L.DRAFT, _L.WITHDRAWN, Actor.LITIGANT),
    Arrow(_L.QUEUED, _L.WITHDRAWN, Actor.LITIGANT, "before upload"),
)
_ACTOR_OF = {(arrow.start, arrow.end): arrow.actor for arrow in LIFE_ARROWS}

# What happens at this machine. All else is known only from the court's signed word.
LOCAL = frozenset({_L.DRAFT, _L.LOCKED, _L.SIGNED, _L.QUEUED, _L.UPLOADING, _L.UPLOAD_FAILED, _L.EXPIRED})
COURT_TOLD = frozenset(Life) - LOCAL

_CARRIED = {
    FilingStatus.STORED: _L.QUEUED,
    FilingStatus.SENDING: _L.UPLOADING,
    FilingStatus.RECEIVED: _L.RECEIVED,
    FilingStatus.RETURNED: _L.UPLOAD_FAILED,
    FilingStatus.HELD: _L.UPLOAD_FAILED,
}


def walk(start: Life, end: Life, actor: Actor) -> Life:
    """One arrow of this kiosk's own part, by whoever the table says; a court's arrow is never walked from here."""
    if _ACTOR_OF.get((start, end)) is not actor:
        raise KioskBug(f"no arrow from {start} to {end} for {actor}")
    if end not in LOCAL and not (end is Life.WITHDRAWN and start in LOCAL):
        raise KioskBug(f"{end} is the court's word")
    return end


def told(word: str) -> Life | None:
    """The state of a verified notice of the court; None for a word that is not the court's to say."""
    try:
        state = Life(word)
    except ValueError:
        return None
    return state if state in COURT_TOLD else None


def may_follow(before: Life, told_state: Life) -> bool:
    """Whether the court's arrows lead from one state to the other; notices in between may not have come."""
    reached, new = set[Life](), {before}
    while new:
        reached |= new
        new = {arrow.end for arrow in LIFE_ARROWS if arrow.start in new} - reached
    return told_state in reached and told_state in COURT_TOLD


def life_of(status: FilingStatus, court_state: str = "") -> Life:
    """Where a filing stands: what the court said once it spoke, else what its carriage means."""
    return told(court_state) or _CARRIED[status]


def words_key(state: Life) -> str:
    """The wording of a state: `state.court.…` where only the court may set it, else `state.local.…`."""
    return f"state.court.{state}" if state in COURT_TOLD else f"state.local.{state}"
