"""The receipt and the docket notice: only from the court's word, exactly the allowed fields, nobody laid bare."""

from __future__ import annotations

import dataclasses
import json
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import resources
from kiosk.errors import KioskBug
from kiosk.filings.receipt import Material, Place, ReceiptFacts, receipt_facts
from kiosk.filings.status import Life
from kiosk.filings.told import CourtReceipt, DocketNotice, NoticeFault, NoticeWrong, read_docket_notice
from kiosk.ids import FilingId, TicketNumber
from kiosk.law.tables import Tables, read_tables
from kiosk.slips.measure import TextLine, columns, lay_out
from kiosk.slips.parts import Pair, Qr, Slip, Text, dump_slip, for_attempt, load_slip
from kiosk.slips.slip import QueueFacts, SlipFacts, offline_slip, queue_ticket, ticket_in
from kiosk.slips.told import docket_slip, filing_receipt_slip, receipt_reference
from kiosk.wording import LANGUAGES, Wording, load_wording

FIELDS = json.loads(Path(__file__).with_name("slip_fields.json").read_text(encoding="utf-8"))
FACTS = {
    "queue_ticket": QueueFacts,
    "filing_receipt": ReceiptFacts,
    "offline_slip": SlipFacts,
    "docket_notice": DocketNotice,
}
NOT_PRINTED = {"filing_id", "state"}  # of the message, not of the paper
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RECEIPT = CourtReceipt(FilingId("0192f0c8-0000-7000-8000-000000000000"), "110105-1-00000012", NOON)
PLACE = Place("北京市朝阳区人民法院", "110105-K01", "诉讼服务中心 1号窗口")
PERSON = {
    "name": "欧阳测试",
    "id_number": "110105198506150014",
    "phone": "13800138000",
    "domicile": "110105 建国路88号院3号楼1201",
}
ANSWERS: dict[str, Any] = {
    "case_head": {"filer_role": "self"},
    "plaintiff": [{"kind": "person", "person": PERSON}, {"kind": "person", "person": {**PERSON, "name": "王测试"}}],
    "defendant": [
        {"kind": "person", "person": {**PERSON, "name": "张三䶮"}},
        {"kind": "organisation", "organisation": {"name": "测试劳务有限公司"}},
    ],
    "agent": [{"name": "周代理", "phone": "13900139000"}],
    "claims": {"total_amount": "118760.00"},
    "evidence_and_basis": {
        "evidence": [{"name": "张三䶮写的借条", "copies": "3", "pages": "1", "original_or_copy": "original"}]
    },
}
PAPERS = (Material("民事起诉状", 3, 6, True, True), Material("证据清单", 3, 1, True, True))
NOTICE: dict[str, Any] = {
    "filing_id": "0192f0c8-0000-7000-8000-000000000000",
    "state": "fee_pending",
    "case_number": "（2026）京0105民初123号",
    "cause": "民间借贷纠纷",
    "parties": [
        {"side": "plaintiff", "name": "欧阳测试", "person": True},
        {"side": "plaintiff", "name": "王测试", "person": True},
        {"side": "defendant", "name": "测试劳务有限公司", "person": False},
    ],
    "docketed_on": "2026-11-25",
    "division": "民事审判一庭",
    "fee": "1337.60",
    "fee_due": "2026-12-02",
    "payment_code": "1101051234567890",
    "evidence_notice": "请在举证期限内提交证据。",
}


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(resources.folder("wording"))


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(resources.folder("tables"))


@pytest.fixture
def facts(tables: Tables) -> ReceiptFacts:
    return receipt_facts(RECEIPT, ANSWERS, "民间借贷纠纷", PAPERS, "7K3M-P2QX", PLACE, tables)


def notice(**changes: Any) -> DocketNotice:
    return read_docket_notice(json.dumps({**NOTICE, **changes}).encode())


def all_slips(facts: ReceiptFacts, wording: Wording, language: str) -> dict[str, Slip]:
    queue = QueueFacts("北京市朝阳区人民法院", "G023", "追索劳动报酬", NOON, 4, 20, "2号窗口", hall="诉讼服务中心")
    ticket = TicketNumber("0105-261123-0007-K3")
    offline = SlipFacts("北京市朝阳区人民法院", ticket, NOON, "民间借贷纠纷", 8, "0123456789abcdef")
    return {
        "queue_ticket": queue_ticket(queue, wording, language),
        "offline_slip": offline_slip(offline, wording, language),
        "filing_receipt": filing_receipt_slip(facts, wording, language),
        "docket_notice": docket_slip(notice(), "北京市朝阳区人民法院", wording, language),
    }


