"""Every older file becomes this program's file, wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.errors import KioskTrouble
from kiosk.store import schema
from kiosk.store.connect import Database
from kiosk.store.meta import Meta
from kiosk.store.schema import MIGRATIONS, Migration, migrate, version


def add_colour(db: Database) -> None:
    db.execute("ALTER TABLE meta ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def paint(db: Database) -> None:
    db.execute("UPDATE meta SET colour = 'green'")


def break_halfway(db: Database) -> None:
    db.execute("UPDATE meta SET value = 'half done'")
    raise KioskTrouble("store.disk_full")


LATER: tuple[Migration, ...] = (*MIGRATIONS, add_colour, paint)


def test_a_new_file_has_the_newest_number(db: Database):
    assert version(db) == len(MIGRATIONS)


def test_this_programs_file_needs_nothing(db: Database):
    assert migrate(db) == 0


@pytest.mark.parametrize("released", range(1, len(LATER)))
def test_a_file_of_each_older_number_is_brought_up_with_its_rows(db: Database, released: int):
    migrate(db, LATER[:released])
    Meta(db).write("kiosk_id", "110105-K01")
    assert migrate(db, LATER) == len(LATER) - released
    assert version(db) == len(LATER)
    assert db.execute("SELECT name, value, colour FROM meta").fetchall() == [("kiosk_id", "110105-K01", "green")]


def test_a_migration_that_breaks_leaves_the_file_as_it_was(db: Database):
    Meta(db).write("kiosk_id", "110105-K01")
    with pytest.raises(KioskTrouble, match=r"store\.disk_full"):
        migrate(db, (*MIGRATIONS, add_colour, break_halfway))
    assert version(db) == len(MIGRATIONS) + 1
    assert Meta(db).read("kiosk_id") == "110105-K01"
    assert migrate(db, LATER) == 1


def test_two_programs_that_start_together_migrate_once(opened: Callable[[], Database]):
    first, second = opened(), opened()
    assert migrate(first, LATER) == 2
    assert migrate(second, LATER) == 0


def test_a_newer_file_is_refused(db: Database):
    migrate(db, LATER)
    with pytest.raises(KioskTrouble) as caught:
        migrate(db)
    assert (caught.value.key, caught.value.places) == ("store.newer", {"found": len(LATER), "known": len(MIGRATIONS)})


def test_the_shape_of_the_first_release_does_not_change(db: Database):
    """A released migration is never edited: a change to one of these is a new migration."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
    assert tables - {"sqlite_sequence", "sqlite_stat1"} == {
        "meta", "draft", "filing", "readable", "audit", "clerk", "sign_in_try", "print_job", "print_attempt",
        "chain", "outbox", "outbox_chunk", "receipt", "refusal", "court_contact",
        "unsettled",
    }  # fmt: skip
    assert len(schema.MIGRATIONS) == 1
