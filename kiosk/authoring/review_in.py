"""The workbook of a pack back into the pack: the other half of `kiosk.authoring.review_out`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.authoring.entries import Draft, Entry, where_of
from kiosk.authoring.findings import At, Finding, finding
from kiosk.authoring.review_sheets import (
    BODY,
    CHOICE,
    FORMAT,
    ITEM_ORDER,
    ITEM_WORDS,
    MATERIAL,
    NOTICE,
    TOP_LISTS,
    TOP_TEXTS,
    from_cell,
    split_header,
)
from kiosk.authoring.workbook import Book, Row

FRAMES = {"begin_group": "group", "begin_repeat": "repeat"}
ENDS = {"end_group": "group", "end_repeat": "repeat"}
LEAVES = {"calculate": "compute", "note": "note"}
ITEM_ENTRIES = {*ITEM_ORDER, "type", "name", "order"}


def is_review(book: Book) -> bool:
    """Whether this workbook was written by the export."""
    return FORMAT in book.sheet("settings").columns


def read_review(book: Book) -> Draft:
    reading = _Review(book)
    pack = reading.pack()
    return Draft(pack, where_of(pack, book.file), reading.findings)


class _Review:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.findings: list[Finding] = list(book.findings)

    def pack(self) -> Entry:
        settings = self.book.sheet("settings")
        row = settings.rows[0] if settings.rows else Row(settings, 2, {})
        found = Entry(row.at())
        found.put("pack", row.text("form_id"), row.at("form_id"))
        titles = self._words(row, "form_title", row)
        if titles:
            found.put("title", titles, next(iter(titles.cells.values())))
        for name in TOP_TEXTS:
            if name in row.values:
                found.put(name, _text(from_cell(row.values[name])), row.at(name))
        for name in TOP_LISTS:
            if name in row.values:
                said = from_cell(row.values[name])
                found.put(name, str(said).split("\n") if said != "" else [], row.at(name))
        order = row.text("order").split()
        sheets = {
            "choices": self._choices,
            "lists": self._tables,
            "form": self._form,
            "materials": self._materials,
            "notices": self._notices,
            "paper": self._paper,
        }
        for name, read in sheets.items():
            value = read()
            if value or name in order:
                found.put(name, value, self.book.sheet("survey" if name == "form" else name).at())
        return _ordered(found, order)

    # the survey

    def _form(self) -> list[Entry]:
        sheet = self.book.sheet("survey")
        for header in sheet.columns:
            entry, _ = split_header(header)
            if entry not in ITEM_ENTRIES and not BODY.fullmatch(entry):
                self.findings.append(finding(sheet.at(1, header), "column_unknown", name=header[:40]))
        top: list[Entry] = []
        frames: list[tuple[Entry, str, Row]] = []
        for row in sheet.rows:
            word = row.text("type")
            if word in ENDS:
                if not frames or frames[-1][1] != ENDS[word]:
                    self.findings.append(finding(row.at("type"), "end_without_begin", name=ENDS[word]))
                else:
                    frames.pop()
                continue
            items = frames[-1][0]["items"] if frames else top
            what = FRAMES.get(word, LEAVES.get(word, "ask"))
            item = self._item(row, what)
            items.append(item)
            if word in FRAMES:
                frames.append((item, what, row))
        for _, name, row in frames:
            self.findings.append(finding(row.at("type"), "begin_without_end", name=name))
        return top

    def _item(self, row: Row, what: str) -> Entry:
        item = Entry(row.at())
        item.put(what, row.text("name"), row.at("name"))
        order = row.text("order").split()
        for entry in ITEM_ORDER:
            if entry == "body":
                self._body(item, row)
            elif entry in ITEM_WORDS and (words := self._words(row, entry, item)):
                item.put(entry, words, next(iter(words.cells.values())))
            elif entry == "items" and what in ("group", "repeat"):
                item.put("items", [])
            else:
                self._value(item, row, entry, what)
        return _ordered(item, order)

    def _value(self, item: Entry, row: Row, entry: str, what: str) -> None:
        header = next((one for one in row.values if split_header(one) == (entry, "")), "")
        if header and not (entry == "note" and what == "note"):
            item.put(entry, from_cell(row.values[header]), row.at(header))

    def _words(self, row: Row, entry: str, around: object) -> Entry:
        words = Entry(row.at())
        for header, value in row.values.items():
            name, language = split_header(header)
            if name == entry and language:
                words.put(language, _text(from_cell(value)), row.at(header))
        return words

    def _body(self, item: Entry, row: Row) -> None:
        numbers = sorted({int(match[1]) for header in row.values if (match := BODY.fullmatch(split_header(header)[0]))})
        if numbers:
            paragraphs = [self._words(row, f"body{number}", item) for number in numbers]
            item.put("body", paragraphs, next(iter(paragraphs[0].cells.values())))

    # the other sheets

    def _choices(self) -> Entry:
        lists = Entry(self.book.sheet("choices").at())
        for row in self.book.sheet("choices").rows:
            name = row.text("list_name")
            if not name:
                self.findings.append(finding(row.at("list_name"), "no_list_name"))
                continue
            if name not in lists:
                lists.put(name, [], row.at("list_name"))
            choice = Entry(row.at())
            for header, value in row.values.items():
                entry, language = split_header(header)
                if header not in ("list_name", "order") and not language:
                    choice.put("code" if header == "name" else entry, from_cell(value), row.at(header))
            self._all_words(choice, row)
            if any(one.get("code") == choice.get("code") for one in lists[name]):
                at = row.at("name")
                code = str(choice.get("code", ""))[:40]
                self.findings.append(finding(at, "choice_twice", name=code, list=name[:40]))
                continue
            lists[name].append(_ordered(choice, row.text("order").split() or [one for one in CHOICE if one in choice]))
        return lists

    def _all_words(self, item: Entry, row: Row) -> None:
        """Every column with a language, as words of its entry."""
        for entry in dict.fromkeys(name for name, language in map(split_header, row.values) if language):
            words = self._words(row, entry, item)
            item.put(entry, words, next(iter(words.cells.values())))

    def _tables(self) -> Entry:
        sheet = self.book.sheet("lists")
        tables = Entry(sheet.at())
        for row in sheet.rows:
            tables.put(row.text("list_name"), row.text("table"), row.at("table"))
        return tables

    def _materials(self) -> list[Entry]:
        return [self._mapping(row, MATERIAL) for row in self.book.sheet("materials").rows]

    def _mapping(self, row: Row, canonical: tuple[str, ...]) -> Entry:
        item = Entry(row.at())
        for header, value in row.values.items():
            entry, language = split_header(header)
            if not language and header != "order":
                item.put(entry, from_cell(value), row.at(header))
        self._all_words(item, row)
        return _ordered(item, row.text("order").split() or [name for name in canonical if name in item])

    def _notices(self) -> list[Entry]:
        notices: list[Entry] = []
        orders: list[list[str]] = []
        for row in self.book.sheet("notices").rows:
            if "id" in row.values or not notices:
                item = self._mapping(row, NOTICE)
                words = item.get("items")
                item.put("items", [words] if words is not None else [], row.at())
                aloud = item.pop("spoken", None)
                if aloud is not None:
                    item.put("spoken", [{"item": 1, **aloud}], row.at())
                notices.append(item)
                orders.append(row.text("order").split())
            else:
                notices[-1]["items"].append(self._words(row, "items", row))
                aloud = self._words(row, "spoken", row)
                if aloud:
                    notices[-1].setdefault("spoken", []).append({"item": len(notices[-1]["items"]), **aloud})
        return [
            _ordered(item, order or [name for name in NOTICE if name in item])
            for item, order in zip(notices, orders, strict=True)
        ]

    def _paper(self) -> Any:
        root: Entry = Entry(self.book.sheet("paper").at())
        for row in self.book.sheet("paper").rows:
            value: Any = {"mapping": {}, "list": []}.get(row.text("is"))
            if value is None:
                value = from_cell(row.values["value"]) if "value" in row.values else ""
            try:
                _put(root, list(_steps(row.text("path"))), value, row.at("value"))
            except (IndexError, TypeError, AttributeError, ValueError):
                self.findings.append(finding(row.at("path"), "paper_path"))
        return root


def _steps(path: str) -> Iterator[str | int]:
    for part in path.split("/")[1:]:
        if part.startswith("#"):
            yield int(part[1:])
        else:
            yield part.replace("~2", "#").replace("~1", "/").replace("~0", "~")


def _put(root: Any, steps: list[str | int], value: Any, at: At) -> None:
    holder = root
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        last = following is None
        fresh: Any = value if last else [] if isinstance(following, int) else Entry(at)
        if isinstance(step, int):
            if not isinstance(holder, list) or step > len(holder):
                raise IndexError(step)
            if step == len(holder):
                holder.append(fresh)
        elif last or step not in holder:
            holder.put(step, fresh, at)
        holder = holder[step]


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _ordered(item: Entry, order: list[str]) -> Entry:
    """The entries in the written order first, the rest as they are."""
    entries = dict(item)
    item.clear()
    for name in [*(one for one in order if one in entries), *(one for one in entries if one not in order)]:
        item[name] = entries[name]
    return item
