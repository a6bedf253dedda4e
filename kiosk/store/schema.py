"""The shape of the database, and how an older shape becomes this one.

Migrations are numbered from 1 and never change once released; the number of the last one stands in the file
(`PRAGMA user_version`). Each runs in one transaction. A file of a newer program is refused and left as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.errors import KioskTrouble
from kiosk.store import (
    askers,
    audit,
    clerks,
    drafts,
    filings,
    meta,
    notices,
    outbox,
    pieces,
    ratings,
    readable,
    receipts,
    saved,
    spool,
)
from kiosk.store.connect import Database, atomic

Migration = Callable[[Database], None]


def first_drawers(db: Database) -> None:
    """1: every drawer of the first release."""
    for drawer in (meta, drafts, filings, readable, audit, clerks, spool, outbox, receipts):
        db.executescript(drawer.CREATE)


def prepared_filings(db: Database) -> None:
    """2: a filing is prepared before it is handed in, and the transaction that hands it in touches few pages."""
    for drawer in (readable, filings, spool, outbox):
        _make_again(db, drawer.CREATE_2)
    for column in outbox.COLUMNS_2:
        db.execute(f"ALTER TABLE chain ADD COLUMN {column}")


def court_notices(db: Database) -> None:
    """3: what the court says about a filing after its receipt."""
    for statement in notices.CREATE:
        db.execute(statement)


def forms_come_back(db: Database) -> None:
    """4: forms saved for later, who may ask after a filing, and how content people were."""
    for drawer in (saved, askers, ratings):
        db.executescript(drawer.CREATE)


def captured_materials(db: Database) -> None:
    """5: pages of materials that were photographed, as long as their draft lives."""
    db.executescript(pieces.CREATE)


def _make_again(db: Database, create: dict[str, tuple[str, ...]]) -> None:
    """These tables in a new shape with their old rows. A table that others point at stands before those others."""
    for table in create:
        for (index,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", [table]
        ).fetchall():
            db.execute(f"DROP INDEX {index}")
        db.execute(f"ALTER TABLE {table} RENAME TO {table}_1")
    for table, statements in create.items():
        for statement in statements:
            db.execute(statement)
        names = ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall())
        db.execute(f"INSERT INTO {table}({names}) SELECT {names} FROM {table}_1")  # noqa: S608
    for table in reversed(create):
        db.execute(f"DROP TABLE {table}_1")


MIGRATIONS: tuple[Migration, ...] = (
    first_drawers,
    prepared_filings,
    court_notices,
    forms_come_back,
    captured_materials,
)


def version(db: Database) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: Database, migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """Bring the file up to the last migration and return how many ran."""
    if version(db) > len(migrations):
        raise KioskTrouble("store.newer", found=version(db), known=len(migrations))
    ran = 0
    while version(db) < len(migrations):
        with atomic(db):
            number = version(db)  # another process may have been faster
            if number < len(migrations):
                migrations[number](db)
                db.execute(f"PRAGMA user_version = {number + 1}")
                ran += 1
    return ran
