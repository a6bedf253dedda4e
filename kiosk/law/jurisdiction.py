"""Where a suit may go, from the top of the decision table to the bottom: gate, exclusive, agreed, specific, general.

CPL arts.18-39, JI arts.1-42, 法发〔2021〕27号; the places of each rule stand in `resources/tables/jurisdiction.json`. The
answer is advice with its law. It never blocks: a wrong court tells (before docketing) or transfers (JI art.211), and
of several courts the plaintiff picks one (CPL art.36).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kiosk.law.calendar import add_months
from kiosk.law.shapes import ForumRule
from kiosk.law.tables import Tables

DEFENDANT = "defendant_domicile"
PLAINTIFF = "plaintiff_domicile"
PERFORMANCE = "place_of_performance"
CONNECTED = "connected"


class Level(StrEnum):
    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    MILITARY = "military"
    SPECIAL = "special"  # IP, maritime, foreign: rules of their own, ask a clerk


class Flag(StrEnum):
    """What else is known of a suit. A flag not raised is a no."""

    ARBITRATION_CLAUSE = "arbitration_clause"  # written and valid
    NOT_ARBITRATED = "not_arbitrated"  # a labour dispute the arbitration commission has not seen
    WAGE_IOU = "wage_iou"  # and no other labour question
    FORUM_UNCONNECTED = "forum_unconnected"  # the clause names a place the dispute has nothing to do with
    CONSUMER_CLAUSE = "consumer_clause"  # a standard term nobody pointed out: the consumer may call it invalid
    INSTANT_DEAL = "instant_deal"  # 即时结清
    MONEY_CLAIM = "money_claim"  # what is fought over is a payment
    NEVER_PERFORMED = "never_performed"
    ONLINE = "online"
    DIGITAL = "digital"  # delivered through the network
    BOTH_MILITARY = "both_military"
    SPECIAL_RULES = "special_rules"  # IP, maritime, foreign-related, Hong Kong, Macao, Taiwan
    PERSONAL_STATUS = "personal_status"
    DEFENDANT_AWAY = "defendant_away"  # a spouse more than a year away from the registered home
    BOTH_AWAY = "both_away"
    DEFENDANT_ABROAD = "defendant_abroad"
    DEFENDANT_MISSING = "defendant_missing"
    DEFENDANT_CONFINED = "defendant_confined"  # in prison or under compulsory education


@dataclass(frozen=True, slots=True)
class Suit:
    """Regions are six-digit codes. Under `defendant_domicile` stands the habitual residence where it differs."""

    form: str
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    flags: frozenset[Flag] = frozenset()
    amount: Decimal = Decimal(0)
    court_province: str = ""
    agreed: tuple[str, ...] = field(default=(), repr=False)  # the court area a written clause names


@dataclass(frozen=True, slots=True)
class Place:
    region: str = field(repr=False)
    why: str  # the name of the place: defendant_domicile, receiver_of_money_place …
    law: str


@dataclass(frozen=True, slots=True)
class Advice:
    rule: str  # E1 … N4 of the table
    places: tuple[Place, ...]
    level: Level
    level_rule: str  # L1 … L5
    redirect: str = ""  # A1 to the arbitration institution, A2 to the labour arbitration commission

    @property
    def regions(self) -> tuple[str, ...]:
        return tuple(place.region for place in self.places)


def advise(suit: Suit, tables: Tables) -> Advice:
    """The candidate places, any one of them a right court, or the body to go to first."""
    level, level_rule = level_of(suit, tables)
    gate = _gate(suit)
    if gate:
        return Advice(gate, (), level, level_rule, gate)
    rule = _rule(suit.form, tables)
    if rule.kind == "exclusive":
        return Advice(rule.id, _places(rule.places, suit, rule.law), level, level_rule)
    if suit.agreed and not {Flag.FORUM_UNCONNECTED, Flag.CONSUMER_CLAUSE} & suit.flags and not rule.basic_only:
        chosen = tuple(Place(region, "agreed", "CPL art.35, JI arts.29-34") for region in suit.agreed)
        return Advice("G1", chosen, level, level_rule)
    if rule.basic_only:
        level, level_rule = (Level.BASIC, "L3") if level is Level.INTERMEDIATE else (level, level_rule)
    rule_id, places = _specific(rule, suit)
    return Advice(rule_id, places, level, level_rule)


def level_of(suit: Suit, tables: Tables) -> tuple[Level, str]:
    """500 million where all or none live in the province, 100 million where exactly one side is outside."""
    if Flag.BOTH_MILITARY in suit.flags:
        return Level.MILITARY, "L5"
    if Flag.SPECIAL_RULES in suit.flags:
        return Level.SPECIAL, "L4"
    sides = [suit.places.get(side, ()) for side in (PLAINTIFF, DEFENDANT)]
    inside = [all(region[:2] == suit.court_province[:2] for region in side) for side in sides]
    if inside[0] != inside[1]:
        return (Level.INTERMEDIATE, "L2") if suit.amount >= tables.jurisdiction.one_side_line else (Level.BASIC, "L3")
    return (Level.INTERMEDIATE, "L1") if suit.amount >= tables.jurisdiction.both_sides_line else (Level.BASIC, "L3")


def fits(court_region: str, regions: Iterable[str]) -> bool:
    """True when a candidate place lies in the court's district, or below its city or province."""
    stem = court_region[:2] if court_region.endswith("0000") else court_region.removesuffix("00")
    return bool(stem) and any(region.startswith(stem) for region in regions)


