"""An empty workbook for a form: the right headers, what each means, one made-up example, lists to choose from.

Lines that begin with # are remarks; whoever fills the sheet in may leave them where they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kiosk.bulk.columns import Step, Target
from kiosk.bulk.values import codes
from kiosk.forms.kinds import Kind
from kiosk.forms.model import Form, Group, Question, Repeat
from kiosk.wording import Wording

LINES = 2_000  # rows that the drop-downs reach
LONGEST_LIST = 500
LONGEST_NAME = 31  # of a sheet, says the format
SAME_FOR_ALL = "plaintiff"  # whoever files many cases files them for one plaintiff
EXAMPLES = {
    Kind.NAME: "张样本",
    Kind.MONEY: "1234.50",
    Kind.INT: "3",
    Kind.DECIMAL: "89.5",
    Kind.PERCENT: "3.85",
    Kind.DATE: "2026-01-15",
    Kind.DATETIME: "2026-01-15 10:30",
    Kind.YES_NO: "是",
    Kind.ADDRESS: "北京市朝阳区示例路1号院2号楼303",
    Kind.PHONE: "13700137000",
    Kind.MOBILE: "13700137000",
    Kind.EMAIL: "yangben@example.com",
    Kind.POSTCODE: "100020",
    Kind.ID_NUMBER: "110105199001010221",
    Kind.TEXT: "样本",
    Kind.LONGTEXT: "样本文字，请换成实际情况",
}
GREY = PatternFill("solid", fgColor="EEEEEE")


class Template:
    def __init__(self, form: Form, wording: Wording) -> None:
        self.form, self.wording = form, wording
        self.book = Workbook()
        self.lists = self.book.create_sheet("choices")
        self.lists_at: dict[str, str] = {}
        self.repeats: list[tuple[Target, Repeat]] = []

    def bytes(self) -> bytes:
        """The workbook."""
        cases: list[Target] = []
        common: list[Target] = []
        for target in self._targets(self.form.items, ()):
            (common if self._is_common(target) else cases).append(target)
        main = self.book.worksheets[0]
        main.title = "cases"
        self._columns(main, cases, ("case",))
        self._common(self.book.create_sheet("common", 1), common)
        for path, repeat in self.repeats:
            own = self.book.create_sheet(self._name(path.path), len(self.book.sheetnames) - 1)
            depth = len(path.steps)
            inside = list(self._targets(repeat.items, path.steps))
            self._columns(own, inside, ("case",), skip=depth)
        self._notices(self.book.create_sheet("notices", len(self.book.sheetnames) - 1))
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()

    def _name(self, path: str) -> str:
        """`evidence_and_basis.evidence`, or its end when that is too long for a sheet."""
        plain = path.replace("[1]", "").replace("/", ".")
        return plain if len(plain) <= LONGEST_NAME else plain.rpartition(".")[2][:LONGEST_NAME]

    def _is_common(self, target: Target) -> bool:
        first = self.form.stages[0]
        return target.steps[0].name == SAME_FOR_ALL or target.question.stage != first

    def _targets(self, items: tuple[Any, ...], way: tuple[Step, ...]) -> Iterator[Target]:
        """Every question, the first of each list that must not be empty; other lists get sheets of their own."""
        for item in items:
            name = item.id.rpartition("/")[2]
            match item:
                case Question() if item.kind not in (Kind.SIGNATURE, Kind.FILE):
                    yield Target((*way, Step(name)), item)
                case Group():
                    yield from self._targets(item.items, (*way, Step(name)))
                case Repeat():
                    here = (*way, Step(name, 1))
                    if not any(step.position for step in way):
                        self.repeats.append((Target(here, _NOBODY), item))
                    if item.least or any(step.position for step in way):
                        yield from self._targets(item.items, here)
                case _:
                    pass

    # the sheets

    def _columns(self, sheet: Any, targets: list[Target], first: tuple[str, ...], skip: int = 0) -> None:
        heads = ["/".join(part for part in target.path.split("/")[skip:]) for target in targets]
        sheet.append([*first, *heads])
        sheet.append([f"# {self._say('names')}", *(self._label(target.question) for target in targets)])
        sheet.append([f"# {self._say('rules')}", *(self._rule(target.question) for target in targets)])
        sheet.append([f"# {self._say('example')}", *(self._example(target.question) for target in targets)])
        for at, target in enumerate(targets, len(first) + 1):
            letter = get_column_letter(at)
            sheet.column_dimensions[letter].width = 22
            if target.question.kind in (Kind.ID_NUMBER, Kind.BANK_CARD, Kind.USCC, Kind.PHONE, Kind.MOBILE):
                sheet.column_dimensions[letter].number_format = "@"  # long numbers stay whole
            self._choose(sheet, target.question, f"{letter}5:{letter}{LINES}")
        sheet.column_dimensions["A"].width = 16
        sheet.freeze_panes = "B5"
        self._dress(sheet, 4)

    def _common(self, sheet: Any, targets: list[Target]) -> None:
        sheet.append(
            ["question", "value", "# " + self._say("names"), "# " + self._say("rules"), "# " + self._say("example")]
        )
        for target in targets:
            question = target.question
            sheet.append([target.path, None, self._label(question), self._rule(question), self._example(question)])
            self._choose(sheet, question, f"B{sheet.max_row}")
            sheet.cell(sheet.max_row, 2).number_format = "@"
        for letter, width in zip("ABCDE", (44, 34, 34, 60, 30), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "A2"
        self._dress(sheet, 1)

    def _notices(self, sheet: Any) -> None:
        sheet.append(["id", "version", "read", "title", "text"])
        for one in self.form.notices:
            text = "\n".join(item.get("zh", "") for item in one.items)
            sheet.append([one.id, one.version, None, one.title.get("zh", ""), text])
        rule = DataValidation(type="list", formula1='"是"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"C2:C{len(self.form.notices) + 1}")
        for letter, width in zip("ABCDE", (20, 12, 10, 24, 100), strict=True):
            sheet.column_dimensions[letter].width = width
        self._dress(sheet, 1)

    def _dress(self, sheet: Any, heads: int) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if cell.row <= heads:
                    cell.font = Font(bold=cell.row == 1, color="000000" if cell.row == 1 else "555555")
                    cell.fill = GREY
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # also what begins with an equals sign

    # the words

    def _say(self, key: str) -> str:
        return " / ".join(self.wording.say(f"bulk.template_{key}", language) for language in ("zh", "en"))

    def _label(self, question: Question) -> str:
        words = question.paper or question.label
        said = [words.get(language, "") for language in self.form.languages]
        return "\n".join(dict.fromkeys(text for text in said if text and "${" not in text))

    def _rule(self, question: Question) -> str:
        parts = [self._say(f"kind_{KINDS.get(question.kind, 'words')}")]
        if question.kind in (Kind.CHOICE, Kind.CHOICES):
            listed = self.form.lists.get(question.choices, ())
            shown = [choice.label.get("zh", choice.code) for choice in listed[:12]]
            parts.append("、".join(shown) + ("…" if len(listed) > len(shown) else ""))
        hint = question.hint.get("zh", "")
        if hint and "${" not in hint:
            parts.append(hint)
        if question.unknown:
            parts.append(self._say("unknown"))
        return "\n".join(parts)

    def _example(self, question: Question) -> str:
        if question.kind in (Kind.CHOICE, Kind.CHOICES):
            listed = self.form.lists.get(question.choices, ())
            return listed[0].label.get("zh", listed[0].code) if listed else ""
        return question.example.get("zh", "") or EXAMPLES.get(question.kind, "")

    def _choose(self, sheet: Any, question: Question, cells: str) -> None:
        if question.kind is Kind.YES_NO:
            rule = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
        elif question.kind is Kind.CHOICE and (at := self._list(question)):
            rule = DataValidation(type="list", formula1=at, allow_blank=True)
        else:
            return
        sheet.add_data_validation(rule)
        rule.add(cells)

    def _list(self, question: Question) -> str:
        """Where the words of a list stand, once for all the columns that use it."""
        name = question.choices
        listed = self.form.lists.get(name, ())
        if name not in self.lists_at and 0 < len(listed) <= LONGEST_LIST:
            column = len(self.lists_at) + 1
            letter = get_column_letter(column)
            known = codes(self.form, question)
            words = [one.label.get("zh", "") for one in listed]
            said = [
                word if known.get("".join(word.split()).casefold()) else one.code
                for word, one in zip(words, listed, strict=True)
            ]
            for row, text in enumerate(itertools.chain([name], said), 1):
                self.lists.cell(row, column, text).data_type = "s"
            self.lists_at[name] = f"choices!${letter}$2:${letter}${len(said) + 1}"
        return self.lists_at.get(name, "")


KINDS = {
    Kind.CHOICE: "choice",
    Kind.CHOICES: "choices",
    Kind.YES_NO: "yes_no",
    Kind.MONEY: "money",
    Kind.DATE: "date",
    Kind.INT: "number",
    Kind.DECIMAL: "number",
    Kind.PERCENT: "number",
    Kind.ID_NUMBER: "digits",
    Kind.USCC: "digits",
    Kind.BANK_CARD: "digits",
    Kind.PHONE: "digits",
    Kind.MOBILE: "digits",
    Kind.ADDRESS: "address",
}
_NOBODY: Any = None


def template(form: Form, wording: Wording) -> bytes:
    return Template(form, wording).bytes()
