"""Places by name: `/data/plaintiff[1]/person/name` and the pair of node and instance it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.errors import KioskBug
from kiosk.forms.plan import Instance, Key, Plan, Shape
from kiosk.ids import QuestionId, Ref

SEGMENT = re.compile(r"([^/\[\]]+)(?:\[(\d{1,4})\])?")
Rows = Mapping[Key, tuple[int, ...]]


def find(plan: Plan, rows: Rows, ref: str, list_too: bool = False) -> Key | None:
    """The place of a ref; a missing position means the first. With `list_too` a repeat without position is its list."""
    plain = plan.by_path.get(ref)
    if plain is not None and not plan.nodes[plain].repeats:
        return (plain, ())
    instance: Instance = ()
    index, path = -1, ""
    segments = [segment for segment in ref.split("/") if segment]
    for number, segment in enumerate(segments):
        match = SEGMENT.fullmatch(segment)
        path = f"{path}/{match[1]}" if match else ""
        if match is None or path not in plan.by_path:
            return None
        index = plan.by_path[path]
        last = number == len(segments) - 1
        if plan.nodes[index].shape is not Shape.REPEAT:
            if match[2] not in (None, "1"):
                return None
        elif not (last and list_too and match[2] is None):
            here = rows.get((index, instance), ())
            position = int(match[2] or 1)
            if not 1 <= position <= len(here):
                return None
            instance = (*instance, here[position - 1])
    return (index, instance) if index >= 0 else None


def key_of(plan: Plan, rows: Rows, ref: str, list_too: bool = False) -> Key:
    key = find(plan, rows, ref, list_too)
    if key is None:
        raise KioskBug("no such place in this interview")
    return key


def ref_of(plan: Plan, rows: Rows, key: Key) -> Ref:
    """The ref of a place; of a repeat with one instance id too few, the ref of its list."""
    index, instance = key
    if not plan.nodes[index].repeats:
        return Ref(plan.nodes[index].path)
    parts: list[str] = []
    while index >= 0:
        node = plan.nodes[index]
        if node.shape is Shape.REPEAT and len(instance) >= node.depth:
            position = rows[index, instance[: node.depth - 1]].index(instance[node.depth - 1]) + 1
            parts.append(f"{node.name}[{position}]")
        else:
            parts.append(node.name)
        index = node.parent
    return Ref("/" + "/".join(reversed(parts)))


def question_id(plan: Plan, index: int) -> QuestionId:
    return QuestionId(plan.nodes[index].path.partition("/data/")[2])
