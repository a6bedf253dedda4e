"""The gate before a labour suit: arbitration first, and the ways around it (LDMA arts.5-50; Interpretation I art.15).

The answer is a route to tell a person, never a refusal: an unsure case goes to a clerk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kiosk.law.calendar import deadline
from kiosk.law.tables import Tables

SUE_DAYS = 15  # LDMA arts.48, 50
SET_ASIDE_DAYS = 30  # LDMA art.49
ACCEPT_DAYS = 5  # LDMA art.29
DECIDE_DAYS = 45  # LDMA art.43
LONGER_DAYS = 15  # LDMA art.43
FINAL_MONTHS = 12  # LDMA art.47: up to twelve months of the minimum wage


class Arbitration(StrEnum):
    AWARD = "award"
    REFUSED = "refused"
    OVERDUE = "overdue"
    NONE = "none"


class Relation(StrEnum):
    EMPLOYMENT = "employment"
    LABOUR_SERVICE = "labour_service"  # hired by a foreman or a person: an ordinary contract
    PLATFORM = "platform"
    UNSURE = "unsure"


class Route(StrEnum):
    DIRECT = "direct"  # a wage IOU and nothing else: an ordinary civil suit (Interpretation I art.15)
    SERVICE = "service"  # 劳务合同: an ordinary suit, no arbitration
    AFTER_AWARD = "after_award"  # arbitration is done, refused or overdue: sue
    ARBITRATE = "arbitrate"  # to the labour arbitration commission first (LDMA art.5)
    PAYMENT_ORDER = "payment_order"  # a wage mediation agreement was not kept (LDMA art.16)


@dataclass(frozen=True, slots=True)
class Gate:
    route: Route
    law: str
    sue_by: date | None = None  # last day to sue, where a paper started a period
    overdue: bool = False  # that day is over: told, never refused
    set_aside_only: bool = False  # the employer cannot sue against a final award

    @property
    def open(self) -> bool:
        return self.route is not Route.ARBITRATE


def route(
    relation: Relation,
    arbitration: Arbitration,
    *,
    wage_iou_only: bool = False,
    mediation_agreement: bool = False,
) -> Gate:
    """The way of a wage or labour claim.

    Whoever was hired for a service needs no arbitration. What arbitration has done opens the court. A wage IOU with no
    other labour question goes straight to court; a wage mediation agreement may become a payment order.
    """
    if relation is Relation.LABOUR_SERVICE:
        return Gate(Route.SERVICE, "CPL art.24")
    if arbitration is not Arbitration.NONE:
        return Gate(Route.AFTER_AWARD, "LDMA arts.29, 43, 50")
    if wage_iou_only:
        return Gate(Route.DIRECT, "Interpretation I art.15")
    if mediation_agreement:
        return Gate(Route.PAYMENT_ORDER, "LDMA art.16")
    return Gate(Route.ARBITRATE, "LDMA art.5")


def after_arbitration(
    arbitration: Arbitration,
    received: date | None,
    today: date,
    tables: Tables,
    *,
    final: bool = False,
    employer_sues: bool = False,
) -> Gate:
    """What the outcome of arbitration leaves: 15 days to sue from receipt (LDMA arts.48, 50).

    Against a final award the worker may sue; the employer has only 30 days to ask the intermediate court to set it
    aside (art.49). Refused or overdue arbitration opens the court at once (arts.29, 43).
    """
    if arbitration is Arbitration.NONE:
        return route(Relation.EMPLOYMENT, arbitration)
    if arbitration is Arbitration.OVERDUE:
        return Gate(Route.AFTER_AWARD, "LDMA arts.29, 43")
    set_aside = arbitration is Arbitration.AWARD and final and employer_sues
    days = SET_ASIDE_DAYS if set_aside else SUE_DAYS
    law = "LDMA art.49" if set_aside else "LDMA art.48" if final else "LDMA art.50"
    last = deadline(received, days, "day", tables) if received else None
    return Gate(Route.AFTER_AWARD, law, last, last is not None and today > last, set_aside)


def is_overdue(applied: date, accepted: date | None, today: date, tables: Tables, longer: bool = False) -> bool:
    """No acceptance within 5 days, or no award within 45 (60 when prolonged), opens the court (LDMA arts.29, 43)."""
    if accepted is None:
        return today > deadline(applied, ACCEPT_DAYS, "day", tables)
    return today > deadline(accepted, DECIDE_DAYS + (LONGER_DAYS if longer else 0), "day", tables)


def may_be_final(amount: Decimal, tables: Tables, minimum_wage: Decimal | None = None) -> bool | None:
    """Whether a money award is final by its sum: up to twelve months of the minimum wage (LDMA art.47(1)).

    None while the court has not set its minimum wage."""
    wage = tables.court.minimum_wage_a_month if minimum_wage is None else minimum_wage
    return None if wage is None else amount <= wage * FINAL_MONTHS
