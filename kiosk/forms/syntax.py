"""The expression language as text: XPath 1.0 in the subset of ODK XForms, read into a small tree.

`${name}` stands for a path, as in XLSForm. Reading has caps on length, parts and depth, and looks at nothing
but the text; what a name means is decided in `kiosk.forms.compiler`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kiosk.forms.problems import ExpressionProblem


@dataclass(frozen=True, slots=True)
class Limits:
    text: int = 8_000  # characters of one expression
    depth: int = 64
    parts: int = 512
    steps: int = 10_000  # of one evaluation
    answer: int = 4_096  # characters any computed text may have


PACK_LIMITS = Limits()
XFORM_LIMITS = Limits(text=100_000, depth=64, parts=20_000, steps=5_000_000, answer=1_000_000)


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Numeral:
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """`${plaintiff/name}`"""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    of: Tree


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one strength, read from the left: first, then (operator, operand)…"""

    first: Tree
    rest: tuple[tuple[str, Tree], ...]


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Step:
    axis: str  # child, parent, self, descendant-or-self, attribute, and the rarer ones
    test: str  # a name, * or node()
    predicates: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """`start` is `root`, `here`, or an expression giving nodes (a call or `${name}`), with its own predicates."""

    start: str | Tree
    steps: tuple[Step, ...]
    predicates: tuple[Tree, ...] = ()


Tree = Literal | Numeral | Named | Negation | Chain | Call | Path

TOKEN = re.compile(
    r"""\s*(?:
      (?P<named>\$\{\s*[\w./-]+\s*\})
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<axis>[a-z-]+\s*::)
    | (?P<sign>\.\.|//|!=|<=|>=|[()\[\]@,/|+\-=<>*.])
    | (?P<name>[^\W\d][\w.-]*(?::(?:\*|[^\W\d][\w.-]*))?)
    | (?P<end>$)
    )""",
    re.VERBOSE,
)
STRENGTHS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
WORDS = frozenset({"or", "and", "div", "mod"})
AXES = frozenset(
    [
        "child",
        "parent",
        "self",
        "descendant",
        "descendant-or-self",
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "following-sibling",
        "preceding-sibling",
    ]
)
NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    column: int


@lru_cache(maxsize=2_000)  # the same short expressions stand in a pack again and again
def read(text: str, limits: Limits = PACK_LIMITS) -> Tree:
    """The tree of an expression, or an `ExpressionProblem` that says where reading stopped."""
    if len(text) > limits.text:
        raise ExpressionProblem("too_large", limit=limits.text)
    reader = Reader(tokens(text), limits)
    tree = reader.expression(0)
    reader.expect("end", "")
    return tree


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while True:
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            rest = text[at:].lstrip()
            raise ExpressionProblem("syntax", column=len(text) - len(rest) + 1, token=rest[:12])
        kind, word = match.lastgroup, match.group(match.lastgroup)
        start = match.start(kind)
        if kind == "end":
            found.append(Token("end", "", start + 1))
            return found
        after_value = bool(found) and not (
            found[-1].kind in ("axis", "operator") or found[-1].text in ("(", "[", "@", ",", "/", "//", "|")
        )
        if (after_value and (word == "*" or (kind == "name" and word in WORDS))) or (
            kind == "sign" and word in ("!=", "<=", ">=", "+", "-", "=", "<", ">")
        ):
            kind = "operator"
        elif kind == "axis":
            word = word[:-2].strip()
        elif kind == "named":
            word = word[2:-1].strip()
        elif kind == "literal":
            word = word[1:-1]
        found.append(Token(kind, word, start + 1))
        at = match.end()


