"""The SQLite file, one module a drawer. SQL and column names stay in here.

`connect` comes first whatever is imported: it puts the cipher's driver where sqlite-utils looks for one.
"""

from kiosk.store import connect as connect
