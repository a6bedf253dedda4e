"""Workbooks made on the spot, as an author would save them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from openpyxl import Workbook

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

Rows = Sequence[Sequence[Any]]
Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """An .xlsx with these sheets, each a list of rows."""

    def written(name: str = "form.xlsx", **sheets: Rows) -> Path:
        book = Workbook(write_only=True)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return written
