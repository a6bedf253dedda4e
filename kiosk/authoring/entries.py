"""A pack on its way from cells: plain mappings that remember the cell of every entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.authoring.findings import At, Finding

Where = Callable[[str], At]  # place in the pack (`form/2/relevant`) → where it was written


class Entry(dict[str, Any]):
    """A mapping of the pack with its own cell and those of its entries."""

    def __init__(self, at: At) -> None:
        super().__init__()
        self.at = at
        self.cells: dict[str, At] = {}

    def put(self, name: str, value: Any, at: At | None = None) -> None:
        self[name] = value
        self.cells[name] = at or self.at


@dataclass(slots=True)
class Draft:
    """A pack read from anywhere, with where each of its places was written and what is wrong so far."""

    pack: dict[str, Any]
    where: Where
    findings: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)  # what was left behind, for the author to know
    foreign: bool = False  # written for other programs: knows nothing of fees, purposes and paper


def where_of(pack: Entry, file: str) -> Where:
    """Places to cells; an unknown place is at the nearest known one around it."""
    cells: dict[str, At] = {"": At(file)}
    _gather(pack, "", cells)

    def where(place: str) -> At:
        around = place
        while around and around not in cells:
            around = around.rpartition("/")[0]
        return cells[around]

    return where


def _gather(value: Any, place: str, cells: dict[str, At]) -> None:
    if isinstance(value, Entry):
        cells.setdefault(place, value.at)
        for name, inner in value.items():
            inside = f"{place}/{name}" if place else name
            if name in value.cells:
                cells[inside] = value.cells[name]
            _gather(inner, inside, cells)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _gather(inner, f"{place}/{name}" if place else name, cells)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            _gather(inner, f"{place}/{at}", cells)


def plain(value: Any) -> Any:
    """The same without cells."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value
