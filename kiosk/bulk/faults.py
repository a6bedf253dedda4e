"""What is wrong with a spreadsheet of cases: which sheet, row, column and question, and the rule. Never the words in a cell.

The keys are a closed set; the sentences stand in `resources/wording/bulk.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.wording import Wording

FILE_KEYS = frozenset(
    {
        *("not_readable", "too_large", "not_a_workbook", "not_text", "no_cases", "extra_missing", "bad_common"),
        *("too_many_sheets", "form_unknown", "pack_needed", "result_not_ours", "not_written"),
    }
)
CELL_KEYS = frozenset(
    {
        *("too_many_rows", "too_many_columns", "column_unknown", "column_ambiguous", "column_twice", "bad_position"),
        *("case_missing", "case_odd", "case_twice", "case_unknown", "formula_without_value", "error_cell"),
        *("number_cut", "cell_too_long", "character", "choice", "yes_no", "not_typed", "no_column", "row_too_long"),
        *("sheet_unknown", "notice_unread", "notice_other_version", "notice_unknown", "language", "material_unknown"),
        *("same_content", "changed_since_filed", "objection", "left_out", "limitation_near"),
    }
)


class SheetTrouble(Exception):
    """A file that is no spreadsheet of cases at all."""

    def __init__(self, key: str, **places: str | int) -> None:
        assert key in FILE_KEYS, key
        self.key, self.places = key, places
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Where:
    """A cell, a row (`column` empty), a sheet (`row` 0) or nothing that can be pointed at."""

    sheet: str = ""
    row: int = 0
    column: str = ""  # its letters


@dataclass(frozen=True, slots=True)
class Fault:
    """`places` hold names of ours (headers, questions, codes), never what somebody answered."""

    where: Where
    key: str
    question: str = ""  # path with positions
    label: str = ""  # its official name
    places: Mapping[str, str | int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # of `objection`: the rule, in each language

    def __post_init__(self) -> None:
        assert self.key in CELL_KEYS, self.key

    def at(self, wording: Wording, language: str) -> str:
        where = self.where
        if not where.sheet:
            return ""
        key = "at_cell" if where.column else "at_row" if where.row else "at_sheet"
        return wording.say(f"bulk.{key}", language, sheet=where.sheet, row=where.row, column=where.column)

    def why(self, wording: Wording, language: str) -> str:
        if self.key == "objection":
            return (
                self.words.get(language)
                or next(iter(self.words.values()), "")
                or wording.say("answers.constraint", language)
            )
        return wording.say(f"bulk.{self.key}", language, **self.places)

    def said(self, wording: Wording, language: str) -> str:
        """`案件!D7 被告[2] 姓名: 请回答这个问题`."""
        name = " ".join(part for part in (self.question, self.label) if part)
        lead = " ".join(part for part in (self.at(wording, language), name) if part)
        return f"{lead}: {self.why(wording, language)}" if lead else self.why(wording, language)


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
