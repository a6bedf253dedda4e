"""Where a private-lending suit may go (CPL arts.22, 24, 35, 127; private-lending rules art.3; 法发〔2021〕27号).

The answer is advice with its law: candidate places, the level, a redirect. It never blocks; a wrong court tells or
transfers (JI art.211).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Level(StrEnum):
    BASIC = "basic"
    INTERMEDIATE = "intermediate"


class Why(StrEnum):
    DEFENDANT = "defendant"  # 被告住所地
    RECEIVER = "receiver"  # 接受货币一方所在地
    AGREED = "agreed"  # 约定的法院
    AGREED_PERFORMANCE = "agreed_performance"  # 约定的履行地


@dataclass(frozen=True, slots=True)
class Place:
    region: str = field(repr=False)  # six digits
    why: Why
    law: str


@dataclass(frozen=True, slots=True)
class Advice:
    places: tuple[Place, ...]
    level: Level
    arbitration: bool  # a valid clause sends the dispute to the arbitration body (CPL art.127(2))


BOTH_SIDES_LINE = Decimal(500_000_000)
ONE_SIDE_LINE = Decimal(100_000_000)


def private_lending(
    *,
    court_province: str,
    plaintiffs: tuple[str, ...],
    defendants: tuple[str, ...],
    receiver: str = "",
    agreed_court: str = "",
    agreed_place: str = "",
    arbitration_clause: bool = False,
    amount: Decimal = Decimal(0),
) -> Advice:
    """Regions are six-digit codes; habitual residence has already taken the place of domicile where it differs.

    `receiver` is where the party asking for money lives: the lender who sues. An agreed court leaves only itself.
    """
    level = level_for(court_province, plaintiffs, defendants, amount)
    if agreed_court:
        return Advice((Place(agreed_court, Why.AGREED, "CPL art.35"),), level, arbitration_clause)
    places = [Place(region, Why.DEFENDANT, "CPL art.24") for region in defendants if region]
    if agreed_place:
        places.append(Place(agreed_place, Why.AGREED_PERFORMANCE, "CPL art.24"))
    elif receiver:
        places.append(Place(receiver, Why.RECEIVER, "private-lending rules art.3"))
    once: dict[str, Place] = {}
    for place in places:
        once.setdefault(place.region, place)
    return Advice(tuple(once.values()), level, arbitration_clause)


def level_for(court_province: str, plaintiffs: tuple[str, ...], defendants: tuple[str, ...], amount: Decimal) -> Level:
    """500 million where all or none live in the province, 100 million where exactly one side is outside."""
    inside = [all(region[:2] == court_province[:2] for region in side if region) for side in (plaintiffs, defendants)]
    line = BOTH_SIDES_LINE if inside[0] == inside[1] else ONE_SIDE_LINE
    return Level.INTERMEDIATE if amount >= line else Level.BASIC


def fits(court_region: str, advice: Advice) -> bool:
    """True when a candidate place lies in the court's district (same four or six digits)."""
    return any(place.region == court_region or place.region[:4] == court_region.rstrip("0") for place in advice.places)
