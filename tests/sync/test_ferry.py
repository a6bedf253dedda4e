"""Stick and gate carry the same filings as the line: any file may be cut, lost, repeated or mixed up."""

from __future__ import annotations

import pytest

from kiosk.filings.frames import FrameType
from kiosk.filings.status import FilingStatus
from kiosk.sealing.keys import read_court_keys, read_device_key
from kiosk.store.receipts import Receipts
from sync import ferry
from sync.bookkeeping import Books
from sync.intake.ferry import take_by_ferry
from sync.messenger import Outcome


@pytest.fixture
def sticks(kiosk, court, tmp_path):
    class Sticks:
        up, back = tmp_path / "up", tmp_path / "back"

        def load(self, most_bytes: int = ferry.MOST_BUNDLE_BYTES) -> ferry.Exported:
            head = kiosk.courier(court.client())._head
            key = read_device_key(kiosk.state)
            return ferry.export(kiosk.outbox, kiosk.files, lambda _: head, key, self.up, most_bytes)

        def at_court(self):
            return take_by_ferry(court.bench.served, self.up, self.back)

        def home(self) -> None:
            answers = ferry.read_answers(self.back, read_court_keys(kiosk.state))
            Books(kiosk.db, kiosk.clock, ferry.CARRIER).take(answers)

    sticks = Sticks()
    sticks.up.mkdir()
    sticks.back.mkdir()
    return sticks


def test_filings_go_by_stick_and_their_receipts_come_home(kiosk, sticks, ledger):
    filings = [kiosk.file() for _ in range(3)]
    assert sticks.load().filings == 3
    taken = sticks.at_court()
    assert (taken.bundles, taken.receipts, taken.unknown) == (1, 3, 0)
    assert kiosk.statuses() == {FilingStatus.STORED: 3}
    sticks.home()
    assert kiosk.statuses() == {FilingStatus.RECEIVED: 3}
    assert Receipts(kiosk.db).get(filings[0]).carrier == "ferry"
    assert sticks.load().filings == 0


def test_stick_and_line_together_give_each_filing_once_with_one_receipt(kiosk, court, sticks, ledger):
    filing = kiosk.file()
    sticks.load()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    first = Receipts(kiosk.db).get(filing).body
    sticks.at_court()
    sticks.home()
    assert Receipts(kiosk.db).get(filing).body == first
    assert len(ledger.all("SELECT 1 FROM filing")) == 1


def test_any_beginning_of_a_bundle_any_number_of_times_is_harmless(kiosk, sticks, ledger):
    filings = [kiosk.file() for _ in range(2)]
    (path,) = sticks.load().files
    whole = path.read_bytes()
    for cut in (0, 10, 500, len(whole) // 3, len(whole) // 2, len(whole) - 1, len(whole)):
        path.write_bytes(whole[:cut])
        sticks.at_court()
    sticks.at_court()
    sticks.home()
    assert [row[0] for row in ledger.all("SELECT filing_id FROM filing ORDER BY log_index")] == filings
    assert kiosk.statuses() == {FilingStatus.RECEIVED: 2}


def test_bundles_keep_to_their_size_and_a_lost_one_is_only_late(kiosk, sticks, ledger):
    for _ in range(4):
        kiosk.file()
    made = sticks.load(most_bytes=150_000)
    assert len(made.files) > 1
    made.files[0].unlink()
    sticks.at_court()
    sticks.home()
    assert FilingStatus.STORED in kiosk.statuses()
    sticks.load()
    sticks.at_court()
    sticks.home()
    assert kiosk.statuses() == {FilingStatus.RECEIVED: 4}


def test_files_of_strangers_and_forged_receipts_are_passed_over(kiosk, court, sticks, ledger, make_kiosk):
    kiosk.file()
    (path,) = sticks.load().files
    court.revoke("110105-K01")
    taken = sticks.at_court()
    assert (taken.bundles, taken.unknown) == (0, 1)
    sticks.back.joinpath("x.bundle").write_bytes(path.read_bytes() + b"junk")
    forged = ferry.BundleFile(sticks.back, "forged", b"{}")
    forged.add(FrameType.RECEIPT, b'{"body":{},"key_id":"0","signature":"0"}')
    forged.close(read_device_key(kiosk.state))
    sticks.home()
    assert kiosk.statuses() == {FilingStatus.STORED: 1}


def test_a_damaged_sealed_file_is_left_out_and_the_others_go(kiosk, sticks):
    bad, good = kiosk.file(), kiosk.file()
    kiosk.files.path(bad, 1).unlink()
    assert sticks.load().filings == 1
    sticks.at_court()
    sticks.home()
    assert [kiosk.status(one) for one in (bad, good)] == [FilingStatus.STORED, FilingStatus.RECEIVED]
