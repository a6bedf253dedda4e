"""After a whole visit nobody who takes the disk finds what was said, in any spelling that a search would try."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as engine

from kiosk.filings.content import load_readable
from kiosk.store.filings import Filings
from kiosk.store.readable import Readable
from ui.demo.court import DemoCourt

Search = Callable[[Iterable[Path], str], list[str]]


def test_no_file_of_the_kiosk_holds_a_word_of_the_visit(filed, court: DemoCourt, files_holding: Search):
    files = list(court.settings().state.rglob("*"))
    assert "kiosk.db" in {path.name for path in files}
    assert len(filed.words) > 8
    for at, words in filed.words.items():
        assert files_holding(files, words) == [], at


def test_the_search_would_find_what_lies_open(filed, court: DemoCourt, files_holding: Search):
    """The kiosk's own name is no secret and stands in a file of the folder: the search sees what is there."""
    assert files_holding(court.settings().state.rglob("*"), court.settings().kiosk_id)


def test_no_log_beside_the_kiosk_holds_a_word_of_the_visit(filed, court: DemoCourt, files_holding: Search):
    logs = list(court.folder.glob("*.log"))
    assert logs
    for at, words in filed.words.items():
        assert files_holding(logs, words) == [], at


@pytest.mark.parametrize("library", [sqlite3, engine], ids=["sqlite", "sqlcipher"])
def test_the_store_does_not_open_without_its_key(filed, court: DemoCourt, library: Any):
    path = court.settings().state / "store" / "kiosk.db"
    assert not path.read_bytes().startswith(b"SQLite format 3")
    db = library.connect(path)
    try:
        with pytest.raises(library.DatabaseError):
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        db.close()


def test_with_its_key_the_same_store_tells_it(filed, court: DemoCourt, store_of: Callable[..., Any]):
    """So the words were there to be found."""
    with store_of(court.settings()) as db:
        row = Filings(db).by_ticket(filed.ticket)
        answers = load_readable(Readable(db).get(row.filing_id).body).answers
    kept = json.dumps(answers, ensure_ascii=False)
    unkept = [at for at, words in filed.words.items() if words not in kept]
    assert len(unkept) < len(filed.words) // 4, unkept  # a card says more than the form asks
