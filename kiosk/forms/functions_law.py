"""The functions of the court, registered beside the standard ones: fees, rate caps, capitals, checks, deadlines.

They look only at their arguments and at the tables handed in; what cannot be computed is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kiosk.forms.compiler import Compiler, Function
from kiosk.forms.functions import arguments
from kiosk.forms.functions_text import as_moment
from kiosk.forms.numbers import Number, is_nan
from kiosk.forms.parts import Part, truth_part
from kiosk.forms.paths import Scope
from kiosk.forms.syntax import Call
from kiosk.forms.values import Sort, Value
from kiosk.forms.world import Env
from kiosk.law import calendar, capacity, fees, identity, lpr, money, regions
from kiosk.law.tables import Tables
from kiosk.law.verdict import Normalised

LONGEST_PERIOD = 100 * 366


def a_day(value: Value) -> date | None:
    moment = as_moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def a_number(value: Number) -> Decimal | None:
    return None if is_nan(value) or not -(10**18) < value < 10**18 else Decimal(value)


def law(takes: str, apply: Callable[..., Value | None], low: int | None = None) -> Function:
    """`takes`: one letter an argument: t text, n number, d day. A missing number or day makes the result empty.

    `apply` gets the tables first."""

    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        parts = arguments(compiler, scope, call)
        readers: list[Callable[[Env], Any]] = []
        for letter, part in zip(takes, parts, strict=False):
            convert = compiler.convert
            if letter == "t":
                readers.append(convert.text(part))
            elif letter == "n":
                readers.append(_after(convert.number(part), a_number))
            else:
                readers.append(_after(convert.value(part), a_day))

        def run(env: Env) -> Value:
            env.world.spend(10)
            given = [read(env) for read in readers]
            if any(value is None for value in given):
                return ""
            result = apply(env.world.tables, *given)
            return "" if result is None else result

        return Part(Sort.ANY, run)

    return Function(build, len(takes) if low is None else low, len(takes))


def _after(run: Callable[[Env], Any], then: Callable[[Any], Any]) -> Callable[[Env], Any]:
    return lambda env: then(run(env))


def _capitals(tables: Tables, amount: Decimal) -> str:
    fen = money.to_fen(amount)
    return money.capitals(fen) if 0 <= fen <= money.LARGEST else ""


def _positive(fee: Callable[[Decimal, Tables], Decimal]) -> Callable[[Tables, Decimal], Decimal | None]:
    return lambda tables, amount: fee(amount, tables) if 0 <= amount <= money.LARGEST else None


def _year_rate(tables: Tables, rate: Decimal, unit: str) -> Decimal | None:
    return lpr.year_rate(rate, unit)


def id_kind(kind: str) -> str:
    return kind or "resident_id"


def _fact(name: str) -> Callable[[Tables, str], str]:
    def fact(tables: Tables, number: str) -> str:
        verdict = identity.check("resident_id", number)
        return verdict.facts.get(name, "") if isinstance(verdict, Normalised) else ""

    return fact


def _checks(kind: str) -> Function:
    """Whether a number holds; an empty one does."""

    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        run = compiler.convert.text(compiler.part(call.arguments[0], scope))
        return truth_part(lambda env: not run(env) or isinstance(identity.check(kind, run(env)), Normalised))

    return Function(build, 1, 1)


def _id_valid(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """id-valid(type of document, number)"""
    kind, number = [compiler.convert.text(part) for part in arguments(compiler, scope, call)]

    def run(env: Env) -> bool:
        text, wanted = number(env), id_kind(kind(env))
        if not text:
            return True
        known = wanted if wanted in identity.CHECKS else "other"
        return known not in identity.CHECKS or isinstance(identity.check(known, text, env.world.today), Normalised)

    return truth_part(run)


def _luhn(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run = compiler.convert.text(compiler.part(call.arguments[0], scope))

    def holds(env: Env) -> bool:
        digits = "".join(run(env).split())
        return digits.isascii() and digits.isdigit() and identity.luhn_holds(digits)

    return truth_part(holds)


def _age(tables: Tables, birth: date, day: date) -> Decimal | None:
    return Decimal(calendar.age_on(birth, day)) if birth <= day else None


def _add(unit: str) -> Callable[[Tables, date, Decimal], date | None]:
    def add(tables: Tables, day: date, length: Decimal) -> date | None:
        if abs(length) > LONGEST_PERIOD or length != int(length):
            return None
        try:
            if unit == "year":
                return calendar.add_months(day, 12 * int(length))
            return calendar.add_months(day, int(length)) if unit == "month" else calendar.add(day, int(length), unit)
        except (ValueError, OverflowError, AssertionError):
            return None

    return add


def _deadline(tables: Tables, day: date, length: Decimal, unit: str) -> date | None:
    if unit not in calendar.UNITS or not 0 <= length <= LONGEST_PERIOD:
        return None
    return calendar.deadline(day, int(length), unit, tables)


def _days_between(tables: Tables, start: date, end: date) -> Decimal:
    return Decimal((end - start).days)


def _small_claims(tables: Tables, court: str, day: date) -> Decimal | None:
    """The mandatory small-claims line of the court's province on a day."""
    row_of_court = tables.court_rows.get(court)
    province = (row_of_court.region if row_of_court else court)[:2]
    found = None
    for row in tables.small_claims.rows:
        if row.province[:2] == province and row.since <= day:
            found = row.mandatory_up_to
    return found


def _court_name(tables: Tables, code: str) -> str:
    row = tables.court_rows.get(code)
    return row.zh if row else ""


def _cause_name(tables: Tables, code: str) -> str:
    return next((row.zh for row in tables.causes.rows if row.code == code), "")


def _capacity(tables: Tables, birth: date, day: date) -> str:
    return str(capacity.capacity(birth, day))


LAW: dict[str, Function] = {
    "property-fee": law("n", _positive(fees.property_fee)),
    "preservation-fee": law("n", _positive(fees.preservation_fee)),
    "halved": law("n", lambda tables, fee: fees.halved(fee)),
    "capitals": law("n", _capitals),
    "lpr": law("d", lambda tables, day: lpr.rate_on(day, tables)),
    "lpr-cap": law("d", lambda tables, day: lpr.cap_on(day, tables)),
    "lpr-cap-for": law("dd", lambda tables, contract, filing: lpr.cap_for(contract, filing, tables)),
    "year-rate": law("nt", _year_rate),
    "id-birth": law("t", _fact("birth")),
    "id-gender": law("t", _fact("gender")),
    "id-region": law("t", _fact("region")),
    "id-prefix": law("t", lambda tables, number: number[:6]),
    "id-valid": Function(_id_valid, 2, 2),
    "uscc-valid": _checks("uscc"),
    "luhn-valid": Function(_luhn, 1, 1),
    "age-on": law("dd", _age),
    "capacity-on": law("dd", _capacity),
    "court-name": law("t", _court_name),
    "cause-name": law("t", _cause_name),
    "region-name": law("t", lambda tables, code: regions.region_name(code, tables)),
    "address-text": law("t", lambda tables, stored: regions.address_text(stored, tables)),
    "add-days": law("dn", _add("day")),
    "add-months": law("dn", _add("month")),
    "add-years": law("dn", _add("year")),
    "days-between": law("dd", _days_between),
    "working-deadline": law("dnt", _deadline),
    "small-claims-limit": law("td", _small_claims),
}
