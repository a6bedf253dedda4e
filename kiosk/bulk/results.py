"""The result table beside the papers: row by row a ticket, or what is wrong. Also how a second run knows a changed row.

Nothing in it was answered by anybody but the case's own name, and no cell can begin a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.bulk.faults import SheetTrouble

FILE = "result.csv"
COLUMNS = ("case", "sheet", "row", "state", "ticket_number", "folder", "to_sign", "problems", "remarks", "key")
FILED, BEFORE, WRONG, CHECKED = "filed", "filed before", "wrong", "checked"
LEFT = "not reached"  # the run was stopped before this row
LARGEST = 16 * 1024 * 1024
KEY_SHOWN = 32


@dataclass(frozen=True, slots=True)
class Result:
    case: str
    sheet: str
    row: int
    state: str
    ticket_number: str = ""
    folder: str = ""
    to_sign: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=(), repr=False)
    remarks: tuple[str, ...] = field(default=(), repr=False)
    key: str = ""


def table_of(results: Sequence[Result]) -> bytes:
    """With a mark at the front, so that a spreadsheet program sees that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in results:
        row = (one.case, one.sheet, one.row, one.state, one.ticket_number, one.folder)
        writer.writerow(
            [_plain(str(cell)) for cell in (*row, "\n".join(one.to_sign), "\n".join(one.problems))]
            + [_plain("\n".join(one.remarks)), one.key[:KEY_SHOWN]]
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def filed_before(path: Path) -> Mapping[str, Result]:
    """What the run that wrote this table has filed, by case; nothing when there is no such table."""
    if not path.exists():
        return {}
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
        if len(data) > LARGEST or any(set(COLUMNS) - row.keys() for row in rows):
            raise SheetTrouble("result_not_ours", file=path.name)
    except (OSError, UnicodeDecodeError, csv.Error):
        raise SheetTrouble("result_not_ours", file=path.name) from None
    return {
        row["case"]: Result(row["case"], row["sheet"], 0, BEFORE, row["ticket_number"], row["folder"], key=row["key"])
        for row in rows
        if row["state"] in (FILED, BEFORE) and row["ticket_number"]
    }
