"""The one window: fixed size, skeleton, one page alive at a time, the input panel, the focus ring.

It shows the pages it is given and reports facts as values of `kiosk.visit.events`. What only concerns looking
(size, colours, low position, the panel, four-key walking) it settles itself.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.first_page import Frame, Keys
from kiosk.visit.presses import BackPressed
from kiosk.wording import Wording
from ui.look import Look
from ui.page_frame import Action, PageFrame
from ui.panel_seat import PanelSeat
from ui.screens.choosing import choose_screen
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings, surroundings_in
from ui.skeleton import NavRow, back_words, next_words
from ui.theme import dress
from ui.walk import Walk, WalkKey

if TYPE_CHECKING:  # the first frame needs neither the other screens nor the panel; they are loaded when they are wanted
    from collections.abc import Callable

    from kiosk.visit.pages import Page
    from ui.guard import Guard
    from ui.inputs.panel import InputPanel
    from ui.overlays import ClerkFrame, FocusRing, Overlay

# As numbers for the reason given in `ui.labels`.
_NO_MENU = 4  # Qt.ContextMenuPolicy.PreventContextMenu
_WITHOUT_EDGES = 0x801  # Qt.WindowType.Window | FramelessWindowHint


class KioskWindow(QFrame):
    reported = Signal(object)  # a value of kiosk.visit.events
    page_shown = Signal(object)
    voice_asked = Signal()
    drawn = Signal()  # the first frame is there
    touched = Signal()  # a finger came down, or a key: somebody is here
    focus_moved = Signal(object)  # a ui.focus.Focus, or None: the ring is gone
    volume_asked = Signal(int)  # 1 louder, -1 quieter
    help_key_pressed = Signal()  # 帮助 on the keypad: the ring is at 请工作人员帮忙

    def __init__(
        self, look: Look, court_name: str, wording: Wording, panel: InputPanel | None = None, *, voice: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setProperty("contextMenuPolicy", _NO_MENU)
        self.setAcceptDrops(False)
        self.first_look = look
        self._wording = wording
        self.look = look
        self._clerk = False
        self.page: Page | None = None
        self.screen_now: Screen | None = None
        self._over: Screen | None = None  # 大字 or 朗读, while it hides the page
        self._drawn = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._middle = QWidget()
        self._middle_row = QHBoxLayout(self._middle)
        self._middle_row.setContentsMargins(0, 0, 0, 0)
        self._middle_row.setSpacing(0)
        self._seat = PanelSeat(self, self._column, self._middle_row, look, wording)
        self._frame = PageFrame(self, self._column, self._middle, court_name, voice=voice)
        self.walk = Walk(self)
        self._put_on(look)
        self.winId()  # from here on there is a handle, whose flags are a property
        self.windowHandle().setProperty("flags", _WITHOUT_EDGES)
        if panel is not None:
            self._seat.take_in(panel)
        self._seat.above = self._raise_overlays
        self._seat.refitted.connect(self._refit)
        self._seat.field_taken.connect(self.walk.field_taken)
        self._seat.put_away.connect(self.walk.panel_closed)
        self._frame.reported.connect(self.reported)
        self._frame.pressed.connect(self._nav_pressed)
        self._frame.look_asked.connect(self._ask_look)
        self._frame.voice_asked.connect(self.voice_asked)

    @property
    def panel(self) -> InputPanel:
        """Made when it is first wanted: the attract screen has no field to write in."""
        return self._seat.panel

    @property
    def nav(self) -> NavRow | None:
        return self._frame.nav

    # So are these two: at the start nobody walks and no clerk is here.

    @cached_property
    def ring(self) -> FocusRing:
        from ui.overlays import FocusRing

        return FocusRing(self, self.look)

    @cached_property
    def clerk_frame(self) -> ClerkFrame:
        from ui.overlays import ClerkFrame

        return ClerkFrame(self, self.look)

    def _overlays(self) -> list[Overlay]:
        return [self.__dict__[name] for name in ("ring", "clerk_frame") if name in self.__dict__]

    @property
    def open_panel(self) -> InputPanel | None:
        """The panel, when it is on show."""
        return self._seat.open_panel

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._drawn:
            self._drawn = True
            QTimer.singleShot(0, self.drawn.emit)  # the children are painted in the same turn of the loop

    # What the lobby tells it

    def show_page(self, page: Page) -> None:
        language = page.frame.language
        if language != self.look.language:
            self._put_on(self.look._replace(language=language))
        before, self.page = self.page, page
        if self.screen_now is None or type(before) is not type(page):
            self._new_screen(page)
            turned = True
        else:
            turned = before is None or self._asks_anew(before, page)
        if turned:
            self._look_away()
        screen = self._screen()
        keys = screen.keys_of(page)
        if turned:
            self._seat.begin(keys)
        screen.set_surroundings(self._around())
        screen.show_page(page)
        if turned and keys is not Keys.NONE:
            self._seat.write_into(screen.first_field(), keys, anew=True)
        self._frame_page()
        self.walk.page_changed(turned, objected=bool(page.frame.objection))
        self.page_shown.emit(page)

    def set_look(self, look: Look) -> None:
        """Draw everything in this look, keeping page, field and panel as they are."""
        self._put_on(look)
        if self._over is not None:
            self._over.set_surroundings(self._around(panel=False))
        if self.screen_now is not None:
            self.screen_now.set_surroundings(self._around())
        self._frame_page()
        self.walk.page_changed(False, objected=False)

    def set_clerk(self, clerk: bool) -> None:
        """Whether a clerk is signed in or signing in: an amber frame round the whole screen says so."""
        self._clerk = clerk

    def watch(self, guard: Guard) -> None:
        """Take the four keys and the news of touches from the guard."""
        guard.pressed.connect(self._key_pressed)
        guard.touched.connect(self._finger_down)

    @Slot(object)
    def _key_pressed(self, key: WalkKey) -> None:
        self.walk.press(key)
        self.touched.emit()

    @Slot()
    def _finger_down(self) -> None:
        self.walk.touched()
        self.touched.emit()

    def begin_again(self) -> None:
        """As before the first visitor: default look, an empty panel, no screen, no text."""
        self._look_away()
        self._seat.away()
        if self.screen_now is not None:
            self._drop_screen()
        self.page = None
        self._put_on(self.first_look)

    # Inside: the page

    def _screen(self) -> Screen:
        assert self.screen_now is not None
        return self.screen_now

    def _new_screen(self, page: Page) -> None:
        if self.screen_now is not None:
            self._drop_screen()
        screen = choose_screen(page, self._around())
        screen.reported.connect(self.reported)
        screen.field_wanted.connect(self._seat.write_into)
        self._middle_row.insertWidget(0, screen, 1)
        self.screen_now = screen
        screen.show()

    def _drop_screen(self) -> None:
        screen = self._screen()
        self._seat.let_go()
        screen.wipe()
        screen.hide()
        screen.setParent(None)
        screen.deleteLater()
        self.screen_now = None

    def say(self, key: str, **places: str | int) -> str:
        return self._wording.say(key, self.look.language, **places)

    def shown_screen(self) -> Screen | None:
        """The page's screen, or the look page over it."""
        return self._over or self.screen_now

    def _asks_anew(self, before: Page, page: Page) -> bool:
        screen = self._screen()
        return screen.question_of(before) != screen.question_of(page)

    def _frame_page(self) -> None:
        """Header, step line and buttons for the page on show; left alone while they would say the same."""
        if self.page is None:
            return
        around, frame = self._around(), self.page.frame
        back, next_, offers_help = self._actions(around, frame)
        clerk = self._clerk or self._screen().for_clerks
        self._frame.show(around, frame, back, next_, offers_help=offers_help)
        if clerk or "clerk_frame" in self.__dict__:
            self.clerk_frame.setVisible(clerk)
            self.clerk_frame.setGeometry(self.rect())
            self.clerk_frame.raise_()
        self._column.activate()
        self._middle_row.activate()
        for screen in (self.screen_now, self._over):
            if screen is not None:
                screen.settle()

    def _actions(self, around: Surroundings, frame: Frame) -> tuple[Action | None, Action | None, bool]:
        """What stands in the three places of the row below."""
        if self._over is not None:
            return None, (around.say("screen.look_done"), _LOOK_DONE), False
        screen = self._screen()
        back = screen.back_action() or (back_words(around) if frame.back else None)
        next_ = screen.next_action() or (next_words(frame.next_label) if frame.next_label else None)
        return back, next_, screen.offers_help

    @Slot(object)
    def _nav_pressed(self, event: object) -> None:
        if event is _LOOK_DONE:
            self._look_away()
            screen = self._screen()
            self._seat.write_into(screen.first_field(), screen.keys_of(self.page), anew=True)
            self._frame_page()
            self.walk.page_changed(True, objected=False)
        else:
            self.reported.emit(event)

    def go_back(self) -> None:
        """■ at page level is 上一步; on 大字 it is 好了."""
        if self._over is not None:
            self._nav_pressed(_LOOK_DONE)
        elif self.nav is not None and self.nav.back_event == BackPressed():
            self.reported.emit(BackPressed())

    # Inside: the look

    def _put_on(self, look: Look) -> None:
        if look == self.look and self._column.count():
            return
        turned = look.orientation is not self.look.orientation or not self._column.count()
        self.look = look
        spaces = look.spaces()
        self.setFixedSize(spaces.width, spaces.height)
        mirrored = self._wording.language(look.language).right_to_left
        if any(one.right_to_left for one in self._wording.languages):
            program = QApplication.instance()
            assert program is not None
            program.setProperty("layoutDirection", int(mirrored))  # whatever is painted goes by the program's direction
            self.setProperty("layoutDirection", int(mirrored))  # as a number, as above
        dress(self, look, mirrored=mirrored)
        for overlay in self._overlays():
            overlay.set_look(look)
        if turned:
            self._column.removeWidget(self._middle)
            self._column.addWidget(self._middle, 1)
        self._seat.show_look(look, turned=turned)

    def _around(self, *, panel: bool = True) -> Surroundings:
        return surroundings_in(self.look, self._wording, panel_open=panel and self.open_panel is not None)

    @Slot()
    def _ask_look(self) -> None:
        from ui.screens.look_page import LookScreen

        def make(around: Surroundings) -> Screen:
            screen = LookScreen(around)
            screen.look_chosen.connect(self.set_look)
            return screen

        self.lay_over(make)

    def lay_over(self, make: Callable[[Surroundings], Screen]) -> None:
        """Show a screen of the kiosk's own over the page, until 好了; one at a time."""
        if self._over is not None or self.screen_now is None:
            return
        self._seat.away()
        self._over = make(self._around(panel=False))
        self.screen_now.hide()
        self._middle_row.insertWidget(0, self._over, 1)
        self._over.show_page(self.page)
        self._over.show()
        self._frame_page()
        self.walk.page_changed(True, objected=False)

    def take_off(self) -> None:
        """The page again, as 好了 does."""
        if self._over is not None:
            self._nav_pressed(_LOOK_DONE)

    def _look_away(self) -> None:
        if self._over is None:
            return
        self._over.hide()
        self._over.setParent(None)
        self._over.deleteLater()
        self._over = None
        self._screen().show()
        self._screen().set_surroundings(self._around())

    @Slot()
    def _refit(self) -> None:
        if self.screen_now is not None:
            self.screen_now.set_surroundings(self._around())

    def _raise_overlays(self) -> None:
        for overlay in self._overlays():
            overlay.raise_()


class _LookDone:
    """好了 on the look page: settled in the window, reported to nobody."""


_LOOK_DONE = _LookDone()
