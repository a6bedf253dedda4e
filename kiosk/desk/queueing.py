"""排队取号单: a number of the lobby's queue, on this kiosk's paper.

The queue is the court's. It says the number, how many wait and for how long; the kiosk prints that and makes up nothing.
The same number on the same day is one ticket.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.clock import court_day
from kiosk.desk.desk import Desk
from kiosk.desk.opening import noticing
from kiosk.slips.slip import QueueFacts, queue_ticket
from kiosk.store.spool import Spool


@dataclass(frozen=True, slots=True)
class Queueing:
    desk: Desk = field(repr=False)

    def print_ticket(self, number: str, business: str, waiting: int, minutes: int, window: str, language: str) -> None:
        court, now = self.desk.settings.court, self.desk.clock.now()
        facts = QueueFacts(
            court_name=court.name,
            queue_number=number,
            business=business,
            taken_at=now,
            waiting=waiting,
            minutes=minutes,
            window=window or court.window,
            hotline=court.hotline,
            hall=court.hall,
        )
        slip = queue_ticket(facts, self.desk.shelf.wording, language)
        with noticing(self.desk.settings.state):
            Spool(self.desk.db).queue(slip.kind, f"{court_day(now):%y%m%d}-{number}", slip, now)
