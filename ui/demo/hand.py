"""A hand on the glass: turns what a person wants into touches on the real window.

It finds things as a person does, by the words on them, turns pages with ‹ ›, and writes Chinese with the 拼音 tab.
How a touch is made is the finger's business: Qt touch events in process, a mouse on an X screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, cast

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.errors import KioskBug
from kiosk.filings.ink import Ink
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.asking import UNSURE
from ui.demo.readings import Readings
from ui.inputs.field import AnswerField
from ui.inputs.key import Key
from ui.inputs.panel import InputPanel, Tab
from ui.window import KioskWindow

MOST_TURNS = 60


class Finger(Protocol):
    def tap(self, widget: QWidget) -> None:
        """Touch the middle of it and let go."""

    def draw(self, widget: QWidget, strokes: Sequence[Sequence[QPoint]]) -> None:
        """Move over it without letting go, stroke by stroke; points from its top left corner."""


class Hand:
    def __init__(
        self,
        window: KioskWindow,
        finger: Finger,
        readings: Readings,
        say: Callable[[str], str],
        settle: Callable[[], None],
    ) -> None:
        self._window = window
        self._finger = finger
        self._readings = readings
        self._say = say  # the words on the keys of the panel, in the language on show
        self._settle = settle  # let the window take in what was touched

    def do(self, event: e.Event, page: p.Page) -> None:
        """Make the touches that amount to this event on this page."""
        match event:
            case e.NextPressed():
                self._tap_named(page.frame.next_label)
            case e.TilePressed(code=code) | e.OptionPressed(code=code) | e.RegionChosen(code=code):
                self._tap_named(self._label(page, code))
            case e.MaterialTicked(id=name):
                assert isinstance(page, p.MaterialsPage)
                self._tap_named(next(one.name for one in page.materials if one.id == name))
            case e.NoticeTicked():
                assert isinstance(page, p.NoticePage)
                self._tap_named(page.tick_label)
            case e.UnknownPressed():
                assert isinstance(page, p.WordsPage | p.SumPage | p.DatePage)
                self._tap_named(page.unknown_label)
            case e.WitnessAsked():
                assert isinstance(page, p.SignPage)
                self._tap_named(page.witness_label)
            case e.ItemAdded():
                assert isinstance(page, p.ListPage)
                self._tap_named(page.add_label)
            case e.ByHandPressed():
                assert isinstance(page, p.CardPage)
                self._tap_named(page.by_hand_label)
            case e.LeaveAsked():
                self._tap_named(page.leave_label if isinstance(page, p.ClerkFindPage) else self._say("screen.leave"))
            case e.TasksAsked():
                self._tap_named(self._say("screen.tasks"))
            case e.Typed(text=text) if isinstance(page, p.ClerkSignInPage):
                for digit in text:
                    self._tap_named(digit)
            case e.Typed(text=text):
                assert isinstance(page, p.WordsPage | p.SumPage | p.ClerkFindPage)
                self._write(self._fields()[0], text)
            case e.DateTyped(year=year, month=month, day=day):
                for field, text in zip(self._fields(), (year, month, day), strict=True):
                    self._write(field, text)
            case e.SignatureDrawn(ink=ink):
                self._sign(ink)
            case _:
                raise KioskBug(f"no hand can do {type(event).__name__}")

    def _label(self, page: p.Page, code: str) -> str:
        options: Iterable[p.Option]
        match page:
            case p.WelcomePage():
                options = (*page.tiles, *page.languages, p.Option("clerk", page.clerk_label))
            case p.DonePage():
                options = (*page.ratings, p.Option("leave", page.leave_label))
            case p.HelpPage():
                options = (p.Option("go on", page.go_on_label),)
            case p.ClerkFindPage():
                options = (*page.recent, p.Option("import", page.import_label))
            case p.TasksPage():
                options = (*(p.Option(one.code, one.label) for one in page.tasks), p.Option("save", page.save_label))
            case p.KeptPage():
                options = (p.Option("leave", page.leave_label),)
            case p.OutcomePage():
                options = (p.Option("again", page.again_label),)
            case p.ClerkChoicePage():
                options = page.options
            case p.ClerkFilingPage():
                options = (
                    p.Option("reprint", page.reprint_label),
                    p.Option("receipt", page.receipt_label),
                    p.Option("back", page.back_label),
                )
            case p.ChoicePage() | p.AskPage() | p.RegionPage():
                options = page.options
            case _:
                raise KioskBug(f"a {type(page).__name__} has no tiles")
        found = next((one.label for one in options if one.code == code), None)
        if found is None:
            raise KioskBug(f"no tile {code if code != UNSURE else 'unsure'} on this page")
        return found

    # Finding

    def _widgets(self) -> list[QWidget]:
        """Everything in sight."""
        every = cast("list[QWidget]", self._window.findChildren(QWidget))
        return [one for one in every if one.isVisible()]

    def _buttons(self) -> list[QAbstractButton]:
        return [one for one in self._widgets() if isinstance(one, QAbstractButton)]

    def _find(self, name: str) -> QAbstractButton | None:
        return next((one for one in self._buttons() if one.accessibleName() == name), None)

    def _fields(self) -> list[AnswerField]:
        fields = cast("list[AnswerField]", self._window.findChildren(AnswerField))
        return sorted(
            (one for one in fields if one.isVisible()),
            key=lambda one: (one.mapToGlobal(QPoint(0, 0)).y(), one.mapToGlobal(QPoint(0, 0)).x()),
        )

    def _tap_named(self, name: str) -> None:
        """Touch what carries this name, turning the pages of a long list until it is in sight."""
        for _ in range(MOST_TURNS):
            if (found := self._find(name)) is not None:
                self._tap(found)
                return
            onward = next((one for one in self._buttons() if one.objectName() == "pager-on" and one.isEnabled()), None)
            if onward is None:
                break
            self._tap(onward)
        raise KioskBug(f"nothing called {name!r} to touch: {[one.accessibleName() for one in self._buttons()]}")

    def _tap(self, widget: QWidget) -> None:
        self._finger.tap(widget)
        self._settle()

    # Writing

    def _panel(self, field: AnswerField) -> InputPanel:
        panel: InputPanel = self._window.panel
        if not panel.isVisible() or not field.is_active():
            self._tap(field)
        return panel

    def _write(self, field: AnswerField, text: str) -> None:
        panel = self._panel(field)
        while field.text():
            self._tap(self._erasing(panel))
        for letters, piece in self._readings.pieces(text):
            if letters:
                self._write_pinyin(panel, letters, piece)
            else:
                self._write_sign(panel, piece)
        if field.text() != text:
            raise KioskBug(f"wrote {len(field.text())} characters where {len(text)} were meant")

    def _key(self, panel: InputPanel, words: Sequence[str]) -> Key:
        keys: list[Key] = [key for row in panel.rows()[1:] for key in row]
        for key in keys:
            if key.words in words and key.isVisible():
                return key
        raise KioskBug(f"no key {words!r} on the {panel.tab()} tab")

    def _erasing(self, panel: InputPanel) -> Key:
        return self._key(panel, (self._say("panel.delete"), self._say("panel.erase")))

    def _open_tab(self, panel: InputPanel, tab: Tab) -> None:
        if panel.tab() is not tab:
            self._tap(panel.tabs[tab])

    def _write_pinyin(self, panel: InputPanel, letters: str, piece: str) -> None:
        self._open_tab(panel, Tab.PINYIN)
        for letter in letters:
            self._tap(self._key(panel, (self._say("panel.split") if letter == "'" else letter,)))
        for _ in range(MOST_TURNS):
            found = next((key for key in panel.pinyin.candidates if key.isVisible() and key.words == piece), None)
            if found is not None:
                self._tap(found)
                return
            self._tap(panel.pinyin.later)
        raise KioskBug(f"拼音 never offers the character U+{ord(piece[0]):04X}")

    def _write_sign(self, panel: InputPanel, character: str) -> None:
        """A digit, a letter or a sign: by 数字, by ABC, or by the signs that 拼音 offers before a letter."""
        if panel.tab() is Tab.DIGITS:
            self._tap(self._key(panel, (character,)))
            return
        if not character.isascii() and character not in "，。、：；！？（）《》·—":
            raise KioskBug(f"no key writes U+{ord(character):04X}")
        self._open_tab(panel, Tab.LATIN)
        latin = panel.latin
        if character == " ":
            self._tap(self._key(panel, (self._say("panel.space"),)))
            return
        on_letters = character.isascii() and (character.isalnum() or character in "@.-")
        at_letters = latin.rows() == latin.letters.keys()
        if on_letters != at_letters:
            self._tap(self._key(panel, (self._say("panel.letters" if on_letters else "panel.signs"),)))
        if character.isalpha() and character.isascii() and character.isupper() != latin.in_capitals():
            self._tap(self._key(panel, (self._say("panel.capitals"),)))
        self._tap(self._key(panel, (character,)))

    # Signing

    def _sign(self, ink: Ink) -> None:
        surface = next(one for one in self._widgets() if one.property("signature"))
        wide, high = surface.width() / ink.width, surface.height() / ink.height
        strokes = [[QPoint(round(at.x * wide), round(at.y * high)) for at in stroke] for stroke in ink.strokes]
        self._finger.draw(surface, strokes)
        self._settle()
