"""Which papers a filing calls for, in how many copies, and what stands on them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kiosk.documents.paper import PaperWrong
from kiosk.documents.papers import (
    OwnPaper,
    documents,
    documents_for,
    offered_to,
    own_papers,
    read_own_paper,
)
from kiosk.filings.filing import CompletedForm
from kiosk.filings.papers import Copies

OWN = ("evidence_list", "authority", "preservation", "legal_aid", "oral_record")
AGENTS = [
    {"name": "周代理", "agent_kind": "lawyer", "unit": "某律师事务所", "phone": "13800138001", "authority": "special"},
    {"name": "吴亲属𬭛", "agent_kind": "relative", "phone": "13900139002", "authority": "general"},
]
AGENTS[0]["special_items"] = "admit settle appeal"
LEAD = {"kind": "account", "detail": "某银行某支行", "location": "北京市", "owner": "李示范"}


def with_groups(completed: CompletedForm, **groups: Any) -> CompletedForm:
    answers = dict(completed.answers)
    for name, group in groups.items():
        before = answers.get(name, {})
        answers[name] = {**before, **group} if isinstance(group, dict) else group
    return replace(completed, answers=answers)


@pytest.fixture
def everything(completed: CompletedForm) -> CompletedForm:
    return with_groups(
        completed,
        case_head={"filer_role": "clerk", "assisted_by": "书记员0031"},
        people={"has_agent": "yes", "green_channel": "elderly disabled"},
        agent=AGENTS,
        jurisdiction={
            "want_litigation_preserve": "yes",
            "preserve_amount": "50000.00",
            "preserve_property": [LEAD],
        },
        fee_relief={"want_relief": "yes", "relief_kind": "defer", "relief_ground": "injury"},
    )


def texts(form, completed, shelf, text_of) -> dict[str, str]:
    drawn = documents(form, completed, {}, shelf.tables)
    return {one.kind: re.sub(r"\s", "", text_of(one.pdf)) for one in drawn}


def test_a_plain_case_has_the_complaint_the_service_address_and_the_evidence_list(form, completed, shelf):
    called = documents_for(form, completed, shelf.tables)
    assert [one.kind for one in called] == ["complaint", "service_address", "evidence_list"]


def test_each_wish_brings_its_paper(form, everything, shelf):
    called = documents_for(form, everything, shelf.tables)
    assert {one.kind for one in called} == {"complaint", "service_address", "fee_relief", *OWN}


def test_defendants_and_third_parties_get_copies_of_complaint_and_evidence_only(form, everything, shelf):
    more = with_groups(everything, third_party=[{"kind": "person", "person": {"name": "第三"}}])
    copies = {one.kind: one.copies for one in documents_for(form, more, shelf.tables)}
    assert len(more.answers["defendant"]) == 2
    assert copies["complaint"] == copies["evidence_list"] == Copies(court=1, parties=3)
    assert copies["complaint"].total == 4
    assert copies["service_address"] == copies["authority"] == copies["preservation"] == Copies(court=1)
    assert copies["legal_aid"] == Copies(court=0, person=1)


def test_nothing_is_drawn_that_was_not_called_for(form, everything, shelf):
    drawn = documents(form, everything, {}, shelf.tables)
    assert tuple((d.kind, d.title, d.copies) for d in drawn) == tuple(
        (c.kind, c.title, c.copies) for c in documents_for(form, everything, shelf.tables)
    )


def test_the_names_of_files_hold_nothing_anybody_said(form, everything, shelf):
    names = [one.file_name for one in documents(form, everything, {}, shelf.tables)]
    assert all(re.fullmatch(r"[a-z_]+\.pdf", name) for name in names)
    assert len(set(names)) == len(names)


def test_authority_names_every_agent_and_each_power(form, everything, shelf, text_of):
    text = texts(form, everything, shelf, text_of)["authority"]
    assert "周代理" in text
    assert "吴亲属𬭛" in text
    assert "一般授权□特别授权☑" in text
    assert "代为承认诉讼请求☑代为放弃诉讼请求□" in text
    assert "委托人（签名、盖章）" in text


def test_preservation_states_the_sum_in_capitals_and_every_lead(form, everything, shelf, text_of):
    text = texts(form, everything, shelf, text_of)["preservation"]
    assert "50,000.00元" in text
    assert "人民币伍万元整" in text
    assert "某银行某支行北京市李示范" in text
    assert "保函□现金□房产□其他□" in text


def test_the_referral_says_what_it_is_and_carries_no_number_of_anybody(form, everything, shelf, text_of):
    text = texts(form, everything, shelf, text_of)["legal_aid"]
    assert "不是申请" in text
    assert "12348" in text
    assert "残疾人☑" in text
    person = everything.answers["plaintiff"][0]["person"]
    assert person["id_number"] not in text
    assert person["phone"] not in text


def test_the_oral_record_holds_what_was_said_and_no_empty_rows(form, everything, shelf, text_of):
    text = texts(form, everything, shelf, text_of)["oral_record"]
    assert "书记员0031" in text
    assert "尚欠本金90,000.00元" in text
    assert "最高额担保" not in text
    assert "统一社会信用代码" not in text
    assert text.index("诉讼请求") < text.index("宣读和核对") < text.index("陈述人（签名或者捺印）")
    assert "笔录已向陈述人宣读□" in text


def test_the_evidence_list_has_every_piece_of_evidence(form, completed, shelf, text_of):
    text = texts(form, completed, shelf, text_of)["evidence_list"]
    assert all(one["name"] in text for one in completed.answers["evidence_and_basis"]["evidence"])


def test_every_page_of_every_paper_says_which_it_is_of_how_many(form, everything, shelf, text_of):
    for one in documents(form, everything, {}, shelf.tables):
        text = re.sub(r"\s", "", text_of(one.pdf))
        assert all(f"第{page}页共{one.pages}页" in text for page in range(1, one.pages + 1)), one.kind


def test_the_same_filing_gives_the_same_papers(form, everything, shelf):
    assert documents(form, everything, {}, shelf.tables) == documents(form, everything, {}, shelf.tables)


def test_every_own_paper_is_offered_to_the_lending_form_and_says_where_it_comes_from(form):
    assert offered_to(form) == OWN
    assert all(own.source and own.wording == "unverified" for own in own_papers())


def test_a_form_without_agents_or_evidence_is_offered_no_paper_for_them(form, completed, shelf):
    bare = replace(form, elements={key: one for key, one in form.elements.items() if not key.startswith("agent")})
    assert "authority" not in offered_to(bare)


def test_the_characters_of_the_own_papers_are_in_the_shipped_fonts():
    from kiosk.documents.font_runs import Fonts

    for path in resources.folder("papers").glob("*.toml"):
        text = "".join(path.read_text(encoding="utf-8").split())
        assert "".join(run.text for run in Fonts().runs(text)) == text, path.name


def test_every_paper_is_clean_to_a_strict_reader(form, everything, shelf, faults_in):
    for one in documents(form, everything, {}, shelf.tables):
        assert faults_in(one.pdf) == "", one.kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "order = ",
        "order = 1",
        'order = 1\nfor_whom = ["everybody"]\nsource = ""\nwording = "unverified"\n[sheet]\nname="a"\ntitle=""\nsections=[]',
        'order = 1\nfor_whom = []\nsource = ""\nwording = "unverified"\n[sheet]\nname="../a"\ntitle=""\nsections=[]',
        'order = 1\nfor_whom = []\nsource = ""\nwording = "unverified"\n[sheet]\nname="a"\ntitle=""\nsections=[]\ncode="{"',
        "#" * 70_000,
    ],
)
def test_a_paper_that_makes_no_sense_is_refused(text: str):
    with pytest.raises(PaperWrong):
        read_own_paper(text)


@given(st.text(max_size=200) | st.text(alphabet='[]{}="a\n.#', max_size=80))
def test_no_text_does_anything_but_load_or_be_refused(text: str):
    with suppress(PaperWrong):
        assert isinstance(read_own_paper(text), OwnPaper)


def test_a_paper_reads_back_as_it_was_written():
    for own in own_papers():
        assert msgspec.convert(msgspec.to_builtins(own), OwnPaper) == own
