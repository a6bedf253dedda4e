"""A real document camera: OpenCV in a process of its own, whose frames come over a pipe.

A driver that hangs, a cable that is pulled and a picture that trips the library over end that process, not the kiosk's:
the source says `lost` and opens the camera again every second until it is stopped. Untried on a real camera.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from kiosk import journal
from kiosk.pictures.limits import MOST_BYTES, PREVIEW_SIDE
from ui.camera import Frame, FrameSource

HEAD = struct.Struct(">4sIIII")  # FRAM, width, height, length of the pixels, length of the picture
MARK = b"FRAM"
AGAIN_SECONDS = 1.0
ENVIRONMENT = {"LANG": "C.UTF-8", "OPENCV_LOG_LEVEL": "SILENT"}


def child_program() -> Path:
    """Of the frozen program, when it was built with the extra."""
    return Path(sys.executable).with_name("kiosk-camera")


def can_see() -> bool:
    return child_program().exists() if getattr(sys, "frozen", False) else find_spec("cv2") is not None


def own_command(path: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [str(child_program()), path]
    return [sys.executable, "-I", "-m", "ui.v4l2_child", path]


class V4l2Source(FrameSource):
    def __init__(self, path: str, command: list[str] | None = None, again_seconds: float = AGAIN_SECONDS) -> None:
        super().__init__()
        self._command = command or own_command(path)
        self._again_seconds = again_seconds
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._work, name="camera", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """The camera is let go of at once; harmless when it does not run."""
        self._stopping.set()
        process, thread = self._process, self._thread
        if process is not None:
            process.kill()
        if thread is not None:
            thread.join()
        self._thread = None

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch()
            except OSError as error:
                journal.note_exception("camera not started", error)
            if not self._stopping.is_set():
                self.lost.emit()
                self._stopping.wait(self._again_seconds)

    def _watch(self) -> None:
        with subprocess.Popen(  # noqa: S603  (our own program, the path from the settings)
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        ) as process:
            self._process = process
            try:
                if self._stopping.is_set() or process.stdout is None:
                    return
                while (frame := read_frame(process.stdout)) is not None:
                    if self._stopping.is_set():
                        return
                    self.frame_arrived.emit(frame)
            finally:
                self._process = None
                process.kill()


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next frame, or None when the stream ended or what came is none."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    mark, width, height, pixels, picture = HEAD.unpack(head)
    well = mark == MARK and 0 < width <= PREVIEW_SIDE and 0 < height <= PREVIEW_SIDE
    if not well or pixels != width * height * 3 or not 0 < picture <= MOST_BYTES:
        return None
    shown, whole = stream.read(pixels), stream.read(picture)
    return Frame(width, height, shown, whole) if (len(shown), len(whole)) == (pixels, picture) else None
