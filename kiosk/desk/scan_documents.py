"""Each photographed material as the files the court gets: its pages as one PDF, and each PDF of the clerk's scanner.

A file is named by the material's own name in the pack; no name holds anything a person said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.documents.picture_pdf import PicturePage, pictures_pdf
from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.scans import Piece, PieceKind, ScanHandedIn, ScannedMaterial
from kiosk.ids import DraftId
from kiosk.sealing.digest import sm3_hex
from kiosk.store.connect import Database
from kiosk.store.pieces import Pieces, StoredPiece


@dataclass(frozen=True, slots=True)
class ScanDocument:
    handed_in: ScanHandedIn
    pdf: bytes = field(repr=False)


def scan_documents(
    db: Database, draft_id: DraftId | None, scans: tuple[ScannedMaterial, ...]
) -> tuple[ScanDocument, ...]:
    """A piece that is not there is a trouble: nobody may believe to have handed it in."""
    found: list[ScanDocument] = []
    for scan in scans:
        if draft_id is None:
            raise KioskTrouble("capture.not_kept")
        kept = [(piece, _kept(db, draft_id, piece)) for piece in scan.pieces]
        for number, (pdf, pages) in enumerate(_files(kept), start=1):
            name = f"material_{scan.material}{f'_{number}' if number > 1 else ''}.pdf"
            told = ScanHandedIn(scan.material, name, pages, len(pdf), sha256_hex(pdf), sm3_hex(pdf))
            found.append(ScanDocument(told, pdf))
    return tuple(found)


def _kept(db: Database, draft_id: DraftId, piece: Piece) -> StoredPiece:
    kept = Pieces(db).get(draft_id, piece.id)
    if kept is None:
        raise KioskTrouble("capture.not_kept")
    return kept


def _files(kept: list[tuple[Piece, StoredPiece]]) -> Iterator[tuple[bytes, int]]:
    pictures = [
        PicturePage(stored.body, stored.width, stored.height, piece.turned)
        for piece, stored in kept
        if piece.kind is PieceKind.PICTURE
    ]
    if pictures:
        yield pictures_pdf(pictures), len(pictures)
    for piece, stored in kept:
        if piece.kind is PieceKind.PDF:
            yield stored.body, stored.pages
