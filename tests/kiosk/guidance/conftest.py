"""The shipped book, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from kiosk.guidance.book import Book, read_book
from kiosk.guidance.search import Search
from kiosk.law.tables import Tables, read_tables
from resources import folder

settings.register_profile("unhurried", deadline=None)  # a loaded machine is no failure
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def book() -> Book:
    return read_book(folder("guidance"))


@pytest.fixture(scope="session")
def tables() -> Tables:
    return read_tables(folder("tables"))


@pytest.fixture(scope="session")
def search(book: Book, tables: Tables) -> Search:
    return Search(book, tables.causes.rows)


@pytest.fixture(scope="session")
def phrasings() -> dict[str, list[tuple[frozenset[str], str]]]:
    """What people say, by list: the topics that would do, and the words.

    `spoken` was written in rounds, each before the lexicon had seen it and looked at afterwards. `held_out` was written
    after the last of them and the lexicon has not been changed for it: whoever does moves it to `spoken` and writes
    another. `roundabout` is the hardest: dialect, anger, hints and typos on purpose, kept apart in the same way.
    """
    here = Path(__file__).parent
    found = {}
    for name in ("spoken", "held_out", "roundabout"):
        rows = [line.split("\t") for line in (here / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]
        found[name] = [(frozenset(topics.split("|")), said) for topics, _, said in rows]
    return found
