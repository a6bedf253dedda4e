"""The court's keys in time, the kiosk's files on a failing disk, the counter beside them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.errors import KioskBug, KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.frames import FrameType, decode_frames
from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.keys import (
    CourtKey,
    CourtKeys,
    KeyUse,
    court_keys_bytes,
    court_keys_path,
    parse_court_keys,
    read_court_keys,
    read_device_key,
)
from kiosk.sealing.seal import Attachment, lock, open_sealed, seal, seal_locked
from kiosk.sealing.signing import SigningKey
from kiosk.store.high_water import HighWater, Mark
from kiosk.store.sealed_files import BrittleDisk, SealedFiles

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def keys(*spans: tuple[int, int]) -> CourtKeys:
    sealing = tuple(
        CourtKey(KeyUse.SEAL, "hpke-x25519-aes256gcm-1", bytes([n]) * 32, START + a * DAY, START + b * DAY)
        for n, (a, b) in enumerate(spans)
    )
    receipt = CourtKey(KeyUse.RECEIPT, "ed25519", SigningKey(bytes(32)).public.raw, START, START + DAY)
    return CourtKeys("110105", "110105-K01", (*sealing, receipt))


def test_the_newest_key_that_has_begun_is_sealed_to():
    two = keys((0, 100), (50, 200))
    assert [key.public[0] for key in two.recipients(START + 49 * DAY)] == [0]
    assert [key.public[0] for key in two.recipients(START + 50 * DAY)] == [1]


def test_a_key_past_its_time_is_used_inside_the_grace_with_a_warning_and_then_refused():
    one = keys((0, 100))
    assert not one.expired(START + 100 * DAY)
    assert one.expired(START + 101 * DAY)
    assert one.recipients(START + 130 * DAY, grace_days=30)
    with pytest.raises(KioskTrouble, match="key_expired"):
        one.recipients(START + 131 * DAY, grace_days=30)


def test_a_clock_before_every_key_is_wrong_and_does_not_stop_a_filing():
    assert keys((0, 100)).recipients(datetime(1970, 1, 1, tzinfo=UTC))


def test_keys_are_read_back_as_they_were_written_and_old_receipt_keys_are_found():
    one = keys((0, 100))
    assert parse_court_keys(court_keys_bytes(one)) == one
    assert one.receipt_key(SigningKey(bytes(32)).public.key_id) == SigningKey(bytes(32)).public
    assert one.receipt_key("0" * 16) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"garbage", b'{"court_code":"1","keys":[1],"kiosk_id":"2"}'])
def test_a_wrong_key_file_is_a_trouble_of_its_own(tmp_path, content):
    with pytest.raises(KioskTrouble, match="not_enrolled"):
        read_court_keys(tmp_path)
    court_keys_path(tmp_path).parent.mkdir()
    court_keys_path(tmp_path).write_bytes(content)
    with pytest.raises(KioskTrouble, match="keys_unreadable"):
        read_court_keys(tmp_path)


def test_a_device_key_of_another_length_is_refused_and_no_key_shows_in_a_repr(tmp_path):
    with pytest.raises(KioskTrouble, match="not_enrolled"):
        read_device_key(tmp_path)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "device.key").write_bytes(b"short")
    with pytest.raises(KioskTrouble, match="keys_unreadable"):
        read_device_key(tmp_path)
    assert "41" * 8 not in repr(SigningKey(b"A" * 32))
    assert "AAAA" not in repr(SigningKey(b"A" * 32))


def test_signatures_are_bound_to_their_context_and_the_same_every_time():
    key = SigningKey.make()
    signature = key.sign("ck-receipt/1", b"body")
    assert signature == key.sign("ck-receipt/1", b"body")
    assert key.public.verifies(signature, "ck-receipt/1", b"body")
    assert not key.public.verifies(signature, "ck-refusal/1", b"body")
    assert not key.public.verifies(signature, "ck-receipt/1", b"Body")
    assert not key.public.verifies("zz", "ck-receipt/1", b"body")
    assert not SigningKey.make().public.verifies(signature, "ck-receipt/1", b"body")


@pytest.fixture
def sealed(identity, make_pair):
    return seal(identity, b"{}", [Attachment("a", "text/plain", b"a" * 600_000)], [make_pair().public])


def test_a_sealed_file_takes_its_name_only_when_its_bytes_are_durable(tmp_path, sealed):
    disk = BrittleDisk()
    SealedFiles(tmp_path / "sealed", disk).keep(sealed.envelope.filing_id, 1, sealed.frames)
    assert disk.calls == ["write", "fsync", "rename", "fsync folder"]


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_disk_that_gives_up_before_the_rename_leaves_no_filing_and_says_so(tmp_path, sealed, fails_at):
    files = SealedFiles(tmp_path / "sealed", BrittleDisk(fails_at))
    with pytest.raises(KioskTrouble, match="file_not_written"):
        files.keep(sealed.envelope.filing_id, 1, sealed.frames)
    assert list(files.all()) == []


def test_a_sealed_file_written_again_is_the_same_file(tmp_path, sealed):
    files = SealedFiles(tmp_path / "sealed")
    path = files.keep(sealed.envelope.filing_id, 1, sealed.frames)
    path.write_bytes(sealed.frames[:100])  # whatever a crash left there
    assert files.keep(sealed.envelope.filing_id, 1, sealed.frames) == path
    assert path.read_bytes() == sealed.frames


def test_what_was_locked_before_the_press_takes_one_ticket_and_the_court_reads_both(identity, make_pair):
    pair = make_pair()
    locked = lock(identity.filing_id, identity.rev, b'{"answers":{}}', [], [pair.public])
    sealed = seal_locked(identity, b'{"ticket_number":"0105-261123-0007-K3"}', locked)
    assert b"0105-261123-0007" not in sealed.frames
    chunks = {frame.sha256: frame.body for frame in decode_frames(sealed.frames) if frame.type == FrameType.CHUNK}
    opened = open_sealed(sealed.envelope, pair.opens, chunks)
    assert opened.header == {"answers": {}, "ticket_number": "0105-261123-0007-K3"}
    with pytest.raises(KioskBug, match="sealed once"):
        seal_locked(identity, b"{}", locked)


def test_a_ticket_of_another_filing_does_not_open(identity, make_pair):
    pair = make_pair()
    mine, other = (
        seal_locked(identity, b'{"n":1}', lock(identity.filing_id, identity.rev, b"{}", [], [pair.public]))
        for _ in range(2)
    )
    chunks = {frame.sha256: frame.body for frame in decode_frames(mine.frames) if frame.type == FrameType.CHUNK}
    changed = dataclasses.replace(mine.envelope, ticket=other.envelope.ticket)
    with pytest.raises(CannotOpen):
        open_sealed(changed, pair.opens, chunks)


def test_sealing_in_two_steps_gives_a_file_whose_chunks_lie_where_it_says(tmp_path, identity, sealed):
    files = SealedFiles(tmp_path / "sealed")
    files.keep(identity.filing_id, 1, sealed.frames)
    for place in sealed.chunks:
        assert sha256_hex(files.chunk(identity.filing_id, 1, place.offset, place.size)) == place.sha256
    assert [place.sha256 for place in sealed.chunks] == list(sealed.envelope.chunk_ids)


def test_a_cut_or_changed_sealed_file_is_a_trouble(tmp_path, sealed):
    files = SealedFiles(tmp_path / "sealed")
    filing_id = sealed.envelope.filing_id
    path = files.keep(filing_id, 1, sealed.frames)
    assert files.envelope(filing_id, 1) == (sealed.envelope, sealed.envelope_bytes)
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole[: len(whole) // 2], whole[:50] + b"\x00" + whole[51:], whole + b"\x00"):
        path.write_bytes(damaged)
        with pytest.raises(KioskTrouble, match="file_damaged"):
            files.envelope(filing_id, 1)


def test_the_counter_survives_a_cut_while_it_is_written(tmp_path):
    counter = HighWater(tmp_path / "high-water")
    assert counter.read() is None
    for seq in range(1, 6):
        counter.set(Mark(1, seq, f"{seq:064x}"))
    good = counter.path.read_bytes()
    for cut in range(0, len(good), 7):
        torn = bytearray(good)
        slot = 0 if cut < 256 else 256
        torn[slot : slot + 256] = torn[slot : slot + (cut % 256)] + b"\xff" * (256 - cut % 256)
        counter.path.write_bytes(torn)
        assert counter.read() in (Mark(1, 4, f"{4:064x}"), Mark(1, 5, f"{5:064x}"))
    counter.path.write_bytes(b"\xff" * 512)
    assert counter.read() is None


def test_the_counter_never_goes_back(tmp_path):
    counter = HighWater(tmp_path / "high-water")
    counter.set(Mark(2, 1, "a" * 64))
    counter.set(Mark(1, 99, "b" * 64))
    assert counter.read() == Mark(2, 1, "a" * 64)
