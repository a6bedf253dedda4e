"""Green channels open when they are said or told by age, form, cause or an answer; paper sees only a letter."""

from __future__ import annotations

import pytest

from kiosk.guidance import channels
from kiosk.ids import PackId


@pytest.mark.parametrize(
    ("facts", "opened"),
    [
        ({}, ()),
        ({"said": ("military",)}, ("military",)),
        ({"pack": PackId("wage_arrears")}, ("migrant_worker_wages",)),
        ({"pack": PackId("protection_order")}, ("domestic_violence",)),
        ({"pack": PackId("labour_dispute"), "confirmed": {"is_migrant"}}, ("migrant_worker_wages",)),
        ({"pack": PackId("divorce"), "confirmed": {"dv_present"}}, ("domestic_violence",)),
        ({"cause": "022.1"}, ("support_claims",)),
        ({"cause": "024"}, ("support_claims",)),
        ({"cause": "02"}, ()),
        ({"pack": PackId("traffic_accident")}, ("injury_victims",)),
        ({"ages": [59]}, ()),
        ({"ages": [60]}, ("elderly",)),
        ({"ages": [17]}, ("minor",)),
        ({"ages": [18]}, ()),
        ({"said": ("low_income",), "ages": [80]}, ("elderly", "low_income")),
    ],
)
def test_who_has_a_channel(facts: dict, opened: tuple[str, ...], book):
    known = {"said": (), "pack": None, **facts}
    assert channels.open_to(book, known.pop("said"), known.pop("pack"), **known) == opened


@pytest.mark.parametrize(
    ("opened", "letter"),
    [((), ""), (("migrant_worker_wages",), "G"), (("elderly",), "L"), (("military",), "J"), (("low_income",), "")],
)
def test_the_queue_shows_a_letter(opened: tuple[str, ...], letter: str, book):
    assert channels.prefix(book, opened) == letter


def test_the_letter_gives_nobody_away(book):
    sharing = {one.id for one in book.channels if one.prefix == "L"}
    assert {"domestic_violence", "elderly", "disabled"} <= sharing


def test_the_page_does_not_ask_what_the_form_says_already(book):
    assert "migrant_worker_wages" not in {one.id for one in channels.offered(book, PackId("wage_arrears"))}
    assert "domestic_violence" not in {one.id for one in channels.offered(book, PackId("protection_order"))}
    assert {"elderly", "disabled", "military", "low_income"} <= {one.id for one in channels.offered(book, None)}


def test_what_the_kiosk_does_for_them(book):
    assert {"hide", "neutral", "no_sms"} <= channels.does(book, ("domestic_violence",))
    assert "no_prepay" in channels.does(book, ("migrant_worker_wages",))
    assert "large_type" in channels.does(book, ("elderly",))


def test_every_group_of_the_law_is_there_with_its_source(book):
    wanted = {"migrant_worker_wages", "elderly", "disabled", "minor", "military", "domestic_violence", "low_income"}
    wanted |= {"support_claims", "injury_victims"}
    assert wanted <= set(book.channel)
    assert all(one.law for one in book.channels if one.id in wanted)
    assert all(one.tells for one in book.channels)
