"""The shipped tables, and the vectors that lie beside these tests."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import resources
from kiosk.law.tables import Tables, read_tables

VECTORS = Path(__file__).with_name("vectors")


@pytest.fixture(scope="session")
def tables() -> Tables:
    return read_tables(resources.folder("tables"))


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], list[dict[str, str]]]:
    def read(name: str) -> list[dict[str, str]]:
        with (VECTORS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
