"""Nobody meets the end of a table by accident."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kiosk.law.standing import Known, is_current, tables_standing
from kiosk.wording import load_wording


def known(tables, day: date, province: str = "") -> dict[str, Known]:
    return {one.name: one.known for one in tables_standing(tables, day, province)}


@pytest.mark.parametrize(
    ("day", "lpr", "holidays"),
    [
        (date(2026, 7, 19), Known.CURRENT, Known.CURRENT),
        (date(2026, 7, 20), Known.OUT_OF_DATE, Known.CURRENT),
        (date(2026, 11, 16), Known.OUT_OF_DATE, Known.CURRENT),
        (date(2026, 11, 17), Known.OUT_OF_DATE, Known.ENDS_SOON),
        (date(2027, 1, 1), Known.OUT_OF_DATE, Known.OUT_OF_DATE),
    ],
)
def test_a_table_is_current_until_the_day_it_knows_nothing_of(tables, day: date, lpr: Known, holidays: Known):
    assert {name: known(tables, day)[name] for name in ("lpr", "holidays")} == {"lpr": lpr, "holidays": holidays}


def test_lines_of_a_province_are_not_set_current_or_old(tables):
    day = date(2026, 3, 1)
    found = [known(tables, day, province)["small_claims"] for province in ("", "110105", "320500", "330100")]
    assert found == [Known.NOT_SET, Known.NOT_SET, Known.CURRENT, Known.OUT_OF_DATE]


@given(st.dates(date(2019, 8, 20), date(2030, 1, 1)))
def test_a_current_table_answers_and_an_old_one_says_so(tables, day: date):
    standing = known(tables, day, "320000")
    assert is_current("lpr", day, tables) == (standing["lpr"] is Known.CURRENT)
    assert is_current("holidays", day, tables) == (day.year in (2025, 2026))
    assert not is_current("horoscope", day, tables)


def test_every_standing_has_its_sentence(tables):
    wording = load_wording(resources.folder("wording"))
    for month in range(1, 13):
        for province in ("", "320000", "330000"):
            for one in tables_standing(tables, date(2027 - month % 2, month, 1), province):
                assert wording.say(one.key, "en", day="2027-01-01")
