"""Whether a yes-or-no expression can ever hold, decided over the values its questions may have.

What cannot be decided (sums, other people's rows, the clock) counts as possible, so "never" is a proof and
"sometimes" a guess. The search has a budget; when it is used up the answer is "sometimes".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from kiosk.forms.binding import SHORT, Binding
from kiosk.forms.kinds import CHOICE_KINDS, MOMENTS, NUMBERS, Kind
from kiosk.forms.model import Form, Question
from kiosk.forms.numbers import EXACT
from kiosk.forms.plan import Property
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import XFORM_LIMITS, Call, Chain, Literal, Named, Negation, Numeral, Path, Tree, read

BUDGET = 4_000  # steps of one proof
MOST_ANSWERS = 9  # questions one proof looks at
MOST_CODES = 6  # of a question with several answers, looked at together
ORDERS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Atom:
    """Something about one answer: equal to, more than, holding a code, or there at all."""

    index: int
    operator: str  # = != < <= > >= selected there
    text: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: Formula


@dataclass(frozen=True, slots=True)
class Free:
    """Something that may turn out either way."""


Formula = Atom | Either | Every | Not | Free | bool


class Truths:
    """Formulas over one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.nodes = form.plan.nodes
        self._read: dict[tuple[str, int], Formula] = {}
        self.names = Binding(list(form.plan.nodes), EXACT, XFORM_LIMITS, [])
        self.gates = {task.index: task.code.text for task in form.plan.tasks if task.property is Property.RELEVANT}

    # from text to formula

    def formula(self, text: str, here: int) -> Formula:
        if (text, here) not in self._read:
            try:
                self._read[text, here] = self._of(read(SHORT.get(text.strip(), text), XFORM_LIMITS), here)
            except ExpressionProblem:
                self._read[text, here] = Free()
        return self._read[text, here]

    def _of(self, tree: Tree, here: int) -> Formula:
        match tree:
            case Chain(first, rest) if rest[0][0] in ("or", "and"):
                parts = tuple(self._of(one, here) for one in (first, *(part for _, part in rest)))
                return Either(parts) if rest[0][0] == "or" else Every(parts)
            case Chain(first, ((operator, second),)) if operator in TURNED:
                return self._comparison(operator, first, second, here)
            case Call("true", ()):
                return True
            case Call("false", ()):
                return False
            case Call("not", (inner,)):
                return Not(self._of(inner, here))
            case Call("boolean", (inner,)):
                return self._of(inner, here)
            case Call("selected", (several, Literal(code))):
                index = self.place(several, here)
                return Free() if index < 0 else Atom(index, "selected", code)
            case Literal(text):
                return text != ""
            case Named() | Path():
                index = self.place(tree, here)
                return Free() if index < 0 else Atom(index, "there")
        return Free()

    def _comparison(self, operator: str, left: Tree, right: Tree, here: int) -> Formula:
        if isinstance(left, Literal | Numeral | Negation):
            left, right, operator = right, left, TURNED[operator]
        if isinstance(right, Negation) and isinstance(right.of, Numeral):
            right = Numeral(f"-{right.of.text}")
        index = self.place(left, here)
        if index < 0 or not isinstance(right, Literal | Numeral):
            return Free()
        if operator in ORDERS and (isinstance(right, Literal) or self.nodes[index].kind in MOMENTS):
            return Free()
        return Atom(index, operator, right.text, isinstance(right, Numeral))

    def place(self, tree: Tree, here: int) -> int:
        """The one answer a name or path means from here; -1 when it may be several, or none."""
        index = self.named(tree, here)
        if index < 0:
            return -1
        around = self.nodes[here].repeats
        mine = self.nodes[index].repeats
        return index if mine == around[: len(mine)] else -1

    def named(self, tree: Tree, here: int) -> int:
        """The node a name or a plain path leads to, in whatever instances."""
        match tree:
            case Named(name):
                try:
                    return self.names.find(name, here)
                except ExpressionProblem:
                    return -1
            case Path(start, steps, ()) if start in ("root", "here"):
                at = -2 if start == "root" else here
                for step in steps:
                    at = -1 if step.predicates else self._step(at, step.axis, step.test)
                    if at == -1:
                        return -1
                return at if at >= 0 else -1
        return -1

    def _step(self, at: int, axis: str, test: str) -> int:
        if axis == "self":
            return at
        if axis == "parent":
            return self.nodes[at].parent if at > 0 else -1
        if axis != "child":
            return -1
        if at == -2:
            return 0 if self.nodes[0].name == test else -1
        return next((child for child in self.nodes[at].children if self.nodes[child].name == test), -1)

    # what must hold for a place to be there

    def opening(self, index: int) -> Formula:
        """Its own relevance and those of everything around it."""
        gates = [gate for gate, _ in self.nodes[index].gates]
        return Every(tuple(self.formula(self.gates[gate], gate) for gate in gates if gate in self.gates))

    def possible(self, wanted: Formula) -> bool:
        """False only if no answers whatever make it true."""
        used = list(_answers(wanted))
        parts = [wanted]
        for index in used:  # grows while it is walked: a question that is not there has no answer
            if self.nodes[index].gates and len(used) <= MOST_ANSWERS:
                gate = self.opening(index)
                parts.append(Either((Not(Atom(index, "there!")), gate)))
                used += [one for one in _answers(gate) if one not in used]
        whole = Every(tuple(parts))
        used = list(dict.fromkeys(_answers(whole)))
        if len(used) > 2 * MOST_ANSWERS:
            return True
        domains = {index: self._domain(index, whole) for index in used}
        return _Search(domains, {index: self.nodes[index].kind for index in used}).holds(whole)

    def _domain(self, index: int, whole: Formula) -> tuple[str, ...]:
        kind = self.nodes[index].kind
        said = dict.fromkeys(atom.text for atom in _atoms(whole) if atom.index == index and atom.text)
        codes = self.codes(index)
        if codes is not None and kind is Kind.CHOICES:
            return tuple(_sets([code for code in codes if code in said][:MOST_CODES], codes))
        if codes is not None:
            return ("", *(code for code in codes if code in said), *[code for code in codes if code not in said][:1])
        numbers = sorted({number for text in said if (number := _number(text)) is not None})
        between = [(low + high) / 2 for low, high in pairwise(numbers)]
        around = [number + step for number in numbers for step in (-1, 1)]
        all_numbers = dict.fromkeys([*numbers, *between, *around])
        if kind is Kind.INT:
            return ("", *(format(one, "f") for one in all_numbers if one == one.to_integral_value()), "7")
        told = tuple(format(one, "f") for one in all_numbers)
        return ("", *told, "7") if kind in NUMBERS else ("", *said, *told, "\x00")

    def codes(self, index: int) -> tuple[str, ...] | None:
        """Every answer a question with choices can have; None when it has no closed list."""
        element = self.form.at.get(index)
        if not isinstance(element, Question) or element.itemset is not None:
            return None
        if element.kind is Kind.YES_NO:
            return ("yes", "no")
        if element.kind in CHOICE_KINDS and element.choices in self.form.lists:
            return tuple(choice.code for choice in self.form.lists[element.choices]) or None
        return None


