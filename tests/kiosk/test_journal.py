"""The technical log: what gets in, what is dropped, and that nothing a person said ever does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import journal
from kiosk.errors import KioskTrouble

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    journal.begin(tmp_path / "log", "kiosk", lambda: NOW)
    yield tmp_path / "log" / "kiosk.jsonl"
    journal.end()


def lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_an_event_is_one_line_with_its_time_and_process(log: Path):
    journal.note("filing stored", filing_id="0199", ticket="0105-261123-0001-F6", count=3)
    assert lines(log) == [
        {
            "at": "2026-11-23T01:30:00.000+00:00",
            "process": "kiosk",
            "event": "filing stored",
            "filing_id": "0199",
            "ticket": "0105-261123-0001-F6",
            "count": 3,
        }
    ]


def test_keys_nobody_listed_are_dropped_and_counted(log: Path):
    journal.note("answer saved", answer="卡纳里甲", name="卡纳里甲", question="plaintiff/person/name", body=b"x")
    assert "卡纳里" not in log.read_text(encoding="utf-8")
    assert lines(log)[0]["dropped"] == 3
    assert lines(log)[0]["question"] == "plaintiff/person/name"


@pytest.mark.parametrize("number", ["11010519491231002X", "110105194912310021", "13800138000", "6217001234567890122"])
def test_numbers_of_people_are_scrubbed_even_under_a_listed_key(log: Path, number: str):
    journal.note("sync trouble", reason=f"got {number}, gave up")
    assert number not in log.read_text(encoding="utf-8")
    assert lines(log)[0]["reason"] == "got ▮, gave up"


def test_a_long_value_is_cut(log: Path):
    journal.note("sync trouble", reason="a" * 5000)
    assert len(str(lines(log)[0]["reason"])) == 200


def stumble(answer: str) -> None:
    raise ValueError(f"cannot take {answer}")


def test_of_an_exception_only_type_and_places_are_kept(log: Path):
    with pytest.raises(ValueError, match="cannot take") as caught:
        stumble("卡纳里甲")
    journal.note_exception("window broke", caught.value)
    said = log.read_text(encoding="utf-8")
    assert "卡纳里" not in said
    assert "cannot take" not in said
    assert lines(log)[0]["raised"] == "ValueError"
    assert str(lines(log)[0]["where"]).startswith("kiosk.test_journal:")


def test_of_a_trouble_the_key_is_kept_too(log: Path):
    journal.note_exception("draft not saved", KioskTrouble("store.disk_full", free=3))
    assert lines(log)[0]["trouble"] == "store.disk_full"


def test_an_exception_nobody_caught_in_a_thread_ends_in_the_log(log: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr("sys.excepthook", print)
    monkeypatch.setattr("sys.unraisablehook", print)
    journal.catch_everything()
    thread = threading.Thread(target=stumble, args=("卡纳里甲",))
    thread.start()
    thread.join()
    assert lines(log)[0]["event"] == "uncaught in a thread"
    assert "卡纳里" not in log.read_text(encoding="utf-8")


def test_a_large_log_is_put_aside_and_kept(tmp_path: Path):
    old = tmp_path / "kiosk.jsonl"
    old.write_bytes(b"x" * (journal.ROTATE_BYTES + 1))
    journal.begin(tmp_path, "kiosk", lambda: NOW)
    journal.note("kiosk started")
    journal.end()
    assert len(lines(old)) == 1
    assert (tmp_path / "kiosk.20261123T013000.jsonl").stat().st_size == journal.ROTATE_BYTES + 1


def test_the_file_is_for_the_service_user_only(log: Path):
    journal.note("kiosk started")
    assert log.stat().st_mode & 0o077 == 0


def test_before_it_begins_a_note_goes_nowhere_and_hurts_nobody():
    journal.note("kiosk started")


@given(st.text())
def test_whatever_is_written_is_one_line_of_json(text: str):
    event = journal.scrubbed(None, "", journal.only_listed(None, "", {"event": "e", "reason": text}))
    assert len(str(event["reason"])) <= 200


def test_an_event_takes_little_time(log: Path):
    began = time.perf_counter()
    for _ in range(1000):
        journal.note("draft saved", draft_id="0199", ms=3)
    assert (time.perf_counter() - began) / 1000 < 0.0005
