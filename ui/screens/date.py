"""A date in three boxes, year, month and day, with the digits; never a calendar."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.events import DateTyped, OptionPressed, UnknownPressed
from kiosk.visit.pages import DatePage, Heading, Keys
from ui.inputs.field import AnswerField
from ui.labels import text_label
from ui.screens.field_parts import field_height, place_field, take_field_out, unknown_tile
from ui.screens.measure import wrapped_height
from ui.screens.parts import words_height, words_label
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.theme import Role, font_of

PARTS = ("year", "month", "day")
DIGITS = {"year": 4, "month": 2, "day": 2}
TODAY = "today"


class DateScreen(Screen):
    page: DatePage

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.fields = {part: AnswerField(self, max_characters=DIGITS[part]) for part in PARTS}
        for part, field in self.fields.items():
            field.edited.connect(lambda _, part=part: self._typed(part))
            field.tapped.connect(lambda field=field: self.field_wanted.emit(field, Keys.DIGITS))

    def heading(self) -> Heading:
        return self.page.heading

    def keys_of(self, page: object) -> Keys:
        return Keys.DIGITS

    def first_field(self) -> AnswerField:
        return next((field for field in self.fields.values() if field.is_active()), self.fields["year"])

    def least(self) -> int:
        around = self.around
        return self._names_height() + field_height(around, 1) + around.gap + around.px(96)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(around.px(16))
        grid.setVerticalSpacing(around.px(8))
        texts = (page.year, page.month, page.day)
        for place, (part, text) in enumerate(zip(PARTS, texts, strict=True)):
            words = around.say(f"screen.{part}")
            name = text_label(words, Role.BODY, wraps=False)
            field = self.fields[part]
            place_field(field, text, f"{page.heading.title} {words}", self.objected(), field_height(around, 1))
            name.setBuddy(field)
            grid.addWidget(name, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 3 if part == "year" else 2)
        boxes.setFixedHeight(self._names_height() + field_height(around, 1))
        column.addWidget(boxes)
        room -= boxes.height() + around.gap + around.px(96) + around.gap
        buttons = QHBoxLayout()
        buttons.setSpacing(around.px(16))
        for label, event in ((page.today_label, OptionPressed(TODAY)), (page.unknown_label, UnknownPressed())):
            if label:
                tile = unknown_tile(around, label)
                tile.clicked.connect(lambda _=False, event=event: self.reported.emit(event))
                buttons.addWidget(tile)
        column.addLayout(buttons)
        solar = around.say("panel.solar_only")
        # With the largest letters the boxes have the room, and in low position they stay within reach.
        if not around.look.lowered and words_height(solar, Role.HINT, around) <= room:
            column.addWidget(words_label(solar, Role.HINT, around))

    def wipe(self) -> None:
        for field in self.fields.values():
            field.wipe()
        super().wipe()

    def _typed(self, part: str) -> None:
        """Say the whole date, and go on to the next box when this one can take no more."""
        year, month, day = (self.fields[name].text() for name in PARTS)
        text = self.fields[part].text()
        full = len(text) == DIGITS[part] or (part == "month" and text > "1")
        at = PARTS.index(part)
        if full and at + 1 < len(PARTS):
            self.field_wanted.emit(self.fields[PARTS[at + 1]], Keys.DIGITS)
        self.reported.emit(DateTyped(year, month, day))

    def _names_height(self) -> int:
        around = self.around
        return wrapped_height("年", font_of(around.look, Role.BODY), around.width) + around.px(8)

    def _take_away(self) -> None:
        for field in self.fields.values():
            take_field_out(field, self)
        super()._take_away()
