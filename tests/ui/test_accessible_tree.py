"""What an assistive program finds on every page: each control with role, name and state, fields by their question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget

from ui.accessible import announce_objections
from ui.focus import FocusKind
from ui.inputs.field import AnswerField
from ui.inspection import controls_of, visible
from ui.look import Look
from ui.samples import sample_pages
from ui.screens.tile import Tile
from ui.walk import WalkKey
from ui.window import KioskWindow

Open = Callable[[Look], KioskWindow]
Role, Text = QAccessible.Role, QAccessible.Text
LANGUAGES = ("zh", "en")
TO_WORK = frozenset({Role.Button, Role.RadioButton, Role.CheckBox, Role.EditableText, Role.Graphic})
KIND_OF = {
    Role.Button: {FocusKind.BUTTON, FocusKind.KEY},
    Role.RadioButton: {FocusKind.CHOICE},
    Role.CheckBox: {FocusKind.TICK, FocusKind.KEY},
    Role.EditableText: {FocusKind.FIELD},
    Role.Grouping: {FocusKind.PANEL},
}


def every(told: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """This and all below it that is in sight."""
    if told.state().invisible:
        return
    yield told
    for number in range(told.childCount()):
        yield from every(told.child(number))


def facts(widget: QWidget) -> QAccessibleInterface:
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    return told


def shown(open_window: Open, application: QApplication, language: str) -> Iterator[tuple[str, object, KioskWindow]]:
    window = open_window(Look(language=language))
    for name, page in sample_pages(language).items():
        window.show_page(page)
        application.processEvents()
        yield name, page, window


def is_chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


def words_in(page: object) -> Iterator[str]:
    """All that a page says, whether or not a repr may show it."""
    if isinstance(page, str):
        yield page
    elif isinstance(page, Iterable):
        for part in page:
            yield from words_in(part)
    elif is_dataclass(page):
        for one in fields(page):
            yield from words_in(getattr(page, one.name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_of_every_page_stands_in_the_tree_with_role_name_and_state(
    language: str, open_window: Open, application: QApplication
):
    wrong = []
    for name, _, window in shown(open_window, application, language):
        found = {id(told.object()): told for told in every(facts(window))}
        for control in controls_of(window):
            if isinstance(control, QPushButton) and not control.isEnabled() and not control.accessibleName():
                continue  # an empty place of the panel
            told = found.get(id(control))
            if told is None:
                wrong.append(f"{name}: {control.objectName()!r} is not in the tree")
                continue
            state = told.state()
            checked = isinstance(control, QPushButton) and control.isChecked()
            if told.role() not in TO_WORK:
                wrong.append(f"{name}: {control.objectName()!r} is a {told.role().name}")
            if not told.text(Text.Name):
                wrong.append(f"{name}: {control.objectName()!r} has no name")
            if bool(state.disabled) is control.isEnabled() or bool(state.checked) is not checked:
                wrong.append(f"{name}: {control.objectName()!r} is told in a wrong state")
            if isinstance(control, Tile) and control.isCheckable() is not bool(state.checkable):
                wrong.append(f"{name}: {control.objectName()!r} does not say that it can be chosen")
    assert wrong == []


def test_names_are_in_the_language_of_the_page(open_window: Open, application: QApplication):
    """But for what the page itself says in another: the other language, places and names of people."""
    wrong = []
    for name, page, window in shown(open_window, application, "en"):
        said = {words for words in words_in(page) if is_chinese(words)} | {"中文"}
        for told in every(facts(window)):
            words = told.text(Text.Name)
            if told.role() in TO_WORK and is_chinese(words) and not any(part in words for part in said):
                wrong.append(f"{name}: {words}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_is_named_by_its_question_and_described_by_its_hint_or_by_what_is_wrong(
    language: str, open_window: Open, application: QApplication
):
    seen = 0
    for name, page, window in shown(open_window, application, language):
        heading, objection = getattr(page, "heading", None), page.frame.objection  # type: ignore[attr-defined]
        for field in visible(window, AnswerField) if heading is not None else ():
            told, seen = facts(field), seen + 1
            assert told.role() is Role.EditableText
            assert told.text(Text.Name).startswith(heading.title), name
            assert told.text(Text.Value) == field.text()
            if field is window.screen_now.first_field():  # type: ignore[union-attr]
                assert told.text(Text.Description) == (objection or heading.hint), name
    assert seen >= 8


def test_a_tile_tells_what_the_page_says_is_chosen(open_window: Open, application: QApplication):
    window = open_window(Look())
    for name in ("choice", "choice-many"):
        page = sample_pages("zh")[name]
        window.show_page(page)
        told = {one.text(Text.Name): bool(one.state().checked) for one in every(facts(window)) if one.state().checkable}
        assert told == {option.label: option.chosen for option in page.options}  # type: ignore[union-attr]


def test_the_tab_that_is_open_is_told_as_chosen(open_window: Open, application: QApplication):
    window = open_window(Look())
    window.show_page(sample_pages("zh")["words"])
    window.panel.tabs["latin"].click()  # type: ignore[index]
    application.processEvents()
    tabs = {key.words: bool(facts(key).state().checked) for key in window.panel.tabs.values() if key.isVisible()}
    assert tabs == {"手写": False, "拼音": False, "数字": False, "ABC": True}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_stands_in_the_tree_as_an_alert_in_these_words(
    language: str, open_window: Open, application: QApplication
):
    for name, page, window in shown(open_window, application, language):
        alerts = [one.text(Text.Name) for one in every(facts(window)) if one.role() is Role.AlertMessage]
        objection = page.frame.objection  # type: ignore[attr-defined]
        assert alerts == ([objection] if objection else []), name


def test_a_refusal_is_announced_while_an_assistive_program_listens(open_window: Open, application: QApplication):
    """What arrives at the program is read over the bus in `tests/journeys/test_assistive_bus.py`."""
    window = open_window(Look())
    announce_objections(window)
    QAccessible.setActive(True)
    try:
        for page in sample_pages("zh").values():
            window.show_page(page)
    finally:
        QAccessible.setActive(False)
    assert [box for box in visible(window, QFrame) if box.property("card") == "error"] == []


def test_where_the_ring_stands_is_told_in_the_words_of_the_tree(open_window: Open, application: QApplication):
    for name, _, window in shown(open_window, application, "zh"):
        for _ in range(40):
            window.walk.press(WalkKey.NEXT)
            focus, at = window.walk.focus(), window.walk.place()
            assert focus is not None
            assert at is not None
            told = facts(at)
            assert (focus.name, focus.description) == (told.text(Text.Name), told.text(Text.Description)), name
            assert focus.kind in KIND_OF[told.role()], name
            assert focus.checked in (None, bool(told.state().checked))
            assert 1 <= focus.position <= focus.of
            if focus.position == focus.of:
                break


def test_what_is_only_drawn_is_no_control(open_window: Open, application: QApplication):
    window = open_window(Look())
    window.show_page(sample_pages("zh")["choice"])
    labels = [facts(label).role() for label in visible(window, QLabel)]
    assert set(labels) == {Role.StaticText}
