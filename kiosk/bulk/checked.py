"""A row through the interview: a completed filing, or every rule it breaks, each at its cell."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.bulk.cases import Case, Cases, official, tree_of
from kiosk.bulk.columns import Target
from kiosk.bulk.faults import Fault, Where
from kiosk.clock import court_day
from kiosk.filings.filing import CompletedForm, NoticeRead, Submission
from kiosk.filings.ink import Ink
from kiosk.filings.urgency import is_urgent
from kiosk.forms.kinds import Kind
from kiosk.forms.model import Form, Question, Repeat
from kiosk.ids import DraftId, QuestionId
from kiosk.interview import Context, Interview, Objection, begin, declare_unknown, fill, materials, notices, objections
from kiosk.interview import tree as answered
from kiosk.interview.refs import find
from kiosk.settings import Settings
from kiosk.wording import Wording

POSITION = re.compile(r"\[\d+\]")
PLACE = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Common:
    """What is the same for every case, from a file of its own: as `kiosk-desk file ANSWERS.json` takes it."""

    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    notices: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    signatures: Mapping[str, Ink] = field(default_factory=dict, repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """A case that may be filed."""

    submission: Submission = field(repr=False)
    key: str  # of what was said: the same words are the same filing
    to_sign: tuple[str, ...]  # places left for a signature or seal on paper
    remarks: tuple[Fault, ...] = ()

    @property
    def draft_id(self) -> DraftId:
        return DraftId(str(uuid.UUID(hex=self.key[:32], version=5)))


@dataclass(frozen=True, slots=True)
class Checker:
    form: Form
    settings: Settings
    wording: Wording
    now: datetime
    cases: Cases
    common: Common = Common()
    language: str = "zh"  # of what is said about a case, not of the case

    def check(self, case: Case) -> Ready | tuple[Fault, ...]:
        language = case.language or self.cases.common.language or self.common.language or "zh"
        faults = list(case.faults)
        if language not in self.form.languages:
            return (*faults, Fault(case.where, "language", places={"known": ", ".join(self.form.languages)}))
        if faults:  # half a case checked further would only tell of what is missing because of them
            return tuple(faults)
        texts = {**self.cases.common.texts, **case.texts}
        filled = self._filled(_signed(tree_of(self.common.answers, texts), self.form, self.common.signatures))
        if isinstance(filled, tuple):
            return tuple(self._fault(case, one) for one in filled)
        for ref in sorted(self.cases.common.unknown | case.unknown):
            if find(self.form.plan, filled.rows, ref) is not None:
                filled = declare_unknown(filled, ref)
        unsigned = tuple(one.ref for one in objections(filled) if self._is_signature(one.ref))
        faults = [self._fault(case, one) for one in objections(filled) if one.ref not in unsigned]
        faults += self._unread(case, filled, language)
        brought = self._brought(case, filled, language, faults)
        if faults:
            return tuple(faults)
        completed = CompletedForm(self.form.pack, self.form.version, language, answered(filled))
        read = [NoticeRead(one.id, one.version, language, self.now, one.moment) for one in notices(filled, language)]
        submission = Submission(  # whether the court is in reach is not known here: a pressing case is sent to a window
            completed, dict(self.common.signatures), tuple(read), brought, court_reached=False
        )
        remarks = self._left_out(case, filled)
        if is_urgent(completed.answers):
            remarks = (Fault(case.where, "limitation_near"), *remarks)
        return Ready(submission, self._key(filled), unsigned, remarks)

    def _filled(self, tree: Mapping[str, Any]) -> Interview | tuple[Objection, ...]:
        court = self.settings.court
        facts = {"court_code": court.code, "court_name": court.name}
        return fill(begin(self.form, Context(today=court_day(self.now), facts=facts)), tree)

    def _is_signature(self, ref: str) -> bool:
        element = self._element(ref)
        return isinstance(element, Question) and element.kind is Kind.SIGNATURE

    def _element(self, ref: str) -> object:
        return self.form.elements.get(QuestionId(POSITION.sub("", ref).removeprefix("/data/")))

    # what is said of a fault: the rule, never the answer

    def _fault(self, case: Case, objection: Objection) -> Fault:
        path = objection.ref.removeprefix("/data/")
        where = case.at.get(objection.ref) or self.cases.common.at.get(objection.ref)
        where = where or self._column(case, path) or case.where
        element = self._element(objection.ref)
        label = official(Target((), element)) if isinstance(element, Question) else ""
        return Fault(where, "objection", path, label, words=self._rule(objection, element))

    def _column(self, case: Case, path: str) -> Where | None:
        column = self.cases.columns.get(path)
        return Where(column.sheet, case.where.row, column.column) if column else None

    def _rule(self, objection: Objection, element: object) -> Mapping[str, str]:
        """The pack's own sentence without what its places would quote, or the general one."""
        if objection.key == "message" and isinstance(element, Question | Repeat):
            missing = isinstance(element, Question) and not objection.value and element.required_message
            said = element.required_message if missing and isinstance(element, Question) else element.message
            return {language: PLACE.sub("…", text) for language, text in said.items()}
        entry = self.wording.entries.get(objection.key)
        return dict(objection.words) if entry is None or "{" in "".join(entry.values()) else dict(entry)

    def _unread(self, case: Case, filled: Interview, language: str) -> list[Fault]:
        """Nothing is taken as read: each notice that applies is named, in the version that is shown today."""
        wrong: list[Fault] = []
        for one in notices(filled, language):
            version, where = self.cases.read.get(one.id, ("", case.where))
            if one.id in self.common.notices:
                continue
            if one.id not in self.cases.read:
                wrong.append(Fault(case.where, "notice_unread", places={"id": one.id, "title": one.title}))
            elif version != one.version:
                wrong.append(Fault(where, "notice_other_version", places={"id": one.id, "version": one.version}))
        return wrong

    def _brought(self, case: Case, filled: Interview, language: str, faults: list[Fault]) -> tuple[str, ...]:
        said = case.materials
        if said is None:
            said = self.cases.common.materials if self.cases.common.materials is not None else self.common.materials
        known = {one.id for one in materials(filled, language)}
        every = {one.id for one in self.form.materials}
        if any(one not in every for one in said):
            places = {"known": ", ".join(sorted(every))}
            faults.append(Fault(case.where, "material_unknown", places=places))
        return tuple(one for one in said if one in known)

    def _left_out(self, case: Case, filled: Interview) -> tuple[Fault, ...]:
        """Answers of this row to questions that this case does not ask: left out of the filing, and said so."""
        left = []
        for target in case.texts:
            key = find(self.form.plan, filled.rows, target.ref)
            if key is None or not filled.visible(key):
                left.append(Fault(case.at[target.ref], "left_out", target.path, official(target)))
        return tuple(left)

    def _key(self, filled: Interview) -> str:
        """Of the questions answered, not of what is worked out from them: that may change overnight."""
        whole = [str(self.form.pack), sorted(_asked(self.form, answered(filled)))]
        return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def _signed(tree: dict[str, Any], form: Form, inks: Mapping[str, Ink]) -> dict[str, Any]:
    """Signed is what there are strokes for, whatever a file says."""

    def without(node: Any, path: str) -> Any:
        if isinstance(node, list):
            return [without(inner, path) for inner in node]
        if not isinstance(node, dict):
            return node
        kept = {}
        for name, value in node.items():
            here = f"{path}/{name}" if path else name
            element = form.elements.get(QuestionId(here))
            if not (isinstance(element, Question) and element.kind is Kind.SIGNATURE):
                kept[name] = without(value, here)
        return kept

    found: dict[str, Any] = without(tree, "")
    for ref in inks:
        node: Any = found
        steps = [re.fullmatch(r"([^\[\]]+)(?:\[(\d{1,3})\])?", part) for part in ref.removeprefix("/data/").split("/")]
        for step in steps[:-1]:
            if step is None:
                break
            node = node.setdefault(step[1], [] if step[2] else {}) if isinstance(node, dict) else {}
            if step[2]:
                node = node[int(step[2]) - 1] if isinstance(node, list) and 0 < int(step[2]) <= len(node) else {}
        last = steps[-1]
        if last is not None and isinstance(node, dict):
            node[last[1]] = "signed"
    return found


def _asked(form: Form, tree: Any, path: str = "") -> list[tuple[str, str]]:
    """Every answer to a question, by its path with positions."""
    found: list[tuple[str, str]] = []
    for name, value in tree.items():
        here = f"{path}/{name}" if path else name
        if isinstance(value, Mapping):
            found += _asked(form, value, here)
        elif isinstance(value, list):
            for at, inner in enumerate(value, 1):
                found += _asked(form, inner, f"{here}[{at}]")
        elif isinstance(form.elements.get(QuestionId(POSITION.sub("", here))), Question):
            found.append((here, str(value)))
    return found
