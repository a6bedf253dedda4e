"""The station where materials are photographed: offered, never forced, and back again after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.filings.scans import MOST_PAGES_OF_ONE, Piece, PieceKind
from kiosk.ids import PackId
from kiosk.interview import begin, materials
from kiosk.visit import capture, saved, steps
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.capture_events import CapturePress
from kiosk.visit.capture_state import Doing, Picture, ScanFile
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import Moment, Visit

NEXT, BACK = e.NextPressed(), e.BackPressed()
SHOWN = Picture(2, 1, b"\0\0\0\xff\xff\xff")


def pressed(what: CapturePress) -> e.CapturePressed:
    return e.CapturePressed(what)


@pytest.fixture(scope="session")
def with_camera(guide: Guide) -> Guide:
    return replace(guide, has_camera=True)


@pytest.fixture(scope="session")
def with_both(guide: Guide) -> Guide:
    return replace(guide, has_camera=True, has_scan_folder=True)


@pytest.fixture
def at_list(guide: Guide) -> Visit:
    """Two of the materials of a loan were brought."""
    pack = PackId("private_lending")
    interview = begin(guide.forms[pack], guide.context())
    names = [one.id for one in materials(interview, "zh")][:2]
    return Visit(
        moment=Moment.MATERIALS, station="materials", matter=pack, interview=interview, materials=frozenset(names)
    )


def go(visit: Visit, guide: Guide, *events: e.Event) -> Stepped:
    stepped = Stepped(visit)
    for event in events:
        stepped = steps.step(stepped.visit, event, guide)
    return stepped


def taken(visit: Visit, number: int = 1, doubts: tuple[str, ...] = (), **how: object) -> e.PieceTaken:
    piece = Piece(number, PieceKind.PICTURE, 1, 400_000, doubts=doubts)
    return e.PieceTaken(piece, visit.capture.nonce, SHOWN, **how)  # type: ignore[arg-type]


def page(visit: Visit, guide: Guide) -> p.CapturePage:
    shown = page_of(visit, guide)
    assert isinstance(shown, p.CapturePage)
    return shown


def one_page(at_list: Visit, guide: Guide, number: int = 1, doubts: tuple[str, ...] = ()) -> Visit:
    looking = go(at_list, guide, NEXT, pressed(CapturePress.SHOOT)).visit
    return go(looking, guide, taken(looking, number, doubts)).visit


def test_without_camera_and_scanner_the_list_leads_to_the_check_page(at_list: Visit, guide: Guide):
    assert go(at_list, guide, NEXT).visit.moment is Moment.CHECK


def test_who_brought_nothing_is_asked_for_no_picture(at_list: Visit, with_camera: Guide):
    assert go(replace(at_list, materials=frozenset()), with_camera, NEXT).visit.moment is Moment.CHECK


def test_each_material_has_its_page_and_every_one_may_be_left_for_later(at_list: Visit, with_camera: Guide):
    first = go(at_list, with_camera, NEXT)
    assert (first.visit.moment, first.wishes[:1]) == (Moment.CAPTURE, (w.WatchCamera(),))
    assert page(first.visit, with_camera).live
    second = go(first.visit, with_camera, NEXT)
    assert page(second.visit, with_camera).heading != page(first.visit, with_camera).heading
    through = go(second.visit, with_camera, NEXT)
    assert (through.visit.moment, w.StopCamera() in through.wishes) == (Moment.CHECK, True)
    back = go(through.visit, with_camera, BACK)
    assert back.visit.capture.material == second.visit.capture.material
    assert go(back.visit, with_camera, BACK, BACK).visit.moment is Moment.MATERIALS


def test_a_picture_is_taken_looked_at_and_shown_with_what_may_be_done(at_list: Visit, with_camera: Guide):
    looking = go(at_list, with_camera, NEXT, pressed(CapturePress.SHOOT))
    assert looking.wishes[0] == w.TakePicture(looking.visit.capture.nonce)
    assert go(looking.visit, with_camera, NEXT).visit == looking.visit  # one moment
    kept = go(looking.visit, with_camera, taken(looking.visit))
    shown = page(kept.visit, with_camera)
    assert (shown.live, shown.picture, shown.tone) == (False, SHOWN, "good")
    assert [one.code for one in shown.tools] == ["again", "turn", "drop"]
    assert any(isinstance(wish, w.SaveDraft) for wish in kept.wishes)


@pytest.mark.parametrize("doubt", ["cut", "dark", "glare", "blurred", "small", "blank"])
def test_a_doubtful_page_is_said_and_may_be_kept(at_list: Visit, with_camera: Guide, doubt: str):
    kept = one_page(at_list, with_camera, doubts=(doubt,))
    shown = page(kept, with_camera)
    assert (shown.message, shown.tone) == (with_camera.say(f"capture.{doubt}", "zh"), "warn")
    onward = go(kept, with_camera, NEXT, NEXT).visit
    assert onward.moment is Moment.CHECK
    assert [one.material for one in capture.scanned(onward)] == [kept.capture.material]


def test_a_retake_takes_the_place_of_the_page_and_the_old_one_goes(at_list: Visit, with_camera: Guide):
    kept = one_page(at_list, with_camera)
    again = go(kept, with_camera, pressed(CapturePress.AGAIN), pressed(CapturePress.SHOOT))
    done = go(again.visit, with_camera, taken(again.visit, 2))
    assert [piece.id for piece in done.visit.scans[kept.capture.material]] == [2]
    assert w.DropPieces((1,)) in done.wishes


def test_a_retake_may_be_given_up_and_the_page_is_still_there(at_list: Visit, with_camera: Guide):
    kept = one_page(at_list, with_camera)
    back = go(kept, with_camera, pressed(CapturePress.AGAIN), BACK)
    assert back.visit.scans == kept.scans
    assert w.ShowPiece(1, back.visit.capture.nonce) in back.wishes


def test_pages_are_turned_added_leafed_through_and_deleted(at_list: Visit, with_camera: Guide):
    first = go(one_page(at_list, with_camera), with_camera, pressed(CapturePress.TURN)).visit
    assert page(first, with_camera).turned == 90
    live = go(first, with_camera, pressed(CapturePress.MORE), pressed(CapturePress.SHOOT)).visit
    both = go(live, with_camera, taken(live, 2)).visit
    assert page(both, with_camera).counted == "第 2 页，共 2 页"
    earlier = go(both, with_camera, pressed(CapturePress.EARLIER))
    assert (earlier.visit.capture.at, page(earlier.visit, with_camera).turned) == (0, 90)
    dropped = go(earlier.visit, with_camera, pressed(CapturePress.DROP))
    assert [piece.id for piece in dropped.visit.scans[both.capture.material]] == [2]
    assert w.DropPieces((1,)) in dropped.wishes


def test_an_outcome_for_a_page_left_behind_changes_nothing(at_list: Visit, with_camera: Guide):
    looking = go(at_list, with_camera, NEXT, pressed(CapturePress.SHOOT)).visit
    late = replace(taken(looking), nonce=looking.capture.nonce - 1)
    assert go(looking, with_camera, late).visit == looking


def test_an_outcome_that_comes_while_somebody_asks_for_help_is_kept(at_list: Visit, with_camera: Guide):
    looking = go(at_list, with_camera, NEXT, pressed(CapturePress.SHOOT)).visit
    asked = go(looking, with_camera, e.HelpAsked(), taken(looking), e.TilePressed("go on")).visit
    assert page(asked, with_camera).picture == SHOWN


def test_a_refused_picture_is_said_and_the_camera_is_there_again(at_list: Visit, with_camera: Guide):
    looking = go(at_list, with_camera, NEXT, pressed(CapturePress.SHOOT)).visit
    refused = go(looking, with_camera, e.PieceRefused("picture.failed", looking.capture.nonce)).visit
    assert (page(refused, with_camera).live, page(refused, with_camera).message) == (True, "没有取成。请重拍一次。")


def test_when_the_camera_goes_the_page_says_so_and_leads_on(at_list: Visit, with_camera: Guide):
    here = go(at_list, with_camera, NEXT).visit
    gone = replace(with_camera, camera_works=False)
    assert (page(here, gone).main, page(here, gone).tone) == (None, "warn")
    assert go(here, gone, NEXT, NEXT).visit.moment is Moment.CHECK


def test_a_full_material_takes_no_more_and_says_where_the_rest_goes(at_list: Visit, with_camera: Guide):
    kept = one_page(at_list, with_camera)
    many = tuple(Piece(n, PieceKind.PICTURE, 1, 100) for n in range(1, MOST_PAGES_OF_ONE + 1))
    full = replace(kept, scans={kept.capture.material: many})
    assert page(full, with_camera).main is None
    told = go(full, with_camera, pressed(CapturePress.MORE)).visit
    assert page(told, with_camera).message == with_camera.say("capture.full", "zh")


def test_what_is_no_longer_brought_loses_its_pages(at_list: Visit, with_camera: Guide):
    kept = one_page(at_list, with_camera)
    on_list = go(kept, with_camera, BACK).visit
    assert on_list.moment is Moment.MATERIALS
    less = go(on_list, with_camera, e.MaterialTicked(kept.capture.material), NEXT)
    assert (less.visit.scans, w.DropPieces((1,)) in less.wishes) == ({}, True)


def test_the_list_and_the_last_page_say_what_was_photographed(at_list: Visit, with_camera: Guide):
    kept = one_page(at_list, with_camera)
    listed = page_of(go(kept, with_camera, BACK).visit, with_camera)
    assert isinstance(listed, p.MaterialsPage)
    assert any("已拍 1 页" in one.detail for one in listed.materials)


def test_a_restart_comes_back_to_the_page_and_asks_for_what_is_there(at_list: Visit, with_camera: Guide):
    kept = one_page(at_list, with_camera)
    loaded = saved.load_visit(saved.dump_visit(kept), with_camera)
    assert (loaded.moment, loaded.scans, loaded.capture.material) == (Moment.CAPTURE, kept.scans, kept.capture.material)
    back = steps.take_up(loaded, with_camera)
    assert {type(wish) for wish in back.wishes} == {w.ShowPiece, w.FindPieces}
    nothing_lost = go(back.visit, with_camera, e.PiecesHere(frozenset({1}))).visit
    assert nothing_lost.scans == kept.scans


def test_pages_that_a_slip_could_not_keep_are_said_to_be_gone(at_list: Visit, with_camera: Guide):
    loaded = saved.load_visit(saved.dump_visit(one_page(at_list, with_camera)), with_camera)
    gone = go(steps.take_up(loaded, with_camera).visit, with_camera, e.PiecesHere(frozenset())).visit
    assert gone.scans == {}
    assert page(gone, with_camera).frame.objection == with_camera.say("capture.gone", "zh")


def test_a_clerk_takes_a_scan_with_the_pin_and_is_signed_out_again(at_list: Visit, with_both: Guide):
    asked = go(at_list, with_both, NEXT, pressed(CapturePress.BY_CLERK), e.Typed("1001"), NEXT, e.Typed("13572468"))
    assert isinstance(page_of(asked.visit, with_both), p.ClerkSignInPage)
    assert "13572468" not in repr(asked.visit)
    checking = go(asked.visit, with_both, NEXT)
    assert (checking.wishes[0], checking.visit.capture.pin) == (w.SignIn("1001", "13572468"), "")
    listing = go(checking.visit, with_both, e.SignedIn("1001"))
    assert w.ListScans() in listing.wishes
    files = (ScanFile("a1", "扫描0001.pdf", 812, datetime(2026, 11, 24, tzinfo=UTC)),)
    choosing = go(listing.visit, with_both, e.ScansListed(files))
    assert isinstance(page_of(choosing.visit, with_both), p.ClerkChoicePage)
    taking = go(choosing.visit, with_both, e.TilePressed("a1"))
    assert w.TakeScan("a1", taking.visit.capture.nonce) in taking.wishes
    pdf = e.PieceTaken(Piece(7, PieceKind.PDF, 3, 900_000), taking.visit.capture.nonce)
    done = go(taking.visit, with_both, pdf)
    assert w.SignOut() in done.wishes
    shown = page(done.visit, with_both)
    assert (shown.message, [one.code for one in shown.tools]) == ("已取扫描件，共 3 页。", ["drop", "by clerk"])


@pytest.mark.parametrize("leave", [BACK, e.TilePressed("back")])
def test_a_clerk_who_takes_nothing_is_signed_out_too(at_list: Visit, with_both: Guide, leave: e.Event):
    begun = go(at_list, with_both, NEXT, pressed(CapturePress.BY_CLERK), e.Typed("1001"), NEXT, e.Typed("1"), NEXT)
    listed = go(begun.visit, with_both, e.SignedIn("1001"), e.ScansListed(()))
    left = go(listed.visit, with_both, leave)
    assert (left.visit.capture.doing, w.SignOut() in left.wishes) == (Doing.LIVE, True)


def test_with_the_clerks_scanner_alone_the_page_says_so(at_list: Visit, guide: Guide):
    alone = replace(guide, has_scan_folder=True)
    shown = page(go(at_list, alone, NEXT).visit, alone)
    assert (shown.live, shown.main, [one.code for one in shown.tools]) == (False, None, ["by clerk"])


def test_no_picture_is_in_any_repr(at_list: Visit, with_camera: Guide):
    kept = one_page(at_list, with_camera)
    assert all("xff" not in repr(value) for value in (kept, page(kept, with_camera), taken(kept)))
