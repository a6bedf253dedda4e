"""What the small errands beside a filing have in common: one page after the other, an entry, an objection by its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.visit import pages as p
from kiosk.visit.guide import Guide
from kiosk.visit.wishes import Wish

Wishes = tuple[Wish, ...]
LAST_FOUR = 4


@dataclass(frozen=True, slots=True)
class Objected:
    """What will not do: a wording key and its places, so that it can be said in whatever language is chosen next."""

    key: str = ""
    places: Mapping[str, str | int] = field(default_factory=dict)

    def said(self, guide: Guide, language: str) -> str:
        return guide.say(self.key, language, **self.places) if self.key else ""


NOTHING_WRONG = Objected()


def heading(key: str, guide: Guide, language: str) -> p.Heading:
    """Title, hint and the title in the other language of a page of these errands."""
    title, hint = guide.say(f"{key}.title", language), guide.say(f"{key}.hint", language)
    return p.Heading(title, hint, guide.say_second(f"{key}.title", language))


def frame(guide: Guide, language: str, objected: Objected = NOTHING_WRONG, next_key: str = "nav.next") -> p.Frame:
    label = guide.say(next_key, language) if next_key else ""
    return p.Frame(language, next_label=label, objection=objected.said(guide, language))
