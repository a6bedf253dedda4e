"""Signing without a hand: a clerk sees who it is and that they mean it, and vouches with number and PIN.

Who cannot hold a pen or reach the glass presses 我不能手写 on the page of the signature; the clerk is called and types.
The signature then holds no strokes but the clerk's number and the time, and on the paper its line stays free for a
seal or a fingerprint (Civil Procedure Law art.123: who cannot write may file by word of mouth, and the court writes it
down). The PIN gives the right to this and to nothing more: the clerk is signed out at once.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.filings.ink import Ink
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.guide import Guide
from kiosk.visit.pages import ClerkSignInPage, Frame
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import Visit, Witness

MOST_TYPED = 20
WIDTH, HEIGHT = 900, 400  # of a surface nobody wrote on


def ask(visit: Visit) -> Stepped:
    """我不能手写: a clerk is called, and may type here."""
    return Stepped(replace(visit, witness=Witness(), objection=""), (w.CallStaff(),))


def take(visit: Visit, event: e.Event) -> Stepped:
    """One touch of the clerk."""
    here = visit.witness
    assert here is not None
    match event:
        case _ if here.checking:
            return Stepped(visit)
        case e.Typed(text=text) if not here.asking_pin:
            return Stepped(replace(visit, witness=replace(here, number=text[:MOST_TYPED], message="")))
        case e.Typed(text=text):
            return Stepped(replace(visit, witness=replace(here, pin=text[:MOST_TYPED], message="")))
        case e.NextPressed() if not here.asking_pin and here.number.strip():
            return Stepped(replace(visit, witness=replace(here, asking_pin=True, pin="", message="")))
        case e.NextPressed() if here.asking_pin and here.pin:
            asked = replace(here, pin="", checking=True, message="clerk.waiting")
            return Stepped(replace(visit, witness=asked), (w.SignIn(here.number.strip(), here.pin),))
        case e.BackPressed() if here.asking_pin:
            return Stepped(replace(visit, witness=replace(here, asking_pin=False, pin="", message="")))
        case e.BackPressed():
            return Stepped(replace(visit, witness=None))
    return Stepped(visit)


def heard(visit: Visit, event: e.SignedIn | e.SignInRefused, guide: Guide) -> Stepped:
    """What the desk says to number and PIN, whatever lies over the page meanwhile."""
    here = visit.witness
    if here is None or visit.at is None or not here.checking:
        return Stepped(visit, (w.SignOut(),) if isinstance(event, e.SignedIn) else ())
    if isinstance(event, e.SignInRefused):
        return Stepped(replace(visit, witness=replace(here, checking=False, message=event.key)))
    vouched = Ink(WIDTH, HEIGHT, (), guide.now, witness=event.clerk)
    signed = replace(visit, inks={**visit.inks, visit.at: vouched}, witness=None, objection="")
    return Stepped(signed, (w.SignOut(),))


def witness_page(visit: Visit, guide: Guide) -> ClerkSignInPage:
    here = visit.witness
    assert here is not None

    def say(key: str) -> str:
        return guide.say(key, visit.language)

    message = say(here.message or ("clerk.type_pin" if here.asking_pin else "clerk.type_number"))
    framed = Frame(visit.language, next_label=say("nav.next"))
    return ClerkSignInPage(framed, say("keys.witness_title"), here.number, len(here.pin), here.asking_pin, message)
