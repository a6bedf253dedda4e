"""How a pack stands in a workbook for review: which sheets, which columns, how a value fits into a cell."""

from __future__ import annotations

import re

from kiosk.authoring.workbook import Value

FORMAT = "pack_format"
ITEM_WORDS = ("label", "paper", "hint", "help", "example", "required_message", "message", "add", "item")
ITEM_ORDER = (
    *("kind", "choices", "choice_filter", "label", "paper", "row", "hint", "help", "example", "stage", "card"),
    *("relevant", "value", "required", "required_message", "constraint", "message", "default", "readonly", "suggest"),
    *("unknown", "count", "min", "max", "add", "item", "tone", "body", "keys", "appearance"),
    *("class", "purpose", "source", "note", "items"),
)
WHAT = ("group", "repeat", "ask", "compute", "note")
HEADERS = {"value": "calculation", "count": "repeat_count", "message": "constraint_message", "note": "comment"}
ENTRIES = {header: entry for entry, header in HEADERS.items()}
TYPES = {
    "int": "integer",
    "decimal": "decimal",
    "money": "decimal",
    "percent": "decimal",
    "date": "date",
    "datetime": "dateTime",
    "file": "file",
    "signature": "image",
}
TOP_TEXTS = ("version", "cause", "valid_from", "valid_to", "wording", "retain", "fee_rule")
TOP_LISTS = ("languages", "legal_basis", "stages")
MATERIAL = ("id", "label", "original", "copies", "when", "law")
NOTICE = ("id", "version", "moment", "title", "source", "confidence", "items", "spoken", "when")
CHOICE = ("code", "paper", "label", "example")
QUOTES = re.compile(r'"{2,}')
BODY = re.compile(r"body(\d+)")


def to_cell(value: Value) -> Value:
    """Texts that a cell would lose (the empty one) are written as quotation marks."""
    if isinstance(value, str) and (value == "" or QUOTES.fullmatch(value)):
        return '""' if value == "" else value + '"'
    return value


def from_cell(value: Value) -> Value:
    if isinstance(value, str) and QUOTES.fullmatch(value):
        return "" if len(value) == 2 else value[:-1]
    return value


def split_header(header: str) -> tuple[str, str]:
    """`label::zh` → label, zh; the entry's own name instead of the column's."""
    name, _, language = header.partition("::")
    return ENTRIES.get(name, name), language


def header_of(entry: str, language: str = "") -> str:
    name = HEADERS.get(entry, entry)
    return f"{name}::{language}" if language else name
