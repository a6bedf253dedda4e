"""What is special about a form imported from an XForm: its first values, its actions, its looser answers."""

from __future__ import annotations

from kiosk.forms.kinds import Kind
from kiosk.forms.model import Action, Question, Start
from kiosk.forms.plan import Shape
from kiosk.interview.answers import WHOLE, odk_text
from kiosk.interview.choices import options_for
from kiosk.interview.refs import find
from kiosk.interview.state import Interview, Work


def begin_imported(work: Work, start: Start) -> Interview:
    """The instance as the document has it, then preloads, then everything computed, then the first actions."""
    plan = work.plan
    for ref, count in start.rows:
        key = find(plan, work.rows, ref, list_too=True)
        if key is not None and plan.nodes[key[0]].shape is Shape.REPEAT:
            while len(work.rows.get(key, ())) < count:
                work.rows[key] = (*work.rows.get(key, ()), work.next_row)
                work.next_row += 1
    for ref, text in start.texts:
        key = find(plan, work.rows, ref)
        if key is not None:
            work.texts[key] = odk_text(plan.nodes[key[0]].kind, text)
    _all(work, "preload")
    _all(work, "odk-instance-first-load")
    work.call_everything()
    work.run()
    _all(work, "odk-instance-load")
    return work.finished(undoable=False)


def _all(work: Work, event: str) -> None:
    for action in work.form.actions.get(event, ()):
        _everywhere(work, action)


def _everywhere(work: Work, action: Action) -> None:
    """In every instance of the place the action stands in."""
    instances: list[tuple[int, ...]] = [()]
    for repeat in work.plan.nodes[action.at].repeats:
        instances = [(*one, row) for one in instances for row in work.rows.get((repeat, one), ())]
    for one in instances:
        work.act(action, one)


def settled(interview: Interview) -> Interview:
    """Without chosen codes that are no longer among the choices, as ODK engines leave it at the end."""
    form = interview.form
    filtered = [one for one in form.at.values() if isinstance(one, Question) and one.itemset is not None]
    for question in filtered:
        work = Work(form, interview.context, interview)
        for key, text in interview.texts.items():
            if key[0] == question.index and interview.visible(key):
                codes = {choice.code for choice in options_for(form, interview.world(), question, key)}
                chosen = text.split() if question.kind is Kind.CHOICES else [text]
                kept = " ".join(code for code in chosen if code in codes)
                if kept != text:  # written without doing anything again: so does JavaRosa
                    work.texts[key] = kept
        interview = work.finished(undoable=False)
    return interview


def kept_as_odk(kind: Kind, text: str) -> str:
    """ODK engines take an answer as it is typed; only numbers are written in one way."""
    if kind is Kind.CHOICES:
        return " ".join(text.split())
    if kind is Kind.INT and not WHOLE.fullmatch(text.strip()):
        return text
    return odk_text(kind, text)
