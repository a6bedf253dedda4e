"""A whole table run: each row computed or refused by name, and where it differs from what the table expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kiosk.rules_file.reading import CellWrong, Row, Table
from kiosk.rules_file.shapes import Computed, Rules, Shape, recognise


@dataclass(frozen=True, slots=True)
class Difference:
    row: int
    id: str
    column: str
    expected: str
    computed: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    row: int
    id: str
    column: str
    reason: str  # of `reading.REASONS`


@dataclass(frozen=True, slots=True)
class Outcome:
    shape: str
    rows: tuple[Mapping[str, str | int], ...]  # as they are printed
    differences: tuple[Difference, ...]
    bad: tuple[BadRow, ...]


def run(table: Table, rules: Rules) -> Outcome:
    """Every row, also behind a bad one. Raises `TableWrong` for a table of no known shape."""
    shape = recognise(table)
    rows: list[Mapping[str, str | int]] = []
    differences: list[Difference] = []
    bad: list[BadRow] = []
    for row in table.rows:
        name = row.get("id") or str(row.number)
        head: dict[str, str | int] = {"row": row.number, "id": name}
        try:
            if not row.whole:
                raise CellWrong("", "cells")
            found = shape.compute(row, rules)
        except CellWrong as wrong:
            bad.append(BadRow(row.number, name, wrong.column, wrong.reason))
            rows.append(head | {"error": wrong.reason, "column": wrong.column})
            continue
        rows.append(head | dict(found.values) | ({"verdict": found.verdict} if found.verdict else {}))
        differences += _compare(name, row, found, shape)
    return Outcome(shape.name, tuple(rows), tuple(differences), tuple(bad))


def _compare(name: str, row: Row, found: Computed, shape: Shape) -> list[Difference]:
    """An empty cell expects nothing."""
    return [
        Difference(row.number, name, column, row.get(column), found.values[column], found.verdict)
        for column in shape.gives
        if row.get(column) and not _same(row.get(column), found.values[column], column, shape)
    ]


def _same(expected: str, computed: str, column: str, shape: Shape) -> bool:
    if column in shape.subset:
        parts = set(computed.replace(";", "|").split("|"))
        wanted = expected.replace(";", "|").split("|")
        if column == "derived":  # a cell without `=` is a remark of the table's author
            wanted = [part for part in wanted if "=" in part]
        return all(part in parts for part in wanted)
    if column in shape.sums:
        try:
            return Decimal(expected.replace(",", "")) == Decimal(computed)
        except InvalidOperation:
            return expected == computed
    if column == "places":
        return sorted(expected.replace(" ", "|").split("|")) == sorted(computed.split("|"))
    return expected == computed
