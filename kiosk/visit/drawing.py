"""Which page a visit shows: finished words, ready for a screen."""

from __future__ import annotations

import re
from typing import assert_never

from kiosk.clock import court_day
from kiosk.filings.content import cause_of
from kiosk.interview import MaterialView, look, materials, summary
from kiosk.law import calendar
from kiosk.slips.slip import reference
from kiosk.visit import asking, errands, green, tasks
from kiosk.visit import pages as p
from kiosk.visit.before_filing import OTHER
from kiosk.visit.capture import counted
from kiosk.visit.capture_pages import capture_page, on_list
from kiosk.visit.first_page import welcome_page
from kiosk.visit.front_pages import about_page, coming_back_page
from kiosk.visit.guidance_pages import channels_page, guidance_page, matter_page
from kiosk.visit.guide import Guide
from kiosk.visit.keeping import keeping_page, leaving_page
from kiosk.visit.masked import MASKS
from kiosk.visit.needs import needs_page
from kiosk.visit.question_pages import question_page
from kiosk.visit.tasks import tasks_page
from kiosk.visit.told import shown_notice
from kiosk.visit.visit import Moment, Visit

STEPS = 6
ASIDE = re.compile(r"\s*[（(].*?[）)]")  # what a section's title explains in brackets
# No slip in the hand: the number and its code are there to be photographed.
NO_SLIP = frozenset(f"paper.{what}" for what in ("none", "waiting", "unknown", "cancelled"))
RATINGS = ("1", "2", "3", "4", "5")


