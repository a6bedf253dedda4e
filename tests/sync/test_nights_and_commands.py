"""Night work, and the keepers' commands at the court."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from kiosk.clock import CHINA
from kiosk.filings.status import FilingStatus
from kiosk.sealing.keys import read_court_keys
from kiosk.store.audit import Audit, AuditState
from kiosk.store.backup import backups
from kiosk.store.filings import Filings
from kiosk.store.keys import store_key
from kiosk.wording import load_wording
from resources import folder
from sync import nightly, report
from sync.bookkeeping import Books
from sync.intake.main import cli as intake
from sync.main import cli as kiosk_sync
from sync.messenger import Outcome
from sync.wire import WireFault


def test_kiosks_start_their_night_at_different_minutes_inside_the_window():
    slots = [nightly.slot(f"110105-K{n:02d}", date(2026, 11, 23)) for n in range(200)]
    assert len(set(slots)) > 190
    assert all(slot.astimezone(CHINA).hour in (22, 23, 0, 1, 2, 3, 4, 5) for slot in slots)


def test_night_work_is_due_once_a_night_and_made_up_for_in_the_morning(kiosk, clock):
    def due() -> bool:
        return nightly.is_due(kiosk.db, kiosk.settings.kiosk_id, clock.now())

    assert not due()
    clock.pass_seconds(3 * 86400)
    assert due()
    nightly.night_work(kiosk.db, kiosk.settings, store_key(kiosk.state), clock)
    assert not due()
    assert len(backups(kiosk.state)) == 1
    clock.pass_seconds(86400)
    assert due()


def test_the_night_finds_a_sealed_file_that_went_bad_and_holds_it(kiosk, court, clock):
    good, bad = kiosk.file(), kiosk.file()
    path = kiosk.files.path(bad, 1)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    found = nightly.night_work(kiosk.db, kiosk.settings, store_key(kiosk.state), clock)
    assert (found.checked, found.damaged) == (2, 1)
    assert [kiosk.status(one) for one in (good, bad)] == [FilingStatus.STORED, FilingStatus.HELD]
    assert kiosk.round(court) is Outcome.STAFF_NEEDED


def test_a_night_walks_the_audit_chain_and_opens_the_copy_it_made(kiosk, court, clock):
    kiosk.file()
    kiosk.round(court)
    night = nightly.night_work(kiosk.db, kiosk.settings, store_key(kiosk.state), clock)
    assert (night.audit, night.backup_whole, night.sound) == (AuditState.GOOD, True, True)
    assert night.audit_seq == Audit(kiosk.db, clock).head()[0] - 2  # what it wrote itself came after
    assert nightly.last_night(kiosk.db)["backup"] == night.backup


def test_a_night_says_that_the_audit_chain_was_touched_and_that_a_copy_is_not_whole(kiosk, court, clock):
    kiosk.file()
    kiosk.round(court)
    kiosk.db.execute("DROP TRIGGER audit_never_changes")
    kiosk.db.execute("UPDATE audit SET outcome = 'nothing happened' WHERE seq = 2")
    night = nightly.night_work(kiosk.db, kiosk.settings, store_key(kiosk.state), clock)
    assert (night.audit, night.audit_seq, night.sound) == (AuditState.BROKEN, 2, False)
    copy = backups(kiosk.state)[-1]
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    assert not nightly.opens_with(copy, store_key(kiosk.state), Filings(kiosk.db).counts())


def test_the_night_timer_tells_people_and_machines_what_it_found(kiosk, tmp_path):
    """Not enrolled with any court it can reach, the kiosk still has its night."""
    file = tmp_path / "kiosk.toml"
    lines = [
        f'kiosk_id = "{kiosk.settings.kiosk_id}"',
        f'state_folder = "{kiosk.state}"',
        '[court]\nname = "北京市朝阳区人民法院"\ncode = "110105"',
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    kiosk.file()
    told = CliRunner().invoke(kiosk_sync, ["--language", "en", "nightly", "--settings", str(file)])
    assert (told.exit_code, told.exception.code) == (2, 2)
    assert "was made, opened and counted." in told.output
    machine = CliRunner().invoke(kiosk_sync, ["nightly", "--settings", str(file), "--json"])
    assert json.loads(machine.output)["night"]["sound"] is True


@pytest.fixture
def keeper(court):
    words = ["--database", court.bench.served.database, "--blobs", str(court.bench.served.blobs)]
    words += ["--keys", str(court.keys.folder)]

    def run(command: str, *more: str):
        return CliRunner().invoke(intake, [command, *words, *more], catch_exceptions=False)

    return run


def test_the_keeper_lists_shows_and_revokes(kiosk, court, keeper, tmp_path):
    filing = kiosk.file()
    kiosk.round(court)
    listed = json.loads(keeper("list", "--json").output)
    assert [(row["filing_id"], row["state"]) for row in listed] == [(filing, "received")]
    assert "1 filings" in keeper("list").output
    shown = keeper("show", listed[0]["receipt_number"], "--json", "--out", str(tmp_path / "out"))
    assert json.loads(shown.output)["header"]["name"] == "张三"
    assert (tmp_path / "out" / "complaint.pdf").read_bytes() == filing.encode() * 2000
    assert {key["use"] for key in json.loads(keeper("keys", "--json").output)} == {"seal", "receipt"}
    assert "move it to an inner host" in keeper("keys").output
    assert keeper("revoke", "--kiosk", "110105-K01").output == "1 keys revoked\n"
    assert kiosk.round(court) is Outcome.STOPPED


def test_forks_and_conflicts_stand_in_the_keepers_list(kiosk, court, keeper, ledger):
    kiosk.file()
    kiosk.round(court)
    ledger.add(
        "fork",
        "court_code, kiosk_id, epoch, seq, hash_a, hash_b, finding, at",
        ("110105", "110105-K01", 1, 1, "a", "b", "another head", "2026-11-23T04:00:00Z"),
    )
    assert "fork: kiosk 110105-K01, epoch 1, seq 1: another head" in keeper("list").output


def test_every_command_has_help():
    for group in (intake, kiosk_sync):
        for name, command in group.commands.items():
            outcome = CliRunner().invoke(group, [name, "--help"])
            assert (outcome.exit_code, bool(command.help)) == (0, True)


def test_a_kiosk_that_was_off_for_a_week_is_not_punished_by_its_clock(kiosk, court, clock):
    filing = kiosk.file()
    court.go_away()
    kiosk.round(court)
    clock.pass_seconds(timedelta(days=7).total_seconds())
    court.come_back()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert kiosk.status(filing) is FilingStatus.RECEIVED


def test_a_held_filing_is_told_in_words_and_goes_again_when_staff_say_so(kiosk, court, clock):
    held, fine = kiosk.file(), kiosk.file()
    path = kiosk.files.path(held, 1)
    whole = path.read_bytes()
    path.write_bytes(whole[:-5000])
    kiosk.round(court)
    wording = load_wording(folder("wording"))
    status = report.gather(kiosk.db, read_court_keys(kiosk.state), ("https",), clock.now(), 500)
    assert f"材料 {held} 已暂停，请工作人员查看：本机密封文件已损坏。" in report.sentences(status, wording, "zh")
    english = report.sentences(status, wording, "en")
    assert f"Filing {held} is held for staff: its sealed file on this kiosk is damaged." in english
    path.write_bytes(whole)
    books = Books(kiosk.db, clock, "https")
    assert (books.resend(held, 1), books.resend(fine, 1)) == (True, False)
    assert kiosk.round(court) is Outcome.NOTHING_WAITS


def test_every_reason_the_court_can_give_has_words():
    wording = load_wording(folder("wording"))
    reasons = [fault.value for fault in WireFault] + ["unknown suite", "not from this kiosk", "sealed to another key"]
    assert [one for one in reasons if not wording.knows("sync.reason." + one.replace(" ", "_"))] == []
