"""The court as the messenger sees it, whatever carries the words.

`Courier` (HTTPS) and `MemoryCourt` (a pretend one) both keep this promise: they never raise for anything the world
does, and nothing but a verified signature comes back as a receipt, a refusal or a welcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kiosk.ids import FilingId
from kiosk.sealing.keys import CourtKeys
from sync.batch import Batch, ChunkReader
from sync.news import CameNotice
from sync.wire import Hello, Receipt, Refusal, Welcome

Name = tuple[FilingId, int]


@dataclass(frozen=True, slots=True)
class CameReceipt:
    """A receipt whose signature was checked, and the bytes to keep."""

    receipt: Receipt
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CameRefusal:
    refusal: Refusal
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """The court, or a rule of carriage, says that a person must look."""

    filing_id: FilingId
    rev: int
    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one batch led to. A filing that is in none of these is still on its way."""

    receipts: tuple[CameReceipt, ...] = ()
    refusals: tuple[CameRefusal, ...] = ()
    holds: tuple[Held, ...] = ()
    forks: tuple[Name, ...] = ()
    notices: tuple[CameNotice, ...] = ()  # from a stick or a gate folder; a line has its own question for them
    cut_short: Unreachable | Stopped | None = None  # the line went away in the middle; what came before counts
    retry_after: float = 0


@dataclass(frozen=True, slots=True)
class Mail:
    """What stood in our mailbox after a place, up to another."""

    generation: int
    upto: int
    notices: tuple[CameNotice, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Try again later: no line, no answer, or the court asked for time."""

    trouble: str  # wording key
    retry_after: float = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """Something answers that is not our court, or does not know us: staff must look, nothing is sent."""

    trouble: str  # wording key


@dataclass(frozen=True, slots=True)
class Rejected:
    """The court will not read this batch at all. One filing alone is held; several are tried one by one."""

    status: int


class CentralCourt(Protocol):
    carrier: str
    keys: CourtKeys  # what we know of the court; grows when a greeting teaches us more

    def greet(self, hello: Hello) -> Welcome | Unreachable | Stopped: ...

    def deliver(self, batch: Batch, read_chunk: ChunkReader) -> Delivery | Unreachable | Stopped | Rejected: ...

    def news(self, generation: int, after: int) -> Mail | Unreachable | Stopped:
        """What the court wrote to us since; a ledger of another generation begins anew."""

    def close(self) -> None: ...
