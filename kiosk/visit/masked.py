"""Numbers that stand masked as soon as their field is left, and how each is masked."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.forms import Kind
from kiosk.interview import AskView
from kiosk.law.masks import mask_bank_card, mask_id, mask_phone
from kiosk.visit import pages as p
from kiosk.visit.visit import Visit

MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.ID_NUMBER: mask_id,
    Kind.PHONE: mask_phone,
    Kind.MOBILE: mask_phone,
    Kind.BANK_CARD: mask_bank_card,
}


def is_masked(visit: Visit, view: AskView) -> bool:
    """Said before, not objected to, and nobody asked to change it."""
    return view.kind in MASKS and bool(view.value) and not visit.entry.opened and not visit.objection


def masked_page(visit: Visit, view: AskView, frame: p.Frame, heading: p.Heading) -> p.MaskedPage:
    row = p.Row(view.paper or view.label, (view.value,), str(visit.at), masked=(MASKS[view.kind](view.value),))
    return p.MaskedPage(frame, heading, row)
