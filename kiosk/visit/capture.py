"""Photographing what was brought: one page a material, between the list of materials and the check page.

Nothing here is asked for: a material that is not photographed is handed in later, a doubtful picture is kept when the
person goes on, and without a camera and without the clerk's scanner the station is not there at all. A visit holds what
is on the screen and the numbers of the pieces; the pieces lie in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.filings.scans import Piece, PieceKind, ScannedMaterial, Scans, no_room, pages_of
from kiosk.interview import MaterialView, materials
from kiosk.visit import card_picture
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.capture_events import CapturePress
from kiosk.visit.capture_state import Capture, Doing, ScanFile
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment, Visit

MOST_TYPED = 64


@dataclass(frozen=True, slots=True)
class Done:
    """Out of the station: forwards, or backwards."""

    visit: Visit
    back: bool = False


Taken = tuple[Visit, tuple[w.Wish, ...]] | Done


def is_offered(guide: Guide) -> bool:
    return guide.has_camera or guide.has_scan_folder


def wanted(visit: Visit) -> tuple[MaterialView, ...]:
    """What was brought, in the order of the list."""
    assert visit.interview is not None
    return tuple(one for one in materials(visit.interview, visit.language) if one.id in visit.materials)


def scanned(visit: Visit) -> tuple[ScannedMaterial, ...]:
    """What leaves the visit of it."""
    return tuple(ScannedMaterial(one.id, visit.scans[one.id]) for one in wanted(visit) if visit.scans.get(one.id))


def enter(visit: Visit, guide: Guide, from_behind: bool) -> Taken:
    """The first material, or the last one; what is no longer on the list goes."""
    here = [one.id for one in wanted(visit)]
    gone = [piece.id for name, pieces in visit.scans.items() if name not in here for piece in pieces]
    visit = replace(visit, scans={name: pieces for name, pieces in visit.scans.items() if name in here})
    dropped: tuple[w.Wish, ...] = (w.DropPieces(tuple(gone)),) if gone else ()
    if not here or not is_offered(guide):
        return Done(visit, from_behind)
    arrived, wishes = arrive(visit, here[-1 if from_behind else 0], guide)
    return arrived, (*dropped, *wishes)


def arrive(visit: Visit, material: str, guide: Guide) -> tuple[Visit, tuple[w.Wish, ...]]:
    """Show what there is of this material, the last page first; the camera while there is nothing."""
    visit = replace(visit, moment=Moment.CAPTURE, objection="")
    pieces = visit.scans.get(material, ())
    here = Capture(material, nonce=visit.capture.nonce + 1)
    if pieces:
        return _show(replace(visit, capture=here), len(pieces) - 1)
    doing = Doing.LIVE if guide.has_camera else Doing.SHOWN
    return replace(visit, capture=replace(here, doing=doing)), ()


def watches(visit: Visit) -> bool:
    """Whether the camera's picture is on the screen."""
    return (visit.moment is Moment.CAPTURE and visit.capture.doing is Doing.LIVE) or card_picture.watches(visit)


def take(visit: Visit, event: e.Event, guide: Guide) -> Taken:
    """One touch on the page on show."""
    here = visit.capture
    match here.doing, event:
        case Doing.LOOKING, _:
            return visit, ()
        case ((Doing.NUMBER | Doing.PIN | Doing.CHECKING | Doing.FILES), _):
            return _clerk(visit, event, guide)
        case _, e.CapturePressed(what=what):
            return _pressed(visit, what, guide)
        case Doing.LIVE, e.BackPressed() if visit.scans.get(here.material):
            return _show(visit, here.at)
        case _, e.BackPressed():
            return _beside(visit, -1, guide)
        case _, e.NextPressed():
            return _beside(visit, 1, guide)
    return visit, ()


