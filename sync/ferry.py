"""The same filings on a stick or through a one-way gate: bundles as files, and the court's answers read back.

An export holds everything that has no receipt; it changes nothing here, and losing any file is harmless. Answers are
believed only for their signatures, wherever the file came from. Files are read frame by frame, never whole.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import canonical, parse, sha256_hex
from kiosk.filings.envelope import parse_envelope
from kiosk.filings.frames import MOST_CONTROL_BYTES, Frame, FrameReader, FrameTrouble, FrameType, encode_frame
from kiosk.sealing.keys import CourtKeys, NoticeKey
from kiosk.sealing.signing import SigningKey
from kiosk.store.disk import fsync_folder
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import SealedFiles
from sync import merkle
from sync.batch import Parcel
from sync.court import CameReceipt, CameRefusal, Delivery
from sync.key_news import MOST_CHANGES, learned
from sync.news import CameNotice, open_notice
from sync.wire import (
    Context,
    End,
    Head,
    Receipt,
    Refusal,
    WireTrouble,
    open_signed,
    plain,
    sign,
    signed_envelope,
    write,
)

CARRIER = "ferry"
SUFFIX = ".bundle"
PIECE_BYTES = 256 * 1024
MOST_BUNDLE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exported:
    files: tuple[Path, ...]
    filings: int


class BundleFile:
    """A bundle being written: another name, fsync, rename, fsync folder; END says how much should be there."""

    def __init__(self, folder: Path, name: str, head: bytes) -> None:
        self.path = folder / f"{name}{SUFFIX}"
        self._part = folder / f"{name}.tmp"
        self._file: BinaryIO = self._part.open("wb")
        self._tree = merkle.Frontier()
        self.size = 0
        self.add(FrameType.HEAD, head)

    def add(self, kind: FrameType, body: bytes) -> None:
        frame = encode_frame(kind, body)
        self._file.write(frame)
        self._tree = self._tree.append(merkle.leaf_hash(bytes.fromhex(sha256_hex(body))))
        self.size += len(frame)

    def close(self, key: SigningKey) -> Path:
        end = End(root=self._tree.root().hex(), count=self._tree.size)
        self._file.write(encode_frame(FrameType.END, canonical(sign(Context.END, plain(end), key))))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._part, self.path)
        fsync_folder(self.path.parent)
        return self.path


def export(
    outbox: Outbox,
    files: SealedFiles,
    head: Callable[[str], Head],
    key: SigningKey,
    folder: Path,
    most_bytes: int = MOST_BUNDLE_BYTES,
) -> Exported:
    """Everything the court has not receipted, as bundle files in this folder. A damaged sealed file is left out."""
    written: list[Path] = []
    bundle: BundleFile | None = None
    count = 0
    for entry in outbox.unreceived():
        parcel = Parcel(entry, outbox.chunks(entry.filing_id, entry.rev))
        try:
            chunks = _read(files, parcel)
        except KioskTrouble:
            continue
        if bundle is not None and bundle.size + parcel.size > most_bytes:
            written.append(bundle.close(key))
            bundle = None
        if bundle is None:
            bundle_id = secrets.token_hex(16)
            bundle = BundleFile(folder, bundle_id, write(head(bundle_id)))
        for chunk in chunks:
            bundle.add(FrameType.CHUNK, chunk)
        bundle.add(FrameType.ENVELOPE, signed_envelope(parse_envelope(entry.envelope), key))
        count += 1
    if bundle is not None:
        written.append(bundle.close(key))
    return Exported(tuple(written), count)


def _read(files: SealedFiles, parcel: Parcel) -> Sequence[bytes]:
    chunks = [files.chunk(*parcel.name, chunk.offset, chunk.size) for chunk in parcel.chunks]
    if any(sha256_hex(data) != chunk.sha256 for data, chunk in zip(chunks, parcel.chunks, strict=True)):
        raise KioskTrouble("sealing.file_damaged", filing=parcel.name[0], rev=parcel.name[1])
    return chunks


def read_bundle(path: Path) -> Iterator[Frame]:
    """The whole frames of this file; a cut or damaged file simply ends there."""
    reader = FrameReader()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield from reader.feed(piece)
    except FrameTrouble:
        return
    except OSError as error:
        raise KioskTrouble("sync.ferry_unreadable", file=path.name) from error


def bundle_files(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        raise KioskTrouble("sync.ferry_unreadable", file=str(folder))
    return tuple(sorted(folder.glob(f"*{SUFFIX}")))


def read_keys(folder: Path, keys: CourtKeys) -> CourtKeys:
    """The court's keys with those a file of this folder proves."""
    messages: list[dict[str, Any]] = []
    for path in bundle_files(folder):
        for frame in read_bundle(path):
            if frame.type == FrameType.KEYS and len(messages) < MOST_CHANGES:
                try:
                    messages.append(parse(frame.body, MOST_CONTROL_BYTES))
                except ValueError:
                    continue
    return learned(keys, messages)


def read_answers(folder: Path, keys: CourtKeys, own: NoticeKey | None = None) -> Delivery:
    """Every receipt, refusal and notice in this folder that our court signed; everything else is passed over."""
    receipts: list[CameReceipt] = []
    refusals: list[CameRefusal] = []
    notices: list[CameNotice] = []
    for path in bundle_files(folder):
        for frame in read_bundle(path):
            try:
                if frame.type == FrameType.RECEIPT:
                    receipt = open_signed(
                        Receipt, Context.RECEIPT, parse(frame.body, MOST_CONTROL_BYTES), keys.receipt_key
                    )
                    receipts.append(CameReceipt(receipt, frame.body))
                elif frame.type == FrameType.REFUSAL:
                    refusal = open_signed(
                        Refusal, Context.REFUSAL, parse(frame.body, MOST_CONTROL_BYTES), keys.receipt_key
                    )
                    refusals.append(CameRefusal(refusal, frame.body))
                elif frame.type == FrameType.NOTICE:
                    notice = open_notice(parse(frame.body, MOST_CONTROL_BYTES), keys, own)
                    notices += [notice] if notice else []
            except (WireTrouble, ValueError):
                continue
    ours = (keys.court_code, keys.kiosk_id)
    return Delivery(
        receipts=tuple(one for one in receipts if (one.receipt.court_code, one.receipt.kiosk_id) == ours),
        refusals=tuple(one for one in refusals if (one.refusal.court_code, one.refusal.kiosk_id) == ours),
        notices=tuple(notices),
    )
