"""The document camera as a source of frames. No camera is a normal day: then nothing of this is loaded.

A frame is what the screen shows (plain pixels) and the whole picture as the camera gave it (encoded, opened by the
decoding child only). `FolderSource` plays pictures of a folder and misbehaves when told; `V4l2Source` (`ui.v4l2`) is a
real camera through OpenCV, the extra `camera`. Qt's own camera classes are not shipped.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kiosk import journal
from kiosk.pictures.decode import Preview, preview_of
from kiosk.pictures.limits import MOST_BYTES
from kiosk.settings import Camera as CameraSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAME_MS = 150
SUFFIXES = (".jpg", ".jpeg", ".png")
MOST_PICTURES = 50


@dataclass(frozen=True, slots=True)
class Frame:
    width: int
    height: int
    pixels: bytes = field(repr=False)  # RGB, row after row
    picture: bytes = field(repr=False)  # the whole of it, JPEG or PNG


class FrameSource(QObject):
    """`start` and `stop` on the window's thread, as often as wanted; facts arrive there too."""

    frame_arrived = Signal(object)  # Frame
    lost = Signal()  # no picture any more; the source goes on trying until it is stopped

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError


class FolderSource(FrameSource):
    """Plays the pictures of a folder, each for a while. `pull_the_cable` and `plug_in` are the faults of a real one."""

    _read = Signal(object)

    def __init__(self, folder: Path, seconds_each: float = 6.0) -> None:
        super().__init__()
        self._folder = folder
        self._frames: list[Frame] = []
        self._shown = 0
        self._each = max(1, round(seconds_each * 1000 / FRAME_MS))
        self._only: int | None = None
        self._pulled = False
        self._running = False
        self._reader: threading.Thread | None = None
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._read.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._running = True
        if self._reader is None:
            self._reader = threading.Thread(target=self._read_all, name="camera-folder", daemon=True)
            self._reader.start()
        self._timer.start()

    def stop(self) -> None:
        self._running = False
        self._timer.stop()

    def pull_the_cable(self) -> None:
        self._pulled = True
        if self._running:
            self.lost.emit()

    def plug_in(self) -> None:
        self._pulled = False

    def show_only(self, number: int) -> None:
        """From now on this picture, from 0."""
        self._only = number

    def _read_all(self) -> None:
        for path in self._paths():
            data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
            shown = preview_of(data)
            if isinstance(shown, Preview):
                self._read.emit(Frame(shown.width, shown.height, shown.pixels, data))
            else:
                journal.note("pretend picture refused", reason=str(shown))

    def _paths(self) -> Iterator[Path]:
        try:
            found = sorted(one for one in self._folder.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file())
        except OSError:
            self.lost.emit()
            return
        yield from found[:MOST_PICTURES]

    @Slot(object)
    def _keep(self, frame: Frame) -> None:
        self._frames.append(frame)

    @Slot()
    def _tick(self) -> None:
        if self._pulled or not self._frames:
            return
        number = self._shown // self._each if self._only is None else self._only
        self.frame_arrived.emit(self._frames[number % len(self._frames)])
        self._shown += 1


def camera_from(settings: CameraSettings) -> FrameSource | None:
    """The camera of the settings; None when none is set up, or what it needs is not installed."""
    kind, _, path = settings.link.partition(":")
    if kind == "folder" and path:
        return FolderSource(Path(path))
    if kind == "v4l2" and path:
        from ui.v4l2 import V4l2Source, can_see

        if can_see():
            return V4l2Source(path)
        journal.note("camera missing", reason="extra camera")
    return None
