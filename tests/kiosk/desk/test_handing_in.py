"""Handing in: everything or nothing, once, and only then a ticket."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.status import FilingStatus
from kiosk.sealing.digest import sm3_hex
from kiosk.sealing.keys import court_keys_path
from kiosk.sealing.seal import open_sealed
from kiosk.settings import Settings
from kiosk.slips.job import JobState
from kiosk.slips.parts import dump_slip
from kiosk.store.audit import Audit
from kiosk.store.filings import Filings
from kiosk.store.high_water import HighWater, mark_of
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import SealedFiles
from kiosk.store.spool import Spool

Make = Callable[..., Papers]


def tables_with_rows(desk: Desk) -> set[str]:
    names = [row[0] for row in desk.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    return {name for name in names if desk.db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]}


def test_one_transaction_writes_the_filing_its_words_its_journey_its_slip_and_its_note(desk: Desk, papers: Make):
    desk.save_draft(b"answers")
    filed = desk.file(papers())
    assert filed.ticket_number.startswith("0105-261123-0001-")
    assert tables_with_rows(desk) - {"audit", "meta", "sqlite_sequence"} == {
        "filing", "readable", "outbox", "chain", "print_job", "draft",
    }  # fmt: skip
    events = [(row.event, row.object) for row in Audit(desk.db, desk.clock).rows()]
    assert events == [("kiosk started", ""), ("filing stored", filed.filing_id)]
    row = Filings(desk.db).get(filed.filing_id)
    assert row is not None
    assert (row.status, row.pages, row.language) == (FilingStatus.STORED, 2, "zh")


def test_the_court_opens_exactly_what_was_handed_in(desk: Desk, papers: Make, settings: Settings, court):
    made = papers()
    filed = desk.file(made)
    desk.settle()
    files = SealedFiles(settings.state / "sealed")
    envelope, written = files.envelope(filed.filing_id, 1)
    chunks = {
        place.sha256: files.chunk(filed.filing_id, 1, place.offset, place.size)
        for place in Outbox(desk.db).chunks(filed.filing_id, 1)
    }
    opened = open_sealed(envelope, {court.key.key_id: court.private}, chunks)
    assert opened.attachments[0].data == made.complaint
    header = opened.header
    assert header["answers"] == made.submission.form.answers
    assert header["ticket_number"] == filed.ticket_number
    assert header["complaint"] == {
        "pages": 2,
        "sha256": sha256_hex(made.complaint),
        "sm3": sm3_hex(made.complaint),
    }
    assert header["materials"] == ["complaint", "id_copy"]
    assert [one["id"] for one in header["notices"]] == ["privacy"]
    assert header["signatures"]["/data/plaintiff[1]/signing/signature"]["strokes"] == [[[1, 2, 0], [3, 4, 16]]]
    row = Filings(desk.db).get(filed.filing_id)
    assert row is not None
    assert row.envelope_sha256 == sha256_hex(written)


def test_the_draft_is_gone_with_the_filing(desk: Desk, open_desk: Callable[[], Desk], papers: Make):
    desk.save_draft(b"answers")
    desk.file(papers())
    assert open_desk().held_draft() is None


def test_pressed_twice_it_is_one_filing_and_one_ticket(desk: Desk, papers: Make):
    desk.save_draft(b"answers")
    first, second = desk.file(papers()), desk.file(papers())
    assert first == second
    assert len(Filings(desk.db).newest()) == 1
    assert len(Spool(desk.db).in_state(JobState.QUEUED)) == 1


def test_filings_without_a_visit_are_each_their_own(desk: Desk, papers: Make):
    assert desk.file(papers()).filing_id != desk.file(papers()).filing_id


def test_the_next_visit_is_the_next_ticket_and_the_next_day_begins_at_one(desk: Desk, papers: Make, clock: StillClock):
    numbers = []
    for _ in range(3):
        desk.save_draft(b"answers")
        numbers.append(desk.file(papers()).ticket_number)
        desk.drop_draft()
    clock.pass_seconds(24 * 3600)
    numbers.append(desk.file(papers()).ticket_number)
    assert [number[:16] for number in numbers] == [
        "0105-261123-0001", "0105-261123-0002", "0105-261123-0003", "0105-261124-0001",
    ]  # fmt: skip


def test_each_envelope_names_the_one_before_and_the_counter_follows(desk: Desk, papers: Make, settings: Settings):
    first, second = desk.file(papers()), desk.file(papers())
    entries = [Outbox(desk.db).get(one.filing_id) for one in (first, second)]
    assert entries[0] is not None
    assert entries[1] is not None
    assert [entry.place.seq for entry in entries if entry] == [1, 2]
    assert entries[1].place.prev_hash == entries[0].envelope_sha256
    desk.settle()
    assert HighWater(settings.state / "high-water").read() == mark_of(entries[1].place, entries[1].envelope_sha256)


def test_the_slip_says_number_pages_and_warning_and_no_name(desk: Desk, papers: Make):
    filed = desk.file(papers())
    said = dump_slip(desk.slip(filed.ticket_number))
    digest = sm3_hex(papers().complaint)[:16].upper()
    for words in (filed.ticket_number, digest, "民间借贷纠纷", "2026-12-10", "北京市朝阳区人民法院"):
        assert words in said
    for private in ("卡纳里甲", "欧阳", "11010519491231002X", "13800138000"):
        assert private not in said


def test_a_commit_that_fails_leaves_nothing_and_keeps_the_draft(desk: Desk, papers: Make, settings: Settings):
    desk.save_draft(b"answers")
    desk.db.execute("CREATE TRIGGER full BEFORE INSERT ON print_job BEGIN SELECT raise(ABORT, 'no room'); END")
    with pytest.raises(Exception, match="no room"):
        desk.file(papers())
    desk.settle()
    assert list(SealedFiles(settings.state / "sealed").all()) == []
    assert Filings(desk.db).newest() == ()
    assert [row.event for row in Audit(desk.db, desk.clock).rows()][-1] == "filing not stored"
    assert desk.held_draft() == b"answers"
    desk.db.execute("DROP TRIGGER full")
    assert desk.file(papers()).ticket_number.startswith("0105-261123-0001-")


def test_a_kiosk_that_is_not_enrolled_takes_no_filing(desk: Desk, papers: Make, settings: Settings):
    court_keys_path(settings.state).unlink()
    with pytest.raises(KioskTrouble, match=r"sealing\.not_enrolled"):
        desk.file(papers())


def test_on_a_disk_nearly_full_nobody_begins_but_whoever_began_may_end(desk: Desk, papers: Make, settings: Settings):
    desk.start_draft()
    desk.save_draft(b"answers")
    keeping = settings.keeping._replace(min_free_mb=10**9)
    desk.settings = settings._replace(keeping=keeping)
    assert not desk.has_room()
    desk.save_draft(b"more answers")
    assert desk.file(papers()).ticket_number
    desk.drop_draft()
    with pytest.raises(KioskTrouble, match=r"store\.disk_low"):
        desk.save_draft(b"the next person")
    with pytest.raises(KioskTrouble, match=r"store\.disk_low"):
        desk.file(papers())
    words = desk.shelf.wording.say("store.disk_low", "zh", free=1, least=500)
    assert "500 MB" in words


def test_nothing_private_is_in_the_repr_of_what_the_desk_handles(desk: Desk, papers: Make):
    made = papers()
    desk.save_draft("卡纳里甲".encode())
    filed = desk.file(made)
    said = f"{made!r} {filed!r} {desk!r} {Filings(desk.db).newest()!r} {desk.slip(filed.ticket_number)!r}"
    assert "卡纳里" not in said
    assert "11010519491231002X" not in said


def test_a_new_form_version_on_the_shelf_does_not_take_an_old_form(desk: Desk, papers: Make):
    from kiosk.errors import KioskBug

    with pytest.raises(KioskBug, match="on the shelf"):
        desk.papers(papers().submission)
