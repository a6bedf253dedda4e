"""The second way to fill in from an identity card: its picture. Offered where there is a camera and something to read it.

What was read is a proposal: the person sees all of it on the card's page and then every question, with its answer in it.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.capture_events import CapturePress
from kiosk.visit.guide import Guide
from kiosk.visit.pages import CapturePage, CardMoment, Frame, Heading, Option
from kiosk.visit.visit import Moment, Visit

BEFORE_CAMERA = (CardMoment.PICTURE, CardMoment.LOOKING)


def watches(visit: Visit) -> bool:
    """Whether the camera's picture is on the card's page."""
    return visit.moment is Moment.ASKING and visit.card.moment is CardMoment.PICTURE


def wishes(before: Visit, after: Visit) -> tuple[w.Wish, ...]:
    """The picture is read when it was taken."""
    looking = after.moment is Moment.ASKING and after.card.moment is CardMoment.LOOKING
    return (w.ReadCardPicture(after.card.nonce),) if looking and before.card.moment is not CardMoment.LOOKING else ()


def take(visit: Visit, event: e.Event, guide: Guide) -> Visit | None:
    """What this event does to the card's page before the camera; None when it is not about that."""
    card = visit.card
    match event:
        case e.CapturePressed(what=CapturePress.CARD) if guide.has_card_picture and card.moment not in BEFORE_CAMERA:
            return replace(visit, card=replace(card, moment=CardMoment.PICTURE, problem=""), objection="")
        case e.CapturePressed(what=CapturePress.SHOOT) if card.moment is CardMoment.PICTURE:
            return replace(visit, card=replace(card, moment=CardMoment.LOOKING))
        case e.CardRead(fields=fields, nonce=nonce, by_picture=True) if nonce == card.nonce:
            read = replace(card, moment=CardMoment.READ, fields=fields, by_picture=True)
            return replace(visit, card=read, objection="")
        case e.BackPressed() | e.NextPressed() if card.moment in BEFORE_CAMERA:
            return replace(visit, card=replace(card, moment=CardMoment.WAITING), objection="")
    return None


def page(visit: Visit, guide: Guide, frame: Frame) -> CapturePage:
    def say(key: str) -> str:
        return guide.say(key, visit.language)

    looking = visit.card.moment is CardMoment.LOOKING
    gone = not looking and not guide.camera_works
    message = say("card.looking") if looking else say("capture.no_camera_card") if gone else ""
    return CapturePage(
        frame=frame._replace(next_label=say("card.no_picture")),
        heading=Heading(say("card.picture_title"), say("card.picture_hint")),
        live=True,
        message=message,
        tone="warn" if gone else "plain",
        main=None if looking or gone else Option(CapturePress.SHOOT, say("capture.shoot")),
    )
