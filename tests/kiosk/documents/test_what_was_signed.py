"""Ink stands over the very bytes that were signed, and one changed answer shows."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest

from kiosk.documents.papers import Document, documents, still_says
from kiosk.documents.signed import still_as_signed
from kiosk.filings.content import court_words
from kiosk.filings.filing import Submission
from kiosk.filings.ink import Ink, InkPoint
from kiosk.filings.papers import PaperHandedIn

INK = Ink(900, 400, ((InkPoint(100, 200, 0), InkPoint(300, 120, 90), InkPoint(500, 240, 200)), (InkPoint(9, 9, 300),)))
OTHER_INK = Ink(900, 400, ((InkPoint(10, 20, 0), InkPoint(30, 12, 90)),))
COMPLAINANT, ADDRESSEE = "/data/plaintiff[1]/signing/signature", "/data/service/signature"
SIGNED = {COMPLAINANT: INK, ADDRESSEE: INK}


@pytest.fixture
def signed(form, completed, shelf) -> dict[str, Document]:
    return {one.kind: one for one in documents(form, completed, SIGNED, shelf.tables)}


def test_the_file_begins_with_what_was_signed_without_any_ink(signed, form, completed, shelf):
    complaint = signed["complaint"]
    assert complaint.signed is not None
    first = complaint.pdf[: complaint.signed.length]
    assert hashlib.sha256(first).hexdigest() == complaint.signed.sha256
    assert still_as_signed(complaint.pdf, complaint.signed)
    with_other_ink = documents(form, completed, {**SIGNED, COMPLAINANT: OTHER_INK}, shelf.tables)[0]
    assert with_other_ink.signed == complaint.signed
    assert with_other_ink.pdf != complaint.pdf


def test_the_digest_of_what_was_signed_stands_beside_the_signature(signed, text_of):
    for kind in ("complaint", "service_address"):
        text = re.sub(r"\s", "", text_of(signed[kind].pdf))
        assert "签署内容摘要：" in text
        assert signed[kind].signed.shown in text
        assert signed[kind].signed.shown not in text_of(signed[kind].pdf[: signed[kind].signed.length])


def test_every_signature_says_which_paper_it_is_on(signed):
    assert {kind: one.signatures for kind, one in signed.items()} == {
        "complaint": (COMPLAINANT,),
        "service_address": (ADDRESSEE,),
        "evidence_list": (),
    }
    assert signed["evidence_list"].signed is None


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        ("claims", "principal_owed", "90000.01"),
        ("facts", "contract_date", "2023-04-11"),
        ("claims", "total_amount", "1"),
    ],
)
def test_one_changed_answer_is_no_longer_what_was_signed(signed, form, completed, shelf, group, name, value):
    assert still_says(signed["complaint"], documents(form, completed, SIGNED, shelf.tables))
    changed = {**completed.answers, group: {**completed.answers[group], name: value}}
    again = documents(form, replace(completed, answers=changed), SIGNED, shelf.tables)
    assert not still_says(signed["complaint"], again)


def test_one_changed_byte_shows_and_so_does_a_longer_or_shorter_claim(signed):
    complaint = signed["complaint"]
    for place in (9, 5000, complaint.signed.length - 3):
        changed = bytearray(complaint.pdf)
        changed[place] ^= 1
        assert not still_as_signed(bytes(changed), complaint.signed)
    for length in (0, complaint.signed.length - 1, complaint.signed.length + 1):
        assert not still_as_signed(complaint.pdf, replace(complaint.signed, length=length))


def test_both_revisions_open_and_the_second_only_adds_ink(signed):
    complaint = signed["complaint"]
    whole = pypdf.PdfReader(BytesIO(complaint.pdf), strict=True)
    first = pypdf.PdfReader(BytesIO(complaint.pdf[: complaint.signed.length]), strict=True)
    assert len(whole.pages) == len(first.pages) == complaint.pages
    for before, after in zip(first.pages[:-1], whole.pages[:-1], strict=True):
        assert before.get_contents().get_data() == after.get_contents().get_data()
    assert first.pages[-1].get_contents().get_data() in whole.pages[-1].get_contents().get_data()


def test_a_signed_paper_is_clean_to_a_strict_reader(signed, faults_in):
    assert {kind: faults_in(one.pdf) for kind, one in signed.items()} == dict.fromkeys(signed, "")


def test_the_sealed_filing_keeps_the_digest_with_the_ink(signed, completed):
    papers = [
        PaperHandedIn(one.kind, one.pages, hashlib.sha256(one.pdf).hexdigest(), "00", one.signed, one.signatures)
        for one in signed.values()
    ]
    when = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    submission = Submission(completed, {**SIGNED, COMPLAINANT: replace(INK, at=when)}, (), ())
    header = json.loads(court_words(submission, 6, "a", "b", papers))
    kept = header["signatures"][COMPLAINANT]
    assert kept["paper"] == "complaint"
    assert kept["signed_sha256"] == signed["complaint"].signed.sha256
    assert kept["at"] == "2026-11-23T02:00:00Z"
    assert header["signatures"][ADDRESSEE]["at"] == ""
    assert kept["strokes"][0][1] == [300, 120, 90]
    listed = {one["kind"]: one.get("signed") for one in header["papers"]}
    assert listed["complaint"] == {"bytes": signed["complaint"].signed.length, "sha256": kept["signed_sha256"]}
    assert listed["evidence_list"] is None
