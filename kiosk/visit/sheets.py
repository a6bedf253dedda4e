"""What the desk tells of sheets of cases: which there are, what is wrong with one, what became of it.

Names of files are somebody's words and stay out of every repr. Of a row there is its cell and the rule it breaks,
never what was written in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SheetFile:
    code: str  # what the desk knows it by; never a path
    name: str = field(repr=False)
    kilobytes: int = 0
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowFault:
    where: str  # cases!D7, and the question
    words: Mapping[str, str]  # the rule, in each language


@dataclass(frozen=True, slots=True)
class SheetReport:
    good: int  # may be filed, those filed before among them
    before: int
    wrong: int
    faults: tuple[RowFault, ...] = ()
    more: int = 0  # faults that are not listed
    of_the_file: bool = False  # the faults are of the whole sheet: nothing of it is filed while there are any

    @property
    def to_file(self) -> int:
        return 0 if self.of_the_file else self.good - self.before


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    filed: int
    before: int
    wrong: int
    left: int  # not reached
    table: str = ""  # where the result table is
    beside: bool = False  # beside the sheet, not in the state folder
    summary: str = ""  # the number of the slip for all of them
    trouble: str = ""  # wording key of what ended it early
    stopped: bool = False  # by the clerk
