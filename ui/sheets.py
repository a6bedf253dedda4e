"""Sheets of cases on the desk's thread: what the visit wishes, done there, and the facts that come back.

The import itself is made, used and dropped on the desk's thread; nothing here touches it but the work that is sent over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, assert_never

from kiosk.errors import KioskTrouble
from kiosk.visit import events as e
from kiosk.visit import wishes as w

if TYPE_CHECKING:
    from kiosk.bulk.clerk_import import ClerkImport
    from kiosk.desk import Desk

Ask = Callable[[Callable[[Any], Any], Callable[[Any], None]], None]


class Sheets:
    def __init__(self, ask: Ask, take: Callable[[e.Event], None], printing: Callable[[str], None]) -> None:
        self._ask, self._take, self._printing = ask, take, printing
        self._import: ClerkImport | None = None  # the desk's thread's

    def grant(self, wish: w.ImportWish, clerk: str, language: str) -> None:
        self._ask(lambda desk: self._work(desk, wish, clerk, language), self._came)

    def _work(self, desk: Desk, wish: w.ImportWish, clerk: str, language: str) -> e.Event | None:
        if self._import is None or self._import.clerk != clerk:
            from kiosk.bulk.clerk_import import ClerkImport

            self._import = ClerkImport(desk, clerk)
        match wish:
            case w.ListSheets():
                return self._import.look()
            case w.CheckSheet(code=code, pack_id=pack_id):
                return self._import.check(code, pack_id)
            case w.FileSheet(summary=summary):
                return self._import.file(summary, language)
            case w.GoOn():
                return self._import.go_on()
            case w.StopSheet():
                return self._import.stop()
            case _:
                assert_never(wish)

    def _came(self, outcome: e.Event | KioskTrouble | None) -> None:
        if isinstance(outcome, KioskTrouble):
            self._take(e.ImportFailed(outcome.key, outcome.places))
        elif outcome is not None:
            if isinstance(outcome, e.SheetFiled) and outcome.outcome.summary:
                self._printing(outcome.outcome.summary)
            self._take(outcome)
