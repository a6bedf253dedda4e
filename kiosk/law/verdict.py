"""What a check answers: the text as it is kept, or the wording key of what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Normalised:
    text: str = field(repr=False)
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)  # what the text itself tells, such as birth


@dataclass(frozen=True, slots=True)
class Wrong:
    reason: str  # a key of resources/wording/law.toml, never the text itself


Verdict = Normalised | Wrong
