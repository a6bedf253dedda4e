"""What people say leads to what they mean, whatever they say and however they say it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.guidance.book import GENERAL
from kiosk.guidance.hearing import MOST_CHARACTERS, hear, stem
from kiosk.guidance.search import SHOWN

MOST_MILLISECONDS = 30
ENOUGH = 0.95


@pytest.mark.parametrize("name", ["spoken", "held_out"])
def test_of_a_hundred_ways_to_say_it_ninety_five_are_understood(name: str, search, phrasings):
    missed = [said for wanted, said in phrasings[name] if not wanted & {post.topic for post in search.signposts(said)}]
    assert len(missed) <= (1 - ENOUGH) * len(phrasings[name]), missed


def test_whoever_goes_round_about_it_is_still_understood_three_times_in_four(search, phrasings):
    """Words nobody had looked at: 79 of 100 when the list was written. The others are shown the question tree."""
    rows = phrasings["roundabout"]
    understood = [said for wanted, said in rows if wanted & {post.topic for post in search.signposts(said)}]
    assert len(understood) >= 0.75 * len(rows)


def test_there_are_enough_phrasings_and_none_of_them_stands_in_the_lexicon_word_for_word(book, phrasings):
    assert len(phrasings["spoken"]) >= 150
    assert len(phrasings["held_out"]) >= 100
    known = {phrase for topic in book.topics for phrase in topic.phrases}
    long_ones = {said for rows in phrasings.values() for _, said in rows if len(said) > 8}
    assert known & long_ones == set()
    held_out = {said for _, said in phrasings["held_out"]}
    assert held_out & {said for _, said in phrasings["spoken"]} == set()


def test_an_answer_is_there_at_once(search, phrasings):
    """The median, because the machine may be busy with something else now and then."""
    longest = sorted((said for rows in phrasings.values() for _, said in rows), key=len)[-60:]
    taken = []
    for said in (*longest, "工" * 5000, "我借给他钱" * 100):
        began = time.perf_counter()
        search.signposts(said)
        taken.append(1000 * (time.perf_counter() - began))
    assert sorted(taken)[len(taken) // 2] <= MOST_MILLISECONDS


@given(said=st.text(max_size=600))
def test_whatever_is_said_there_is_an_answer(said: str, search):
    found = search.signposts(said)
    assert 1 <= len(found) <= SHOWN
    assert len({post.topic for post in found}) == len(found)
    assert all(len(post.why) <= 3 for post in found)


@given(said=st.text(alphabet="借钱不还工资老板离婚打我房东押金车撞 ，。1万x", max_size=80))
def test_whatever_mixture_of_known_words_is_said_there_is_an_answer(said: str, search):
    assert search.signposts(said)


@pytest.mark.parametrize("said", ["", "   ", "。。。", "asdf qwerty", "蝴蝶", "\x00\u202e", "12345"])
def test_what_nobody_understands_is_led_to_the_general_complaint(said: str, search):
    assert search.signposts(said)[-1].topic == GENERAL


def test_only_so_much_is_read(search):
    head = "房东不退押金"
    tail = "老板不给工资" * 200
    assert len(head + "。" * MOST_CHARACTERS + tail) > MOST_CHARACTERS
    assert search.signposts(head + "。" * MOST_CHARACTERS + tail)[0] == search.signposts(head)[0]


def test_the_words_that_led_there_were_said(search, phrasings):
    for _, said in phrasings["held_out"]:
        if said.isascii():
            continue
        for post in search.signposts(said):
            assert all(word in said for word in post.why), (said, post.why)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("公资不发", "wage_arrears"),  # wrong characters of the right sound
        ("儿子不瞻养我", "parent_support"),
        ("車被追尾對方不賠", "traffic_accident"),  # traditional characters
        ("ＷＡＧＥＳ not paid", "wage_arrears"),  # full width
        ("堂客要离", "divorce"),  # dialect
        ("相邻采光、日照纠纷", "neighbours"),  # the legal name itself
        ("申请公示催告", "public_summons"),
    ],
)
def test_slips_and_spellings_do_not_matter(said: str, meant: str, search):
    assert search.signposts(said)[0].topic == meant


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("网上买的手机是假货", "088.8"),
        ("爸爸写了遗嘱，哥哥不认", "030"),
        ("高空抛物砸了车", "420.3"),
        ("楼上漏水", "055.7"),
        ("退婚彩礼不退", "012"),
        ("替别人还了钱怎么追回来", "147"),
    ],
)
def test_the_cause_is_the_finest_that_was_named(said: str, cause: str, search):
    assert search.signposts(said)[0].cause == cause


def test_every_cause_is_found_by_its_own_name(search, book, tables):
    """All 514 of the third level and the 162 below them."""
    rows = [row for row in tables.causes.rows if row.level >= 3]
    assert len(rows) == 514 + 162
    lost = [
        row.zh for row in rows if book.by_cause[row.code].id not in {post.topic for post in search.signposts(row.zh)}
    ]
    assert len(lost) <= 0.05 * len(rows), lost


def test_english_endings_do_not_matter():
    assert stem("wages") == stem("wage")
    assert stem("refuses") == stem("refused")
    assert hear("My boss won't pay", {}, {}).spelled == ("my", "boss", "will", "not", "pay")
