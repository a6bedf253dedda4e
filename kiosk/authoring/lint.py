"""What a form that loads can still be wrong about: branches nobody reaches, answers nobody can give, defaults that
break their own rule, lists nobody uses, words on paper that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from kiosk.authoring.entries import Draft
from kiosk.authoring.findings import Finding, finding
from kiosk.authoring.printed import paper_findings
from kiosk.authoring.truth import Atom, Every, Formula, Truths
from kiosk.authoring.xls_rows import TO_WRITE
from kiosk.forms.binding import SHORT
from kiosk.forms.kinds import CHOICE_KINDS, Kind
from kiosk.forms.model import Form, Question
from kiosk.forms.plan import Property, Shape
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import XFORM_LIMITS, Call, Chain, Literal, Named, Negation, Path, Tree, read
from kiosk.forms.world import Env, World
from kiosk.interview.answers import normalise
from kiosk.law.verdict import Wrong

RULES = ("relevant", "constraint", "required", "readonly", "value", "default", "count", "suggest")
OFF = ("false()", "no")
WHAT = ("group", "repeat", "ask", "compute", "note")


def lint_form(form: Form, pack: Mapping[str, Any], draft: Draft) -> Iterator[Finding]:
    """Every finding about a form that loads, in the order of the pack."""
    places = dict(_places(pack.get("form", []), "form", "/data"))
    indexes = {form.plan.by_path[path]: place for path, place in places.items() if path in form.plan.by_path}
    truths = Truths(form)
    impossible: set[str] = set()
    for one, place in _codes(truths, indexes, pack):
        impossible.add(place)
        yield finding(draft.where(place), "code_unknown", **one)
    yield from _dead(truths, indexes, draft, impossible)
    yield from _filters(form, indexes, pack, draft)
    yield from _defaults(form, indexes, draft)
    yield from _unused_tables(pack, draft)
    if not draft.foreign:
        yield from _duties(form, indexes, pack, draft)
        yield from paper_findings(form, indexes, draft)


def _places(items: list[Any], around: str, path: str) -> Iterator[tuple[str, str]]:
    for at, item in enumerate(items):
        name = next((str(item[what]) for what in WHAT if isinstance(item, dict) and what in item), "")
        if "ask" in item or "compute" in item:
            name = str(item.get("ask", item.get("compute")))
        yield f"{path}/{name}", f"{around}/{at}"
        yield from _places(item.get("items", []), f"{around}/{at}/items", f"{path}/{name}")


def entry_of(pack: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    found: Any = pack
    for part in place.split("/"):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found if isinstance(found, dict) else {}


# branches


def _dead(truths: Truths, indexes: Mapping[int, str], draft: Draft, known: set[str]) -> Iterator[Finding]:
    nodes, dead = truths.nodes, set[int]()
    for index, place in indexes.items():
        if nodes[index].parent in dead:
            dead.add(index)
            continue
        if index not in truths.gates:
            continue
        if not truths.possible(truths.opening(index)):
            dead.add(index)
            off = not draft.foreign and truths.gates[index].strip() in OFF  # switched off on purpose
            if f"{place}/relevant" not in known and not off:
                yield finding(draft.where(f"{place}/relevant"), "never", name=nodes[index].name)
    for index, place in indexes.items():
        element = truths.form.at.get(index)
        if nodes[index].shape is Shape.REPEAT and getattr(element, "most", None) == 0:
            yield finding(draft.where(f"{place}/max"), "never", name=nodes[index].name)
        elif isinstance(element, Question) and element.constraint is not None and index not in dead:
            rule = truths.formula(element.constraint.text, index)
            if f"{place}/constraint" not in known and not truths.possible(_answered(index, rule)):
                yield finding(draft.where(f"{place}/constraint"), "constraint_never", name=nodes[index].name)


def _answered(index: int, rule: Formula) -> Formula:
    return Every((Atom(index, "there!"), rule))


# codes


def _codes(
    truths: Truths, indexes: Mapping[int, str], pack: Mapping[str, Any]
) -> Iterator[tuple[dict[str, str | int], str]]:
    """Comparisons with a code that the list does not have."""
    for index, place in indexes.items():
        item = entry_of(pack, place)
        for name in RULES:
            text = item.get(name)
            if isinstance(text, str):
                for code, asked in _compared(truths, text, index):
                    yield {"code": code[:40], "name": asked}, f"{place}/{name}"
    for part in ("materials", "notices"):
        for at, raw in enumerate(pack.get(part, [])):
            for name in ("when", "copies"):
                if isinstance(raw.get(name), str):
                    for code, asked in _compared(truths, raw[name], 0):
                        yield {"code": code[:40], "name": asked}, f"{part}/{at}/{name}"


def _compared(truths: Truths, text: str, here: int) -> Iterator[tuple[str, str]]:
    try:
        tree = read(SHORT.get(text.strip(), text), XFORM_LIMITS)
    except ExpressionProblem:
        return
    for one in _trees(tree):
        match one:
            case Chain(first, ((("=" | "!="), second),)):
                pairs = [(first, second), (second, first)]
            case Call("selected", (first, second)):
                pairs = [(first, second)]
            case _:
                continue
        for asked, said in pairs:
            if isinstance(said, Literal) and said.text and isinstance(asked, Named | Path):
                index = truths.named(asked, here)
                codes = truths.codes(index) if index >= 0 else None
                if codes is not None and not set(said.text.split()) <= set(codes):
                    yield said.text, truths.nodes[index].name


def _trees(tree: Tree) -> Iterator[Tree]:
    """Every part outside predicates: inside one, names mean something else."""
    yield tree
    match tree:
        case Chain(first, rest):
            for part in (first, *(one for _, one in rest)):
                yield from _trees(part)
        case Call(_, arguments):
            for part in arguments:
                yield from _trees(part)
        case Negation(inner):
            yield from _trees(inner)


# lists


def _filters(form: Form, indexes: Mapping[int, str], pack: Mapping[str, Any], draft: Draft) -> Iterator[Finding]:
    """A choice filter may only ask for columns its list has."""
    for index, place in indexes.items():
        text, element = entry_of(pack, place).get("choice_filter"), form.at.get(index)
        if not text or not isinstance(element, Question):
            continue
        columns = {"code", "name", "label"}.union(*(choice.columns for choice in form.lists.get(element.choices, ())))
        for tree in _trees(read(SHORT.get(text.strip(), text), XFORM_LIMITS)):
            if isinstance(tree, Path) and tree.start == "here" and len(tree.steps) == 1:
                step = tree.steps[0]
                if step.axis == "child" and step.test not in columns:
                    at = draft.where(f"{place}/choice_filter")
                    yield finding(at, "no_such_column", name=step.test[:40], list=element.choices)


def _unused_tables(pack: Mapping[str, Any], draft: Draft) -> Iterator[Finding]:
    used = set(_used(pack.get("form", [])))
    for name in pack.get("lists", {}):
        if name not in used:
            yield finding(draft.where(f"lists/{name}"), "table_unused", name=name)


def _used(items: list[Any]) -> Iterator[str]:
    for item in items:
        yield str(item.get("choices", ""))
        yield from _used(item.get("items", []))


# defaults


def _defaults(form: Form, indexes: Mapping[int, str], draft: Draft) -> Iterator[Finding]:
    """A default that reads no other answer must be of its question's kind and meet its own constraint."""
    codes = {task.index: task.code for task in form.plan.tasks if task.property is Property.DEFAULT}
    now = datetime(2026, 1, 5, 9, tzinfo=UTC)  # any working day: a default that reads the clock is not a constant
    for index, code in codes.items():
        element = form.at.get(index)
        if code.uses or not isinstance(element, Question) or index not in indexes:
            continue
        at = draft.where(f"{indexes[index]}/default")
        instance = (0,) * form.plan.nodes[index].depth
        texts: dict[tuple[int, tuple[int, ...]], str] = {}
        world = World(form.plan, texts, {}, set(), now.date(), now, {}, form.tables, form, form.languages[0])
        try:
            text = _said(code.run(Env(world, instance)))
            if not text:
                continue
            texts[index, instance] = text
            if not _fits(form, element, text):
                yield finding(at, "default_kind", name=element.id)
            elif _decides(element, index) and not _holds(element, Env(world, instance)):
                yield finding(at, "default_constraint", name=element.id)
        except ExpressionProblem:
            continue


