"""Every older file becomes this program's file, wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as engine

from kiosk.errors import KioskTrouble
from kiosk.store import schema
from kiosk.store.backup import KEPT, LEFT_OUT
from kiosk.store.connect import Database, connect
from kiosk.store.keys import store_key
from kiosk.store.meta import Meta
from kiosk.store.outbox import Outbox
from kiosk.store.schema import MIGRATIONS, Migration, migrate, version


def add_colour(db: Database) -> None:
    db.execute("ALTER TABLE meta ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def paint(db: Database) -> None:
    db.execute("UPDATE meta SET colour = 'green'")


def break_halfway(db: Database) -> None:
    db.execute("UPDATE meta SET value = 'half done'")
    raise KioskTrouble("store.disk_full")


LATER: tuple[Migration, ...] = (*MIGRATIONS, add_colour, paint)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A file no migration has seen."""
    db = connect(tmp_path / "empty.db", store_key(tmp_path))
    yield db
    db.close()


def test_a_new_file_has_the_newest_number(db: Database):
    assert version(db) == len(MIGRATIONS)


def test_this_programs_file_needs_nothing(db: Database):
    assert migrate(db) == 0


@pytest.mark.parametrize("released", range(1, len(LATER)))
def test_a_file_of_each_older_number_is_brought_up_with_its_rows(empty: Database, released: int):
    db = empty
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


def test_the_tables_are_those_of_the_migrations_so_far(db: Database):
    """A released migration is never edited: a change to one of these is a new migration."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
    assert tables - {"sqlite_sequence", "sqlite_stat1"} == {
        "meta", "draft", "filing", "readable", "audit", "clerk", "sign_in_try", "print_job", "print_attempt",
        "chain", "outbox", "outbox_chunk", "receipt", "refusal", "court_contact", "notice",
        "saved_form", "asker", "rating", "piece",
    }  # fmt: skip
    assert len(schema.MIGRATIONS) == 5


def test_what_was_filed_before_filings_were_prepared_is_all_there_afterwards(empty: Database):
    db = empty
    migrate(db, MIGRATIONS[:1])
    db.execute(
        "INSERT INTO filing(filing_id, rev, kind, draft_id, ticket_number, ticket_day, ticket_serial, ticket_time, boot_id,"
        " monotonic_ms, pack_id, pack_version, language, pages, content_sha256, content_sm3, envelope_sha256, status)"
        " VALUES ('f', 1, 'new', 'd', 't', '2026-11-23', 1, 'now', 'b', 1, 'p', '1', 'zh', 1, '', '', 'e', 'stored')"
    )
    db.execute("INSERT INTO readable VALUES ('f', 1, x'01')")
    db.execute(
        "INSERT INTO outbox(filing_id, rev, epoch, seq, prev_hash, envelope_sha256, envelope)"
        " VALUES ('f', 1, 1, 1, '', 'e', x'02')"
    )
    db.execute("INSERT INTO outbox_chunk VALUES ('f', 1, 0, 0, 'c', 10, 0)")
    db.execute("INSERT INTO chain(one, epoch, next_seq, head_hash) VALUES (1, 1, 2, 'e')")
    db.execute(
        "INSERT INTO print_job(id, kind, business_key, doc_json, state, created, updated)"
        " VALUES (7, 'offline_slip', 't', '{}', 'printed', 'now', 'now')"
    )
    db.execute(
        "INSERT INTO print_attempt(id, job_id, n, marker, profile, bytes_sha256, bytes_total, started)"
        " VALUES (9, 7, 1, 'm', 'p', '', 1, 'now')"
    )
    tables = ("filing", "readable", "outbox", "outbox_chunk", "print_job", "print_attempt")
    before = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    assert migrate(db) == len(MIGRATIONS) - 1
    assert {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables} == before
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert Outbox(db).head() == (1, 1, "e")
    assert Outbox(db).is_settled()
    with pytest.raises(engine.IntegrityError):
        db.execute(
            "INSERT INTO print_attempt(job_id, n, marker, profile, bytes_sha256, bytes_total, started)"
            " VALUES (8, 1, 'm', 'p', '', 1, 'now')"
        )


def test_every_table_either_enters_a_backup_or_is_left_out_of_it(db: Database):
    """Whoever makes a new drawer says which: what people said must not outlive its purge in a copy."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
    assert tables - {"sqlite_sequence", "sqlite_stat1"} == KEPT | set(LEFT_OUT)
    assert not KEPT & set(LEFT_OUT)
