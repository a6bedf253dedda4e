"""The shipped private-lending papers, filled from a whole interview and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf

from kiosk.documents.asked import catalogue
from kiosk.documents.complaint import complaint_pdf, layout_problems
from kiosk.documents.written import written
from kiosk.filings.filing import CompletedForm
from kiosk.filings.ink import Ink, InkPoint
from kiosk.ids import QuestionId

INK = Ink(900, 400, ((InkPoint(100, 200, 0), InkPoint(300, 120, 90), InkPoint(500, 240, 200)),))
SIGNED = {"/data/plaintiff[1]/signing/signature": INK, "/data/service/signature": INK}

# Said so that something else follows from it, and that is printed; or not for the other side to read.
NOT_ON_PAPER = re.compile(
    r"/(kind|capacity|special_group|forum_clause|med_points|post_where|post_other|receive_by|signature|scanned_file)$|_said$|_ack$"
)


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def leaves(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every answer with its path without positions."""
    for name, value in node.items():
        here = f"{path}/{name}" if path else name
        if isinstance(value, str):
            yield here, value
        else:
            for inner in [value] if isinstance(value, Mapping) else value:
                yield from leaves(inner, here)


def changed(completed: CompletedForm, **groups: Any) -> CompletedForm:
    return replace(completed, answers={**completed.answers, **groups})


def test_every_shipped_layout_asks_only_what_its_form_has(shelf):
    found = {pack: layout_problems(form) for pack, form in shelf.forms.items() if form.paper}
    assert {pack: problems for pack, problems in found.items() if problems} == {}


def test_every_answer_that_belongs_on_paper_is_there(form, completed, shelf, text_of):
    text = unspaced(text_of(complaint_pdf(form, completed, SIGNED, shelf.tables)))
    asked = catalogue(form).questions
    printed = [
        (path, value)
        for path, value in leaves(completed.answers)
        if form.elements[QuestionId(path)].paper and not NOT_ON_PAPER.search(path)
    ]
    missing = []
    for path, value in printed:
        words = written(asked[path], value, shelf.tables).split("、")
        missing += [path for word in words if unspaced(word) not in text]
    assert missing == []
    assert len(printed) > 60


def test_ticked_and_empty_boxes_say_what_was_answered(form, completed, shelf, text_of):
    text = unspaced(text_of(complaint_pdf(form, completed, SIGNED, shelf.tables)))
    for expected in (
        "性别：男☑女□",
        "是否主张利息：是☑否□",
        "提供方式：现金☑转账☑其他□",
        "保证方式：一般保证□连带责任保证☑",
        "是否接受电子送达：是☑否□",
        "暂不确定，想要了解更多内容☑",
    ):
        assert expected in text


def test_the_official_sections_stand_in_the_official_order(form, completed, shelf, text_of):
    text = unspaced(text_of(complaint_pdf(form, completed, SIGNED, shelf.tables)))
    order = ["民事起诉状", "说明：", "特别提示", "当事人信息", "诉讼请求", "约定管辖和诉前保全", "事实与理由"]
    order += [
        "18.证据清单",
        "对纠纷解决方式的意愿",
        "此致",
        "北京市朝阳区人民法院",
        "具状人（签名、盖章）",
        "送达地址确认书",
    ]
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_a_form_with_no_answers_prints_as_an_empty_official_form(form, completed, shelf, text_of):
    text = unspaced(text_of(complaint_pdf(form, replace(completed, answers={}), {}, shelf.tables)))
    assert "☑" not in text
    assert text.count("姓名：") >= 3
    assert "截至年月日止，尚欠本金元" in text


def test_rare_names_of_every_party_come_back(form, completed, shelf, text_of):
    people = [{"kind": "person", "person": {"name": name}} for name in ("张三䶮 (𬭊𫍯𬱖𪨶)", "买买提·阿不都热依木")]
    text = text_of(complaint_pdf(form, changed(completed, defendant=people), SIGNED, shelf.tables))
    assert "姓名：张三䶮 (𬭊𫍯𬱖𪨶)" in text
    assert "姓名：买买提·阿不都热依木" in text


def test_fifty_plaintiffs_all_sign(form, completed, shelf, text_of):
    one = completed.answers["plaintiff"][0]
    people = [{**one, "person": {**one["person"], "name": f"王测试{n}"}} for n in range(1, 51)]
    for number, person in enumerate(people, start=1):
        person["signing"] = {"signatory": f"王测试{number}"}
    ink = {f"/data/plaintiff[{n}]/signing/signature": INK for n in range(1, 51)}
    text = unspaced(text_of(complaint_pdf(form, changed(completed, plaintiff=people), ink, shelf.tables)))
    assert all(f"原告{n}（自然人）姓名：王测试{n}" in text for n in range(1, 51))
    assert text.count("具状人（签名、盖章）：") == 50
    assert all(f"（王测试{n}）" in text for n in range(1, 51))


def test_each_signature_is_drawn_where_its_owner_signs(form, completed, shelf):
    def strokes(signatures: Mapping[str, Ink]) -> list[int]:
        pages = pypdf.PdfReader(BytesIO(complaint_pdf(form, completed, signatures, shelf.tables))).pages
        return [page.get_contents().get_data().count(b"1.4 w") for page in pages]

    unsigned = strokes({})
    assert sum(unsigned) == 0
    signed = strokes(SIGNED)
    assert sum(signed) == 2
    assert signed[-1] == 1


def test_the_service_address_confirmation_is_one_page(form, completed, shelf, text_of):
    text = unspaced(text_of(complaint_pdf(form, completed, SIGNED, shelf.tables)))
    assert text.count("第1页共1页") == 1


def test_fee_relief_prints_its_own_application(form, completed, shelf, text_of):
    asked_for = changed(completed, fee_relief={"want_relief": "yes", "relief_kind": "defer", "relief_ground": "injury"})
    without = unspaced(text_of(complaint_pdf(form, completed, SIGNED, shelf.tables)))
    text = unspaced(text_of(complaint_pdf(form, asked_for, SIGNED, shelf.tables)))
    assert "诉讼费用申请书" not in without
    assert "缓交、减交、免交诉讼费用申请书" in text
    assert "缓交☑" in text


def test_the_language_of_the_interview_changes_nothing_on_paper(form, completed, shelf):
    chinese, english = (complaint_pdf(form, completed, SIGNED, shelf.tables, language) for language in ("zh", "en"))
    assert chinese == english
