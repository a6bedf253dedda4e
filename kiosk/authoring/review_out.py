"""A pack as a workbook for lawyers and reviewers, with nothing lost on the way.

Every text cell is written as text: nothing in it is ever a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kiosk.authoring.findings import At, AuthoringTrouble, finding
from kiosk.authoring.review_sheets import (
    CHOICE,
    FORMAT,
    ITEM_ORDER,
    ITEM_WORDS,
    MATERIAL,
    NOTICE,
    TOP_LISTS,
    TOP_TEXTS,
    TYPES,
    WHAT,
    header_of,
    to_cell,
)

LONGEST = 32_000  # characters a cell holds
Line = dict[str, Any]
WIDTHS = {"label": 32, "hint": 30, "help": 36, "body": 40, "value": 46, "path": 46}


def workbook_of(pack: Mapping[str, Any]) -> bytes:
    """The .xlsx of a compiled pack."""
    languages = [str(one) for one in pack.get("languages", ["zh"])]
    book = Workbook(write_only=True)
    _sheet(book, "survey", ["type", "name"], _survey(pack.get("form", [])), languages)
    choices = [
        {"list_name": name, **_entries(choice, ("code", "label", "example"), CHOICE, {"code": "name"})}
        for name, listed in pack.get("choices", {}).items()
        for choice in listed
    ]
    _sheet(book, "choices", ["list_name", "name"], choices, languages)
    _sheet(book, "settings", ["form_id"], [_settings(pack)], languages)
    tables = [{"list_name": name, "table": table} for name, table in pack.get("lists", {}).items()]
    _sheet(book, "lists", ["list_name", "table"], tables, languages)
    materials = [_entries(one, ("label",), MATERIAL, {}) for one in pack.get("materials", [])]
    _sheet(book, "materials", ["id"], materials, languages)
    _sheet(book, "notices", ["id"], _notices(pack.get("notices", [])), languages)
    _sheet(book, "paper", ["path", "is", "value"], _flat(pack.get("paper", {}), ""), languages)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _settings(pack: Mapping[str, Any]) -> Line:
    line: Line = {"form_id": pack.get("pack", ""), FORMAT: 1, "order": " ".join(pack)}
    for language, text in pack.get("title", {}).items():
        line[header_of("form_title", language)] = text
    for name in TOP_TEXTS:
        if name in pack:
            line[name] = pack[name]
    for name in TOP_LISTS:
        if name in pack:
            line[name] = "\n".join(pack[name])
    return line


def _survey(items: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
    for item in items:
        what = next((word for word in WHAT if word in item and word != "note"), "note")
        kind = str(item.get("kind", "text"))
        types = {
            "group": "begin_group",
            "repeat": "begin_repeat",
            "note": "note",
            "compute": "calculate",
            "ask": TYPES.get(kind, "text"),
        }
        word = types[what]
        if what == "ask" and kind in ("choice", "choices"):
            word = f"select_{'one' if kind == 'choice' else 'multiple'} {item.get('choices', '')}"
        line = {"type": word, "name": item[what]}
        for number, words in enumerate(item.get("body", []), 1):
            line |= {header_of(f"body{number}", language): text for language, text in words.items()}
        rest = {name: value for name, value in item.items() if name not in (what, "items", "body")}
        line |= _entries(rest, ITEM_WORDS, (), {})
        order = [name for name in item if name != what]
        if order != [name for name in ITEM_ORDER if name in item and name != what] or next(iter(item)) != what:
            line["order"] = " ".join(item)
        yield line
        if "items" in item:
            yield from _survey(item["items"])
            yield {"type": f"end_{what}"}


def _entries(
    item: Mapping[str, Any], words: tuple[str, ...], canonical: tuple[str, ...], renamed: Mapping[str, str]
) -> Line:
    """The entries of a mapping as columns; `canonical`: the order that need not be written down."""
    line: Line = {}
    for name, value in item.items():
        if isinstance(value, dict):
            line |= {header_of(name, language): text for language, text in value.items()}
        else:
            line[renamed.get(name, header_of(name))] = value
    if canonical and list(item) != [name for name in canonical if name in item]:
        line["order"] = " ".join(item)
    return line


def _notices(notices: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
    for notice in notices:
        items = notice.get("items", [])
        first = {name: value for name, value in notice.items() if name not in ("items", "spoken")}
        spoken = {one["item"]: one for one in notice.get("spoken", [])}
        line = _entries(first, ("title",), (), {})
        if list(notice) != [name for name in NOTICE if name in notice]:
            line["order"] = " ".join(notice)
        for number, words in enumerate(items):
            aloud = {name: text for name, text in spoken.get(number + 1, {}).items() if name != "item"}
            yield (line if number == 0 else {}) | {
                header_of(entry, language): text
                for entry, said in (("items", words), ("spoken", aloud))
                for language, text in said.items()
            }
        if not items:
            yield line


def _flat(value: Any, path: str) -> Iterator[Line]:
    """A tree as lines of path and value: `/sheets/#0/title`."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(inner, f"{path}/{name.replace('~', '~0').replace('/', '~1').replace('#', '~2')}")
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{path}/#{number}")
    elif isinstance(value, dict | list):
        if path:
            yield {"path": path, "is": "mapping" if isinstance(value, dict) else "list"}
    else:
        yield {"path": path, "value": value}


def _sheet(book: Workbook, name: str, first: list[str], lines: Iterable[Line], languages: list[str]) -> None:
    rows = list(lines)
    headers = list(dict.fromkeys([*first, *sorted(_all(rows), key=lambda header: _rank(header, languages))]))
    sheet = book.create_sheet(name)
    sheet.freeze_panes = get_column_letter(len(first) + 1) + "2"
    for at, header in enumerate(headers, 1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(
            header.partition("::")[0].rstrip("0123456789"), 18
        )
        sheet.column_dimensions[get_column_letter(at)].hidden = header == "order"
    sheet.append([_cell(sheet, header, bold=True) for header in headers])
    for number, row in enumerate(rows, 2):
        for header, value in row.items():
            if isinstance(value, str) and (len(value) > LONGEST or ILLEGAL_CHARACTERS_RE.search(value)):
                raise AuthoringTrouble([finding(At(sheet=name, row=number, header=header), "not_for_a_cell")])
        sheet.append([_cell(sheet, to_cell(row[header])) if header in row else None for header in headers])


def _all(rows: list[Line]) -> dict[str, None]:
    return dict.fromkeys(header for row in rows for header in row)


def _rank(header: str, languages: list[str]) -> tuple[int, str, int]:
    entry, _, language = header.partition("::")
    entry = {"calculation": "value", "repeat_count": "count", "constraint_message": "message", "comment": "note"}.get(
        entry, entry
    )
    body = entry.startswith("body")
    known = ITEM_ORDER.index("body" if body else entry) if body or entry in ITEM_ORDER else len(ITEM_ORDER)
    last = 1000 if entry == "order" else known
    return last, entry.rjust(8) if body else "", languages.index(language) if language in languages else -1


def _cell(sheet: Any, value: Any, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins with an equals sign
        cell.quotePrefix = value.startswith("=")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
