"""A visit as a file: answers by question, what was read, what was brought, what was signed.

```json
{"form": "private_lending", "language": "zh",
 "answers": {"plaintiff": [{"kind": "person", "person": {"name": "…"}}], …},
 "notices": ["privacy", …], "materials": ["complaint", …],
 "signatures": {"/data/signature/signatories": {"width": 900, "height": 400, "strokes": [[[x, y, ms], …], …]}}}
```
One object is one filing, an array is many. Notices must be named one by one: nothing is taken as read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from kiosk.clock import court_day
from kiosk.filings.filing import CompletedForm, NoticeRead, Submission
from kiosk.filings.ink import Ink, InkPoint
from kiosk.forms import Form, Kind
from kiosk.ids import PackId
from kiosk.interview import AskStep, Context, Interview, Objection, begin, complete, fill, look, notices, steps
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.wording import Wording

MOST_BYTES = 16 * 1024 * 1024
MOST_SHOWN = 60  # characters of a wrong value that are quoted back


class AnswersWrong(Exception):
    """What is wrong, a line a problem: question, value, reason."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__(f"{len(lines)} problems")


class Strokes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    width: int
    height: int
    strokes: list[list[tuple[int, int, int]]]


class _Visit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    form: str
    language: str = "zh"
    answers: dict[str, Any]
    notices: list[str] = []
    materials: list[str] = []
    signatures: dict[str, Strokes] = {}


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a file of answers needs to know."""

    shelf: Shelf
    settings: Settings
    wording: Wording
    language: str
    now: datetime

    def read(self, path: Path) -> tuple[Submission, ...]:
        """Every filing of the file, or `AnswersWrong` with all that is wrong in any of them."""
        visits = self._parse(path)
        submissions: list[Submission] = []
        wrong: list[str] = []
        for number, visit in enumerate(visits, start=1):
            lead = f"[{number}] " if len(visits) > 1 else ""
            try:
                submissions.append(self._submission(visit))
            except AnswersWrong as problem:
                wrong += [lead + line for line in problem.lines]
        if wrong:
            raise AnswersWrong(wrong)
        return tuple(submissions)

    def _say(self, key: str, **places: str | int) -> str:
        return self.wording.say(key, self.language, **places)

    def _parse(self, path: Path) -> list[_Visit]:
        body = path.read_bytes()
        if len(body) > MOST_BYTES:
            raise AnswersWrong([self._say("answers.too_large", file=path.name)])
        try:
            raw = msgspec.json.decode(body, strict=True)
            many = raw if isinstance(raw, list) else [raw]
            visits = [msgspec.convert(one, _Visit) for one in many]
        except (msgspec.MsgspecError, RecursionError) as error:
            raise AnswersWrong([self._say("answers.unreadable", file=path.name, reason=str(error))]) from None
        if not visits:
            raise AnswersWrong([self._say("answers.none", file=path.name)])
        return visits

    def _submission(self, visit: _Visit) -> Submission:
        form = self.shelf.forms.get(PackId(visit.form))
        if form is None:
            known = ", ".join(sorted(self.shelf.forms))
            raise AnswersWrong([self._say("answers.form_unknown", form=visit.form[:MOST_SHOWN], known=known)])
        if visit.language not in form.languages:
            raise AnswersWrong([self._say("answers.language_unknown", language=visit.language[:MOST_SHOWN])])
        interview = self._filled(form, visit)
        unread = [one for one in notices(interview, visit.language) if one.id not in visit.notices]
        if unread:
            raise AnswersWrong([self._say("answers.notice_unread", id=one.id, title=one.title) for one in unread])
        signatures = {ref: ink_of(drawn) for ref, drawn in visit.signatures.items()}
        completed = complete(interview, visit.language)
        if not isinstance(completed, CompletedForm):
            raise AnswersWrong([self._line(one) for one in completed])
        unsigned = [ref for ref in signed_refs(interview) if ref not in signatures]
        if unsigned:
            raise AnswersWrong([self._say("answers.not_signed", ref=ref) for ref in unsigned])
        read = {one.id: one for one in notices(interview, visit.language)}
        return Submission(
            form=completed,
            signatures=signatures,
            notices=tuple(
                NoticeRead(one.id, one.version, visit.language, self.now, one.moment) for one in read.values()
            ),
            materials_brought=tuple(visit.materials),
        )

    def _filled(self, form: Form, visit: _Visit) -> Interview:
        facts = {"court_code": self.settings.court.code, "court_name": self.settings.court.name}
        started = begin(form, Context(today=court_day(self.now), facts=facts))
        filled = fill(started, visit.answers)
        if isinstance(filled, tuple):
            raise AnswersWrong([self._line(one) for one in filled])
        return filled

    def _line(self, objection: Objection) -> str:
        """`question = value: reason`, or without the value when there is none."""
        value = objection.value if len(objection.value) <= MOST_SHOWN else objection.value[:MOST_SHOWN] + "…"
        said = f" = {value}" if value else ""
        return f"{objection.ref}{said}: {objection.words[self.language]}"


def signed_refs(interview: Interview) -> tuple[str, ...]:
    """Every place that was signed."""
    asked = [one.ref for one in steps(interview) if isinstance(one, AskStep)]
    signed = ((ref, look(interview, ref, "zh")) for ref in asked)
    return tuple(ref for ref, shown in signed if shown.kind is Kind.SIGNATURE and shown.value)


def ink_of(drawn: Strokes) -> Ink:
    strokes = tuple(tuple(InkPoint(*point) for point in stroke) for stroke in drawn.strokes)
    return Ink(drawn.width, drawn.height, strokes)
