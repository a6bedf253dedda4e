"""Pages photographed in a visit: in the encrypted store, in the sealed filing, and nowhere else."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.capturing import Capturing, Taken
from kiosk.desk.handing_in import Papers
from kiosk.desk.scan_documents import scan_documents
from kiosk.errors import KioskTrouble
from kiosk.filings.scans import PieceKind, ScannedMaterial
from kiosk.pictures.limits import Refused
from kiosk.pictures.made_up import Shot, jpeg_of, photograph, sheet_of_paper
from kiosk.sealing.seal import open_sealed
from kiosk.settings import Settings
from kiosk.slips.parts import Pair
from kiosk.store.audit import Audit
from kiosk.store.backup import make_backup
from kiosk.store.connect import connect
from kiosk.store.keys import store_key
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import SealedFiles

Make = Callable[..., Papers]


@pytest.fixture(scope="module")
def picture() -> bytes:
    return jpeg_of(photograph(sheet_of_paper(1), Shot(size=(900, 1200), tilt_degrees=3)))


@pytest.fixture
def capturing(desk: Desk) -> Capturing:
    desk.save_draft(b"{}")
    return Capturing(desk)


def taken(capturing: Capturing, picture: bytes) -> Taken:
    found = capturing.take(picture)
    assert isinstance(found, Taken)
    return found


def scanned_pdf(pages: int) -> bytes:
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(file)
    return file.getvalue()


def test_a_picture_becomes_a_page_that_can_be_shown_again_and_dropped(capturing: Capturing, picture: bytes):
    page = taken(capturing, picture)
    assert (page.piece.kind, page.piece.pages, page.sheet_found) == (PieceKind.PICTURE, 1, True)
    shown = capturing.show(page.piece.id)
    assert shown is not None
    assert page.preview is not None
    assert (shown.width, shown.height) == (page.preview.width, page.preview.height)
    capturing.drop([page.piece.id])
    assert (capturing.here(), capturing.show(page.piece.id)) == ((), None)


def test_what_is_no_picture_is_refused_and_nothing_is_kept(capturing: Capturing):
    assert capturing.take(b"hello") is Refused.NOT_A_PICTURE
    assert capturing.here() == ()


def test_pieces_of_another_draft_do_not_open(capturing: Capturing, desk: Desk, picture: bytes):
    page = taken(capturing, picture)
    desk.start_draft()
    desk.save_draft(b"{}")
    assert (capturing.here(), capturing.show(page.piece.id)) == ((), None)


def test_before_any_answer_is_written_down_no_page_is_kept(desk: Desk, picture: bytes):
    with pytest.raises(KioskTrouble, match=r"capture\.not_kept"):
        Capturing(desk).take(picture)


def test_pieces_survive_a_restart_and_go_with_the_visit(
    capturing: Capturing, desk: Desk, settings: Settings, clock: StillClock, picture: bytes
):
    page = taken(capturing, picture)
    shelf = desk.shelf
    desk.close()
    again = Desk.open(settings, clock, shelf)
    try:
        assert again.held_draft() == b"{}"
        assert Capturing(again).here() == (page.piece.id,)
        again.drop_draft()
        assert again.db.execute("SELECT count(*) FROM piece").fetchone()[0] == 0
    finally:
        again.close()


def test_a_backup_holds_no_piece(
    capturing: Capturing, desk: Desk, settings: Settings, clock: StillClock, picture: bytes
):
    taken(capturing, picture)
    key = store_key(settings.state)
    copy = connect(make_backup(desk.db, settings.state, key, clock.now(), 3), key)
    try:
        assert copy.execute("SELECT count(*) FROM piece").fetchone()[0] == 0
    finally:
        copy.close()


def test_no_file_of_the_kiosk_holds_a_plain_picture(capturing: Capturing, settings: Settings, picture: bytes):
    taken(capturing, picture)
    for path in settings.state.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert b"\xff\xd8\xff\xe0" not in held, path.name
            assert b"JFIF" not in held, path.name


def test_the_court_opens_one_pdf_a_material_with_every_page_as_it_was_turned(
    capturing: Capturing, desk: Desk, papers: Make, settings: Settings, court, picture: bytes
):
    first, second = taken(capturing, picture), taken(capturing, picture)
    scan = ScannedMaterial("loan_paper", (first.piece, replace(second.piece, turned=90)))
    done = desk.file(replace(papers(), scans=scan_documents(desk.db, desk.own_draft(), (scan,))))
    desk.settle()
    files = SealedFiles(settings.state / "sealed")
    envelope, _ = files.envelope(done.filing_id, 1)
    places = Outbox(desk.db).chunks(done.filing_id, 1)
    chunks = {one.sha256: files.chunk(done.filing_id, 1, one.offset, one.size) for one in places}
    opened = open_sealed(envelope, {court.key.key_id: court.private}, chunks)
    scans = opened.header["scans"]
    assert [(one["material"], one["name"], one["pages"]) for one in scans] == [
        ("loan_paper", "material_loan_paper.pdf", 2)
    ]
    pdf = next(one.data for one in opened.attachments if one.name == "material_loan_paper.pdf")
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [page.rotation for page in pages] == [0, 90]
    assert len(pages[0].images) == 1
    assert Pair("材料页数", "4 页") in desk.slip(done.ticket_number).parts  # two of the complaint, two photographed
    assert desk.db.execute("SELECT count(*) FROM piece").fetchone()[0] == 0


def test_a_piece_that_is_gone_is_said_and_not_left_out(capturing: Capturing, desk: Desk, picture: bytes):
    page = taken(capturing, picture)
    capturing.drop([page.piece.id])
    with pytest.raises(KioskTrouble, match=r"capture\.not_kept"):
        scan_documents(desk.db, desk.own_draft(), (ScannedMaterial("loan_paper", (page.piece,)),))


# The clerk's scanner


@pytest.fixture
def folder(tmp_path: Path, desk: Desk, clock: StillClock) -> Path:
    into = tmp_path / "scans"
    into.mkdir()
    desk.settings = desk.settings._replace(clerks=desk.settings.clerks._replace(scan_folder=str(into)))
    return into


@pytest.fixture
def clerk(desk: Desk) -> str:
    pin = desk.enrol_clerk("1001", "某某")
    desk.sign_in("1001", pin)
    return "1001"


def test_only_a_clerk_sees_what_lies_in_the_scanners_folder(capturing: Capturing, folder: Path):
    with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
        capturing.files("1001")
    with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
        capturing.take_file("0" * 16, "1001")


def test_a_scan_is_taken_by_choice_noted_and_gone_from_the_folder(
    capturing: Capturing, desk: Desk, folder: Path, clerk: str, picture: bytes, clock: StillClock
):
    (folder / "a.pdf").write_bytes(scanned_pdf(3))
    (folder / "b.jpg").write_bytes(picture)
    (folder / "c.exe").write_bytes(b"MZ")
    (folder / "d.pdf").symlink_to(folder / "a.pdf")
    _make_old(folder, clock)
    files = {one.name: one.code for one in capturing.files(clerk)}
    assert set(files) == {"a.pdf", "b.jpg"}
    pdf = capturing.take_file(files["a.pdf"], clerk)
    page = capturing.take_file(files["b.jpg"], clerk)
    assert isinstance(pdf, Taken)
    assert isinstance(page, Taken)
    assert (pdf.piece.kind, pdf.piece.pages, page.piece.kind) == (PieceKind.PDF, 3, PieceKind.PICTURE)
    assert sorted(path.name for path in folder.iterdir()) == ["c.exe", "d.pdf"]
    noted = [row for row in Audit(desk.db, clock).rows() if row.event == "scan taken"]
    assert [row.actor for row in noted] == ["1001", "1001"]
    with pytest.raises(KioskTrouble, match=r"capture\.file_gone"):
        capturing.take_file(files["a.pdf"], clerk)


def test_a_scan_that_is_refused_stays_where_it_is(capturing: Capturing, folder: Path, clerk: str, clock: StillClock):
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    _make_old(folder, clock)
    (code,) = [one.code for one in capturing.files(clerk)]
    assert capturing.take_file(code, clerk) is Refused.DAMAGED
    assert (folder / "a.pdf").exists()


def test_without_the_folder_it_is_said(capturing: Capturing, folder: Path, clerk: str):
    folder.rmdir()
    with pytest.raises(KioskTrouble, match=r"capture\.no_folder"):
        capturing.files(clerk)


def _make_old(folder: Path, clock: StillClock) -> None:
    long_ago = clock.now().timestamp() - 60
    for path in folder.iterdir():
        os.utime(path, (long_ago, long_ago), follow_symlinks=False)
