"""Every label of the kiosk: plain text, whatever the words look like.

A label that guesses would open a local picture named in somebody's answer. This is the only module that
makes a `QLabel`.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.letters import drawn
from ui.theme import Role

# Numbers of Qt's own, set as properties: naming one of its enums in Python makes all ninety-two, a tenth of the start.
_PLAIN_TEXT = 0  # Qt.TextFormat.PlainText
_NOT_TO_TOUCH = 0  # Qt.TextInteractionFlag.NoTextInteraction
_LEFT_TOP = 0x21  # Qt.AlignmentFlag.AlignLeft | AlignTop
_LEFT_MIDDLE = 0x81  # Qt.AlignmentFlag.AlignLeft | AlignVCenter
_CENTRE = 0x84  # Qt.AlignmentFlag.AlignCenter


class At(StrEnum):
    """Where the words stand in their label. Lines begin where the page's language begins them (`ui.theme`)."""

    START_TOP = "top"
    START_MIDDLE = "middle"
    CENTRE = "centre"


_ALIGNED = {At.START_TOP: _LEFT_TOP, At.START_MIDDLE: _LEFT_MIDDLE, At.CENTRE: _CENTRE}


def text_label(
    text: str, role: Role = Role.BODY, parent: QWidget | None = None, *, wraps: bool = True, at: At = At.START_TOP
) -> QLabel:
    """A label that shows exactly these characters in this role's letters."""
    label = QLabel(parent)
    label.setProperty("textFormat", _PLAIN_TEXT)
    label.setProperty("textInteractionFlags", _NOT_TO_TOUCH)
    label.setProperty("role", role.value)
    label.setWordWrap(wraps)
    label.setProperty("at", at.value)
    label.setProperty("alignment", _ALIGNED[at])
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    label.setText(drawn(text))
    return label
