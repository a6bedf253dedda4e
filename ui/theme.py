"""Colours and letters of the kiosk as tokens, and the one style sheet made from them.

Four themes, four sizes. Every widget takes its colour from a token through its `role` property, so that a
theme is checked once, here, and holds on every page. Heights are not set in the style sheet: there a minimum
height leaves out padding and edge, and overrides the height a widget asks for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from ui.letters import families
from ui.look import Look, Theme

SMALLEST_PX = 28


class Palette(NamedTuple):
    bg: str
    surface: str
    text: str
    text2: str
    border: str
    primary: str
    on_primary: str
    pressed: str
    header: str
    on_header: str
    select: str
    accent: str
    on_accent: str
    error: str
    error_bg: str
    warn: str
    warn_bg: str
    success: str
    success_bg: str
    focus: str
    focus_ink: str


PALETTES = {
    Theme.STANDARD: Palette(
        bg="#F5F7FA",
        surface="#FFFFFF",
        text="#14202E",
        text2="#2C3846",
        border="#5A6778",
        primary="#123B66",
        on_primary="#FFFFFF",
        pressed="#0B2A4A",
        header="#123B66",
        on_header="#FFFFFF",
        select="#E3ECF6",
        accent="#8C1D18",
        on_accent="#FFFFFF",
        error="#9B1510",
        error_bg="#FDECEA",
        warn="#6B4300",
        warn_bg="#FFF3D1",
        success="#0B5D3B",
        success_bg="#E6F4EC",
        focus="#FFBF00",
        focus_ink="#14202E",
    ),
    Theme.CONTRAST: Palette(
        bg="#000000",
        surface="#000000",
        text="#FFFFFF",
        text2="#FFFFFF",
        border="#FFFFFF",
        primary="#FFFFFF",
        on_primary="#000000",
        pressed="#FFD400",
        header="#FFFFFF",
        on_header="#000000",
        select="#1F1F1F",
        accent="#000000",
        on_accent="#FFFFFF",
        error="#FFFFFF",
        error_bg="#000000",
        warn="#FFFFFF",
        warn_bg="#000000",
        success="#FFFFFF",
        success_bg="#000000",
        focus="#FFD400",
        focus_ink="#000000",
    ),
    Theme.SOFT: Palette(
        bg="#FAF3E3",
        surface="#FFFBF2",
        text="#2E281E",
        text2="#3F3728",
        border="#6E6350",
        primary="#2F4321",
        on_primary="#FFFBF2",
        pressed="#1E2B14",
        header="#2F4321",
        on_header="#FFFBF2",
        select="#EFE7D2",
        accent="#7A2A22",
        on_accent="#FFFBF2",
        error="#8A1A12",
        error_bg="#FBE7DF",
        warn="#5E3F00",
        warn_bg="#FBEBC4",
        success="#2F5A2B",
        success_bg="#EAF0DA",
        focus="#DE8F00",
        focus_ink="#2E281E",
    ),
    Theme.DARK: Palette(
        bg="#10161D",
        surface="#1A232D",
        text="#EAF0F6",
        text2="#CBD6E1",
        border="#93A4B6",
        primary="#A9CDF4",
        on_primary="#0B1520",
        pressed="#D3E6FB",
        header="#0A1422",
        on_header="#EAF0F6",
        select="#22364B",
        accent="#7A1B17",
        on_accent="#FFFFFF",
        error="#FFB9B0",
        error_bg="#3B1513",
        warn="#F3CB7E",
        warn_bg="#33270B",
        success="#93D9B2",
        success_bg="#0F2B1E",
        focus="#FFBF00",
        focus_ink="#10161D",
    ),
}


class Role(StrEnum):
    """What a piece of text is for; decides its letters."""

    BODY = "body"
    STRONG = "strong"  # body, bold: a chosen choice, an error
    TITLE = "title"
    ANSWER = "answer"
    SECTION = "section"  # section heads and the values of the check page
    HINT = "hint"
    SECOND = "second"
    STEP = "step"
    NAV = "nav"
    NEXT = "next"
    COURT = "court"  # the name in the header
    HEADER = "header"  # its buttons
    TAB = "tab"
    KEY = "key"
    CANDIDATE = "candidate"
    NUMBER = "number"  # the ticket number on the last page


class Letters(NamedTuple):
    base: int
    bold: bool = False
    cap: float = 9.0  # the size factor goes no further than this
    floor_factor: float = 0.0


LETTERS = {
    Role.BODY: Letters(32),
    Role.STRONG: Letters(32, bold=True),
    Role.TITLE: Letters(52, bold=True),
    Role.ANSWER: Letters(44),
    Role.SECTION: Letters(40, bold=True),
    Role.HINT: Letters(30),
    Role.SECOND: Letters(28, cap=1.0),
    Role.STEP: Letters(30, bold=True, cap=1.25),
    Role.NAV: Letters(32, cap=1.25),
    Role.NEXT: Letters(38, bold=True, cap=1.25),
    Role.COURT: Letters(34, bold=True, cap=1.0),
    Role.HEADER: Letters(30, cap=1.0),
    Role.TAB: Letters(32, cap=1.0),
    Role.KEY: Letters(40, cap=1.0, floor_factor=1.0),
    Role.CANDIDATE: Letters(52, cap=1.0, floor_factor=1.0),
    Role.NUMBER: Letters(72, bold=True, cap=1.0, floor_factor=1.0),
}


def palette_of(look: Look) -> Palette:
    return PALETTES[look.theme]


def letter_px(look: Look, role: Role) -> int:
    letters = LETTERS[role]
    factor = max(letters.floor_factor, min(look.size.factor, letters.cap))
    return look.px(max(SMALLEST_PX, int(letters.base * factor + 0.5)))


def font_of(look: Look, role: Role) -> QFont:
    """The letters of a role, as the style sheet sets them; for measuring and for painting."""
    font = QFont(list(families()))
    font.setPixelSize(letter_px(look, role))
    font.setWeight(QFont.Weight.Bold if LETTERS[role].bold else QFont.Weight.Normal)
    return font


def color(look: Look, token: str) -> QColor:
    return QColor(getattr(palette_of(look), token))


def dress(window: QWidget, look: Look, *, mirrored: bool = False) -> None:
    """Put the look on a window. The only style sheet there is. `mirrored`: lines begin at the right."""
    window.setStyleSheet(style_sheet(look, mirrored=mirrored))


# A label turns its words by what they say; a number on a page read from the right begins at the right all the same.
_FROM_THE_RIGHT = """
    QLabel[at="top"] { qproperty-alignment: 'AlignRight | AlignAbsolute | AlignTop'; }
    QLabel[at="middle"] { qproperty-alignment: 'AlignRight | AlignAbsolute | AlignVCenter'; }
