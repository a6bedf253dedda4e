"""The nightly copy: the whole store but for what people can read, whole and checked before it takes its name.

What people said, photographed or were told never enters a backup, so a purge is a purge; the court's notices come
again from its mailbox. The copy has the store's own key. Restoring
one puts the database behind the high-water counter, which opens a new epoch.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from kiosk.errors import KioskTrouble
from kiosk.store.connect import Database, connect, store_file, troubles
from kiosk.store.disk import fsync_file, fsync_folder
from kiosk.store.keys import StoreKey
from kiosk.store.meta import MAIL_READ

LEFT_OUT = ("piece", "draft", "readable", "notice", "saved_form")
KEPT = frozenset(
    [
        "meta",
        "filing",
        "audit",
        "clerk",
        "sign_in_try",
        "print_job",
        "print_attempt",
        "chain",
        "outbox",
        "outbox_chunk",
        "receipt",
        "refusal",
        "court_contact",
        "asker",
        "rating",
    ]
)


def backups(state: Path) -> tuple[Path, ...]:
    """Every backup of this kiosk, the newest last."""
    return tuple(sorted((state / "backup").glob("kiosk-*.db")))


def make_backup(db: Database, state: Path, key: StoreKey, now: datetime, keep: int) -> Path:
    """Copy the open store beside itself; keep the newest few."""
    folder = state / "backup"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    final = folder / f"kiosk-{now:%Y%m%dT%H%M%SZ}.db"
    part = final.with_suffix(".tmp")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with troubles():
            copy = connect(part, key)
            try:
                db.conn.backup(copy.conn)
                for table in LEFT_OUT:
                    copy.execute(f"DELETE FROM {table}")  # noqa: S608
                copy.execute("UPDATE print_job SET doc_json = NULL")
                copy.execute("DELETE FROM meta WHERE name = ?", [MAIL_READ])
                copy.execute("PRAGMA journal_mode = DELETE").fetchall()
                copy.execute("VACUUM")
                if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                    raise KioskTrouble("store.damaged")
            finally:
                copy.close()
        fsync_file(part)
        os.replace(part, final)
    finally:
        part.unlink(missing_ok=True)
    fsync_folder(folder)
    for old in backups(state)[:-keep]:
        old.unlink()
    return final


def restore_backup(state: Path, backup: Path) -> None:
    """Put a backup in the place of a database that was set aside."""
    target = store_file(state)
    if target.exists():
        raise KioskTrouble("store.still_there", file=str(target))
    part = target.with_suffix(".restoring")
    part.touch(mode=0o600)
    with backup.open("rb") as source, part.open("wb") as file:
        while piece := source.read(1024 * 1024):
            file.write(piece)
    fsync_file(part)
    os.replace(part, target)
    fsync_folder(target.parent)
