"""The court's log of what it received: a tree that only grows, and a signed checkpoint after each batch.

Every receipt names its leaf. A checkpoint is a C2SP signed note (tlog-checkpoint), so that others may keep it and
later show that nothing was taken out or put in between.
"""

from __future__ import annotations

import base64
import hashlib

from kiosk.filings.canonical import canonical
from kiosk.filings.frames import MOST_CONTROL_BYTES
from kiosk.sealing.signing import SigningKey, VerifyKey
from sync import merkle
from sync.intake.tables import Tables

HASH_BYTES = 32
ED25519_NOTE = b"\x01"


def leaf_of(filing_id: str, rev: int, envelope_sha256: str, received_at: str) -> bytes:
    """What the log says about one filing."""
    return canonical(
        {"filing_id": filing_id, "rev": rev, "envelope_sha256": envelope_sha256, "received_at": received_at}
    )


def frontier(tables: Tables, court_code: str, generation: int) -> merkle.Frontier:
    """Where the log of this court stands."""
    row = tables.one(
        "SELECT size, peaks FROM checkpoint WHERE court_code = ? AND generation = ? ORDER BY size DESC LIMIT 1",
        court_code,
        generation,
    )
    if row is None:
        return merkle.Frontier()
    packed = bytes(row[1])
    return merkle.Frontier(int(row[0]), tuple(packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES)))


def add_leaf(tables: Tables, court_code: str, generation: int, tree: merkle.Frontier, leaf: bytes) -> merkle.Frontier:
    """One more leaf, in the transaction of its filing; its index is the size before."""
    tables.add("log_leaf", "court_code, generation, log_index, leaf", (court_code, generation, tree.size, leaf))
    return tree.append(merkle.leaf_hash(leaf))


def sign_checkpoint(tables: Tables, court_code: str, generation: int, tree: merkle.Frontier, key: SigningKey) -> None:
    """Say where the log stands now, in the same transaction."""
    note = signed_note(origin(court_code, generation), tree, key)
    tables.add(
        "checkpoint",
        "court_code, generation, size, peaks, note",
        (court_code, generation, tree.size, b"".join(tree.peaks), note),
    )


def newest_checkpoint(tables: Tables, court_code: str) -> str:
    """The note to hand out, or nothing while the log is empty."""
    row = tables.one(
        "SELECT note FROM checkpoint WHERE court_code = ? ORDER BY generation DESC, size DESC LIMIT 1", court_code
    )
    return str(row[0]) if row else ""


def leaves(tables: Tables, court_code: str, generation: int) -> list[bytes]:
    """Every leaf hash, in order, for proofs."""
    rows = tables.all(
        "SELECT leaf FROM log_leaf WHERE court_code = ? AND generation = ? ORDER BY log_index", court_code, generation
    )
    return [merkle.leaf_hash(bytes(row[0])) for row in rows]


def generation(tables: Tables) -> int:
    """Which life of this ledger it is; a restored one begins another, so that no receipt number is given twice."""
    row = tables.one("SELECT value FROM ledger_meta WHERE name = 'generation'")
    return int(row[0]) if row else 1


def begin_generation(tables: Tables) -> int:
    """To be done once, by a person, after the ledger was restored from a backup."""
    with tables.atomic():
        following = generation(tables) + 1
        tables.change("DELETE FROM ledger_meta WHERE name = 'generation'")
        tables.add("ledger_meta", "name, value", ("generation", str(following)))
    return following


def origin(court_code: str, generation: int) -> str:
    return f"court-kiosk/intake/{court_code}/{generation}"


def signed_note(name: str, tree: merkle.Frontier, key: SigningKey) -> str:
    text = f"{name}\n{tree.size}\n{base64.b64encode(tree.root()).decode('ascii')}\n"
    signature = _note_key_hash(name, key.public) + bytes.fromhex(key.sign_bare(text.encode("ascii")))
    return f"{text}\n— {name} {base64.b64encode(signature).decode('ascii')}\n"


def read_note(note: str, key: VerifyKey) -> tuple[str, int, bytes] | None:
    """(origin, size, root) of a note this key signed, else None."""
    text, blank, signatures = note.partition("\n\n")
    lines = (text + "\n").splitlines()
    if not blank or len(lines) != 3 or len(note) > MOST_CONTROL_BYTES or not lines[1].isdigit():
        return None
    for line in signatures.splitlines():
        words = line.split(" ")
        try:
            packed = base64.b64decode(words[-1], validate=True)
            root = base64.b64decode(lines[2], validate=True)
        except ValueError:
            return None
        if (
            words[:-1] == ["—", lines[0]]
            and packed[:4] == _note_key_hash(lines[0], key)
            and key.verifies_bare(packed[4:].hex(), (text + "\n").encode("utf-8"))
        ):
            return lines[0], int(lines[1]), root
    return None


def _note_key_hash(name: str, key: VerifyKey) -> bytes:
    return hashlib.sha256(name.encode("utf-8") + b"\n" + ED25519_NOTE + key.raw).digest()[:4]
