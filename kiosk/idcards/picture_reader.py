"""An identity card read from a picture: the second way in, where there is a camera and the extra `ocr`.

Only the front of a resident card, and only with an 18-digit number whose check digit is right: anything else is no card.
What is read is a proposal; the person looks at every field of it. Nothing is corrected, and nothing of it is in a repr,
a log or a file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kiosk.idcards.card import CardFields, CardKind
from kiosk.law.identity import check
from kiosk.law.verdict import Wrong
from kiosk.pictures.decode import JPEG, PageMade, page_of

WALL_SECONDS = 20.0
MOST_REPLY_BYTES = 256 * 1024
MOST_LINES = 200
LONGEST_LINE = 200
LEAST_SCORE = 0.6
LABELS = ("姓名", "性别", "民族", "出生", "住址", "公民身份号码")
ENVIRONMENT = {"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "ORT_DISABLE_TELEMETRY": "1"}  # see ui.inputs.handwriting
_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx])(?![\dXx])", re.ASCII)
_BIRTH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,25}")
NATIONS = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
]  # GB/T 3304: 01 to 56 in this order


@dataclass(frozen=True, slots=True)
class Line:
    text: str = field(repr=False)
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def is_offered() -> bool:
    """Whether this program can read a picture at all."""
    if getattr(sys, "frozen", False):
        return _child_program().exists()
    return find_spec("rapidocr") is not None and find_spec("cv2") is not None


def card_in(picture: bytes, command: Callable[[], list[str]] | None = None) -> CardFields | None:
    """The card in this picture, or None. Ends within half a minute whatever the picture is."""
    page = page_of(picture)
    if not isinstance(page, PageMade) or not page.jpeg.startswith(JPEG):
        return None
    return card_of(_lines((command or _own_command)(), page.jpeg))


def card_of(lines: Sequence[Line]) -> CardFields | None:
    """What these lines say, when they are the front of a resident card."""
    sure = sorted((line for line in lines if line.score >= LEAST_SCORE), key=lambda one: (one.middle, one.left))
    whole = "\n".join(line.text.replace(" ", "") for line in sure)
    numbers = {found.upper() for found in _NUMBER.findall(whole)}
    if len(numbers) != 1:
        return None
    (number,) = numbers
    verdict = check("resident_id", number)
    if isinstance(verdict, Wrong):
        return None
    said = {label: _after(label, sure) for label in LABELS}
    name = _HAN.fullmatch(said["姓名"])
    if name is None:
        return None
    birth = _BIRTH.search(said["出生"] or whole)
    nation = said["民族"].removesuffix("族")
    return CardFields(
        kind=CardKind.RESIDENT,
        name=name[0],
        sex={"男": "1", "女": "2"}.get(said["性别"][:1], ""),
        number=number,
        birth=f"{birth[1]}-{int(birth[2]):02d}-{int(birth[3]):02d}" if birth else "",
        nation=f"{NATIONS.index(nation) + 1:02d}" if nation in NATIONS else "",
        address=_address(sure),
    )


def _after(label: str, lines: Sequence[Line]) -> str:
    """What stands behind a label: in its own line, or in the line to the right of it."""
    for line in lines:
        text = line.text.replace(" ", "")
        if not text.startswith(label):
            continue
        if text != label:
            rest = text.removeprefix(label).lstrip("：:")
            return next((rest[: rest.index(other)] for other in LABELS if other in rest), rest)
        tall = line.bottom - line.top
        beside = [
            one for one in lines if one.left >= line.right - tall / 2 and abs(one.middle - line.middle) < tall * 0.6
        ]
        return min(beside, key=lambda one: one.left).text.replace(" ", "") if beside else ""
    return ""


def _address(lines: Sequence[Line]) -> str:
    """The line behind 住址 and those right below it, as far as the number."""
    at = next((n for n, line in enumerate(lines) if line.text.replace(" ", "").startswith("住址")), None)
    if at is None:
        return ""
    first = _after("住址", lines)
    begun = next((line for line in lines if first and line.text.replace(" ", "").endswith(first)), None)
    if begun is None:
        return ""
    tall, parts, last = begun.bottom - begun.top, [first], begun
    for line in lines:
        text = line.text.replace(" ", "")
        below = 0 < line.middle - last.middle < 2.2 * tall and line.left >= lines[at].right - tall
        if below and not text.startswith(LABELS) and not _NUMBER.search(text):
            parts.append(text)
            last = line
    return "".join(parts)


def _child_program() -> Path:
    return Path(sys.executable).with_name("kiosk-read-card")


def _own_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [str(_child_program())]
    return [sys.executable, "-I", "-m", "kiosk.idcards.read_picture"]


def _lines(command: list[str], jpeg: bytes) -> tuple[Line, ...]:
    try:
        done = subprocess.run(  # noqa: S603  (our own program, fixed words)
            command,
            input=jpeg,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=ENVIRONMENT,
            timeout=WALL_SECONDS,
            check=False,
            start_new_session=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return believed(done.stdout) if done.returncode == 0 else ()


def believed(reply: bytes) -> tuple[Line, ...]:
    """The child's lines, when they are lines; nothing when they are anything else."""
    if len(reply) > MOST_REPLY_BYTES:
        return ()
    try:
        said: Any = json.loads(reply)
        if not isinstance(said, list) or len(said) > MOST_LINES:
            return ()
        return tuple(_line(*one) for one in said)
    except (ValueError, TypeError, RecursionError):
        return ()


def _line(text: object, score: object, *box: object) -> Line:
    if not isinstance(text, str) or len(text) > LONGEST_LINE or len(box) != 4:
        raise ValueError
    numbers = [float(one) for one in (score, *box) if isinstance(one, int | float)]
    if len(numbers) != 5:
        raise ValueError
    return Line(text, *numbers)
