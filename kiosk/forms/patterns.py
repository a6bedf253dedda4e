"""Patterns of form authors, matched in time linear in the text.

A pattern becomes a set of states that is walked once over the text (Thompson's construction), so no pattern can
hang the kiosk. What that way cannot do (look-around, back-references) is refused by name when the pack is compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from kiosk.forms.problems import ExpressionProblem

LONGEST_PATTERN = 1_000
MOST_STATES = 4_000
DEEPEST = 40
LONGEST_TEXT = 10_000
END = -1

Test = Callable[[str], bool]


@dataclass(slots=True)
class State:
    """`step` moves on a character that passes; `free` moves without one, `^ $ b B` only at their border."""

    step: tuple[Test, int] | None = None
    free: list[tuple[str, int]] = field(default_factory=list)


def _digit(letter: str) -> bool:
    return "0" <= letter <= "9"


def _word(letter: str) -> bool:
    return letter == "_" or (letter.isascii() and letter.isalnum())


def _space(letter: str) -> bool:
    return letter in " \t\n\r\x0b\x0c"


SHORTHANDS: dict[str, Test] = {
    "d": _digit,
    "D": lambda letter: not _digit(letter),
    "w": _word,
    "W": lambda letter: not _word(letter),
    "s": _space,
    "S": lambda letter: not _space(letter),
}
CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}
PROPERTIES: dict[str, Test] = {
    "L": str.isalpha,
    "Lu": str.isupper,
    "Ll": str.islower,
    "N": str.isnumeric,
    "Nd": str.isdecimal,
    "Alpha": lambda letter: letter.isascii() and letter.isalpha(),
    "Digit": _digit,
    "Alnum": lambda letter: letter.isascii() and letter.isalnum(),
    "Upper": lambda letter: "A" <= letter <= "Z",
    "Lower": lambda letter: "a" <= letter <= "z",
    "IsHan": lambda letter: "㐀" <= letter <= "鿿" or "\U00020000" <= letter <= "\U000323af",
}


def _any(letter: str) -> bool:
    return letter != "\n"


@lru_cache(maxsize=256)
def full_match(pattern: str) -> Callable[[str], bool]:
    """A test whether the whole text fits the pattern."""
    if len(pattern) > LONGEST_PATTERN:
        raise ExpressionProblem("bad_pattern", reason=f"> {LONGEST_PATTERN}")
    builder = Builder(pattern)
    start = builder.build()
    return Matcher(builder.states, start).matches


class Builder:
    """Reads the pattern and lays the states; every piece is built in front of what follows it."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0
        self.states: list[State] = []
        self.fold = pattern.startswith("(?i)")
        if self.fold:
            self.at = 4

    def build(self) -> int:
        piece = self.alternatives()
        if self.at < len(self.pattern):
            self.refuse(self.pattern[self.at])
        return piece(END)

    def refuse(self, reason: str) -> None:
        raise ExpressionProblem("bad_pattern", reason=reason[:20])

    def state(self, made: State) -> int:
        if len(self.states) >= MOST_STATES:
            self.refuse(f"> {MOST_STATES}")
        self.states.append(made)
        return len(self.states) - 1

    @property
    def letter(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def alternatives(self) -> Callable[[int], int]:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(f"> {DEEPEST}")
        branches = [self.sequence()]
        while self.letter == "|":
            self.at += 1
            branches.append(self.sequence())
        self.depth -= 1
        if len(branches) == 1:
            return branches[0]
        return lambda then: self.state(State(free=[("", branch(then)) for branch in branches]))

    def sequence(self) -> Callable[[int], int]:
        pieces: list[Callable[[int], int]] = []
        while self.letter not in ("", "|", ")"):
            pieces.append(self.repeated(self.atom()))

        def build(then: int) -> int:
            for piece in reversed(pieces):
                then = piece(then)
            return then

        return build

    def repeated(self, piece: Callable[[int], int]) -> Callable[[int], int]:
        counts = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        while True:
            low, high = 1, 1
            if self.letter in counts and self.letter:
                low, high = counts[self.letter]  # type: ignore[assignment]
                self.at += 1
            elif self.letter == "{":
                low, high = self.counted()
            else:
                return piece
            if self.letter == "?":  # lazy or greedy is the same when the whole text must fit
                self.at += 1
            elif self.letter == "+":
                self.refuse("possessive quantifier")
            piece = self.times(piece, low, high)

    def counted(self) -> tuple[int, int]:
        end = self.pattern.find("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : max(end, 0)].partition(",")
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()) or len(low + high) > 8:
            self.refuse("{")
        self.at = end + 1
        lowest = int(low)
        highest = int(high) if high else (-1 if comma else lowest)
        if highest != -1 and highest < lowest:
            self.refuse("{m,n}")
        return lowest, highest

    def times(self, piece: Callable[[int], int], low: int, high: int | None) -> Callable[[int], int]:
        def build(then: int) -> int:
            if high is None or high == -1:
                loop = self.state(State())
                self.states[loop].free = [("", piece(loop)), ("", then)]
                then = loop
            else:
                leave = then
                for _ in range(high - low):
                    then = self.state(State(free=[("", piece(then)), ("", leave)]))
            for _ in range(low):
                then = piece(then)
            return then

        return build

    def atom(self) -> Callable[[int], int]:
        letter = self.letter
        self.at += 1
        match letter:
            case "(":
                return self.group()
            case "[":
                return self.stepping(self.character_class())
            case ".":
                return self.stepping(_any)
            case "^" | "$":
                return lambda then: self.state(State(free=[(letter, then)]))
            case "\\" if self.letter in ("b", "B"):
                border = self.letter
                self.at += 1
                return lambda then: self.state(State(free=[(border, then)]))
            case "\\":
                return self.stepping(self.escape())
            case "*" | "+" | "?" | "{":
                self.refuse(letter)
        return self.stepping(self.same(letter))

    def group(self) -> Callable[[int], int]:
        if self.letter == "?":
            if self.pattern[self.at : self.at + 2] != "?:":
                self.refuse(f"({self.pattern[self.at : self.at + 3]}")
            self.at += 2
        inner = self.alternatives()
        if self.letter != ")":
            self.refuse("(")
        self.at += 1
        return inner

    def stepping(self, test: Test) -> Callable[[int], int]:
        return lambda then: self.state(State(step=(test, then)))

    def same(self, wanted: str) -> Test:
        if self.fold:
            return lambda letter: letter.lower() == wanted.lower()
        return lambda letter: letter == wanted

    def escape(self) -> Test:
        letter = self.letter
        self.at += 1
        if letter in SHORTHANDS and letter:
            return SHORTHANDS[letter]
        if letter in ("p", "P"):
            return self.property(letter == "P")
        if letter == "u" and len(self.pattern) >= self.at + 4:
            return self.same(self.code_point())
        if not letter or (letter.isalnum() and letter not in CONTROLS):
            self.refuse(f"\\{letter}")
        return self.same(CONTROLS.get(letter, letter))

    def code_point(self) -> str:
        digits = self.pattern[self.at : self.at + 4]
        self.at += 4
        try:
            return chr(int(digits, 16))
        except ValueError:
            raise ExpressionProblem("bad_pattern", reason=f"\\u{digits}") from None

    def property(self, negated: bool) -> Test:
        end = self.pattern.find("}", self.at)
        name = self.pattern[self.at + 1 : end] if self.letter == "{" and end > 0 else self.letter
        self.at = end + 1 if self.letter == "{" else self.at + 1
        if name not in PROPERTIES:
            self.refuse(f"\\p{{{name}}}")
        test = PROPERTIES[name]
        return (lambda letter: not test(letter)) if negated else test

    def character_class(self) -> Test:
        negated = self.letter == "^"
        self.at += negated
        tests: list[Test] = []
        ranges: list[tuple[str, str]] = []
        first = True
        while self.letter != "]" or first:
            first = False
            if not self.letter or self.pattern.startswith(("[", "&&"), self.at):
                self.refuse("[")
            low = self.class_letter(tests)
            if low and self.letter == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.class_letter(tests)
                if not high or high < low:
                    self.refuse(f"{low}-{high}")
                ranges.append((low, high))
            elif low:
                ranges.append((low, low))
        self.at += 1
        fold = self.fold

        def fits(letter: str) -> bool:
            letters = {letter, letter.lower(), letter.upper()} if fold else (letter,)
            found = any(low <= one <= high for low, high in ranges for one in letters)
            return (found or any(test(letter) for test in tests)) is not negated

        return fits

    def class_letter(self, tests: list[Test]) -> str:
        """One letter of a class; a shorthand such as \\d goes to `tests` and gives none."""
        letter = self.letter
        self.at += 1
        if letter != "\\":
            return letter
        escaped = self.letter
        if escaped == "u" and len(self.pattern) >= self.at + 5:
            self.at += 1
            return self.code_point()
        if escaped in SHORTHANDS or escaped in ("p", "P") or not escaped:
            tests.append(self.escape())
            return ""
        if escaped.isalnum() and escaped not in CONTROLS:
            self.refuse(f"\\{escaped}")
        self.at += 1
        return CONTROLS.get(escaped, escaped)


def _of_a_word(letter: str) -> bool:
    """For a border the letters of every script count, unlike for `\\w`: so it is in Java."""
    return letter == "_" or letter.isalnum()


def borders_at(text: str, place: int) -> str:
    """Which borders there are before the letter at this place: of the text, and of a word or none."""
    before = place > 0 and _of_a_word(text[place - 1])
    after = place < len(text) and _of_a_word(text[place])
    return ("" if place else "^") + ("$" if place == len(text) else "") + ("b" if before is not after else "B")


class Matcher:
    """Walks the states over a text; sets of states that were seen before are not worked out again."""

    __slots__ = ("memory", "start", "states")

    def __init__(self, states: list[State], start: int) -> None:
        self.states = states
        self.start = start
        self.memory: dict[tuple[frozenset[int], str, str], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        if len(text) > LONGEST_TEXT:
            return False
        here = self.spread({self.start}, borders_at(text, 0))
        for number, letter in enumerate(text, 1):
            known = (here, letter, borders_at(text, number))
            if known not in self.memory:
                if len(self.memory) > MOST_STATES:
                    self.memory.clear()
                self.memory[known] = self.spread(self.stepped(here, letter), known[2])
            here = self.memory[known]
            if not here:
                return False
        return END in here

    def stepped(self, here: frozenset[int], letter: str) -> set[int]:
        found: set[int] = set()
        for number in here:
            step = self.states[number].step if number != END else None
            if step is not None and step[0](letter):
                found.add(step[1])
        return found

    def spread(self, found: set[int], borders: str) -> frozenset[int]:
        waiting = list(found)
        while waiting:
            number = waiting.pop()
            if number == END:
                continue
            for border, target in self.states[number].free:
                if border in borders and target not in found:  # "" is in all of them
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)