def page_of(visit: Visit, guide: Guide) -> p.Page:
    """The page for this visit, in its language."""

    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    def heading(key: str) -> p.Heading:
        second = guide.say_second(f"{key}.title", visit.language)
        return p.Heading(title=say(f"{key}.title"), hint=say(f"{key}.hint"), second=second)

    match visit.moment:
        case Moment.WELCOME | Moment.GONE:
            return welcome_page(visit.language, guide.wording, guide.alarm, guide.window)
        case Moment.ABOUT:
            return about_page(visit.language, guide)
        case Moment.COMING_BACK:
            return coming_back_page(visit.language, guide)
        case Moment.ERRAND:
            assert visit.errand is not None
            return errands.page_of(visit.errand, visit.language, guide)
        case Moment.NEEDS:
            return needs_page(visit.language, guide)
        case Moment.HELD:
            options = (p.Option("continue", say("held.continue")), p.Option("discard", say("held.discard")))
            return p.AskPage(p.Frame(visit.language, back=False), say("held.title"), say("held.hint"), options)
        case Moment.FETCH:
            frame = p.Frame(visit.language, next_label=say("nav.next"), objection=visit.objection)
            return p.WordsPage(frame, heading("fetch"), visit.entry.text, p.Keys.DIGITS, max_characters=4)
        case Moment.LANGUAGE:
            spoken = guide.wording.languages
            names = tuple(p.Option(one.code, one.name) for one in spoken)
            return p.AskPage(p.Frame(visit.language), " · ".join(one.choose for one in spoken), "", names)
        case Moment.MATTER:
            return matter_page(visit, guide, OTHER)
        case Moment.TELL | Moment.SIGNPOSTS | Moment.SIGNPOST | Moment.BRANCHES | Moment.TOPICS:
            return guidance_page(visit, guide)
        case Moment.CHANNELS | Moment.CHANNELS_TOLD:
            return channels_page(visit, guide, frame_of(visit, guide))
        case Moment.OTHER_MATTER:
            frame = p.Frame(visit.language, next_label=say("nav.finish"))
            paragraphs = tuple(say(f"other_matter.line{n}", window=guide.window) for n in (1, 2, 3))
            return p.NotePage(frame, heading("other_matter"), paragraphs)
        case Moment.ASKING:
            return question_page(visit, guide, frame_of(visit, guide))
        case Moment.MATERIALS:
            assert visit.interview is not None
            wanted = tuple(
                p.Material(one.id, one.label, _detail(one, visit, guide), one.id in visit.materials)
                for one in materials(visit.interview, visit.language)
            )
            return p.MaterialsPage(frame_of(visit, guide), heading("materials"), wanted)
        case Moment.CAPTURE:
            return capture_page(visit, guide, frame_of(visit, guide))
        case Moment.CHECK:
            return p.CheckPage(frame_of(visit, guide), heading("check"), _check_rows(visit, guide))
        case Moment.NOTICE:
            notice = shown_notice(visit)
            return p.NoticePage(
                frame_of(visit, guide),
                p.Heading(title=notice.title, hint=say("notice.hint")),
                notice.items,
                say("notice.tick"),
                visit.ticked,
                notice.spoken,
            )
        case Moment.HAND_IN:
            reminder = say("hand_in.reminder")
            return p.HandInPage(frame_of(visit, guide), heading("hand_in"), _hand_in_rows(visit, guide), reminder)
        case Moment.STORING:
            return p.WorkingPage(p.Frame(visit.language, back=False, leave=False), say("storing.message"))
        case Moment.STORING_FAILED:
            frame = p.Frame(visit.language, next_label=say("nav.try_again"))
            lines = (say(visit.trouble), say("storing_failed.kept"), say("storing_failed.window", window=guide.window))
            return p.NotePage(frame, heading("storing_failed"), lines, tone="warn")
        case Moment.TIME_LIMIT:
            frame = p.Frame(visit.language, next_label=say("nav.submit"))
            told = tuple(say(f"time_limit.line{n}", window=guide.window) for n in (1, 2, 3))
            return p.NotePage(frame, heading("time_limit"), told, tone="warn")
        case Moment.DONE:
            return _done(visit, guide)
        case Moment.LEAVING:
            return leaving_page(visit, guide)
        case Moment.TASKS:
            return tasks_page(visit, guide)
        case Moment.KEEPING | Moment.KEEPING_NOW | Moment.KEPT:
            return keeping_page(visit, guide)
        case Moment.REMOVING:
            sure = (p.Option("keep", say("removing.keep")), p.Option("remove", say("removing.remove")))
            return p.AskPage(p.Frame(visit.language, back=False), say("removing.title"), say("removing.hint"), sure)
        case Moment.LARGER:
            larger = (p.Option("stay", say("larger.stay")), p.Option("larger", say("larger.larger")))
            return p.AskPage(p.Frame(visit.language, back=False), say("larger.title"), say("larger.hint"), larger)
        case Moment.HIDDEN:  # looks like any page of the attract screen's
            frame = p.Frame(visit.language, back=False, next_label=say("nav.start"), leave=False)
            return p.NotePage(frame, heading("about"), tuple(say(f"about.line{n}") for n in range(1, 6)))
        case Moment.STILL_THERE:
            there = (p.Option("stay", say("still_there.stay")), p.Option("leave", say("still_there.leave")))
            frame = p.Frame(visit.language, back=False)
            return p.AskPage(frame, say("still_there.title"), say("still_there.hint"), there, visit.seconds_left)
        case Moment.HELP:
            frame = p.Frame(visit.language, back=False)
            return p.HelpPage(frame, say("help.title"), say("help.message"), say("help.go_on"))
    assert_never(visit.moment)


def frame_of(visit: Visit, guide: Guide) -> p.Frame:
    """The step line and the buttons around a page of a filing."""
    number, title = _step(visit, guide)
    does = green.does(visit, guide)
    if "neutral" in does:
        title = guide.say("step.neutral", visit.language)
    return p.Frame(
        language=visit.language,
        step=number,
        steps=STEPS,
        step_title=title,
        next_label=guide.say("nav.submit" if visit.moment is Moment.HAND_IN else "nav.next", visit.language),
        objection=visit.objection,
        hide="hide" in does,
        tasks=tasks.may_show(visit),
    )


def _step(visit: Visit, guide: Guide) -> tuple[int, str]:
    """Six steps: three of questions, then papers and check, notices and mediation, address and signature."""
    if visit.station == "interview" and visit.moment is Moment.ASKING:
        sections, here, title = asking.sections(visit, guide)
        return 1 + 3 * here // sections, title
    fixed = {
        "told first": 1,
        "materials": 4,
        "capture": 4,
        "check": 4,
        "notices": 5,
        "told mediation": 5,
        "mediation": 5,
    }
    if visit.station == "channels":
        return 1, guide.say("step.before", visit.language)
    number = fixed.get(visit.station, 4 if visit.station == "interview" else 6)
    key = {1: "step.before", 4: "step.check", 5: "step.told", 6: "step.sign"}[number]
    return number, guide.say(key, visit.language)


