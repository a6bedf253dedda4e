"""Every word of the pack: in both languages, short enough for a tile, drawn by the shipped fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from kiosk.forms import Form
from kiosk.forms.model import Computed, Group, Note, Question, Repeat
from tests.kiosk.packs.table import PACKS

BUDGETS = {
    "title": (20, 40),
    "error": (40, 70),
    "hint": (44, 70),
    "choice": (12, 30),
    "example": (24, 42),
    "paragraph": (90, 260),
}


@pytest.fixture(scope="module", params=sorted(PACKS))
def form(request: pytest.FixtureRequest, packs: Mapping[str, Form]) -> Form:
    return packs[request.param]


def shown(words: str) -> str:
    """As long as on a page: a place holds about twelve characters."""
    return re.sub(r"\$\{[^}]*\}", "2026年11月23日", words)


def words_of(form: Form) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Kind of words, where, the words."""
    for name, element in form.elements.items():
        if element.label and not isinstance(element, Computed):
            yield "title", name, element.label
        if isinstance(element, Question | Repeat | Group) and element.hint:
            yield "hint", name, element.hint
        if isinstance(element, Question | Repeat) and element.message:
            yield "error", name, element.message
        if isinstance(element, Question) and element.help:
            yield "paragraph", name, element.help
        if isinstance(element, Note):
            for paragraph in element.body:
                yield "paragraph", name, paragraph
        if isinstance(element, Repeat) and not element.counted:
            yield "choice", name, element.add
    for name, choices in form.lists.items():
        if name not in ("causes", "ethnic_groups"):
            for choice in choices:
                yield "choice", f"{name}/{choice.code}", choice.label
                if choice.example:
                    yield "example", f"{name}/{choice.code}", choice.example
    for material in form.materials:
        yield "hint", material.id, material.label
    for notice in form.notices:
        yield "title", notice.id, notice.title
        for item in notice.items:
            yield "paragraph", notice.id, item


@pytest.mark.parametrize("kind", BUDGETS)
def test_words_keep_their_budget(form, kind: str):
    chinese, english = BUDGETS[kind]
    too_long = [
        (name, words["zh"], words["en"])
        for found, name, words in words_of(form)
        if found == kind and (len(shown(words["zh"])) > chinese or len(shown(words["en"])) > english)
    ]
    assert too_long == []


def test_every_word_stands_in_both_languages(form):
    lacking = [name for _, name, words in words_of(form) if not words.get("zh") or not words.get("en")]
    assert lacking == []


def test_english_words_are_english_and_chinese_words_chinese(form):
    def has_han(text: str) -> bool:
        return any("\u4e00" <= letter <= "\u9fff" for letter in text)

    wrong = [
        name
        for _, name, words in words_of(form)
        if has_han(words["en"]) or not (has_han(words["zh"]) or words["zh"].isdigit())
    ]
    assert wrong == []


def test_no_sign_is_used_that_the_fonts_draw_badly(form):
    banned = set("\u2019\u201c\u201d✕✗⌫👁")
    wrong = [
        name
        for _, name, words in words_of(form)
        if banned & set(words["en"]) or banned - set("\u201c\u201d") & set(words["zh"])
    ]
    assert wrong == []


def test_every_constraint_names_its_repair(form):
    unsaid = [
        name
        for name, element in form.elements.items()
        if isinstance(element, Question | Repeat) and element.constraint is not None and not element.message
    ]
    assert unsaid == []


def test_a_question_says_what_it_is_for(form):
    silent = [name for name, element in form.elements.items() if isinstance(element, Question) and not element.purpose]
    assert silent == []


def test_numbers_of_people_are_sensitive(form):
    open_numbers = [
        name
        for name, element in form.elements.items()
        if isinstance(element, Question)
        and element.kind in ("id_number", "bank_card", "signature")
        and element.category != "sensitive"
    ]
    assert open_numbers == []


def test_the_pack_says_that_its_wording_was_not_compared_with_the_official_print(form):
    assert form.wording_state == "unverified"
    assert form.legal_basis


EXPLAINED = {
    "原告": "plaintiff/kind",
    "被告": "defendant/kind",
    "第三人": "third_party/kind",
    "监护人": "plaintiff/person/statutory_agent/name",
    "经常居住地": "plaintiff/person/habitual_residence",
    "住所地": "plaintiff/person/domicile",
    "法定代表人": "plaintiff/organisation/legal_rep",
    "统一社会信用代码": "plaintiff/organisation/uscc",
    "一般授权": "agent/authority",
    "LPR": "facts/contract_date",
    "本金": "facts/amount_actual",
    "逾期利息": "facts/interest_agreed",
    "时效": "facts/last_demand",
    "抵押": "security/loan_features",
    "最高额": "security/max_amount_security",
    "预告登记": "security/register_kind",
    "连带责任保证": "security/guarantee_mode",
    "诉讼请求": "claims/claim_also",
    "加速到期": "claims/accelerate_wish",
    "担保权利": "claims/use_security",
    "管辖": "jurisdiction/forum_clause",
    "仲裁": "jurisdiction/forum_clause",
    "保全": "jurisdiction/applications",
    "鉴定": "jurisdiction/applications",
    "缓交": "fee_relief/relief_kind",
    "调解": "mediation/med_aware",
    "司法确认": "mediation/med_aware",
    "送达": "service/receive_by",
    "代收人": "service/receive_by",
    "虚假诉讼": "closing/honesty_ack",
}


@pytest.mark.parametrize("term", EXPLAINED)
def test_a_legal_word_is_explained_in_plain_ones(packs: Mapping[str, Form], term: str):
    explained = packs["private_lending"].elements[EXPLAINED[term]].help
    assert term in explained["zh"]
    assert explained["en"]
