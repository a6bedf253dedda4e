"""The parent's side of decoding: a child a file, a deadline, and a reply that is believed only when it adds up.

Whatever the child does, the parent answers within `WALL_SECONDS`: with a page, or with one of the reasons of `Refused`.
No picture is decoded in a process that holds a key.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kiosk.pictures.limits import (
    LEAST_SIDE,
    MOST_BYTES,
    MOST_HEAD_BYTES,
    MOST_PAGE_BYTES,
    MOST_PDF_PAGES,
    MOST_REPLY_BYTES,
    PREVIEW_SIDE,
    WALL_SECONDS,
    Refused,
)

DOUBTS = ("cut", "dark", "glare", "blurred", "small", "blank")
# One thread for numpy: each further one takes address space that the picture needs.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}
JPEG, PNG, PDF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"


@dataclass(frozen=True, slots=True)
class Preview:
    """RGB, row after row, for the screen."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageMade:
    jpeg: bytes = field(repr=False)
    width: int
    height: int
    preview: Preview
    sheet_found: bool
    tilt_degrees: float
    blur: float
    glare: float
    paper: int
    dpi: int
    doubts: tuple[str, ...]  # the most telling first


Command = Callable[[str], list[str]]


def own_command(what: str) -> list[str]:
    """How this program starts its decoding child."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("kiosk-decode")), what]
    return [sys.executable, "-I", "-m", "kiosk.pictures.child", what]


def page_of(data: bytes, command: Command = own_command) -> PageMade | Refused:
    """The page in this picture: found, straightened, judged, and encoded anew."""
    if not data.startswith((JPEG, PNG)):
        return Refused.TOO_LARGE if len(data) > MOST_BYTES else Refused.NOT_A_PICTURE
    return _ask("page", data, _page, command)


def preview_of(data: bytes, command: Command = own_command) -> Preview | Refused:
    if not data.startswith((JPEG, PNG)):
        return Refused.TOO_LARGE if len(data) > MOST_BYTES else Refused.NOT_A_PICTURE
    return _ask("preview", data, _only_preview, command)


def pages_in(pdf: bytes, command: Command = own_command) -> int | Refused:
    """How many pages this PDF has, or why it is not taken."""
    return _ask("pdf", pdf, _pages, command)


class _Nonsense(Exception):
    """A reply that does not add up."""


T = TypeVar("T")


def _ask(what: str, data: bytes, read: Callable[[Mapping[str, Any], memoryview], T], command: Command) -> T | Refused:
    if len(data) > MOST_BYTES:
        return Refused.TOO_LARGE
    try:
        done = subprocess.run(  # noqa: S603  (our own program, fixed words)
            command(what),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=ENVIRONMENT,
            timeout=WALL_SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return Refused.TOO_SLOW
    except OSError:
        return Refused.FAILED
    if done.returncode < 0:  # ended by its limits
        return Refused.TOO_SLOW if -done.returncode in (24, 9) else Refused.FAILED
    try:
        return _believed(done.stdout, read)
    except _Nonsense:
        return Refused.FAILED


def _believed(reply: bytes, read: Callable[[Mapping[str, Any], memoryview], T]) -> T | Refused:
    if not 4 < len(reply) <= MOST_REPLY_BYTES:
        raise _Nonsense
    (length,) = struct.unpack(">I", reply[:4])
    if not 0 < length <= MOST_HEAD_BYTES:
        raise _Nonsense
    try:
        head = json.loads(reply[4 : 4 + length])
        if "refused" in head:
            return Refused(head["refused"])
        return read(head, memoryview(reply)[4 + length :])
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise _Nonsense from error


def _page(head: Mapping[str, Any], parts: memoryview) -> PageMade:
    width, height, length = (_whole(one) for one in head["page"])
    jpeg = bytes(parts[:length])
    blur, glare, paper, dpi = head["figures"]
    doubts = tuple(one for one in DOUBTS if one in head["doubts"])
    if not jpeg.startswith(JPEG) or min(width, height) < LEAST_SIDE or length > MOST_PAGE_BYTES:
        raise _Nonsense
    return PageMade(
        jpeg=jpeg,
        width=width,
        height=height,
        preview=_preview(head["preview"], parts[length:]),
        sheet_found=head["found"] is True,
        tilt_degrees=float(head["tilt"]),
        blur=float(blur),
        glare=float(glare),
        paper=_whole(paper),
        dpi=_whole(dpi),
        doubts=doubts,
    )


def _only_preview(head: Mapping[str, Any], parts: memoryview) -> Preview:
    return _preview(head["preview"], parts)


def _preview(said: list[Any], part: memoryview) -> Preview:
    width, height, length = (_whole(one) for one in said)
    if not (0 < width <= PREVIEW_SIDE and 0 < height <= PREVIEW_SIDE and length == len(part) == width * height * 3):
        raise _Nonsense
    return Preview(width, height, bytes(part))


def _pages(head: Mapping[str, Any], parts: memoryview) -> int:
    pages = _whole(head["pages"])
    if not 0 < pages <= MOST_PDF_PAGES or parts:
        raise _Nonsense
    return pages


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise _Nonsense
    return value
