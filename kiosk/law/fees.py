"""Court fees by the Measures on Payment of Litigation Fees (FM). Every answer is an estimate; the court decides.

Sums are exact until the end and rounded once, by the court's own setting. A base amount that a province fixes comes
from the court's table or is handed in; unset, the answer is the range of the Measures, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from kiosk.errors import KioskBug
from kiosk.law.money import LARGEST, to_fen
from kiosk.law.shapes import BaseFee, Relief, Scale
from kiosk.law.tables import Tables

HALF = Decimal("0.5")
PREPAY_DAYS = 7  # from the day after the fee notice (FM art.22)
NOT_PREPAID = frozenset(("labour_remuneration", "enforcement", "bankruptcy"))  # FM art.20


@dataclass(frozen=True, slots=True)
class Fee:
    """What a case costs at least and at most; the two differ only where a province's base amount is not set."""

    least: Decimal
    most: Decimal
    law: str

    @property
    def exact(self) -> bool:
        return self.least == self.most


def fee(
    kind: str,
    amount: Decimal | None,
    tables: Tables,
    *,
    base: Decimal | None = None,
    grounds: Iterable[str] = (),
) -> Fee | None:
    """The fee of a kind of `KINDS`; None for a sum outside 0 to `money.LARGEST`.

    `amount` is None where nothing is claimed in money. `grounds` are those of halving (FM arts.15, 16, 18): they
    halve once however many there are (JI art.206), and only case acceptance fees, never application fees.
    """
    if kind not in KINDS:
        raise KioskBug(f"no fee of the kind {kind}")
    unknown = set(grounds) - {ground.id for ground in tables.fees.halving}
    if unknown:
        raise KioskBug(f"no ground of halving is called {min(unknown)}")
    if amount is not None and not 0 <= amount <= LARGEST:
        return None
    least, most, law = KINDS[kind](amount, base, tables)
    if grounds and kind in HALVED:
        least, most = least * HALF, most * HALF
    return Fee(rounded(least, tables), rounded(most, tables), law)


