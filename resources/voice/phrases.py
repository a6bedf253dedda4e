"""How a sentence on a page becomes the phrases that have clips: the renderer and the speaker cut alike.

A text is cut where a sentence ends and where a place stands (`${name}`, `{count}`): what lies between is a phrase.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

PLACE = re.compile(r"\$?\{[A-Za-z_][^{}]*\}")
_END = re.compile(r"(?:[。！？；\n]+|[.!?;]+(?=[\"')\]”’]*\s))[\"')\]”’」』》]*")
_SAYABLE = re.compile(r"[^\W_]")
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def phrases_in(text: str) -> tuple[str, ...]:
    """The phrases of a text without places, in order; what has no letter, sign or digit in it is silence."""
    ends = [match.end() for match in _END.finditer(text)]
    parts = [text[begin:end] for begin, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    tidy = (_BLANKS.sub(" ", part).strip() for part in parts)
    return tuple(part for part in tidy if _SAYABLE.search(part))


def pieces_of(template: str) -> tuple[str, ...]:
    """What stands between the places of a template, with empty ones where two places meet or one begins it."""
    return tuple(PLACE.split(template))


def phrases_of_template(template: str) -> tuple[str, ...]:
    """The phrases between the places."""
    return tuple(phrase for piece in pieces_of(template) for phrase in phrases_in(piece))


def clip_name(phrase: str, voice: str, speed: float) -> str:
    """The file a phrase has: the first 16 hex digits of what it says, by whom and how fast."""
    return hashlib.sha256(f"{phrase}\n{voice}\n{speed:g}".encode()).hexdigest()[:16]
