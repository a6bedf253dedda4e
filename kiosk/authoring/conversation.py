"""A conversation with a form, for the tests of packs: every page is named as it comes, every answer is seen to be taken.

    (
        ask_for(form, today=TODAY, facts=FACTS)
        .expect_next("case_head/filer_role")
        .answer("self")
        .expect_next("plaintiff/kind")
        .answer("purple").expect_refused()
    )

Names are those of the pack without positions (`plaintiff/kind`); the last part alone is enough (`kind`). Every step
gives a new conversation; an expectation that does not hold is an AssertionError that says what was there instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kiosk.forms.model import Form
from kiosk.interview import (
    AskStep,
    CardStep,
    Context,
    Interview,
    ListStep,
    NoteStep,
    Objection,
    Step,
    add,
    answer,
    begin,
    check,
    declare_unknown,
    look,
    look_list,
    look_note,
    materials,
    notices,
    objections,
    steps,
    tree,
)

POSITION = re.compile(r"\[\d+\]")


def ask_for(form: Form, *, today: date, facts: Mapping[str, str] | None = None, language: str = "zh") -> Conversation:
    """A conversation about this form that stands before its first page."""
    return Conversation(begin(form, Context(today, facts or {})), language)


def name_of(ref: str) -> str:
    """`/data/plaintiff[2]/kind` → plaintiff/kind"""
    return POSITION.sub("", ref).removeprefix("/data/")


@dataclass(frozen=True, slots=True)
class Conversation:
    interview: Interview = field(repr=False)
    language: str = "zh"
    left: tuple[str, ...] = field(default=(), repr=False)  # pages that were left, by their ref
    stopped: Objection | None = field(default=None, repr=False)  # what stands in the way just now

    # where it stands

    @property
    def page(self) -> Step | None:
        """The page that is open: the first one not left yet, stage by stage as the kiosk walks."""
        stages = self.interview.form.stages
        waiting = [step for step in steps(self.interview) if str(step.ref) not in self.left]
        return min(waiting, key=lambda step: stages.index(step.stage), default=None)

    @property
    def next(self) -> str:
        """Its name; empty at the end."""
        return name_of(str(self.page.ref)) if self.page is not None else ""

    def _open(self) -> Step:
        page = self.page
        assert page is not None, "the conversation is over"
        return page

    def _closing(self, step: Step, interview: Interview) -> Conversation:
        objection = check(interview, step)
        left = self.left if objection is not None else (*self.left, str(step.ref))
        return replace(self, interview=interview, left=left, stopped=objection)

    # what a person does

    def answer(self, text: str) -> Conversation:
        """Give the open question this answer and go on; a refusal stays on the page."""
        step = self._open()
        assert isinstance(step, AskStep), f"{self.next} is not a question"
        found = answer(self.interview, step.ref, text)
        if isinstance(found, Objection):
            return replace(self, stopped=found)
        return self._closing(step, found)

    def answer_all(self, **answers: str) -> Conversation:
        """Answer the questions that come, by the last part of their names, until one comes that is not named."""
        talk = self
        while talk.stopped is None and (page := talk.page) is not None:
            name = talk.next.rpartition("/")[2]
            if isinstance(page, AskStep) and name in answers:
                talk = talk.answer(answers[name])
            elif isinstance(page, NoteStep | CardStep):
                talk = talk.go_on()
            else:
                break
        return talk

    def tell(self, known: Mapping[str, Any]) -> Conversation:
        """Go on to the end, or to the first page that cannot be left; `known` is a tree of answers as `fill` takes it.

        What is not known is left as it is, or is 我不知道 where the form allows it.
        """
        talk = self
        while talk.stopped is None and (page := talk.page) is not None:
            talk = talk._told(page, known)
        return talk

    def _told(self, page: Step, known: Mapping[str, Any]) -> Conversation:
        said = _known(known, str(page.ref))
        if isinstance(page, AskStep):
            if isinstance(said, str):
                return self.answer(said)
            shown = look(self.interview, page.ref, self.language)
            if shown.unknown_allowed and not shown.value:
                return self.do_not_know()
        elif isinstance(page, ListStep):
            there = look_list(self.interview, page.ref, self.language).items
            if len(there) < len(said or ()):
                return self.add()
        return self.go_on()

    def do_not_know(self) -> Conversation:
        """我不知道"""
        step = self._open()
        return self._closing(step, declare_unknown(self.interview, step.ref))

    def go_on(self) -> Conversation:
        """Leave the open page as it is: a note, a card page, a list, a question with nothing to say."""
        return self._closing(self._open(), self.interview)

    def turn_to(self, name: str) -> Conversation:
        """Leaf past every page before this one, said or not: for a test about something further on."""
        talk = self
        while (page := talk.page) is not None and not _is(talk.next, name):
            talk = replace(talk, left=(*talk.left, str(page.ref)), stopped=None)
        assert talk.page is not None, f"{name} is not asked"
        return talk

    def add(self) -> Conversation:
        """One more on the open list; the pages of the new one come next."""
        step = self._open()
        assert isinstance(step, ListStep), f"{self.next} is not a list"
        grown, _ = add(self.interview, str(step.ref))
        return replace(self, interview=grown, stopped=None)

    # what came of it

    @property
    def answers(self) -> dict[str, Any]:
        return tree(self.interview)

    @property
    def names(self) -> tuple[str, ...]:
        """Every page that was shown, with positions; last the one that could not be left, if there is one."""
        shown = [*self.left, *([str(self.page.ref)] if self.stopped is not None and self.page is not None else [])]
        return tuple(ref.removeprefix("/data/") for ref in shown)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(
            name_of(str(one.ref)).rpartition("/")[2] for one in steps(self.interview) if isinstance(one, NoteStep)
        )

    def note(self, name: str, language: str = "") -> tuple[str, ...]:
        """The paragraphs of a note that is on its way or was shown."""
        ref = next(one.ref for one in steps(self.interview) if _is(name_of(str(one.ref)), name))
        return look_note(self.interview, ref, language or self.language).paragraphs

    @property
    def materials(self) -> dict[str, str]:
        """What is to be brought: id → how many copies."""
        return {one.id: one.copies for one in materials(self.interview, self.language)}

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(one.id for one in notices(self.interview, self.language))

    # what must hold

    def expect_next(self, name: str) -> Conversation:
        """The open page is the one of this name."""
        assert self.stopped is None, f"{self.next} was not left: {self._why()}"
        assert _is(self.next, name), f"{name} was expected next, {self.next or 'the end'} came"
        return self

    def expect_refused(self, words: str = "") -> Conversation:
        """The last answer was not taken, with these words among the reasons; the page stays open for another."""
        assert self.stopped is not None, f"nothing was refused before {self.next}"
        assert words in self._why(), f"it was refused otherwise: {self._why()}"
        return replace(self, stopped=None)

    def expect_asked(self, *names: str) -> Conversation:
        """Each of these is on its way or was asked."""
        there = [name_of(str(step.ref)) for step in steps(self.interview)]
        for name in names:
            assert any(_is(one, name) for one in there), f"{name} is not asked"
        return self

    def expect_not_asked(self, *names: str) -> Conversation:
        there = [name_of(str(step.ref)) for step in steps(self.interview)]
        for name in names:
            assert not any(_is(one, name) for one in there), f"{name} is asked"
        return self

    def expect_value(self, name: str, text: str) -> Conversation:
        """A question or a computed value, of the innermost place of this name that there is."""
        nodes = self.interview.form.plan.nodes
        fitting = [node for node in nodes if _is(node.path.removeprefix("/data/"), name)]
        assert fitting, f"the form has no {name}"
        indexes = {node.index for node in fitting}
        said = [value for key, value in self.interview.texts.items() if key[0] in indexes]
        assert text in (said or [""]), f"{name} is something else"
        return self

    def expect_suggested(self, text: str) -> Conversation:
        """A button offers this on the open page."""
        offered = look(self.interview, str(self._open().ref), self.language).suggestions
        assert text in offered, f"{self.next} offers {len(offered)} other things"
        return self

    def expect_choices(self, *codes: str) -> Conversation:
        """The open question offers exactly these."""
        offered = tuple(one.code for one in look(self.interview, str(self._open().ref), self.language).options)
        assert offered == codes, f"{self.next} offers {offered}"
        return self

    def expect_said(self, words: str) -> Conversation:
        """The open note says this, somewhere in it."""
        note = look_note(self.interview, str(self._open().ref), self.language)
        assert words in "\n".join((note.label, *note.paragraphs)), f"{self.next} says something else"
        return self

    def expect_missing(self, *names: str) -> Conversation:
        """Everything still missing or wrong, in the form's order."""
        there = tuple(name_of(str(one.ref)) for one in objections(self.interview))
        assert len(there) == len(names), f"missing are {there}"
        assert all(_is(one, name) for one, name in zip(there, names, strict=True)), f"missing are {there}"
        return self

    def expect_end(self) -> Conversation:
        assert self.page is None, f"{self.next} is still to come"
        return self

    def _why(self) -> str:
        return self.stopped.words.get(self.language, self.stopped.key) if self.stopped is not None else ""


def _known(known: Any, ref: str) -> Any:
    """What a tree of answers says at a ref: a text, the rows of a list, or None."""
    for part in ref.split("/")[2:]:
        name, _, position = part.partition("[")
        known = known.get(name) if isinstance(known, Mapping) else None
        if position and isinstance(known, list):
            number = int(position.rstrip("]"))
            known = known[number - 1] if number <= len(known) else None
    return known


def _is(path: str, name: str) -> bool:
    return path == name or path.endswith("/" + name)
