"""The side panel of the demonstration: the kiosk beside it, the last ticket on it, a card to lay on the reader."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from ui.demo.court import DemoCourt
from ui.demo.walk import CARD, lay_card
from ui.labels import text_label
from ui.letters import load_fonts
from ui.look import DESIGN_PX_PER_MM, Look
from ui.theme import Role, dress

PORTRAIT = (1080, 1920)
PANEL_WIDTH = 460
CARD_SECONDS = 6


class SidePanel(QWidget):
    """Not part of the kiosk: what stands around it in a lobby."""

    def __init__(self, court: DemoCourt) -> None:
        super().__init__()
        self._court = court
        self.setWindowTitle("演示 · Demonstration")
        self.setFixedWidth(PANEL_WIDTH)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        dress(self, Look(scale=0.75))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(text_label("演示 · Demonstration", Role.SECTION))
        number, pin = court.clerk_file.read_text("ascii").split()
        column.addWidget(text_label(f"工作人员 clerk {number} · PIN {pin}", Role.SECOND))
        card = QPushButton("放身份证 · Lay the ID card")
        card.setProperty("role", "strong")
        card.setMinimumHeight(72)
        card.clicked.connect(self._lay_card)
        column.addWidget(card)
        self._paper = text_label("凭条会出现在这里 · the ticket appears here", Role.SECOND)
        self._paper.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._paper, 1)
        self._watcher = QFileSystemWatcher([str(court.tickets)], self)
        self._watcher.directoryChanged.connect(self._show_newest)
        self._lift = QTimer(self, singleShot=True, interval=CARD_SECONDS * 1000)
        self._lift.timeout.connect(lambda: lay_card(court, "none"))
        self._alive = QTimer(self, interval=500)
        self._alive.timeout.connect(self._look_at_kiosk)
        self._alive.start()

    def _lay_card(self) -> None:
        lay_card(self._court, CARD)
        self._lift.start()

    def _show_newest(self) -> None:
        pictures = sorted(self._court.tickets.glob("*.png"), key=lambda path: path.stat().st_mtime)
        if not pictures:
            return
        picture = QPixmap(str(pictures[-1]))
        if not picture.isNull():
            self._paper.setPixmap(
                picture.scaled(
                    self._paper.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )

    def _look_at_kiosk(self) -> None:
        if self._court.processes["kiosk"].poll() is not None:
            self.close()


def run_panel(court: DemoCourt) -> int:
    """Show kiosk and panel side by side until one of them is closed."""
    application = QApplication(["kiosk-demo"])
    load_fonts()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    scale = min(1.0, (screen.height() - 40) / PORTRAIT[1], (screen.width() - PANEL_WIDTH) / PORTRAIT[0])
    text = court.settings_file.read_text("utf-8")
    court.settings_file.write_text(
        text.replace(f"px_per_mm = {DESIGN_PX_PER_MM:.3f}", f"px_per_mm = {DESIGN_PX_PER_MM * scale:.3f}"), "utf-8"
    )
    court.start("kiosk", "ui.main", "--settings", str(court.settings_file))
    panel = SidePanel(court)
    panel.setGeometry(round(PORTRAIT[0] * scale), 0, PANEL_WIDTH, min(screen.height(), round(PORTRAIT[1] * scale)))
    panel.show()
    return application.exec()
