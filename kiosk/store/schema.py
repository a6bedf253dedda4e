"""The shape of the database, and how an older shape becomes this one.

Migrations are numbered from 1 and never change once released; the number of the last one stands in the file
(`PRAGMA user_version`). Each runs in one transaction. A file of a newer program is refused and left as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.errors import KioskTrouble
from kiosk.store import audit, clerks, drafts, filings, meta, outbox, readable, receipts, spool, unsettled
from kiosk.store.connect import Database, atomic

Migration = Callable[[Database], None]


def first_drawers(db: Database) -> None:
    """1: every drawer of the first release."""
    for drawer in (meta, drafts, filings, readable, audit, clerks, spool, outbox, receipts):
        db.executescript(drawer.CREATE)


def prepared_filings(db: Database) -> None:
    """2: a filing is prepared before it is handed in: its readable copy may come first, its sealed file later."""
    db.execute("ALTER TABLE readable RENAME TO readable_1")
    db.execute(readable.CREATE_WITHOUT_FILING)
    db.execute("INSERT INTO readable SELECT filing_id, rev, body FROM readable_1")
    db.execute("DROP TABLE readable_1")
    db.execute(unsettled.CREATE)


MIGRATIONS: tuple[Migration, ...] = (first_drawers, prepared_filings)


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
