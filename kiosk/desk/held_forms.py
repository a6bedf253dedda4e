"""Forms that a crash or a walk-away left behind the counter, and who may have one back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.clock import Clock
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.drafts import Draft, Drafts

TRIES = 3  # by last four, for all held forms together; then a clerk must help
_ID_NUMBER = re.compile(rb"(?<![0-9])\d{17}[\dXx](?![0-9])")


@dataclass(frozen=True, slots=True)
class HeldForms:
    clock: Clock
    db: Database = field(repr=False)

    def waiting(self) -> int:
        return len(self._drafts().held())

    def hold_open(self) -> None:
        """What is still open goes behind the counter."""
        with atomic(self.db):
            draft_id = self._drafts().hold()
            if draft_id is not None:
                Audit(self.db, self.clock).note(AuditEvent.DRAFT_HELD, object=draft_id)

    def by_card(self, id_number: str) -> Draft | None:
        """The form in which the number of this identity card stands."""
        wanted = id_number.strip().upper().encode()
        return self._first(lambda draft: wanted in _numbers(draft))

    def by_last_four(self, last_four: str) -> Draft | None:
        """For somebody without a card; each try counts, right or wrong."""
        wanted = last_four.strip().upper().encode()

        def fits(draft: Draft) -> bool:
            tries = self._drafts().count_try(draft.draft_id)
            return tries <= TRIES and len(wanted) == 4 and wanted in {one[-4:] for one in _numbers(draft)}

        return self._first(fits)

    def newest(self, clerk: str) -> Draft | None:
        """For a clerk who has looked at the card."""
        held = self._drafts().held()
        return self._released(held[0], clerk) if held else None

    def _first(self, fits: Callable[[Draft], bool]) -> Draft | None:
        found = next((draft for draft in self._drafts().held() if fits(draft)), None)
        return self._released(found, "person") if found else None

    def _released(self, draft: Draft, actor: str) -> Draft:
        with atomic(self.db):
            self._drafts().release(draft.draft_id)
            Audit(self.db, self.clock).note(AuditEvent.DRAFT_RELEASED, actor=actor, object=draft.draft_id)
        return draft

    def _drafts(self) -> Drafts:
        return Drafts(self.db, self.clock)


def _numbers(draft: Draft) -> set[bytes]:
    return {number.upper() for number in _ID_NUMBER.findall(draft.body)}