def heard(visit: Visit, event: e.Event, guide: Guide) -> tuple[Visit, tuple[w.Wish, ...]]:
    """What came back, whatever lies over the page meanwhile."""
    here = visit.capture
    match event:
        case e.PieceTaken(nonce=nonce) if nonce == here.nonce:
            return _keep(visit, event)
        case e.PieceRefused(key=key, nonce=nonce) if nonce == here.nonce:
            doing = Doing.LIVE if here.doing is Doing.LOOKING and guide.has_camera and not here.number else here.doing
            doing = Doing.FILES if here.doing is Doing.LOOKING and here.number else doing
            return replace(visit, capture=replace(here, doing=doing, message=key)), ()
        case e.PieceShown(picture=picture, nonce=nonce) if nonce == here.nonce:
            return replace(visit, capture=replace(here, picture=picture)), ()
        case e.PiecesHere(ids=ids):
            return _only(visit, ids, guide), ()
        case e.ScansListed(files=files, trouble=trouble) if here.doing is Doing.CHECKING:
            message = trouble or ("" if files else "capture.no_files")
            return replace(visit, capture=replace(here, doing=Doing.FILES, files=files, message=message)), ()
        case e.SignInRefused(key=key) if here.doing is Doing.CHECKING:
            return replace(visit, capture=replace(here, doing=Doing.PIN, message=key)), ()
        case e.SignedIn() if here.doing is Doing.CHECKING:
            return visit, (w.ListScans(),)
    return visit, ()


def _pressed(visit: Visit, what: CapturePress, guide: Guide) -> tuple[Visit, tuple[w.Wish, ...]]:
    here, pieces = visit.capture, visit.scans.get(visit.capture.material, ())
    shown = pieces[here.at] if here.doing is Doing.SHOWN and here.at < len(pieces) else None
    full = no_room(visit.scans, here.material)
    match what:
        case CapturePress.SHOOT if here.doing is Doing.LIVE:
            if full and not here.replacing:
                return replace(visit, capture=replace(here, message=full)), ()
            nonce = here.nonce + 1
            return replace(visit, capture=replace(here, doing=Doing.LOOKING, message="", nonce=nonce)), (
                w.TakePicture(nonce),
            )
        case CapturePress.MORE if here.doing is Doing.SHOWN and guide.has_camera:
            if full:
                return replace(visit, capture=replace(here, message=full)), ()
            return replace(visit, capture=_live(here)), ()
        case CapturePress.AGAIN if shown is not None and guide.has_camera:
            return replace(visit, capture=replace(_live(here), replacing=True)), ()
        case CapturePress.TURN if shown is not None and shown.kind is PieceKind.PICTURE:
            turned = replace(shown, turned=(shown.turned + 90) % 360)
            return _with(visit, (*pieces[: here.at], turned, *pieces[here.at + 1 :])), ()
        case CapturePress.DROP if shown is not None:
            left = _with(visit, tuple(one for one in pieces if one is not shown))
            after, wishes = arrive(left, here.material, guide)
            return after, (w.DropPieces((shown.id,)), *wishes)
        case CapturePress.EARLIER if here.doing is Doing.SHOWN and here.at > 0:
            return _show(visit, here.at - 1)
        case CapturePress.LATER if here.doing is Doing.SHOWN and here.at + 1 < len(pieces):
            return _show(visit, here.at + 1)
        case CapturePress.BY_CLERK if guide.has_scan_folder:
            if full:
                return replace(visit, capture=replace(here, message=full)), ()
            asking = replace(here, doing=Doing.NUMBER, number="", pin="", message="", picture=None, replacing=False)
            return replace(visit, capture=asking), ()
    return visit, ()


