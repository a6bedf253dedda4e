"""A card reader made of software on a pseudo terminal, with cards of people who do not exist.

`python -m kiosk.idcards.virtual_reader --link-file F --card demo` keeps running. With `--control-file C` the card
on it is whatever that file names (`demo`, `resident`, `hmt`, `foreign_2023`, `foreign_2017`, `none`).
"""

from __future__ import annotations

import os
import select
import signal
import threading
import tty
from dataclasses import dataclass
from pathlib import Path

import click

from kiosk.idcards import frames
from kiosk.idcards.frames import FOUND, NO_CARD, NO_CONTENT, NOT_SELECTED, OK
from kiosk.idcards.samples import CARDS

TICK_SECONDS = 0.05
_PHOTO = bytes(1024)


@dataclass
class ReaderFaults:
    silent: bool = False
    noise: bool = False
    byte_by_byte: bool = False
    half_once: bool = False  # half of the next read, then nothing
    bad_sum_once: bool = False
    lost_byte_once: bool = False
    status_once: int = 0  # SW3 of the next read: 0x41 read failed, 0x31 refused
    short_preamble: bool = False
    says_no_card_after_reading: bool = True


class VirtualReader:
    """Answers like a reader module. `put_card` and `take_card` from any thread."""

    def __init__(self, faults: ReaderFaults | None = None) -> None:
        self.faults = faults or ReaderFaults()
        self._card: bytes | None = None
        self._already_read = False
        self._selected = False
        self._master, self._slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._held = bytearray()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="virtual-reader", daemon=True)

    @property
    def link(self) -> str:
        return f"serial:{self.path}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Also what pulling the cable looks like."""
        self._stopping.set()
        self._thread.join()

    def put_card(self, name: str = "resident") -> None:
        self._card, self._already_read, self._selected = CARDS[name], False, False

    def take_card(self) -> None:
        self._card, self._already_read, self._selected = None, False, False

    def _work(self) -> None:
        while not self._stopping.is_set():
            ready, _, _ = select.select([self._master], [], [], TICK_SECONDS)
            if not ready:
                continue
            self._held += os.read(self._master, 1024)
            while (place := self._held.find(frames.ANCHOR)) >= 0 and len(self._held) >= place + 7:
                size = int.from_bytes(self._held[place + 2 : place + 4], "big")
                body = bytes(self._held[place + 4 : place + 3 + size])
                del self._held[: place + 4 + size]
                self._say(body)
        os.close(self._slave)
        os.close(self._master)

    def _say(self, command: bytes) -> None:
        faults = self.faults
        if faults.silent:
            return
        answer = frames.build(b"\x00\x00" + self._answer(command))
        if command == b"\x30\x01":
            answer = self._spoil(answer)
        if faults.short_preamble:
            answer = b"\xaa\x00\xaa" + answer[1:]
        if faults.noise:
            answer = b"\x96\xff\x13\xaa\x96\x69\xff\xff" + answer
        pieces = [bytes([byte]) for byte in answer] if faults.byte_by_byte else [answer]
        for piece in pieces:
            os.write(self._master, piece)

    def _spoil(self, answer: bytes) -> bytes:
        faults = self.faults
        if faults.half_once:
            faults.half_once = False
            return answer[: len(answer) // 2]
        if faults.bad_sum_once:
            faults.bad_sum_once = False
            return answer[:-1] + bytes([answer[-1] ^ 1])
        if faults.lost_byte_once:
            faults.lost_byte_once = False
            return answer[:300] + answer[301:]
        return answer

    def _answer(self, command: bytes) -> bytes:
        """Status and data behind the two leading zeros."""
        card = self._card
        if command in (b"\x11\xff", b"\x12\xff"):
            return bytes([OK])
        if command == b"\x20\x01":
            hidden = self._already_read and self.faults.says_no_card_after_reading
            return bytes([NO_CARD]) if card is None or hidden else bytes([FOUND, 0, 0, 0, 0])
        if command == b"\x20\x02":
            self._selected = card is not None
            return bytes([OK]) + bytes(8) if self._selected else bytes([NOT_SELECTED])
        if command == b"\x30\x01":
            status, self.faults.status_once = self.faults.status_once, 0
            if status or card is None or not self._selected:
                return bytes([status or 0x41])
            self._already_read, self._selected = True, False
            return bytes([OK]) + b"\x01\x00\x04\x00" + card + _PHOTO
        if command == b"\x30\x03":
            return bytes([NO_CONTENT])
        return b"\x24"


@click.command("virtual-reader")
@click.option("--link-file", type=click.Path(path_type=Path), help="Write the link (serial:/dev/pts/N) here.")
@click.option("--card", type=click.Choice([*CARDS, "none"]), default="none", show_default=True, help="Card on it.")
@click.option(
    "--control-file", type=click.Path(path_type=Path), help="A file that names the card on it, looked at often."
)
@click.option("--lift-seconds", type=float, default=0.0, help="Take a card away again after so long; 0: it stays.")
def main(link_file: Path | None, card: str, control_file: Path | None, lift_seconds: float) -> None:
    """Run a virtual card reader until it is stopped (Ctrl-C or SIGTERM)."""
    reader = VirtualReader()
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    _lay(reader, card)
    reader.start()
    if link_file:
        part = link_file.with_suffix(".part")
        part.write_text(reader.link, encoding="ascii")
        part.replace(link_file)
    click.echo(f"virtual card reader at {reader.link}")
    seen = _wish(control_file)
    if seen is not None:
        _lay(reader, seen[1])
    lain = 0.0
    while not over.wait(TICK_SECONDS):
        lain += TICK_SECONDS
        if lift_seconds and lain >= lift_seconds:
            reader.take_card()
        wish = _wish(control_file)
        if wish != seen:  # written anew, emptied or taken away
            seen, lain = wish, 0.0
            _lay(reader, wish[1] if wish else "none")
    reader.stop()


def _wish(path: Path | None) -> tuple[int, str] | None:
    """When the control file was written and the card it names; None while there is none."""
    try:
        return (path.stat().st_mtime_ns, path.read_text(encoding="ascii").strip()) if path else None
    except (OSError, UnicodeDecodeError):
        return None


def _lay(reader: VirtualReader, name: str) -> None:
    if name in CARDS:
        reader.put_card(name)
    else:
        reader.take_card()


if __name__ == "__main__":
    main()
