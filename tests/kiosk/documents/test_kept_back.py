"""What the other side does not get to read: copies of the complaint go to every defendant."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.documents.papers import Document, documents
from kiosk.filings.filing import CompletedForm
from kiosk.ids import PackId
from kiosk.interview import Context, begin, complete, fill
from kiosk.shelf import Shelf

SAID = Path(__file__).parents[1] / "packs" / "answers" / "house_lease.json"
HOME, PHONE = "北京市朝阳区建国路90号院5号楼602", "13700137000"
ACCOUNT = "6228480012345678903"


@pytest.fixture
def papers_of(shelf: Shelf):
    def drawn(confidential: str, **jurisdiction: Any) -> dict[str, Document]:
        form = shelf.forms[PackId("house_lease")]
        answers = json.loads(SAID.read_text(encoding="utf-8"))["answers"]
        answers["service"]["confidential"] = confidential
        answers["jurisdiction"] |= jurisdiction
        facts = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}
        filled = fill(begin(form, Context(today=date(2026, 11, 23), facts=facts)), answers)
        assert not isinstance(filled, tuple), filled
        done = complete(filled, "zh")
        assert isinstance(done, CompletedForm), done
        return {one.kind: one for one in documents(form, done, {}, shelf.tables)}

    return drawn


def test_whoever_asked_for_secrecy_is_shown_to_the_court_and_not_to_the_defendant(papers_of, text_of):
    kept = papers_of("yes")
    complaint, address = kept["complaint"], kept["service_address"]
    assert complaint.copies.parties == 1
    assert [secret for secret in (HOME, PHONE) if secret in text_of(complaint.pdf)] == []
    assert text_of(complaint.pdf).count("请求保密，见送达地址确认书") == 2
    assert address.copies.parties == 0
    assert [known for known in (HOME, PHONE) if known not in text_of(address.pdf)] == []


def test_whoever_did_not_ask_is_named_in_full_as_the_law_wants(papers_of, text_of):
    text = text_of(papers_of("no")["complaint"].pdf)
    assert [known for known in (HOME, PHONE) if known not in text] == []
    assert "请求保密" not in text


def test_property_to_be_preserved_is_named_to_the_court_alone(papers_of, text_of):
    leads = [{"kind": "account", "detail": ACCOUNT, "owner": "钱示例"}]
    drawn = papers_of("no", applications="preserve_now", preserve_amount="50000", preserve_property=leads)
    told = [one.kind for one in drawn.values() if one.copies.parties and ACCOUNT in text_of(one.pdf)]
    assert told == []
    application = drawn["preservation"]
    assert application.copies.parties == 0
    wanted = (ACCOUNT, HOME, PHONE, "110105199001010221", "诉讼标的额：54,986.50元", "保全申请费（估算）：520.00元")
    assert [word for word in wanted if word not in text_of(application.pdf)] == []