def _copies(material: MaterialView, guide: Guide, language: str) -> str:
    """What to hand in of it: the original, and how many copies."""
    original = guide.say("materials.original", language) if material.original else ""
    copies = guide.say("materials.copies", language, count=material.copies) if material.copies not in ("", "0") else ""
    return guide.say("materials.and", language).join(part for part in (original, copies) if part)


def _detail(material: MaterialView, visit: Visit, guide: Guide) -> str:
    """What to hand in of it, and what was photographed already."""
    parts = (_copies(material, guide, visit.language), on_list(visit, material.id, guide))
    return guide.say("materials.and", visit.language).join(part for part in parts if part)


def _check_rows(visit: Visit, guide: Guide) -> tuple[p.Row, ...]:
    assert visit.interview is not None
    rows = []
    for line in summary(visit.interview, visit.language, "interview"):
        mask = MASKS.get(line.kind)
        masked = tuple(mask(text) for text in line.value_lines) if mask else ()
        lines = (guide.say("unknown.words", visit.language),) if line.unknown else line.value_lines
        paper = look(visit.interview, line.ref, visit.language).paper if line.ref else ""
        section = ASIDE.sub("", line.section_title.partition(" · ")[0]).strip()
        rows.append(p.Row(paper or line.label, lines, line.ref, masked=masked, section=section))
    return tuple(rows)


def _hand_in_rows(visit: Visit, guide: Guide) -> tuple[p.Row, ...]:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    assert visit.matter is not None
    pages = say("hand_in.pages", count=visit.pages) if visit.pages else say("hand_in.being_made")
    return (
        p.Row(say("hand_in.court"), (guide.court_name,)),
        p.Row(say("hand_in.cause"), (cause_of(guide.forms[visit.matter].title, visit.language),)),
        p.Row(say("hand_in.complaint"), (pages,)),
        *_scan_rows(visit, guide),
    )


def _scan_rows(visit: Visit, guide: Guide) -> tuple[p.Row, ...]:
    """What was photographed goes along."""
    count, pages = counted(visit.scans)
    if not count:
        return ()
    told = guide.say("capture.row_count", visit.language, count=count, pages=pages)
    return (p.Row(guide.say("capture.row", visit.language), (told,)),)


def _next_steps(visit: Visit) -> tuple[str, ...]:
    """What comes next; first whatever cannot wait."""
    urgent = ("done.to_window",) if visit.to_window else ()
    first = ("done.served_first",) if visit.prefix else ()
    usual = ("done.next1", "done.next2") if visit.to_window else ("done.next1", "done.next2", "done.next3")
    return (*urgent, *first, *usual)


def _decided_by(guide: Guide) -> tuple[str, ...]:
    """The day by which the court says yes or no, if it has the filing today (CPL art.126)."""
    if not guide.court_reached or guide.tables is None:
        return ()
    deadline = calendar.procedure("filing_decision", court_day(guide.now), guide.law)
    return (deadline.last.isoformat(),) if deadline is not None else ()


def _done(visit: Visit, guide: Guide) -> p.DonePage:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    asks = visit.paper == "paper.unconfirmed" and not visit.slip_asked
    ratings = tuple(p.Option(code, say(f"rating.{code}"), chosen=code == visit.rating) for code in RATINGS)
    taken = (p.Option("slip yes", say("done.slip_yes")), p.Option("slip no", say("done.slip_no")))
    return p.DonePage(
        frame=p.Frame(visit.language, back=False, leave=False),
        title=say("done.title"),
        ticket_number=visit.ticket_number,
        status=say("done.status"),
        paper=say(visit.paper, window=guide.window),
        next_steps=(
            *(say(key, window=guide.window, prefix=visit.prefix) for key in _next_steps(visit)),
            *(say("done.decided_by", day=day) for day in _decided_by(guide)),
        ),
        ratings=taken if asks else ratings,
        leave_label=say("done.leave"),
        code=reference(visit.ticket_number) if visit.ticket_number and visit.paper in NO_SLIP else "",
        question=say("done.slip_question") if asks else "",
        a4_label=say("done.print_a4") if guide.has_a4 and not visit.a4_asked else "",
    )
