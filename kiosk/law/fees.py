"""Court fees by the Measures on Payment of Litigation Fees. Every answer is an estimate; the court decides.

A base amount that a province fixes is handed in and must lie inside the range of the Measures.
"""

from __future__ import annotations

from decimal import Decimal

from kiosk.errors import KioskBug
from kiosk.law.money import to_fen
from kiosk.law.tables import BaseFee, Scale, Tables


def property_fee(amount: Decimal, tables: Tables) -> Decimal:
    """The case acceptance fee of a property case; nothing claimed costs the flat amount."""
    return to_fen(_by_scale(tables.fees.property, amount))


def halved(fee: Decimal) -> Decimal:
    """Mediation, withdrawal, summary procedure, merged counter-claim: half, and only once (JI art.206)."""
    return to_fen(fee / 2)


def divorce_fee(property_divided: Decimal, base: Decimal, tables: Tables) -> Decimal:
    return to_fen(_base("divorce", base, tables) + _by_scale(tables.fees.divorce, property_divided))


def personality_fee(damages: Decimal, base: Decimal, tables: Tables) -> Decimal:
    return to_fen(_base("personality", base, tables) + _by_scale(tables.fees.personality, damages))


def base_fee(kind: str, base: Decimal, tables: Tables) -> Decimal:
    """A fee that is its base alone: other non-property cases, a failed objection to jurisdiction."""
    return to_fen(_base(kind, base, tables))


def fixed_fee(kind: str, tables: Tables) -> Decimal:
    for row in tables.fees.fixed:
        if row.kind == kind:
            return to_fen(row.fee)
    raise KioskBug(f"no fixed fee of the kind {kind}")


def preservation_fee(amount: Decimal, tables: Tables) -> Decimal:
    return to_fen(_by_scale(tables.fees.preservation, amount))


def enforcement_fee(amount: Decimal, tables: Tables) -> Decimal:
    """Paid after enforcement, never in advance."""
    return to_fen(_by_scale(tables.fees.enforcement, amount))


def payment_order_fee(amount: Decimal, tables: Tables) -> Decimal:
    return to_fen(_by_scale(tables.fees.property, amount) / tables.fees.payment_order_parts)


def bankruptcy_fee(estate: Decimal, tables: Tables) -> Decimal:
    return to_fen(min(_by_scale(tables.fees.property, estate) / 2, tables.fees.bankruptcy_cap))


def _base(kind: str, base: Decimal, tables: Tables) -> Decimal:
    row = next((row for row in tables.fees.bases if row.kind == kind), None)
    if row is None or not _within(row, base):
        raise KioskBug(f"no base fee of the kind {kind} in the range of the Measures")
    return base


def _within(row: BaseFee, base: Decimal) -> bool:
    return row.least <= base <= row.most


def _by_scale(scale: Scale, amount: Decimal) -> Decimal:
    fee = scale.flat
    for i, bracket in enumerate(scale.brackets):
        top = scale.brackets[i + 1].above if i + 1 < len(scale.brackets) else amount
        part = min(amount, top) - bracket.above
        if part <= 0:
            break
        fee += part * bracket.rate
    return fee if scale.cap is None else min(fee, scale.cap)
