"""A CSV file of rules examples as rows of text: capped, and refused by name when it is no such file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LARGEST = 4 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 4_000


class TableWrong(Exception):
    """The file as a whole will not do; `key` is its sentence, `places` what stands in it."""

    def __init__(self, key: str, /, **places: str | int) -> None:
        self.key, self.places = key, places
        super().__init__(key)


class CellWrong(Exception):
    """One row will not do: its column and why (`REASONS`). No cell's text is carried along."""

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason
        super().__init__(f"{column}: {reason}")


REASONS = frozenset(
    (
        "missing", "not_a_sum", "below_zero", "too_large", "not_a_date", "not_a_number", "out_of_range",
        "unknown_kind", "unknown_parameter", "unknown_unit", "unknown_province", "cells",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # 1 is the first row below the head
    cells: Mapping[str, str]
    whole: bool = True  # no more cells than the head has, none too long

    def get(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def need(self, column: str) -> str:
        text = self.get(column)
        if not text:
            raise CellWrong(column, "missing")
        return text


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """The whole file, or `TableWrong`: unreadable, too large, not text, no head, too many rows."""
    try:
        if path.stat().st_size > LARGEST:
            raise TableWrong("rules.too_large", file=path.name, most=LARGEST // 1024 // 1024)
        data = path.read_bytes()
    except OSError as error:
        raise TableWrong("rules.unreadable", file=path.name) from error
    return parse_table(data, path.name)


def parse_table(data: bytes, name: str) -> Table:
    if len(data) > LARGEST:
        raise TableWrong("rules.too_large", file=name, most=LARGEST // 1024 // 1024)
    try:
        text = _decoded(data)
    except UnicodeDecodeError as error:
        raise TableWrong("rules.not_text", file=name) from error
    if "\x00" in text:
        raise TableWrong("rules.not_text", file=name)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        head = _without_empty_end(tuple(cell.strip() for cell in next(lines, [])))
        if not all(head) or not head or len(head) > MOST_COLUMNS or len(set(head)) != len(head):
            raise TableWrong("rules.no_head", file=name)
        rows: list[Row] = []
        for line in lines:
            if not any(cell.strip() for cell in line):
                continue
            while len(line) > len(head) and not line[-1].strip():
                line.pop()  # a spreadsheet's empty columns to the right
            if len(rows) >= MOST_ROWS:
                raise TableWrong("rules.too_many_rows", file=name, most=MOST_ROWS)
            fits = len(line) <= len(head) and max(map(len, line)) <= LONGEST_CELL
            line += [""] * (len(head) - len(line))  # some programs leave out what is empty at the end
            rows.append(Row(len(rows) + 1, dict(zip(head, line, strict=False)), fits))
    except csv.Error as error:
        raise TableWrong("rules.not_csv", file=name) from error
    return Table(head, tuple(rows))


def _decoded(data: bytes) -> str:
    """UTF-8, or what a Chinese spreadsheet program writes when nobody says otherwise."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _without_empty_end(head: tuple[str, ...]) -> tuple[str, ...]:
    while head and not head[-1]:
        head = head[:-1]
    return head
