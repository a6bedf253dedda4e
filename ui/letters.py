"""Which fonts draw the kiosk's words, and what stands for a character that none of them has.

A character in no font keeps its code point everywhere; only what is drawn of it is 〓. Nothing of a text is
remembered here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

import resources

SHIPPED = ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf")
FAMILY = "Noto Sans SC"
RARE = ("HanaMinA", "HanaMinB")  # where the machine has them
IN_NO_FONT = "〓"
# Both shipped fonts hold all of these. Not a pattern: compiling one takes 3 ms of the first frame.
_SURE = (
    ("\u4e00", "\u9fa5"),
    (" ", "~"),
    ("\u3000", "\u303f"),
    ("\uff01", "\uff5e"),
    ("\u00a0", "\u00ff"),
    ("\n", "\n"),
)
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2060\u2066\u2067\u2068\u2069")
_of_languages: list[str] = []  # families of added languages' own fonts


def load_fonts(rare_font: str = "", of_languages: Sequence[str] = ()) -> None:
    """The shipped fonts; a machine with no font at all still draws every page."""
    folder = resources.folder("fonts")
    for name in SHIPPED:
        QFontDatabase.addApplicationFont(str(folder / name))
    for name in of_languages:
        found = QFontDatabase.addApplicationFont(str(folder / name))
        _of_languages.extend(
            family for family in QFontDatabase.applicationFontFamilies(found) if family not in families()
        )
    if rare_font:
        QFontDatabase.addApplicationFont(rare_font)


def families() -> tuple[str, ...]:
    """In this order a character is looked for."""
    return (FAMILY, *_of_languages, *RARE)


def drawn(text: str) -> str:
    """The text as the fonts of this machine can draw it."""
    if all(map(_is_sure, text)):
        return text
    metrics = QFontMetrics(QFont(list(families())))
    return "".join(character if can_draw(metrics, character) else IN_NO_FONT for character in text)


def _is_sure(character: str) -> bool:
    return any(first <= character <= last for first, last in _SURE)


def can_draw(metrics: QFontMetrics, character: str) -> bool:
    if _is_sure(character) or character in _UNSEEN or character.isspace():
        return True
    from unicodedata import combining  # no attract screen has to ask

    return combining(character) > 0 or metrics.inFontUcs4(ord(character))
