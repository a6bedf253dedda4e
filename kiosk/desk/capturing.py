"""The desk for materials: a picture becomes a page of the open draft, a file of the clerk's scanner a piece of it.

Pictures are decoded by a child (`kiosk.pictures`), pieces are kept in the encrypted store with the draft, and at the end
each material becomes a PDF in the sealed filing. Whatever is refused is refused by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.clerks.actions import Action
from kiosk.desk.desk import Desk
from kiosk.desk.opening import noticing
from kiosk.desk.scan_folder import ScanFile, files_in, read_file, remove_file
from kiosk.errors import KioskTrouble
from kiosk.filings.scans import Piece, PieceKind
from kiosk.ids import ClerkNumber
from kiosk.pictures.decode import PDF, PageMade, Preview, page_of, pages_in, preview_of
from kiosk.pictures.limits import Refused
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece that is safe in the store, and what to show of it."""

    piece: Piece
    preview: Preview | None
    sheet_found: bool = True
    left_behind: bool = False  # the file could not be removed from the clerk's folder


@dataclass(frozen=True, slots=True)
class Capturing:
    desk: Desk = field(repr=False)

    def take(self, picture: bytes) -> Taken | Refused:
        """What the camera saw, as one page of the open draft."""
        return self._page(page_of(picture))

    def show(self, piece_id: int) -> Preview | None:
        """A page taken before, for the screen; None when it is a PDF or is not of this draft."""
        desk = self.desk
        with noticing(desk.settings.state):
            kept = Pieces(desk.db).get(desk.own_draft(), piece_id)
        if kept is None or kept.kind != PieceKind.PICTURE:
            return None
        shown = preview_of(kept.body)
        return shown if isinstance(shown, Preview) else None

    def drop(self, pieces: Sequence[int]) -> None:
        desk = self.desk
        with noticing(desk.settings.state):
            for piece_id in pieces:
                Pieces(desk.db).drop(desk.own_draft(), piece_id)

    def here(self) -> tuple[int, ...]:
        """Which pieces the open draft has: a form that was kept for later comes back without them."""
        with noticing(self.desk.settings.state):
            return Pieces(self.desk.db).of_draft(self.desk.own_draft())

    # For a clerk: what the clerk's own scanner made

    def files(self, clerk: str) -> tuple[ScanFile, ...]:
        with noticing(self.desk.settings.state):
            self.desk.signing_in.may(Action.TAKE_SCAN, clerk)
        return files_in(self._folder(), self.desk.clock.now())

    def take_file(self, code: str, clerk: str) -> Taken | Refused:
        """One file, by a clerk's choice. When it is safe in the store it is removed from the folder."""
        desk, folder = self.desk, self._folder()
        with noticing(desk.settings.state):
            actor = desk.signing_in.may(Action.TAKE_SCAN, clerk)
        data, name = read_file(folder, code, desk.clock.now())
        taken = self._pdf(data) if data.startswith(PDF) else self._page(page_of(data))
        if isinstance(taken, Refused):
            return taken
        self._note(actor, taken.piece)
        return taken if remove_file(folder, name) else Taken(taken.piece, taken.preview, taken.sheet_found, True)

    def _page(self, made: PageMade | Refused) -> Taken | Refused:
        if isinstance(made, Refused):
            return made
        number = self._keep(PieceKind.PICTURE, made.jpeg, made.width, made.height, 1)
        piece = Piece(number, PieceKind.PICTURE, 1, len(made.jpeg), doubts=made.doubts)
        return Taken(piece, made.preview, made.sheet_found)

    def _pdf(self, data: bytes) -> Taken | Refused:
        pages = pages_in(data)
        if isinstance(pages, Refused):
            return pages
        number = self._keep(PieceKind.PDF, data, 0, 0, pages)
        return Taken(Piece(number, PieceKind.PDF, pages, len(data)), None)

    def _keep(self, kind: PieceKind, body: bytes, width: int, height: int, pages: int) -> int:
        desk = self.desk
        with noticing(desk.settings.state):
            draft = desk.own_draft()
            return desk.finish(lambda: Pieces(desk.db).keep(draft, kind, body, width=width, height=height, pages=pages))

    def _note(self, actor: ClerkNumber, piece: Piece) -> None:
        desk = self.desk
        with noticing(desk.settings.state):
            Audit(desk.db, desk.clock).note(
                AuditEvent.SCAN_TAKEN, actor=actor, object=desk.own_draft(), pages=piece.pages, bytes=piece.size
            )

    def _folder(self) -> Path:
        folder = self.desk.settings.clerks.scan_folder
        if not folder:
            raise KioskTrouble("capture.no_folder")
        return Path(folder)
