"""The functions of the court, registered beside the standard ones: fees, rate caps, capitals, checks, deadlines.

They look only at their arguments and at the tables handed in; what cannot be computed is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kiosk.errors import KioskBug
from kiosk.forms import functions_court as court
from kiosk.forms.compiler import Compiler, Function
from kiosk.forms.functions import arguments
from kiosk.forms.functions_text import as_moment
from kiosk.forms.numbers import Number, is_nan
from kiosk.forms.parts import Part, truth_part
from kiosk.forms.paths import Scope
from kiosk.forms.syntax import Call
from kiosk.forms.values import Sort, Value
from kiosk.forms.world import Env
from kiosk.law import (
    by_cause,
    calendar,
    fees,
    identity,
    injury,
    limitation,
    loans,
    lpr,
    masks,
    money,
    plates,
    regions,
    small_claims,
)
from kiosk.law.tables import Tables
from kiosk.law.verdict import Normalised

LONGEST_PERIOD = 100 * 366


def a_day(value: Value) -> date | None:
    moment = as_moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def a_number(value: Number) -> Decimal | None:
    return None if is_nan(value) or not -(10**18) < value < 10**18 else Decimal(value)


def law(takes: str, apply: Callable[..., Value | None], low: int | None = None) -> Function:
    """`takes`: one letter an argument: t text, n number, d day. A missing number or day makes the result empty;
    written large (N, D) it may be missing and is None. Arguments from `low` on may be left out.

    `apply` gets the tables first. What it refuses with a `KioskBug` is empty too: a form may ask anything."""

    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        parts = arguments(compiler, scope, call)
        readers: list[tuple[Callable[[Env], Any], bool]] = []
        for letter, part in zip(takes, parts, strict=False):
            convert = compiler.convert
            if letter == "t":
                readers.append((convert.text(part), True))
            elif letter in "nN":
                readers.append((_after(convert.number(part), a_number), letter == "N"))
            else:
                readers.append((_after(convert.value(part), a_day), letter == "D"))

        def run(env: Env) -> Value:
            env.world.spend(10)
            given = []
            for read, optional in readers:
                value = read(env)
                if value is None and not optional:
                    return ""
                given.append(value)
            try:
                result = apply(env.world.tables, *given)
            except (KioskBug, OverflowError, InvalidOperation):
                return ""
            return "" if result is None else result

        return Part(Sort.ANY, run)

    return Function(build, len(takes) if low is None else low, len(takes))


def yes_no(apply: Callable[..., bool | None]) -> Callable[..., str | None]:
    """A claim as a form keeps it: `yes`, `no`, or empty where nobody knows."""

    def said(*given: Any) -> str | None:
        found = apply(*given)
        return None if found is None else "yes" if found else "no"

    return said


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
        verdict = identity.check("id_number", number)
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
    if unit not in calendar.UNITS or not 0 <= length <= LONGEST_PERIOD or length != int(length):
        return None
    return calendar.deadline(day, int(length), unit, tables)


def _days_between(tables: Tables, start: date, end: date) -> Decimal:
    return Decimal((end - start).days)


def _small_claims(name: str) -> Callable[[Tables, str, date], Decimal | None]:
    """A line of the court's province on a day; empty where none is known or a newer one must stand."""

    def line(tables: Tables, code: str, day: date) -> Decimal | None:
        row = small_claims.line_for(court.province_of(tables, code), day, tables)
        return getattr(row, name) if row and small_claims.is_fresh(row, day) else None

    return line


def _court_name(tables: Tables, code: str) -> str:
    row = tables.court_rows.get(code)
    return row.zh if row else ""


def _cause_name(tables: Tables, code: str) -> str:
    return next((row.zh for row in tables.causes.rows if row.code == code), "")


def _cause_finer(tables: Tables, code: str) -> Decimal | None:
    """How many finer causes stand below this one: the fourth level is asked only where there is one."""
    known = code in tables.cause_rows
    return Decimal(sum(row.parent == code for row in tables.causes.rows)) if known else None


