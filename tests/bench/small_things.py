"""A ticket's bytes, loading the shelf, one answer: milliseconds each, by themselves."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from PIL import Image

from kiosk.forms import Form, Kind, load_form
from kiosk.ids import PackId, Ref, TicketNumber
from kiosk.interview import AskStep, Context, Interview, answer, begin, fill, look, steps
from kiosk.shelf import Shelf, open_shelf
from kiosk.slips.parts import Cut, Logo, Qr, Slip, Text
from kiosk.slips.slip import SlipFacts, offline_slip
from printers.encode import encode
from printers.escpos_printer import codes_for
from printers.profiles import load_profile
from resources import folder

TODAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def tickets(times: int = 200) -> tuple[list[float], list[float]]:
    """The offline slip, and the ticket of 30 lines with a logo and a code, both in the printer's own letters."""
    profile = load_profile("virtual-80mm")
    codes = codes_for(profile)
    wording = open_shelf(folder(".")).wording
    facts = SlipFacts(
        court_name="北京市朝阳区人民法院",
        ticket_number=TicketNumber("0105-261123-0007-K3"),
        ticket_time=TODAY,
        cause="民间借贷纠纷",
        pages=6,
        digest16="0123456789abcdef",
        window="诉讼服务中心 1号窗口",
    )
    logo = Image.effect_noise((192, 192), 90).convert("1")
    long = Slip((Logo(), *(Text("原告向被告出借人民币伍万元整") for _ in range(30)), Qr("C" * 62), Cut()))
    slips = _times(times, lambda: b"".join(encode(offline_slip(facts, wording, "zh"), profile, codes)))
    return slips, _times(times, lambda: b"".join(encode(long, profile, codes, logo=logo)))


def loads(times: int = 10) -> tuple[list[float], list[float]]:
    """The private-lending pack alone, and the whole shelf with its tables and words."""
    shelf = open_shelf(folder("."))
    body = (folder("packs") / "private_lending.json").read_bytes()
    pack = _times(times, lambda: load_form(body, shelf.tables, shelf.wording))
    return pack, _times(times, lambda: open_shelf(folder(".")))


def answers(times: int = 200) -> tuple[list[float], list[float]]:
    """One sum in the filled-in demonstration, with all that is computed from it; the same and the list of pages that follows from it."""
    interview = filled()
    sums = _asked(interview, Kind.MONEY)
    turns = iter(range(10**9))

    def one() -> Interview:
        n = next(turns)
        answered = answer(interview, sums[n % len(sums)], str(1000 + n))
        assert isinstance(answered, Interview)
        return answered

    return _times(times, one), _times(times, lambda: steps(one()))


def filled(shelf: Shelf | None = None) -> Interview:
    form: Form = (shelf or open_shelf(folder("."))).forms[PackId("private_lending")]
    facts = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}
    demo = msgspec.json.decode((folder("demo") / "answers.json").read_bytes())
    done = fill(begin(form, Context(today=TODAY.date(), facts=facts)), demo["answers"])
    assert isinstance(done, Interview)
    return done


def _asked(interview: Interview, kind: Kind) -> list[Ref]:
    """Every question of this kind that is asked."""
    refs = [step.ref for step in steps(interview) if isinstance(step, AskStep)]
    return [ref for ref in refs if look(interview, ref, "zh").kind is kind]


def _times(times: int, work: Callable[[], object]) -> list[float]:
    work()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found