class Reader:
    """Recursive descent over the tokens; one level of depth is one bracket."""

    def __init__(self, found: list[Token], limits: Limits) -> None:
        self.tokens = found
        self.at = 0
        self.limits = limits
        self.parts = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def sees(self, kind: str, *texts: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == kind and (not texts or token.text in texts)

    def expect(self, kind: str, text: str) -> Token:
        if not self.sees(kind, text):
            self.refuse()
        return self.take()

    def refuse(self) -> None:
        if self.next.kind == "end":
            raise ExpressionProblem("unfinished")
        raise ExpressionProblem("syntax", column=self.next.column, token=self.next.text[:20])

    def count(self) -> None:
        self.parts += 1
        if self.parts > self.limits.parts:
            raise ExpressionProblem("too_many", limit=self.limits.parts)

    def expression(self, strength: int) -> Tree:
        if strength == 0:
            self.depth += 1
            if self.depth > self.limits.depth:
                raise ExpressionProblem("too_deep", limit=self.limits.depth)
        tree = self._strength(strength)
        if strength == 0:
            self.depth -= 1
        return tree

    def _strength(self, strength: int) -> Tree:
        if strength == len(STRENGTHS):
            return self.unary()
        first = self._strength(strength + 1)
        rest: list[tuple[str, Tree]] = []
        while self.sees("operator", *STRENGTHS[strength]):
            self.count()
            word = self.take().text
            rest.append((word, self._strength(strength + 1)))
        return Chain(first, tuple(rest)) if rest else first

    def unary(self) -> Tree:
        signs = 0
        while self.sees("operator", "-"):
            self.take()
            self.count()
            signs += 1
        tree = self.union()
        return Negation(tree) if signs % 2 else tree

    def union(self) -> Tree:
        first = self.path()
        rest: list[tuple[str, Tree]] = []
        while self.sees("sign", "|"):
            self.count()
            self.take()
            rest.append(("|", self.path()))
        return Chain(first, tuple(rest)) if rest else first

    def path(self) -> Tree:
        self.count()
        token = self.next
        if token.kind == "literal":
            return Literal(self.take().text)
        if token.kind == "number":
            return Numeral(self.take().text)
        if token.kind == "sign" and token.text in ("/", "//"):
            return self.absolute()
        start = self.start()
        if start is None:
            return Path("here", self.steps())
        predicates = self.predicates()
        steps: tuple[Step, ...] = ()
        if self.sees("sign", "/", "//"):
            steps = self.more_steps()
        if not predicates and not steps:
            return start
        return Path(start, steps, predicates)

    def absolute(self) -> Tree:
        if self.sees("sign", "/"):
            following = self.tokens[self.at + 1]
            if not (following.kind in ("name", "axis") or following.text in ("*", "@", ".", "..")):
                self.take()
                return Path("root", ())
        return Path("root", self.more_steps())

    def start(self) -> Tree | None:
        """A bracket, a call or `${name}`, from which a path may go on; None when a plain path begins here."""
        token = self.next
        if token.kind == "named":
            return Named(self.take().text)
        if token.kind == "sign" and token.text == "(":
            self.take()
            tree = self.expression(0)
            self.expect("sign", ")")
            return tree
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if token.kind == "name" and following.text == "(" and following.kind == "sign" and token.text not in NODE_TYPES:
            return self.call()
        return None

    def call(self) -> Call:
        name = self.take().text
        self.expect("sign", "(")
        arguments: list[Tree] = []
        if not self.sees("sign", ")"):
            arguments.append(self.expression(0))
            while self.sees("sign", ","):
                self.take()
                arguments.append(self.expression(0))
        self.expect("sign", ")")
        return Call(name, tuple(arguments))

    def predicates(self) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while self.sees("sign", "["):
            self.take()
            found.append(self.expression(0))
            self.expect("sign", "]")
        return tuple(found)

    def steps(self) -> tuple[Step, ...]:
        return (self.step(), *(self.more_steps() if self.sees("sign", "/", "//") else ()))

    def more_steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while self.sees("sign", "/", "//"):
            if self.take().text == "//":
                found.append(Step("descendant-or-self", "node()"))
            found.append(self.step())
        return tuple(found)

    def step(self) -> Step:
        self.count()
        if self.sees("sign", "."):
            self.take()
            return Step("self", "node()", self.predicates())
        if self.sees("sign", ".."):
            self.take()
            return Step("parent", "node()", self.predicates())
        axis = "child"
        if self.sees("sign", "@"):
            self.take()
            axis = "attribute"
        elif self.sees("axis"):
            axis = self.take().text
            if axis not in AXES:
                raise ExpressionProblem("unsupported", name=f"{axis}::")
        return Step(axis, self.test(), self.predicates())

    def test(self) -> str:
        if self.sees("sign", "*"):
            self.take()
            return "*"
        if not self.sees("name"):
            self.refuse()
        name = self.take().text
        if name in NODE_TYPES and self.sees("sign", "("):
            self.take()
            self.expect("sign", ")")
            if name != "node":
                raise ExpressionProblem("unsupported", name=f"{name}()")
            return "node()"
        return name
