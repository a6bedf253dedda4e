"""Somebody made up who answers a whole form: as briefly as one can, as fully as one can, or anyhow.

Answers are drawn by kind and tried until the page can be left; what a page is already filled with usually stays.
Nobody here is real: names say so, numbers have valid check digits and belong to no one known.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.forms import Form, Kind
from kiosk.interview import (
    AskStep,
    Context,
    Interview,
    ListStep,
    Objection,
    Step,
    add,
    answer,
    begin,
    check,
    declare_unknown,
    look,
    look_list,
    objections,
    remove,
    steps,
)
from tests.kiosk.packs.fields import Pack

TODAY = date(2026, 11, 23)
FACTS = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}
MOST_PAGES = 900
TRIES = 60
SHORT_CODES = ("nothing", "nobody", "none", "no", "unknown", "person", "self")
WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.NAME: ("赵样本", "钱示例", "张三䶮", "买买提·艾力示例", "Sample Zhang"),
    Kind.MONEY: ("1", "300", "2000", "20000", "100000.01", "3500000", "0"),
    Kind.DECIMAL: ("1", "12.5", "26", "0"),
    Kind.INT: ("1", "3", "11", "0", "60"),
    Kind.PERCENT: ("1", "12", "24", "0.5", "0"),
    Kind.ADDRESS: ("110105 建国路90号院5号楼602", "110101 东示例胡同12号", "310115 世纪大道1号"),
    Kind.PHONE: ("13700137000", "010-12345678"),
    Kind.MOBILE: ("13700137000",),
    Kind.EMAIL: ("sample@example.cn",),
    Kind.POSTCODE: ("100020",),
    Kind.ID_NUMBER: (
        *("110105199001010221", "11010519491231002X", "440524198801010011", "E12345678", "H12345678", "M12345678"),
        *("12345678", "810000198001010014", "932682198501010017"),
    ),
    Kind.USCC: ("91350100M000100Y43",),
    Kind.CASE_NO: ("（2026）京0105财保9号", "（2026）京0105民初1号"),
    Kind.BANK_CARD: ("6228480012345678903",),
    Kind.SIGNATURE: ("signed",),
    Kind.DATETIME: ("2026-05-20T10:30", "2025-01-01T08:00"),
}
TEXTS = ("示例", "示例街道", "京A12345", "110105199001010221", "12345678901234567", "2026", "17")
DAYS = (0, 1, 5, 10, 14, 20, 40, 100, 200, 364, 400, 700, 1000, 2000, 3000, 4000, 9000)


class Somebody:
    """`manner`: brief, full or any."""

    def __init__(self, form: Form, pack: Pack, manner: str, seed: int = 0) -> None:
        self.form = form
        self.pack = pack
        self.manner = manner
        self.chance = random.Random(seed)
        self.talk = begin(form, Context(today=TODAY, facts=FACTS))
        self.seen: set[str] = set()
        self.pages: list[str] = []

    def tell(self) -> Interview:
        """The whole form; what is wrong at its end is answered again."""
        self._walk()
        for _ in range(6):
            wrong = objections(self.talk)
            if not wrong:
                break
            self.seen -= {str(one.ref) for one in wrong}
            self._walk()
        return self.talk

    def _walk(self) -> None:
        while (step := next((one for one in steps(self.talk) if one.ref not in self.seen), None)) is not None:
            assert len(self.pages) < MOST_PAGES, self.pages[-10:]
            self.seen.add(str(step.ref))
            self.pages.append(str(step.ref))
            if isinstance(step, AskStep):
                self._say(step)
            elif isinstance(step, ListStep):
                self._fill(step)

    def _fill(self, step: ListStep) -> None:
        shown = look_list(self.talk, step.ref, "zh")
        wanted = self.chance.random() < {"brief": 0.0, "full": 1.0, "any": 0.15}[self.manner]
        if wanted and shown.may_add and len(shown.items) < 2:
            self.talk, _ = add(self.talk, step.ref)
            self.seen.discard(str(step.ref))
            return
        if check(self.talk, step) is None:
            return
        for _ in shown.items:
            for mend in self.pack.mend.get(_plain(step.ref), ()):
                ref, text = mend(self.talk, str(step.ref))
                found = answer(self.talk, ref, text)
                self.talk = self.talk if isinstance(found, Objection) else found
            rows = look_list(self.talk, step.ref, "zh")
            if check(self.talk, step) is None or len(rows.items) < 2 or not rows.may_remove:
                return
            self.talk = remove(self.talk, rows.items[-1].instance_ref)

    def _say(self, step: AskStep) -> None:
        view = look(self.talk, step.ref, "zh")
        said = self.pack.said.get(_plain(step.ref))
        if self.manner == "brief" and not view.required and not view.value:
            return
        if view.value and self.chance.random() < 0.8 and self._may_leave(step):
            return
        if view.unknown_allowed and (self.manner == "brief" or (self.manner == "any" and self.chance.random() < 0.3)):
            self.talk = declare_unknown(self.talk, step.ref)
            return
        if self.manner == "any" and not view.required and self.chance.random() < 0.4:
            return
        texts = iter(said) if said else self._texts(view.kind, [one.code for one in view.options])
        for _, text in zip(range(TRIES), texts, strict=False):
            found = answer(self.talk, step.ref, text)
            if isinstance(found, Objection):
                continue
            before, self.talk = self.talk, found
            if self._may_leave(step):
                return
            self.talk = before

    def _may_leave(self, step: Step) -> bool:
        return check(self.talk, step) is None

    def _texts(self, kind: Kind, codes: list[str]) -> Iterator[str]:
        if kind is Kind.YES_NO:
            codes = ["yes", "no"]
        if codes:
            yield from self._chosen(kind, codes)
            return
        words = list(WORDS.get(kind, TEXTS))
        if kind is Kind.DATE:
            words = [(TODAY - timedelta(days=days)).isoformat() for days in DAYS] + ["2026-12-31", "2027-06-30"]
        while True:
            if self.manner != "brief":
                self.chance.shuffle(words)
            yield from words
            yield "2035-12-31"  # only where nothing nearer will do

    def _chosen(self, kind: Kind, codes: list[str]) -> Iterator[str]:
        short = [code for code in SHORT_CODES if code in codes]
        if self.manner == "brief":
            yield from (*short, *codes)
        elif self.manner == "full":
            long = [code for code in codes if code not in SHORT_CODES]
            if kind is Kind.CHOICES:
                yield " ".join(long)
            yield from (*long, *codes)
        while True:
            number = self.chance.randint(1, len(codes)) if kind is Kind.CHOICES else 1
            yield " ".join(self.chance.sample(codes, min(number, 3)))


def _plain(ref: object) -> str:
    text = str(ref).removeprefix("/data/")
    while "[" in text:
        before, _, after = text.partition("[")
        text = before + after.partition("]")[2]
    return text
