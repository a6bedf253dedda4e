"""Names to nodes, texts to code: the part of loading that every author's expression goes through."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kiosk.forms.compiler import Compiler
from kiosk.forms.functions import STANDARD
from kiosk.forms.functions_geo import GEO_AND_LISTS
from kiosk.forms.functions_law import LAW
from kiosk.forms.functions_nodes import OVER_NODES
from kiosk.forms.functions_text import TEXT_AND_TIME
from kiosk.forms.model import Place
from kiosk.forms.numbers import Arithmetic
from kiosk.forms.plan import Code, Node, Run
from kiosk.forms.problems import ExpressionProblem, Problem, problem
from kiosk.forms.syntax import Limits

FUNCTIONS = STANDARD | OVER_NODES | TEXT_AND_TIME | GEO_AND_LISTS | LAW
PLACE = re.compile(r"\$\{\s*([\w./-]+)\s*\}")
CONSTANT = {
    "true()": Code("true()", made=lambda env: True),
    "false()": Code("false()", made=lambda env: False),
}
SHORT = {"yes": "true()", "no": "false()", "true": "true()", "false": "false()"}


class Binding:
    def __init__(self, nodes: Sequence[Node], arithmetic: Arithmetic, limits: Limits, problems: list[Problem]) -> None:
        self.nodes = nodes
        self.problems = problems
        self.places: dict[tuple[int, str], Place] = {}
        self.place_of: dict[int, str] = {}
        self.compiler = Compiler(nodes, (0,), arithmetic, limits, FUNCTIONS, name_of=self.find)
        self._named: dict[str, list[int]] = {}
        for node in nodes[1:]:
            self._named.setdefault(node.name, []).append(node.index)

    def code(self, text: str, here: int, place: str, want: str, depth: int | None = None) -> Code | None:
        text = SHORT.get(text, text)
        if text in CONSTANT and want in ("truth", "value"):
            return CONSTANT[text]
        try:
            return self.compiler.compile(text, here, depth, want)
        except ExpressionProblem as error:
            self.problems.append(problem(place, error.key, **error.places))
            return None

    def compile(self, code: Code) -> Run:
        """The closures of an expression that was checked when its pack was built."""
        constant = CONSTANT.get(code.text)
        made: Run = (constant or self.compiler.compile(code.text, code.here, code.depth, code.want)).made
        return made

    def places_in(self, words: Mapping[str, str], here: int, place: str, depth: int | None = None) -> None:
        """Compile every `${name}` that stands in a sentence."""
        for sentence in words.values():
            if "${" not in sentence:
                continue
            for name in PLACE.findall(sentence):
                if (here, name) in self.places:
                    continue
                code = self.code(f"${{{name}}}", here, place, "text", depth)
                if code is not None:
                    index = self.find(name, here)
                    self.places[here, name] = Place(index, self.nodes[index].kind, code)

    def find(self, name: str, here: int) -> int:
        """The node `${name}` means from here: the nearest one, looking in ever wider surroundings."""
        alone = self._named.get(name)
        if alone is not None and len(alone) == 1:
            return alone[0]  # wherever one looks, there is no other
        segments = [segment for segment in name.split("/") if segment not in ("", ".")]
        if not segments:
            raise ExpressionProblem("unknown_name", name=name[:60])
        fitting = self._named.get(segments[-1], [])
        if len(segments) > 1:
            fitting = [index for index in fitting if self._ends_with(index, segments)]
        if len(fitting) == 1:
            return fitting[0]  # wherever one looks, there is no other
        around = here
        while around >= 0 and fitting:
            inside = [index for index in fitting if self._is_inside(index, around)]
            if inside:
                shortest = min(self.nodes[index].path.count("/") for index in inside)
                nearest = [index for index in inside if self.nodes[index].path.count("/") == shortest]
                if len(nearest) > 1:
                    raise ExpressionProblem("ambiguous_name", name=name[:60])
                return nearest[0]
            around = self.nodes[around].parent
        raise ExpressionProblem("unknown_name", name=name[:60])

    def _ends_with(self, index: int, segments: list[str]) -> bool:
        names = self.nodes[index].path.split("/")[2:]
        return names[-len(segments) :] == segments

    def _is_inside(self, index: int, around: int) -> bool:
        if around == 0:
            return True
        return self.nodes[index].path.startswith(self.nodes[around].path + "/") or index == around


def fill(sentence: str, say: Callable[[str], str]) -> str:
    """A sentence with its places filled."""
    return PLACE.sub(lambda match: say(match.group(1)), sentence)


def has_places(sentence: Any) -> bool:
    return isinstance(sentence, str) and "${" in sentence
