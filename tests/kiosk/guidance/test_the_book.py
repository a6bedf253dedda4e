"""The book is whole, keeps its sources, cites only what the facts cite, and never says who is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.errors import KioskTrouble
from kiosk.guidance.book import BOOK, LARGEST_FILE, SOUNDS, read_book
from resources import folder
from resources.guidance import build

# Words that weigh the merits. Guidance tells what the law asks for before a suit, not how one ends.
VERDICT = re.compile(
    r"能赢|会赢|赢定|稳赢|胜诉|败诉|胜算|一定|肯定|保证您|必须赔|应当赔|违法的是|您有理|没有理|支持您|驳回您的请求|打得赢"
    r"|you will win|you will lose|certainly|guaranteed to|you are right|is liable to you|must pay you",
    re.IGNORECASE,
)
# Every law that may be named, as the facts name it.
CITED = re.compile(
    r"(?:CPL|JI|FR|FM|LDMA|ADVL|PIPL) arts?\.[0-9(), -]+|Civil Code arts?\.[0-9(), -]+|Insurance Law art\.26"
    r"|Labour Interpretation I arts?\.(?:3|15)|Wage Regulation arts\.[0-9(), -]+|Traffic Interpretation 2020 art\.22"
    r"|private-lending rules art\.3|Legal Aid Law arts?\.(?:3[128](?:\([0-9]\))?|4[2-4]|[, ])+|Elderly Law art\.56"
    r"|Disabled Persons Law art\.60|Barrier-Free Law arts\.33, 41|Servicemen Status and Rights Law art\.61"
    r"|法释〔2022〕17号|model texts? [0-9-]+, 法〔2025〕82号|jurisdiction rules: special cases"
)
UNREADABLE = re.escape("guidance.book_unreadable")
CERTAINTIES = ("verified", "secondary", "general", "design")


def sentences(node: Any) -> Iterator[str]:
    """Everything that is said to people, in both languages."""
    if isinstance(node, dict):
        if {"zh", "en"} <= set(node):
            yield from (node["zh"], node["en"])
        for inner in node.values():
            yield from sentences(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from sentences(inner)


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    return json.loads((folder("guidance") / BOOK).read_text(encoding="utf-8"))


def test_the_book_is_what_its_sources_say(raw):
    here = folder("guidance")
    assert build.book(here) == raw
    assert build.sounds(here) == json.loads((here / SOUNDS).read_text(encoding="utf-8"))


def test_every_cause_of_the_law_has_its_topic(book, tables):
    codes = {row.code for row in tables.causes.rows if row.level >= 3}
    assert set(book.by_cause) == codes


def test_every_topic_can_be_reached_by_questions(book):
    asked = {name for branch in book.tree for name in branch.topics}
    assert {topic.id for topic in book.topics} - asked == {"general"}


def test_every_topic_of_a_form_leads_to_one_of_the_twelve(book):
    twelve = {"private_lending", "divorce", "sales_contract", "labour_dispute", "traffic_accident", "property_service"}
    twelve |= {"wage_arrears", "financial_loan", "credit_card", "house_lease", "general_civil", "protection_order"}
    assert {topic.pack for topic in book.topics} - {""} == twelve


def test_nothing_says_who_is_right(raw):
    assert [said for said in sentences(raw) if VERDICT.search(said)] == []
    wording = (folder("wording") / "guidance.toml").read_text(encoding="utf-8")
    assert VERDICT.findall(wording) == []


def test_only_laws_of_the_facts_are_cited_and_every_entry_says_how_sure_it_is(raw):
    entries = [one for part in ("gates", "where", "deadlines", "fees", "doors", "bring") for one in raw[part].values()]
    entries += raw["channels"]
    for one in entries:
        assert (
            one["confidence"].startswith(CERTAINTIES)
            or "general knowledge" in one["confidence"]
            or "law" in one["confidence"]
        )
        left = CITED.sub("", one.get("law", ""))
        assert set(left) <= set(" ;,."), one["law"]
    assert raw["source"]
    assert raw["confidence"]


def test_english_uses_plain_quotes_and_every_title_fits_its_tile(raw, book):
    assert [said for said in sentences(raw) if set(said) & set("\u2019\u201c\u201d") and said.isascii()] == []
    for topic in book.topics:
        assert len(topic.title.zh) <= 12, topic.id
        assert len(topic.title.en) <= 30, topic.id
        assert len(topic.what.zh) <= 44, topic.id
    for one in (*book.tree, *book.channels):
        assert len(one.zh) <= 12, one.id
        assert len(one.en) <= 30, one.id


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b'{"topics": 1}', b"\xff", b"{" * 5000])
def test_a_damaged_book_is_named(damage: bytes, tmp_path):
    for name in (BOOK, SOUNDS):
        (tmp_path / name).write_bytes((folder("guidance") / name).read_bytes())
    (tmp_path / BOOK).write_bytes(damage)
    with pytest.raises(KioskTrouble, match=UNREADABLE):
        read_book(tmp_path)


def test_a_book_that_is_missing_too_large_or_not_whole_is_named(raw, tmp_path):
    with pytest.raises(KioskTrouble, match=UNREADABLE):
        read_book(tmp_path)
    (tmp_path / SOUNDS).write_text("{}")
    (tmp_path / BOOK).write_bytes(b" " * (LARGEST_FILE + 1))
    with pytest.raises(KioskTrouble, match=UNREADABLE):
        read_book(tmp_path)
    raw["topics"][0]["gates"] = ["no such gate"]
    (tmp_path / BOOK).write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(KioskTrouble, match=UNREADABLE):
        read_book(tmp_path)
