"""Lists of choices shared by packs: a pack overlays single choices, and calculates from a list's columns.

    choices:
      others_involved: {third_party: null, agent: {label: {zh: …, en: …}}}    # the shared list, with these changes

    - compute: purpose
      kind: text
      value_by: {list: evidence_kind, of: ../kind, column: proves, else: {other: ../purpose_said}}

A column that only such calculations read is not carried into the compiled pack; neither is a shared list nobody uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.forms.blocks import Item, Marked, copy_of, overlay
from kiosk.forms.problems import Problem, problem


def merged(shared: Any, own: Any, problems: list[Problem]) -> Item:
    """The shared lists with the pack's own: a list replaces, a mapping changes single choices."""
    made = copy_of(shared) if isinstance(shared, Marked) else Item()
    if not isinstance(shared, Marked):
        made.file, made.line, made.lines, made.files = getattr(own, "file", ""), getattr(own, "line", 1), {}, {}
    for name, choices in own.items() if isinstance(own, Marked) else ():
        value = choices
        if isinstance(choices, Marked) and isinstance(made.get(name), list):
            value = _changed(made[name], choices, problems)
        overlay(made, {name: value}, own)
    return made


def _changed(shared: list[Any], own: Marked, problems: list[Problem]) -> list[Any]:
    kept: list[Any] = []
    for choice in shared:
        code: Any = choice.get("code") if isinstance(choice, Marked) else None
        if code not in own:
            kept.append(choice)
        elif isinstance(own[code], Marked):
            changed = copy_of(choice)
            overlay(changed, own[code], own[code])
            kept.append(changed)
    codes = {choice.get("code") for choice in shared if isinstance(choice, dict)}
    for code in own.keys() - codes:
        place = f"{own.file}:{own.lines.get(code, own.line)}"
        problems.append(problem(place, "unknown_in_block", name=str(code)[:40]))
    return kept


def used_only(lists: Marked, own: Any, form: list[Any]) -> None:
    """Shared lists that no question of the pack names are left behind; a pack's own stay, and are told by the loader."""
    used = {str(item["choices"]) for item in _items(form) if "choices" in item}
    for name in [name for name in lists if name not in used and name not in (own or {})]:
        del lists[name]


def calculated(form: list[Any], choices: Marked, problems: list[Problem]) -> None:
    """Write out every `value_by` and take its columns away."""
    read: set[tuple[str, str]] = set()
    for item in _items(form):
        by = item.pop("value_by", None)
        if by is None:
            continue
        place = f"{item.file}:{item.lines.get('value_by', item.line)}"
        name, column = (str(by.get(entry, "")) for entry in ("list", "column")) if isinstance(by, dict) else ("", "")
        if not isinstance(choices.get(name), list) or not by.get("of"):
            problems.append(problem(place, "unknown_list", name=name[:40]))
            continue
        item["value"] = _expression(choices[name], str(by["of"]), column, by.get("else") or {})
        item.lines["value"] = item.lines.get("value_by", item.line)
        read.add((name, column))
    for name, column in read:
        choices[name] = [_without(choice, column) for choice in choices[name]]


def _expression(rows: list[Any], of: str, column: str, special: dict[str, Any]) -> str:
    codes: dict[str, list[str]] = {str(value): [str(code)] for code, value in special.items()}
    for row in rows:
        text = str(row.get(column, "") if isinstance(row, dict) else "")
        if text and row.get("code") not in special:
            codes.setdefault(f'"{text}"' if "'" in text else f"'{text}'", []).append(str(row.get("code")))
    written = "''"
    for value, named in reversed(codes.items()):
        test = " or ".join(f"{of} = '{code}'" for code in named)
        written = f"if({test}, {value}, {written})"
    return written


def _without(choice: Any, column: str) -> Any:
    if not isinstance(choice, Marked) or column not in choice:
        return choice
    made = copy_of(choice)
    del made[column]
    return made


def _items(items: list[Any]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Item):
            yield item
            yield from _items(item.get("items") or [])
