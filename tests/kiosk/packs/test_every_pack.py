"""What must hold of every pack alike: nothing of the model text lost, sources compiled, lint clean, and whoever fills it
in, however briefly or fully, gets a document that can be printed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Any

import pytest

import resources
from kiosk.authoring.checking import check_file
from kiosk.documents.complaint import complaint_pdf, layout_problems
from kiosk.filings.filing import CompletedForm
from kiosk.forms import Form
from kiosk.forms.model import Computed, Question, Repeat
from kiosk.interview import AskStep, Context, Objection, begin, check, complete, fill, steps, tree
from tests.kiosk.packs.somebody import FACTS, TODAY, Somebody
from tests.kiosk.packs.table import PACKS

NAMES = sorted(PACKS)
GROUPS = [(name, group) for name in NAMES for group in PACKS[name].fields]
ROWS = [(name, group) for name in NAMES for group in PACKS[name].rows]


def test_every_shipped_pack_stands_in_the_table():
    shipped = {path.stem for path in resources.folder("packs").glob("*.json")}
    assert shipped == set(NAMES)


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_every_field_is_asked_or_worked_out(packs: Mapping[str, Form], name: str, group: str):
    there = packs[name].elements
    wanted = PACKS[name].fields[group].split()
    missing = [one for one in wanted if not isinstance(there.get(f"{group}/{one}"), Question | Computed | Repeat)]
    assert missing == []


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_the_legal_word_stands_beside_every_official_question(packs: Mapping[str, Form], name: str, group: str):
    there = (packs[name].elements[f"{group}/{one}"] for one in PACKS[name].fields[group].split())
    plain = [
        element.id
        for element in there
        if isinstance(element, Question) and element.source in ("official", "law", "practice") and not element.paper
    ]
    assert plain == []


@pytest.mark.parametrize(("name", "group"), ROWS)
def test_the_official_row_numbers_are_kept_for_print(packs: Mapping[str, Form], name: str, group: str):
    rows = PACKS[name].rows[group]
    wanted = {one: row for row, names in rows.items() for one in names.split()}
    assert {one: packs[name].elements[f"{group}/{one}"].row for one in wanted} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_source_is_without_fault_and_compiled(packs: Mapping[str, Form], name: str):
    source = resources.folder("packs") / f"{name}.yaml"
    assert [str(one) for one in check_file(source).findings] == []
    assert layout_problems(packs[name]) == ()
    assert "«" not in source.with_suffix(".json").read_text(encoding="utf-8")


# whoever fills it in


def finished(talk: Any) -> CompletedForm:
    done = complete(talk, "zh")
    assert isinstance(done, CompletedForm), [(str(one.ref), one.words["en"]) for one in done]
    return done


def printed(form: Form, talk: Any, name: str) -> bytes:
    data = complaint_pdf(form, finished(talk), {}, form.tables)
    assert data.startswith(b"%PDF"), name
    return data


def nothing_lacks_and_nothing_hidden_is_answered(form: Form, talk: Any) -> None:
    """Every page can be left, and every answer in the tree belongs to a page that was asked or to a calculation."""
    assert [str(step.ref) for step in steps(talk) if check(talk, step) is not None] == []
    asked = {str(step.ref) for step in steps(talk) if isinstance(step, AskStep)}
    hidden = [
        ref
        for ref, name in _leaves(tree(talk), "/data")
        if isinstance(form.elements.get(name), Question) and ref not in asked  # type: ignore[call-overload]
    ]
    assert hidden == []


def _leaves(node: Any, ref: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, inner in node.items():
        if isinstance(inner, list):
            for at, row in enumerate(inner, 1):
                found += _leaves(row, f"{ref}/{name}[{at}]")
        elif isinstance(inner, Mapping):
            found += _leaves(inner, f"{ref}/{name}")
        else:
            plain = "/".join(part.partition("[")[0] for part in f"{ref}/{name}".split("/")[2:])
            found.append((f"{ref}/{name}", plain))
    return found


@pytest.mark.parametrize("manner", ["brief", "full"])
@pytest.mark.parametrize("name", NAMES)
def test_the_shortest_and_the_longest_way_through_can_be_printed(packs: Mapping[str, Form], name: str, manner: str):
    form = packs[name]
    talk = Somebody(form, PACKS[name], manner).tell()
    printed(form, talk, name)
    nothing_lacks_and_nothing_hidden_is_answered(form, talk)


@pytest.mark.parametrize("start", range(0, 50, 10))
@pytest.mark.parametrize("name", NAMES)
def test_fifty_people_who_answer_anyhow_get_their_papers(packs: Mapping[str, Form], name: str, start: int):
    form = packs[name]
    for seed in range(start, start + 10):
        talk = Somebody(form, PACKS[name], "any", seed).tell()
        if seed % 5:  # drawing costs as much as the interview: here every fifth is drawn, in the campaign all are
            finished(talk)
        else:
            printed(form, talk, f"{name}, person {seed}")
        nothing_lacks_and_nothing_hidden_is_answered(form, talk)


@pytest.mark.campaign
@pytest.mark.parametrize("name", NAMES)
def test_five_hundred_people_who_answer_anyhow_get_their_papers(packs: Mapping[str, Form], name: str):
    form = packs[name]
    for seed in range(1000, 1500):
        talk = Somebody(form, PACKS[name], "any", seed).tell()
        printed(form, talk, f"{name}, person {seed}")


# the made-up filing


@pytest.mark.parametrize("name", NAMES)
def test_the_made_up_filing_prints_the_text_that_was_looked_at(
    packs: Mapping[str, Form], made_up: Any, golden: Any, name: str, tmp_path: Any
):
    form = packs[name]
    talk = fill(begin(form, Context(today=TODAY, facts=FACTS)), made_up(name))
    assert not isinstance(talk, tuple), talk
    assert not isinstance(talk, Objection)
    path = tmp_path / "papers.pdf"
    path.write_bytes(printed(form, talk, name))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
    golden(f"{name}.txt", text)