def residence(domicile: str, habitual: str, lived_since: date | None, day: date) -> str:
    """The place that counts for a person: where they have lived a year without a break, else their registered home.

    Stays in hospital do not count as living there (JI art.4): then give no `habitual`.
    """
    if habitual and lived_since is not None and add_months(lived_since, 12) <= day:
        return habitual
    return domicile or habitual


def seat(main_office: str, registered: str) -> str:
    """An organisation is where its main office is; where that is unclear, where it is registered (JI art.3)."""
    return main_office or registered


def _gate(suit: Suit) -> str:
    """CPL art.127(2), JI art.215; LDMA art.5 with the exception of Interpretation I art.15."""
    if Flag.ARBITRATION_CLAUSE in suit.flags and suit.form not in NOT_ARBITRABLE:
        return "A1"
    labour = suit.form == "labour_dispute" or (suit.form == "wage_arrears" and Flag.NOT_ARBITRATED in suit.flags)
    return "A2" if labour and Flag.NOT_ARBITRATED in suit.flags and Flag.WAGE_IOU not in suit.flags else ""


def _rule(form: str, tables: Tables) -> ForumRule:
    for row in tables.jurisdiction.rows:
        if form in row.forms:
            return row
    return tables.jurisdiction.rows[-1]


def _specific(rule: ForumRule, suit: Suit) -> tuple[str, tuple[Place, ...]]:
    if rule.id == "S13":
        return rule.id, _divorce(suit, rule.law)
    if rule.id in ("S2", "S3") and (rule.id == "S3" or Flag.ONLINE in suit.flags):
        return "S3", _online(suit)
    if rule.id in ("S2", "S12"):
        return rule.id, _contract(rule, suit)
    if rule.id == "S1" and suit.places.get(PERFORMANCE):
        return rule.id, _places((DEFENDANT, PERFORMANCE), suit, rule.law)
    if rule.id == "S14" and len(set(suit.places.get(DEFENDANT, ()))) > 1:
        return rule.id, _places((PLAINTIFF, DEFENDANT), suit, rule.law)
    gone = {Flag.DEFENDANT_ABROAD, Flag.DEFENDANT_MISSING} & suit.flags and (
        Flag.PERSONAL_STATUS in suit.flags or suit.form in ("personal_status", "support", "family")
    )
    if rule.kind == "general" or rule.id == "S14":
        if gone or Flag.DEFENDANT_CONFINED in suit.flags:
            return "N3", _places((PLAINTIFF,), suit, "CPL art.23")
        if rule.kind == "general":
            return "N1", _places((DEFENDANT,), suit, rule.law)
    return rule.id, _places(rule.places, suit, rule.law)


def _contract(rule: ForumRule, suit: Suit) -> tuple[Place, ...]:
    """JI art.18: the agreed place of performance; else a money claim at the receiver's, real estate where it lies,
    all else at the performer's; an instant deal where it was made. A contract never performed, with neither side at
    the agreed place, leaves the defendant's domicile alone."""
    agreed = suit.places.get(PERFORMANCE, ())
    if Flag.NEVER_PERFORMED in suit.flags and agreed:
        homes = {*suit.places.get(PLAINTIFF, ()), *suit.places.get(DEFENDANT, ())}
        if not homes & set(agreed):
            return _places((DEFENDANT,), suit, rule.law)
    if agreed:
        return _places((DEFENDANT, PERFORMANCE), suit, rule.law)
    if Flag.INSTANT_DEAL in suit.flags:
        return _places((DEFENDANT, "deal_place"), suit, rule.law)
    for name in ("real_estate_location", "receiver_of_money_place", "performer_place"):
        wanted = name != "receiver_of_money_place" or Flag.MONEY_CLAIM in suit.flags or _only_receiver(suit)
        if wanted and suit.places.get(name):
            return _places((DEFENDANT, name), suit, rule.law)
    return _places((DEFENDANT,), suit, rule.law)


def _only_receiver(suit: Suit) -> bool:
    """Loans and cards are fought over a payment; so is any suit that names a receiver and no performer."""
    return not suit.places.get("performer_place")


def _online(suit: Suit) -> tuple[Place, ...]:
    """JI art.20: an agreed place; delivered by network the buyer's domicile, otherwise where the goods arrived."""
    if suit.places.get(PERFORMANCE):
        return _places((DEFENDANT, PERFORMANCE), suit, "JI art.20")
    arrival = "buyer_domicile" if Flag.DIGITAL in suit.flags else "delivery_place"
    return _places((DEFENDANT, arrival), suit, "JI art.20")


def _divorce(suit: Suit, law: str) -> tuple[Place, ...]:
    """CPL art.23, JI art.12: normally the defendant's; exceptions lead to the plaintiff's."""
    if {Flag.DEFENDANT_ABROAD, Flag.DEFENDANT_MISSING, Flag.DEFENDANT_CONFINED} & suit.flags:
        return _places((PLAINTIFF,), suit, "CPL art.23")
    if Flag.BOTH_AWAY in suit.flags:
        habitual = _places(("defendant_habitual",), suit, law)
        return habitual or _places(("defendant_present",), suit, law) or _places((DEFENDANT,), suit, law)
    names = (PLAINTIFF, DEFENDANT) if Flag.DEFENDANT_AWAY in suit.flags else (DEFENDANT,)
    return _places(names, suit, law)


def _places(names: Iterable[str], suit: Suit, law: str) -> tuple[Place, ...]:
    once: dict[str, Place] = {}
    for name in names:
        for region in suit.places.get(name, ()):
            if region:
                once.setdefault(region, Place(region, name, law))
    return tuple(once.values())


NOT_ARBITRABLE = frozenset(
    ("divorce", "succession", "support", "protection_order", "personal_status", "family", "labour_dispute")
)