def _decides(question: Question, index: int) -> bool:
    """Whether the constraint reads nothing but the answer itself."""
    return question.constraint is not None and all(use.index == index for use in question.constraint.uses)


def _holds(question: Question, env: Env) -> bool:
    return question.constraint is None or bool(question.constraint.run(env))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else format(value, "f") if hasattr(value, "as_tuple") else str(value)


def _fits(form: Form, question: Question, text: str) -> bool:
    if question.kind in CHOICE_KINDS:
        known = {choice.code for choice in form.lists.get(question.choices, ())}
        return set(text.split() if question.kind is Kind.CHOICES else [text]) <= known
    return not isinstance(normalise(question.kind, text, form.tables, datetime(2026, 1, 5, tzinfo=UTC).date()), Wrong)


# duties of a court's pack


def _duties(form: Form, indexes: Mapping[int, str], pack: Mapping[str, Any], draft: Draft) -> Iterator[Finding]:
    if not form.fee_rule:
        yield finding(draft.where("fee_rule"), "no_fee_rule")
    for index, place in indexes.items():
        element = form.at.get(index)
        unwritten = isinstance(element, Question) and element.purpose.strip() in (TO_WRITE, "")
        if isinstance(element, Question) and unwritten and (element.category != "public" or element.purpose):
            yield finding(draft.where(f"{place}/purpose"), "purpose_to_write", name=element.id)
