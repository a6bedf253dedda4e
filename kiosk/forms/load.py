"""From a pack's bytes to a `Form`: every name known, every expression compiled, no circle.

Nothing here knows YAML or spreadsheets. A pack that the desk built was checked there, and is taken as it was woven
(`kiosk.forms.built`). Any other is checked here, and whatever is wrong with it is told at once, in a `PackTrouble`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kiosk.forms.binding import Binding
from kiosk.forms.built import form_of, pack_bytes, read_built
from kiosk.forms.elements import Elements
from kiosk.forms.graph import Circle, weave
from kiosk.forms.lists import read_lists
from kiosk.forms.model import Form
from kiosk.forms.numbers import EXACT
from kiosk.forms.outline import Outline
from kiosk.forms.problems import PackTrouble, Problem, problem
from kiosk.forms.reading import Reading, decode
from kiosk.forms.syntax import PACK_LIMITS
from kiosk.ids import PackId
from kiosk.wording import Wording

TOP = {"pack", "version", "languages", "title", "cause", "valid_from", "valid_to", "legal_basis", "wording", "retain"}
TOP |= {"fee_rule", "choices", "lists", "stages", "form", "materials", "notices", "paper"}
FEE_RULES = {"", "none", "property", "divorce", "personality", "fixed", "preservation", "enforcement", "payment_order"}
FEE_RULES |= {"labour", "labour_or_property", "non_property", "by_cause", "property_or_personal_injury"}


def load_form(data: bytes, tables: Any = None, wording: Wording | None = None) -> Form:
    """The form of a compiled pack, or everything that is wrong with it."""
    with _nothing_thrown_away():
        built = read_built(data)
        form = form_of(built, tables, wording) if built is not None else None
        return form or checked_form(decode(data), tables, wording)


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Much is made while loading and next to nothing thrown away: no need to look for it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def build_pack(pack: Mapping[str, Any], tables: Any = None) -> bytes:
    """The compiled pack, checked and woven; what is wrong with it is a `PackTrouble`."""
    source = pack_bytes(pack)
    return pack_bytes(pack, checked_form(decode(source), tables))


def checked_form(raw: Mapping[str, Any], tables: Any = None, wording: Wording | None = None) -> Form:
    problems: list[Problem] = []
    top = Reading(raw, "", problems)
    top.only(TOP)
    languages = top.texts("languages") or ("zh",)
    stages = top.texts("stages") or ("interview",)
    lists = read_lists(top, languages, tables)
    outline = Outline(top.listed("form"), stages, problems)
    binding = Binding(outline.nodes, EXACT, PACK_LIMITS, problems)
    elements = Elements(outline, binding, lists, languages)
    materials = tuple(elements.material(one, at) for at, one in enumerate(top.listed("materials")))
    notices = tuple(elements.notice(one, at) for at, one in enumerate(top.listed("notices")))
    title = top.words("title", languages, needed=True)
    pack, version = top.needed("pack"), top.needed("version")
    _check_lists_and_rule(top, elements.used_lists)
    if problems:
        raise PackTrouble(problems)
    try:
        plan = weave(outline.nodes, elements.duties, EXACT, PACK_LIMITS)
    except Circle as circle:
        place = binding.place_of.get(circle.indexes[0], "form")
        raise PackTrouble([problem(place, "circle", **circle.places)]) from None
    return Form(
        pack=PackId(pack),
        version=version,
        languages=languages,
        title=title,
        stages=stages,
        items=elements.items,
        plan=plan,
        elements=elements.by_id,
        at=elements.at,
        lists=lists,
        places=binding.places,
        materials=materials,
        notices=notices,
        cause=top.text("cause"),
        valid_from=top.text("valid_from"),
        valid_to=top.text("valid_to"),
        legal_basis=top.texts("legal_basis"),
        wording_state=top.text("wording"),
        retain=top.text("retain"),
        fee_rule=top.text("fee_rule"),
        paper=top.mapping("paper"),
        tables=tables,
        wording=wording,
    )


def _check_lists_and_rule(top: Reading, used: set[str]) -> None:
    for name in top.mapping("choices"):
        if name not in used:
            top.complain(f"choices/{name}", "list_unused", name=name)
    if top.text("fee_rule") not in FEE_RULES:
        top.complain("fee_rule", "unknown_rule", name=top.text("fee_rule")[:40])