"""


def style_sheet(look: Look, *, mirrored: bool = False) -> str:
    sheet = _letters(look) + _surfaces(look, "right" if mirrored else "left") + _buttons(look) + _panel(look)
    return sheet + _FROM_THE_RIGHT if mirrored else sheet


def _letters(look: Look) -> str:
    family = ", ".join(f'"{name}"' for name in families())
    lines = [
        f"* {{ font-family: {family}; font-size: {letter_px(look, Role.BODY)}px; color: {palette_of(look).text}; }}"
    ]
    for role, letters in LETTERS.items():
        weight = 700 if letters.bold else 400
        lines.append(f'*[role="{role}"] {{ font-size: {letter_px(look, role)}px; font-weight: {weight}; }}')
    return "\n".join(lines) + "\n"


def _surfaces(look: Look, start: str) -> str:
    c, px = palette_of(look), look.px
    return f"""
    #window {{ background: {c.bg}; }}
    QLabel {{ background: transparent; border: none; padding: 0px; margin: 0px; }}
    QLabel[role="hint"], QLabel[role="second"], QLabel[role="step"] {{ color: {c.text2}; }}
    QLabel[tone="error"] {{ color: {c.error}; }}
    QLabel[tone="warn"] {{ color: {c.warn}; }}
    QLabel[tone="good"] {{ color: {c.success}; }}
    #header {{ background: {c.header}; border: none; border-bottom: {px(8)}px solid {c.accent}; }}
    #header QLabel {{ color: {c.on_header}; }}
    QFrame[card="plain"] {{ background: {c.surface}; border: {px(3)}px solid {c.border}; border-radius: {px(12)}px; }}
    QFrame[card="warn"] {{ background: {c.warn_bg}; border: {px(3)}px solid {c.warn}; border-radius: {px(12)}px; }}
    QFrame[card="good"] {{ background: {c.success_bg}; border: {px(3)}px solid {c.success}; border-radius: {px(12)}px; }}
    QFrame[card="warn"] QLabel, QFrame[card="good"] QLabel {{ color: {c.text}; }}
    QFrame[card="error"] {{ background: {c.error_bg}; border: none; border-{start}: {px(12)}px solid {c.error};
        border-radius: {px(8)}px; }}
    QWidget[field="true"] {{ background: {c.surface}; border: {px(4)}px solid {c.border};
        border-radius: {px(12)}px; color: {c.text}; selection-background-color: {c.primary}; }}
    QWidget[field="true"][active="true"] {{ border: {px(6)}px solid {c.primary}; }}
    QWidget[field="true"][objected="true"] {{ border: {px(6)}px solid {c.error}; background: {c.error_bg}; }}
    """


def _buttons(look: Look) -> str:
    c, px = palette_of(look), look.px

    def pressed(role: str) -> str:
        return (
            f'QPushButton[role="{role}"]:pressed '
            f"{{ background: {c.pressed}; color: {c.on_primary}; border-color: {c.pressed}; }}\n"
        )

    kinds = ("nav", "help", "next", "plain", "strong", "tab", "key", "candidate", "command", "low")
    return f"""
    QPushButton {{ background: {c.surface}; color: {c.text}; border: {px(3)}px solid {c.border};
        border-radius: {px(16)}px; padding: 0px {px(12)}px; outline: none; }}
    QPushButton[role="help"] {{ color: {c.success}; border-color: {c.success};
        font-size: {letter_px(look, Role.NAV)}px; font-weight: 700; padding: 0px; }}
    QPushButton[role="nav"] {{ padding: 0px; }}
    QPushButton[role="next"], QPushButton[role="strong"] {{ background: {c.primary}; color: {c.on_primary};
        border-color: {c.primary}; padding: 0px; }}
    QPushButton[role="plain"] {{ font-size: {letter_px(look, Role.NAV)}px; }}
    QPushButton[role="header"] {{ background: {c.header}; color: {c.on_header};
        border: {px(3)}px solid {c.on_header}; border-radius: {px(12)}px; padding: 0px; }}
    QPushButton[role="header"]:pressed {{ background: {c.on_header}; color: {c.header}; }}
    QPushButton[role="low"] {{ font-size: {letter_px(look, Role.HEADER)}px; padding: 0px; border-radius: {px(12)}px; }}
    """ + "".join(pressed(kind) for kind in kinds)


def _panel(look: Look) -> str:
    c, px = palette_of(look), look.px
    tab = letter_px(look, Role.TAB)
    return f"""
    #panel {{ background: {c.select}; border: none; border-top: {px(4)}px solid {c.border}; }}
    QPushButton[role="tab"], QPushButton[role="key"], QPushButton[role="candidate"], QPushButton[role="command"] {{
        border-radius: {px(12)}px; padding: 0px; }}
    QPushButton[role="command"], QPushButton[role="key"][words="true"] {{ font-size: {tab}px; }}
    QPushButton[role="tab"][chosen="true"], QPushButton[role="key"][chosen="true"] {{ background: {c.select};
        border: {px(6)}px solid {c.primary}; font-weight: 700; }}
    QPushButton:disabled {{ background: {c.select}; color: {c.text}; border-color: {c.select}; }}
    #ink {{ background: {c.surface}; border: {px(3)}px solid {c.border}; border-radius: {px(12)}px;
        color: {c.text}; selection-background-color: {c.border}; }}
    #spelling {{ background: transparent; border: none; color: {c.text}; font-size: {tab}px; }}
    """
