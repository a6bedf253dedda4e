"""What a drawn sheet says, read back by another program."""

from __future__ import annotations

import re
from io import BytesIO

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.documents.asked import Asked
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.errors import KioskBug
from kiosk.filings.ink import Ink, InkPoint

NAME = {"name": Asked("name")}
NAME_ROW = [{"label": "姓名", "lines": ["{name}"]}]
STORY = {"story": Asked("longtext")}
STORY_ROW = [{"label": "事实", "number": "1", "lines": ["{story}"]}]
GENDER = Asked("choice", (("m", "男"), ("f", "女")))
YES_NO = Asked("yes_no", (("yes", "是"), ("no", "否")))


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(BytesIO(pdf)).pages)


def test_rare_names_come_back_exactly(print_rows, text_of):
    pdf = print_rows(NAME_ROW, NAME, {"name": "张三䶮 (𬭊𫍯𬱖𪨶)"}, fonts=Fonts())
    assert "张三䶮 (𬭊𫍯𬱖𪨶)" in text_of(pdf)


def test_names_beyond_the_shipped_fonts_come_back_exactly(print_rows, text_of):
    if len(machine_fonts().rare) < 2:
        pytest.skip("fonts-hanazono is not on this machine")
    assert "欧阳𡝐𠇾𬎆" in text_of(print_rows(NAME_ROW, NAME, {"name": "欧阳𡝐𠇾𬎆"}))


def test_without_those_fonts_the_name_is_drawn_with_a_number_and_read_without_it(print_rows, text_of, faults_in):
    pdf = print_rows(NAME_ROW, NAME, {"name": "赵𠮷𬎆小明"}, fonts=Fonts())
    read = text_of(pdf)
    assert "姓名 赵𠮷𬎆小明\n" in read
    assert "U+" not in read
    assert faults_in(pdf) == ""


def test_a_lone_surrogate_is_refused(print_rows):
    with pytest.raises(KioskBug):
        print_rows(NAME_ROW, NAME, {"name": "王\ud842"})


def test_more_than_one_subset_of_a_font_reads_back(print_rows, text_of):
    story = "".join(map(chr, range(0x4E00, 0x4E00 + 900)))
    assert story in unspaced(text_of(print_rows(STORY_ROW, STORY, {"story": story}))).replace("1.事实（续）", "")


def test_markup_stays_plain_text(print_rows, text_of):
    story = '<img src="/etc/passwd"/> & <a href="http://x.example">click</a> <b>&lt;</b> {name}'
    pdf = print_rows(STORY_ROW, STORY, {"story": story})
    assert unspaced(story) in unspaced(text_of(pdf))
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert not any(page.images or page.annotations for page in reader.pages)


def test_invisible_and_reordering_characters_are_shown(print_rows, text_of):
    text = text_of(print_rows(NAME_ROW, NAME, {"name": "张\u202e三\x07"}))
    assert "张〓(U+202E)三〓(U+0007)" in text


def test_a_ticked_box_and_an_empty_one_read_differently(print_rows, text_of):
    row = [{"label": "性别", "lines": ["{gender:boxes}", "到期是{due=yes} | 否{due=no}"]}]
    asked = {"gender": GENDER, "due": YES_NO}
    assert "男□女☑" in unspaced(text_of(print_rows(row, asked, {"gender": "f", "due": "yes"}, fonts=Fonts())))
    assert "到期是☑否□" in unspaced(text_of(print_rows(row, asked, {"gender": "f", "due": "yes"})))


def test_what_was_not_answered_stays_an_empty_box_or_blank(print_rows, text_of):
    row = [{"label": "期限", "lines": ["{gender:boxes}", "至{until}止，{sum}元"]}]
    text = unspaced(text_of(print_rows(row, {"gender": GENDER, "until": Asked("date"), "sum": Asked("money")}, {})))
    assert "男□女□至年月日止，元" in text


def test_dates_sums_and_capitals_are_written_as_a_court_writes_them(print_rows, text_of):
    row = [{"label": "标的", "lines": ["{day} {sum}元 {sum:capitals}"]}]
    answers = {"day": "2026-11-03", "sum": "107000.53"}
    text = text_of(print_rows(row, {"day": Asked("date"), "sum": Asked("money")}, answers))
    assert "2026年11月3日 107,000.53元 人民币壹拾万柒仟元伍角叁分" in text


