"""The audit log only grows, and whoever gets around that is found."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as engine

from kiosk.clock import StillClock
from kiosk.store.audit import Audit, AuditFinding, AuditState, row_hash
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic

TRIGGERS = ("audit_only_grows", "audit_never_changes", "audit_never_shrinks")


@pytest.fixture
def audit(db: Database, clock: StillClock) -> Audit:
    log = Audit(db, clock)
    for number in range(1, 9):
        log.note(AuditEvent.FILING_VIEWED, actor="1001", object=f"filing {number}", pages=number)
        clock.pass_seconds(60)
    return log


@pytest.fixture
def unguarded(audit: Audit) -> Audit:
    """The same log for somebody with the key and a database shell."""
    for trigger in TRIGGERS:
        audit.db.execute(f"DROP TRIGGER {trigger}")
    return audit


def rebuild_from(audit: Audit, seq: int) -> None:
    """What a clever forger does after an edit: give every later row a fitting hash."""
    prev = audit.db.execute("SELECT hash FROM audit WHERE seq = ?", [seq - 1]).fetchone()[0]
    for row in list(audit.rows(after=seq - 1)):
        fields = [
            row.seq,
            row.at,
            row.boot_id,
            row.mono_ms,
            row.actor,
            row.event,
            row.object,
            row.outcome,
            row.body,
            prev,
        ]
        audit.db.execute("UPDATE audit SET prev_hash = ?, hash = ? WHERE seq = ?", [prev, row_hash(fields), row.seq])
        prev = row_hash(fields)


def test_an_honest_log_verifies_and_its_head_is_its_last_row(audit: Audit):
    seq, head = audit.head()
    assert audit.verify() == AuditFinding(AuditState.GOOD, 8)
    assert audit.verify({seq: head}) == AuditFinding(AuditState.GOOD, 8)
    assert [row.hash for row in audit.rows()][-1] == head


def test_a_row_says_who_did_what_to_what_when(audit: Audit, clock: StillClock):
    row = next(iter(audit.rows(after=2, limit=1)))
    assert (row.seq, row.at, row.actor, row.event, row.object, row.outcome, json.loads(row.body)) == (
        3,
        "2026-11-23T01:32:00.000000Z",
        "1001",
        "filing viewed",
        "filing 3",
        "ok",
        {"pages": 3},
    )


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit SET actor = '1002' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 8",
        "INSERT OR REPLACE INTO audit SELECT seq, at, boot_id, mono_ms, '1002', event, object, outcome, body, prev_hash,"
        " hash FROM audit WHERE seq = 3",
        "REPLACE INTO audit SELECT * FROM audit WHERE seq = 8",
        "INSERT INTO audit SELECT 99, at, boot_id, mono_ms, actor, event, object, outcome, body, prev_hash, hash"
        " FROM audit WHERE seq = 8",
        "INSERT INTO audit SELECT 9, at, boot_id, mono_ms, actor, event, object, outcome, body, prev_hash, hash"
        " FROM audit WHERE seq = 8",
        "INSERT INTO audit SELECT NULL, at, boot_id, mono_ms, actor, event, object, outcome, body, prev_hash, hash"
        " FROM audit WHERE seq = 8",
        "UPDATE OR REPLACE audit SET seq = 4 WHERE seq = 3",
    ],
)
def test_sql_through_the_front_door_changes_nothing(audit: Audit, attack: str):
    before = list(audit.rows())
    with pytest.raises(engine.IntegrityError, match="the audit log"):
        audit.db.execute(attack)
    assert list(audit.rows()) == before


def test_an_edit_is_found(unguarded: Audit):
    unguarded.db.execute("UPDATE audit SET actor = '1002' WHERE seq = 3")
    assert unguarded.verify() == AuditFinding(AuditState.BROKEN, 3)


def test_a_missing_row_is_found(unguarded: Audit):
    unguarded.db.execute("DELETE FROM audit WHERE seq = 3")
    assert unguarded.verify() == AuditFinding(AuditState.BROKEN, 3)


def test_two_rows_changed_over_are_found(unguarded: Audit):
    for old, new in ((3, 100), (4, 3), (100, 4)):
        unguarded.db.execute("UPDATE audit SET seq = ? WHERE seq = ?", [new, old])
    assert unguarded.verify() == AuditFinding(AuditState.BROKEN, 3)


def test_a_row_put_in_between_is_found(unguarded: Audit):
    unguarded.db.execute("UPDATE audit SET seq = seq + 100 WHERE seq > 4")
    unguarded.db.execute("UPDATE audit SET seq = seq - 99 WHERE seq > 100")
    unguarded.db.execute(
        "INSERT INTO audit SELECT 5, at, boot_id, mono_ms, actor, event, object, outcome, body, prev_hash, hash"
        " FROM audit WHERE seq = 4"
    )
    assert unguarded.verify() == AuditFinding(AuditState.BROKEN, 5)


def test_a_cut_tail_is_found_by_an_anchor_and_by_nothing_else(unguarded: Audit):
    seq, head = unguarded.head()
    unguarded.db.execute("DELETE FROM audit WHERE seq > 6")
    assert unguarded.verify() == AuditFinding(AuditState.GOOD, 6)
    assert unguarded.verify({seq: head}) == AuditFinding(AuditState.CUT_SHORT, 7)


def test_an_edit_with_every_later_hash_rebuilt_is_found_by_an_anchor_and_by_nothing_else(unguarded: Audit):
    seq, head = unguarded.head()
    unguarded.db.execute("UPDATE audit SET actor = '1002' WHERE seq = 3")
    rebuild_from(unguarded, 3)
    assert unguarded.verify() == AuditFinding(AuditState.GOOD, 8)
    assert unguarded.verify({seq: head}) == AuditFinding(AuditState.BROKEN, 8)


def test_checking_from_the_last_anchor_looks_at_the_rest_only(unguarded: Audit):
    anchor = {5: unguarded.db.execute("SELECT hash FROM audit WHERE seq = 5").fetchone()[0]}
    unguarded.db.execute("UPDATE audit SET actor = '1002' WHERE seq = 3")
    assert unguarded.verify(anchor, since=5) == AuditFinding(AuditState.GOOD, 8)
    unguarded.db.execute("UPDATE audit SET actor = '1002' WHERE seq = 6")
    assert unguarded.verify(anchor, since=5) == AuditFinding(AuditState.BROKEN, 6)


def test_checking_from_an_anchor_that_is_gone_or_changed_says_so(unguarded: Audit):
    anchor = {5: unguarded.db.execute("SELECT hash FROM audit WHERE seq = 5").fetchone()[0]}
    assert unguarded.verify({5: bytes(32)}, since=5) == AuditFinding(AuditState.BROKEN, 5)
    unguarded.db.execute("DELETE FROM audit WHERE seq > 3")
    assert unguarded.verify(anchor, since=5) == AuditFinding(AuditState.CUT_SHORT, 4)


def test_a_note_is_part_of_the_transaction_it_stands_in(audit: Audit):
    class Change(Exception):
        pass

    def note_and_regret() -> None:
        with atomic(audit.db):
            audit.note(AuditEvent.PURGED, count=3)
            raise Change

    with pytest.raises(Change):
        note_and_regret()
    assert audit.head()[0] == 8


def test_two_writers_make_one_chain(opened: Callable[[], Database], clock: StillClock):
    here, there = Audit(opened(), clock), Audit(opened(), clock)
    for _ in range(20):
        here.note(AuditEvent.BATCH_SENT, actor="sync")
        there.note(AuditEvent.FILING_STORED)
    assert here.verify() == AuditFinding(AuditState.GOOD, 40)


def test_twenty_thousand_rows_verify_well_within_a_second(db: Database, clock: StillClock):
    audit = Audit(db, clock)
    with atomic(db):
        for _ in range(20_000):
            audit.note(AuditEvent.FILING_VIEWED, actor="1001", object="0105-261123-0007-K3")
    began = time.perf_counter()
    assert audit.verify() == AuditFinding(AuditState.GOOD, 20_000)
    assert time.perf_counter() - began < 1.0


def test_every_event_is_explained(root: Path):
    page = (root / "docs" / "audit-events.md").read_text(encoding="utf-8")
    explained = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(explained) == sorted(event.value for event in AuditEvent)
