"""The shapes of the shipped tables: frozen values; every table says where it is from and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: str
    confidence: str


class ListRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row of a list that choices are made from. `en` may be empty: then people read the Chinese."""

    code: str
    zh: str
    en: str = ""
    parent: str = ""


class Court(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: str  # the court word of a case number, such as 京0105
    zh: str
    en: str
    level: str
    region: str
    confidence: str


class Cause(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: str
    zh: str
    en: str
    level: int
    parent: str = ""
    common: bool = False
    pack: str = ""


class Bracket(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    above: Decimal
    rate: Decimal


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A progressive scale: each rate counts for the part of the amount above its line."""

    law: str
    brackets: tuple[Bracket, ...]
    flat_up_to: Decimal = Decimal(0)
    flat: Decimal = Decimal(0)
    cap: Decimal | None = None


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of a closed list of the law, with the words a person knows it by."""

    id: str
    zh: str
    en: str
    law: str


class Relief(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ground on which a fee is forgiven, lowered or put off (FM arts.44-48)."""

    kind: Literal["exempt", "reduce", "defer"]
    id: str
    zh: str
    en: str
    law: str
    natural_person_only: bool = False


class FixedFee(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kind: str
    fee: Decimal
    law: str


class BaseFee(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kind: str
    least: Decimal
    most: Decimal
    law: str


class FeeTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    property: Scale
    divorce: Scale
    personality: Scale
    enforcement: Scale
    preservation: Scale
    fixed: tuple[FixedFee, ...]
    bases: tuple[BaseFee, ...]
    payment_order_parts: int
    bankruptcy_cap: Decimal
    halving: tuple[Named, ...]
    no_fee: tuple[Named, ...]
    relief: tuple[Relief, ...]
    reduce_least_percent: int


class LprRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    since: date
    one_year: Decimal
    five_year: Decimal
    confidence: str


class LprTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    known_to: date  # later announcements were not seen: an answer after this day is a guess
    rows: tuple[LprRow, ...]


class DayOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    date: date
    zh: str
    off: bool  # False: a weekend day on which everybody works


class HolidayTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    years: tuple[int, ...]
    rows: tuple[DayOff, ...]


class SmallClaimsRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    province: str
    since: date
    average_wage: Decimal
    mandatory_up_to: Decimal
    by_agreement_up_to: Decimal
    basis: str
    confidence: str


class SmallClaimsTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    law: str
    rows: tuple[SmallClaimsRow, ...]


class LimitationRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    years: int
    start: str  # the fact a period is counted from, a key of `limitation.STARTS`
    law: str
    longest_years: int = 0
    zh: str


class ProcedurePeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long a step of the procedure may take, or a party has for it."""

    id: str
    length: int
    unit: Literal["hour", "day", "month"]
    zh: str
    en: str
    law: str


class LimitationTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[LimitationRule, ...]
    not_subject: tuple[Named, ...]
    interruptions: tuple[Named, ...]
    procedure: tuple[ProcedurePeriod, ...]


class InjuryYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    """A province's yearly statistics for injury sums, in yuan; `since` is the day from which courts use them."""

    since: date
    income_per_head: Decimal  # 城镇居民人均可支配收入
    consumption_per_head: Decimal  # 城镇居民人均消费支出
    monthly_wage: Decimal  # 职工月平均工资
    confidence: str


class CourtTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a province or a court decides for itself. Shipped empty: what is not set is shown as the range of the law."""

    base_fees: Mapping[str, Decimal] = {}
    rounding: Literal["fen", "yuan", "yuan_down"] = "fen"
    day_basis: Literal[365, 360] = 365
    injury_fee_line: Literal["both", "property", "personality"] = "both"
    mediation_words: tuple[str, ...] = ()
    minimum_wage_a_month: Decimal | None = None
    near_limitation_days: int = 30
    injury_years: tuple[InjuryYear, ...] = ()


class ForumRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    kind: Literal["exclusive", "specific", "general"]
    forms: tuple[str, ...]
    places: tuple[str, ...]
    law: str
    basic_only: bool = False
    note: str = ""


class ForumTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    both_sides_line: Decimal
    one_side_line: Decimal
    level_law: str
    rows: tuple[ForumRule, ...]


class CaseType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: str  # "" for a local way of writing
    zh: str
    word: str  # 民初
    confidence: str


class CourtWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    word: str  # 京
    prefix: str  # 11
    zh: str


class CaseTypeTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[CaseType, ...]
    court_words: tuple[CourtWord, ...]


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: str  # three figures
    alpha3: str
    en: str


class CountryTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    licence: str
    rows: tuple[Country, ...]


class ListTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[ListRow, ...]
    licence: str = ""
    as_of: str = ""


class CourtList(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[Court, ...]


class CauseTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[Cause, ...]
