"""One row of an XLSForm's survey sheet as one item of a pack."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from kiosk.authoring.entries import Entry
from kiosk.authoring.findings import At, Finding, finding
from kiosk.authoring.headers import Columns
from kiosk.authoring.workbook import Row
from kiosk.authoring.xls_types import Type
from kiosk.forms.kinds import PACK_KINDS
from kiosk.forms.reading import NAME

UNSAID = "unsaid"
TO_WRITE = "?"  # a purpose the author still has to write; lint asks for it
CLOCK = "regex(., '^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$')"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MAYBE_EXPRESSION = re.compile(r"\$\{|[A-Za-z][\w-]*\s*\(|^\s*\.|\d\s+(?:div|mod)\s+\d|\d\s*[*+]\s*\d")
ASKED: tuple[str, ...] = ("row", "source", "class", "purpose", "stage", "keys", "suggest", "choice_filter", "relevant")
ASKED += ("constraint", "required", "readonly", "appearance")


def seen(languages: tuple[str, ...], at: At) -> Entry:
    """The one choice of an acknowledgement; its code is the one ODK gives."""
    choice = Entry(at)
    choice.put("code", "OK")
    choice.put("label", {one: "知道了" if one == "zh" else "OK" for one in languages})
    return choice


class Rows:
    def __init__(
        self,
        columns: Columns,
        languages: tuple[str, ...],
        default: str,
        findings: list[Finding],
        remarks: list[Finding],
    ) -> None:
        self.columns = columns
        self.languages = languages
        self.default = default
        self.findings = findings
        self.remarks = remarks
        self.names: dict[int, set[str]] = {}  # of the items of one group, by that list
        self.told: set[tuple[str, str]] = set()  # columns already said to be missing

    def text(self, row: Row, name: str) -> str:
        return row.text(self.columns.headers.get((name, ""), ""))

    def _put(self, item: Entry, row: Row, name: str, value: str = "", entry: str = "") -> None:
        found = value or self.text(row, name)
        if found:
            item.put(entry or name, found, row.at(self.columns.header(name)))

    def words(self, item: Entry, row: Row, name: str, entry: str = "") -> bool:
        """Words in every language, if the row has any; a language it lacks is a finding, once a column or once a cell."""
        found: dict[str, str] = {}
        for language in self.languages:
            header = self.columns.headers.get((name, language))
            if header is None and language == self.default:
                header = self.columns.headers.get((name, ""))
            if header is not None and row.text(header):
                found[language] = row.text(header)
        if not found:
            return False
        for language in self.languages:
            if language not in found:
                self._lacks(row, name, language)
        whole = {language: found.get(language, next(iter(found.values()))) for language in self.languages}
        item.put(entry or name, whole, row.at(self.columns.header(name, next(iter(found)))))
        return True

    def _lacks(self, row: Row, name: str, language: str) -> None:
        bare = language == self.default and self.columns.has(name, "")
        if self.columns.has(name, language) or bare:
            header = self.columns.header(name, "" if bare else language)
            self.findings.append(finding(row.at(header), "words_missing", missing=language))
        elif (name, language) not in self.told:
            self.told.add((name, language))
            at = self.columns.sheet.at(1, self.columns.header(name))
            self.findings.append(finding(at, "column_missing", name=f"{name}::{language}"))

    def name(self, row: Row, items: list[Entry]) -> str:
        """The row's name; without a usable one it gets one of its own and a finding."""
        header = self.columns.header("name")
        name, at = self.text(row, "name"), row.at(self.columns.header("name"))
        if not name:
            self.findings.append(finding(at, "no_name"))
            return f"row_{row.number}"
        if not NAME.fullmatch(name):
            self.findings.append(finding(at, "bad_name", name=name[:40]))
            return f"row_{row.number}"
        taken = self.names.setdefault(id(items), set())
        if name in taken:
            self.findings.append(finding(row.at(header), "name_twice", name=name[:40]))
            return f"{name[:50]}_{row.number}"
        taken.add(name)
        return name

    def _begin(self, row: Row, what: str, items: list[Entry]) -> Entry:
        item = Entry(row.at())
        item.put(what, self.name(row, items), row.at(self.columns.header("name")))
        return item

    def frame(self, row: Row, what: str, items: list[Entry]) -> Entry:
        item = self._begin(row, what, items)
        if not self.words(item, row, "label"):
            item.put("label", dict.fromkeys(self.languages, item[what]))
        self.words(item, row, "hint")
        for name in ("relevant", "stage", "row", *(("count",) if what == "repeat" else ())):
            self._put(item, row, name)
        if what == "repeat":
            for name in ("min", "max"):
                if self.text(row, name).isdigit():
                    item.put(name, int(self.text(row, name)), row.at(self.columns.header(name)))
            self.words(item, row, "add")
            if self.text(row, "item"):
                self._put(item, row, "item")
        elif self.text(row, "card") in ("true", "yes", "1"):
            item.put("card", True, row.at(self.columns.header("card")))
        item.put("items", [])
        return item

    def note(self, row: Row, items: list[Entry]) -> Entry:
        item = self._begin(row, "note", items)
        self._label(item, row, item["note"])
        self._put(item, row, "relevant")
        self._put(item, row, "tone")
        hint = Entry(row.at())
        if self.words(hint, row, "hint", "0"):
            item.put("body", [hint["0"]], row.at(self.columns.header("hint")))
        return item

    def stand_in(self, row: Row, items: list[Entry]) -> Entry:
        """Something in the place of a row that cannot be taken, so that its name is known further down."""
        return self.question(row, Type("ask", "text"), items, rules=False)

    def compute(self, row: Row, kind: Type, items: list[Entry]) -> Entry:
        item = self._begin(row, "compute", items)
        own = self.text(row, "kind")
        item.put("kind", own if own in PACK_KINDS else kind.kind if kind.kind not in ("range", "time") else "text")
        if item["kind"] in ("choice", "choices"):
            item.put("kind", "text")
        if not self.text(row, "value") and not kind.value:
            self.findings.append(finding(row.at(self.columns.header("value")), "no_calculation"))
        self._put(item, row, "value", self.text(row, "value") or kind.value or "''")
        self._put(item, row, "relevant")
        if self.columns.headers.get(("label", ""), "label") in row.values or self.columns.languages:
            self.words(item, row, "label")
        item.put("class", self.text(row, "class") or "public")
        return item

    def question(self, row: Row, kind: Type, items: list[Entry], rules: bool = True) -> Entry:
        item = self._begin(row, "ask", items)
        appearance = self.text(row, "appearance")
        self._kind(item, row, kind, appearance)
        self._label(item, row, item["ask"])
        for name in ("hint", "help", "paper", "example"):
            self.words(item, row, name)
        for name in ASKED if rules else ():
            self._put(item, row, name)
        for name in ("message", "required_message") if rules else ():
            self.words(item, row, name)
        if rules:
            self._range(item, row, kind)
            self._default(item, row)
        if self.text(row, "unknown") in ("true", "yes", "1"):
            item.put("unknown", True, row.at(self.columns.header("unknown")))
        if "class" not in item:
            item.put("class", "personal")
        if "purpose" not in item and item["class"] != "public":
            item.put("purpose", TO_WRITE)
        if self.text(row, "trigger"):
            self.remarks.append(finding(row.at(self.columns.header("trigger")), "left", name="trigger"))
        return item

    def _label(self, item: Entry, row: Row, name: str) -> None:
        if self.words(item, row, "label") or self.words(item, row, "hint", "label"):
            return
        self.findings.append(finding(row.at(self.columns.header("label")), "no_label", name=name))
        item.put("label", dict.fromkeys(self.languages, name))

    def _kind(self, item: Entry, row: Row, kind: Type, appearance: str) -> None:
        at = row.at(self.columns.header("type"))
        own = self.text(row, "kind")
        word = kind.kind
        if own and own not in PACK_KINDS:
            self.findings.append(finding(row.at(self.columns.header("kind")), "kind_unknown", name=own[:40]))
        if own in PACK_KINDS:
            word = own
        elif word == "text" and "multiline" in appearance:
            word = "longtext"
        elif word == "file" and "signature" in appearance:
            word = "signature"
        elif word == "range":
            whole = all("." not in number for number in self._parameters(row).values())
            word = "int" if whole else "decimal"
        elif word == "time":
            word = "text"
            item.put("constraint", CLOCK, at)
        item.put("kind", word, at)

    def _parameters(self, row: Row) -> dict[str, str]:
        pairs = re.findall(r"(\w+)\s*=\s*(\S+)", self.text(row, "parameters").replace(",", " ").replace(";", " "))
        return {name.lower(): value for name, value in pairs}

    def _range(self, item: Entry, row: Row, kind: Type) -> None:
        if kind.kind != "range":
            return
        given = self._parameters(row)
        at = row.at(self.columns.header("parameters"))
        for name in ("start", "end", "step"):
            if name in given and not NUMBER.fullmatch(given[name]):
                self.findings.append(finding(at, "bad_parameter", name=name))
                return
        rule = f". >= {given.get('start', '1')} and . <= {given.get('end', '10')}"
        own = item.get("constraint", "")
        item.put("constraint", f"({own}) and {rule}" if own else rule, item.cells.get("constraint", at))

    def _default(self, item: Entry, row: Row) -> None:
        text = self.text(row, "default")
        if not text:
            return
        at = row.at(self.columns.header("default"))
        if MAYBE_EXPRESSION.search(text) or (text[0] == text[-1] and text[0] in "'\"" and len(text) > 1):
            item.put("default", text, at)
        elif "'" not in text:
            item.put("default", f"'{text}'", at)
        elif '"' not in text:
            item.put("default", f'"{text}"', at)
        else:
            self.findings.append(finding(at, "both_quotes"))

    def other_text(self, item: Entry) -> Entry:
        other = Entry(item.at)
        other.put("ask", f"{item['ask']}_other")
        other.put("kind", "text")
        words = {"zh": "请说明“其他”", "en": "Please say what else"}
        other.put("label", {one: words.get(one, words["en"]) for one in self.languages})
        rule = f"selected(${{{item['ask']}}}, 'other')"
        other.put("relevant", f"({item['relevant']}) and {rule}" if item.get("relevant") else rule)
        other.put("class", item.get("class", "personal"))
        other.put("purpose", item.get("purpose", TO_WRITE))
        return other

    @staticmethod
    def near(name: str, known: Iterable[str]) -> str:
        found = difflib.get_close_matches(name, list(known), 1, 0.7)
        return found[0] if found else ""
