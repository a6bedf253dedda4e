"""One answer as a Chinese court document writes it, and the blank that stands where none was given."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from kiosk.documents.asked import Asked
from kiosk.law import money, regions
from kiosk.law.tables import Tables

BLANKS = {"date": "　　　年　　月　　日", "datetime": "　　　年　　月　　日", "name": "　　　　", "text": "　　　　　"}
NUMBER_BLANK = "　　　　"
_NUMBERS = frozenset({"int", "decimal", "money", "percent"})


def blank(asked: Asked) -> str:
    """The room a person would have filled by hand."""
    return NUMBER_BLANK if asked.kind in _NUMBERS else BLANKS.get(asked.kind, "")


def written(asked: Asked, text: str, tables: Tables) -> str:
    """The stored answer in words; whatever cannot be read as its kind stands as it was stored."""
    labels = dict(asked.choices)
    match asked.kind:
        case "choice" | "yes_no":
            return labels.get(text, text)
        case "choices":
            return "、".join(labels.get(code, code) for code in text.split())
        case "money":
            amount = _decimal(text)
            return text if amount is None else money.format_money(amount)
        case "date" | "datetime":
            return _moment(text)
        case "address":
            return regions.address_text(text, tables)
        case "signature" | "file":
            return ""
        case _:
            return text


def capitals(text: str) -> str:
    """A stored sum in capitals; nothing when there is none to write."""
    amount = _decimal(text)
    return "" if amount is None or not 0 <= amount <= money.LARGEST else f"人民币{money.capitals(money.to_fen(amount))}"


def _decimal(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = f"{moment.year}年{moment.month}月{moment.day}日"
    return day if len(text) <= len("2026-11-23") else f"{day}{moment.hour}时{moment.minute:02d}分"
