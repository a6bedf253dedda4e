"""Photographing: what the visit wishes of camera and desk, and the facts that come back.

The camera runs only while its picture belongs on the screen. Frames go to the screen and to nobody else; of the last one
the desk gets the whole picture when the person presses 拍.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.errors import KioskTrouble
from kiosk.settings import Settings
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.capture_state import Picture, ScanFile

if TYPE_CHECKING:
    from ui.camera import Frame, FrameSource

SILENT_MS = 3_000
Ask = Callable[[Callable[[Any], Any], Callable[[Any], None]], None]


class Captures(QObject):
    frame_arrived = Signal(object)  # Frame, for the screen
    camera_changed = Signal(bool)  # its picture is there, or is not

    def __init__(self, settings: Settings, ask: Ask, take: Callable[[e.Event], None]) -> None:
        super().__init__()
        self._settings, self._ask, self._take = settings, ask, take
        self._source: FrameSource | None = None
        self._looked = False
        self._watching = False
        self._works = True
        self._last: Frame | None = None
        self._silence = QTimer(self, singleShot=True, interval=SILENT_MS)
        self._silence.timeout.connect(self._lost)

    def use(self, source: FrameSource) -> None:
        """This camera, in place of that of the settings."""
        self._looked, self._source = True, source
        source.frame_arrived.connect(self._came)
        source.lost.connect(self._lost)

    @property
    def has_camera(self) -> bool:
        if not self._looked:
            self._looked = True
            if self._settings.camera.link != "none":
                from ui.camera import camera_from

                source = camera_from(self._settings.camera)
                if source is not None:
                    self.use(source)
        return self._source is not None

    @property
    def has_card_picture(self) -> bool:
        if not self.has_camera:
            return False
        from kiosk.idcards.picture_reader import is_offered

        return is_offered()

    @property
    def has_scan_folder(self) -> bool:
        return bool(self._settings.clerks.scan_folder)

    def stop(self) -> None:
        """Let go of the camera and of its last picture."""
        self._watching, self._last = False, None
        self._silence.stop()
        if self._source is not None:
            self._source.stop()

    def grant(self, wish: w.CaptureWish, clerk: str) -> None:
        match wish:
            case w.WatchCamera():
                self._watch()
            case w.StopCamera():
                self.stop()
            case w.TakePicture(nonce=nonce):
                self._take_picture(nonce)
            case w.ShowPiece(id=number, nonce=nonce):
                self._ask(lambda desk: _desk(desk).show(number), lambda shown: self._shown(shown, nonce))
            case w.DropPieces(ids=ids):
                self._ask(lambda desk: _desk(desk).drop(ids), lambda _: None)
            case w.FindPieces():
                self._ask(lambda desk: _desk(desk).here(), self._found)
            case w.ListScans():
                self._ask(lambda desk: _desk(desk).files(clerk), self._listed)
            case w.TakeScan(code=code, nonce=nonce):
                self._ask(lambda desk: _desk(desk).take_file(code, clerk), lambda taken: self._taken(taken, nonce))
            case w.ReadCardPicture(nonce=nonce):
                self._read_card(nonce)
            case _:
                assert_never(wish)

    def _watch(self) -> None:
        if self._source is not None:
            self._watching, self._last = True, None
            self._silence.start()
            self._source.start()

    def _take_picture(self, nonce: int) -> None:
        frame = self._last
        self.stop()
        if frame is None:
            self._take(e.PieceRefused("picture.failed", nonce))
            return
        self._ask(lambda desk: _desk(desk).take(frame.picture), lambda taken: self._taken(taken, nonce))

    def _read_card(self, nonce: int) -> None:
        frame = self._last
        self.stop()
        picture = frame.picture if frame is not None else b""
        self._ask(lambda desk: _card_answers(picture), lambda answers: self._card_read(answers, nonce))

    def _card_read(self, answers: Any, nonce: int) -> None:
        read = isinstance(answers, dict) and answers
        self._take(e.CardRead(answers, nonce, by_picture=True) if read else e.CardFailed("card.picture_unread", nonce))

    @Slot(object)
    def _came(self, frame: Frame) -> None:
        if not self._watching:
            return
        self._last = frame
        self._silence.start()
        self._tell(True)
        self.frame_arrived.emit(frame)

    @Slot()
    def _lost(self) -> None:
        if self._watching:
            self._last = None
            self._tell(False)

    def _tell(self, works: bool) -> None:
        if works != self._works:
            self._works = works
            self.camera_changed.emit(works)

    # What the desk answered

    def _taken(self, taken: Any, nonce: int) -> None:
        if isinstance(taken, KioskTrouble):
            key = taken.key if taken.key.startswith(("capture.", "clerk.")) else "capture.not_kept"
            self._take(e.PieceRefused(key, nonce))
        elif hasattr(taken, "piece"):
            shown = taken.preview
            picture = Picture(shown.width, shown.height, shown.pixels) if shown is not None else None
            self._take(e.PieceTaken(taken.piece, nonce, picture, taken.sheet_found, taken.left_behind))
        else:
            self._take(e.PieceRefused(f"picture.{taken}", nonce))

    def _shown(self, shown: Any, nonce: int) -> None:
        there = shown is not None and not isinstance(shown, KioskTrouble)
        self._take(e.PieceShown(Picture(shown.width, shown.height, shown.pixels) if there else None, nonce))

    def _found(self, ids: Any) -> None:
        if not isinstance(ids, KioskTrouble):
            self._take(e.PiecesHere(frozenset(ids)))

    def _listed(self, files: Any) -> None:
        if isinstance(files, KioskTrouble):
            self._take(e.ScansListed((), files.key))
            return
        self._take(e.ScansListed(tuple(ScanFile(one.code, one.name, one.kilobytes, one.changed) for one in files)))


def _card_answers(picture: bytes) -> dict[str, str]:
    """On the desk's thread: it takes seconds, and nothing else is asked for meanwhile."""
    from kiosk.idcards.card import as_answers
    from kiosk.idcards.picture_reader import card_in

    card = card_in(picture)
    return dict(as_answers(card)) if card is not None else {}


def _desk(desk: Any) -> Any:
    from kiosk.desk.capturing import Capturing

    return Capturing(desk)
