"""The table that lets a reader search and copy what a PDF shows, right for rare names too.

For each font subset a PDF carries a map from glyph code to UTF-16 text. reportlab writes the bare code point
there, so a character above U+FFFF gets five hex digits and comes back from the PDF as other characters:
the name is drawn right and found nowhere. Call `put_right` before a document is saved.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

from kiosk.errors import KioskBug

MOST_PAIRS_IN_A_BLOCK = 100  # the limit of the CMap format

written_by_reportlab = ttfonts.makeToUnicodeCMap


def put_right() -> None:
    """Have every document of this process saved with `to_unicode`; calling it again changes nothing."""
    # WORKAROUND: reportlab 5.1.0 writes `%04X` of the code point where PDF 32000-1 section 9.10.3 wants UTF-16BE;
    # remove when reportlab writes UTF-16 there (a test watches the original function).
    ttfonts.makeToUnicodeCMap = to_unicode


def to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of one subset: glyph code n shows the code point `subset[n]`."""
    pairs = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset)]
    blocks = [pairs[start : start + MOST_PAIRS_IN_A_BLOCK] for start in range(0, len(pairs), MOST_PAIRS_IN_A_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            f"<< /Registry ({fontname})",
            f"/Ordering ({fontname})",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _utf16(point: int) -> str:
    if 0xD800 <= point <= 0xDFFF:
        raise KioskBug("a lone surrogate reached a document")
    return chr(point).encode("utf-16-be").hex().upper()
