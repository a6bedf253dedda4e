"""A cell as the text an answer is given in: codes for the words of choices, yes and no, days, exact numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from kiosk.bulk.book import Cell, Sort
from kiosk.bulk.columns import plain
from kiosk.forms.kinds import Kind
from kiosk.forms.model import Choice, Form, Question

YES = frozenset(map(plain, ("yes", "y", "true", "1", "是", "有", "对", "√", "☑", "✓")))
NO = frozenset(map(plain, ("no", "n", "false", "0", "否", "无", "不", "没有", "×")))
UNKNOWN = frozenset(map(plain, ("不知道", "不清楚", "记不清", "unknown", "not known", "?")))
BETWEEN = re.compile(r"[;；,，、|\n]+")
NUMBERS = frozenset({Kind.MONEY, Kind.INT, Kind.DECIMAL, Kind.PERCENT})


def text_of(cell: Cell, question: Question, form: Form) -> str | None:
    """The answer's text, or None when it is none of the choices or neither yes nor no."""
    match question.kind:
        case Kind.YES_NO:
            word = plain(cell.text)
            return "yes" if word in YES else "no" if word in NO else None
        case Kind.CHOICE:
            return _code(cell.text, codes(form, question))
        case Kind.CHOICES:
            return _codes(cell.text, codes(form, question))
        case Kind.PERCENT if cell.sort is Sort.SHARE:
            return format((Decimal(cell.text) * 100).normalize(), "f")
        case Kind.DATE if cell.sort is Sort.DAY:
            return cell.text[:10] if cell.text[10:] in ("", "T00:00:00") else cell.text
        case _:
            return cell.text


def is_unknown(cell: Cell, question: Question) -> bool:
    """Whether the cell says that the person does not know, where that is an answer."""
    return question.unknown and plain(cell.text) in UNKNOWN


def codes(form: Form, question: Question) -> Mapping[str, str]:
    """Everything a choice may be called → its code; a name of two choices is none."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for choice in form.lists.get(question.choices, ()):
        for name in {plain(name) for name in names_of(choice)}:
            if found.setdefault(name, choice.code) != choice.code:
                twice.add(name)
    for choice in form.lists.get(question.choices, ()):
        found[plain(choice.code)] = choice.code
        twice.discard(plain(choice.code))
    return {name: code for name, code in found.items() if name not in twice}


def names_of(choice: Choice) -> tuple[str, ...]:
    paper = choice.columns.get("paper", "")
    return (*choice.label.values(), *((paper,) if isinstance(paper, str) and paper else ()))


def _code(text: str, known: Mapping[str, str]) -> str | None:
    return known.get(plain(text))


def _codes(text: str, known: Mapping[str, str]) -> str | None:
    for parts in (BETWEEN.split(text), text.split(), [text]):
        found = [_code(part, known) for part in parts if part.strip()]
        if found and None not in found:
            return " ".join(dict.fromkeys(one for one in found if one is not None))
    return None
