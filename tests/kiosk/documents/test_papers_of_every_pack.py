"""Every pack's made-up filing gets its papers: clean, counted, searchable whatever the name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.documents.papers import documents, documents_for, offered_to
from kiosk.filings.filing import CompletedForm
from kiosk.filings.papers import other_parties
from kiosk.ids import PackId
from kiosk.interview import Context, begin, complete, fill
from kiosk.shelf import Shelf

SAID = sorted((Path(__file__).parents[1] / "packs" / "answers").glob("*.json"))
RARE = ("𠮷田", "张三䶮", "李𬭛")
SIDES = ("defendant", "plaintiff")  # a bank or a landlord sues as an organisation only


def filed(shelf: Shelf, path: Path) -> CompletedForm:
    said = msgspec.json.decode(path.read_bytes())
    form = shelf.forms[PackId(said["form"])]
    facts = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}
    filled = fill(begin(form, Context(today=date(2026, 11, 23), facts=facts)), said["answers"])
    assert not isinstance(filled, tuple), filled
    done = complete(filled, "zh")
    assert isinstance(done, CompletedForm), done
    return done


@pytest.mark.parametrize("path", SAID, ids=[path.stem for path in SAID])
def test_the_papers_are_clean_and_counted(shelf: Shelf, path: Path, text_of, faults_in):
    completed = filed(shelf, path)
    form = shelf.forms[completed.pack_id]
    drawn = documents(form, completed, {}, shelf.tables)
    assert [one.kind for one in documents_for(form, completed, shelf.tables)] == [one.kind for one in drawn]
    assert drawn[0].copies.parties == other_parties(completed.answers)
    for one in drawn:
        assert faults_in(one.pdf) == "", one.kind
        text = re.sub(r"\s", "", text_of(one.pdf))
        assert f"第{one.pages}页共{one.pages}页" in text
        assert one.title.replace("、", "") in text.replace("、", "")


@pytest.mark.parametrize("path", SAID, ids=[path.stem for path in SAID])
def test_names_of_the_supplementary_planes_are_found_again(shelf: Shelf, path: Path, text_of):
    completed = filed(shelf, path)
    answers: dict[str, Any] = dict(completed.answers)
    side = next(side for side in SIDES if side in answers)
    one = answers[side][0]
    answers[side] = [{**one, "kind": "person", "person": {**one.get("person", {}), "name": name}} for name in RARE]
    form = shelf.forms[completed.pack_id]
    text = text_of(documents(form, replace(completed, answers=answers), {}, shelf.tables)[0].pdf)
    assert [name for name in RARE if name not in text] == []  # with the machine's fonts for rare names or without


def test_complaints_are_offered_all_of_the_kiosks_papers_and_applications_no_oral_complaint(shelf: Shelf):
    offered = {pack: offered_to(form) for pack, form in shelf.forms.items()}
    everything = offered[PackId("private_lending")]
    assert len(everything) == 5
    assert {pack for pack, kinds in offered.items() if kinds != everything} <= {"protection_order"}
    assert "oral_record" not in offered.get(PackId("protection_order"), ())


def test_a_wage_case_of_eight_plaintiffs_five_defendants_and_three_hundred_rows(shelf: Shelf, text_of, faults_in):
    from tests.bench.long_paper import long_case

    form = shelf.forms[PackId("wage_arrears")]
    completed = long_case(form)
    drawn = {one.kind: one for one in documents(form, completed, {}, shelf.tables)}
    complaint, crew = drawn["complaint"], drawn["crew"]
    assert complaint.copies.parties == 5
    text = re.sub(r"\s", "", text_of(complaint.pdf))
    assert all(f"原告{n}（自然人）" in text for n in range(1, 9))
    assert text.count("具状人（签名、盖章）：") == 8
    rows = re.sub(r"\s", "", text_of(crew.pdf))
    assert crew.pages > 5
    assert rows.count("身份证号码联系电话天数") == crew.pages
    assert all(f"{6000 + n * 7:,}.50" in rows for n in range(1, 301))
    assert faults_in(complaint.pdf) == faults_in(crew.pdf) == ""
