"""What the lobby's own slips say. What the court answers is another paper (`told.py`); they are never merged.

`queue_ticket` calls a person to a window. `offline_slip` is the kiosk's own note that a filing is safe on
its disk and not yet with the court.
Neither carries a name, a number of a person or a sum: a slip may be lost on the floor of the lobby.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.clock import CHINA
from kiosk.errors import KioskBug
from kiosk.ids import TicketNumber
from kiosk.slips.parts import Align, Feed, Pair, Part, Qr, Rule, Slip, Text
from kiosk.wording import Wording

OFFLINE_SLIP = "offline_slip"
QUEUE_TICKET = "queue_ticket"
GREEN_CHANNELS = "GLJ"
_QUEUE_NUMBER = re.compile(r"[A-Z][0-9]{3}", re.ASCII)
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything an offline slip may say."""

    court_name: str
    ticket_number: TicketNumber
    ticket_time: datetime  # UTC
    cause: str
    pages: int
    digest16: str  # the first 16 digits of the digest of what was handed in
    near_limitation: str = ""  # the last day as 2026-12-01, or a finished sentence; "" : no warning
    window: str = ""  # where to ask, for example 诉讼服务中心 1号窗口
    hotline: str = "12368"
    query_code: str = ""  # "" : worked out from number and digest


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """Everything a queue ticket may say."""

    court_name: str
    queue_number: str  # A023; G wages of migrant workers, L the elderly, J military families (green channels)
    business: str
    taken_at: datetime  # UTC
    waiting: int
    minutes: int
    window: str
    hotline: str = "12368"
    hall: str = ""  # 诉讼服务中心

    def __post_init__(self) -> None:
        if not is_queue_number(self.queue_number):
            raise KioskBug("a queue number is a letter and three figures")


def is_queue_number(text: str) -> bool:
    """A letter and three figures."""
    return _QUEUE_NUMBER.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is known only when the filing is stored: the rest of an offline slip may be made before."""

    number: str
    time: str
    query_code: str
    reference: str


BLANKS = Stamp(*(chr(0xF0000 + n) for n in range(4)))  # signs no sentence has


def stamp_of(ticket_number: str, ticket_time: datetime, digest16: str) -> Stamp:
    return Stamp(ticket_number, _local(ticket_time), query_code(ticket_number, digest16), reference(ticket_number))


def offline_slip(facts: SlipFacts, wording: Wording, language: str) -> Slip:
    """自助终端提交凭条（离线）, in the person's language; English slips keep the Chinese key line for the clerk."""
    stamp = stamp_of(facts.ticket_number, facts.ticket_time, facts.digest16)
    if facts.query_code:
        stamp = replace(stamp, query_code=facts.query_code)
    return stamped_slip(facts, stamp, wording, language)


def stamped_text(blank: str, stamp: Stamp) -> str:
    """The text of a slip that was made with `BLANKS`, with this stamp in them."""
    for name in ("number", "time", "query_code", "reference"):
        blank = blank.replace(getattr(BLANKS, name), getattr(stamp, name))
    return blank


def stamped_slip(facts: SlipFacts, stamp: Stamp, wording: Wording, language: str) -> Slip:
    def say(key: str, **places: str | int) -> str:
        return wording.say(f"slip.{key}", language, **places)

    both = language != "zh"
    parts: list[Part] = [
        Text(facts.court_name, size=2, align=Align.CENTRE, bold=True),
        Text(say("offline_title"), align=Align.CENTRE),
        *((Text(wording.say("slip.offline_title", "zh"), align=Align.CENTRE),) if both else ()),
        Rule(),
        Text(say("number"), align=Align.CENTRE),
        Text(stamp.number, size=2, align=Align.CENTRE, bold=True),
        Feed(),
        Pair(say("time"), stamp.time),
        Pair(say("cause"), facts.cause),
        Pair(say("pages"), say("pages_count", count=facts.pages)),
        Pair(say("digest"), facts.digest16.upper()),
        Pair(say("query_code"), stamp.query_code, bold=True),
        Rule(),
        Text(wording.say("slip.key_line", "zh"), size=2, align=Align.CENTRE, bold=True),
        *((Text(say("key_line"), align=Align.CENTRE, bold=True),) if both else ()),
        *_limitation(facts.near_limitation, wording, language),
        Feed(),
        Qr(stamp.reference),
        Text(say("scan_me"), align=Align.CENTRE),
        Rule(),
        *((Pair(say("window"), facts.window),) if facts.window else ()),
        Pair(say("hotline"), facts.hotline),
    ]
    return Slip(tuple(parts), OFFLINE_SLIP, stamp.number, *attempt_words(wording, language))


def queue_ticket(facts: QueueFacts, wording: Wording, language: str) -> Slip:
    """排队取号单: the number, large; no name and no number of a person."""

    def say(key: str, **places: str | int) -> str:
        return wording.say(f"slip.{key}", language, **places)

    parts: tuple[Part, ...] = (
        Text(facts.court_name, align=Align.CENTRE, bold=True),
        *((Text(facts.hall, align=Align.CENTRE),) if facts.hall else ()),
        Text(say("queue_title"), align=Align.CENTRE),
        Rule(),
        Text(facts.queue_number, size=3, align=Align.CENTRE, bold=True),
        *(
            (Text(say("green_channel"), align=Align.CENTRE, bold=True),)
            if facts.queue_number[0] in GREEN_CHANNELS
            else ()
        ),
        Feed(),
        Pair(say("business"), facts.business),
        Pair(say("taken_at"), _local(facts.taken_at)),
        Pair(say("waiting"), say("waiting_count", count=facts.waiting, minutes=facts.minutes)),
        Pair(say("window"), facts.window),
        Rule(),
        Text(say("queue_hint")),
        Pair(say("hotline"), facts.hotline),
    )
    return Slip(parts, QUEUE_TICKET, facts.queue_number, *attempt_words(wording, language))


def reference(ticket_number: str) -> str:
    """What the QR code holds: the number and a check, `CK1:T:0105-261123-0007-K3:7F3A`."""
    head = f"CK1:T:{ticket_number}"
    return f"{head}:{binascii.crc_hqx(head.encode('ascii'), 0xFFFF):04X}"


def ticket_in(scanned: str) -> TicketNumber | None:
    """The ticket number of a scanned reference, or None when it is none or its check is wrong."""
    parts = scanned.strip().split(":")
    if len(parts) != 4 or not scanned.isascii() or reference(parts[2]) != scanned.strip():
        return None
    return TicketNumber(parts[2])


def query_code(ticket_number: str, digest16: str) -> str:
    """Eight characters that only this paper and the court's copy lead to, `XXXX-XXXX`."""
    digest = hashlib.sha256(f"CK1 query {ticket_number} {digest16.lower()}".encode()).digest()
    code = "".join(_ALPHABET[byte % 32] for byte in digest[:8])
    return f"{code[:4]}-{code[4:]}"


def _limitation(near: str, wording: Wording, language: str) -> tuple[Part, ...]:
    if not near:
        return ()
    try:
        date.fromisoformat(near)
    except ValueError:
        return (Rule(), Text(near, align=Align.CENTRE, bold=True))
    return (
        Rule(),
        Text(wording.say("slip.limitation", language, day=near), align=Align.CENTRE, bold=True),
        Text(wording.say("slip.limitation_advice", language), align=Align.CENTRE, bold=True),
    )


def attempt_words(wording: Wording, language: str) -> tuple[str, str]:
    return (
        wording.entries["slip.again"][language],
        wording.entries["slip.end"][language],
    )


def _local(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
