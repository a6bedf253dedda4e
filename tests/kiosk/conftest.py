"""What the tests of forms and of interviews both need: the tables of the law, and small forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.forms import Form, load_form
from kiosk.law.tables import Tables, read_tables
from resources import folder
from tests.kiosk.small_forms import pack_of


@pytest.fixture(scope="session")
def tables() -> Tables:
    return read_tables(folder("tables"))


@pytest.fixture(scope="session")
def make_form(tables: Tables) -> Callable[..., Form]:
    """The form of a pack of these items."""

    def made(*items: dict[str, Any], **top: Any) -> Form:
        return load_form(json.dumps(pack_of(*items, **top)).encode(), tables)

    return made
