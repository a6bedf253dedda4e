"""The shapes of tables that can be run, each recognised by its columns, and how a row of each is computed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from kiosk.law import calendar, identity, loans, lpr, masks, money, names, small_claims
from kiosk.law.tables import Tables
from kiosk.rules_file import cells
from kiosk.rules_file.fee_rows import fee_row
from kiosk.rules_file.number_rows import id_row, plain_if_valid
from kiosk.rules_file.place_rows import place_row
from kiosk.rules_file.reading import CellWrong, Row, TableWrong
from kiosk.rules_file.reading import Table as TextTable
from kiosk.rules_file.small_claims_rows import small_claims_row


@dataclass(frozen=True, slots=True)
class Computed:
    """The values of a row under the table's own column names; `verdict` is a word of `VERDICTS`, and a day or year, for what the tables do not know."""

    values: Mapping[str, str]
    verdict: str = ""


VERDICTS = frozenset(
    (
        "unknown_from",
        "no_lpr_before",
        "holidays_unknown",
        "ends_before_it_begins",
        "base_not_set",
        "no_line_known",
        "line_may_be_old",
    )
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What rows are computed with."""

    tables: Tables = field(repr=False)
    today: date


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    needs: frozenset[str]  # columns a row is computed from
    gives: tuple[str, ...]  # columns that are computed
    compute: Callable[[Row, Rules], Computed]
    subset: frozenset[str] = frozenset()  # columns that list parts: what is expected must be among what is computed
    sums: frozenset[str] = frozenset()  # columns compared as numbers


def recognise(table: TextTable) -> Shape:
    """The shape whose columns the table has; a computed column in the head decides between two that would fit."""
    head = set(table.columns)
    fits = [shape for shape in SHAPES if shape.needs <= head]
    told = [shape for shape in fits if head & set(shape.gives)]
    if not told and {"kind", "input"} <= head:
        marks = {row.get("kind") for row in table.rows} & {"id_number", "id_number_strict", "address"}
        told = [shape for shape in fits if shape.name == ("masking" if marks else "id_numbers")]
    found = told or sorted(fits, key=lambda shape: shape.name == "capitals")  # a sum alone says least
    if not found:
        raise TableWrong("rules.unknown_table", columns=", ".join(table.columns)[:200])
    return found[0]


def _fees(row: Row, rules: Rules) -> Computed:
    value, verdict = fee_row(row, rules.tables)
    return Computed({"expected_fee": value}, verdict)


def _deadlines(row: Row, rules: Rules) -> Computed:
    unit = UNITS.get(word := row.need("unit").lower().rstrip("s"), word)
    if unit == "hour":
        return _hours(row)
    if unit not in calendar.UNITS:
        raise CellWrong("unit", "unknown_unit")
    length = cells.whole(row, "length", 0, 200 if unit == "year" else 3_650)
    found = calendar.period(cells.day(row, "start_event_date"), length, unit, rules.tables)
    unknown = f"holidays_unknown {found.raw.year}" if not found.certain else ""
    return Computed({"raw_last_day": found.raw.isoformat(), "expected_last_day": found.last.isoformat()}, unknown)


UNITS = {
    **{"日": "day", "天": "day", "月": "month", "个月": "month", "年": "year", "工作日": "working_day"},
    **{"workday": "working_day", "working day": "working_day", "小时": "hour"},
}


def _hours(row: Row) -> Computed:
    """A period in hours runs through nights and holidays; of a day alone it is counted from its end (CPL art.85)."""
    text = row.need("start_event_date")
    begun = cells.day(row, "start_event_date")
    at = re.search(r"[ T]([01][0-9]|2[0-3]):([0-5][0-9])", text)
    moment = datetime.combine(begun, time(int(at[1]), int(at[2])) if at else time())
    last = calendar.hours_after(moment, cells.whole(row, "length", 0, 87_600)).date().isoformat()
    return Computed({"raw_last_day": last, "expected_last_day": last})


def _interest(row: Row, rules: Rules) -> Computed:
    basis = cells.whole(row, "day_basis", 1, 366) if row.get("day_basis") else rules.tables.court.day_basis
    if basis not in (360, 365):
        raise CellWrong("day_basis", "out_of_range")
    start, end = cells.day(row, "from"), cells.day(row, "to")
    principal, rate = cells.amount(row, "principal"), cells.rate(row, "rate_percent_year")
    values = {
        "days": str(lpr.days_counted(start, end)),
        "interest": money.stored(lpr.interest(principal, rate, start, end, basis)),
    }
    return Computed(values, "ends_before_it_begins" if end < start else "")


def _caps(row: Row, rules: Rules) -> Computed:
    contract = cells.day(row, "contract_date")
    agreed = cells.rate(row, "agreed_rate_year") if row.get("agreed_rate_year") else None
    empty = {"lpr_1y": "", "cap": "", "within_cap": "", "protected_rate": ""}
    match lpr.rate(contract, rules.tables):
        case lpr.NoRate():
            return Computed(empty, f"no_lpr_before {lpr.FIRST}")
        case lpr.Unknown(since=since):
            return Computed(empty, f"unknown_from {since}")
        case found:
            values = empty | {"lpr_1y": cells.percent(found.one_year), "cap": cells.percent(found.cap)}
            if agreed is not None:
                values["within_cap"] = "yes" if agreed <= found.cap else "no"
                values["protected_rate"] = cells.percent(loans.protected_rate(agreed, found.cap))
            return Computed(values)


def _small_claims(row: Row, rules: Rules) -> Computed:
    mandatory, optional, verdict = small_claims_row(row, rules.tables)
    return Computed({"mandatory_small_claim": mandatory, "optional": optional}, verdict)


def _masking(row: Row, rules: Rules) -> Computed:
    kind, text = row.need("kind"), row.need("input")
    if kind not in MASKS:
        raise CellWrong("kind", "unknown_kind")
    return Computed({"masked": MASKS[kind](text, rules.tables)})


DOCUMENTS = (
    *("id_number", "resident_id", "resident_id_15", "hmt_residence", "foreign_pr", "passport", "passport_cn"),
    *("hk_mo_permit", "tw_permit"),
)
MASKS: Mapping[str, Callable[[str, Tables], str]] = {
    "name": lambda text, tables: masks.mask_name(names.fold(text)),
    **{kind: lambda text, tables: masks.mask_id(_as_written(text)) for kind in DOCUMENTS},
    "id_number_strict": lambda text, tables: masks.mask_id_strict(_as_written(text)),
    "mobile": lambda text, tables: masks.mask_phone(plain_if_valid("mobile", text)),
    "landline": lambda text, tables: masks.mask_phone(plain_if_valid("landline", text)),
    "phone": lambda text, tables: masks.mask_phone(plain_if_valid("phone", text)),
    "bank_card": lambda text, tables: masks.mask_bank_card(plain_if_valid("bank_card", text)),
    "address": masks.mask_address,
    "email": lambda text, tables: masks.mask_mail(text),
    "uscc": lambda text, tables: text,  # of a company: not personal
    "case_no": lambda text, tables: text,
    **{kind: lambda text, tables: text.strip() for kind in ("company", "organisation", "org_name")},
}


def _as_written(number: str) -> str:
    """No blanks, half width, capitals; an old number of 15 digits keeps them."""
    return identity.plain(number)


def _capitals(row: Row, rules: Rules) -> Computed:
    value = cells.amount(row, "amount")
    if value != value.quantize(money.FEN):
        raise CellWrong("amount", "not_a_sum")
    return Computed({"uppercase": money.capitals(value), "also_acceptable": "|".join(money.other_spellings(value))})


def _numbers(row: Row, rules: Rules) -> Computed:
    return Computed(id_row(row, rules.tables, rules.today))


def _places(row: Row, rules: Rules) -> Computed:
    return Computed(place_row(row, rules.tables))


def _thresholds(row: Row, rules: Rules) -> Computed:
    half, twice = small_claims.lines_of(cells.amount(row, "average_wage_derived"))
    return Computed({"limit_50pct": _short(half), "limit_2x": _short(twice)})


def _short(value: Decimal) -> str:
    return f"{value:f}" if value != int(value) else str(int(value))


def _rates(row: Row, rules: Rules) -> Computed:
    match lpr.rate(cells.day(row, "effective_date"), rules.tables):
        case lpr.Rate() as found:
            one, five, cap = (cells.percent(rate) for rate in (found.one_year, found.five_year, found.cap))
            return Computed({"lpr_1y": one, "lpr_5y": five, "cap_4x_1y": cap})
        case lpr.Unknown(since=since):
            return Computed({"lpr_1y": "", "lpr_5y": "", "cap_4x_1y": ""}, f"unknown_from {since}")
        case _:
            return Computed({"lpr_1y": "", "lpr_5y": "", "cap_4x_1y": ""}, f"no_lpr_before {lpr.FIRST}")


def _holidays(row: Row, rules: Rules) -> Computed:
    day = cells.day(row, "date")
    if not calendar.is_certain(day, rules.tables):
        return Computed({"kind": ""}, f"holidays_unknown {day.year}")
    return Computed({"kind": "work" if calendar.is_working_day(day, rules.tables) else "off"})


SHAPES = (
    Shape("fees", frozenset(("kind", "amount")), ("expected_fee",), _fees, sums=frozenset(("expected_fee",))),
    Shape(
        "deadlines",
        frozenset(("start_event_date", "length", "unit")),
        ("raw_last_day", "expected_last_day"),
        _deadlines,
    ),
    Shape(
        "interest",
        frozenset(("principal", "rate_percent_year", "from", "to")),
        ("days", "interest"),
        _interest,
        sums=frozenset(("days", "interest")),
    ),
    Shape(
        "lpr_caps",
        frozenset(("contract_date",)),
        ("lpr_1y", "cap", "within_cap", "protected_rate"),
        _caps,
        sums=frozenset(("lpr_1y", "cap", "protected_rate")),
    ),
    Shape(
        "small_claims",
        frozenset(("province", "date", "amount_or_kind")),
        ("mandatory_small_claim", "optional"),
        _small_claims,
    ),
    Shape("masking", frozenset(("kind", "input")), ("masked",), _masking),
    Shape(
        "id_numbers",
        frozenset(("kind", "input")),
        ("valid", "normalised", "derived"),
        _numbers,
        subset=frozenset(("derived",)),
    ),
    Shape(
        "capitals",
        frozenset(("amount",)),
        ("uppercase", "also_acceptable"),
        _capitals,
        subset=frozenset(("also_acceptable",)),
    ),
    Shape("places", frozenset(("form", "facts")), ("places", "redirect", "level", "rule"), _places),
    Shape(
        "small_claims_lines",
        frozenset(("average_wage_derived",)),
        ("limit_50pct", "limit_2x"),
        _thresholds,
        sums=frozenset(("limit_50pct", "limit_2x")),
    ),
    Shape(
        "lpr_history",
        frozenset(("effective_date",)),
        ("lpr_1y", "lpr_5y", "cap_4x_1y"),
        _rates,
        sums=frozenset(("lpr_1y", "lpr_5y", "cap_4x_1y")),
    ),
    Shape("holidays", frozenset(("date", "name")), ("kind",), _holidays),
)
