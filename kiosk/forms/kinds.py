"""The kinds of answer a question may take, and what each kind means to an expression."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    TEXT = "text"
    LONGTEXT = "longtext"
    NAME = "name"
    INT = "int"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    ADDRESS = "address"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    POSTCODE = "postcode"
    ID_NUMBER = "id_number"
    USCC = "uscc"
    CASE_NO = "case_no"
    BANK_CARD = "bank_card"
    FILE = "file"
    SIGNATURE = "signature"
    NOTE = "note"
    BOOLEAN = "boolean"  # only in imported XForms: true / false
    GEOPOINT = "geopoint"  # only in imported XForms
    GEOLINE = "geoline"  # only in imported XForms: a trace or a shape
    TRIGGER = "trigger"  # only in imported XForms: OK


NUMBERS = frozenset({Kind.INT, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT})
MOMENTS = frozenset({Kind.DATE, Kind.DATETIME})
CHOICE_KINDS = frozenset({Kind.CHOICE, Kind.CHOICES})
PACK_KINDS = frozenset(Kind) - {Kind.NOTE, Kind.BOOLEAN, Kind.GEOPOINT, Kind.GEOLINE, Kind.TRIGGER, Kind.TIME}

KEYS = {
    Kind.NAME: "name",
    Kind.INT: "digits",
    Kind.DECIMAL: "digits",
    Kind.MONEY: "digits",
    Kind.PERCENT: "digits",
    Kind.DATE: "digits",
    Kind.DATETIME: "digits",
    Kind.PHONE: "digits",
    Kind.MOBILE: "digits",
    Kind.POSTCODE: "digits",
    Kind.BANK_CARD: "digits",
    Kind.ID_NUMBER: "digits",
    Kind.USCC: "latin",
    Kind.EMAIL: "latin",
    Kind.YES_NO: "none",
    Kind.CHOICE: "none",
    Kind.CHOICES: "none",
    Kind.SIGNATURE: "none",
    Kind.FILE: "none",
}


def keys_for(kind: Kind) -> str:
    """The tab of the input panel that opens first for this kind."""
    return KEYS.get(kind, "writing")
