"""The baseline of the cold start: the least PySide6 program that shows a window and has the two Sans fonts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.told import tell

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


class BareWindow(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QTimer.singleShot(0, tell)


def main() -> None:
    application = QApplication(["bare"])
    for name in ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf"):
        QFontDatabase.addApplicationFont(str(FONTS / name))
    window = BareWindow()
    window.setFixedSize(1080, 1920)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
