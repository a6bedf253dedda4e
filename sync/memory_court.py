"""A pretend court for tests, demonstrations and developers: the real intake in this process, and a line that misbehaves.

`MemoryCourt` is a transport for the courier's client, so that everything but the wire itself is the real thing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx2

from kiosk.clock import Clock
from sync.intake.app import Bench
from sync.intake.in_process import InProcess
from sync.intake.keys import KeyFolder
from sync.intake.registry import Registry
from sync.intake.served import Served
from sync.intake.tables import Tables

URL = "http://127.0.0.1"
T = TypeVar("T")
Stranger = Callable[[httpx2.Request], httpx2.Response | None]


class MemoryCourt(httpx2.BaseTransport):
    """A court whose line can be cut, whose answers can be lost, and in whose place others can answer."""

    def __init__(self, folder: Path, clock: Clock, database: str = "") -> None:
        self.folder, self.clock = folder, clock
        self.database = database or f"sqlite:///{folder / 'ledger.sqlite'}"
        self.keys = KeyFolder(folder / "keys")
        self.asked: list[tuple[str, int]] = []  # path and body size of every request that arrived
        self._away = False
        self._lost_path = ""
        self._cut_at = 0
        self._stranger: Stranger | None = None
        self._stranger_path = ""
        self._open()

    def _open(self) -> None:
        self.bench = Bench(Served(self.database, self.folder / "blobs", self.keys, self.clock, min_free_mb=1))
        self._inside = InProcess(self.bench)

    def client(self) -> httpx2.Client:
        """What a courier is given to reach this court."""
        return httpx2.Client(base_url=URL, transport=_Line(self), trust_env=False, follow_redirects=False)

    def issue_code(self, kiosk_id: str) -> str:
        """A one-time code, as a keeper at the court would issue it."""
        court_code = kiosk_id.partition("-")[0]
        return self._registry(lambda registry: registry.issue_code(court_code, kiosk_id, self.clock.now()))

    def _registry(self, use: Callable[[Registry], T]) -> T:
        tables = Tables.open(self.bench.served.database)
        try:
            return use(Registry(tables))
        finally:
            tables.close()

    def go_away(self) -> None:
        self._away = True

    def come_back(self) -> None:
        self._away, self._stranger = False, None

    def lose_the_answer_of(self, path: str) -> None:
        """The next request of this path is carried out, and nobody hears the answer."""
        self._lost_path = path

    def cut_the_next_bundle_at(self, size: int) -> None:
        """The court gets only so many bytes of the next bundle, and the kiosk no answer."""
        self._cut_at = size

    def answer_with(self, stranger: Stranger, only: str = "") -> None:
        """From now on somebody else answers: a portal, a proxy, a court in trouble. None lets the court answer."""
        self._stranger, self._stranger_path = stranger, only

    def revoke(self, kiosk_id: str) -> None:
        """The court strikes a kiosk off."""
        self._registry(lambda registry: registry.revoke(kiosk_id.partition("-")[0], kiosk_id, self.clock.now()))

    def restart(self) -> None:
        """The process ends and starts again on the same ledger."""
        self._inside.close()
        self.bench.close()
        self._open()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._away:
            raise httpx2.ConnectError("the line is cut", request=request)
        path, body = request.url.path, request.read()
        self.asked.append((path, len(body)))
        if self._stranger is not None and self._stranger_path in ("", path):
            strange = self._stranger(request)
            if strange is not None:
                return strange
        if path == "/v1/frames" and self._cut_at:
            request = httpx2.Request(request.method, request.url, headers=request.headers, content=body[: self._cut_at])
            self._cut_at, self._lost_path = 0, path
        answer = self._inside.handle_request(request)
        if path == self._lost_path:
            self._lost_path = ""
            raise httpx2.ReadError("the answer was lost", request=request)
        return answer

    def close(self) -> None:
        self._inside.close()
        self.bench.close()


class _Line(httpx2.BaseTransport):
    """One client's end of the line; closing it leaves the court standing."""

    def __init__(self, court: MemoryCourt) -> None:
        self._court = court

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._court.handle_request(request)
