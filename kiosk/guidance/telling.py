"""What is told about one kind of trouble: the legal name, what stands before a suit, where, with what, for how much, by when.

Facts with their law, never a verdict: nothing here says who is right or what a court will decide. Sums are worked out
by `kiosk.law`; years come from its limitation table.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from kiosk.guidance.book import Book, FeeRule, Topic
from kiosk.guidance.search import Signpost
from kiosk.ids import PackId
from kiosk.law import fees, limitation
from kiosk.law.money import format_money
from kiosk.law.tables import Tables

GENERAL_PACK = PackId("general_civil")
BASE = ("identity", "defendant")
ABOVE_A_BASE = frozenset(("divorce", "personality"))  # the example tells what comes on top


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything told on one answer page, in one language and without its headings."""

    title: str
    what: str
    cause: str  # the legal name, "" when it is no civil suit
    pack: PackId | None  # the form to start here, None: a window
    own_form: bool  # that form is made for this, not the general one
    gates: tuple[str, ...]
    where: str
    bring: tuple[str, ...]
    fee: str
    deadline: str
    doors: tuple[str, ...]


def telling(
    signpost: Signpost, language: str, book: Book, tables: Tables, shelf: Collection[str], window: str
) -> Telling:
    """Put together what is known about this signpost; `shelf` are the forms this kiosk has."""
    topic = book.by_id[signpost.topic]
    pack = form_for(topic, shelf)
    base = () if topic.alone else BASE
    return Telling(
        title=topic.title.said(language),
        what=topic.what.said(language),
        cause=_cause(signpost.cause, language, tables),
        pack=pack,
        own_form=pack is not None and pack != GENERAL_PACK,
        gates=tuple(book.gates[name].said(language) for name in topic.gates),
        where=book.where[topic.where].said(language),
        bring=tuple(book.bring[name].said(language) for name in dict.fromkeys((*base, *topic.bring))),
        fee=fee_words(book.fees[topic.fee], language, tables),
        deadline=_deadline(topic, language, book, tables),
        doors=tuple(book.doors[name].said(language).format(window=window) for name in topic.doors),
    )


def form_for(topic: Topic, shelf: Collection[str]) -> PackId | None:
    """The form made for it, else the general one, which refuses nobody; None where no complaint helps."""
    if not topic.pack:
        return None
    if topic.pack in shelf:
        return PackId(topic.pack)
    return GENERAL_PACK if GENERAL_PACK in shelf and not topic.alone else None


def fee_words(rule: FeeRule, language: str, tables: Tables) -> str:
    """The rule with its example worked out; a base that the province has not set is told as its range."""
    if rule.kind == "free":
        return rule.said(language)
    amount = Decimal(rule.example or 0)
    without, with_it = fees.fee(rule.kind, None, tables), fees.fee(rule.kind, amount, tables)
    assert without is not None
    assert with_it is not None
    costs = with_it.least - without.least if rule.kind in ABOVE_A_BASE else with_it.least
    return rule.said(language).format(
        amount=_yuan(amount, language),
        fee=_yuan(costs, language),
        least=_yuan(without.least, language),
        most=_yuan(without.most, language),
        property=_yuan(fees.property_fee(amount, tables), language),
    )


def _deadline(topic: Topic, language: str, book: Book, tables: Tables) -> str:
    told = book.deadlines[topic.deadline]
    years = limitation.rule(told.rule, tables).years if told.rule else 0
    return told.said(language).format(years=years)


def _cause(code: str, language: str, tables: Tables) -> str:
    row = next((row for row in tables.causes.rows if row.code == code), None)
    if row is None:
        return ""
    return row.zh if language == "zh" else (row.en or row.zh)


def _yuan(amount: Decimal, language: str) -> str:
    figures = format_money(amount).removesuffix(".00")
    return f"{figures}元" if language == "zh" else f"{figures} yuan"
