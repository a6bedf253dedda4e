"""Where the input panel sits: at the foot of a standing window, beside the question on a lying one.

It is made when it is first wanted, because the attract screen has no field to write in, and it writes into one
field at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.first_page import Keys
from kiosk.wording import Wording
from ui.look import Look

if TYPE_CHECKING:  # the first frame needs no panel
    from ui.inputs.field import AnswerField
    from ui.inputs.panel import InputPanel


class PanelSeat(QObject):
    refitted = Signal()  # the panel came or went while the page stayed: the page has other room now
    field_taken = Signal(object)  # the AnswerField it now writes into
    put_away = Signal()  # 收起

    def __init__(self, window: QWidget, column: QVBoxLayout, middle: QHBoxLayout, look: Look, wording: Wording) -> None:
        super().__init__(window)
        self._window, self._column, self._middle = window, column, middle
        self._look, self._wording = look, wording
        self._panel: InputPanel | None = None
        self._keys_open = Keys.NONE
        self.above: Callable[[], None] = lambda: None  # brings to the top what must lie over the panel
        self._beside = QVBoxLayout()  # for a lying screen
        self._beside.addSpacing(look.px(12))
        self._beside.addStretch(1)
        middle.addLayout(self._beside)

    @property
    def panel(self) -> InputPanel:
        if self._panel is None:
            from ui.inputs.panel import InputPanel

            self.take_in(InputPanel(self._wording))
        assert self._panel is not None
        return self._panel

    @property
    def open_panel(self) -> InputPanel | None:
        """The panel, when it is on show."""
        return None if self._panel is None or self._panel.isHidden() else self._panel

    def take_in(self, panel: InputPanel) -> None:
        self._panel = panel
        panel.setParent(self._window)
        panel.closed.connect(self._put_away)
        panel.show_look(self._look)
        self._seat(panel)
        self.above()

    def show_look(self, look: Look, *, turned: bool) -> None:
        self._look = look
        if self._panel is not None:
            self._panel.show_look(look)
            if turned:
                self._seat(self._panel)
        self._fit()

    def begin(self, keys: Keys) -> None:
        """A new page: its tab, and no field yet; or no panel at all."""
        if keys is Keys.NONE:
            self.away()
            return
        self.panel.attach(None)
        self.panel.open(keys)
        self._keys_open = keys
        self._fit()

    def write_into(self, field: AnswerField | None, keys: Keys, *, anew: bool = False) -> None:
        if field is None:
            return
        again = self.panel.isHidden()
        self.panel.attach(field)
        if anew or again or keys is not self._keys_open:
            self.panel.open(keys)
        self._keys_open = keys
        if again:
            self._refit()
        self.field_taken.emit(field)

    def let_go(self) -> None:
        """No field any more: its screen is about to go."""
        if self._panel is not None:
            self._panel.attach(None)

    def away(self) -> None:
        if (panel := self.open_panel) is not None:
            panel.open(Keys.NONE)
        self._keys_open = Keys.NONE
        self._fit()

    def _put_away(self) -> None:
        self._keys_open = Keys.NONE
        self._refit()
        self.put_away.emit()

    def _seat(self, panel: InputPanel) -> None:
        self._column.removeWidget(panel)
        self._beside.removeWidget(panel)
        if self._look.portrait:
            self._column.addWidget(panel)
        else:
            self._beside.insertWidget(1, panel)

    def _refit(self) -> None:
        self._fit()
        self.refitted.emit()

    def _fit(self) -> None:
        beside = not self._look.portrait and self.open_panel is not None
        end = self._look.spaces().panel_margin if beside else 0
        mirrored = self._middle.parentWidget().isRightToLeft()  # a layout never turns its margins round
        self._middle.setContentsMargins(end if mirrored else 0, 0, 0 if mirrored else end, 0)
