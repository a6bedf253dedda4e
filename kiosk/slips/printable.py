"""The one gate a text passes before it may reach paper.

What a visitor types can never become a printer command: control characters, bidi marks and everything
else that prints nothing is dropped, private and unassigned code points become 〓, a few look-alikes
become what printers know. No compatibility folding: ① stays ①.
"""

from __future__ import annotations

import unicodedata

GETA = "〓"  # 〓 "there is a character here that this paper cannot show"
_LOOK_ALIKES = str.maketrans({"¥": "￥", "•": "·", "・": "·", "\t": " ", "\n": " ", "\r": " "})
_SPACES = {"Zs": " ", "Zl": " ", "Zp": " "}
_VARIATION = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180F))
_DROPPED = frozenset(map(chr, _VARIATION))


def printable(text: str) -> str:
    """The text as paper may carry it, on one line."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.translate(_LOOK_ALIKES))
    if text.isprintable() and _DROPPED.isdisjoint(text):
        return text
    # Once more: what was dropped may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", "".join(_one(character) for character in text))


def _one(character: str) -> str:
    if character == "　":  # the wide blank keeps its width
        return character
    category = unicodedata.category(character)
    if category in _SPACES:
        return " "
    if category in ("Cc", "Cf") or character in _DROPPED:
        return ""
    if category in ("Co", "Cs", "Cn"):
        return GETA
    return character
