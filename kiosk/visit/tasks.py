"""The list of what is done and what is left: the form's sections, then the steps after it; a touch goes there.

Looking ahead is free: what was left out is asked for again on the way to the end, so nothing is lost by a jump.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kiosk.ids import Ref
from kiosk.interview import AskStep, ListStep, Step, look, look_list, objections
from kiosk.visit import asking, green, keeping, route
from kiosk.visit import pages as p
from kiosk.visit.errand import heading
from kiosk.visit.guide import Guide
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import ROUTE, Moment, Visit

SHOWN_OVER = frozenset({Moment.ASKING, Moment.MATERIALS, Moment.CHECK, Moment.NOTICE})
BEFORE = frozenset(ROUTE[: ROUTE.index("interview")])
# The steps after the form, and the station each begins with.
AFTERWARDS = {"papers": "materials", "told": "notices", "sign": "told service"}
ASIDE = re.compile(r"\s*[（(].*?[）)]")
PART = "part "


def may_show(visit: Visit) -> bool:
    return visit.interview is not None and visit.moment in SHOWN_OVER and visit.station not in BEFORE


def jump(visit: Visit, code: str, guide: Guide) -> Stepped:
    """To the first page of a part that wants something, else to its first; what must wait stays where it is and says so."""
    listed, visit = visit, replace(visit, moment=visit.under, objection="")
    assert visit.interview is not None
    if code == "papers" and not objections(visit.interview, "interview"):
        return route.enter(visit, AFTERWARDS[code], guide)
    section = code.removeprefix(PART)
    inside = [one.ref for one in _asked(visit, guide) if one.section == section]
    if not code.startswith(PART) or not inside:
        return Stepped(replace(listed, objection=guide.say("tasks.not_yet", visit.language)))
    wanting = [one.ref for one in objections(visit.interview, "interview") if one.ref in inside]
    return route.arrive(_at_interview(visit), Ref((wanting or inside)[0]), guide)


def tasks_page(visit: Visit, guide: Guide) -> p.TasksPage:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    parts = (*_parts(visit, guide), *_afterwards(visit, guide))
    tasks = tuple(p.Task(code, label, say(f"tasks.{tone}"), tone) for code, label, tone in parts)
    done = sum(one.tone == "done" for one in tasks)
    head = heading("tasks", guide, visit.language)._replace(hint=say("tasks.count", done=done, whole=len(tasks)))
    hides = green.hides(visit, guide)
    around = p.Frame(visit.language, next_label=say("tasks.go_on"), objection=visit.objection, hide=hides)
    keeps = keeping.may_keep(visit)
    return p.TasksPage(around, head, tasks, say("tasks.save") if keeps else "")


def _at_interview(visit: Visit) -> Visit:
    return replace(visit, station="interview", returning=False)


def _asked(visit: Visit, guide: Guide) -> tuple[Step, ...]:
    return asking.steps_of(_at_interview(visit), guide)


def _parts(visit: Visit, guide: Guide) -> list[tuple[str, str, str]]:
    """Code, label and tone of each section of the form."""
    assert visit.interview is not None
    shown = _asked(visit, guide)
    wanting = {one.ref for one in objections(visit.interview, "interview")}
    names = {item.id: item.label.get(visit.language, "") for item in visit.interview.form.items}
    here = next((one.section for one in shown if one.ref == visit.at), None)
    order = list(dict.fromkeys(one.section for one in shown))
    passed = order.index(here) if here in order else len(order)
    found = []
    for at, section in enumerate(order):
        inside = [one for one in shown if one.section == section]
        label = ASIDE.sub("", names.get(section, "").partition(" · ")[0]).strip()
        label = label or guide.say("tasks.first", visit.language)
        begun = at < passed or any(_said(visit, one) for one in inside)
        if section == here:
            tone = "here"
        elif any(one.ref in wanting for one in inside):
            tone = "missing" if begun else "todo"
        else:
            tone = "done" if begun else "todo"
        found.append((f"{PART}{section}", label, tone))
    return found


def _said(visit: Visit, one: Step) -> bool:
    assert visit.interview is not None
    match one:
        case AskStep(ref=ref):
            shown = look(visit.interview, ref, visit.language)
            return bool(shown.value) or shown.unknown_declared
        case ListStep(ref=ref):
            return len(look_list(visit.interview, ref, visit.language).items) > 1
        case _:
            return False


def _afterwards(visit: Visit, guide: Guide) -> list[tuple[str, str, str]]:
    assert visit.interview is not None
    names = list(AFTERWARDS)
    at = ROUTE.index(visit.station)
    found = []
    for place, name in enumerate(names):
        begins = ROUTE.index(AFTERWARDS[name])
        ends = ROUTE.index(AFTERWARDS[names[place + 1]]) if place + 1 < len(names) else len(ROUTE)
        if at >= ends:
            tone = "done"
        elif at >= begins:
            tone = "here"
        else:
            tone = "todo" if name == "papers" and not objections(visit.interview, "interview") else "later"
        found.append((name, guide.say(f"tasks.{name}", visit.language), tone))
    return found
