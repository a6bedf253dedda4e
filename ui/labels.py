"""Every label of the kiosk: plain text, whatever the words look like.

A label that guesses would open a local picture named in somebody's answer. This is the only module that
makes a `QLabel`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Role


def text_label(text: str, role: Role = Role.BODY, parent: QWidget | None = None, *, wraps: bool = True) -> QLabel:
    """A label that shows exactly these characters in this role's letters."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    label.setProperty("role", role.value)
    label.setWordWrap(wraps)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    label.setText(text)
    return label
