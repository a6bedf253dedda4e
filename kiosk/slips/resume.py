"""The slip of a form saved for later: the code, until when, and how to go on. No name, no number, no kind of case.

Whoever holds the code can open the form (with the last four of the number in it, where there is one), so the slip says
so. It is the only paper that carries a secret; its words leave the spool when the visit is over.
"""

from __future__ import annotations

import binascii
from datetime import datetime

from kiosk.clock import CHINA
from kiosk.slips.parts import Align, Feed, Pair, Qr, Rule, Slip, Text
from kiosk.slips.slip import attempt_words
from kiosk.wording import Wording

RESUME_SLIP = "resume_slip"


def resume_slip(court_name: str, code: str, until: datetime, number: str, wording: Wording, language: str) -> Slip:
    """`code` as it is shown, in three groups; `number` tells two slips apart and opens nothing."""

    def say(key: str, **places: str | int) -> str:
        return wording.say(f"slip.{key}", language, **places)

    parts = (
        Text(court_name, align=Align.CENTRE, bold=True),
        Text(say("resume_title"), size=2, align=Align.CENTRE, bold=True),
        Rule(),
        Text(say("resume_code"), align=Align.CENTRE),
        Text(code, size=2, align=Align.CENTRE, bold=True),
        Feed(),
        Qr(resume_reference(code)),
        Rule(),
        Pair(say("resume_until"), f"{until.astimezone(CHINA):%Y-%m-%d %H:%M}"),
        Text(say("resume_how")),
        Text(say("resume_keep"), bold=True),
    )
    return Slip(parts, RESUME_SLIP, number, *attempt_words(wording, language))


def resume_reference(code: str) -> str:
    """What the QR code holds: the code and a check, `CK1:R:7F3A-K2M9-XQ4T:1B2C`."""
    head = f"CK1:R:{code}"
    return f"{head}:{binascii.crc_hqx(head.encode('ascii'), 0xFFFF):04X}"


def resume_code_in(scanned: str) -> str | None:
    """The code of a scanned resume slip, or None when it is none or its check is wrong."""
    parts = scanned.strip().split(":")
    if len(parts) != 4 or len(scanned) > 64 or not scanned.isascii() or resume_reference(parts[2]) != scanned.strip():
        return None
    return parts[2]
