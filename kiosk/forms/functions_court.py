"""The court's own arithmetic for forms: fees by kind, limitation, labour routes, injury sums, interest, places.

Each is a thin door to `kiosk.law`. What cannot be computed, is not set by the court, or hangs on a table that is out of
date is empty: a form says so with `table-current()`, it never fills the gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from kiosk.law import (
    by_cause,
    calendar,
    capacity,
    case_numbers,
    fees,
    injury,
    jurisdiction,
    labour,
    limitation,
    loans,
    lpr,
    masks,
    money,
    names,
    small_claims,
    standing,
    suits,
)
from kiosk.law.tables import Tables
from kiosk.law.verdict import Wrong

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST = 200  # of the days or dependants handed over in one text


def yes(text: str) -> bool:
    return text == "yes"


def one_of(*codes: str) -> str:
    return next((code for code in codes if code), "")


# Fees


def a_fee(tables: Tables, kind: str, amount: Decimal | None, grounds: str = "") -> fees.Fee | None:
    """`kind` of fees.KINDS; an empty amount is "nothing claimed in money"; `grounds` of halving parted by blanks."""
    return fees.fee(kind, amount, tables, grounds=grounds.split()) if kind in fees.KINDS else None


def fee_least(tables: Tables, kind: str, amount: Decimal | None, grounds: str = "") -> Decimal | None:
    found = a_fee(tables, kind, amount, grounds)
    return found.least if found else None


def fee_most(tables: Tables, kind: str, amount: Decimal | None, grounds: str = "") -> Decimal | None:
    found = a_fee(tables, kind, amount, grounds)
    return found.most if found else None


def fee_text(tables: Tables, kind: str, amount: Decimal | None, grounds: str = "") -> str:
    """`2,300.00`, or `50.00–300.00` where the province's base is not set."""
    found = a_fee(tables, kind, amount, grounds)
    if found is None:
        return ""
    least = money.format_money(found.least)
    return least if found.exact else f"{least}–{money.format_money(found.most)}"


def mixed_fee(tables: Tables, amount: Decimal | None, other: str) -> str:
    """With anything claimed in money the property fee, else the other kind's (JI art.201)."""
    return fee_text(tables, "property" if amount else other, amount or None)


def fee_reduced(tables: Tables, fee: Decimal, percent: Decimal) -> Decimal | None:
    return fees.reduced(fee, percent, tables) if fee >= 0 else None


# Limitation


def days_in(text: str) -> Iterable[date]:
    for found in _DAY.findall(text)[:MOST]:
        try:
            yield date.fromisoformat(found)
        except ValueError:
            continue


def _limitation(
    tables: Tables, rule: str, start: date | None, today: date, harmed: date | None = None, interruptions: str = ""
) -> limitation.Limitation | None:
    if rule not in {row.id for row in tables.limitation.rows}:
        return None
    return limitation.limitation(rule, start, today, tables, harmed=harmed, interruptions=days_in(interruptions))


def limitation_last_day(
    tables: Tables, rule: str, start: date | None, harmed: date | None = None, interruptions: str = ""
) -> date | None:
    """Days of interruption parted by anything: `join(' ', ${demand_date})`."""
    found = _limitation(tables, rule, start, start or date.min, harmed, interruptions)
    return found.last_day if found else None


def limitation_standing(
    tables: Tables, rule: str, start: date | None, today: date, harmed: date | None = None, interruptions: str = ""
) -> str:
    """running, near, past, unknown or not_running."""
    found = _limitation(tables, rule, start, today, harmed, interruptions)
    return str(found.standing) if found else ""


def limitation_law(tables: Tables, rule: str) -> str:
    return next((row.law for row in tables.limitation.rows if row.id == rule), "")


# Labour


def labour_route(tables: Tables, relation: str, arbitration: str, iou_only: str = "", mediated: str = "") -> str:
    """direct, service, after_award, arbitrate or payment_order."""
    if arbitration not in set(labour.Arbitration):
        return ""
    known = labour.Relation(relation) if relation in set(labour.Relation) else labour.Relation.UNSURE
    found = labour.route(
        known, labour.Arbitration(arbitration), wage_iou_only=yes(iou_only), mediation_agreement=yes(mediated)
    )
    return str(found.route)


