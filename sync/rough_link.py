"""A pretend bad network: a TCP line between kiosk and court that delays, cuts and swallows, from a seed.

Real sockets, so that the courier meets what it will meet. Which connection suffers what is drawn from the seed and
the connection's number: the same seed gives the same bad day.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from dataclasses import dataclass

PIECE_BYTES = 16 * 1024
PORTAL = b"HTTP/1.1 200 OK\r\ncontent-length: 21\r\nconnection: close\r\n\r\n<html>Sign in.</html>"
BUSY = b"HTTP/1.1 503 Busy\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Roughness:
    """How often what happens to a connection; the rest go through untouched."""

    seed: int = 1
    cut_up: float = 0.0  # cut after a few bytes of the request
    cut_down: float = 0.0  # the request arrives whole, the answer is swallowed
    refuse: float = 0.0  # cut at once
    garbage: float = 0.0  # something that is not HTTP
    portal: float = 0.0
    busy: float = 0.0
    most_bytes_up: int = 400_000  # where a cut falls at the latest


class RoughLink:
    """Listens on loopback, passes bytes on to the court, and misbehaves."""

    def __init__(self, court: tuple[str, int], roughness: Roughness) -> None:
        self.roughness = roughness
        self.bytes_up = 0
        self.suffered: list[str] = []
        self._court = court
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closing = False
        self._start(self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in list(self._open):
            _cut(end)
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: object, *values: object) -> None:
        thread = threading.Thread(target=work, args=values, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        number = 0
        while not self._closing:
            try:
                kiosk, _ = self._listener.accept()
            except OSError:
                return
            number += 1
            dice = random.Random(f"{self.roughness.seed}/{number}")  # noqa: S311 - a seeded bad day, not a secret
            self._start(self._carry, kiosk, dice)

    def _carry(self, kiosk: socket.socket, dice: random.Random) -> None:
        fate = self._fate(dice)
        self.suffered.append(fate)
        self._open.add(kiosk)
        try:
            if fate == "refuse":
                return
            if fate in ("garbage", "portal", "busy"):
                kiosk.recv(PIECE_BYTES)
                kiosk.sendall({"garbage": b"\x00\xff" * 200, "portal": PORTAL, "busy": BUSY}[fate])
                return
            with socket.create_connection(self._court, timeout=10) as court:
                self._open.add(court)
                limit = dice.randrange(1, self.roughness.most_bytes_up) if fate == "cut_up" else 0
                down = threading.Thread(target=self._down, args=(court, kiosk, fate == "cut_down"), daemon=True)
                down.start()
                self._up(kiosk, court, limit)
                down.join(10)
                self._open.discard(court)
        except OSError:
            pass
        finally:
            self._open.discard(kiosk)
            _cut(kiosk)

    def _fate(self, dice: random.Random) -> str:
        mark = dice.random()
        for name in ("cut_up", "cut_down", "refuse", "garbage", "portal", "busy"):
            mark -= getattr(self.roughness, name)
            if mark < 0:
                return name
        return "good"

    def _up(self, kiosk: socket.socket, court: socket.socket, limit: int) -> None:
        carried = 0
        with contextlib.suppress(OSError):
            while piece := kiosk.recv(PIECE_BYTES):
                if limit and carried + len(piece) >= limit:
                    court.sendall(piece[: limit - carried])
                    self.bytes_up += limit - carried
                    _cut(kiosk)
                    break
                court.sendall(piece)
                carried += len(piece)
                self.bytes_up += len(piece)
        with contextlib.suppress(OSError):
            court.shutdown(socket.SHUT_WR)

    @staticmethod
    def _down(court: socket.socket, kiosk: socket.socket, swallow: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := court.recv(PIECE_BYTES):
                if swallow:
                    _cut(kiosk)
                    return
                kiosk.sendall(piece)
        _cut(kiosk)


def _cut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
