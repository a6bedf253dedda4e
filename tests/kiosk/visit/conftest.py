"""A guide with the shipped packs and words, and the demonstration's people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.shelf import open_shelf
from kiosk.visit import steps
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Visit
from kiosk.wording import load_wording
from resources import folder
from ui.demo.person import Person, person_from

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def guide() -> Guide:
    shelf = open_shelf(folder("."))
    return Guide(
        forms=shelf.forms,
        wording=load_wording(folder("wording")),
        tables=shelf.tables,
        court_name="北京市朝阳区人民法院",
        court_code="110105",
        window="1号窗口",
        now=NOW,
    )


@pytest.fixture(scope="session", params=["minimal.json", "answers.json"])
def person(request: pytest.FixtureRequest, guide: Guide) -> Person:
    return person_from(folder("demo") / request.param, guide.law)


Watch = Callable[[Visit], None]


@pytest.fixture(scope="session")
def walk() -> Callable[..., tuple[Visit, list[w.Wish]]]:
    """Let a person go on until a wish of this kind is made; every visit on the way is shown to `watch`."""

    def walked(
        person: Person, guide: Guide, until: type[w.Wish], watch: Watch = lambda visit: None, visit: Visit | None = None
    ) -> tuple[Visit, list[w.Wish]]:
        here = visit or steps.first_visit(guide, "zh")
        wishes: list[w.Wish] = []
        for _ in range(5000):
            event = person.next_event(here, page_of(here, guide))
            stepped = steps.step(here, event, replace(guide))
            here = stepped.visit
            wishes += stepped.wishes
            watch(here)
            if any(isinstance(one, until) for one in stepped.wishes):
                return here, wishes
        raise AssertionError(f"after 5000 touches still at {here.station} {here.at}")

    return walked