def said(slip: Slip) -> str:
    return "\n".join(line.text for line in lay_out(slip, 48) if isinstance(line, TextLine))


@pytest.mark.parametrize("kind", list(FACTS))
def test_a_slip_can_say_exactly_what_its_table_allows(kind: str):
    allowed = {name for names in FIELDS[kind].values() for name in names}
    assert {field.name for field in dataclasses.fields(FACTS[kind])} - NOT_PRINTED == allowed


def test_the_copied_fields_are_the_shared_ones(root: Path):
    shared = root.parent / "shared" / "domain" / "ticket_slip.yaml"
    if not shared.is_file():
        pytest.skip("the shared table of slips is not on this machine")
    table = yaml.safe_load(shared.read_text(encoding="utf-8"))
    assert {one["id"]: one["fields"] for one in table["slips"]} == {kind: list(FIELDS[kind]) for kind in FACTS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slip_names_a_person_in_full_or_holds_a_number_or_address_of_one(
    facts: ReceiptFacts, wording: Wording, language: str
):
    private = ("欧阳测试", "王测试", "张三䶮", "周代理", *PERSON.values(), "13900139000", "建国路")
    for kind, slip in all_slips(facts, wording, language).items():
        doc = dump_slip(slip)
        assert [word for word in private if word in doc] == [], kind
        assert load_slip(doc) == slip


@pytest.mark.parametrize("language", LANGUAGES)
def test_queue_ticket_and_offline_slip_name_nobody_at_all(facts: ReceiptFacts, wording: Wording, language: str):
    slips = all_slips(facts, wording, language)
    for kind in ("queue_ticket", "offline_slip"):
        assert "*" not in said(slips[kind])
        assert "欧" not in said(slips[kind])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [48, 32])
def test_every_line_of_every_slip_fits_the_paper(facts: ReceiptFacts, wording: Wording, language: str, width: int):
    for slip in all_slips(facts, wording, language).values():
        for line in lay_out(for_attempt(slip, 12, NOON), width):
            if isinstance(line, TextLine):
                assert columns(line.text) * line.size <= width


def test_the_receipt_says_received_and_never_docketed(facts: ReceiptFacts, wording: Wording):
    text = said(filing_receipt_slip(facts, wording, "zh"))
    for expected in (
        "110105-1-00000012",
        "2026-11-23 12:00",
        "欧阳**（原告）",
        "欧阳**等2人",
        "张**等2人",
        "118,760.00 元",
        "3份 6页 原件",
        "证据材料 1 项",
        "已接收待审核，非立案",
        "2026-11-30",
        "7K3M-P2QX",
        "是否立案以法院通知为准",
    ):
        assert expected in text
    assert "已立案" not in text


def test_evidence_is_listed_by_name_on_the_a4_paper_only(facts: ReceiptFacts, wording: Wording):
    assert [one.name for one in facts.materials if not one.printed] == ["张三䶮写的借条"]
    assert "借条" not in said(filing_receipt_slip(facts, wording, "zh"))


def test_an_agent_is_named_as_such(tables: Tables):
    answers = {**ANSWERS, "case_head": {"filer_role": "agent"}}
    found = receipt_facts(RECEIPT, answers, "民间借贷纠纷", PAPERS, "", PLACE, tables)
    assert (found.handed_in_by, found.role) == ("周**", "agent")


def test_a_guardian_and_a_body_that_applies_for_somebody_are_named_as_who_they_are(tables: Tables):
    def handed_in(**said: Any) -> str:
        return receipt_facts(RECEIPT, {**ANSWERS, **said}, "x", PAPERS, "", PLACE, tables).handed_in_by

    child = [{"kind": "person", "person": {**PERSON, "statutory_agent": {"name": "钱示例"}}}]
    assert handed_in(case_head={"filer_role": "statutory_agent"}, plaintiff=child) == "钱**"
    applied = {"case_head": {"filer_role": "agent"}, "agent": []}
    assert handed_in(**applied, applicant={"proxy_kind": "women", "proxy_name": "示例妇联"}) == "示例妇联"
    assert handed_in(**applied, applicant={"proxy_kind": "relative", "proxy_name": "孙示范"}) == "孙**"


def test_the_review_ends_after_the_holidays(tables: Tables):
    before_national_day = CourtReceipt(RECEIPT.filing_id, "1", datetime(2026, 9, 24, 2, 0, tzinfo=UTC))
    found = receipt_facts(before_national_day, ANSWERS, "x", (), "", PLACE, tables)
    assert found.review_until == date(2026, 10, 8)
    assert found.review_certain


