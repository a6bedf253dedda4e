"""Walking a page with keys and switches: next, previous, choose, back, and what more a keypad may have.

▲▼ go through the stops of `ui/stops.py` in reading order and wrap; ● chooses, and enters a group; ■ leaves a group,
and on the page it is 上一步. ◀▶ go sideways: along a row of keys, to the tile beside, through the letters of a field.
帮助 brings the ring to 请工作人员帮忙 and presses nothing. One switch starts a scan and then chooses. The ring shows
only while somebody walks: a touch takes it away.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # nobody walks before the first frame
    from PySide6.QtWidgets import QWidget

    from ui.focus import Focus
    from ui.inputs.field import AnswerField
    from ui.inputs.panel import InputPanel
    from ui.scanning import Scanning
    from ui.stops import Stop
    from ui.window import KioskWindow


class WalkKey(StrEnum):
    PREVIOUS = "previous"
    NEXT = "next"
    CHOOSE = "choose"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    HELP = "help"
    LOUDER = "louder"
    QUIETER = "quieter"
    SCAN = "scan"  # the only switch somebody has


class Walk:
    def __init__(self, window: KioskWindow) -> None:
        self._window = window
        self._at: Stop | None = None
        self._entered: list[Stop] = []  # groups, the outermost first
        self._sideways = False  # the keys are walked as a plane: ▲▼ change the row
        self._scanning: Scanning | None = None
        self.scan_seconds = 2.0
        self.scan_rounds = 3
        self._told: Focus | None = None

    # What the window tells it

    def press(self, key: WalkKey) -> None:
        match key:
            case WalkKey.NEXT:
                self._move(1)
            case WalkKey.PREVIOUS:
                self._move(-1)
            case WalkKey.LEFT:
                self._go_sideways(-1)
            case WalkKey.RIGHT:
                self._go_sideways(1)
            case WalkKey.CHOOSE:
                self._choose()
            case WalkKey.BACK:
                self._back()
            case WalkKey.HELP:
                self._go_to_help()
            case WalkKey.SCAN:
                self._scan()
            case WalkKey.LOUDER | WalkKey.QUIETER:
                self._window.volume_asked.emit(1 if key is WalkKey.LOUDER else -1)
                return
        self._told = None  # a press is answered even where it led nowhere
        self.show_ring()
        if key is WalkKey.HELP:
            self._window.help_key_pressed.emit()

    def touched(self) -> None:
        if self._scanning is not None:
            self._scanning.stop()
        if self._at is None:
            return
        self._leave_groups()
        self._at = None
        self.show_ring()

    def page_changed(self, turned: bool, *, objected: bool) -> None:
        """Stay at the same control while the page is the same; a new page begins before its first answer."""
        if self._at is None:
            return
        if turned or objected:
            self._leave_groups()
            self._at = self._first_answer()
        else:
            self._settle()
        if self._scanning is not None and self._scanning.running:
            self._scanning.begin(len(self._stops()))
        self.show_ring()

    def field_taken(self, field: AnswerField) -> None:
        if self._at is None or self._entered:
            return
        self._at = next((stop for stop in self._stops() if stop.widget is field), self._at)
        self.show_ring()

    def panel_closed(self) -> None:
        if self._entered:
            self._leave_groups()
            self._at = self._first_answer()
            self.show_ring()

    def show_ring(self) -> None:
        """Paint the ring where the walk stands, and tell what is there."""
        at, window = self._at, self._window
        if at is None:
            window.ring.take_away()
            self._told = None
            window.focus_moved.emit(None)
            return
        from ui.stops import StopKind

        leave = self._say("keys.leave") if at.kind is StopKind.LEAVE else ""
        window.ring.put(at.area(window), inside=at.kind in (StopKind.KEY, StopKind.PANEL), words=leave)
        focus = self.focus()
        if focus != self._told:
            self._told = focus
            window.focus_moved.emit(focus)

    # What may be asked

    def place(self) -> QWidget | None:
        """The control the ring is at; of a group its first."""
        return self._at.widget if self._at is not None else None

    def at(self) -> Stop | None:
        return self._at

    def stops(self) -> list[Stop]:
        """Where next and previous lead, in their order."""
        return self._stops()

    def focus(self) -> Focus | None:
        """What there is to say about the place of the ring."""
        if self._at is None:
            return None
        from ui.focus import focus_on, group_name

        group = group_name(self._entered[-1], self._say) if self._entered else ""
        return focus_on(self._at, self._stops(), group, self._say)

    def scanning(self) -> bool:
        return self._scanning is not None and self._scanning.running

    # Moving

    def _move(self, by: int) -> None:
        if self._sideways and self._change_row(by):
            return
        stops = self._stops()
        place = self._index(stops)
        if not stops:
            self._at = None
        elif place is None:
            self._at = self._first_answer() or stops[0]
        else:
            self._at = stops[(place + by) % len(stops)]

    def _go_sideways(self, by: int) -> None:
        from ui.stops import StopKind, beside

        at = self._at
        if at is None:
            self._move(by)
        elif at.kind is StopKind.FIELD:
            field = cast("AnswerField", at.widget)
            field.move_caret(field.caret() + by)
        elif at.kind is StopKind.ROW:
            self._entered.append(at)
            keys = self._stops()[:-1]
            self._at, self._sideways = keys[0 if by > 0 else -1], True
        elif at.kind is StopKind.KEY:
            keys = self._stops()[:-1]
            place = self._index(keys)
            self._at, self._sideways = keys[((place or 0) + by) % len(keys)], True
        else:
            self._at = beside(at, self._stops(), self._window, by) or at

    def _change_row(self, by: int) -> bool:
        """▲▼ while the keys are walked sideways: the key right above or below; past the last row, 返回."""
        from ui.stops import StopKind, inside, nearest

        at, panel = self._at, self._window.open_panel
        if at is None or at.kind is not StopKind.KEY or panel is None or len(self._entered) < 2:
            return False
        rows = inside(self._entered[0])
        here = next((n for n, row in enumerate(rows) if row.same_place(self._entered[1])), 0)
        there = rows[(here + by) % len(rows)]
        if there.kind is StopKind.LEAVE:
            self._entered, self._at, self._sideways = self._entered[:1], there, False
        else:
            self._entered = [self._entered[0], there]
            self._at = nearest(at, self._stops()[:-1], self._window)
        return True

    def _go_to_help(self) -> None:
        self._leave_groups()
        stops = self._stops()
        self._at = next((stop for stop in stops if stop.name == "help"), self._at or self._first_answer())

    # Choosing

    def _choose(self) -> None:
        from ui.stops import GROUPS, StopKind

        at = self._at
        if at is None:
            return
        if at.kind is StopKind.LEAVE:
            self._out()
        elif at.kind is StopKind.PANEL:
            self._enter_panel()
        elif at.kind in GROUPS:
            self._entered.append(at)
            self._at = self._stops()[0]
        elif at.kind is StopKind.FIELD:
            cast("AnswerField", at.widget).tapped.emit()
            self._enter_panel()
        else:
            self._press(at)
            self._settle()

    def _press(self, at: Stop) -> None:
        from PySide6.QtWidgets import QAbstractButton

        from ui.screens.rows import RowCard

        button = at.widget
        card = button.parentWidget()
        if button.property("hold") and isinstance(card, RowCard):
            card.toggle()
        elif isinstance(button, QAbstractButton):
            panel = self._window.open_panel
            spelt = panel is not None and bool(panel.pinyin.letters())
            button.click()
            if spelt and panel is self._window.open_panel and panel is not None and not panel.pinyin.letters():
                self._go_home(panel)  # what was spelt is written: the next word begins

    def _enter_panel(self) -> None:
        """Onto the keys; who walks does not write by hand, so 拼音 takes the place of 手写."""
        from ui.inputs.panel import Tab

        panel = self._window.open_panel
        if panel is None:
            return
        if panel.tab() is Tab.WRITING:
            panel.show_tab(Tab.PINYIN if panel.offers(Tab.PINYIN) else Tab.LATIN)
        self._go_home(panel)

    def _go_home(self, panel: InputPanel) -> None:
        from ui.stops import home_row, panel_stop

        self._entered = [panel_stop(panel)]
        self._at, self._sideways = home_row(panel), False

    def _back(self) -> None:
        if self._entered:
            self._out()
        else:
            self._window.go_back()

    def _out(self) -> None:
        """Out of the innermost group, to the group itself."""
        left, self._sideways = self._entered.pop(), False
        self._at = next((stop for stop in self._stops() if stop.same_place(left)), None) or self._first_answer()

    # Scanning by itself

    def _scan(self) -> None:
        from ui.scanning import Scanning

        if self._scanning is None:
            self._scanning = Scanning(self._window, self.scan_seconds, self.scan_rounds)
            self._scanning.stepped.connect(self._scan_on)
            self._scanning.rested.connect(self.touched)
        self._scanning.set_seconds(self.scan_seconds)
        if self.scanning():
            self._choose()
        else:
            self._scanning.begin(1)  # from here on a page has lines
            self._leave_groups()
            self._at = self._first_answer()
        self._scanning.begin(len(self._stops()))

    def _scan_on(self) -> None:
        self._move(1)
        self.show_ring()

    # Inside

    def _stops(self) -> list[Stop]:
        """Where the ring may go now. A group that is no longer there is left."""
        from ui.stops import StopKind, inside, page_stops, panel_stop

        panel = self._window.open_panel
        if panel is not None and self._entered and self._entered[0].kind is StopKind.PANEL:
            stops = [panel_stop(panel)]  # nobody on the keys waits for the rest of the page to be looked through
        else:
            stops = page_stops(self._window, by_lines=self.scanning())
        for depth, group in enumerate(self._entered):
            found = next((stop for stop in stops if stop.same_place(group)), None)
            if found is None:
                del self._entered[depth:]
                return stops if self._entered else page_stops(self._window, by_lines=self.scanning())
            stops = inside(found)
        return stops

    def _index(self, stops: list[Stop]) -> int | None:
        if self._at is None:
            return None
        at = self._at
        return next((number for number, stop in enumerate(stops) if stop.same_place(at)), None)

    def _settle(self) -> None:
        """After something was drawn anew: the same place, the control of the same name, or as near as may be."""
        from ui.stops import home_row

        at, depth = self._at, len(self._entered)
        stops, panel = self._stops(), self._window.open_panel
        if at is None:
            return
        found = next((stop for stop in stops if stop.same_place(at)), None)
        if found is None and at.name:
            found = next((stop for stop in stops if stop.name == at.name), None)
        if found is None and depth > 0 and self._entered and panel is not None:
            del self._entered[1:]
            found = home_row(panel)
        self._at = found or self._first_answer()

    def _first_answer(self) -> Stop | None:
        from ui.stops import page_stops

        stops = page_stops(self._window, by_lines=self.scanning())
        screen, nav = self._window.shown_screen(), self._window.nav
        inside = [stop for stop in stops if screen is not None and screen.isAncestorOf(stop.widget)]
        inside = [stop for stop in inside if stop.name != "explain"] or inside
        return next(iter(inside or [stop for stop in stops if nav is not None and nav.isAncestorOf(stop.widget)]), None)

    def _leave_groups(self) -> None:
        self._entered, self._sideways = [], False

    def _say(self, key: str, **places: str | int) -> str:
        return self._window.say(key, **places)
