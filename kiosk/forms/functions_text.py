"""The functions of ODK XForms over text and time."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from kiosk.forms.compiler import Compiler, Function
from kiosk.forms.functions import MORE, arguments, of_texts, truth_of_texts
from kiosk.forms.numbers import is_nan
from kiosk.forms.parts import Part, number_part, text_part, truth_part
from kiosk.forms.paths import Scope
from kiosk.forms.patterns import full_match
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import Call, Literal, Path, Step
from kiosk.forms.values import EPOCH, Sort, Value, fractional_days, is_number, moment_of, text_of
from kiosk.forms.world import Env

LONGEST_UUID = 256


def _string(compiler: Compiler, scope: Scope, call: Call) -> Part:
    tree = call.arguments[0] if call.arguments else Path("here", (Step("self", "node()"),))
    return text_part(compiler.convert.text(compiler.part(tree, scope)))


def _capped(compiler: Compiler, join: Callable[[Env], str]) -> Part:
    limit = compiler.limits.answer

    def run(env: Env) -> str:
        text = join(env)
        if len(text) > limit:
            raise ExpressionProblem("too_large", limit=limit)
        return text

    return text_part(run)


def _concat(compiler: Compiler, scope: Scope, call: Call) -> Part:
    runs = [compiler.convert.texts(part) for part in arguments(compiler, scope, call)]
    return _capped(compiler, lambda env: "".join("".join(run(env)) for run in runs))


def _join(compiler: Compiler, scope: Scope, call: Call) -> Part:
    separator, *rest = arguments(compiler, scope, call)
    between, runs = compiler.convert.text(separator), [compiler.convert.texts(part) for part in rest]
    return _capped(compiler, lambda env: between(env).join(text for run in runs for text in run(env)))


def _string_length(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run = compiler.convert.text(_string(compiler, scope, call))
    return number_part(lambda env: compiler.arithmetic.of_int(len(run(env))))


def _normalize_space(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run = compiler.convert.text(_string(compiler, scope, call))
    return text_part(lambda env: " ".join(run(env).split()))


def _substr(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """substr(text, start, end): from 0, the end not included, negative numbers count from the end."""
    text, *rest = arguments(compiler, scope, call)
    run, numbers = compiler.convert.text(text), [compiler.convert.number(part) for part in rest]

    def cut(env: Env) -> str:
        whole = run(env)
        places = [number(env) for number in numbers]
        start, *end = [0 if is_nan(place) else int(max(min(place, 10**6), -(10**6))) for place in places]
        length = len(whole)
        first = max(0, start + length if start < 0 else start)
        last = length if not end else max(0, end[0] + length) if end[0] < 0 else min(end[0], length)
        return whole[first:last] if first < last else ""

    return text_part(cut)


def _substring(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """XPath's own substring(text, from 1, length)."""
    text, *rest = arguments(compiler, scope, call)
    run, numbers = compiler.convert.text(text), [compiler.convert.number(part) for part in rest]

    def cut(env: Env) -> str:
        whole = run(env)
        places = [compiler.arithmetic.rounded(number(env), 0) for number in numbers]
        if any(is_nan(place) for place in places):
            return ""
        end = places[0] + places[1] if len(places) == 2 else len(whole) + 1  # type: ignore[operator]
        return "".join(letter for at, letter in enumerate(whole, 1) if places[0] <= at < end)

    return text_part(cut)


def _regex(compiler: Compiler, scope: Scope, call: Call) -> Part:
    text, pattern = arguments(compiler, scope, call)
    run = compiler.convert.text(text)
    if isinstance(pattern.literal, str):
        matches = full_match(pattern.literal)
        return truth_part(lambda env: matches(run(env)))
    pattern_run = compiler.convert.text(pattern)

    def run_both(env: Env) -> bool:
        words = pattern_run(env)
        env.world.spend(len(words))
        return full_match(words)(run(env))

    return truth_part(run_both)


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for at, letter in enumerate(old):
        table.setdefault(ord(letter), new[at] if at < len(new) else None)
    return text.translate(table)


def _digest(data: str, algorithm: str, encoding: str = "base64") -> str:
    name = algorithm.lower().replace("-", "")
    if name not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return ""
    raw = hashlib.new(name, data.encode(), usedforsecurity=False).digest()
    return raw.hex() if encoding == "hex" else base64.b64encode(raw).decode("ascii")


def _base64_decode(data: str) -> str:
    try:
        return base64.b64decode(data, validate=False).decode("utf-8", "replace")
    except ValueError:
        return ""


