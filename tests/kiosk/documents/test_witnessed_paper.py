"""Who cannot write: the paper says so, names the clerk who vouched, and leaves the line free."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from kiosk.documents.papers import documents
from kiosk.documents.signed import still_as_signed
from kiosk.filings.ink import Ink

COMPLAINANT, ADDRESSEE = "/data/plaintiff[1]/signing/signature", "/data/service/signature"
VOUCHED = Ink(900, 400, (), datetime(2026, 11, 24, 2, 0, tzinfo=UTC), witness="1001")


def test_the_paper_names_the_clerk_who_vouched_under_a_free_line(form, completed, shelf, text_of):
    papers = {
        one.kind: one
        for one in documents(form, completed, dict.fromkeys((COMPLAINANT, ADDRESSEE), VOUCHED), shelf.tables)
    }
    for kind in ("complaint", "service_address"):
        text = re.sub(r"\s", "", text_of(papers[kind].pdf))
        assert "本人不能书写，工作人员1001当面见证，在上方捺印" in text
        assert papers[kind].signed is not None
        assert papers[kind].signed.shown in text
        assert still_as_signed(papers[kind].pdf, papers[kind].signed)


def test_a_paper_that_was_signed_by_hand_says_nothing_of_a_clerk(form, completed, shelf, text_of):
    assert "见证" not in "".join(text_of(one.pdf) for one in documents(form, completed, {}, shelf.tables)[:1])
