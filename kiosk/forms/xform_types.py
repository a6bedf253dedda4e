"""The data types of XForms as kinds, and what kind of value a calculation gives."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.forms.kinds import Kind
from kiosk.forms.syntax import Call, Chain, Negation, Numeral, Path, Tree

TYPES = {
    "": Kind.TEXT,
    "string": Kind.TEXT,
    "text": Kind.TEXT,
    "note": Kind.TEXT,
    "int": Kind.INT,
    "integer": Kind.INT,
    "long": Kind.INT,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "dateTime": Kind.DATETIME,
    "time": Kind.TIME,
    "boolean": Kind.BOOLEAN,
    "select": Kind.CHOICES,
    "odk:rank": Kind.CHOICES,
    "rank": Kind.CHOICES,
    "select1": Kind.CHOICE,
    "geopoint": Kind.GEOPOINT,
    "geotrace": Kind.GEOLINE,
    "geoshape": Kind.GEOLINE,
    "barcode": Kind.TEXT,
    "binary": Kind.FILE,
    "intent": Kind.TEXT,
    "base64Binary": Kind.FILE,
    "anyURI": Kind.TEXT,
}
SUMS = {"+", "-", "*", "div", "mod"}
TRUTHS = (
    "true false boolean not boolean-from-string selected is-selected regex contains starts-with ends-with "
    "checklist weighted-checklist geofence"
)
NUMBERS = (
    "number int round abs pow sqrt exp exp10 log log10 sin cos tan asin acos atan atan2 pi sum max min count "
    "count-non-empty position random area string-length count-selected decimal-date-time decimal-time distance "
    "enclosed-area"
)
GIVES = {
    **dict.fromkeys(TRUTHS.split(), Kind.BOOLEAN),
    **dict.fromkeys(NUMBERS.split(), Kind.DECIMAL),
    **dict.fromkeys(("today", "now", "date", "date-time"), Kind.DATETIME),
}
CARRIED = (Kind.INT, Kind.DECIMAL, Kind.BOOLEAN)


def given(tree: Tree, kind_along: Callable[[str, str], Kind], around: str) -> Kind | None:
    """The kind of value an expression gives, where its form alone tells it."""
    match tree:
        case Chain(_, ((operator, _), *_)):
            return Kind.DECIMAL if operator in SUMS else None if operator == "|" else Kind.BOOLEAN
        case Numeral() | Negation():
            return Kind.DECIMAL
        case Call("if", (_, yes, no)):
            first = given(yes, kind_along, around)
            return first if first is given(no, kind_along, around) else None
        case Call("once", (inner,)):
            return given(inner, kind_along, around)
        case Call(name):
            return GIVES.get(name)
        case Path(start, steps) if start in ("root", "here") and not any(step.predicates for step in steps):
            words = {"parent": "..", "self": "."}
            path = "/".join(words.get(step.axis, step.test) for step in steps)
            kind = kind_along(("/" if start == "root" else "") + path, around)
            return kind if kind in CARRIED else None
    return None
