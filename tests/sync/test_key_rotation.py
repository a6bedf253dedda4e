"""The court's keys change while kiosks are away: each finds its way from the key it knows, and from no other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.filings.canonical import parse
from kiosk.filings.status import FilingStatus
from kiosk.sealing.keys import KeyUse, read_court_keys, read_device_key, read_notice_key
from kiosk.sealing.signing import SigningKey
from kiosk.store.receipts import Receipts
from sync import ferry
from sync.bookkeeping import Books
from sync.intake.ferry import take_by_ferry
from sync.intake.keys import key_changes, read_signing_key, rotate
from sync.intake.opening import open_filing
from sync.key_news import learned, told_key
from sync.main import Post
from sync.messenger import Outcome


def turn(court, ledger, clock, use: KeyUse):
    clock.pass_seconds(60)
    key = rotate(ledger, court.keys, use, clock.now())
    court.restart()
    return key


def test_a_kiosk_that_missed_three_receipt_keys_believes_the_fourth(kiosk, court, ledger, clock):
    filing = kiosk.file()
    for _ in range(3):
        turn(court, ledger, clock, KeyUse.RECEIPT)
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    signed = parse(Receipts(kiosk.db).get(filing).body, 10_000)
    assert signed["key_id"] == read_signing_key(court.keys).public.key_id
    assert len([key for key in read_court_keys(kiosk.state).keys if key.use is KeyUse.RECEIPT]) == 4


def test_from_the_next_greeting_on_filings_are_sealed_to_the_new_key_and_both_open(kiosk, court, ledger, clock):
    before = kiosk.file()
    key = turn(court, ledger, clock, KeyUse.SEAL)
    kiosk.round(court)
    clock.pass_seconds(1)
    assert [one.key_id for one in read_court_keys(kiosk.state).recipients(clock.now())] == [key.key_id]
    after = kiosk.file()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    for filing in (before, after):
        _, opened = open_filing(ledger, court.bench.served.blobs, court.keys.folder, filing)
        assert opened.header["name"] == "张三"


def test_a_running_court_takes_what_is_sealed_to_a_key_made_meanwhile(kiosk, court, ledger, clock):
    clock.pass_seconds(60)
    rotate(ledger, court.keys, KeyUse.SEAL, clock.now())
    kiosk.round(court)
    clock.pass_seconds(1)
    filing = kiosk.file()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert kiosk.status(filing) is FilingStatus.RECEIVED


def test_a_key_nobody_we_know_has_signed_is_not_learned(kiosk, court, ledger, clock):
    turn(court, ledger, clock, KeyUse.RECEIPT)
    turn(court, ledger, clock, KeyUse.RECEIPT)
    first, second = (parse(one, 10_000) for one in key_changes(ledger))
    keys = read_court_keys(kiosk.state)
    assert len(learned(keys, [first, second]).keys) == len(keys.keys) + 2
    assert learned(keys, [second]) == keys
    thief = SigningKey.make()
    made_up = told_key(read_court_keys(kiosk.state).keys[0], thief)
    assert learned(keys, [made_up, {"body": {}, "key_id": "x", "signature": ""}, {}]) == keys


def test_a_court_whose_new_key_the_old_one_never_told_is_not_our_court(kiosk, court, ledger, clock):
    filing = kiosk.file()
    turn(court, ledger, clock, KeyUse.RECEIPT)
    ledger.change("DELETE FROM key_change")
    assert kiosk.round(court) is Outcome.STOPPED
    assert kiosk.status(filing) is FilingStatus.STORED


def test_new_keys_come_on_a_stick_with_the_receipts_they_sign(kiosk, court, ledger, clock, tmp_path: Path):
    filing = kiosk.file()
    turn(court, ledger, clock, KeyUse.RECEIPT)
    out, back = tmp_path / "out", tmp_path / "back"
    out.mkdir()
    back.mkdir()
    post, keys = Post(kiosk.settings, kiosk.db, None, clock), read_court_keys(kiosk.state)
    ferry.export(kiosk.outbox, kiosk.files, lambda name: post.head(keys, name), read_device_key(kiosk.state), out)
    take_by_ferry(court.bench.served, out, back)
    assert ferry.read_answers(back, keys, None).receipts == ()
    answers = ferry.read_answers(back, ferry.read_keys(back, keys), read_notice_key(kiosk.state))
    Books(kiosk.db, clock, ferry.CARRIER).take(answers)
    assert kiosk.status(filing) is FilingStatus.RECEIVED


@pytest.mark.parametrize("cut", ["write_durably", "_announce"])
def test_a_rotation_cut_off_leaves_a_court_that_works(kiosk, court, ledger, clock, monkeypatch, cut):
    def power_cut(*_: object) -> None:
        raise OSError("power cut")

    for use in (KeyUse.SEAL, KeyUse.RECEIPT):
        monkeypatch.setattr(f"sync.intake.keys.{cut}", power_cut)
        if (cut, use) != ("write_durably", KeyUse.SEAL):
            with pytest.raises(OSError, match="power cut"):
                rotate(ledger, court.keys, use, clock.now())
        monkeypatch.undo()
    court.restart()
    filing = kiosk.file()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    clock.moment += timedelta(seconds=1)
    open_filing(ledger, court.bench.served.blobs, court.keys.folder, filing)
