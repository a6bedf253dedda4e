"""The machine of the virtual printer: its buffer, its paper, its status and its faults. No line and no clock.

Time is handed in. Bytes are taken as a receive buffer of N bytes takes them; real-time commands are obeyed the
moment they arrive, anywhere; paper moves at the speed of a mechanism; a marker answers once the paper has moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.errors import KioskBug
from printers.profiles import PrinterProfile
from printers.virtual.interpreter import PAPER, Interpreter, Talk
from printers.virtual.paper import Bitmap, Character, Code, Ink, Paper

DOTS_A_SECOND = 1600.0  # 200 mm/s
NEAR_END_DOTS = 1600
CUT_DOTS = 160  # the knife takes as long as so many dots of paper
ASB_ON = 0x0F  # any of these bits of GS a switches status messages on
CLEAR = bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))


@dataclass
class Faults:
    """What goes wrong. Byte numbers count what the line brought since the last power-on."""

    silent: bool = False
    storm: bool = False  # FFh without end
    asb_inside: bool = False  # a status message in the middle of an answer
    half_answer: bool = False  # half a marker, then the line is gone
    late_seconds: float = 0.0
    wrong_id: bool = False
    cut_at: int | None = None
    stall_at: int | None = None
    junk_at: int | None = None
    lose_at: int | None = None
    flip_at: int | None = None
    power_off_at: int | None = None
    clears: bool = True
    real_time: bool = True


@dataclass
class _Sheet:
    ink: list[Ink] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    dots: int = 0


class VirtualPrinter:
    """One machine. Whoever holds it brings bytes and time: `receive`, `advance`, `transmit`."""

    def __init__(
        self,
        profile: PrinterProfile,
        *,
        faults: Faults | None = None,
        roll_dots: int | None = None,
        buffer_bytes: int | None = None,
        dots_a_second: float = DOTS_A_SECOND,
        logo: Bitmap | None = None,
    ) -> None:
        self.profile = profile
        self.faults = faults or Faults()
        self.unknown_commands: list[bytes] = []
        self.bytes_taken = 0
        self.kicks = 0  # drawer pulses and power-offs that got through
        self.markers_said = 0
        self.powered = True
        self.connected = False
        self.line_cut = False
        self.line_cut_after_answer = False
        self.roll_dots = roll_dots
        self.stop_line: int | None = None  # out of paper before this line of text
        self.cover = False
        self.cutter = False
        self.hot = False
        self.button_offline = False
        self._speed = dots_a_second
        self._logo = logo
        self._kept: dict[bytes, Bitmap] = {}  # outlives the power, as flash does
        self._capacity = buffer_bytes or profile.buffer
        self._finished: list[Paper] = []
        self._sheet = _Sheet()
        self._lines_printed = 0
        self.now = 0.0
        self._out: list[tuple[float, bytes]] = []
        self._held_marker = b""
        self._start()

    def _start(self) -> None:
        """Power-on: everything forgotten but the paper."""
        self._buffer = bytearray()
        self._tail = b""
        self._mask = 0
        self._power_allowed = True
        self._free_at = 0.0
        self.bytes_taken = 0
        self._said = self._status()
        self._talk = self._converse()

    def _converse(self) -> Talk:
        rom = self.profile.rom
        interpreter = Interpreter(self, rom if rom != "none" else "gb2312", self.profile.dots, self._logo)
        if self.profile.kanji_mode == "fs":
            interpreter.start_without_kanji()
        talk = interpreter.talk()
        self._wants = next(talk)
        return talk

    # What the tests and the demonstration ask

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Every piece of paper, the one still in the printer last."""
        return (*self._finished, *self._piece(cut=False))

    @property
    def finished(self) -> tuple[Paper, ...]:
        return tuple(self._finished)

    @property
    def idle(self) -> bool:
        return not self._buffer and self.now >= self._free_at

    def load_paper(self, dots: int | None = None) -> None:
        """A new roll: what hangs in the printer is torn off."""
        self._finished += self._piece(cut=False)
        self._sheet = _Sheet()
        self.roll_dots, self.stop_line = dots, None
        self._notice()

    def run_out_after(self, lines: int) -> None:
        """Out of paper before this line of text, counted from now."""
        self.stop_line = self._lines_printed + lines
        self._notice()

    def switch(self, **states: bool) -> None:
        """cover, cutter, hot, button_offline: put a state of the machine on or off."""
        for name, state in states.items():
            if name not in ("cover", "cutter", "hot", "button_offline"):
                raise KioskBug(f"the virtual printer has no switch {name}")
            setattr(self, name, state)
        self._notice()

    def power_off(self) -> None:
        self.powered = False
        self._out.clear()
        self._held_marker = b""
        self._buffer = bytearray()

    def power_on(self) -> None:
        self.powered = True
        self.faults = replace(self.faults, power_off_at=None)
        self._start()

    # The line's side

    def room(self) -> int:
        """How many bytes the line may bring now."""
        if not self.powered or self.line_cut:
            return 0
        room = self._capacity - len(self._buffer)
        if self.faults.stall_at is not None:
            room = min(room, self.faults.stall_at - self.bytes_taken)
        return max(0, room)

    def receive(self, data: bytes) -> int:
        """Bytes from the line; says how many were taken. The rest waits in the line."""
        taken = 0
        for byte in data:
            if self.room() <= 0:
                break
            self._one(byte)
            taken += 1
        return taken

    def transmit(self) -> bytes:
        """What the printer says now."""
        if self.faults.storm and self.powered:
            return b"\xff" * 64
        if not self.powered or self.line_cut:
            return b""
        ready = [answer for moment, answer in self._out if moment <= self.now]
        self._out = [(moment, answer) for moment, answer in self._out if moment > self.now]
        return b"".join(ready)

    def plug(self) -> None:
        """Somebody listens: the newest marker nobody heard is said now."""
        self.connected, self.line_cut = True, False
        if self._held_marker:
            self._answer(self._held_marker)
            self._held_marker = b""

    def unplug(self) -> None:
        self.connected = False
        self._out.clear()

    def next_moment(self) -> float | None:
        """When something will happen by itself; None when nothing is under way."""
        moments = [moment for moment, _ in self._out]
        if self._buffer and self.trouble_free and self._free_at > self.now:
            moments.append(self._free_at)
        return min(moments, default=None)

    def advance(self, now: float) -> None:
        """Let the mechanics work up to this moment."""
        while True:
            self.now = max(self.now, min(now, max(self.now, self._free_at)))
            if self._free_at > now or not self._step():
                break
        self.now = max(self.now, now)

    def _step(self) -> bool:
        """One byte or one waiting movement; False when there is nothing to do."""
        if not self.powered or not self.trouble_free:
            return False
        if self._wants == PAPER:
            self._wants = self._talk.send(0)
            return self._wants != PAPER
        if not self._buffer:
            return False
        self._wants = self._talk.send(self._buffer.pop(0))
        return True

    def _one(self, byte: int) -> None:
        faults, place = self.faults, self.bytes_taken
        self.bytes_taken += 1
        if faults.cut_at == place:
            self.line_cut = True
        if faults.power_off_at == place:
            self.power_off()
            return
        if faults.lose_at == place:
            return
        if faults.flip_at == place:
            byte ^= 0x04
        if faults.junk_at == place:
            self._buffer += b"\xa5\x5a\x00\x81"
        self._buffer.append(byte)
        self._tail = (self._tail + bytes([byte]))[-len(CLEAR) :]
        if faults.real_time:
            self._obey()

    def _obey(self) -> None:
        """Real-time commands, wherever they stand."""
        last = self._tail[-3:]
        if last[:2] == b"\x10\x04" and last[2:] in (b"\1", b"\2", b"\3", b"\4"):
            self._answer(bytes([self._eot(last[2])]), inside=False)
        elif last[:2] == b"\x10\x05" and last[2:] == b"\2" and self.cutter:
            self._forget_buffer()
            self.switch(cutter=False)
        elif self._tail[-5:-2] in (b"\x10\x14\x01", b"\x10\x14\x02") and self._power_allowed:
            self.kicks += 1
        elif self._tail == CLEAR and self.faults.clears and self.profile.clear == "dle_dc4_8":
            self._forget_buffer()

    def _forget_buffer(self) -> None:
        self._buffer.clear()
        self._talk = self._converse()

    # Status

    @property
    def paper_out(self) -> bool:
        gone = self.roll_dots is not None and self.roll_dots <= 0
        return gone or (self.stop_line is not None and self._lines_printed >= self.stop_line)

    @property
    def trouble_free(self) -> bool:
        return not (self.cover or self.cutter or self.hot or self.button_offline or self.paper_out)

    def _near_end(self) -> bool:
        return self.paper_out or (self.roll_dots is not None and self.roll_dots < NEAR_END_DOTS)

    def _eot(self, number: int) -> int:
        end, near = self.paper_out, self._near_end()
        error = self.cutter or self.hot
        bits = {
            1: 0x08 * (not self.trouble_free),
            2: 0x04 * self.cover | 0x20 * end | 0x40 * error,
            3: 0x08 * self.cutter | 0x40 * self.hot,
            4: 0x0C * near | 0x60 * end,
        }
        return 0x12 | bits[number]

    def _status(self) -> bytes:
        first = 0x10 | 0x08 * (not self.trouble_free) | 0x20 * self.cover
        second = 0x08 * self.cutter | 0x40 * self.hot
        third = 0x0C * self.paper_out | 0x03 * self._near_end()
        return bytes((first, second, third, 0))

    def _notice(self) -> None:
        """Say it when the state changed and somebody asked to be told."""
        if self._status() != self._said:
            self._said = self._status()
            if self._mask & ASB_ON:
                self._answer(self._said, inside=False)

    def _answer(self, answer: bytes, inside: bool = True) -> None:
        if self.faults.silent or not self.connected:
            return
        if inside and self.faults.asb_inside and len(answer) > 2:
            answer = answer[:3] + self._status() + answer[3:]
        self._out.append((max(self.now, 0.0) + self.faults.late_seconds, answer))

    # What the conversation wishes (printers.virtual.interpreter.Mechanics)

    def can_move(self, dots: int) -> bool:
        if self.roll_dots is not None and dots > self.roll_dots:
            self.roll_dots = 0
        self._notice()
        return self.trouble_free

    def move(self, dots: int, ink: list[Ink], text: str | None) -> None:
        sheet = self._sheet
        sheet.ink += [_down(each, sheet.dots) for each in ink]
        sheet.dots += dots
        if text is not None:
            sheet.lines.append(text)
            self._lines_printed += 1
        self._free_at = max(self._free_at, self.now) + dots / self._speed
        if self.roll_dots is not None:
            self.roll_dots -= dots
        self._notice()

    def knife(self) -> bool:
        if self.trouble_free:
            self._finished += self._piece(cut=True)
            self._sheet = _Sheet()
            self._free_at = max(self._free_at, self.now) + CUT_DOTS / self._speed
        return self.trouble_free

    def say(self, answer: bytes) -> None:
        self._answer(answer)

    def say_marker(self, marker: bytes) -> None:
        self.markers_said += 1
        if self.faults.wrong_id:
            marker = b"ZZZZ"
        block = b'7"' + marker + b"\0"
        if self.faults.half_answer:
            self._answer(block[:3])
            self.faults = replace(self.faults, half_answer=False)
            self.line_cut_after_answer = True
            return
        if self.connected:
            self._answer(block)
        else:
            self._held_marker = block

    def watch(self, mask: int) -> None:
        self._mask = mask
        if mask & ASB_ON:
            self._said = self._status()
            self._answer(self._said)

    def paper_byte(self) -> int:
        return 0x0C * self.paper_out | 0x03 * self._near_end()

    def power_commands(self, allowed: bool) -> None:
        self._power_allowed = allowed

    def keep_logo(self, key: bytes, logo: Bitmap) -> None:
        self._kept[key] = logo

    def kept_logo(self, key: bytes) -> Bitmap | None:
        return self._kept.get(key)

    def unknown(self, command: bytes) -> None:
        self.unknown_commands.append(command)

    def _piece(self, cut: bool) -> list[Paper]:
        sheet = self._sheet
        if not sheet.ink and not (cut and sheet.dots):
            return []
        return [Paper(self.profile.dots, sheet.dots, tuple(sheet.ink), tuple(sheet.lines), cut)]


def _down(ink: Ink, dots: int) -> Ink:
    match ink:
        case Character() | Bitmap() | Code():
            return replace(ink, top=ink.top + dots)