def test_a_long_story_goes_on_over_pages_under_its_heading(print_rows, text_of):
    story = "二〇二五年三月一日，原告将借款交付被告。" * 300
    pdf = print_rows(STORY_ROW, STORY, {"story": story})
    text = unspaced(text_of(pdf))
    assert pages(pdf) == 5
    assert text.count("事实（续）") >= 2 * 4
    assert "第3页共5页" in text
    again = re.sub(r"第\d页共5页|1\.事实（续）|事实（续）", "", text)
    assert story in again


def test_fifty_plaintiffs_each_have_their_row_and_their_line_to_sign(print_rows, text_of):
    rows = [{"label": "原告{#}", "each": "plaintiff", "lines": ["姓名：{name}"]}]
    closing = {"signed_by": "具状人", "each": "plaintiff", "signer": "{name}", "date": "{day}"}
    asked = {"plaintiff/name": Asked("name"), "day": Asked("date")}
    people = [{"name": f"张{n}"} for n in range(1, 51)]
    pdf = print_rows(rows, asked, {"plaintiff": people}, repeats=frozenset({"plaintiff"}), closing=closing)
    text = unspaced(text_of(pdf))
    assert all(f"原告{n}姓名：张{n}" in text and f"（张{n}）" in text for n in range(1, 51))
    assert text.count("具状人：") == 50


def test_a_table_repeats_its_heads_on_every_page(print_rows, text_of):
    columns = [
        {"head": "证据名称", "text": "{name}", "share": 2},
        {"head": "证明目的", "text": "{purpose}", "share": 3},
    ]
    rows = [{"label": "证据清单", "each": "evidence", "columns": columns}]
    asked = {"evidence/name": Asked("text"), "evidence/purpose": Asked("text")}
    evidence = [{"name": f"借条{n}", "purpose": "证明借款关系成立" * 4} for n in range(80)]
    pdf = print_rows(rows, asked, {"evidence": evidence}, repeats=frozenset({"evidence"}))
    text = unspaced(text_of(pdf))
    assert pages(pdf) > 2
    assert text.count("证据名称证明目的") == pages(pdf)
    assert all(f"借条{n}" in text for n in range(80))


def test_the_same_filing_gives_the_same_bytes(print_rows):
    ink = Ink(600, 200, ((InkPoint(10, 10, 0), InkPoint(90, 80, 12)), (InkPoint(50, 20, 40),)))
    closing = {"signed_by": "具状人", "date": "{name}", "signer": "{name}"}
    first, again = (print_rows(NAME_ROW, NAME, {"name": "张三"}, signatures={"a": ink}, closing=closing) for _ in "12")
    assert first == again


def test_the_documents_properties_hold_nothing_a_person_said(print_rows):
    reader = pypdf.PdfReader(BytesIO(print_rows(NAME_ROW, NAME, {"name": "张三䶮"})))
    assert "张三" not in str(reader.metadata)
    assert reader.metadata is not None
    assert reader.metadata.title == "起诉状"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Mn", "Mc", "Me", "Zs"]),
        max_size=80,
    )
)
def test_any_text_can_be_printed_and_found(text: str, print_rows, text_of):
    read = text_of(print_rows(STORY_ROW, STORY, {"story": text}))
    shown = set(re.sub(r"\(U\+[0-9A-F]{4,6}\)", "", read))
    assert {character for character in text if not character.isspace()} <= shown


def body_of_last_page(pdf: bytes) -> str:
    text = unspaced(pypdf.PdfReader(BytesIO(pdf)).pages[-1].extract_text())
    return (
        text.partition("具状人")[0]
        .replace("此致法院", "")
        .replace("（续）", "")
        .removeprefix("事实")
        .removeprefix("1.事实")
    )


@pytest.mark.parametrize("length", range(1, 80))
def test_nobody_signs_on_a_page_where_nothing_else_stands(length: int, print_rows):
    closing = {"lead": "此致", "court": "法院", "signed_by": "具状人", "date": "{story}"}
    asked = {"story": Asked("longtext"), "many/line": Asked("text")}
    long_story = print_rows(STORY_ROW, asked, {"story": "借款。" * 12 * length}, closing=closing | {"date": ""})
    assert "借款" in body_of_last_page(long_story)
    rows = [{"label": f"第{n}项", "lines": ["借款"]} for n in range(length)]
    assert "借款" in body_of_last_page(print_rows(rows, asked, {}, closing=closing | {"date": ""}))
    columns = [{"head": "事由", "text": "{line}"}]
    table = [{"label": "清单", "each": "many", "columns": columns}]
    many = {"many": [{"line": "借款"}] * length}
    pdf = print_rows(table, asked, many, repeats=frozenset({"many"}), closing=closing | {"date": ""})
    assert "借款" in body_of_last_page(pdf)
