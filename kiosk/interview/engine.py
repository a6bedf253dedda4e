"""The interview as a step function: an interview and an answer give the next interview, or an objection.

Nothing here knows screens or paper. Every function returns a new value; the one given stays as it was.
"""

from __future__ import annotations

from kiosk.errors import KioskBug
from kiosk.forms.kinds import CHOICE_KINDS, Kind
from kiosk.forms.model import Computed, Form, Question, Repeat
from kiosk.forms.plan import Code, Instance, Key
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.world import Env, World
from kiosk.ids import Ref
from kiosk.interview.answers import normalise
from kiosk.interview.choices import codes_for
from kiosk.interview.imported import begin_imported, kept_as_odk
from kiosk.interview.objection import Objection, object_to
from kiosk.interview.refs import key_of, ref_of
from kiosk.interview.state import MOST_ROWS, Context, Interview, Work
from kiosk.law.verdict import Wrong


def begin(form: Form, context: Context) -> Interview:
    """A fresh interview: first rows made, facts filled in, everything computed once."""
    work = Work(form, context)
    if form.start is not None:
        return begin_imported(work, form.start)
    for name, text in context.facts.items():
        index = form.plan.by_path.get(f"/data/{name}")
        if index is not None and not form.plan.nodes[index].repeats:
            work.texts[index, ()] = text
    work.first_rows(0, ())
    work.call_everything()
    return work.finished(undoable=False)


def recomputed(interview: Interview) -> Interview:
    """Everything worked out again from what was said: what an interview is equal to at any moment."""
    work = Work(interview.form, interview.context, interview)
    work.changing("hidden").clear()
    for index, element in interview.form.at.items():
        if isinstance(element, Computed):
            for key in [key for key in work.texts if key[0] == index]:
                del work.texts[key]
    work.call_everything()
    return work.finished(undoable=False)


def holds(world: World, code: Code | None, instance: Instance, otherwise: bool) -> bool:
    """A yes-or-no expression at a place. One that runs out of steps says `otherwise`: it never blocks a person."""
    if code is None:
        return otherwise
    world.begin_evaluation()
    try:
        return bool(code.run(Env(world, instance)))
    except ExpressionProblem:
        return otherwise


def answer(interview: Interview, ref: str, text: str) -> Interview | Objection:
    """The interview with this answer, or why not; `""` takes an answer back. A refused value leaves the old one."""
    form = interview.form
    key = key_of(form.plan, interview.rows, ref)
    question = form.at.get(key[0])
    if not isinstance(question, Question):
        raise KioskBug(f"{ref} is not a question")
    if text.strip() == "":
        return _cleared(interview, key)
    kept = _normalised(interview, question, key, text)
    if isinstance(kept, Objection):
        return kept
    work = Work(form, interview.context, interview)
    old = work.texts.get(key, "")
    if form.start is None:
        work.texts[key] = kept
    else:
        work.world.tried = (key, kept)
    # an answer to something not asked at this moment is looked at when it is asked
    constraint = question.constraint
    if constraint is not None and work.world.visible(key) and not holds(work.world, constraint, key[1], True):
        return object_to(interview, key, "answers.constraint", text, question.message)
    work.world.tried = None
    work.texts[key] = kept
    work.said(key)
    if old != kept:
        work.read_anew(key)
    if form.actions and old != kept:
        work.happen("xforms-value-changed", key)
    return work.finished()


def _cleared(interview: Interview, key: Key) -> Interview:
    work = Work(interview.form, interview.context, interview)
    work.said(key)
    work.put(key, "")
    return work.finished()


def _normalised(interview: Interview, question: Question, key: Key, text: str) -> str | Objection:
    form = interview.form
    if form.start is not None:
        return kept_as_odk(question.kind, text)
    if question.kind in CHOICE_KINDS:
        codes = set(text.split()) if question.kind is Kind.CHOICES else {text}
        order = codes_for(form, interview, question, key)
        if not order.keys() >= codes:
            return object_to(interview, key, "answers.choice", text)
        return " ".join(sorted(codes, key=order.__getitem__))
    verdict = normalise(question.kind, text, form.tables, interview.context.today)
    return object_to(interview, key, verdict.reason, text) if isinstance(verdict, Wrong) else verdict.text


def declare_unknown(interview: Interview, ref: str) -> Interview:
    """我不知道: the answer stays empty on purpose, where the form allows it."""
    key = key_of(interview.form.plan, interview.rows, ref)
    question = interview.form.at.get(key[0])
    if not isinstance(question, Question) or not question.unknown:
        raise KioskBug(f"{ref} may not be left unknown")
    work = Work(interview.form, interview.context, interview)
    work.said(key, unknown=True)
    work.put(key, "")
    return work.finished()


def add(interview: Interview, repeat_ref: str) -> tuple[Interview, Ref]:
    """One more of a repeat, and the ref of the new instance."""
    form = interview.form
    key = key_of(form.plan, interview.rows, repeat_ref, list_too=True)
    repeat = form.at.get(key[0])
    if not isinstance(repeat, Repeat) or not may_add(interview, key):
        raise KioskBug(f"nothing can be added to {repeat_ref}")
    work = Work(form, interview.context, interview)
    new = work.add_row(*key)
    grown = work.finished()
    return grown, ref_of(form.plan, grown.rows, new)


def may_add(interview: Interview, key: Key) -> bool:
    repeat = interview.form.at.get(key[0])
    if not isinstance(repeat, Repeat) or repeat.counted:
        return False
    most = MOST_ROWS if repeat.most is None else min(repeat.most, MOST_ROWS)
    return len(interview.rows.get(key, ())) < most


def remove(interview: Interview, instance_ref: str) -> Interview:
    """The interview without this instance and everything said inside it; `undo` brings it back."""
    form = interview.form
    key = key_of(form.plan, interview.rows, instance_ref)
    if not isinstance(form.at.get(key[0]), Repeat):
        raise KioskBug(f"{instance_ref} is not an instance of a repeat")
    work = Work(form, interview.context, interview)
    work.remove_row(key)
    return work.finished()


def undo(interview: Interview) -> Interview:
    """The interview before the last change; the same one when there is nothing to take back."""
    if not interview.before:
        return interview
    *earlier, last = interview.before
    return Interview(interview.form, interview.context, *last, tuple(earlier))
