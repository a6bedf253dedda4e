"""Chunks in an object store behave as chunks on a disk: whole, checked, never overwritten, swept a day later."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

import pytest
from obstore.store import MemoryStore, S3Store

from kiosk.errors import KioskTrouble
from sync.intake.chunks import Place, open_chunks
from sync.intake.objects import ObjectChunks
from sync.intake.opening import open_filing
from sync.messenger import Outcome

PIECES = [bytes([number]) * 70_000 for number in range(5)]


def name(chunk: bytes) -> str:
    return hashlib.sha256(chunk).hexdigest()


@pytest.fixture
def s3():
    """A pretend S3 that speaks its real protocol over loopback."""
    if find_spec("moto") is None or find_spec("flask") is None:
        pytest.skip("moto[server] is not installed: the S3 protocol itself is not tried here")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    store = S3Store(
        "court",
        endpoint=f"http://{host}:{port}",
        access_key_id="test",
        secret_access_key="test",
        region="us-east-1",
        client_options={"allow_http": True},
    )
    import httpx2

    httpx2.put(f"http://{host}:{port}/court", trust_env=False)
    yield store
    server.stop()


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest):
    return MemoryStore() if request.param == "memory" else request.getfixturevalue("s3")


def test_what_was_kept_is_read_back_piece_by_piece(store):
    chunks = ObjectChunks(store)
    segment = chunks.begin()
    places = [segment.add(piece) for piece in PIECES]
    segment.keep()
    assert [chunks.read(place, name(piece)) for place, piece in zip(places, PIECES, strict=True)] == PIECES


def test_a_dropped_segment_leaves_nothing_and_a_lost_or_changed_one_is_named(store):
    chunks = ObjectChunks(store)
    segment = chunks.begin()
    place = segment.add(PIECES[0])
    segment.drop()
    with pytest.raises(KioskTrouble, match=r"intake\.chunk_lost"):
        chunks.read(place, name(PIECES[0]))
    kept = chunks.begin()
    kept_place = kept.add(PIECES[1])
    kept.keep()
    with pytest.raises(KioskTrouble, match=r"intake\.chunk_lost"):
        chunks.read(kept_place, name(PIECES[2]))
    with pytest.raises(KioskTrouble, match=r"intake\.chunk_lost"):
        chunks.read(Place(kept.name, 60_000, 70_000), name(PIECES[1]))


def test_only_what_no_row_names_goes_and_only_after_a_day(store):
    chunks = ObjectChunks(store)
    named, stray = chunks.begin(), chunks.begin()
    for segment in (named, stray):
        segment.add(PIECES[0])
        segment.keep()
    now = datetime.now(UTC)
    assert chunks.sweep({named.name}, now) == 0
    assert chunks.sweep({named.name}, now + timedelta(days=2)) == 1
    assert chunks.sweep({named.name}, now + timedelta(days=2)) == 0
    assert chunks.read(Place(named.name, 0, 70_000), name(PIECES[0])) == PIECES[0]


def test_a_court_with_an_object_store_takes_filings_as_one_with_a_disk(kiosk, court, ledger, store, monkeypatch):
    objects = ObjectChunks(store)
    court.bench.ledger._chunks = objects
    filing = kiosk.file(pages=30)
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    monkeypatch.setattr("sync.intake.opening.open_chunks", lambda _: objects)
    _, opened = open_filing(ledger, "s3://court/", court.keys.opening, filing)
    assert opened.attachments[0].data == filing.encode() * 2000 * 30


def test_an_address_that_is_no_store_is_a_plain_trouble():
    with pytest.raises(KioskTrouble, match=r"intake\.objects_away"):
        open_chunks("s3://")
