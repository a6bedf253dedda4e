"""The tree of RFC 9162, the court's signed checkpoints, and the waiting times."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sealing.signing import SigningKey
from sync import backoff, merkle
from sync.intake import log

# Leaves and roots published with Certificate Transparency's reference implementation (RFC 6962 hashing).
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(1, 70)


def hashes(size: int) -> list[bytes]:
    return [merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(size)]


def test_the_roots_are_the_published_ones():
    found = [merkle.root([merkle.leaf_hash(leaf) for leaf in LEAVES[: n + 1]]).hex() for n in range(len(LEAVES))]
    assert found == ROOTS
    assert merkle.root([]) == merkle.EMPTY_ROOT


@given(SIZES, st.data())
def test_every_leaf_is_proven_to_be_in_its_place_and_nowhere_else(size, data):
    leaves = hashes(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = merkle.inclusion_proof(leaves, index), merkle.root(leaves)
    assert merkle.verify_inclusion(leaves[index], index, size, proof, root)
    for wrong in range(-1, size + 1):
        if wrong != index:
            assert not merkle.verify_inclusion(leaves[index], wrong, size, proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, (*proof, b"x" * 32), root)


@given(SIZES, st.data())
def test_a_log_that_only_grew_is_told_from_one_that_was_changed(size, data):
    leaves = hashes(size)
    old = data.draw(st.integers(1, size))
    proof, root = merkle.consistency_proof(leaves, old), merkle.root(leaves)
    assert merkle.verify_consistency(old, merkle.root(leaves[:old]), size, root, proof)
    changed = [*leaves[: old - 1], merkle.leaf_hash(b"changed")]
    assert not merkle.verify_consistency(old, merkle.root(changed), size, root, proof)


def test_every_receipt_is_in_the_log_the_court_signed(kiosk, court, ledger):
    filings = [kiosk.file() for _ in range(7)]
    kiosk.round(court)
    later = [kiosk.file() for _ in range(6)]
    first_note = log.newest_checkpoint(ledger, "110105")
    kiosk.round(court)
    key = SigningKey(court.keys.receipt.read_bytes())
    origin, size, root = log.read_note(log.newest_checkpoint(ledger, "110105"), key.public)
    assert (origin, size) == ("court-kiosk/intake/110105/1", 13)
    leaves = log.leaves(ledger, "110105", 1)
    rows = ledger.all("SELECT filing_id, rev, envelope_sha256, received_at, log_index FROM filing ORDER BY log_index")
    assert [row[0] for row in rows] == filings + later
    for filing_id, rev, digest, received_at, index in rows:
        leaf = merkle.leaf_hash(log.leaf_of(filing_id, rev, digest, received_at))
        assert merkle.verify_inclusion(leaf, index, size, merkle.inclusion_proof(leaves, index), root)
    _, old_size, old_root = log.read_note(first_note, key.public)
    assert merkle.verify_consistency(old_size, old_root, size, root, merkle.consistency_proof(leaves, old_size))


@pytest.mark.parametrize(
    "damage",
    [
        lambda note: note.replace("\n1\n", "\n2\n"),
        lambda note: note.replace("110105", "110106"),
        lambda note: note[:-10] + "AAAAAAA=\n",
        lambda note: note.split("\n\n")[0],
        lambda note: "",
        lambda note: "x" * 2_000_000,
    ],
)
def test_a_changed_checkpoint_does_not_verify(damage):
    key = SigningKey(bytes(32))
    note = log.signed_note("court-kiosk/intake/110105/1", merkle.Frontier().append(merkle.leaf_hash(b"a")), key)
    assert log.read_note(note, key.public) is not None
    assert log.read_note(damage(note), key.public) is None
    assert log.read_note(note, SigningKey(bytes([1]) * 32).public) is None


@given(st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 10**7))
def test_a_wait_is_never_longer_than_its_limit_nor_shorter_than_asked(failures, dice, asked):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    wait = (backoff.next_try(now, failures, first=2, most=900, dice=dice, retry_after=asked) - now).total_seconds()
    assert min(asked, 3600) - 1e-3 <= wait <= max(900, min(asked, 3600)) + 1e-3
