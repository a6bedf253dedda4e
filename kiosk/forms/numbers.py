"""Two arithmetics for one expression language.

Packs of the court count in exact decimals (`EXACT`): a sum of money is never a binary float. Imported
XForms count as XPath 1.0 says, in IEEE doubles (`BINARY`), so that they give what other engines give.
Neither raises: what cannot be computed is not-a-number, as in XPath.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from typing import Any, Protocol

Number = Decimal | float

PLAIN = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
CONTEXT = Context(prec=40, Emax=999, Emin=-999, traps=[])
CONTEXT.clamp = 0
NAN = Decimal("NaN")
LARGEST_POWER = 10_000
LONGEST_NUMBER = 60


class Arithmetic(Protocol):
    """What an expression needs of numbers, and the few other habits in which packs and imported forms differ."""

    nan: Number  # this very value is what `parse` gives when there is no number in a text
    least_maximum: Number | None  # where max() starts: see BinaryArithmetic
    forgives: bool  # whether a path that leads nowhere is empty instead of a problem
    binds_last: bool  # whether an absolute path that ends at the repeat around means this one instance
    chooses: bool  # whether a number in a predicate is a position
    keeps_time: bool  # whether a date-time as a number has a fraction of a day
    rewrites: bool  # whether a number read from an answer is written anew: 34.0 becomes 34

    def parse(self, text: str) -> Number: ...
    def of_int(self, value: int) -> Number: ...
    def of_float(self, value: float) -> Number: ...
    def text(self, value: Number) -> str: ...
    def add(self, left: Number, right: Number) -> Number: ...
    def subtract(self, left: Number, right: Number) -> Number: ...
    def multiply(self, left: Number, right: Number) -> Number: ...
    def divide(self, left: Number, right: Number) -> Number: ...
    def modulo(self, left: Number, right: Number) -> Number: ...
    def power(self, left: Number, right: Number) -> Number: ...
    def whole(self, value: Number) -> Number: ...
    def floor(self, value: Number) -> Number: ...
    def rounded(self, value: Number, places: int) -> Number: ...
    def equal(self, left: Number, right: Number) -> bool: ...


def is_nan(value: Number) -> bool:
    return value != value


def less(left: Number, right: Number) -> bool:
    """Ordering that is false for not-a-number; a plain `<` between quiet decimals would raise."""
    return left == left and right == right and left < right


def less_or_equal(left: Number, right: Number) -> bool:
    return left == left and right == right and left <= right


def half_up(value: Number) -> str:
    """XPath rounds a half towards the greater number: 2.5 to 3, -2.5 to -2."""
    return ROUND_HALF_UP if value > 0 else ROUND_HALF_DOWN


@lru_cache(maxsize=512)  # one sum is read by many calculations, many times while a person answers
def exact(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER or not PLAIN.fullmatch(text):
        return NAN
    return Decimal(text.strip())


@cache
def unit(places: int) -> Decimal:
    """The last place of a number with so many of them: 0.01 for two."""
    return Decimal(1).scaleb(-places)


class ExactArithmetic:
    """Decimals of 40 digits; no traps, no surprises."""

    nan: Number = NAN
    least_maximum: Number | None = None
    forgives = False
    binds_last = False
    chooses = True
    keeps_time = True
    rewrites = False

    parse = staticmethod(exact)

    def of_int(self, value: int) -> Number:
        return Decimal(value)

    def of_float(self, value: float) -> Number:
        return CONTEXT.create_decimal(repr(value))

    def text(self, value: Number) -> str:
        assert isinstance(value, Decimal)
        if not value.is_finite():
            return "NaN" if value.is_nan() else "Infinity" if value > 0 else "-Infinity"
        plain = str(value)
        if "E" in plain:
            plain = format(value, "f")  # four times as slow as `str`
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        return "0" if plain == "-0" else plain

    # The context's own operations, with nothing around them: sums are most of what an answer sets off.
    add: Any = staticmethod(CONTEXT.add)
    subtract: Any = staticmethod(CONTEXT.subtract)
    multiply: Any = staticmethod(CONTEXT.multiply)
    divide: Any = staticmethod(CONTEXT.divide)
    modulo: Any = staticmethod(CONTEXT.remainder)

    def power(self, left: Number, right: Number) -> Number:
        if is_nan(right) or not -LARGEST_POWER <= right <= LARGEST_POWER:
            return self.nan
        return CONTEXT.power(left, right)  # type: ignore[arg-type]

    def whole(self, value: Number) -> Number:
        return self._stepped(value, 0, ROUND_DOWN)

    def floor(self, value: Number) -> Number:
        return self._stepped(value, 0, ROUND_FLOOR)

    def rounded(self, value: Number, places: int) -> Number:
        return value if is_nan(value) else self._stepped(value, places, half_up(value))

    def equal(self, left: Number, right: Number) -> bool:
        return left == right

    def _stepped(self, value: Number, places: int, rounding: str) -> Number:
        assert isinstance(value, Decimal)
        if not value.is_finite() or abs(places) > LONGEST_NUMBER:
            return value
        stepped = value.quantize(unit(places), rounding, CONTEXT)
        return value if stepped.is_nan() else stepped


def java_double(value: float) -> str:
    """A double as Java writes it: 2.5, 1.0E10, 3.3333333333333333E-6."""
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    digits, _, exponent = f"{Decimal(repr(value)):E}".partition("E")
    whole, _, rest = digits.partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}E{int(exponent)}"


class BinaryArithmetic:
    """IEEE doubles, written the way ODK engines write them."""

    nan: Number = math.nan
    # JavaRosa starts max() at the smallest positive double, so of negative numbers it finds nought; we follow it.
    least_maximum: Number | None = 5e-324
    forgives = True
    binds_last = True
    chooses = False  # JavaRosa lets only truths choose
    keeps_time = False  # JavaRosa counts whole days
    rewrites = True

    def parse(self, text: str) -> Number:
        plain = text.replace(",", ".")  # as JavaRosa reads a locale's comma
        return float(plain) if len(plain) <= 400 and PLAIN.fullmatch(plain) else self.nan

    def of_int(self, value: int) -> Number:
        return float(value)

    def of_float(self, value: float) -> Number:
        return value

    def text(self, value: Number) -> str:
        value = float(value)
        if value != value:
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        if abs(value) < 1e-12:
            return "0"
        if abs(value) < 2**31 and abs(value - int(value)) < 1e-12:
            return str(int(value))
        return java_double(value)

    def add(self, left: Number, right: Number) -> Number:
        return float(left) + float(right)

    def subtract(self, left: Number, right: Number) -> Number:
        return float(left) - float(right)

    def multiply(self, left: Number, right: Number) -> Number:
        return float(left) * float(right)

    def divide(self, left: Number, right: Number) -> Number:
        left, right = float(left), float(right)
        if right == 0:
            return math.nan if left == 0 or left != left else math.copysign(math.inf, left) * math.copysign(1, right)
        return left / right

    def modulo(self, left: Number, right: Number) -> Number:
        left, right = float(left), float(right)
        if right == 0 or math.isinf(left) or left != left or right != right:
            return math.nan
        return math.fmod(left, right)

    def power(self, left: Number, right: Number) -> Number:
        try:
            return math.pow(left, right)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    def whole(self, value: Number) -> Number:
        return float(math.trunc(value)) if math.isfinite(value) else value

    def floor(self, value: Number) -> Number:
        return float(math.floor(value)) if math.isfinite(value) else value

    def rounded(self, value: Number, places: int) -> Number:
        if not math.isfinite(value) or abs(places) > 300:
            return value
        if places == 0:
            return float(math.floor(float(value) + 0.5))
        stepped = Decimal(repr(float(value))).quantize(
            Decimal(1).scaleb(-places), rounding=half_up(value), context=Context(prec=700)
        )
        return float(stepped)

    def equal(self, left: Number, right: Number) -> bool:
        return left == right or abs(left - right) < 1.0e-12  # type: ignore[operator]


EXACT: Arithmetic = ExactArithmetic()
BINARY: Arithmetic = BinaryArithmetic()
