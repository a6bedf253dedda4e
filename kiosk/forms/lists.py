"""The lists of choices a pack writes itself or takes from the shipped tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from kiosk.forms.model import Choice, Lists
from kiosk.forms.reading import Reading


def read_lists(top: Reading, languages: tuple[str, ...], tables: Any) -> Lists:
    """Every list by its name; what is wrong goes to the problems of `top`."""
    own: dict[str, tuple[Choice, ...]] = {}
    for name, rows in top.mapping("choices").items():
        if not isinstance(rows, list):
            top.complain(f"choices/{name}", "wrong_type", name=name, wanted="a list", wanted_zh="列表")
            continue
        own[name] = tuple(_choice(top, row, f"choices/{name}/{at}", languages) for at, row in enumerate(rows))
        codes = [choice.code for choice in own[name]]
        for code in {code for code in codes if codes.count(code) > 1}:
            top.complain(f"choices/{name}", "twice", name=code)
    outside = {name: str(table) for name, table in top.mapping("lists").items()}
    for name, table in outside.items():
        if not is_shipped(table, tables):
            top.complain(f"lists/{name}", "unknown_list", name=table)
    return lists_with(own, outside, languages, tables)


def is_shipped(table: str, tables: Any) -> bool:
    return tables is None or table in tables.lists


def lists_with(
    own: Mapping[str, tuple[Choice, ...]], outside: Mapping[str, str], languages: tuple[str, ...], tables: Any
) -> Lists:
    """A pack's own lists, and those it takes from tables by their name there; without tables they are empty."""
    rows = tables.lists if tables is not None else {}
    return Lists(own, {name: partial(_of_rows, rows.get(table, ()), languages) for name, table in outside.items()})


def _of_rows(rows: Sequence[Any], languages: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(row.code, {lang: str(getattr(row, lang, "") or row.zh) for lang in languages}, {}, _columns(row))
        for row in rows
    )


def _choice(top: Reading, raw: Any, place: str, languages: tuple[str, ...]) -> Choice:
    reading = Reading(raw, place, top.problems)
    code = reading.needed("code")
    if " " in code:
        reading.complain("code", "bad_name", name=code[:40])
    columns = {name: str(value) for name, value in reading.raw.items() if name not in ("code", "label", "example")}
    label = reading.words("label", languages, needed=True)
    return Choice(code, label, reading.words("example", languages), columns)


def _columns(row: Any) -> dict[str, str]:
    return {"parent": row.parent} if getattr(row, "parent", "") else {}
