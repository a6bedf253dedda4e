"""One attachment as a row of chunks that open only in their own place (STREAM over AES-256-GCM).

One key seals every attachment of a revision, so the attachment's number stands in the nonce: attachment (3 bytes),
chunk counter (8), last flag (1). The associated data names filing, revision, attachment and chunk. A chunk that was
swapped, cut off, repeated or moved does not open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.errors import KioskBug
from kiosk.filings.canonical import canonical
from kiosk.filings.frames import MOST_CHUNK_BYTES
from kiosk.ids import FilingId
from kiosk.sealing.hpke import CannotOpen

TAG_BYTES = 16
PLAIN_BYTES = MOST_CHUNK_BYTES - TAG_BYTES
KEY_BYTES = 32


def pad(data: bytes, pad_kib: int) -> bytes:
    """Filled with zeros to the next multiple, so that a size does not tell which case it is."""
    if pad_kib < 1:
        raise KioskBug("padding needs at least 1 KiB")
    step = pad_kib * 1024
    return data + bytes(-len(data) % step if data else step)


def seal_chunks(key: bytes, filing_id: FilingId, rev: int, attachment: int, plain: bytes) -> Iterator[bytes]:
    """The ciphertext chunks of this attachment. Never call it twice with one key and other bytes."""
    cipher = AESGCM(key)
    count = max(1, -(-len(plain) // PLAIN_BYTES))
    for n in range(count):
        piece = plain[n * PLAIN_BYTES : (n + 1) * PLAIN_BYTES]
        yield cipher.encrypt(_nonce(attachment, n, last=n == count - 1), piece, _place(filing_id, rev, attachment, n))


def open_chunks(key: bytes, filing_id: FilingId, rev: int, attachment: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The plain pieces, or `CannotOpen` at the first chunk that is not in its place."""
    cipher = AESGCM(key)
    ahead = iter(chunks)
    chunk = next(ahead, None)
    if chunk is None:
        raise CannotOpen
    n = 0
    while chunk is not None:
        following = next(ahead, None)
        try:
            yield cipher.decrypt(
                _nonce(attachment, n, last=following is None), chunk, _place(filing_id, rev, attachment, n)
            )
        except InvalidTag as error:
            raise CannotOpen from error
        chunk, n = following, n + 1


def _nonce(attachment: int, n: int, *, last: bool) -> bytes:
    return attachment.to_bytes(3, "big") + n.to_bytes(8, "big") + bytes([last])


def _place(filing_id: FilingId, rev: int, attachment: int, n: int) -> bytes:
    return canonical({"attachment": attachment, "chunk": n, "filing_id": filing_id, "rev": rev})
