"""Loading a pack that is wrong in many places, so that all of it is told at once.

What the loader complains of is noted, the offending entry is replaced by something harmless, and the pack is loaded
again: a circle, or a branch nobody can reach, comes to light beside a misspelt name. The mended pack is thrown away.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from typing import Any

from kiosk.authoring.entries import Draft, plain
from kiosk.authoring.findings import Finding, of_problem
from kiosk.forms.load import load_form
from kiosk.forms.model import Form
from kiosk.forms.problems import PackTrouble, Problem

ROUNDS = 40
CHOICE_ENTRIES = ("choices", "choice_filter")
WRITTEN_BY_ITSELF = ("value", "relevant", "default", "count")


def load_mended(draft: Draft, tables: Any) -> tuple[Form | None, dict[str, Any], list[Finding]]:
    """The form after mending, the mended pack, and every problem the loader had with the pack as it was written."""
    pack = copy.deepcopy(plain(draft.pack))
    findings: list[Finding] = []
    for number in range(ROUNDS):
        try:
            return load_form(json.dumps(pack, ensure_ascii=False).encode(), tables), pack, findings
        except PackTrouble as trouble:
            told = trouble.problems if number == 0 else [one for one in trouble.problems if one.key == "circle"]
            findings += [of_problem(one, draft.where(_precise(one, pack))) for one in _first_of_each(told)]
            before = json.dumps(pack)
            for one in trouble.problems:
                _mend(pack, one)
            if json.dumps(pack) == before:
                return None, pack, findings
    return None, pack, findings


def _first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """One problem a place and kind: a sentence in two languages is wrong once."""
    seen: set[tuple[str, str, str]] = set()
    found = []
    for one in problems:
        if (one.place, one.key, one.en) not in seen:
            seen.add((one.place, one.key, one.en))
            found.append(one)
    return found


def _precise(one: Problem, pack: dict[str, Any]) -> str:
    """A circle is told at the expression that closes it."""
    holder, last = _reach(pack, one.place)
    item = holder[last] if one.key == "circle" and _has(holder, last) else None
    written = next((name for name in WRITTEN_BY_ITSELF if isinstance(item, dict) and name in item), "")
    return f"{one.place}/{written}" if written else one.place


def _mend(pack: dict[str, Any], one: Problem) -> None:
    holder, last = _reach(pack, one.place)
    if holder is None:
        return
    inside = holder[last] if _has(holder, last) else None
    match one.key:
        case "circle":
            spoilt: dict[str, Any] = inside if isinstance(inside, dict) else {}
            for name in WRITTEN_BY_ITSELF:
                if name in spoilt:
                    _take(spoilt, name)
        case "missing" | "no_purpose":
            _complete(inside if isinstance(inside, dict) else holder, pack.get("languages", ["zh"]))
        case "unknown_list" | "unknown_kind" if isinstance(holder, dict):
            for name in CHOICE_ENTRIES:
                holder.pop(name, None)
            if last in ("kind", "choices"):
                holder["kind"] = "text"
            else:
                holder.pop(last, None)
        case "language_missing" if isinstance(inside, dict):
            said = next((text for text in inside.values() if text), "-")
            inside.update({name: inside.get(name) or said for name in pack.get("languages", [])})
        case "twice" | "bad_name":
            if isinstance(holder, dict) and "code" not in holder and isinstance(holder.get(last), str):
                holder[last] = "mended_" + one.place.replace("/", "_")
            elif isinstance(inside, list):
                holder[last] = list({str(choice.get("code")): choice for choice in inside}.values())
            elif isinstance(holder, dict) and isinstance(holder.get(last), str):
                holder[last] = holder[last].replace(" ", "_")
        case _:
            if _has(holder, last):
                _take(holder, last)


def _take(holder: Any, last: Any) -> None:
    """Take an entry out; a computed value stays, as an empty text, and a sentence loses its places."""
    if last == "value":
        holder[last] = "''"
    elif isinstance(holder[last], dict) and all(isinstance(text, str) for text in holder[last].values()):
        holder[last] = {name: text.replace("${", "{") for name, text in holder[last].items()}
    elif isinstance(holder, dict):
        del holder[last]


def _complete(item: dict[str, Any], languages: list[str]) -> None:
    name = next((str(item[what]) for what in ("ask", "compute", "group", "repeat", "note") if what in item), "-")
    words = dict.fromkeys(languages, name)
    if any(what in item for what in ("ask", "group", "repeat", "note")):
        item.setdefault("label", words)
    if "ask" in item:
        item.setdefault("purpose", "-")
        if item.get("kind") in ("choice", "choices") and "choices" not in item:
            item["kind"] = "text"
    if "compute" in item:
        item.setdefault("value", "''")
    for name_needed in ("id", "version", "pack", "code"):
        if name_needed not in item and not any(what in item for what in ("ask", "group", "repeat", "note", "compute")):
            item.setdefault(name_needed, "-")
            item.setdefault("title" if "items" in item or "form" in item else "label", words)


def _reach(pack: Any, place: str) -> tuple[Any, Any]:
    """The mapping or list that holds the place, and its name or position in it."""
    parts = place.split("/")
    for at, part in enumerate(parts[:-1]):
        part_key: Any = int(part) if isinstance(pack, list) and part.isdigit() else part
        if not _has(pack, part_key):
            return (pack, part_key) if at else (None, None)
        pack = pack[part_key]
    last: Any = int(parts[-1]) if isinstance(pack, list) and parts[-1].isdigit() else parts[-1]
    return (pack, last) if isinstance(pack, dict | list) else (None, None)


def _has(holder: Any, last: Any) -> bool:
    if isinstance(holder, list):
        return isinstance(last, int) and last < len(holder)
    return isinstance(holder, dict) and last in holder
