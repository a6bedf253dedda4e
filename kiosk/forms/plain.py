"""Expressions in which nothing but a name can be wrong: values of questions, compared and counted with.

Of these the loader needs only the names, for the order of work; their closures are made when they first run.
Whatever is not certainly plain is compiled while loading, as ever.
"""

from __future__ import annotations

from functools import lru_cache

from kiosk.forms.functions import STANDARD
from kiosk.forms.functions_text import TEXT_AND_TIME
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import PACK_LIMITS, Call, Chain, Literal, Named, Negation, Numeral, Path, Step, Tree, read

FUNCTIONS = STANDARD | TEXT_AND_TIME
HARMLESS = frozenset({"coalesce", "if", "not", "round", "string-length", "today", "true", "false"})
ITSELF = Path("here", (Step("self", "node()"),))


@lru_cache(maxsize=2_000)  # the same short expressions stand in a pack again and again
def names_in(text: str) -> tuple[str, ...] | None:
    """The names a plain expression reads, `.` among them; None when it is not plain."""
    found: dict[str, None] = {}
    try:
        return tuple(found) if _plain(read(text, PACK_LIMITS), found) else None
    except ExpressionProblem:
        return None  # told when it is compiled


def _plain(tree: Tree, found: dict[str, None]) -> bool:
    match tree:
        case Literal() | Numeral():
            return True
        case Named(name):
            found[name] = None
            return True
        case Negation(of):
            return _plain(of, found)
        case Chain(first, rest):
            return rest[0][0] != "|" and _plain(first, found) and all(_plain(part, found) for _, part in rest)
        case Call(name, arguments):
            function = FUNCTIONS.get(name)
            given = len(arguments)
            fits = function is not None and given >= function.low and (function.high is None or given <= function.high)
            return name in HARMLESS and fits and all(_plain(part, found) for part in arguments)
        case Path():
            found["."] = None
            return tree == ITSELF