def _after(
    tables: Tables, done: str, received: date | None, final: str, employer: str, today: date
) -> labour.Gate | None:
    if done not in set(labour.Arbitration):
        return None
    return labour.after_arbitration(
        labour.Arbitration(done), received, today, tables, final=yes(final), employer_sues=yes(employer)
    )


def labour_sue_by(tables: Tables, done: str, received: date | None, final: str = "", employer: str = "") -> date | None:
    found = _after(tables, done, received, final, employer, received or date.min)
    return found.sue_by if found else None


def labour_set_aside_only(tables: Tables, done: str, final: str, employer: str) -> str:
    found = _after(tables, done, None, final, employer, date.min)
    return "yes" if found and found.set_aside_only else "no"


def arbitration_overdue(tables: Tables, applied: date, accepted: date | None, today: date, longer: str = "") -> bool:
    return labour.is_overdue(applied, accepted, today, tables, yes(longer))


def award_final_by_sum(tables: Tables, amount: Decimal) -> bool | None:
    return labour.may_be_final(amount, tables)


# Injury


def injury_figure(name: str) -> Callable[[Tables, date], Decimal | None]:
    def figure(tables: Tables, day: date) -> Decimal | None:
        row = injury.figures(day, tables)
        return getattr(row, name) if row else None

    return figure


def disability_share(tables: Tables, grade: str) -> Decimal | None:
    """`g1` … `g10` or `1` … `10`."""
    number = grade.removeprefix("g")
    return injury.share_of_grade(int(number)) if number in map(str, range(1, 11)) else None


def disability(tables: Tables, income: Decimal, age: Decimal, share: Decimal) -> Decimal | None:
    return injury.disability_compensation(income, int(age), share) if _sane(income, age) and 0 <= share <= 1 else None


def death(tables: Tables, income: Decimal, age: Decimal) -> Decimal | None:
    return injury.death_compensation(income, int(age)) if _sane(income, age) else None


def dependants(tables: Tables, consumption: Decimal, ages: str, supporters: str, share: Decimal) -> Decimal | None:
    """Ages and supporters parted by blanks, one of each a dependant; grown-up ones are those who cannot work."""
    years, helpers = ages.split(), supporters.split()
    if (
        len(years) != len(helpers)
        or not 0 < len(years) <= MOST
        or not (_sane(consumption, Decimal(0)) and 0 <= share <= 1)
    ):
        return None
    if not all(one.isascii() and one.isdigit() and len(one) <= 3 for one in years + helpers) or "0" in helpers:
        return None
    those = [injury.Dependant(int(age), int(help), unable=True) for age, help in zip(years, helpers, strict=True)]
    return injury.dependants_living(consumption, those, share)


def compulsory(tables: Tables, kind: str, liable: str) -> Decimal | None:
    return injury.compulsory_limit(kind, yes(liable)) if kind in injury.COMPULSORY else None


def _sane(income: Decimal, age: Decimal) -> bool:
    return 0 <= income <= money.LARGEST and 0 <= age <= 150


# Interest


def interest(
    tables: Tables, principal: Decimal, rate: Decimal, start: date, end: date, basis: Decimal | None = None
) -> Decimal | None:
    """Simple interest at percent a year; the year's days are the court's setting unless 360 or 365 is given."""
    days = tables.court.day_basis if basis is None else int(basis)
    if not (0 <= principal <= money.LARGEST and 0 <= rate <= 1000) or days not in (360, 365):
        return None
    return lpr.interest(principal, rate, start, end, days)


def interest_lpr(
    tables: Tables, principal: Decimal, start: date, end: date, times: Decimal | None = None
) -> Decimal | None:
    """At the one-year LPR of each stretch, times a factor (1 when left out); empty where the table ends."""
    if not 0 <= principal <= money.LARGEST or (times is not None and not 0 <= times <= 10):
        return None
    return lpr.floating_interest(
        principal, start, end, tables, Decimal(1) if times is None else times, tables.court.day_basis
    )


def lpr_five(tables: Tables, day: date) -> Decimal | None:
    found = lpr.rate(day, tables)
    return found.five_year if isinstance(found, lpr.Rate) else None