def _uuid(compiler: Compiler, scope: Scope, call: Call) -> Part:
    runs = [compiler.convert.number(part) for part in arguments(compiler, scope, call)]

    def run(env: Env) -> str:
        drawn = uuid.UUID(bytes=hashlib.sha256(uuid.uuid4().bytes).digest()[:16], version=4)
        if not runs:
            return str(drawn)
        wanted = runs[0](env)
        length = 0 if is_nan(wanted) else min(int(wanted), LONGEST_UUID)
        return (drawn.hex * (length // 32 + 1))[:length]

    return text_part(run)


def _random(compiler: Compiler, scope: Scope, call: Call) -> Part:
    return number_part(lambda env: compiler.arithmetic.of_float((uuid.uuid4().int >> 75) / (1 << 53)))


def _today(compiler: Compiler, scope: Scope, call: Call) -> Part:
    return Part(Sort.MOMENT, lambda env: env.world.today)


def _now(compiler: Compiler, scope: Scope, call: Call) -> Part:
    return Part(Sort.MOMENT, lambda env: env.world.now)


def as_moment(value: Value) -> date | datetime | None:
    """What ODK's date() makes of a value: a moment, days since 1970, or ISO text."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return moment_of(value)
    if is_number(value) and value == value and abs(float(value)) < 2_000_000:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=float(value))
    return None


def _date(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run = compiler.convert.value(compiler.part(call.arguments[0], scope))

    def made(env: Env) -> Value:
        moment = as_moment(run(env))
        if moment is None:
            return ""
        return moment.date() if isinstance(moment, datetime) else moment

    return Part(Sort.ANY, made)


def _date_time(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run = compiler.convert.value(compiler.part(call.arguments[0], scope))

    def made(env: Env) -> Value:
        return as_datetime(as_moment(run(env))) or ""

    return Part(Sort.ANY, made)


def as_datetime(moment: date | datetime | None) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def _decimal_date_time(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run, arithmetic = compiler.convert.value(compiler.part(call.arguments[0], scope)), compiler.arithmetic

    def made(env: Env) -> Value:
        moment = as_datetime(as_moment(run(env)))
        return arithmetic.nan if moment is None else fractional_days(moment, arithmetic)

    return Part(Sort.NUMBER, made)


def _decimal_time(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """The part of a day that has passed, of a moment or of a time alone."""
    run, arithmetic = compiler.convert.value(compiler.part(call.arguments[0], scope)), compiler.arithmetic

    def made(env: Env) -> Value:
        value = run(env)
        moment = as_datetime(as_moment(value))
        if moment is None and isinstance(value, str):
            moment = as_datetime(moment_of(f"{EPOCH.isoformat()}T{value}"))
        if moment is None:
            return arithmetic.nan
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        passed = arithmetic.of_int(seconds * 1000 + moment.microsecond // 1000)
        return arithmetic.divide(passed, arithmetic.of_int(86_400_000))

    return Part(Sort.NUMBER, made)


def _format_date(compiler: Compiler, scope: Scope, call: Call) -> Part:
    moment_part, pattern = arguments(compiler, scope, call)
    run, words = compiler.convert.value(moment_part), compiler.convert.text(pattern)

    def made(env: Env) -> str:
        moment = as_datetime(as_moment(run(env)))
        return "" if moment is None else spelled(moment, words(env))

    return text_part(made)


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LONG_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def spelled(moment: datetime, pattern: str) -> str:
    """ODK's date patterns: %Y %y %m %n %B %b %d %e %H %h %M %S %3 %a %A %Z %W."""
    parts = {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "B": LONG_MONTHS[moment.month - 1],
        "b": MONTHS[moment.month - 1],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "a": DAYS[moment.weekday()],
        "A": moment.strftime("%A"),
        "W": f"{moment.isocalendar().week}",
        "Z": moment.strftime("%z")[:3] if moment.tzinfo else "",
        "%": "%",
    }
    made, at = "", 0
    while at < len(pattern):
        if pattern[at] == "%" and at + 1 < len(pattern):
            made += parts.get(pattern[at + 1], "")
            at += 2
        else:
            made += pattern[at]
            at += 1
    return made


def _property(compiler: Compiler, scope: Scope, call: Call) -> Part:
    tree = call.arguments[0]
    name = tree.text if isinstance(tree, Literal) else ""
    return text_part(lambda env: env.world.facts.get(name, ""))


def _text_value(compiler: Compiler, value: Value) -> str:
    return text_of(value, compiler.arithmetic)


TEXT_AND_TIME: dict[str, Function] = {
    "string": Function(_string, 0, 1),
    "concat": Function(_concat, 0, MORE),
    "join": Function(_join, 1, MORE),
    "string-length": Function(_string_length, 0, 1),
    "normalize-space": Function(_normalize_space, 0, 1),
    "substr": Function(_substr, 2, 3),
    "substring": Function(_substring, 2, 3),
    "substring-before": of_texts(2, 2, lambda text, mark: text.partition(mark)[0] if mark in text else ""),
    "substring-after": of_texts(2, 2, lambda text, mark: text.partition(mark)[2] if mark else text),
    "translate": of_texts(3, 3, _translate),
    "starts-with": truth_of_texts(2, 2, lambda text, start: text.startswith(start)),
    "ends-with": truth_of_texts(2, 2, lambda text, end: text.endswith(end)),
    "contains": truth_of_texts(2, 2, lambda text, inner: inner in text),
    "regex": Function(_regex, 2, 2),
    "digest": of_texts(2, 3, _digest),
    "base64-decode": of_texts(1, 1, _base64_decode),
    "uuid": Function(_uuid, 0, 1),
    "random": Function(_random, 0, 0),
    "today": Function(_today, 0, 0),
    "now": Function(_now, 0, 0),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-date": Function(_decimal_date_time, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
    "property": Function(_property, 1, 1),
    "fact": Function(_property, 1, 1),
}
