"""The intake's disk fails at any call, or the process dies between chunk and row: no receipt without its filing."""

from __future__ import annotations

import os

import pytest

from kiosk.filings.status import FilingStatus
from kiosk.store.sealed_files import BrittleDisk
from sync.intake.chunks import Chunks
from sync.intake.opening import open_filing
from sync.messenger import Outcome


def segments(court) -> list[str]:
    return sorted(path.name for path in court.bench.served.blobs.iterdir() if "segment" in path.name)


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_disk_that_gives_up_means_no_receipt_and_a_later_round_delivers(kiosk, court, ledger, clock, call):
    filing = kiosk.file()
    court.bench.ledger._chunks = Chunks(court.bench.served.blobs, BrittleDisk(call))
    assert kiosk.round(court) is Outcome.SOMETHING_WAITS
    assert ledger.all("SELECT 1 FROM filing") + ledger.all("SELECT 1 FROM chunk") == []
    clock.pass_seconds(3600)
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert [row[0] for row in ledger.all("SELECT filing_id FROM filing")] == [filing]


def test_chunks_are_durable_before_their_rows(kiosk, court):
    kiosk.file()
    disk = BrittleDisk()
    court.bench.ledger._chunks = Chunks(court.bench.served.blobs, disk)
    kiosk.round(court)
    assert disk.calls == ["fsync", "rename", "fsync folder"]


def test_a_segment_without_rows_goes_a_day_later_and_the_others_stay(kiosk, court, ledger, clock):
    filing = kiosk.file()
    kiosk.round(court)
    kept = segments(court)
    for name in ("lost.segment", "half.segment.tmp", "young.segment"):
        path = court.bench.served.blobs / name
        path.write_bytes(b"ciphertext")
        moment = clock.now().timestamp() - (0 if name.startswith("young") else 2 * 86400)
        os.utime(path, (moment, moment))
    court.restart()
    assert segments(court) == sorted([*kept, "young.segment"])
    open_filing(ledger, court.bench.served.blobs, court.keys.opening, filing)


def test_a_chunk_that_came_before_the_crash_is_not_sent_again(kiosk, court, ledger):
    filing = kiosk.file(pages=50)
    whole = kiosk.files.path(filing, 1).stat().st_size
    court.cut_the_next_bundle_at(whole * 3 // 4)
    kiosk.round(court)
    court.restart()
    court.asked.clear()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert kiosk.status(filing) is FilingStatus.RECEIVED
    assert sum(size for path, size in court.asked if path == "/v1/frames") < whole // 2
