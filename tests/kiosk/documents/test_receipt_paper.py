"""The A4 receipt: what the court received, nobody laid bare, and room for its stamp."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from kiosk.documents.receipt import receipt_pdf
from kiosk.filings.receipt import Material, Place, receipt_facts
from kiosk.filings.told import CourtReceipt
from kiosk.ids import FilingId

RECEIPT = CourtReceipt(FilingId("f"), "110105-1-00000012", datetime(2026, 11, 23, 2, 30, tzinfo=UTC))
PLACE = Place("北京市朝阳区人民法院", "110105-K01", "诉讼服务中心 1号窗口")
REFERENCE = "CK1:R:110105-1-00000012:0000"


def drawn(completed, tables, text_of) -> tuple[bytes, str]:
    papers = (Material("民事起诉状", 3, 6, True, True),)
    facts = receipt_facts(RECEIPT, completed.answers, "民间借贷纠纷", papers, "7K3M-P2QX", PLACE, tables)
    pdf = receipt_pdf(facts, REFERENCE, tables)
    return pdf, re.sub(r"\s", "", text_of(pdf))


def test_the_paper_says_everything_a_receipt_must(completed, tables, text_of):
    _, text = drawn(completed, tables, text_of)
    for expected in (
        "立案材料接收回执",
        "北京市朝阳区人民法院",
        "110105-1-00000012",
        "2026-11-2310:30",
        "自助终端设备编号：110105-K01",
        "王**（原告）",
        "已接收待审核，非立案。是否立案以人民法院通知为准。",
        "民间借贷纠纷",
        "标的额：118,760.00元",
        "被告：张**等2人",
        "民事起诉状36原件",
        "2026年11月30日",
        "7K3M-P2QX",
        "12368",
        "盖章处",
        "第1页共1页",
    ):
        assert expected in text


def test_the_paper_names_nobody_in_full_and_holds_no_number_of_anybody(completed, tables, text_of):
    _, text = drawn(completed, tables, text_of)
    person: dict[str, Any] = completed.answers["plaintiff"][0]["person"]
    assert [word for word in (person["name"], person["id_number"], person["phone"], "张三䶮") if word in text] == []


def test_the_paper_is_clean_to_a_strict_reader_and_the_same_every_time(completed, tables, text_of, faults_in):
    first, _ = drawn(completed, tables, text_of)
    assert faults_in(first) == ""
    assert drawn(completed, tables, text_of)[0] == first
