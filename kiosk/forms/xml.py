"""XML read safely, for the desk only: no DTD, no entities, a cap on size, depth and number of elements.

The reading is a stream; an element deeper than the cap stops it before anything deep is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from kiosk.forms.problems import PackTrouble, problem

LARGEST = 8 * 1024 * 1024
DEEPEST = 100
MOST_ELEMENTS = 200_000


@dataclass(slots=True)
class Element:
    name: str  # as written, with its prefix
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    pieces: list[str | Element] = field(default_factory=list)  # text and elements in their order

    @property
    def local(self) -> str:
        return self.name.rpartition(":")[2]

    @property
    def text(self) -> str:
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    def get(self, name: str) -> str:
        return self.attributes.get(name, "").strip()

    def first(self, local: str) -> Element | None:
        return next((child for child in self.children if child.local == local), None)

    def every(self, local: str) -> Iterator[Element]:
        return (child for child in self.children if child.local == local)

    def below(self) -> Iterator[Element]:
        """Every element below this one, in document order."""
        waiting = list(reversed(self.children))
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


class _Stop(Exception):
    def __init__(self, key: str, **places: str | int) -> None:
        self.key = key
        self.places = places


def read_xml(data: bytes, file: str) -> Element:
    """The root element; anything that is refused is a `PackTrouble` with file and line."""
    if len(data) > LARGEST:
        raise PackTrouble([problem(file, "too_large", limit=LARGEST)])
    parser = expat.ParserCreate()
    parser.buffer_text = True
    root: list[Element] = []
    open_elements: list[Element] = []
    count = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(open_elements) >= DEEPEST:
            raise _Stop("too_deep", limit=DEEPEST)
        if count > MOST_ELEMENTS:
            raise _Stop("too_many", limit=MOST_ELEMENTS)
        element = Element(name, attributes, parser.CurrentLineNumber)
        if open_elements:
            open_elements[-1].children.append(element)
            open_elements[-1].pieces.append(element)
        else:
            root.append(element)
        open_elements.append(element)

    def ended(name: str) -> None:
        open_elements.pop()

    def said(text: str) -> None:
        if open_elements:
            open_elements[-1].pieces.append(text)

    def refused(*_: object) -> None:
        raise _Stop("unsupported", name="DTD")

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = said
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    try:
        parser.Parse(data, True)
    except _Stop as stop:
        raise PackTrouble([problem(f"{file}:{parser.CurrentLineNumber}", stop.key, **stop.places)]) from None
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise PackTrouble([problem(f"{file}:{error.lineno}", "bad_xml", reason=reason)]) from None
    except (ValueError, LookupError):
        raise PackTrouble([problem(file, "bad_xml", reason="encoding")]) from None
    return root[0]