def _sets(said: list[str], codes: tuple[str, ...]) -> Iterator[str]:
    other = next((code for code in codes if code not in said), "")
    for bits in range(2 ** len(said)):
        chosen = [code for at, code in enumerate(said) if bits >> at & 1]
        yield " ".join(chosen)
        if other:
            yield " ".join([*chosen, other])


def _atoms(formula: Formula) -> Iterator[Atom]:
    match formula:
        case Atom():
            yield formula
        case Either(parts) | Every(parts):
            for part in parts:
                yield from _atoms(part)
        case Not(inner):
            yield from _atoms(inner)


def _answers(formula: Formula) -> Iterator[int]:
    yield from dict.fromkeys(atom.index for atom in _atoms(formula))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None


class _Search:
    """Tries the answers one by one, leaving off as soon as the formula is surely false."""

    def __init__(self, domains: Mapping[int, tuple[str, ...]], kinds: Mapping[int, Kind]) -> None:
        self.domains = domains
        self.kinds = kinds
        self.order = list(domains)
        self.left = BUDGET

    def holds(self, formula: Formula) -> bool:
        return self._try(formula, {}, 0)

    def _try(self, formula: Formula, said: dict[int, str], at: int) -> bool:
        self.left -= 1
        verdict = self._value(formula, said)
        if verdict is False:
            return False
        if self.left < 0 or at == len(self.order) or verdict is True:
            return True
        index = self.order[at]
        return any(self._try(formula, {**said, index: text}, at + 1) for text in self.domains[index])

    def _value(self, formula: Formula, said: Mapping[int, str]) -> bool | None:
        match formula:
            case bool():
                return formula
            case Free():
                return None
            case Not(inner):
                value = self._value(inner, said)
                # Not of something free is free; of something decided it is decided.
                return None if value is None else not value
            case Every(parts):
                return self._all(parts, said, True)
            case Either(parts):
                return self._all(parts, said, False)
        return self._atom(formula, said[formula.index]) if formula.index in said else None

    def _all(self, parts: tuple[Formula, ...], said: Mapping[int, str], good: bool) -> bool | None:
        """Every part `good`, or the first that is not; None while that is open."""
        outcome: bool | None = good
        for part in parts:
            value = self._value(part, said)
            if value is not None and value is not good:
                return value
            if value is None:
                outcome = None
        return outcome

    def _atom(self, atom: Atom, text: str) -> bool:
        kind = self.kinds[atom.index]
        if atom.operator == "there!":
            return text != ""
        if atom.operator == "there":
            number = _number(text) if kind in NUMBERS else None
            return text != "" and number != 0
        if atom.operator == "selected":
            return atom.text in text.split()
        if atom.operator in ("=", "!="):
            return _equal(atom, text, kind) is (atom.operator == "=")
        mine, theirs = _number(text), _number(atom.text)
        return mine is not None and theirs is not None and ORDERS[atom.operator](mine, theirs)


def _equal(atom: Atom, text: str, kind: Kind) -> bool:
    if atom.number or (kind in NUMBERS and text):
        mine, theirs = _number(text), _number(atom.text)
        return mine is not None and mine == theirs
    return text == atom.text
