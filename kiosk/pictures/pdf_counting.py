"""How many pages a PDF has, and whether it is one the court can simply open.

The file itself stays as it is: nothing is taken out of it or drawn anew. One that asks for a password, runs something by
itself or carries other files is refused. Runs in the decoding child only, whose limits end what never ends.
"""

from __future__ import annotations

import io
import logging

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from kiosk.pictures.limits import MOST_PDF_PAGES, Refused

HEAD = b"%PDF-"
HEAD_WITHIN = 1024
ACTIVE_IN_CATALOG = ("/OpenAction", "/AA", "/AcroForm", "/Collection")
ACTIVE_IN_NAMES = ("/JavaScript", "/EmbeddedFiles")
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def warm_up() -> None:
    """Count an empty one, so that whatever is loaded late is loaded by now."""
    file = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    writer.write(file)
    count_pages(file.getvalue())


def count_pages(data: bytes) -> int | Refused:
    if HEAD not in data[:HEAD_WITHIN]:
        return Refused.NOT_A_PICTURE
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            return Refused.LOCKED
        catalog = reader.trailer["/Root"].get_object()
        if not isinstance(catalog, DictionaryObject):
            return Refused.DAMAGED
        if _acts(catalog):
            return Refused.ACTIVE
        pages = len(reader.pages)
    except (MemoryError, RecursionError):
        return Refused.DAMAGED
    except (PyPdfError, Exception):  # noqa: BLE001  (pypdf raises whatever a broken file makes it trip over)
        return Refused.DAMAGED
    if pages < 1:
        return Refused.DAMAGED
    return pages if pages <= MOST_PDF_PAGES else Refused.TOO_MANY_PAGES


def _acts(catalog: DictionaryObject) -> bool:
    opened = catalog.get("/OpenAction")
    if opened is not None and isinstance(opened.get_object(), DictionaryObject):
        return True  # a list says only which page is shown first
    if any(name in catalog for name in ACTIVE_IN_CATALOG if name != "/OpenAction"):
        return True
    names = catalog.get("/Names")
    named = names.get_object() if names is not None else {}
    return any(name in named for name in ACTIVE_IN_NAMES)
