"""The lists of choices a pack writes itself or takes from the shipped tables."""

from __future__ import annotations

from typing import Any

from kiosk.forms.model import Choice
from kiosk.forms.reading import Reading
from kiosk.forms.world import Item


def read_lists(top: Reading, languages: tuple[str, ...], tables: Any) -> dict[str, tuple[Choice, ...]]:
    """Every list by its name; what is wrong goes to the problems of `top`."""
    lists: dict[str, tuple[Choice, ...]] = {}
    for name, rows in top.mapping("choices").items():
        if not isinstance(rows, list):
            top.complain(f"choices/{name}", "wrong_type", name=name, wanted="a list", wanted_zh="列表")
            continue
        lists[name] = tuple(_choice(top, row, f"choices/{name}/{at}", languages) for at, row in enumerate(rows))
        codes = [choice.code for choice in lists[name]]
        for code in {code for code in codes if codes.count(code) > 1}:
            top.complain(f"choices/{name}", "twice", name=code)
    for name, table in top.mapping("lists").items():
        rows = tables.lists.get(table) if tables is not None else ()
        if rows is None:
            top.complain(f"lists/{name}", "unknown_list", name=str(table))
            continue
        lists[name] = tuple(
            Choice(row.code, {lang: str(getattr(row, lang, "") or row.zh) for lang in languages}, {}, _columns(row))
            for row in rows
        )
    return lists


def _choice(top: Reading, raw: Any, place: str, languages: tuple[str, ...]) -> Choice:
    reading = Reading(raw, place, top.problems)
    code = reading.needed("code")
    if " " in code:
        reading.complain("code", "bad_name", name=code[:40])
    columns = {name: str(value) for name, value in reading.raw.items() if name not in ("code", "label", "example")}
    label = reading.words("label", languages, needed=True)
    return Choice(code, label, reading.words("example", languages), columns)


def item_of(choice: Choice) -> Item:
    """A choice as a choice filter reads it: `code`, `name`, `label` and the columns of its list."""
    item = Item("item")
    columns = {"code": choice.code, "name": choice.code, "label": next(iter(choice.label.values()), "")}
    item.children = [Item(name, text, parent=item) for name, text in (columns | dict(choice.columns)).items()]
    return item


def _columns(row: Any) -> dict[str, str]:
    return {"parent": row.parent} if getattr(row, "parent", "") else {}
