"""What people wrote, made safe to draw: the gate every text passes on its way into a PDF.

Documents are drawn with plain string operators. No text is ever parsed as markup (reportlab's paragraph class,
which loads a local image named in its text, is not used), so `<img>` and `&` need no escaping and stay as typed.
What remains are the characters that draw nothing, or that reorder what stands around them: they are made visible.
"""

from __future__ import annotations

import unicodedata

from kiosk.errors import KioskBug

GETA = "〓"  # the printers' sign for a character that is not at hand

_BLANKS = dict.fromkeys([0x09, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def drawable(text: str) -> str:
    """The text with one kind of line end, plain blanks, and a sign for each control or invisible character.

    A lone surrogate was refused at the input gate; here it is a bug. Nothing is normalised: a name stays as typed.
    """
    if text.isprintable():  # nothing of the kinds below
        return text
    return "".join(map(_drawable, text.replace("\r\n", "\n").translate(_BREAKS).translate(_BLANKS)))


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _drawable(character: str) -> str:
    if character == "\n" or (character.isascii() and character.isprintable()):
        return character
    match unicodedata.category(character):
        case "Cs":
            raise KioskBug("a lone surrogate reached a document")
        case "Cc" | "Cf":  # bidirectional marks and overrides are among the Cf
            return f"{GETA}({code_point(character)})"
        case _:
            return character
