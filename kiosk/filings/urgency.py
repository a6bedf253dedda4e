"""Does a time limit press? Every form that can says so in `limitation_standing` and `limitation_last_day`.

The limitation is interrupted on the day the complaint is handed in (limitation rules art.10). A filing that waits on
this kiosk for the court is not handed in yet: a person near the last day who cannot be helped by the line goes to a
window for a stamped receipt. A warning, never a gate: the court takes a late suit (JI art.219).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.wording import Wording

NEAR, PAST = "near", "past"


def is_urgent(answers: Mapping[str, Any]) -> bool:
    """The limitation period ends soon, or by the answers has ended already."""
    return any(text in (NEAR, PAST) for text in leaves(answers, "limitation_standing"))


def slip_words(answers: Mapping[str, Any], court_reached: bool, wording: Wording, language: str) -> str:
    """What the slip says of it: the last day alone sends its reader to a window; a sentence only tells.

    With the court in reach the filing is on its way within the minute, so the day is told and nobody is sent.
    """
    standing = set(leaves(answers, "limitation_standing"))
    last_day = min(leaves(answers, "limitation_last_day"), default="")
    if NEAR in standing and last_day:
        return wording.say("slip.limitation", language, day=last_day) if court_reached else last_day
    if PAST in standing and not court_reached:
        return wording.say("slip.limitation_past", language)
    return ""


def leaves(node: object, name: str) -> Iterator[str]:
    """Every answer of this name, wherever it stands in the tree."""
    match node:
        case Mapping():
            found: Any = node.get(name)
            if isinstance(found, str):
                yield found
            for inner in node.values():
                yield from leaves(inner, name)
        case list() | tuple():
            for inner in node:
                yield from leaves(inner, name)
