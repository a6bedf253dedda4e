"""朗读: hear it again, three speeds, five volumes, a dark screen, and no more reading. One tap applies."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk.visit.pages import Heading
from ui.screens.parts import words_label
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Sign, Tile, TileShape
from ui.theme import Role
from ui.voice.player import GAINS, SPEEDS
from ui.voice.reader import Choice

ONE = TileShape(sign=Sign.ONE, least=96)
PLAIN = TileShape(least=96)
SPEED_WORDS = dict(zip(SPEEDS, ("voice.slow", "voice.usual", "voice.fast"), strict=True))


class VoiceScreen(Screen):
    chosen = Signal(object, str)  # Choice, and a word to try it with
    again = Signal()
    dark = Signal()

    def __init__(self, around: Surroundings, choice: Choice, *, mute: str = "") -> None:
        super().__init__(around)
        self._choice = choice
        self._mute = mute  # why nothing can be heard: a key of the wording

    def heading(self) -> Heading:
        return Heading(self.around.say("voice.title"), self.around.say(self._mute or "voice.hint"))

    def question_of(self, page: object) -> object:
        return "voice"

    def least(self) -> int:
        return self.around.px(600)

    def show_choice(self, choice: Choice) -> None:
        if choice != self._choice:
            self._choice = choice
            self.refresh()

    def build(self, column: QVBoxLayout, room: int) -> None:
        if self._mute:
            return
        around, choice = self.around, self._choice
        say = around.say
        plain = 1 if around.look.portrait else 3  # in a row
        again = self._tile(say("voice.again"), PLAIN, "voice again", parts=plain)
        again.clicked.connect(self.again)
        dark = self._tile(say("voice.dark"), PLAIN, "voice dark", example=say("voice.dark_example"), parts=plain)
        dark.clicked.connect(self.dark)
        off = self._tile(say("voice.off"), PLAIN, "voice off", parts=plain)
        off.clicked.connect(lambda: self.chosen.emit(choice._replace(on=False), ""))
        column.addWidget(again if around.look.portrait else self._row([again, dark, off]))
        speeds = []
        for speed, key in SPEED_WORDS.items():
            tile = self._tile(say(key), ONE, f"voice {key}", chosen=choice.speed == speed, parts=3)
            tile.clicked.connect(lambda _=False, s=speed, k=key: self.chosen.emit(choice._replace(speed=s), say(k)))
            speeds.append(tile)
        if around.look.portrait:
            column.addWidget(words_label(say("voice.speed"), Role.HINT, around))
        column.addWidget(self._row(speeds))
        quieter, louder = (
            self._tile(say(key), PLAIN, key, example=f"{volume} / {len(GAINS) - 1}", parts=2)
            for key, volume in (("voice.quieter", self._step(-1)), ("voice.louder", self._step(1)))
        )
        for tile, by in ((quieter, -1), (louder, 1)):
            tile.clicked.connect(
                lambda _=False, by=by: self.chosen.emit(choice._replace(volume=self._step(by)), say("voice.volume"))
            )
        if around.look.portrait:
            column.addWidget(words_label(say("voice.volume"), Role.HINT, around))
        column.addWidget(self._row([quieter, louder]))
        if around.look.portrait:
            column.addWidget(dark)
            column.addWidget(off)

    def _step(self, by: int) -> int:
        return min(max(self._choice.volume + by, 1), len(GAINS) - 1)

    def _tile(
        self, words: str, shape: TileShape, name: str, *, chosen: bool = False, example: str = "", parts: int = 1
    ) -> Tile:
        around = self.around
        width = (around.width - (parts - 1) * around.px(16)) // parts
        tile = Tile(around.look, words, example, chosen=chosen, shape=shape)
        tile.setObjectName(name)
        tile.setFixedHeight(Tile.height_of(around.look, words, example, shape, width))
        return tile

    def _row(self, tiles: list[Tile]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.around.px(16))
        tall = max(tile.height() for tile in tiles)
        for place, tile in enumerate(tiles):
            tile.setFixedHeight(tall)
            grid.addWidget(tile, 0, place)
            grid.setColumnStretch(place, 1)
        return holder
