"""An A4 paper as a print job: a finished PDF with its number and its name. It moves through the same spool as slips.

A slip's words are laid out for each attempt anew; a PDF is finished, so the mark of a second attempt is put on it by
whoever presses it (`printers.stamp`). What it says is personal: the spool wipes it as it wipes slips.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.clock import CHINA
from kiosk.errors import KioskBug

A4 = "a4:"  # kinds of job that begin so are for the A4 printer
MOST_PDF_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document, printed once. `marks` is what its margin says; "" on the first attempt."""

    kind: str
    number: str
    title: str
    pdf: bytes = field(repr=False)
    again: str = "补打 第{n}次 {time}"
    marks: str = ""
    attempt: int = 1


def sheet_for_attempt(sheet: Sheet, n: int, at: datetime) -> Sheet:
    """The sheet of the nth attempt: from the second on its margins say so."""
    time = at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    return replace(sheet, marks=sheet.again.format(n=n, time=time) if n > 1 else "", attempt=n)


def dump_sheet(sheet: Sheet) -> str:
    """A sheet as the JSON text the spool keeps."""
    if len(sheet.pdf) > MOST_PDF_BYTES:
        raise KioskBug("a document of more than 8 MB is not printed here")
    doc = {
        "sheet": 1,
        "kind": sheet.kind,
        "number": sheet.number,
        "title": sheet.title,
        "again": sheet.again,
        "pdf": base64.b64encode(sheet.pdf).decode("ascii"),
    }
    return json.dumps(doc, ensure_ascii=False, separators=(",", ":"))


def load_sheet(text: str) -> Sheet:
    """The sheet of a spool row. Only `dump_sheet` writes them, so anything else is our own bug."""
    try:
        doc = json.loads(text)
        if doc.pop("sheet") != 1:
            raise ValueError
        return Sheet(pdf=base64.b64decode(doc.pop("pdf"), validate=True), **doc)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise KioskBug(f"a spooled sheet cannot be read: {type(error).__name__}") from None