def test_there_is_no_receipt_without_the_courts_number():
    with pytest.raises(KioskBug):
        CourtReceipt(RECEIPT.filing_id, "", NOON)
    with pytest.raises(KioskBug):
        CourtReceipt(RECEIPT.filing_id, "1", datetime(2026, 11, 23))  # noqa: DTZ001


def test_nobodys_data_is_in_the_repr_of_what_a_receipt_says(facts: ReceiptFacts):
    assert "欧" not in repr(facts)
    assert "欧" not in repr(notice())


def test_the_code_of_a_receipt_is_no_ticket_and_holds_its_number_only(facts: ReceiptFacts, wording: Wording):
    slip = filing_receipt_slip(facts, wording, "zh")
    (code,) = [part.data for part in slip.parts if isinstance(part, Qr)]
    assert code == receipt_reference(facts.receipt_number)
    assert ticket_in(code) is None


@pytest.mark.parametrize("number", ["（2026）收字第12号", "A:1", "收\x1b@", "110105/2026-00000012"])
def test_however_a_court_numbers_its_receipts_the_code_holds_the_number(number: str):
    head, kind, held, check = receipt_reference(number).split(":")
    assert (head, kind, unquote(held)) == ("CK1", "R", number)
    assert held.isascii()
    assert held.isprintable()
    assert len(check) == 4


def test_the_docket_notice_says_what_the_court_said_and_nothing_else(wording: Wording):
    text = said(docket_slip(notice(), "北京市朝阳区人民法院", wording, "zh"))
    for expected in ("（2026）京0105民初123号", "欧阳**等2人", "测试劳务有限公司", "1,337.60 元", "2026-12-02"):
        assert expected in text
    bare = docket_slip(
        notice(fee="", fee_due=None, payment_code="", evidence_notice="", division=""), "某法院", wording, "zh"
    )
    labels = {part.left for part in bare.parts if isinstance(part, Pair)}
    assert labels == {"案由", "原告", "被告", "立案日期"}
    assert "缴" not in "".join(part.text for part in bare.parts if isinstance(part, Text))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"state": "queued"}, NoticeFault.NOT_THE_COURTS_WORD),
        ({"state": "nonsense"}, NoticeFault.NOT_THE_COURTS_WORD),
        ({"state": "under_review"}, NoticeFault.NOT_DOCKETED),
        ({"state": "pre_mediation"}, NoticeFault.NOT_DOCKETED),
        ({"case_number": "0105-261123-0007-K3"}, NoticeFault.CASE_NUMBER),
        ({"case_number": ""}, NoticeFault.CASE_NUMBER),
        ({"fee": "about 50"}, NoticeFault.FEE),
        ({"fee": "-1.00"}, NoticeFault.FEE),
        ({"parties": []}, NoticeFault.NOT_A_NOTICE),
        ({"docketed_on": "2026-13-01"}, NoticeFault.NOT_A_NOTICE),
        ({"colour": "red"}, NoticeFault.NOT_A_NOTICE),
    ],
)
def test_a_notice_that_cannot_be_shown_says_why(changes: dict[str, Any], fault: NoticeFault):
    with pytest.raises(NoticeWrong) as told:
        notice(**changes)
    assert told.value.fault is fault


def test_a_notice_reads_as_it_was_sent():
    found = notice()
    assert (found.state, found.fee, found.fee_due) == (Life.FEE_PENDING, Decimal("1337.60"), date(2026, 12, 2))
    with pytest.raises(NoticeWrong):
        read_docket_notice(b" " * 70_000)


@given(st.binary(max_size=200) | st.dictionaries(st.sampled_from(list(NOTICE)), st.text(max_size=9)).map(json.dumps))
def test_no_message_does_anything_but_read_or_be_refused(body: bytes | str):
    with suppress(NoticeWrong):
        read_docket_notice(body if isinstance(body, bytes) else body.encode())


@pytest.mark.parametrize("number", ["", "A23", "AA23", "a023", "A0234", "张023"])
def test_a_queue_number_is_a_letter_and_three_figures(number: str):
    with pytest.raises(KioskBug):
        QueueFacts("某法院", number, "立案", NOON, 0, 0, "1号窗口")


def test_green_channels_are_called_by_their_letter(facts: ReceiptFacts, wording: Wording):
    assert "绿色通道" in said(all_slips(facts, wording, "zh")["queue_ticket"])
    plain = QueueFacts("某法院", "A001", "立案", NOON, 0, 0, "1号窗口")
    assert "绿色通道" not in said(queue_ticket(plain, wording, "zh"))
