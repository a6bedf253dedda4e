"""What a visit may look up while it steps: forms, words, tables, the court, today. It never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.clock import court_day
from kiosk.forms import Form
from kiosk.forms.head import Head, heads_of
from kiosk.guidance.search import Search
from kiosk.ids import PackId
from kiosk.interview import Context
from kiosk.law.tables import Tables
from kiosk.wording import Wording


@dataclass(frozen=True, slots=True)
class Guide:
    forms: Mapping[PackId, Form]
    wording: Wording
    tables: Tables | None  # None only while the desk is still opening, before any form is there
    court_name: str
    court_code: str
    window: str
    now: datetime
    has_reader: bool = False
    reader_expected: bool = False  # the settings name one
    has_camera: bool = False
    camera_works: bool = True  # its picture is there, as far as anybody looked
    has_card_picture: bool = False  # a camera, and something that reads an identity card's picture
    has_scan_folder: bool = False  # of the clerk's own scanner
    alarm: str = ""  # wording key of what visitors should know before they start, such as no paper
    held: bool = False  # a form interrupted a moment ago waits for whoever still stands here
    waiting: int = 0  # forms interrupted longer ago, for their owners only
    guidance: Search | None = None  # read a moment after the desk is open
    court_reached: bool = True  # the court answered lately
    kept_days: int = 7  # how long a form kept for later is kept
    large_letters: bool = False  # the person chose them already
    needs: frozenset[str] = frozenset()  # of `kiosk.visit.needs.NEEDS`, those the window and the voice already heed
    offered_needs: tuple[str, ...] = ("large", "contrast", "low")  # what this kiosk can do
    has_a4: bool = False  # an A4 printer is set up
    printer: str = ""  # wording key of the ticket printer's state; "" : nobody has looked yet

    @property
    def takes_cards(self) -> bool:
        return self.has_reader or self.has_card_picture

    def say(self, key: str, language: str, **places: str | int) -> str:
        return self.wording.say(key, language, **places)

    def say_second(self, key: str, language: str) -> str:
        """The same in the language that stands small beside this one."""
        return self.wording.say(key, self.wording.second(language))

    @property
    def heads(self) -> Mapping[PackId, Head]:
        """What lists of forms say of them; `forms` itself loads a form when it is looked up."""
        return heads_of(self.forms)

    @property
    def law(self) -> Tables:
        """The tables; asked for only inside a filing, when they are there."""
        assert self.tables is not None
        return self.tables

    def context(self, cause: str = "") -> Context:
        """What an interview may know of the world around it."""
        facts = {"court_code": self.court_code, "court_name": self.court_name}
        if cause:
            facts["cause"] = cause  # found by guidance; a form that asks for the cause need not ask again
        return Context(today=court_day(self.now), facts=facts)
