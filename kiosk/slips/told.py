"""Slips of what the court answered: the copy of the filing receipt, and the docket and fee notice.

Both are made from the court's signed word only. People are masked, organisations named, and no address, telephone or
number of a person is on either: a slip may be lost on the floor of the lobby.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence

from kiosk.errors import KioskBug
from kiosk.filings.receipt import Material, ReceiptFacts
from kiosk.filings.told import DocketNotice
from kiosk.law.masks import mask_name
from kiosk.law.money import format_money
from kiosk.slips.parts import Align, Feed, Pair, Part, Qr, Rule, Slip, Text
from kiosk.slips.slip import attempt_words
from kiosk.wording import Wording

FILING_RECEIPT = "filing_receipt"
DOCKET_NOTICE = "docket_notice"
SIDES = ("plaintiff", "defendant", "third_party")


def filing_receipt_slip(facts: ReceiptFacts, wording: Wording, language: str) -> Slip:
    """立案材料接收回执, the slip copy: received, to be reviewed, not docketed. The official one is on A4."""

    def say(key: str, **places: str | int) -> str:
        return wording.say(f"slip.{key}", language, **places)

    until = facts.review_until.isoformat()
    parts: list[Part] = [
        Text(facts.court_name, size=2, align=Align.CENTRE, bold=True),
        *_title("receipt_title", wording, language),
        Rule(),
        Text(say("receipt_number"), align=Align.CENTRE),
        Text(facts.receipt_number, size=2, align=Align.CENTRE, bold=True),
        Feed(),
        Pair(say("received_at"), facts.received_at, bold=True),
        Pair(say("handed_in_by"), say("handed_in_as", name=facts.handed_in_by, role=say(f"role_{facts.role}"))),
        Pair(say("cause"), facts.cause),
        *_side("plaintiff", facts.plaintiffs, wording, language),
        *_side("defendant", facts.defendants, wording, language),
        *((Pair(say("amount"), say("yuan", amount=facts.amount)),) if facts.amount else ()),
        Pair(say("way"), say("way_kiosk")),
        Pair(say("receiver"), facts.receiver),
        Rule(),
        Text(say("materials"), bold=True),
        *_materials(facts.materials, wording, language),
        Rule(),
        Text(wording.say("slip.received_line", "zh"), size=2, align=Align.CENTRE, bold=True),
        *((Text(say("received_line"), align=Align.CENTRE, bold=True),) if language != "zh" else ()),
        Pair(say("review_until"), until if facts.review_certain else say("review_doubt", day=until)),
        Pair(say("query_code"), facts.query_code, bold=True),
        Feed(),
        Qr(receipt_reference(facts.receipt_number)),
        Text(say("scan_me"), align=Align.CENTRE),
        Rule(),
        Text(say("corrections", window=facts.window, hotline=facts.hotline)),
        Text(say("complaints", hotline=facts.hotline)),
        Text(say("court_decides"), bold=True),
    ]
    return Slip(tuple(parts), FILING_RECEIPT, facts.receipt_number, *attempt_words(wording, language))


def docket_slip(notice: DocketNotice, court_name: str, wording: Wording, language: str) -> Slip:
    """受理案件通知书/交费通知, the slip copy: what the court returned, and nothing it did not say."""

    def say(key: str, **places: str | int) -> str:
        return wording.say(f"slip.{key}", language, **places)

    names = {
        side: tuple(
            mask_name(party.name) if party.person else party.name for party in notice.parties if party.side == side
        )
        for side in SIDES
    }
    told = (
        ("docketed_on", notice.docketed_on.isoformat()),
        ("division", notice.division),
        ("fee", say("yuan", amount=format_money(notice.fee)) if notice.fee is not None else ""),
        ("fee_due", notice.fee_due.isoformat() if notice.fee_due else ""),
        ("payment_code", notice.payment_code),
    )
    parts: list[Part] = [
        Text(court_name, size=2, align=Align.CENTRE, bold=True),
        *_title("docket_title", wording, language),
        Rule(),
        Text(say("case_number"), align=Align.CENTRE),
        Text(notice.case_number, size=2, align=Align.CENTRE, bold=True),
        Feed(),
        Pair(say("cause"), notice.cause),
        *(part for side in SIDES for part in _side(side, names[side], wording, language)),
        *(Pair(say(key), value) for key, value in told if value),
        *((Text(say("no_cash")),) if notice.payment_code else ()),
    ]
    if notice.evidence_notice:
        parts += [Rule(), Text(say("evidence_notice"), bold=True), Text(notice.evidence_notice)]
    return Slip(tuple(parts), DOCKET_NOTICE, notice.case_number, *attempt_words(wording, language))


def receipt_reference(receipt_number: str) -> str:
    """What the QR code holds: the receipt's number and a check, nothing personal."""
    if not receipt_number.isascii() or not receipt_number.isprintable() or ":" in receipt_number:
        raise KioskBug("a receipt number that no code can hold")
    head = f"CK1:R:{receipt_number}"
    return f"{head}:{binascii.crc_hqx(head.encode('ascii'), 0xFFFF):04X}"


def _title(key: str, wording: Wording, language: str) -> tuple[Part, ...]:
    """In the person's language, and for the clerk in Chinese."""
    languages = ("zh",) if language == "zh" else (language, "zh")
    return tuple(Text(wording.say(f"slip.{key}", one), align=Align.CENTRE) for one in languages)


def _side(side: str, names: Sequence[str], wording: Wording, language: str) -> tuple[Part, ...]:
    if not names:
        return ()
    name = names[0] if len(names) == 1 else wording.say("slip.and_others", language, name=names[0], count=len(names))
    return (Pair(wording.say(f"slip.{side}", language), name),)


def _materials(materials: Sequence[Material], wording: Wording, language: str) -> tuple[Part, ...]:
    """The papers by name. Evidence has names people chose, so it is counted here and listed on A4 only."""

    def line(one: Material) -> Pair:
        kind = wording.say(f"slip.{'original' if one.original else 'copy'}", language)
        pages = one.pages or "-"
        return Pair(one.name, wording.say("slip.material", language, copies=one.copies, pages=pages, kind=kind))

    named = tuple(line(one) for one in materials if one.printed)
    evidence = sum(not one.printed for one in materials)
    if not evidence:
        return named
    return (*named, Text(wording.say("slip.evidence", language, count=evidence)))
