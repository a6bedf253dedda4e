"""What the desk does for whoever comes back, and for whoever wants to: wishes in, facts out.

Beside the lobby, which holds the visit. A form that opens goes to the lobby to be taken up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, assert_never

from kiosk.desk.saving import AskLastFour, CameBack, KeptForm, NotResumed, Resumed
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.errors import KioskTrouble
from kiosk.filings.progress import NotTold, Progress
from kiosk.visit import events as e
from kiosk.visit import wishes as w

Ask = Callable[[Callable[[Any], Any], Callable[[Any], None]], None]


class Visitors:
    def __init__(
        self,
        ask: Ask,
        tell: Callable[[e.Event], None],
        follow_paper: Callable[[str], None],
        take_up: Callable[[bytes, datetime], None],
    ) -> None:
        self._ask, self._tell = ask, tell
        self._follow_paper, self._take_up = follow_paper, take_up

    def grant(self, wish: w.VisitorWish, language: str) -> None:
        match wish:
            case w.KeepForm(body=body, last_four=last_four):
                self._ask(lambda desk: VisitorDesk(desk).save_for_later(body, last_four, language), self._kept)
            case w.KeepAgain(body=body):
                self._ask(lambda desk: VisitorDesk(desk).keep_again(body), self._nothing)
            case w.ClearKept():
                self._ask(lambda desk: VisitorDesk(desk).clear_saved(), self._nothing)
            case w.ResumeForm(code=code, last_four=last_four):
                self._ask(lambda desk: VisitorDesk(desk).resume(code, last_four), self._resumed)
            case w.AskAfter(number=number, last_four=last_four):
                self._ask(lambda desk: VisitorDesk(desk).ask_after(number, last_four), self._told)
            case w.Rate(points=points):
                self._ask(lambda desk: VisitorDesk(desk).rate(points), self._nothing)
            case _:
                assert_never(wish)

    def _kept(self, outcome: KeptForm | KioskTrouble) -> None:
        if isinstance(outcome, KioskTrouble):
            self._tell(e.ErrandFailed(outcome.key))
            return
        self._tell(e.FormKept(outcome.code, outcome.until))
        self._follow_paper(outcome.paper)

    def _resumed(self, outcome: Resumed | KioskTrouble) -> None:
        match outcome:
            case CameBack(body=body, until=until):
                self._take_up(body, until)
            case AskLastFour():
                self._tell(e.LastFourAsked())
            case NotResumed(key=key, wait_seconds=seconds):
                self._tell(e.NotResumed(key, seconds))
            case KioskTrouble():
                self._tell(e.ErrandFailed(outcome.key))
            case _:
                assert_never(outcome)

    def _told(self, outcome: Progress | NotTold | KioskTrouble) -> None:
        if isinstance(outcome, KioskTrouble):
            self._tell(e.ErrandFailed(outcome.key))
        else:
            self._tell(e.ProgressTold(outcome))

    def _nothing(self, outcome: object) -> None:
        """Nothing on the screen hangs on it; the desk has logged a trouble itself."""
