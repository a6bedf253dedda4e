"""A printer that keeps its papers as text, for journeys and for desks without hardware. It misbehaves when told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from kiosk.slips.measure import TextLine, lay_out
from kiosk.slips.parts import Barcode, Qr, Slip
from kiosk.slips.printer import NotStarted, Paper, Pressed, Printed, PrinterState, Proof, Taken, Trouble, Unclear
from kiosk.slips.sheet import Sheet


class MemoryPrinter:
    """Fills `kiosk.slips.printer.SlipPrinter` without a line; every paper is a text."""

    profile_name = "memory"
    talks_back = True

    def __init__(self, columns: int = 48) -> None:
        self._columns = columns
        self._state = PrinterState()
        self._gone = False
        self._silent_proof = False
        self._break_next = False
        self._late: list[str] = []
        self._proofs: set[str] = set()
        self.papers: list[str] = []

    # How it misbehaves

    def run_out_of_paper(self) -> None:
        self._state = replace(self._state, paper=False, online=False)

    def open_the_cover(self) -> None:
        self._state = replace(self._state, cover_open=True, online=False)

    def pull_the_cable(self) -> None:
        self._gone = True

    def break_the_next_paper(self) -> None:
        """The line goes in the middle of the next paper."""
        self._break_next = True

    def lose_the_proofs(self) -> None:
        """Papers come out, and nothing says so."""
        self._silent_proof = True

    def say_late(self, marker: str) -> None:
        self._late.append(marker)

    def repair(self) -> None:
        self._state, self._gone, self._silent_proof = PrinterState(), False, False

    # What a printer does

    def press(self, paper: Paper, marker: str) -> Pressed:
        lines: list[str] = []
        if isinstance(paper, Sheet):
            lines.append(f"{paper.title} {paper.number} {paper.marks}".strip())
        for line in lay_out(paper, self._columns) if isinstance(paper, Slip) else ():
            match line:
                case TextLine(text):
                    lines.append(text)
                case Qr(data) | Barcode(data):
                    lines.append(f"[{data}]")
                case _:
                    pass
        chunk = "\n".join(lines).encode()
        return Pressed((chunk,), marker, 100, hashlib.sha256(chunk).hexdigest())

    def look(self) -> PrinterState | Trouble:
        return Trouble.GONE if self._gone else self._state

    def send(self, pressed: Pressed) -> Taken | NotStarted | Unclear:
        trouble = Trouble.GONE if self._gone else self._state.trouble
        if trouble is not None:
            return NotStarted(trouble)
        if self._break_next:
            self._break_next = False
            return Unclear(Trouble.GONE, pressed.total // 2)
        self.papers += [chunk.decode() for chunk in pressed.chunks]
        self._proofs.add(pressed.marker)
        return Taken(pressed.total)

    def confirm(
        self, pressed: Pressed, tell: Callable[[PrinterState | Trouble], None] = lambda _: None
    ) -> Printed | Unclear:
        if self._silent_proof or pressed.marker not in self._proofs:
            return Unclear(Trouble.SILENT, pressed.total)
        return Printed(Proof.MARKER)

    def overheard(self) -> tuple[str, ...]:
        late, self._late = tuple(self._late), []
        return late

    def learn(self, rom: str) -> None:
        """It has every character."""

    def distrust(self) -> None:
        """There is no line to get out of step."""

    def rest(self) -> None:
        """There is no line to let go of."""

    def abandon(self) -> None:
        """It never waits."""

    def close(self) -> None:
        """There is no line to close."""
