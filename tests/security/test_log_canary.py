"""Nothing a person said reaches a log, an exception, a repr or the audit log, whatever goes wrong on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as engine

from kiosk import journal
from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.filings.content import Readable, dump_readable, load_readable
from kiosk.filings.filing import CompletedForm, FilingSummary, Submission
from kiosk.filings.ink import Ink, InkPoint
from kiosk.ids import PackId
from kiosk.settings import Settings
from kiosk.store.audit import Audit
from kiosk.store.drafts import Drafts
from kiosk.store.readable import Readable as ReadableDrawer

CANARY = "卡纳里甲乙丙"
NUMBER = "11010519491231002X"


def submission() -> Submission:
    answers = {"plaintiff": [{"person": {"name": CANARY, "id_number": NUMBER}}], "facts": {"story": CANARY * 50}}
    return Submission(
        CompletedForm(PackId("private_lending"), "2026.1", "zh", answers),
        {"/data/x": Ink(9, 9, ((InkPoint(1, 2, 3),),))},
        (),
        (),
    )


def papers() -> Papers:
    return Papers(submission(), CANARY.encode() * 99, "民间借贷纠纷")


def is_clean(text: str) -> bool:
    spelled = (CANARY, NUMBER, repr(CANARY.encode())[2:-1], CANARY.encode("ascii", "backslashreplace").decode())
    return not any(word in text for word in spelled)


@pytest.fixture
def desk(open_desk: Callable[[], Desk], settings: Settings) -> Iterator[Desk]:
    journal.begin(settings.state / "log", "kiosk", SystemClock().now)
    desk = open_desk()
    yield desk
    desk.db.close()
    journal.end()


def write(desk: Desk, table: str) -> None:
    if table == "draft":
        desk.save_draft((CANARY + NUMBER).encode())
    else:
        desk.file(papers())


def breakages() -> list[str]:
    return [
        "CREATE TRIGGER b BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'no'); END",
        "ALTER TABLE {table} RENAME TO gone",
    ]


@pytest.mark.parametrize("table", ["filing", "readable", "outbox", "chain", "print_job", "draft"])
@pytest.mark.parametrize("breakage", breakages())
def test_a_store_that_breaks_says_nothing_of_the_answers(desk: Desk, settings: Settings, table: str, breakage: str):
    desk.start_draft()
    if table != "draft":
        desk.save_draft((CANARY + NUMBER).encode())
    desk.db.execute("PRAGMA foreign_keys = OFF").fetchall()
    desk.db.execute(breakage.format(table=table))
    with pytest.raises(engine.DatabaseError) as caught:
        write(desk, table)
    journal.note_exception("filing not stored", caught.value)
    chain: BaseException | None = caught.value
    while chain is not None:
        assert is_clean(f"{chain!r} {chain}")
        chain = chain.__cause__ or chain.__context__
    assert is_clean((settings.state / "log" / "kiosk.jsonl").read_text(encoding="utf-8"))


def test_the_audit_log_of_a_whole_visit_holds_no_answer(desk: Desk):
    desk.save_draft((CANARY + NUMBER).encode())
    filed = desk.file(papers())
    desk.drop_draft()
    pin = desk.enrol_clerk("1001", "王芳")
    desk.sign_in("1001", "12345678")
    desk.sign_in("1001", pin)
    desk.look_up(filed.ticket_number)
    desk.look_up(CANARY)
    desk.recent()
    desk.reprint(filed.ticket_number)
    said = " ".join(map(repr, Audit(desk.db, desk.clock).rows()))
    assert is_clean(said)
    assert pin not in said
    assert len(said) > 1000


def test_no_value_shows_its_words_in_its_repr(desk: Desk):
    desk.save_draft((CANARY + NUMBER).encode())
    draft = Drafts(desk.db, desk.clock).open_draft()
    filed = desk.file(papers())
    desk.sign_in_service_user()
    summary = desk.look_up(filed.ticket_number)
    kept = ReadableDrawer(desk.db).get(filed.filing_id)
    assert isinstance(summary, FilingSummary)
    assert CANARY in summary.parties
    assert kept is not None
    values: list[object] = [submission(), papers(), draft, summary, kept, load_readable(kept.body), desk]
    for value in values:
        assert is_dataclass(value)
        assert is_clean(repr(value)), type(value).__name__


def test_the_readable_copy_is_what_was_answered():
    answers = dict(submission().form.answers)
    readable = Readable("民间借贷纠纷", "zh", answers)
    assert load_readable(dump_readable(readable)) == readable
    assert json.loads(dump_readable(readable))["answers"] == answers


def test_every_field_that_may_hold_words_is_kept_out_of_reprs():
    """A new field of a value that holds people's words is hidden or listed here."""
    shown = {field.name for field in fields(Submission) if field.repr}
    assert shown == {"form", "notices", "materials_brought", "priority", "scans", "court_reached"}
    assert {field.name for field in fields(CompletedForm) if field.repr} == {"pack_id", "pack_version", "language"}


def test_the_log_of_a_good_day_is_ids_only(desk: Desk, settings: Settings):
    desk.file(papers())
    lines = (settings.state / "log" / "kiosk.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["filing stored"]
    assert is_clean("\n".join(lines))


def test_the_state_folder_holds_only_what_the_design_names(desk: Desk, settings: Settings):
    desk.save_draft(b"x")
    desk.file(papers())
    desk.settle()
    folders = {path.name for path in settings.state.iterdir()}
    assert folders == {"court", "keys", "store", "sealed", "high-water", "submit.lock", "log"}
    assert Path(settings.state / "keys" / "device.key").exists() is False
