"""Opens the shipped word file of the 拼音 tab, read-only.

This is not the store: the file came with the kiosk, is the same on every kiosk, holds nothing of anybody and is
never written. Opened immutable, so SQLite makes no journal, no lock and no file beside it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from kiosk.errors import KioskTrouble
from resources.pinyin import FILE, FORMAT


def open_words(folder: Path) -> sqlite3.Connection:
    """The word file of this folder, or a trouble: missing, or not one this kiosk understands."""
    path = folder / FILE
    if not path.is_file():
        raise KioskTrouble("pinyin_missing", file=FILE)
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA trusted_schema = OFF")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise KioskTrouble("pinyin_damaged", file=FILE) from error
    if version != FORMAT or known != {"e", "s"}:
        connection.close()
        raise KioskTrouble("pinyin_damaged", file=FILE)
    return connection