def protected_interest(
    tables: Tables, principal: Decimal, agreed: Decimal, contract: date, start: date, end: date, suit: date
) -> Decimal | None:
    if not (0 <= principal <= money.LARGEST and 0 <= agreed <= 1000):
        return None
    return loans.protected_interest(principal, agreed, contract, start, end, suit, tables)


def overdue_rate(tables: Tables, term: Decimal | None, overdue: Decimal | None, default: date) -> Decimal | None:
    return loans.overdue_rate(term, overdue, default, tables)


# Places


def advice(tables: Tables, form: str, facts: str) -> jurisdiction.Advice | None:
    suit = suits.read_suit(form, facts, tables)
    return None if isinstance(suit, Wrong) else jurisdiction.advise(suit, tables)


def forum_places(tables: Tables, form: str, facts: str) -> str:
    found = advice(tables, form, facts)
    return " ".join(found.regions) if found else ""


def forum_rule(tables: Tables, form: str, facts: str) -> str:
    found = advice(tables, form, facts)
    return found.rule if found else ""


def forum_redirect(tables: Tables, form: str, facts: str) -> str:
    found = advice(tables, form, facts)
    return found.redirect if found else ""


def forum_level(tables: Tables, form: str, facts: str) -> str:
    found = advice(tables, form, facts)
    return str(found.level) if found else ""


def forum_fits(tables: Tables, court: str, places: str) -> bool | None:
    """Whether one of the places lies in the court's area; empty when no place is known."""
    codes = suits.region_codes(places, tables)
    return jurisdiction.fits(court, codes) if codes and court else None


# People, tables, the rest


def capacity_on(tables: Tables, birth: date, day: date, own_income: str = "", declared: str = "") -> str:
    said = capacity.Capacity(declared) if declared in set(capacity.Capacity) else capacity.Capacity.FULL
    return str(capacity.capacity(birth, day, yes(own_income), said))


def small_claims_kind(tables: Tables, amount: Decimal, court: str, day: date, excluded: str = "") -> str:
    """mandatory, by_agreement, not_available, or empty where no fresh line is known."""
    province = province_of(tables, court)
    row = small_claims.line_for(province, day, tables)
    if row is None or not small_claims.is_fresh(row, day) or amount < 0:
        return ""
    return str(small_claims.small_claims(amount, province, day, tables, frozenset(excluded.split())) or "")


def province_of(tables: Tables, court: str) -> str:
    row = tables.court_rows.get(court)
    return (row.region if row else court)[:2]


def table_current(tables: Tables, name: str, day: date, court: str = "") -> bool:
    return standing.is_current(name, day, tables, province_of(tables, court))


def table_unknown_from(tables: Tables, name: str) -> date | None:
    return standing.unknown_from(name, tables)


def case_fact(name: str) -> Callable[[Tables, str], str]:
    def fact(tables: Tables, text: str) -> str:
        checked = case_numbers.check_case_number(names.fold(text).replace(" ", ""))
        number = None if isinstance(checked, Wrong) else case_numbers.read(checked.text)
        return str(getattr(number, name)) if number else ""

    return fact


def case_kind(tables: Tables, text: str) -> str:
    """What kind of case a case number's type word stands for, in Chinese; empty for a word the table does not have."""
    checked = case_numbers.check_case_number(names.fold(text).replace(" ", ""))
    number = None if isinstance(checked, Wrong) else case_numbers.read(checked.text)
    found = case_numbers.kinds(number, tables) if number else ()
    return found[0].zh if found else ""


def masked_address(tables: Tables, text: str) -> str:
    return masks.mask_address(text, tables) if text else ""


def procedure_deadline(tables: Tables, period_id: str, event: date) -> date | None:
    """The safe last day of a step of the procedure: defence, appeal_judgment, fee_payment …"""
    found = calendar.procedure(period_id, event, tables)
    return found.safe if found else None


def deadline_certain(tables: Tables, day: date, length: Decimal, unit: str) -> bool | None:
    if unit not in calendar.UNITS or not 0 <= length <= calendar.LONGEST or length != int(length):
        return None
    return calendar.period(day, int(length), unit, tables).certain


def cause_fee_kind(tables: Tables, cause: str, amount: Decimal | None) -> str:
    return by_cause.fee_kind(cause, amount, tables)
