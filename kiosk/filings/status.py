"""The life of a filing, from the last answer to the court's receipt.

A filing moves only along the arrows below. Nothing here touches a clock, a disk or a
network: the store writes down whatever `advance` returns. RETURNED and HELD are about
carriage only; the court's own states (已退回, 不予受理) come as signed notices.
"""

from __future__ import annotations

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