def _plate_kind(tables: Tables, number: str) -> str:
    verdict = plates.check_plate(identity.plain(number))
    return verdict.facts["kind"] if isinstance(verdict, Normalised) else ""


def _uscc_doubt(tables: Tables, number: str) -> bool:
    """The organisation code inside has a check of its own: wrong is a reason to look again, never to refuse."""
    verdict = identity.check("uscc", number)
    return isinstance(verdict, Normalised) and verdict.facts["org_check"] == "no"


def _truth(takes: str, apply: Callable[..., bool], low: int | None = None) -> Function:
    """The same as `law`, for a claim; where it cannot be made it is false."""
    made = law(takes, lambda *given: "yes" if apply(*given) else "", low)

    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        run = made.build(compiler, scope, call).run
        return truth_part(lambda env: run(env) == "yes")

    return Function(build, made.low, made.high)


def _in_range(amount: Decimal) -> bool:
    return 0 <= amount <= money.LARGEST


LAW: dict[str, Function] = {
    # fees
    "property-fee": law("n", _positive(fees.property_fee)),
    "preservation-fee": law("n", _positive(fees.preservation_fee)),
    "enforcement-fee": law("n", _positive(fees.enforcement_fee)),
    "payment-order-fee": law("n", _positive(fees.payment_order_fee)),
    "bankruptcy-fee": law("n", _positive(fees.bankruptcy_fee)),
    "court-fee": law("tNt", court.fee_least, 2),
    "court-fee-most": law("tNt", court.fee_most, 2),
    "court-fee-text": law("tNt", court.fee_text, 2),
    "mixed-fee-text": law("Nt", lambda tables, amount, other: court.mixed_fee(tables, amount, other)),
    "cause-fee-kind": law("tN", court.cause_fee_kind),
    "injury-fee-line": law("", lambda tables: tables.court.injury_fee_line),
    "fee-reduced": law("nn", court.fee_reduced),
    "fee-prepay": law("t", yes_no(lambda tables, claim: fees.must_prepay(claim))),
    "halved": law("n", lambda tables, fee: fees.halved(fee, tables) if _in_range(fee) else None),
    "capitals": law("n", _capitals),
    # interest
    "lpr": law("d", lambda tables, day: lpr.rate_on(day, tables)),
    "lpr-5y": law("d", court.lpr_five),
    "lpr-cap": law("d", lambda tables, day: lpr.cap_on(day, tables)),
    "lpr-cap-for": law("dd", lambda tables, contract, suit: loans.cap_for(contract, suit, tables)),
    "lpr-last-known": law("d", lambda tables, day: lpr.last_known(day, tables)),
    "year-rate": law("nt", _year_rate),
    "interest": law("nnddn", court.interest, 4),
    "interest-lpr": law("nddn", court.interest_lpr, 3),
    "protected-interest": law("nndddd", court.protected_interest),
    "overdue-rate": law("NNd", court.overdue_rate),
    "loan-principal": law("nn", lambda tables, lent, kept: loans.principal(lent, kept)),
    # limitation and periods
    "limitation-last-day": law("tDDt", court.limitation_last_day, 2),
    "limitation-standing": law("tDdDt", court.limitation_standing, 3),
    "limitation-law": law("t", court.limitation_law),
    "limitation-applies": law("t", yes_no(lambda tables, claim: limitation.is_subject(claim, tables))),
    "limitation-by-cause": law("t", lambda tables, cause: by_cause.limitation_rule(cause, tables)),
    "eighteenth-birthday": law("d", lambda tables, birth: limitation.eighteenth_birthday(birth)),
    "add-days": law("dn", _add("day")),
    "add-months": law("dn", _add("month")),
    "add-years": law("dn", _add("year")),
    "days-between": law("dd", _days_between),
    "working-deadline": law("dnt", _deadline),
    "procedure-deadline": law("td", court.procedure_deadline),
    "deadline-certain": law("dnt", yes_no(court.deadline_certain)),
    "is-working-day": law("d", yes_no(lambda tables, day: calendar.is_working_day(day, tables))),
    # labour
    "labour-route": law("tttt", court.labour_route, 2),
    "labour-sue-by": law("tDtt", court.labour_sue_by, 2),
    "labour-set-aside-only": law("ttt", court.labour_set_aside_only),
    "arbitration-overdue": law("dDdt", yes_no(court.arbitration_overdue), 3),
    "award-final-by-sum": law("n", yes_no(court.award_final_by_sum)),
    # injury
    "injury-income": law("d", court.injury_figure("income_per_head")),
    "injury-consumption": law("d", court.injury_figure("consumption_per_head")),
    "injury-monthly-wage": law("d", court.injury_figure("monthly_wage")),
    "injury-years": law("n", lambda tables, age: Decimal(injury.years_counted(int(age)))),
    "disability-share": law("t", court.disability_share),
    "disability-compensation": law("nnn", court.disability),
    "death-compensation": law("nn", court.death),
    "funeral-costs": law("n", lambda tables, wage: injury.funeral(wage) if _in_range(wage) else None),
    "dependants-living": law("nttn", court.dependants),
    "compulsory-limit": law("tt", court.compulsory),
    # places and courts
    "forum-places": law("tt", court.forum_places),
    "forum-rule": law("tt", court.forum_rule),
    "forum-redirect": law("tt", court.forum_redirect),
    "forum-level": law("tt", court.forum_level),
    "forum-fits": law("tt", yes_no(court.forum_fits)),
    "forum-by-cause": law("t", lambda tables, cause: by_cause.forum_form(cause, tables)),
    "court-name": law("t", _court_name),
    "cause-name": law("t", _cause_name),
    "cause-finer": law("t", _cause_finer),
    "region-name": law("t", lambda tables, code: regions.region_name(code, tables)),
    "address-text": law("t", lambda tables, stored: regions.address_text(stored, tables)),
    "small-claims-limit": law("td", _small_claims("mandatory_up_to")),
    "small-claims-most": law("td", _small_claims("by_agreement_up_to")),
    "small-claims": law("ntdt", court.small_claims_kind, 3),
    # numbers and people
    "id-birth": law("t", _fact("birth")),
    "id-gender": law("t", _fact("gender")),
    "id-region": law("t", _fact("region")),
    "id-nationality": law("t", _fact("nationality")),
    "id-prefix": law("t", lambda tables, number: number[:6]),
    "id-valid": Function(_id_valid, 2, 2),
    "uscc-valid": _checks("uscc"),
    "uscc-doubt": law("t", yes_no(_uscc_doubt)),
    "luhn-valid": Function(_luhn, 1, 1),
    "bank-card-valid": _checks("bank_card"),
    "bank-account-valid": _checks("bank_account"),
    "mobile-valid": _checks("mobile"),
    "phone-valid": _checks("phone"),
    "postcode-valid": _checks("postcode"),
    "email-valid": _checks("email"),
    "plate-valid": _checks("plate"),
    "plate-kind": law("t", _plate_kind),
    "case-no-valid": _checks("case_no"),
    "case-no-court": law("t", court.case_fact("court")),
    "case-no-type": law("t", court.case_fact("kind")),
    "case-no-kind": law("t", court.case_kind),
    "case-no-level": law("t", court.case_fact("level")),
    "age-on": law("dd", _age),
    "capacity-on": law("ddtt", court.capacity_on, 2),
    "mask-name": law("t", lambda tables, name: masks.mask_name(name) if name else ""),
    "mask-id": law("t", lambda tables, number: masks.mask_id(number)),
    "mask-phone": law("t", lambda tables, number: masks.mask_phone(number)),
    "mask-address": law("t", court.masked_address),
    # the tables themselves
    "table-current": _truth("tdt", court.table_current, 2),
    "table-unknown-from": law("t", court.table_unknown_from),
}
