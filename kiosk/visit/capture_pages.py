"""What the page shows where a material is photographed."""

from __future__ import annotations

from kiosk.clock import CHINA
from kiosk.filings.scans import PieceKind, no_room, pages_of
from kiosk.visit.capture import said_of, wanted
from kiosk.visit.capture_events import CapturePress
from kiosk.visit.capture_state import Capture, CapturePage, Doing
from kiosk.visit.first_page import Frame, Heading, Option
from kiosk.visit.guide import Guide
from kiosk.visit.pages import ClerkChoicePage, ClerkSignInPage
from kiosk.visit.visit import Visit


def capture_page(visit: Visit, guide: Guide, frame: Frame) -> CapturePage | ClerkSignInPage | ClerkChoicePage:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    here = visit.capture
    if here.doing in (Doing.NUMBER, Doing.PIN, Doing.CHECKING):
        asking_pin = here.doing is not Doing.NUMBER
        hint = say(here.message or ("clerk.type_pin" if asking_pin else "clerk.type_number"))
        framed = Frame(visit.language, next_label=say("nav.next"))
        return ClerkSignInPage(framed, say("capture.clerk_title"), here.number, len(here.pin), asking_pin, hint)
    if here.doing is Doing.FILES:
        files = tuple(
            Option(one.code, one.name, say("capture.file_detail", **said_of(one, one.changed.astimezone(CHINA))))
            for one in here.files
        )
        heading = Heading(say("capture.files_title"), say("capture.files_hint"))
        return ClerkChoicePage(Frame(visit.language), heading, say(here.message) if here.message else "", files)
    pieces = visit.scans.get(here.material, ())
    piece = pieces[here.at] if here.doing is Doing.SHOWN and here.at < len(pieces) else None
    name = next((one.label for one in wanted(visit) if one.id == here.material), "")
    hint = "capture.hint" if guide.has_camera else "capture.hint_clerk"
    message, tone = _told(here, piece is not None, guide)
    doubts = piece.doubts if piece is not None else ()
    if piece is not None and not here.message:
        key = doubts[0] if doubts else "good"
        if piece.kind is PieceKind.PDF:
            message, tone = say("capture.pdf", pages=piece.pages), "good"
        elif here.whole and not doubts:
            message, tone = say("capture.whole"), "plain"
        else:
            message, tone = say(f"capture.{key}"), "warn" if doubts else "good"
    elif message:
        message = say(message)
    return CapturePage(
        frame=frame._replace(next_label=say("capture.done" if pieces else "capture.skip")),
        heading=Heading(say("capture.title", name=name), say(hint)),
        live=here.doing in (Doing.LIVE, Doing.LOOKING),
        message=message,
        tone=tone,
        picture=here.picture,
        turned=piece.turned if piece is not None else 0,
        counted=say("capture.counted", at=here.at + 1, pages=len(pieces)) if len(pieces) > 1 and piece else "",
        main=_main(visit, guide),
        tools=tuple(Option(what, say(f"capture.{what.replace(' ', '_')}")) for what in _tools(visit, guide)),
    )


def _told(here: Capture, shown: bool, guide: Guide) -> tuple[str, str]:
    if here.message:
        return here.message, "warn"
    if here.doing is Doing.LOOKING:
        return "capture.looking", "plain"
    if here.doing is Doing.LIVE and not guide.camera_works:
        return "capture.no_camera", "warn"
    return "", "plain"


def _main(visit: Visit, guide: Guide) -> Option | None:
    here = visit.capture
    if here.doing is Doing.LIVE and guide.camera_works:
        return Option(CapturePress.SHOOT, guide.say("capture.shoot", visit.language))
    if here.doing is Doing.SHOWN and guide.has_camera and not no_room(visit.scans, here.material):
        return Option(CapturePress.MORE, guide.say("capture.more", visit.language))
    return None


def _tools(visit: Visit, guide: Guide) -> tuple[CapturePress, ...]:
    here, pieces = visit.capture, visit.scans.get(visit.capture.material, ())
    if here.doing is Doing.LOOKING:
        return ()
    found = []
    if here.doing is Doing.SHOWN and here.at < len(pieces):
        picture = pieces[here.at].kind is PieceKind.PICTURE
        found += [CapturePress.AGAIN] if guide.has_camera and picture else []
        found += [CapturePress.TURN] if picture else []
        found.append(CapturePress.DROP)
        found += [CapturePress.EARLIER] if here.at > 0 else []
        found += [CapturePress.LATER] if here.at + 1 < len(pieces) else []
    if guide.has_scan_folder and not no_room(visit.scans, here.material):
        found.append(CapturePress.BY_CLERK)
    return tuple(found)


def on_list(visit: Visit, material: str, guide: Guide) -> str:
    """Beside a material on the list: how many pages there are of it."""
    pages = pages_of(visit.scans.get(material, ()))
    return guide.say("capture.on_list", visit.language, pages=pages) if pages else ""
