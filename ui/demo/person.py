"""A made-up person at the kiosk: shown a page, says what they would touch next.

They know their answers (a file as for `kiosk-desk file`) and read the page like anybody else. The same person walks
a visit as pure events, by touches on a window, and by a mouse on a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kiosk.errors import KioskBug
from kiosk.filings.ink import Ink, InkPoint
from kiosk.law.regions import way_to
from kiosk.law.tables import Tables
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.asking import UNSURE
from kiosk.visit.visit import Moment, Visit


@dataclass(frozen=True, slots=True)
class Person:
    form: str
    language: str
    answers: Mapping[str, Any] = field(repr=False)
    materials: tuple[str, ...]
    signatures: Mapping[str, Ink] = field(repr=False)
    tables: Tables = field(repr=False)
    has_card: bool = False
    witness: tuple[str, str] = field(default=("", ""), repr=False)  # a clerk's number and PIN, for who cannot write

    def next_event(self, visit: Visit, page: p.Page) -> e.Event:
        """What this person does on this page; a page they cannot get past is a bug of the form or of the answers."""
        match page:
            case p.WelcomePage():
                return e.TilePressed("file")
            case p.AskPage() if visit.moment is Moment.LANGUAGE:
                return e.TilePressed(self.language)
            case p.AskPage() if visit.moment is Moment.HELD:
                return e.TilePressed("continue")
            case p.AskPage():
                return e.TilePressed(page.options[0].code)
            case p.MaskedPage():
                return e.NextPressed()
            case p.ChoicePage() if visit.moment is Moment.NEEDS:
                return e.NextPressed()
            case p.ChoicePage() if visit.moment is Moment.MATTER:
                return e.NextPressed() if self.form in visit.entry.chosen else e.OptionPressed(self.form)
            case p.MaterialsPage():
                for material in page.materials:
                    if material.ticked != (material.id in self.materials):
                        return e.MaterialTicked(material.id)
                return e.NextPressed()
            case p.NoticePage():
                return e.NextPressed() if page.ticked else e.NoticeTicked()
            case p.HelpPage():
                return e.TilePressed("go on")
            case p.DonePage():
                return e.TilePressed("leave")
            case p.ClerkSignInPage():
                return self._vouched(page)
            case p.NotePage() | p.CheckPage() | p.HandInPage():
                self._must_not_object(page.frame, visit)
                return e.NextPressed()
        return self._answer(visit, page)

    def _answer(self, visit: Visit, page: p.Page) -> e.Event:
        wanted = self._wanted(visit.at or "")
        match page:
            case p.ChoicePage():
                codes = set(wanted.split())
                for option in page.options:
                    wrong = option.code != UNSURE and option.chosen != (option.code in codes)
                    if wrong and (page.many or (codes and not option.chosen)):
                        return e.OptionPressed(option.code)
                return self._onward(page, visit)
            case p.WordsPage() if page.lead:
                detail = wanted.partition(" ")[2]
                return self._onward(page, visit) if page.text == detail else e.Typed(detail)
            case p.WordsPage() | p.SumPage():
                shown = wanted.removesuffix(".00") if isinstance(page, p.SumPage) else wanted
                return self._onward(page, visit) if page.text in (shown, wanted) else e.Typed(shown)
            case p.DatePage():
                year, month, day = ([*wanted.split("-"), "", "", ""])[:3]
                typed = e.DateTyped(year, month.lstrip("0"), day.lstrip("0"))
                same = (page.year, page.month, page.day) == (typed.year, typed.month, typed.day)
                return self._onward(page, visit) if same else typed
            case p.RegionPage():
                way = [one.code for one in way_to(wanted.partition(" ")[0], self.tables)]
                return e.RegionChosen(way[len(page.way)]) if len(way) > len(page.way) else self._onward(page, visit)
            case p.ListPage():
                items = self._items(visit.at or "")
                return e.ItemAdded() if len(page.items) < len(items) else self._onward(page, visit)
            case p.SignPage():
                if page.signed:
                    return self._onward(page, visit)
                if any(self.witness):
                    return e.WitnessAsked()
                return e.SignatureDrawn(self.signatures.get(visit.at or "", FLOURISH))
            case p.CardPage():
                if page.moment is p.CardMoment.READ:
                    return e.NextPressed()
                return e.ByHandPressed()
        raise KioskBug(f"nobody knows what to do on a {type(page).__name__}")

    def _vouched(self, page: p.ClerkSignInPage) -> e.Event:
        """What the clerk types beside them."""
        number, pin = self.witness
        typed = page.pin_length == len(pin) if page.asking_pin else page.number == number
        return e.NextPressed() if typed else e.Typed(pin if page.asking_pin else number)

    def _onward(self, page: Any, visit: Visit) -> e.Event:
        """下一步; where that was refused and 我不知道 is offered, that."""
        if page.frame.objection:
            if isinstance(page, p.ChoicePage) and any(one.code == UNSURE for one in page.options):
                return e.OptionPressed(UNSURE)
            if getattr(page, "unknown_label", ""):
                return e.UnknownPressed()
            self._must_not_object(page.frame, visit)
        return e.NextPressed()

    def _must_not_object(self, frame: p.Frame, visit: Visit) -> None:
        if frame.objection:
            raise KioskBug(f"the person cannot get past {visit.at}: {frame.objection}")

    def _wanted(self, ref: str) -> str:
        found = self._at(ref)
        return found if isinstance(found, str) else ""

    def _items(self, ref: str) -> list[Any]:
        found = self._at(ref)
        return found if isinstance(found, list) else []

    def _at(self, ref: str) -> Any:
        """What the answers hold at this ref: /data/plaintiff[1]/person/name."""
        node: Any = self.answers
        for part in ref.split("/")[2:]:
            name, _, position = part.partition("[")
            node = node.get(name) if isinstance(node, Mapping) else None
            if position and isinstance(node, list):
                n = int(position.rstrip("]"))
                node = node[n - 1] if n <= len(node) else None
        return node


# A signature anybody could draw: two waves and a dot.
FLOURISH = Ink(
    900,
    400,
    (
        tuple(InkPoint(120 + 12 * n, 200 + (60 if n % 4 < 2 else -60), 18 * n) for n in range(28)),
        tuple(InkPoint(520 + 12 * n, 210 + (40 if n % 6 < 3 else -50), 700 + 18 * n) for n in range(20)),
        (InkPoint(790, 200, 1200), InkPoint(792, 202, 1230)),
    ),
)


def person_from(path: Path, tables: Tables) -> Person:
    """The person whose answers this file holds (`resources/demo`)."""
    kept = msgspec.json.decode(path.read_bytes())
    signatures = {
        ref: Ink(
            drawn["width"],
            drawn["height"],
            tuple(tuple(InkPoint(*point) for point in stroke) for stroke in drawn["strokes"]),
        )
        for ref, drawn in kept.get("signatures", {}).items()
    }
    return Person(
        form=kept["form"],
        language=kept.get("language", "zh"),
        answers=kept["answers"],
        materials=tuple(kept.get("materials", ())),
        signatures=signatures,
        tables=tables,
    )
