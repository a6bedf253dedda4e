"""Names of things, so that a ticket number is never mistaken for a filing id.

Filing ids are UUID version 7 (RFC 9562 section 5.7): they sort by the time they were drawn.
"""

from __future__ import annotations

import secrets
import uuid
from typing import NewType

FilingId = NewType("FilingId", str)  # UUIDv7 in its 36-character form
TicketNumber = NewType("TicketNumber", str)  # what the paper shows, for example 0105-261123-0007-K3
KioskId = NewType("KioskId", str)  # given at enrolment, for example 110105-K01
DraftId = NewType("DraftId", str)
PackId = NewType("PackId", str)  # for example private_lending
QuestionId = NewType("QuestionId", str)  # path without positions: plaintiff/person/name
Ref = NewType("Ref", str)  # path with positions: /data/plaintiff[1]/person/name
ClerkNumber = NewType("ClerkNumber", str)


def uuid7(unix_ms: int, random_bits: int | None = None) -> str:
    """A version 7 UUID for this millisecond since 1970; 74 random bits unless handed in."""
    bits = secrets.randbits(74) if random_bits is None else random_bits
    high = (bits >> 62) & 0xFFF
    low = bits & ((1 << 62) - 1)
    value = (unix_ms & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    return str(uuid.UUID(int=value))
