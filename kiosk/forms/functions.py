"""The functions of ODK XForms: logic, numbers, choosing. Nodes, text and time have modules of their own."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from kiosk.forms.compiler import Compiler, Function
from kiosk.forms.numbers import Number, is_nan, less, less_or_equal
from kiosk.forms.parts import Part, literal, number_part, text_part, truth_part
from kiosk.forms.paths import Scope
from kiosk.forms.plan import Run
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import Call
from kiosk.forms.values import Sort, Value
from kiosk.forms.world import Env

MORE = None


def arguments(compiler: Compiler, scope: Scope, call: Call) -> list[Part]:
    return [compiler.part(tree, scope) for tree in call.arguments]


def nodes_of(compiler: Compiler, scope: Scope, call: Call, number: int = 0) -> Part:
    """An argument that must be nodes, not a value."""
    part = compiler.part(call.arguments[number], scope)
    if part.sort is not Sort.NODES:
        raise ExpressionProblem("wrong_argument", name=f"{call.name}()", wanted="nodes", wanted_zh="节点")
    return part


def of_texts(low: int, high: int | None, apply: Callable[..., str]) -> Function:
    """A function from texts to text."""

    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        runs = [compiler.convert.text(part) for part in arguments(compiler, scope, call)]
        return text_part(lambda env: apply(*[run(env) for run in runs]))

    return Function(build, low, high)


def truth_of_texts(low: int, high: int | None, apply: Callable[..., bool]) -> Function:
    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        runs = [compiler.convert.text(part) for part in arguments(compiler, scope, call)]
        return truth_part(lambda env: apply(*[run(env) for run in runs]))

    return Function(build, low, high)


def of_floats(low: int, apply: Callable[..., float]) -> Function:
    """A function of real analysis; it is binary in either arithmetic and gives not-a-number outside its domain."""

    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        runs = [compiler.convert.number(part) for part in arguments(compiler, scope, call)]
        arithmetic = compiler.arithmetic

        def run(env: Env) -> Number:
            try:
                return arithmetic.of_float(apply(*[float(one(env)) for one in runs]))
            except OverflowError:
                return arithmetic.of_float(math.inf)
            except (ValueError, ZeroDivisionError):
                return arithmetic.nan

        return number_part(run)

    return Function(build, low, low)


def _constant(value: bool) -> Function:
    return Function(lambda compiler, scope, call: literal(value), 0, 0)


def _not(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run = compiler.convert.truth(compiler.part(call.arguments[0], scope))
    return truth_part(lambda env: not run(env))


def _boolean(compiler: Compiler, scope: Scope, call: Call) -> Part:
    return truth_part(compiler.convert.truth(compiler.part(call.arguments[0], scope)))


def _boolean_from_string(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run = compiler.convert.text(compiler.part(call.arguments[0], scope))
    return truth_part(lambda env: run(env).lower() in ("true", "1"))


def _if(compiler: Compiler, scope: Scope, call: Call) -> Part:
    test, yes, no = arguments(compiler, scope, call)
    truth, first, second = compiler.convert.truth(test), compiler.convert.value(yes), compiler.convert.value(no)
    sort = yes.sort if yes.sort is no.sort and yes.sort is not Sort.NODES else Sort.ANY
    return Part(sort, lambda env: first(env) if truth(env) else second(env))


def _coalesce(compiler: Compiler, scope: Scope, call: Call) -> Part:
    parts = arguments(compiler, scope, call)
    *earlier, final = [compiler.convert.value(part) for part in parts]

    def run(env: Env) -> Value:
        for one in earlier:
            value: Value = one(env)
            if (type(value) is Decimal or value != "") and value == value:  # comparing a decimal with a text is slow
                return value
        last: Value = final(env)
        return last

    or_else, constant = parts[0].first_number, parts[1].literal if len(parts) == 2 else None
    if or_else is None or parts[0].inner is not Sort.NUMBER or not isinstance(constant, Decimal | float):
        return Part(Sort.ANY, run)
    # `coalesce(${sum}, 0)`, of which sums consist: the place itself knows what to say instead of nothing
    return Part(Sort.ANY, run, first_number=lambda nothing: or_else(constant))


def _once(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """The value already there, or the expression when there is none yet."""
    here = scope.current.here
    read_own, run = compiler.convert.reader(here), compiler.convert.value(compiler.part(call.arguments[0], scope))

    def once(env: Env) -> Value:  # not a use of the node: nothing is done again because it has its value
        text = env.world.texts.get((here, env.origin), "")
        return read_own(text) if text else run(env)

    return Part(Sort.ANY, once)


def _number(compiler: Compiler, scope: Scope, call: Call) -> Part:
    return number_part(compiler.convert.number(compiler.part(call.arguments[0], scope)))


def _one_number(step: Callable[[Compiler, Number], Number]) -> Function:
    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        run = compiler.convert.number(compiler.part(call.arguments[0], scope))
        return number_part(lambda env: step(compiler, run(env)))

    return Function(build, 1, 1)


def _absolute(compiler: Compiler, value: Number) -> Number:
    return (
        compiler.arithmetic.subtract(compiler.arithmetic.of_int(0), value)
        if less(value, compiler.arithmetic.of_int(0))
        else value
    )


def _round(compiler: Compiler, scope: Scope, call: Call) -> Part:
    parts = arguments(compiler, scope, call)
    run, arithmetic = compiler.convert.number(parts[0]), compiler.arithmetic
    if len(parts) == 1:
        return number_part(lambda env: arithmetic.rounded(run(env), 0))
    places = compiler.convert.number(parts[1])

    def rounded(env: Env) -> Number:
        digits = places(env)
        return arithmetic.nan if is_nan(digits) or abs(digits) > 300 else arithmetic.rounded(run(env), int(digits))

    return number_part(rounded)


def _power(compiler: Compiler, scope: Scope, call: Call) -> Part:
    base, exponent = [compiler.convert.number(part) for part in arguments(compiler, scope, call)]
    return number_part(lambda env: compiler.arithmetic.power(base(env), exponent(env)))


def _gathered(compiler: Compiler, scope: Scope, call: Call) -> Run:
    """The numbers of every node of every argument."""
    runs = [compiler.convert.numbers(part) for part in arguments(compiler, scope, call)]

    def numbers(env: Env) -> list[Number]:
        found = [number for run in runs for number in run(env)]
        env.world.spend(len(found))
        return found

    return numbers


def _sum(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """Empty answers count as nothing."""
    part = nodes_of(compiler, scope, call)
    numbers = compiler.convert.numbers(part)
    arithmetic = compiler.arithmetic
    zero = arithmetic.of_int(0)

    def run(env: Env) -> Number:
        total = zero
        for number in numbers(env):
            if not is_nan(number):
                total = arithmetic.add(total, number)
        return total

    return number_part(run)


def _extreme(largest: bool) -> Function:
    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        run, nan = _gathered(compiler, scope, call), compiler.arithmetic.nan
        floor = compiler.arithmetic.least_maximum

        def extreme(env: Env) -> Number:
            best, seen = floor if largest else None, False
            for number in run(env):
                if is_nan(number):
                    continue
                if best is None or (less(best, number) if largest else less(number, best)):
                    best = number
                seen = True
            return best if seen and best is not None else nan

        return number_part(extreme)

    return Function(build, 1, MORE)


def _selected(compiler: Compiler, scope: Scope, call: Call) -> Part:
    chosen, wanted = [compiler.convert.text(part) for part in arguments(compiler, scope, call)]
    # as JavaRosa looks for it: between blanks, so that of nothing chosen the empty word is there
    return truth_part(lambda env: f" {wanted(env).strip()} " in f" {chosen(env).strip()} ")


def _count_selected(compiler: Compiler, scope: Scope, call: Call) -> Part:
    chosen = compiler.convert.text(compiler.part(call.arguments[0], scope))
    return number_part(lambda env: compiler.arithmetic.of_int(len(chosen(env).split())))


def _selected_at(compiler: Compiler, scope: Scope, call: Call) -> Part:
    chosen, place = arguments(compiler, scope, call)
    text, number = compiler.convert.text(chosen), compiler.convert.number(place)

    def at(env: Env) -> str:
        words, wanted = text(env).split(), number(env)
        return words[int(wanted)] if not is_nan(wanted) and 0 <= wanted < len(words) else ""

    return text_part(at)


def _checklist(compiler: Compiler, scope: Scope, call: Call) -> Part:
    low, high, *tests = arguments(compiler, scope, call)
    lowest, highest = compiler.convert.number(low), compiler.convert.number(high)
    truths = [compiler.convert.truth(part) for part in tests]

    def run(env: Env) -> bool:
        count = sum(1 for truth in truths if truth(env))
        counted, zero = compiler.arithmetic.of_int(count), compiler.arithmetic.of_int(0)
        least, most = lowest(env), highest(env)
        return (less(least, zero) or less_or_equal(least, counted)) and (
            less(most, zero) or less_or_equal(counted, most)
        )

    return truth_part(run)


def _weighted_checklist(compiler: Compiler, scope: Scope, call: Call) -> Part:
    low, high, *rest = arguments(compiler, scope, call)
    convert, arithmetic = compiler.convert, compiler.arithmetic
    lowest, highest = convert.number(low), convert.number(high)
    pairs = [(convert.truth(test), convert.number(weight)) for test, weight in zip(rest[::2], rest[1::2], strict=True)]

    def run(env: Env) -> bool:
        total = arithmetic.of_int(0)
        for truth, weight in pairs:
            if truth(env):
                total = arithmetic.add(total, weight(env))
        return less_or_equal(lowest(env), total) and less_or_equal(total, highest(env))

    return truth_part(run)


STANDARD: dict[str, Function] = {
    "true": _constant(True),
    "false": _constant(False),
    "not": Function(_not, 1, 1),
    "boolean": Function(_boolean, 1, 1),
    "boolean-from-string": Function(_boolean_from_string, 1, 1),
    "if": Function(_if, 3, 3),
    "coalesce": Function(_coalesce, 1, MORE),
    "once": Function(_once, 1, 1),
    "number": Function(_number, 1, 1),
    "int": _one_number(lambda compiler, value: compiler.arithmetic.whole(value)),
    "floor": _one_number(lambda compiler, value: compiler.arithmetic.floor(value)),
    "ceiling": _one_number(
        lambda compiler, value: compiler.arithmetic.multiply(
            compiler.arithmetic.of_int(-1),
            compiler.arithmetic.floor(compiler.arithmetic.multiply(compiler.arithmetic.of_int(-1), value)),
        )
    ),
    "abs": _one_number(_absolute),
    "round": Function(_round, 1, 2),
    "pow": Function(_power, 2, 2),
    "sum": Function(_sum, 1, 1),
    "max": _extreme(True),
    "min": _extreme(False),
    "selected": Function(_selected, 2, 2),
    "is-selected": Function(_selected, 2, 2),
    "count-selected": Function(_count_selected, 1, 1),
    "selected-at": Function(_selected_at, 2, 2),
    "checklist": Function(_checklist, 3, MORE),
    "weighted-checklist": Function(_weighted_checklist, 4, MORE),
    "sqrt": of_floats(1, math.sqrt),
    "exp": of_floats(1, math.exp),
    "exp10": of_floats(1, lambda value: math.pow(10, value)),
    "log": of_floats(1, lambda value: math.log(value) if value else -math.inf),
    "log10": of_floats(1, lambda value: math.log10(value) if value else -math.inf),
    "sin": of_floats(1, math.sin),
    "cos": of_floats(1, math.cos),
    "tan": of_floats(1, math.tan),
    "asin": of_floats(1, math.asin),
    "acos": of_floats(1, math.acos),
    "atan": of_floats(1, math.atan),
    "atan2": of_floats(2, math.atan2),
    "pi": of_floats(0, lambda: math.pi),
}
