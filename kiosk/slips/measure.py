"""How wide a text is and where it breaks. Native text and pictures of text share this, so they break alike.

A column is half a Han: printable ASCII takes one, everything else two. 80 mm paper has 48 columns,
58 mm paper 32. A Han is never split; Latin words break at blanks where they can.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.slips.parts import Align, Barcode, Cut, Feed, Logo, Pair, Part, Qr, RomRow, Rule, Slip, Text
from kiosk.slips.printable import printable

RULE = "─"  # ─ joins itself on paper, and every GB2312 ROM has it
_NO_START = frozenset("，。、；：？！）》」』】〉”’·%,.;:?!)")


def columns(text: str) -> int:
    return sum(1 if character <= "~" else 2 for character in text)


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most `width` columns; at least one line, never a split character."""
    if columns(text) <= width:
        return (text.rstrip(" "),)
    lines: list[str] = []
    line, used = "", 0
    for word in _words(text):
        room = columns(word)
        if used + room > width and line:
            kept = _before_last(line)
            if word in _NO_START and used > 4 and kept and columns(line[kept:]) + room <= width:
                # 避头点: the mark goes down together with the character or the number before it.
                line, word = line[:kept], line[kept:] + word
                room = columns(word)
            lines.append(line.rstrip(" "))
            line, used = "", 0
            word = word.lstrip(" ")
            room = columns(word)
        while room > width:
            head = _head(word, width)
            lines.append(head)
            word = word[len(head) :]
            room = columns(word)
        line, used = line + word, used + room
    lines.append(line.rstrip(" "))
    return tuple(lines)


def _words(text: str) -> list[str]:
    """Pieces a line may break between: each wide character, each run of ASCII without blanks, each blank."""
    words: list[str] = []
    for character in text:
        if words and "!" <= character <= "~" and "!" <= words[-1][-1] <= "~":
            words[-1] += character
        else:
            words.append(character)
    return words


def _before_last(line: str) -> int:
    """Where the last wide character or the last run of ASCII begins; 0 when there is nothing before it."""
    start = len(line) - 1
    if line[start] == " ":
        return 0
    while start > 0 and "!" <= line[start] <= "~" and "!" <= line[start - 1] <= "~":
        start -= 1
    return start


def _head(word: str, width: int) -> str:
    used = 0
    for place, character in enumerate(word):
        used += columns(character)
        if used > width:
            return word[: max(place, 1)]
    return word


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line on the paper, at most as wide as the paper."""

    text: str
    size: int = 1
    align: Align = Align.LEFT
    bold: bool = False


Line = TextLine | Logo | Qr | Barcode | Feed | Cut | RomRow


def lay_out(slip: Slip, width: int) -> tuple[Line, ...]:
    """The slip as lines for a paper of this many columns; every text has passed the gate."""
    lines: list[Line] = []
    for part in slip.parts:
        lines += _lines(part, width)
    return tuple(lines)


def _lines(part: Part, width: int) -> list[Line]:
    match part:
        case Text(text, size, align, bold):
            text = printable(text)
            while size > 1 and columns(text) * size > width:
                size -= 1  # a number or a name broken in two reads worse than a smaller one
            return [TextLine(line, size, align, bold) for line in wrap(text, width // size)]
        case Rule():
            return [TextLine(RULE * (width // 2))]
        case Pair(left, right, bold):
            return _pair(printable(left), printable(right), width, bold)
        case _:
            return [part]


def _pair(left: str, right: str, width: int, bold: bool) -> list[Line]:
    gap = width - columns(left) - columns(right)
    if gap >= 1:
        return [TextLine(left + " " * gap + right, bold=bold)]
    below: list[Line] = [TextLine(line, align=Align.RIGHT, bold=bold) for line in wrap(right, width - 2)]
    return [*(TextLine(line) for line in wrap(left, width)), *below]
