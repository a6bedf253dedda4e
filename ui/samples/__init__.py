"""Pages as a real visit would fill them, one or more of every kind. Made up, and nobody's.

For `ui.gallery` and for the tests that look at every page in every look. One module a room of pages, each with
`pages(words) -> {name: page}`: a new room of pages is a new module, named in `ROOMS` below. A page kind of
`kiosk.visit.pages` that no room fills fails `tests/ui/test_samples.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.visit.pages import Page
from ui.samples import (
    after,
    capturing,
    devices,
    errands,
    filing,
    first,
    guided,
    handing_in,
    importing,
    questions,
    staff,
)
from ui.samples.words import COURT as COURT
from ui.samples.words import SampleWords

ROOMS: tuple[Callable[[SampleWords], dict[str, Page]], ...] = (
    first.pages,
    errands.pages,
    guided.pages,
    questions.pages,
    filing.pages,
    handing_in.pages,
    capturing.pages,
    after.pages,
    staff.pages,
    devices.pages,
    importing.pages,
)


def sample_pages(language: str, turn: Callable[[str], str] = str) -> dict[str, Page]:
    """Every sample page by its name, in this language; `turn` makes its words out of the English ones."""
    words = SampleWords(language, turn)
    joined: dict[str, Page] = {}
    for room in ROOMS:
        for name, page in room(words).items():
            if name in joined:
                raise ValueError(f"two sample pages are called {name}")
            joined[name] = page
    return joined
