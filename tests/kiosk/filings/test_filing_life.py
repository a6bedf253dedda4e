"""The life of a filing has the states and the arrows of its table, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import resources
from kiosk.errors import KioskBug
from kiosk.filings.status import (
    COURT_TOLD,
    LIFE_ARROWS,
    LOCAL,
    Actor,
    FilingStatus,
    Life,
    life_of,
    may_follow,
    told,
    walk,
    words_key,
)
from kiosk.wording import LANGUAGES, Wording, load_wording

TABLE = json.loads(Path(__file__).with_name("state_machine.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(resources.folder("wording"))


def arrows(table: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    return {(one["from"], one["to"], one["actor"], one.get("guard", "")) for one in table["transitions"]}


def ours() -> set[tuple[str, str, str, str]]:
    return {(one.start.value, one.end.value, one.actor.value, one.guard) for one in LIFE_ARROWS}


def test_the_states_are_those_of_the_table():
    assert {state.value for state in Life} == {one["id"] for one in TABLE["states"]}


def test_the_arrows_are_those_of_the_table_and_no_others():
    assert ours() == arrows(TABLE)
    assert len(LIFE_ARROWS) == len(TABLE["transitions"])


def test_the_copied_table_is_the_shared_one(root: Path):
    shared = root.parent / "shared" / "domain" / "state_machine.yaml"
    if not shared.is_file():
        pytest.skip("the shared table of states is not on this machine")
    table = yaml.safe_load(shared.read_text(encoding="utf-8"))
    assert arrows(table) == arrows(TABLE)
    assert [{key: one[key] for key in ("id", "zh", "en", "where")} for one in table["states"]] == TABLE["states"]


@pytest.mark.parametrize("start", list(Life))
def test_the_kiosk_walks_its_own_arrows_only(start: Life):
    for end in Life:
        for actor in Actor:
            listed = any((one.start, one.end, one.actor) == (start, end, actor) for one in LIFE_ARROWS)
            own = end in LOCAL or (start in LOCAL and end is Life.WITHDRAWN)
            if listed and own:
                assert walk(start, end, actor) is end
            else:
                with pytest.raises(KioskBug):
                    walk(start, end, actor)


def test_no_actor_at_the_kiosk_can_make_a_filing_received_or_docketed():
    for start in Life:
        for actor in Actor:
            for end in (Life.RECEIVED, Life.DOCKETED, Life.REFUSED, Life.FEE_PENDING):
                with pytest.raises(KioskBug):
                    walk(start, end, actor)


def test_the_court_can_say_only_what_is_the_courts_to_say():
    assert told("docketed") is Life.DOCKETED
    assert all(told(state) is state for state in COURT_TOLD)
    assert all(told(state) is None for state in LOCAL)
    assert told("") is None
    assert told("立案") is None


def test_the_table_says_which_states_are_set_at_the_terminal():
    where = {one["id"]: one["where"] for one in TABLE["states"]}
    assert {state for state in LOCAL if where[state] != "terminal"} == set()
    assert {state for state in COURT_TOLD if where[state] == "terminal"} == {Life.CORRECTED}


def test_a_notice_may_skip_what_was_not_delivered_but_never_goes_against_the_arrows():
    assert may_follow(Life.RECEIVED, Life.DOCKETED)
    assert may_follow(Life.RECEIVED, Life.FEE_PENDING)
    assert not may_follow(Life.DOCKETED, Life.CORRECTION_REQUIRED)
    assert not may_follow(Life.TRANSFERRED, Life.UNDER_REVIEW)
    assert not may_follow(Life.DRAFT, Life.EXPIRED)


@pytest.mark.parametrize(
    ("status", "court_state", "life"),
    [
        (FilingStatus.STORED, "", Life.QUEUED),
        (FilingStatus.SENDING, "", Life.UPLOADING),
        (FilingStatus.RECEIVED, "", Life.RECEIVED),
        (FilingStatus.RECEIVED, "docketed", Life.DOCKETED),
        (FilingStatus.RECEIVED, "queued", Life.RECEIVED),
        (FilingStatus.HELD, "", Life.UPLOAD_FAILED),
    ],
)
def test_carriage_and_the_courts_word_together_say_where_a_filing_stands(
    status: FilingStatus, court_state: str, life: Life
):
    assert life_of(status, court_state) is life


def test_every_state_has_words_and_the_chinese_are_the_tables(wording: Wording):
    for one in TABLE["states"]:
        key = words_key(Life(one["id"]))
        assert wording.say(key, "zh") == one["zh"]
        assert all(wording.say(key, language) for language in LANGUAGES)


def test_only_the_courts_word_reads_docketed(wording: Wording):
    saying = [key for key, entry in wording.entries.items() if key.startswith("state.") and entry["zh"] == "已立案"]
    assert saying == ["state.court.docketed"]
