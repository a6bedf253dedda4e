"""An XLSForm becomes a pack: every mistake is told with its sheet, row and column, and reading goes on to the next.

What a pack cannot hold (media, layout hints of other programs) is left behind with a remark, never silently.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from kiosk.authoring.entries import Draft, Entry, where_of
from kiosk.authoring.findings import At, Finding, finding
from kiosk.authoring.headers import (
    CHOICE_WORDS,
    LEFT,
    PLAIN,
    WORDS,
    language_code,
    languages_of,
    read_columns,
)
from kiosk.authoring.workbook import Book, Row, Sheet
from kiosk.authoring.xls_rows import UNSAID, Rows, seen
from kiosk.authoring.xls_types import SEEN, Type, read_type

SHEETS = ("survey", "choices", "settings")
SETTINGS = ("version", "cause", "valid_from", "valid_to", "wording", "retain", "fee_rule")
LISTED = ("legal_basis", "stages")
CODE = re.compile(r"\S+")


def read_xlsform(book: Book) -> Draft:
    """The pack of a workbook, with everything that is wrong in it."""
    return XlsForm(book).draft()


class XlsForm:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.findings: list[Finding] = list(book.findings)
        self.remarks: list[Finding] = []
        self.sheets = {name.strip().lower(): sheet for name, sheet in book.sheets.items()}
        for name in SHEETS:
            near = difflib.get_close_matches(name, [one for one in self.sheets if one not in SHEETS], 1, 0.75)
            if name not in self.sheets and near:
                self.sheets[name] = self.sheets[near[0]]
                self.findings.append(finding(self.sheets[name].at(), "sheet_missing", name=name))
        self.survey = self.sheets.get("survey") or Sheet(book.file, "survey")
        self.choices = self.sheets.get("choices") or Sheet(book.file, "choices")
        self.settings = self.sheets.get("settings") or Sheet(book.file, "settings")

    def draft(self) -> Draft:
        if "survey" not in self.sheets:
            self.findings.append(finding(At(self.book.file), "sheet_missing", name="survey"))
        settings = self._settings()
        self.columns = read_columns(self.survey, WORDS, PLAIN, True, self.findings)
        self.choice_columns = read_columns(self.choices, CHOICE_WORDS, set(), False, self.findings)
        default = language_code(settings.text("default_language")) if settings.values.get("default_language") else ""
        self.languages, self.default = languages_of(self.columns, self.choice_columns, default)
        rows = Rows(self.columns, self.languages, self.default, self.findings, self.remarks)
        lists = Entry(self.choices.at())
        self._read_choices(lists, Rows(self.choice_columns, self.languages, self.default, self.findings, self.remarks))
        pack = self._top(settings)
        self.lists, self.externals = lists, Entry(self.survey.at())
        form = list(self._items(rows))
        pack.put("choices", lists, self.choices.at())
        if self.externals:
            pack.put("lists", self.externals)
        pack.put("form", form, self.survey.at())
        self._remark_columns()
        return Draft(pack, where_of(pack, self.book.file), self.findings, self.remarks, foreign=True)

    # settings

    def _settings(self) -> Row:
        renamed = {"title": "form_title", "set_form_title": "form_title", "id_string": "form_id"}
        row = self.settings.rows[0] if self.settings.rows else Row(self.settings, 2, {})
        values = {}
        for header, value in row.values.items():
            name = re.sub(r"\s+", "_", header.strip().lower())
            values[renamed.get(name, name)] = value
            self.settings.columns.setdefault(renamed.get(name, name), self.settings.columns.get(header, "A"))
        return Row(self.settings, row.number, values)

    def _top(self, settings: Row) -> Entry:
        pack = Entry(self.settings.at(settings.number))
        title = settings.text("form_title")
        identity = settings.text("form_id") or title or self.book.file.rpartition(".")[0]
        name = re.sub(r"[^A-Za-z0-9_]+", "_", identity).strip("_") or "form"
        pack.put("pack", name, settings.at("form_id"))
        pack.put("version", settings.text("version") or "1", settings.at("version"))
        pack.put("languages", list(self.languages))
        titles = {
            language: next(
                (
                    str(value)
                    for header, value in settings.values.items()
                    if header.startswith("form_title:") and language_code(header.split(":")[-1]) == language
                ),
                title or identity,
            )
            for language in self.languages
        }
        pack.put("title", titles, settings.at("form_title"))
        for word in SETTINGS[1:]:
            if word in settings.values:
                pack.put(word, settings.text(word), settings.at(word))
        for word in LISTED:
            if word in settings.values:
                parts = [part.strip() for part in re.split(r"[;；\n]", settings.text(word)) if part.strip()]
                pack.put(word, parts, settings.at(word))
        return pack

    # choices

    def _read_choices(self, lists: Entry, rows: Rows) -> None:
        headers = {canonical_choice(header): header for header in self.choices.columns}
        for row in self.choices.rows:
            name = row.text(headers.get("list_name", "list_name"))
            code = row.text(headers.get("name", "name"))
            if not name:
                self.findings.append(finding(row.at(headers.get("list_name", "list_name")), "no_list_name"))
                continue
            if name not in lists:
                lists.put(name, [], row.at(headers["list_name"]))
            at = row.at(headers.get("name", "name"))
            if not code:
                self.findings.append(finding(at, "no_choice_name", name=name[:40]))
                continue
            if not CODE.fullmatch(code):
                self.findings.append(finding(at, "choice_name_blank", name=code[:40]))
                continue
            if any(choice["code"] == code for choice in lists[name]):
                self.findings.append(finding(at, "choice_twice", name=code[:40], list=name[:40]))
                continue
            choice = Entry(row.at())
            choice.put("code", code, at)
            if not rows.words(choice, row, "label"):
                self.findings.append(finding(row.at(rows.columns.header("label")), "no_label", name=code[:40]))
                choice.put("label", dict.fromkeys(self.languages, code))
            rows.words(choice, row, "example")
            for header, (word, language) in self.choice_columns.meaning.items():
                own = word in CHOICE_WORDS or (header in headers.values() and canonical_choice(header) in KNOWN)
                if header in row.values and not own and word not in LEFT and not language:
                    choice.put(header, row.text(header), row.at(header))
            lists[name].append(choice)

    # the survey

    def _items(self, rows: Rows) -> Iterator[Entry]:
        top: list[Entry] = []
        open_frames: list[tuple[Entry, str, Row]] = []
        for row in self.survey.rows:
            items = open_frames[-1][0]["items"] if open_frames else top
            word = row.text(self.columns.header("type"))
            kind = read_type(word) if word else None
            at = row.at(self.columns.header("type"))
            if kind is None:
                self.findings.append(finding(at, "no_type"))
            elif kind.what == "end":
                if not open_frames or open_frames[-1][1] != kind.kind:
                    self.findings.append(finding(at, "end_without_begin", name=kind.kind))
                else:
                    open_frames.pop()
            elif kind.what == "begin":
                frame = rows.frame(row, kind.kind, items)
                items.append(frame)
                open_frames.append((frame, kind.kind, row))
            elif kind.what in ("unknown", "unsupported"):
                self.findings.append(finding(at, f"type_{kind.what}", name=word[:40]))
                items.append(rows.stand_in(row, items))
            elif kind.what == "skip":
                self.remarks.append(finding(at, "left", name=word[:40]))
            else:
                self._leaf(rows, row, kind, items)
        for _, name, row in open_frames:
            self.findings.append(finding(row.at(self.columns.header("type")), "begin_without_end", name=name))
        yield from top

    def _leaf(self, rows: Rows, row: Row, kind: Type, items: list[Entry]) -> None:
        if kind.what == "note":
            items.append(rows.note(row, items))
        elif kind.what == "compute" or rows.text(row, "value"):
            item = rows.compute(row, kind, items)
            items.append(item)
        else:
            item = rows.question(row, kind, items)
            items.append(item)
            if kind.kind in ("choice", "choices"):
                self._listed(rows, row, kind, item, items)

    def _listed(self, rows: Rows, row: Row, kind: Type, item: Entry, items: list[Entry]) -> None:
        at = row.at(self.columns.header("type"))
        name = kind.list_name
        if not name:
            self.findings.append(finding(at, "no_list_name"))
        elif kind.external:
            self.externals.put(name, name, at)
        elif name == SEEN and name not in self.lists:
            self.lists.put(SEEN, [seen(self.languages, at)], at)
        elif name not in self.lists:
            near = rows.near(name, self.lists)
            self.findings.append(finding(at, "list_unknown", name=name[:40], near=near or "-"))
            self.lists.put(near or name, self.lists.get(near or name, []) or [_only_choice(self.languages, at)], at)
            name = near or name
        item.put("choices", name or UNSAID, at)
        if not name:
            self.lists.put(UNSAID, [_only_choice(self.languages, at)], at)
        if kind.other and name in self.lists:
            self._or_other(rows, item, items, name)

    def _or_other(self, rows: Rows, item: Entry, items: list[Entry], name: str) -> None:
        """`or_other`: a choice more, and a text that says what it is."""
        if all(choice["code"] != "other" for choice in self.lists[name]):
            other = Entry(item.at)
            other.put("code", "other")
            other.put("label", {one: "其他" if one == "zh" else "Other" for one in self.languages})
            self.lists[name].append(other)
        items.append(rows.other_text(item))

    def _remark_columns(self) -> None:
        for header, (name, _) in self.columns.meaning.items():
            known = name in PLAIN | WORDS
            if not known and any(header in row.values for row in self.survey.rows):
                self.remarks.append(finding(self.survey.at(1, header), "left", name=header[:40]))
        for header, (name, _) in self.choice_columns.meaning.items():
            if name in LEFT and any(header in row.values for row in self.choices.rows):
                self.remarks.append(finding(self.choices.at(1, header), "left", name=header[:40]))


KNOWN = {"list_name", "name"}


def canonical_choice(header: str) -> str:
    word = re.sub(r"\s+", "_", header.strip().lower())
    return {"list": "list_name", "listname": "list_name", "value": "name", "code": "name"}.get(word, word)


def _only_choice(languages: tuple[str, ...], at: At) -> Entry:
    choice = Entry(at)
    choice.put("code", "x")
    choice.put("label", dict.fromkeys(languages, "x"))
    return choice
