"""One ESC/POS printer on one line: asks, sends, listens for the proof, and gets back in step after a break.

Reading and writing share one thread: between any two pieces of a ticket it hears what the printer says. Status
questions go out only between whole commands. Nothing here decides whether a paper is sent again.

An answer counts only when it came alone: one byte for one question, and no noise around it. A line that brings more
(another speed, a printer switched off, a storm) has said nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import msgspec

from kiosk.errors import KioskBug
from kiosk.serial_line import LineLost
from kiosk.slips.parts import Slip
from kiosk.slips.printer import NotStarted, Paper, Pressed, Printed, PrinterState, Proof, Taken, Trouble, Unclear
from printers.encode import encode_parted, head, marker_command, paper_millimetres
from printers.escpos_printer import codes_for
from printers.profiles import PrinterProfile
from printers.status import (
    Asb,
    EotAnswer,
    GsRAnswer,
    Info,
    MarkerCame,
    StatusReader,
    state_from_answers,
    state_from_asb,
)
from printers.transports import Transport

ANSWER_SECONDS = 0.5
TRIES = 3
CHUNK_SECONDS = 3.0
JOB_SECONDS = 120.0
CONFIRM_SECONDS = 10.0
SETTLE_SECONDS = 0.5  # a marker on its way may still win over bad news
RECOVER_SECONDS = 10.0
RECOVER_NULS = bytes(8192)
NO_BAUD = 1_000_000
SLICE_SECONDS = 0.2
CONSUMED = b"\x1dr\x01"  # answered in order: everything before it was eaten
KNOW_YOURSELF = {"maker": b"\x1dIB", "model": b"\x1dIC", "firmware": b"\x1dIA", "fonts": b"\x1dIE"}
CLEAR = bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))
READ_AT_ONCE = 512
NEAR_END = 0x03  # the only bits of a GS r answer that go with a printed paper


class LinePrinter:
    """Fills `kiosk.slips.printer.SlipPrinter`. Belongs to one thread."""

    def __init__(self, profile: PrinterProfile, line: Transport) -> None:
        self._profile = profile
        self._line = line
        self._reader = StatusReader()
        self._answers: list[int] = []
        self._consumed: list[int] = []
        self._markers: list[str] = []
        self._said: PrinterState | None = None  # by itself, since this job began
        self._in_doubt = False
        self._abandoned = False
        self._asb_came = False
        self._asked_consumed = ""
        self._infos: list[str] = []
        self._holds_half = False

    @property
    def profile_name(self) -> str:
        return self._profile.name

    @property
    def talks_back(self) -> bool:
        return self._line.bidirectional and self._profile.marker != "none"

    def press(self, paper: Paper, marker: str) -> Pressed:
        if not isinstance(paper, Slip):
            raise KioskBug("a sheet of A4 came to a ticket printer")
        body, foot = encode_parted(paper, self._profile, codes_for(self._profile))
        if ask := marker_command(self._profile, marker):
            foot = [*foot, ask]
        chunks = (*body, *foot)
        digest = hashlib.sha256(b"".join(chunks)).hexdigest()
        # A printer that cannot be cleared keeps what it has through an empty roll and prints it on the next one:
        # there the line that makes a paper valid is sent only when all before it is on paper.
        held_back = self.talks_back and self._profile.clear == "none"
        return Pressed(chunks, marker, paper_millimetres(paper, self._profile), digest, len(body) if held_back else 0)

    def learn(self, rom: str) -> None:
        self._profile = msgspec.convert(msgspec.to_builtins(self._profile) | {"rom": rom}, PrinterProfile)

    def identify(self) -> dict[str, str]:
        """What it says of itself, for a technician; a printer that says nothing is no worse for it."""
        said: dict[str, str] = {}
        try:
            self._open()
            if not self._line.bidirectional:
                return said
            for name, question in KNOW_YOURSELF.items():
                self._infos.clear()
                if not self._write(question, self._line.now() + ANSWER_SECONDS):
                    break
                if self._wait_for(lambda: bool(self._infos), ANSWER_SECONDS):
                    said[name] = self._infos[0]
        except LineLost:
            self._lose()
        return said

    def distrust(self) -> None:
        """Something may have broken off inside a command: get in step before the next paper."""
        self._in_doubt = True

    def look(self) -> PrinterState | Trouble:
        """Ask for the state now; get back in step first when an attempt broke off."""
        try:
            self._open()
            if not self._line.bidirectional:
                return PrinterState(seen_at=self._line.now())
            state = self._ask()
            self._late_answer()
            if isinstance(state, Trouble):
                self._holds_half = False  # switched off, or pulled: what it held is gone
                return state
            if state.trouble is not None:
                return replace(state, holds_half=self._holds_half)
            if self._in_doubt:
                if not self._recover():
                    return Trouble.SILENT
                return self._ask()
            return state
        except LineLost:
            self._lose()
            self._holds_half = False
            return Trouble.GONE

    def send(self, pressed: Pressed) -> Taken | NotStarted | Unclear:
        sent = 0
        began = self._line.now()
        try:
            self._open()
            self._forget_old_answers()
            for at, chunk in enumerate(pressed.chunks):
                if pressed.foot_at and at == pressed.foot_at and (trouble := self._body_held_up(pressed)):
                    return self._stopped(trouble, sent, pressed)
                rest = memoryview(chunk)
                deadline = min(self._chunk_deadline(len(chunk)), began + JOB_SECONDS)
                while rest:
                    if trouble := self._bad_news():
                        return self._stopped(trouble, sent, pressed)
                    taken = self._line.write_some(rest, min(deadline, self._line.now() + SLICE_SECONDS))
                    sent, rest = sent + taken, rest[taken:]
                    if rest and self._line.now() >= deadline:
                        return self._stopped(Trouble.SILENT, sent, pressed)
        except LineLost:
            self._lose()
            if sent:
                self._in_doubt = True
            return Unclear(Trouble.GONE, sent) if sent else NotStarted(Trouble.GONE)
        if not self._line.end_job():
            return NotStarted(Trouble.OFFLINE)
        if self._profile.marker == "gs_r":
            self._asked_consumed = pressed.marker
        return Taken(sent)

    def confirm(
        self, pressed: Pressed, tell: Callable[[PrinterState | Trouble], None] = lambda _: None
    ) -> Printed | Unclear:
        deadline = self._line.now() + max(CONFIRM_SECONDS, pressed.millimetres / 100) + 5.0
        try:
            while self._line.now() < deadline and not self._abandoned:
                if proof := self._proof(pressed):
                    return Printed(proof)
                if trouble := self._bad_news():
                    return self._after_bad_news(trouble, pressed)
                self._hear(min(deadline, self._line.now() + SLICE_SECONDS))
        except LineLost:
            self._lose()
            self._in_doubt = True
            return Unclear(Trouble.GONE, pressed.total)
        if proof := self._proof(pressed):
            return Printed(proof)
        self._in_doubt = True
        return Unclear(Trouble.SILENT, pressed.total)

    def overheard(self) -> tuple[str, ...]:
        markers, self._markers = tuple(self._markers), []
        return markers

    def rest(self) -> None:
        if self._line.shared:
            self._line.close()
            self._reader.reset()

    def abandon(self) -> None:
        self._abandoned = True

    def close(self) -> None:
        self._line.close()
        self._abandoned = False

    # Hearing

    def _forget_old_answers(self) -> None:
        """Half an answer to an earlier paper must not swallow the proof of this one."""
        if self._line.bidirectional:
            self._drain()
        self._reader.reset()
        self._said = None
        self._consumed.clear()

    def _open(self) -> None:
        self._line.open()

    def _lose(self) -> None:
        self._line.close()
        self._reader.reset()

    def _hear(self, until: float) -> bool:
        """Take in what came, waiting at most until this moment for the first byte."""
        data = self._line.read(READ_AT_ONCE, until)
        for event in self._reader.feed(data):
            match event:
                case EotAnswer(byte):
                    self._answers.append(byte)
                case Asb(raw):
                    self._asb_came = True
                    self._said = state_from_asb(raw, self._line.now())
                case MarkerCame(marker):
                    self._markers.append(marker)
                case GsRAnswer(byte):
                    self._consumed.append(byte)
                case Info(text):
                    self._infos.append(text)
        return bool(data)

    def _drain(self) -> None:
        """Everything that is here already; a storm may not hold us up."""
        until = self._line.now() + SLICE_SECONDS
        for _ in range(64):
            if self._line.now() > until or not self._hear(self._line.now()):
                break

    def _wait_for(self, came: Callable[[], bool], seconds: float) -> bool:
        until = self._line.now() + seconds
        while not came():
            if self._line.now() >= until:
                return False
            self._hear(until)
        return True

    def _bad_news(self) -> Trouble | None:
        """What the printer said by itself since the job began."""
        if self._line.bidirectional:
            self._drain()
        return self._said.trouble if self._said is not None else None

    def _proof(self, pressed: Pressed) -> Proof | None:
        if self._profile.marker == "gs_paren_h" and pressed.marker in self._markers:
            self._markers.remove(pressed.marker)
            return Proof.MARKER
        if self._profile.marker == "gs_r" and self._consumed and self._asked_consumed == pressed.marker:
            answers, self._consumed = self._consumed, []
            self._asked_consumed = ""
            return Proof.CONSUMED if self._means_consumed(answers) else None
        return None

    def _means_consumed(self, answers: list[int]) -> bool:
        """One answer, and a printer that is well: a zero is also what a line says when the power goes."""
        if len(answers) != 1 or answers[0] & ~NEAR_END or (self._said is not None and self._said.trouble is not None):
            return False
        state = self._ask()
        return isinstance(state, PrinterState) and state.trouble in (None, Trouble.PAPER_OUT)

    def _body_held_up(self, pressed: Pressed) -> Trouble | None:
        """Wait until everything but the foot is on paper; why it does not come to that."""
        self._consumed.clear()
        deadline = self._line.now() + max(CONFIRM_SECONDS, pressed.millimetres / 100)
        if not self._write(CONSUMED, deadline):
            return Trouble.SILENT
        while len(self._consumed) == 0:
            if self._abandoned or self._line.now() >= deadline:
                return Trouble.SILENT
            self._hear(min(deadline, self._line.now() + SLICE_SECONDS))
            if trouble := self._bad_news():
                return trouble
        answers, self._consumed = self._consumed, []
        if len(answers) != 1:
            return Trouble.SILENT
        return Trouble.PAPER_OUT if answers[0] & ~NEAR_END else None

    def _late_answer(self) -> None:
        """The answer of a quiet printer to a paper that was given up; no other paper has been sent since."""
        if self._asked_consumed and self._consumed:
            if not self._consumed.pop(0) & ~NEAR_END:
                self._markers.append(self._asked_consumed)
            self._asked_consumed = ""

    # Asking

    def _ask(self) -> PrinterState | Trouble:
        if not self._profile.dle_eot:
            return self._ask_by_asb()
        answers: dict[int, int] = {}
        self._drain()
        for number in self._profile.dle_eot:
            answer = self._one_answer(number)
            if answer is None:
                return Trouble.SILENT
            answers[number] = answer
        return state_from_answers(answers, self._line.now())

    def _one_answer(self, number: int) -> int | None:
        """One question at a time: an answer does not say what it answers."""
        for _ in range(TRIES):
            self._answers.clear()
            noise = self._reader.noise
            until = self._line.now() + ANSWER_SECONDS
            if not self._write(bytes((0x10, 0x04, number)), until):
                continue
            if self._wait_for(lambda: bool(self._answers), until - self._line.now()):
                if len(self._answers) == 1 and self._reader.noise == noise:
                    return self._answers[0]
                self._pass_over(until)
        return None

    def _pass_over(self, until: float) -> None:
        """Let a line that brings more than was asked for have its say; what it said means nothing."""
        for _ in count():
            if self._line.now() >= until or not self._hear(until):
                return

    def _ask_by_asb(self) -> PrinterState | Trouble:
        for _ in range(TRIES):
            self._asb_came = False
            self._write(b"\x1da\xff", self._line.now() + ANSWER_SECONDS)
            if self._wait_for(lambda: self._asb_came, ANSWER_SECONDS) and self._said is not None:
                return self._said
        return Trouble.SILENT

    def _write(self, data: bytes, deadline: float) -> bool:
        rest = memoryview(data)
        while rest:
            rest = rest[self._line.write_some(rest, deadline) :]
            if rest and self._line.now() >= deadline:
                return False
        return True

    # When it breaks

    def _chunk_deadline(self, count: int) -> float:
        return self._line.now() + count * 10 / (self._line.baud or NO_BAUD) * 1.5 + CHUNK_SECONDS

    def _stopped(self, trouble: Trouble, sent: int, pressed: Pressed) -> NotStarted | Unclear:
        if not sent:
            return NotStarted(trouble)
        self._in_doubt = True
        self._clear(trouble)
        return Unclear(trouble, sent)

    def _after_bad_news(self, trouble: Trouble, pressed: Pressed) -> Printed | Unclear:
        """The rest of a ticket must not come out on the next roll; a marker already on its way still counts."""
        self._clear(trouble)
        until = self._line.now() + SETTLE_SECONDS
        while self._line.now() < until:
            self._hear(until)
            if self._profile.marker == "gs_paren_h" and pressed.marker in self._markers:
                self._markers.remove(pressed.marker)
                return Printed(Proof.MARKER)
        self._in_doubt = True
        return Unclear(trouble, pressed.total)

    def _clear(self, trouble: Trouble) -> None:
        # Without a way to clear it, staff must switch it off before the new roll goes in (`printer.half_ticket`).
        self._holds_half = self._profile.clear == "none" and trouble is not Trouble.GONE
        if self._profile.clear == "dle_dc4_8" and self._line.bidirectional:
            self._write(CLEAR, self._line.now() + ANSWER_SECONDS)

    def _recover(self) -> bool:
        """Feed it nothings until it answers in order; then let the torn piece go."""
        until = self._line.now() + RECOVER_SECONDS
        while self._line.now() < until:
            self._asb_came = False
            ready = self._write(RECOVER_NULS + b"\x1b@\x1da\xff", min(until, self._line.now() + RECOVER_SECONDS))
            if ready and (self._wait_for(lambda: self._asb_came, 1.0) or not self._profile.asb):
                cut = codes_for(self._profile).feed_and_cut(3, self._profile.cut)
                if not self._write(head(self._profile) + cut, self._line.now() + CHUNK_SECONDS):
                    return False
                self._in_doubt = self._holds_half = False
                self._asked_consumed = ""
                self._consumed.clear()
                return True
        return False
