"""Every question, list, note and notice of every shipped pack fits its page, with its refusal shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from PySide6.QtWidgets import QApplication

import resources
from kiosk.forms import Form, Kind
from kiosk.forms.model import Note, Question, Repeat, Words
from kiosk.shelf import open_shelf
from kiosk.visit import pages as p
from ui.inspection import faults
from ui.look import Look, Orientation, Size
from ui.window import KioskWindow

Open = Callable[[Look], KioskWindow]
SUMS = (Kind.MONEY, Kind.PERCENT, Kind.INT, Kind.DECIMAL)
DATES = (Kind.DATE, Kind.DATETIME)
HARDEST = [(Size.LARGEST, Orientation.PORTRAIT, "zh"), (Size.LARGEST, Orientation.LANDSCAPE, "en")]
REST = [shape for shape in product(Size, Orientation, ("zh", "en")) if shape not in HARDEST]


@pytest.fixture(scope="module")
def forms() -> list[Form]:
    return list(open_shelf(resources.folder("packs").parent).forms.values())


def pages_of(form: Form, language: str) -> Iterator[tuple[str, p.Page]]:
    other = "en" if language == "zh" else "zh"

    def said(words: Words) -> str:
        return words.get(language, "")

    for name, element in form.elements.items():
        if isinstance(element, Question):
            objection = said(element.message) or said(element.required_message)
            frame = p.Frame(
                language, 3, 6, "……", next_label="下一步" if language == "zh" else "Next", objection=objection
            )
            heading = p.Heading(
                said(element.label), said(element.hint), element.label.get(other, ""), said(element.help),
                said(element.paper),
            )  # fmt: skip
            yield str(name), page_of(element, form, frame, heading, language)
        elif isinstance(element, Repeat):
            frame = p.Frame(language, 3, 6, "……", next_label="Next", objection=said(element.message))
            items = (p.Item("北京某某物业管理有限公司", "……"),) * 3
            yield (
                str(name),
                p.ListPage(frame, p.Heading(said(element.label), said(element.hint)), items, said(element.add)),
            )
        elif isinstance(element, Note):
            frame = p.Frame(language, 3, 6, "……", next_label="Next")
            paragraphs = tuple(said(body) for body in element.body)
            yield str(name), p.NotePage(frame, p.Heading(said(element.label)), paragraphs, element.tone)
    frame = p.Frame(language, 5, 6, "……", next_label="Next", objection="还没有打勾。看完后请点下面的方框。")
    for notice in form.notices:
        items_said = tuple(said(item) for item in notice.items)
        yield notice.id, p.NoticePage(frame, p.Heading(said(notice.title)), items_said, "……" * 6, False)
    materials = tuple(p.Material(one.id, said(one.label), "……" * 8, False) for one in form.materials)
    yield "materials", p.MaterialsPage(frame, p.Heading("……"), materials)


def page_of(question: Question, form: Form, frame: p.Frame, heading: p.Heading, language: str) -> p.Page:
    unknown = ("我不知道" if language == "zh" else "I do not know") if question.unknown else ""
    unsure = "我记不清" if language == "zh" else "I am not sure"  # what dates say
    if question.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO):
        options = tuple(
            p.Option(one.code, one.label.get(language, ""), one.example.get(language, ""))
            for one in form.lists.get(question.choices, ())
        )
        return p.ChoicePage(frame, heading, options, question.kind is Kind.CHOICES)
    if question.kind in SUMS:
        return p.SumPage(frame, heading, "50000", "元", ("50,000.00 元", "人民币伍万元整"), unknown)
    if question.kind in DATES:
        return p.DatePage(frame, heading, "2024", "5", "1", "今天" if language == "zh" else "Today", unknown and unsure)
    if question.kind is Kind.SIGNATURE:
        return p.SignPage(frame, heading, "欧阳王秀英", False, "")
    keys = p.Keys(question.keys)
    return p.WordsPage(frame, heading, "张", keys, question.kind is Kind.LONGTEXT, unknown_label=unknown)


def faults_of_packs(window: KioskWindow, forms: list[Form], application: QApplication) -> list[str]:
    found = []
    seen: set[p.Page] = set()  # what packs share is looked at once
    for form in forms:
        for name, page in pages_of(form, window.look.language):
            if page in seen:
                continue
            seen.add(page)
            window.show_page(page)
            application.processEvents()
            found += [f"{form.pack} {name}: {fault}" for fault in faults(window)]
    return found


@pytest.mark.parametrize(("size", "orientation", "language"), HARDEST)
def test_every_page_of_every_pack_fits_in_the_largest_letters(
    size: Size,
    orientation: Orientation,
    language: str,
    forms: list[Form],
    open_window: Open,
    application: QApplication,
):
    window = open_window(Look(size=size, orientation=orientation, language=language))
    assert faults_of_packs(window, forms, application) == []


@pytest.mark.campaign
@pytest.mark.parametrize(("size", "orientation", "language"), REST)
def test_every_page_of_every_pack_fits_in_the_other_sizes_too(
    size: Size,
    orientation: Orientation,
    language: str,
    forms: list[Form],
    open_window: Open,
    application: QApplication,
):
    window = open_window(Look(size=size, orientation=orientation, language=language))
    assert faults_of_packs(window, forms, application) == []
