"""A pack as the desk builds it: its head, its source, what was woven from the source, and the proof that they belong.

`{"pack": …, "proof": "…",` on the first line, the source entries after it, `"woven"` at the end: one JSON object. The
proof is a digest of everything else, with the number of this way of weaving. While it holds, nothing was edited since
the desk checked the pack, and what was woven is taken as it stands. A built pack that was edited is refused: it would
say one thing to people and another to whoever reads its source. One that was woven another way, by an older or newer
desk, is checked again from its source, as any pack that was never built is.

The proof guards against mistakes and torn files. Against somebody who means harm it does nothing, nor need it: a pack
can say no more woven than it can in its source, and whoever may write packs here may write the program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from kiosk.forms.binding import Binding
from kiosk.forms.head import LONGEST_HEAD, Head, head_entries
from kiosk.forms.lists import is_shipped, lists_with
from kiosk.forms.model import Choice, Element, Form, Group, Material, Notice, Place, Repeat
from kiosk.forms.numbers import EXACT
from kiosk.forms.plan import Node, Plan, Reader, Task
from kiosk.forms.problems import PackTrouble, problem
from kiosk.forms.reading import LARGEST_PACK
from kiosk.forms.syntax import PACK_LIMITS
from kiosk.ids import QuestionId
from kiosk.wording import Wording

WEAVING = b"1"  # to be raised whenever the same woven words would come to mean something else
PROOF = b',"proof":"'


class Woven(msgspec.Struct, frozen=True):
    """All of a form that takes time to work out."""

    items: tuple[Element, ...]
    choices: dict[str, tuple[Choice, ...]]
    materials: tuple[Material, ...]
    notices: tuple[Notice, ...]
    places: tuple[tuple[int, str, Place], ...]
    nodes: tuple[Node, ...]
    tasks: tuple[Task, ...]
    readers: dict[int, tuple[Reader, ...]]
    stirred: dict[int, tuple[Reader, ...]]
    under: dict[int, tuple[int, ...]]
    tasks_at: dict[int, tuple[int, ...]]


class Built(Head, frozen=True, kw_only=True):
    woven: Woven
    lists: dict[str, str] = msgspec.field(default_factory=dict)
    paper: dict[str, Any] = msgspec.field(default_factory=dict)


def pack_bytes(pack: Mapping[str, Any], form: Form | None = None) -> bytes:
    """The pack on lines that can be compared; with its form, woven and proven."""
    head = head_entries(pack)
    first = "{" + ",".join(f"{_json(name)}:{_json(value)}" for name, value in head.items())
    lines = [f"{_json(name)}:{_on_lines(value)}" for name, value in pack.items() if name not in head]
    if form is not None:
        lines.append('"woven":{\n' + ",\n".join(_woven_lines(_woven(form))) + "}")
    rest = ("\n" + ",\n".join(lines) + "}\n").encode()
    start = first.encode()
    proof = PROOF + _proof(WEAVING, start, rest) + b'"' if form is not None else b""
    return start + proof + b"," + rest


def _on_lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_json, value)) + "]"
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"{_json(name)}:{_json(inner)}" for name, inner in value.items()) + "}"
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _woven_lines(woven: Woven) -> Iterable[str]:
    encoder = msgspec.json.Encoder(enc_hook=lambda closure: None)
    for name in woven.__struct_fields__:
        value = getattr(woven, name)
        if isinstance(value, tuple):
            yield f'"{name}":[' + ",".join("\n" + encoder.encode(one).decode() for one in value) + "]"
        else:
            yield f'"{name}":' + encoder.encode(value).decode()


def _proof(weaving: bytes, first_line: bytes, rest: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(weaving + b" " + first_line)
    digest.update(rest)
    return weaving + b" " + digest.hexdigest().encode()


def read_built(data: bytes) -> Built | None:
    """What the desk built; None of a pack that it did not build, or built otherwise. Edited, it is a `PackTrouble`."""
    if len(data) > LARGEST_PACK:
        return None  # told by whoever reads it
    end = max(data.find(b"\n", 0, LONGEST_HEAD), 0)
    first_line, mark, proof = data[:end].rpartition(PROOF)
    if not mark:
        return None
    weaving = proof.partition(b" ")[0]
    if proof != _proof(weaving, first_line, memoryview(data)[end:]) + b'",':
        raise PackTrouble([problem("proof", "edited")])
    if weaving != WEAVING:
        return None
    try:
        return _decoder().decode(data)
    except (msgspec.MsgspecError, RecursionError):
        raise PackTrouble([problem("woven", "edited")]) from None


@cache
def _decoder() -> msgspec.json.Decoder[Built]:
    return msgspec.json.Decoder(Built)


def _woven(form: Form) -> Woven:
    plan = form.plan
    return Woven(
        items=form.items,
        choices=dict(form.lists.own),
        materials=form.materials,
        notices=form.notices,
        places=tuple((here, name, place) for (here, name), place in form.places.items()),
        nodes=plan.nodes,
        tasks=plan.tasks,
        readers=dict(plan.readers),
        stirred=dict(plan.stirred),
        under=dict(plan.under),
        tasks_at=dict(plan.tasks_at),
    )


def form_of(built: Built, tables: Any, wording: Wording | None) -> Form | None:
    """The form as it was woven; None where a table it needs is not shipped, which is told by whoever checks it."""
    if not all(is_shipped(table, tables) for table in built.lists.values()):
        return None
    woven = built.woven
    elements: dict[QuestionId, Element] = {}
    at: dict[int, Element] = {}
    _note(woven.items, elements, at)
    return Form(
        pack=built.pack,
        version=built.version,
        languages=built.languages,
        title=built.title,
        stages=built.stages,
        items=woven.items,
        plan=_plan(woven),
        elements=elements,
        at=at,
        lists=lists_with(woven.choices, built.lists, built.languages, tables),
        places={(here, name): place for here, name, place in woven.places},
        materials=woven.materials,
        notices=woven.notices,
        cause=built.cause,
        valid_from=built.valid_from,
        valid_to=built.valid_to,
        legal_basis=built.legal_basis,
        wording_state=built.wording_state,
        retain=built.retain,
        fee_rule=built.fee_rule,
        paper=built.paper,
        proven=True,
        tables=tables,
        wording=wording,
    )


def _note(items: tuple[Element, ...], elements: dict[QuestionId, Element], at: dict[int, Element]) -> None:
    for item in items:
        if isinstance(item, Group | Repeat):
            _note(item.items, elements, at)
        elements[item.id] = at[item.index] = item


def _plan(woven: Woven) -> Plan:
    binding = cache(lambda: Binding(woven.nodes, EXACT, PACK_LIMITS, []))
    return Plan(
        nodes=woven.nodes,
        tasks=woven.tasks,
        readers=woven.readers,
        stirred=woven.stirred,
        under=woven.under,
        tasks_at=woven.tasks_at,
        arithmetic=EXACT,
        limits=PACK_LIMITS,
        by_path={node.path: node.index for node in woven.nodes},
        compile=lambda code: binding().compile(code),
    )
