"""What 算一算 asks and what comes of it: the rules are those of `kiosk.law`, here is only which of them is asked.

Every outcome is an estimate and says so. Where a table ends before the day it is asked about, the outcome says from
which day nobody knows, and leaves the figure out: a rule never guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kiosk.forms import Kind
from kiosk.law import calendar, fees, limitation, loans, lpr, money
from kiosk.law.tables import Tables

FEE_KINDS = (
    *("property", "divorce", "personality", "labour", "other_non_property", "ip"),
    *("preservation", "enforcement", "payment_order"),
)
WITHOUT_SUM = frozenset(("labour", "other_non_property"))
PERIODS = (
    *("general_3y", "no_due_date", "instalments", "labour_1y_arbitration", "wage_during_employment"),
    *("unjust_enrichment", "enforcement_application", "life_insurance", "other_insurance"),
    "international_sale_or_technology_import",
)
WITHOUT_DEMAND = frozenset(("labour_1y_arbitration", "wage_during_employment", "enforcement_application"))


class Said(NamedTuple):
    """A wording key with its places."""

    key: str
    places: Mapping[str, str | int] = {}


def figure(text: str) -> Said:
    return Said("reckon.figure", {"text": text})


def yuan(value: Decimal) -> Said:
    return Said("reckon.yuan", {"sum": money.format_money(value)})


def percent(value: Decimal) -> Said:
    return Said("reckon.percent_a_year", {"rate": f"{value.normalize():f}"})


@dataclass(frozen=True, slots=True)
class Asked:
    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    required: bool = True
    past: bool = False  # a day that cannot lie ahead


Row = tuple[Said, tuple[Said, ...]]
Passage = tuple[Said, tuple[Said, ...], str]  # title, lines, tone
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    rows: tuple[Row, ...]
    passages: tuple[Passage, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Rule:
    asks: Callable[[Answers], tuple[Asked, ...]]
    works_out: Callable[[Answers, Tables, date], Outcome]


def _row(name: str, *values: Said) -> Row:
    return Said(f"reckon.row.{name}"), values


def _told(name: str, *lines: Said, tone: str = "plain") -> Passage:
    return Said(f"reckon.told.{name}"), lines, tone


def _sum(said: Answers, name: str) -> Decimal:
    return Decimal(said[name]) if said.get(name) else Decimal(0)


# A court fee


def _fee_asks(said: Answers) -> tuple[Asked, ...]:
    kind = Asked("kind", Kind.CHOICE, FEE_KINDS)
    return (kind,) if said.get("kind") in WITHOUT_SUM else (kind, Asked("amount", Kind.MONEY))


def _fee(said: Answers, tables: Tables, today: date) -> Outcome:
    kind = said["kind"]
    amount = None if kind in WITHOUT_SUM else _sum(said, "amount")
    whole = fees.fee(kind, amount, tables)
    assert whole is not None, "the sum was read by the rule that fees are made for"
    rows = [_row("fee", *_range(whole))]
    if kind in fees.HALVED:
        ground = next(iter(tables.fees.halving)).id
        half = fees.fee(kind, amount, tables, grounds=(ground,))
        assert half is not None
        rows.append(_row("half", *_range(half)))
    passages = [_told("law", figure(whole.law), Said("reckon.court_decides"))]
    if not whole.exact:
        passages.append(_told("not_set", Said("reckon.base_not_set"), tone="warn"))
    if fees.must_prepay(kind):
        passages.append(_told("when", Said("reckon.prepay", {"days": fees.PREPAY_DAYS})))
    else:
        passages.append(_told("when", Said("reckon.not_prepaid")))
    if kind != "enforcement":
        passages.append(_told("relief", Said("reckon.relief")))
    return Outcome(tuple(rows), tuple(passages))


def _range(found: fees.Fee) -> tuple[Said, ...]:
    if found.exact:
        return (yuan(found.least),)
    places = {"least": money.format_money(found.least), "most": money.format_money(found.most)}
    return (Said("reckon.between", places),)


# Interest and its cap


def _interest_asks(said: Answers) -> tuple[Asked, ...]:
    return (
        Asked("principal", Kind.MONEY),
        Asked("rate", Kind.PERCENT, required=False),
        Asked("contract", Kind.DATE, past=True),
        Asked("start", Kind.DATE),
        Asked("end", Kind.DATE),
    )


def _interest(said: Answers, tables: Tables, today: date) -> Outcome:
    principal, agreed = _sum(said, "principal"), _sum(said, "rate")
    contract, start, end = (date.fromisoformat(said[name]) for name in ("contract", "start", "end"))
    rows = [_row("days", Said("reckon.days", {"days": lpr.days_counted(start, end)}))]
    passages: list[Passage] = []
    cap = loans.cap_for(contract, today, tables)
    if cap is not None:
        rows.append(_row("cap", percent(cap)))
    if agreed:
        rows.append(_row("agreed", percent(agreed)))
        found = loans.protected_interest(principal, agreed, contract, start, end, today, tables)
        if cap is not None and agreed > cap:
            passages.append(_told("over_cap", Said("reckon.over_cap"), tone="warn"))
    else:
        found = lpr.floating_interest(principal, start, end, tables, day_basis=tables.court.day_basis)
        passages.append(_told("no_rate", Said("reckon.no_rate")))
    if found is not None:
        rows += [_row("interest", yuan(found)), _row("together", yuan(principal + found))]
    if end <= start:
        passages.insert(0, _told("days", Said("reckon.no_days"), tone="warn"))
    if found is None or cap is None:
        passages.insert(0, _told("out_of_date", *_lpr_ends(tables), tone="warn"))
    basis = Said("reckon.day_basis", {"days": tables.court.day_basis})
    passages.append(_told("law", Said("reckon.cap_law"), basis, Said("reckon.court_decides")))
    return Outcome(tuple(rows), tuple(passages))


def _lpr_ends(tables: Tables) -> tuple[Said, ...]:
    ends, last = lpr.unknown_from(tables), tables.lpr.rows[-1]
    places = {"day": ends.isoformat(), "since": last.since.isoformat(), "rate": f"{last.one_year.normalize():f}"}
    return (Said("reckon.lpr_unknown", places),)


# The end of a limitation period


def _limit_asks(said: Answers) -> tuple[Asked, ...]:
    asked = (Asked("period", Kind.CHOICE, PERIODS), Asked("start", Kind.DATE, past=True))
    return asked if said.get("period") in WITHOUT_DEMAND else (*asked, Asked("demand", Kind.DATE, (), False, True))


def _limit(said: Answers, tables: Tables, today: date) -> Outcome:
    demands = (date.fromisoformat(said["demand"]),) if said.get("demand") else ()
    if said["period"] in WITHOUT_DEMAND:
        demands = ()
    start = date.fromisoformat(said["start"])
    found = limitation.limitation(said["period"], start, today, tables, interruptions=demands)
    assert found.last_day is not None, "a day to count from was asked for"
    rows = (
        _row("last_day", figure(found.last_day.isoformat())),
        _row("standing", Said(f"reckon.standing.{found.standing}", {"days": (found.last_day - today).days})),
    )
    passages = [_told("law", figure(found.law), Said("reckon.limit_law"))]
    if found.standing is limitation.Standing.PAST:
        passages.insert(0, _told("past", Said("reckon.limit_past"), tone="warn"))
    elif found.standing is limitation.Standing.NEAR:
        passages.insert(0, _told("near", Said("reckon.limit_near"), tone="warn"))
    if demands and demands[0] > limitation.last_day(limitation.rule(said["period"], tables), start, tables):
        passages.insert(0, _told("late_demand", Said("reckon.late_demand"), tone="warn"))
    if not calendar.is_certain(found.last_day, tables):
        ends = calendar.unknown_from(tables).isoformat()
        passages.append(_told("out_of_date", Said("reckon.holidays_unknown", {"day": ends}), tone="warn"))
    return Outcome(rows, tuple(passages))


# A sum in capitals


def _capitals(said: Answers, tables: Tables, today: date) -> Outcome:
    value = _sum(said, "amount")
    rows = (_row("figures", yuan(value)), _row("capitals", figure(f"人民币{money.capitals(value)}")))
    return Outcome(rows, (_told("capitals", Said("reckon.capitals_how")),))


RECKONINGS: Mapping[str, Rule] = {
    "fee": Rule(_fee_asks, _fee),
    "interest": Rule(_interest_asks, _interest),
    "limit": Rule(_limit_asks, _limit),
    "capitals": Rule(lambda said: (Asked("amount", Kind.MONEY),), _capitals),
}
