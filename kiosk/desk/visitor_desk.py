"""The desk for whoever comes back: a form kept for later, how a filing stands, how content they were."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.clock import court_day
from kiosk.desk.desk import Desk
from kiosk.desk.opening import noticing
from kiosk.desk.saving import CameBack, KeptForm, Resumed
from kiosk.filings.progress import NotTold, Progress
from kiosk.store.purge import wipe_log
from kiosk.store.ratings import Ratings


@dataclass(frozen=True, slots=True)
class VisitorDesk:
    desk: Desk = field(repr=False)

    def save_for_later(self, visit_bytes: bytes, last_four: str, language: str) -> KeptForm:
        """The form is kept although the visit ends, because its owner asks; its code is on the slip and nowhere else."""
        desk, draft_id = self.desk, self.desk.own_draft()
        with noticing(desk.settings.state):
            words = desk.settings.court.name, desk.shelf.wording, language
            return desk.finish(lambda: desk.saving.keep(draft_id, visit_bytes, last_four, *words))

    def keep_again(self, visit_bytes: bytes) -> bool:
        """What was said since the form was saved, under the code it has; False when it has none."""
        with noticing(self.desk.settings.state):
            return self.desk.finish(lambda: self.desk.saving.keep_again(visit_bytes))

    def clear_saved(self) -> None:
        """Nothing of the form this visit saved or took up stays."""
        with noticing(self.desk.settings.state):
            self.desk.saving.clear()
            wipe_log(self.desk.db)

    def resume(self, code: str, last_four: str = "") -> Resumed:
        """A saved form for its code, typed or scanned: from here it is the open one of this visit."""
        with noticing(self.desk.settings.state):
            resumed = self.desk.saving.resume(code, last_four)
        if isinstance(resumed, CameBack):
            self.desk.take_over(resumed.draft_id)
        return resumed

    def ask_after(self, typed: str, last_four: str) -> Progress | NotTold:
        """How a filing stands, for whoever has its slip and knows the last four of a number in it."""
        with noticing(self.desk.settings.state):
            return self.desk.asking_after.tell(typed, last_four)

    def rate(self, points: int) -> None:
        """One more person of this day was this content."""
        with noticing(self.desk.settings.state):
            Ratings(self.desk.db).add(court_day(self.desk.clock.now()), points)
