"""The SQLite file, one module a drawer. SQL and column names stay in here.

sqlite-utils catches the exceptions of *its* driver module, and the cipher's are no subclasses of the stock ones.
So the cipher's driver takes the place sqlite-utils looks in first, before anything in this room can import it.
"""

from __future__ import annotations

import sys

import sqlcipher3
import sqlcipher3.dbapi2 as engine

from kiosk.errors import KioskBug

if "sqlite_utils" in sys.modules and sys.modules.get("pysqlite3") is not sqlcipher3:
    raise KioskBug("sqlite_utils was imported before kiosk.store, and is bound to a driver that cannot encrypt")
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = engine
