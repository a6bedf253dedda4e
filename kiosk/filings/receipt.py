"""What the filing receipt (立案材料收取凭证) says: exactly these fields, every person masked.

There is no receipt without the court's own (`CourtReceipt`). The A4 paper and its slip copy say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kiosk.clock import CHINA, court_day
from kiosk.filings.content import masked_names
from kiosk.filings.told import CourtReceipt
from kiosk.law import calendar, money
from kiosk.law.masks import mask_name
from kiosk.law.tables import Tables

REVIEW_DAYS = 7  # CPL art.126, FR art.8
ROLES = ("self", "statutory_agent", "agent", "clerk")


@dataclass(frozen=True, slots=True)
class Material:
    name: str = field(repr=False)
    copies: int
    pages: int  # 0: not counted
    original: bool
    printed: bool = False  # by the kiosk, under a name of its own; evidence has names people chose


@dataclass(frozen=True, slots=True)
class Place:
    """Where the filing was handed in, and whom to ask."""

    court_name: str
    kiosk_id: str
    window: str
    hotline: str = "12368"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    court_name: str
    receipt_number: str
    handed_in_by: str = field(repr=False)  # masked
    role: str  # of ROLES
    cause: str
    plaintiffs: tuple[str, ...] = field(repr=False)  # masked
    defendants: tuple[str, ...] = field(repr=False)  # masked
    amount: str  # 118,760.00, or "" when the case has none
    materials: tuple[Material, ...] = field(repr=False)
    received_at: str  # 2026-11-23 10:30, court time
    receiver: str  # the kiosk
    review_until: date
    review_certain: bool  # False in a year whose holidays are not known yet
    query_code: str
    window: str
    hotline: str


def receipt_facts(
    court: CourtReceipt,
    answers: Mapping[str, Any],
    cause: str,
    papers: Sequence[Material],
    query_code: str,
    place: Place,
    tables: Tables,
) -> ReceiptFacts:
    """The receipt of a filing the court has. `papers`: what the kiosk printed; the evidence is listed after them."""
    day = court_day(court.received_at)
    until = calendar.deadline(day, REVIEW_DAYS, "day", tables)
    plaintiffs = masked_names(answers, "plaintiff")
    role = next((text for text in _leaves(answers, "filer_role") if text in ROLES), "self")
    return ReceiptFacts(
        court_name=place.court_name,
        receipt_number=court.receipt_number,
        handed_in_by=next(iter((*_acting(answers, role), *plaintiffs)), ""),
        role=role,
        cause=cause,
        plaintiffs=plaintiffs,
        defendants=masked_names(answers, "defendant"),
        amount=_amount(next(_leaves(answers, "total_amount"), "")),
        materials=(*papers, *_evidence(answers)),
        received_at=court_time(court),
        receiver=place.kiosk_id,
        review_until=until,
        review_certain=calendar.is_certain(until, tables),
        query_code=query_code,
        window=place.window,
        hotline=place.hotline,
    )


def _acting(answers: Mapping[str, Any], role: str) -> Iterator[str]:
    """Who stood at the kiosk for somebody else, masked: the guardian, the agent, or the body that applies for a person."""
    if role == "statutory_agent":
        yield from (mask_name(name) for name in _leaves_below(answers.get("plaintiff"), "statutory_agent", "name"))
    if role == "agent":
        yield from masked_names(answers, "agent")
        relative = next(_leaves(answers, "proxy_kind"), "relative") == "relative"
        yield from (mask_name(name) if relative else name for name in _leaves(answers, "proxy_name") if name)


def _leaves_below(node: object, group: str, name: str) -> Iterator[str]:
    """The answers called `name` that stand right in a group, wherever the group is."""
    if isinstance(node, list | tuple):
        for inner in node:
            yield from _leaves_below(inner, group, name)
    elif isinstance(node, Mapping):
        for key, inner in node.items():
            if key == group and isinstance(inner, Mapping) and isinstance(found := inner.get(name), str) and found:
                yield found
            else:
                yield from _leaves_below(inner, group, name)


def court_time(court: CourtReceipt) -> str:
    return court.received_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _evidence(answers: Mapping[str, Any]) -> Iterator[Material]:
    for one in _lists(answers, "evidence"):
        if isinstance(one, Mapping) and one.get("name"):
            copies, pages = (_count(one.get(name)) for name in ("copies", "pages"))
            yield Material(str(one["name"]), copies or 1, pages, one.get("original_or_copy") == "original")


def _count(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 7 else 0


def _amount(text: str) -> str:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return ""
    return money.format_money(amount) if amount.is_finite() and amount > 0 else ""


def _lists(node: object, name: str) -> Iterator[Any]:
    if isinstance(node, Mapping):
        for key, inner in node.items():
            if key == name and isinstance(inner, list | tuple):
                yield from inner
            else:
                yield from _lists(inner, name)


def _leaves(node: object, name: str) -> Iterator[str]:
    if isinstance(node, Mapping):
        found = node.get(name)
        if isinstance(found, str):
            yield found
        for inner in node.values():
            yield from _leaves(inner, name)
