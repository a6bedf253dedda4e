"""Whether headphones are in: a setting, or a file that tells (a switch of the site, or the jack as the kernel shows it).

Understood are `1` and `0`, `in` and `out`, and lines such as `HEADPHONE=1` of `/sys/class/extcon/*/state`. Whatever
cannot be read counts as no headphones: then nothing personal is said.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.settings import Voice
from ui.voice.strung import Ear

MOST_BYTES = 4096
LOOK_MS = 500
_LINE = re.compile(r"^\s*(?:HEADPHONES?|HEADSET|LINE-OUT)\s*=\s*1\s*$", re.M | re.I)
_PLAIN = frozenset({"1", "in", "on", "plugged"})


def headphones_in(text: str) -> bool:
    """What the file's text says."""
    return text.strip().lower() in _PLAIN or _LINE.search(text) is not None


class Jack(QObject):
    changed = Signal(object)  # Ear

    def __init__(self, setting: Voice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = Path(setting.jack_file) if setting.output == "jack" and setting.jack_file else None
        self.ear = Ear.HEADPHONES if setting.output == "headphones" else Ear.LOUDSPEAKER
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        if self._file is not None:
            self.look()
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        if self._file is None:
            return
        try:
            with self._file.open("rb") as file:
                text = file.read(MOST_BYTES).decode("ascii", "replace")
        except OSError:
            text = ""
        ear = Ear.HEADPHONES if headphones_in(text) else Ear.LOUDSPEAKER
        if ear is not self.ear:
            self.ear = ear
            self.changed.emit(ear)