def _clerk(visit: Visit, event: e.Event, guide: Guide) -> Taken:
    """A clerk takes a file of the clerk's own scanner; the PIN gives the right to this and to nothing more."""
    here = visit.capture
    match here.doing, event:
        case Doing.NUMBER, e.Typed(text=text):
            return replace(visit, capture=replace(here, number=text[:MOST_TYPED], message="")), ()
        case Doing.NUMBER, e.NextPressed() if here.number.strip():
            return replace(visit, capture=replace(here, doing=Doing.PIN, pin="", message="")), ()
        case Doing.PIN, e.Typed(text=text):
            return replace(visit, capture=replace(here, pin=text[:MOST_TYPED], message="")), ()
        case Doing.PIN, e.NextPressed() if here.pin:
            asked = w.SignIn(here.number.strip(), here.pin)
            return replace(visit, capture=replace(here, doing=Doing.CHECKING, pin="", message="clerk.waiting")), (
                asked,
            )
        case Doing.PIN, e.BackPressed():
            return replace(visit, capture=replace(here, doing=Doing.NUMBER, pin="", message="")), ()
        case Doing.FILES, e.TilePressed(code=code) if any(one.code == code for one in here.files):
            nonce = here.nonce + 1
            return replace(visit, capture=replace(here, doing=Doing.LOOKING, message="", nonce=nonce)), (
                w.TakeScan(code, nonce),
            )
        case _, e.BackPressed() | e.TilePressed(code="back"):
            after, wishes = arrive(visit, here.material, guide)
            return after, (w.SignOut(), *wishes)
    return visit, ()


def _live(here: Capture) -> Capture:
    return replace(here, doing=Doing.LIVE, picture=None, message="", replacing=False, nonce=here.nonce + 1)


def _keep(visit: Visit, taken: e.PieceTaken) -> tuple[Visit, tuple[w.Wish, ...]]:
    here, pieces = visit.capture, visit.scans.get(visit.capture.material, ())
    wishes: tuple[w.Wish, ...] = (w.SignOut(),) if here.number else ()
    if here.replacing and here.at < len(pieces):
        wishes = (w.DropPieces((pieces[here.at].id,)), *wishes)
        pieces = (*pieces[: here.at], taken.piece, *pieces[here.at + 1 :])
        at = here.at
    else:
        pieces, at = (*pieces, taken.piece), len(pieces)
    visit = _with(visit, pieces)
    shown = Capture(
        here.material,
        Doing.SHOWN,
        at,
        message="capture.left_behind" if taken.left_behind else "",
        picture=taken.picture,
        whole=not taken.sheet_found,
        nonce=here.nonce,
    )
    return replace(visit, capture=shown), wishes


def _show(visit: Visit, at: int) -> tuple[Visit, tuple[w.Wish, ...]]:
    here = visit.capture
    piece = visit.scans[here.material][at]
    shown = Capture(here.material, Doing.SHOWN, at, nonce=here.nonce + 1)
    asked: tuple[w.Wish, ...] = (w.ShowPiece(piece.id, shown.nonce),) if piece.kind is PieceKind.PICTURE else ()
    return replace(visit, capture=shown), asked


def _beside(visit: Visit, by: int, guide: Guide) -> Taken:
    here = [one.id for one in wanted(visit)]
    at = here.index(visit.capture.material) + by if visit.capture.material in here else len(here)
    if 0 <= at < len(here):
        return arrive(visit, here[at], guide)
    return Done(replace(visit, capture=Capture(nonce=visit.capture.nonce + 1)), by < 0)


def _with(visit: Visit, pieces: tuple[Piece, ...]) -> Visit:
    return replace(visit, scans={**visit.scans, visit.capture.material: pieces})


def _only(visit: Visit, ids: frozenset[int], guide: Guide) -> Visit:
    """After a form came back: what its slip could not keep is said to be gone."""
    left: dict[str, tuple[Piece, ...]] = {
        name: kept for name, pieces in visit.scans.items() if (kept := tuple(one for one in pieces if one.id in ids))
    }
    if left == dict(visit.scans):
        return visit
    visit = replace(visit, scans=left)
    if visit.moment is Moment.CAPTURE:
        visit, _ = arrive(visit, visit.capture.material, guide)
    return replace(visit, objection=guide.say("capture.gone", visit.language))


def counted(scans: Scans) -> tuple[int, int]:
    """How many materials, and how many pages."""
    kept = [pieces for pieces in scans.values() if pieces]
    return len(kept), sum(pages_of(pieces) for pieces in kept)


def said_of(file: ScanFile, when: datetime) -> Mapping[str, str | int]:
    return {"kilobytes": file.kilobytes, "time": f"{when:%H:%M}"}