def rounded(exact: Decimal, tables: Tables) -> Decimal:
    """The Measures give no rule: two decimals half up, or the whole yuan a court has set."""
    match tables.court.rounding:
        case "yuan":
            return to_fen(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        case "yuan_down":
            return to_fen(exact.quantize(Decimal(1), rounding=ROUND_DOWN))
        case _:
            return to_fen(exact)


def property_fee(amount: Decimal, tables: Tables) -> Decimal:
    """FM art.13(1)(1): ten steps, the first 10,000 yuan a flat 50."""
    return _one("property", amount, tables)


def preservation_fee(amount: Decimal, tables: Tables) -> Decimal:
    """FM art.14(2): 30, then 1 %, then 0.5 %, never above 5,000."""
    return _one("preservation", amount, tables)


def enforcement_fee(amount: Decimal, tables: Tables) -> Decimal:
    """FM art.14(1); paid after enforcement, never in advance (FM art.20)."""
    return _one("enforcement", amount, tables)


def payment_order_fee(amount: Decimal, tables: Tables) -> Decimal:
    """FM art.14(3): a third of the property fee."""
    return _one("payment_order", amount, tables)


def bankruptcy_fee(estate: Decimal, tables: Tables) -> Decimal:
    """FM art.14(6): half of the property fee on the estate, never above 300,000."""
    return _one("bankruptcy", estate, tables)


def halved(exact: Decimal, tables: Tables) -> Decimal:
    """Mediation, withdrawal, summary procedure, merged counter-claim: half, and only once (JI art.206)."""
    return rounded(exact * HALF, tables)


def mixed_fee(
    property_claims: Iterable[Decimal], other: str, tables: Tables, *, base: Decimal | None = None
) -> Fee | None:
    """JI art.201: with any claim in money the property standard alone counts, the sums added up; else the other's."""
    claims = tuple(property_claims)
    return fee("property", sum(claims, Decimal(0)), tables) if claims else fee(other, None, tables, base=base)


def injury_fees(damages: Decimal, tables: Tables) -> tuple[Fee, ...]:
    """Life, body, health and traffic cases: some courts take the personality line, some the property line.

    Both are shown unless the court has set its own; label them as an estimate.
    """
    line = tables.court.injury_fee_line
    wanted = ("property", "personality") if line == "both" else (line,)
    return tuple(found for kind in wanted if (found := fee(kind, damages, tables)) is not None)


def must_prepay(claim: str) -> bool:
    """The plaintiff pays in 7 days from the day after the notice (FM art.22); wage claims need not (FM art.20)."""
    return claim not in NOT_PREPAID


def relief_grounds(
    kind: Literal["exempt", "reduce", "defer"], natural_person: bool, tables: Tables
) -> tuple[Relief, ...]:
    """The closed lists of FM arts.45-47; only natural persons can be exempt, a reduction is at least 30 %."""
    return tuple(
        row for row in tables.fees.relief if row.kind == kind and (natural_person or not row.natural_person_only)
    )


def reduced(exact: Decimal, percent: Decimal, tables: Tables) -> Decimal | None:
    """The fee after a reduction; None for a share the Measures do not know (FM art.46: not below 30 %)."""
    if not tables.fees.reduce_least_percent <= percent <= 100:
        return None
    return rounded(exact * (100 - percent) / 100, tables)


_Found = tuple[Decimal, Decimal, str]
_Rule = Callable[[Decimal | None, Decimal | None, Tables], _Found]


def _one(kind: str, amount: Decimal, tables: Tables) -> Decimal:
    found = fee(kind, amount, tables)
    if found is None or not found.exact:
        raise KioskBug(f"the fee of the kind {kind} was asked for a sum that has none")
    return found.least


def _scaled(scale: Callable[[Tables], Scale], times: Callable[[Tables], Decimal] = lambda tables: Decimal(1)) -> _Rule:
    def rule(amount: Decimal | None, base: Decimal | None, tables: Tables) -> _Found:
        found = _by_scale(scale(tables), amount or Decimal(0)) * times(tables)
        return found, found, scale(tables).law

    return rule


def _based(kind: str, scale: Callable[[Tables], Scale] | None = None) -> _Rule:
    """A base amount fixed by the province, and a scale above it."""

    def rule(amount: Decimal | None, base: Decimal | None, tables: Tables) -> _Found:
        least, most, law = _base(kind, base, tables)
        above = _by_scale(scale(tables), amount or Decimal(0)) if scale else Decimal(0)
        return least + above, most + above, law

    return rule


def _by_amount(with_amount: _Rule, without: _Rule) -> _Rule:
    return lambda amount, base, tables: (without if amount is None else with_amount)(amount, base, tables)


def _fixed(kind: str) -> _Rule:
    def rule(amount: Decimal | None, base: Decimal | None, tables: Tables) -> _Found:
        row = next(row for row in tables.fees.fixed if row.kind == kind)
        return row.fee, row.fee, row.law

    return rule


def _bankruptcy(amount: Decimal | None, base: Decimal | None, tables: Tables) -> _Found:
    found = min(_by_scale(tables.fees.property, amount or Decimal(0)) * HALF, tables.fees.bankruptcy_cap)
    return found, found, "FM art.14(6)"


def _payment_order(amount: Decimal | None, base: Decimal | None, tables: Tables) -> _Found:
    found = _by_scale(tables.fees.property, amount or Decimal(0)) / tables.fees.payment_order_parts
    return found, found, "FM art.14(3)"


def _base(kind: str, given: Decimal | None, tables: Tables) -> _Found:
    row: BaseFee = next(row for row in tables.fees.bases if row.kind == kind)
    base = tables.court.base_fees.get(kind) if given is None else given
    if base is None:
        return row.least, row.most, row.law
    if not row.least <= base <= row.most:
        raise KioskBug(f"the base fee of the kind {kind} is outside the range of the Measures")
    return base, base, row.law


def base_fits(kind: str, base: Decimal, tables: Tables) -> bool:
    """Whether a base amount lies in the range of the Measures; kinds without a base take none."""
    return any(row.kind == BASE_OF.get(kind, kind) and row.least <= base <= row.most for row in tables.fees.bases)


def _by_scale(scale: Scale, amount: Decimal) -> Decimal:
    found = scale.flat
    for i, bracket in enumerate(scale.brackets):
        top = scale.brackets[i + 1].above if i + 1 < len(scale.brackets) else amount
        part = min(amount, top) - bracket.above
        if part <= 0:
            break
        found += part * bracket.rate
    return found if scale.cap is None else min(found, scale.cap)


_PROPERTY = _scaled(lambda tables: tables.fees.property)
BASE_OF = {"ip": "ip"}
KINDS: Mapping[str, _Rule] = {
    "property": _PROPERTY,
    "mixed_property_and_nonproperty": _PROPERTY,  # JI art.201
    "divorce": _based("divorce", lambda tables: tables.fees.divorce),
    "personality": _based("personality", lambda tables: tables.fees.personality),
    "other_non_property": _based("other_non_property"),
    "ip": _by_amount(_PROPERTY, _based("ip")),
    "labour": _fixed("labour"),
    "admin": _fixed("admin"),
    "admin_trademark_patent_maritime": _fixed("admin_trademark_patent_maritime"),
    "jurisdiction_objection_failed": _based("jurisdiction_objection_failed"),
    "preservation": _scaled(lambda tables: tables.fees.preservation),
    "enforcement": _by_amount(_scaled(lambda tables: tables.fees.enforcement), _based("enforcement")),
    "payment_order": _payment_order,
    "public_summons": _fixed("public_summons"),
    "arbitration_set_aside": _fixed("arbitration_set_aside"),
    "bankruptcy": _bankruptcy,
    "none": lambda amount, base, tables: (Decimal(0), Decimal(0), "FM art.8"),
}
HALVED = frozenset(
    ("property", "mixed_property_and_nonproperty", "divorce", "personality", "other_non_property", "ip", "labour")
) | {"admin", "admin_trademark_patent_maritime"}
