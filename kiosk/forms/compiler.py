"""From the tree of an expression to closures, with every name and function checked on the way.

A compiler belongs to one form while it loads. It remembers which nodes an expression reads, which is all
that the dependency graph needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from kiosk.forms.numbers import Arithmetic, Number, is_nan, less, less_or_equal
from kiosk.forms.parts import Conversions, Part, literal, number_part, truth_part
from kiosk.forms.paths import Scope, item_path, item_predicate, itself, main_path, place_part
from kiosk.forms.plan import Code, Node, Run, Use
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import Call, Chain, Limits, Literal, Named, Negation, Numeral, Path, Step, Tree, read
from kiosk.forms.values import Sort, Value, is_number, number_of, text_of, truth_of
from kiosk.forms.world import Env, Item

Build = Callable[["Compiler", Scope, Call], Part]


ITSELF = (Step("self", "node()"),)


class Function:
    """A function of the language: how many arguments it takes and how it is built."""

    __slots__ = ("build", "high", "low")

    def __init__(self, build: Build, low: int, high: int | None) -> None:
        self.build = build
        self.low = low
        self.high = high


class Compiler:
    def __init__(
        self,
        nodes: Sequence[Node],
        roots: tuple[int, ...],
        arithmetic: Arithmetic,
        limits: Limits,
        functions: Mapping[str, Function],
        instances: Mapping[str, Item] | None = None,
        name_of: Callable[[str, int], int] | None = None,
        language_free: Any = None,
    ) -> None:
        self.nodes = nodes
        self.roots = roots
        self.arithmetic = arithmetic
        self.limits = limits
        self.functions = functions
        self.instances: Mapping[str, Item] = instances or {}
        self.name_of = name_of
        self.choice_names = language_free  # for jr:choice-name: node index → label finder, filled by the loader
        self.convert = Conversions(arithmetic, nodes)
        self._uses: set[Use] = set()
        self.at_most_one = False  # a comparison with several nodes has no outcome
        self._outside: dict[int, Part] = {}  # places outside every repeat, whoever reads them
        self._ancestry: dict[int, frozenset[int]] = {}

    def compile(self, text: str, here: int, depth: int | None = None, want: str = "value") -> Code:
        """The expression as one closure giving `value`, `text`, `truth`, `number` or `nodes`.

        `picked` is a choice filter: unqualified names in it are columns of the list, and it gives what picks items.
        """
        self._uses = set()
        standing = self.nodes[here].depth if depth is None else depth
        run = self._run(read(text, self.limits), Scope(here, standing, standing), want)
        return Code(text, here, standing, want, tuple(sorted(self._uses)), run)

    def _run(self, tree: Tree, scope: Scope, want: str) -> Run:
        if want != "picked":
            return self._wanted(self.part(tree, scope), want)
        pick = item_predicate(self, scope, tree)
        return lambda env: partial(pick, env)

    def _wanted(self, part: Part, want: str) -> Run:
        match want:
            case "text":
                return self.convert.text(part)
            case "truth":
                return self.convert.truth(part)
            case "number":
                return self.convert.number(part)
            case "nodes":
                return part.run
            case "texts":
                return self.convert.texts(part)
            case _:
                return self.convert.value(part)

    def use(self, index: int, shared: int) -> None:
        self._uses.add(Use(index, shared))

    def ancestry(self, index: int) -> frozenset[int]:
        """The node and everything above it."""
        if index not in self._ancestry:
            found, at = set(), index
            while at >= 0:
                found.add(at)
                at = self.nodes[at].parent
            self._ancestry[index] = frozenset(found)
        return self._ancestry[index]

    def part(self, tree: Tree, scope: Scope) -> Part:
        match tree:
            case Literal(text):
                return literal(text)
            case Numeral(text):
                number: Any = self.arithmetic.parse(text)
                return literal(number)
            case Named(name):
                return self._named(name, scope, ())
            case Negation(of):
                number_run, arithmetic = self.convert.number(self.part(of, scope)), self.arithmetic
                zero = arithmetic.of_int(0)
                return number_part(lambda env: arithmetic.subtract(zero, number_run(env)))
            case Call():
                return self._call(tree, scope)
            case Path():
                return self._path(tree, scope)
            case Chain():
                return self._chain(tree, scope)

    def _call(self, call: Call, scope: Scope) -> Part:
        function = self.functions.get(call.name)
        if function is None:
            raise ExpressionProblem("unknown_function", name=f"{call.name}()"[:40])
        given = len(call.arguments)
        if given < function.low or (function.high is not None and given > function.high):
            raise ExpressionProblem("wrong_count", name=f"{call.name}()", given=given)
        return function.build(self, scope, call)

    def _named(self, name: str, scope: Scope, steps: tuple[Step, ...]) -> Part:
        if self.name_of is None:
            raise ExpressionProblem("unsupported", name=f"${{{name}}}")
        index = self.name_of(name, scope.current.here)
        standing = scope if not scope.items else scope.current
        if steps or standing.depth or self.nodes[index].depth:
            return main_path(self, standing, "root", (*self.steps_to(index), *steps))
        self.use(index, 0)
        if index not in self._outside:
            self._outside[index] = place_part(self, standing, index)
        return self._outside[index]

    def steps_to(self, index: int) -> tuple[Step, ...]:
        names: list[str] = []
        while index >= 0:
            names.append(self.nodes[index].name)
            index = self.nodes[index].parent
        return tuple(Step("child", name) for name in reversed(names))

    def _path(self, path: Path, scope: Scope) -> Part:
        match path.start:
            case "root":
                return main_path(self, scope.current if scope.items else scope, "root", path.steps)
            case "here":
                if path.steps == ITSELF and not scope.items and self.nodes[scope.here].depth == scope.depth:
                    self.use(scope.here, scope.shared)
                    return itself(self, scope) if self.arithmetic.forgives else place_part(self, scope, scope.here)
                if scope.items:
                    return item_path(self, scope, lambda env: [env.item] if env.item is not None else [], path.steps)
                return main_path(self, scope, "here", path.steps)
            case Call("current", ()) if not path.predicates:
                return main_path(self, scope, "current", path.steps)
            case Named(name) if not path.predicates:
                return self._named(name, scope, path.steps)
            case Path(start, steps, inner) if not path.predicates and not inner:
                return self._path(Path(start, (*steps, *path.steps)), scope)
        assert not isinstance(path.start, str)
        part = self.part(path.start, scope)
        if part.sort is not Sort.NODES or not part.items:
            raise ExpressionProblem("unsupported", name="( )[ ]")
        run = part.run
        for predicate in path.predicates:
            run = self._on_items(run, item_predicate(self, scope, predicate))
        return item_path(self, scope, run, path.steps)

    @staticmethod
    def _on_items(run: Run, test: Callable[[Env, list[Item]], list[Item]]) -> Run:
        return lambda env: test(env, run(env))

    def _chain(self, chain: Chain, scope: Scope) -> Part:
        first = self.part(chain.first, scope)
        rest = [(word, self.part(tree, scope)) for word, tree in chain.rest]
        word = rest[0][0]
        if word in ("or", "and"):
            return self._logic(word, [first, *(part for _, part in rest)])
        if word == "|":
            return self._union([first, *(part for _, part in rest)])
        if all(operator == "+" for operator, _ in rest):
            return self._total([first, *(part for _, part in rest)])
        result = first
        for operator, part in rest:
            if operator in ("=", "!="):
                result = self._equality(operator == "=", result, part)
            elif operator in ("<", "<=", ">", ">="):
                result = self._order(operator, result, part)
            else:
                result = self._sum(operator, result, part)
        return result

    def _total(self, parts: list[Part]) -> Part:
        first, *more = [self.convert.number(part) for part in parts]
        add = self.arithmetic.add

        def total(env: Env) -> Number:
            result: Number = first(env)
            for run in more:
                result = add(result, run(env))
            return result

        return number_part(total)

    def _logic(self, word: str, parts: list[Part]) -> Part:
        runs = [self.convert.truth(part) for part in parts]
        if len(runs) == 2:
            left, right = runs
            if word == "or":
                return truth_part(lambda env: left(env) or right(env))
            return truth_part(lambda env: left(env) and right(env))
        if word == "or":
            return truth_part(lambda env: any(run(env) for run in runs))
        return truth_part(lambda env: all(run(env) for run in runs))

    def _union(self, parts: list[Part]) -> Part:
        if any(part.sort is not Sort.NODES for part in parts):
            raise ExpressionProblem("wrong_argument", name="|", wanted="nodes", wanted_zh="节点")
        runs = [part.run for part in parts]

        def gather(env: Env) -> list[Any]:
            found: list[Any] = []
            for run in runs:
                found += [node for node in run(env) if not any(node is other or node == other for other in found)]
            return found

        return Part(Sort.NODES, gather, items=any(part.items for part in parts))

    def _equality(self, same: bool, left: Part, right: Part) -> Part:
        for one, other in ((left, right), (right, left)):
            if one.single and one.inner is Sort.TEXT and isinstance(other.literal, str):
                return self._equal_to_word(same, one, other.literal)
        equal = self._equal
        if _several(left) or _several(right):
            lefts, rights = self.convert.values(left), self.convert.values(right)

            at_most_one = self.at_most_one

            def some(env: Env) -> bool:
                mine, others = lefts(env), rights(env)
                env.world.spend(len(mine) + len(others))
                if at_most_one and (len(mine) > 1 or len(others) > 1):
                    raise ExpressionProblem("unsupported", name="=")
                return any(equal(one, other) is same for one in mine for other in others)

            return truth_part(some)
        a, b = self.convert.value(left), self.convert.value(right)
        return truth_part(lambda env: equal(a(env), b(env)) is same)

    def _equal_to_word(self, same: bool, part: Part, word: str) -> Part:
        text = self.convert.text(part)
        if same:
            return truth_part(lambda env: text(env) == word)
        return truth_part(lambda env: text(env) != word)

    def _equal(self, left: Value, right: Value) -> bool:
        if isinstance(left, str) and isinstance(right, str):
            return left == right
        if isinstance(left, bool) or isinstance(right, bool):
            return truth_of(left) == truth_of(right)
        if is_number(left) or is_number(right):
            a, b = number_of(left, self.arithmetic), number_of(right, self.arithmetic)
            return not (is_nan(a) or is_nan(b)) and self.arithmetic.equal(a, b)
        return text_of(left, self.arithmetic) == text_of(right, self.arithmetic)

    def _order(self, operator: str, left: Part, right: Part) -> Part:
        if operator in (">", ">="):
            left, right, operator = right, left, "<" if operator == ">" else "<="
        holds = less if operator == "<" else less_or_equal
        if _several(left) or _several(right):
            lefts, rights = self.convert.numbers(left), self.convert.numbers(right)

            at_most_one = self.at_most_one

            def some(env: Env) -> bool:
                mine, others = lefts(env), rights(env)
                env.world.spend(len(mine) + len(others))
                if at_most_one and (len(mine) > 1 or len(others) > 1):
                    raise ExpressionProblem("unsupported", name=operator)
                return any(holds(one, other) for one in mine for other in others)

            return truth_part(some)
        a, b = self.convert.number(left), self.convert.number(right)
        return truth_part(lambda env: holds(a(env), b(env)))

    def _sum(self, operator: str, left: Part, right: Part) -> Part:
        operation: Callable[[Number, Number], Number] = {
            "+": self.arithmetic.add,
            "-": self.arithmetic.subtract,
            "*": self.arithmetic.multiply,
            "div": self.arithmetic.divide,
            "mod": self.arithmetic.modulo,
        }[operator]
        a, b = self.convert.number(left), self.convert.number(right)
        return number_part(lambda env: operation(a(env), b(env)))


def _several(part: Part) -> bool:
    return part.sort is Sort.NODES and not part.single
