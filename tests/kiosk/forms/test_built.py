"""A built pack is the same form as its source, while nobody edited it; afterwards it is no form at all."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms import Form, load_form
from kiosk.forms.built import WEAVING, pack_bytes
from kiosk.forms.load import build_pack, checked_form
from kiosk.forms.problems import PackTrouble
from kiosk.forms.reading import decode
from kiosk.interview import (
    AskStep,
    Context,
    Interview,
    ListStep,
    add,
    answer,
    begin,
    check,
    dump,
    look,
    look_list,
    steps,
)
from kiosk.law.tables import Tables
from resources import folder
from tests.bench_forms.as_pack import source_of
from tests.bench_forms.questionnaire import answers, questionnaire
from tests.kiosk.small_forms import TODAY, pack_of

LOAN = pack_of(
    {"ask": "sum", "kind": "money", "required": "yes", "constraint": ". > 0", "message": {"en": "More than ${sum}"}},
    {"ask": "how", "kind": "choice", "choices": "ways", "default": "'cash'"},
    {
        "repeat": "paid",
        "min": 1,
        "count": "1",
        "item": "${back}",
        "relevant": "${how} = 'cash'",
        "items": [{"ask": "back", "kind": "money"}, {"compute": "left", "kind": "money", "value": "${sum} - ${back}"}],
    },
    {"ask": "where", "kind": "choice", "choices": "places", "choice_filter": "way = ${how}"},
    {"note": "told", "body": [{"en": "You lent ${sum}"}], "tone": "warn"},
    choices={
        "ways": [{"code": "cash", "label": {"en": "Cash"}}, {"code": "bank", "label": {"en": "Bank"}}],
        "places": [
            {"code": "home", "label": {"en": "At home"}, "way": "cash"},
            {"code": "branch", "label": {"en": "Branch"}, "way": "bank"},
        ],
    },
    materials=[{"id": "iou", "label": {"en": "The note"}, "copies": "count(${paid}) + 1", "when": "${sum} > 1"}],
    notices=[{"id": "n", "version": "1", "title": {"en": "Note"}, "items": [{"en": "Read"}], "when": "true()"}],
)


def written(form: Form) -> bytes:
    """Everything of a form that a built pack holds, as bytes."""
    return pack_bytes({"pack": form.pack, "version": form.version, "title": form.title, "paper": form.paper}, form)


def packs() -> Iterator[Mapping[str, Any]]:
    yield LOAN
    yield source_of(questionnaire(50))
    for path in sorted(folder("packs").glob("*.json")):
        yield decode(path.read_bytes())


@pytest.mark.parametrize("pack", list(packs()), ids=lambda pack: pack["pack"])
def test_a_built_pack_is_the_form_its_source_says(pack: Mapping[str, Any], tables: Tables):
    built, checked = load_form(build_pack(pack, tables), tables), checked_form(pack, tables)
    assert (built.proven, checked.proven) == (True, False)
    assert written(built) == written(checked)
    assert dict(built.lists) == dict(checked.lists)
    plain = (
        "languages",
        "stages",
        "cause",
        "valid_from",
        "valid_to",
        "legal_basis",
        "wording_state",
        "retain",
        "fee_rule",
    )
    assert [getattr(built, name) for name in plain] == [getattr(checked, name) for name in plain]
    assert built.plan.by_path == checked.plan.by_path
    assert built.elements.keys() == checked.elements.keys()
    assert list(built.at) == list(checked.at)


def test_looking_at_a_form_changes_nothing_that_is_written_of_it():
    form = load_form(build_pack(LOAN))
    before = written(form)
    walked(form, random.Random(3))
    assert written(form) == before


def walked(form: Form, dice: random.Random) -> list[object]:
    """What a person sees who says something to every question, and what is kept at the end."""
    talk, seen = begin(form, Context(TODAY)), list[object]()
    for turn in range(60):
        here = steps(talk)
        if turn >= len(here):
            break
        step = here[turn]
        if isinstance(step, AskStep):
            view = look(talk, step.ref, "en")
            said = dice.choice([one.code for one in view.options] or ["12", "2026-01-02", "x", ""])
            outcome = answer(talk, step.ref, said)
            seen += [view.label, view.options, view.required, view.value, getattr(outcome, "words", "")]
            talk = outcome if isinstance(outcome, Interview) else talk
        elif isinstance(step, ListStep) and look_list(talk, step.ref, "en").may_add:
            talk, _ = add(talk, step.ref)
        problem = check(talk, step)
        seen += [step, problem and dict(problem.words)]
    return [*seen, dump(talk)]


@given(seed=st.integers(0, 10_000))
def test_a_person_sees_the_same_whether_the_pack_was_built_or_not(seed: int):
    for pack in (LOAN, source_of(questionnaire(30, seed))):
        one, other = load_form(build_pack(pack)), checked_form(pack)
        assert walked(one, random.Random(seed)) == walked(other, random.Random(seed))


BUILT = build_pack(LOAN)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"kind":"money"', '"kind":"text"'),  # in the source
        ('"constraint":". > 0"', '"constraint":". > 1"'),
        ('"label":{"en":"At home"},"columns"', '"label":{"en":"At work"},"columns"'),  # in what was woven
        ('"version":"1"', '"version":"2"'),  # on the first line
        ("}\n", "} \n"),
    ],
)
def test_a_built_pack_that_was_edited_is_refused(was: str, becomes: str):
    edited = BUILT.decode().replace(was, becomes)
    assert edited.encode() != BUILT
    with pytest.raises(PackTrouble, match="edited after it was built"):
        load_form(edited.encode())


def test_a_pack_cut_short_anywhere_is_no_form():
    for end in range(0, len(BUILT), 97):
        with pytest.raises(PackTrouble):
            load_form(BUILT[:end])


@given(st.integers(0, len(BUILT) - 1), st.integers(0, 255))
def test_one_changed_byte_is_noticed(at: int, byte: int):
    changed = BUILT[:at] + bytes([byte]) + BUILT[at + 1 :]
    try:
        form = load_form(changed)
    except PackTrouble:
        return
    # the very same pack, or one whose mark of being built is gone: that one was checked entry by entry
    assert changed == BUILT or not form.proven


def test_a_pack_woven_another_way_is_checked_from_its_source():
    from hashlib import sha256

    first, _, rest = BUILT.partition(b',"proof":"')
    rest = rest[rest.index(b"\n") :].replace(b'"rank":', b'"order":')
    other = str(int(WEAVING) + 1).encode()
    proof = other + b" " + sha256(other + b" " + first + rest).hexdigest().encode()
    form = load_form(first + b',"proof":"' + proof + b'",' + rest)
    assert not form.proven
    assert written(form) == written(load_form(BUILT))


def test_a_source_without_a_proof_is_checked(tables: Tables):
    wrong = json.dumps(LOAN | {"fee_rule": "magic", "woven": {"items": []}, "proof": "1 0"}).encode()
    with pytest.raises(PackTrouble, match="magic"):
        load_form(wrong, tables)


def test_a_table_that_is_not_shipped_is_named(tables: Tables):
    pack = LOAN | {"lists": {"planets": "planets"}}
    with pytest.raises(PackTrouble, match="planets"):
        load_form(build_pack(pack), tables)


def test_every_answer_of_a_long_form_is_taken_the_same():
    form = questionnaire(50)
    built, checked = load_form(build_pack(source_of(form))), checked_form(source_of(form))
    talks = [begin(built, Context(TODAY)), begin(checked, Context(TODAY))]
    for one in answers(form, 7):
        outcomes = [answer(talk, one.path, one.text) for talk in talks]
        talks = [new if isinstance(new, Interview) else old for new, old in zip(outcomes, talks, strict=True)]
    assert dump(talks[0]) == dump(talks[1])
