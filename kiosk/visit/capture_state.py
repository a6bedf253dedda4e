"""Where the photographing of materials stands, and its page as a value. A picture is somebody's paper: no repr has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.visit.first_page import Frame, Heading, Option


@dataclass(frozen=True, slots=True)
class Picture:
    """RGB, row after row."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScanFile:
    code: str  # what the desk knows it by; never a path
    name: str = field(repr=False)
    kilobytes: int
    changed: datetime


class Doing(StrEnum):
    LIVE = "live"  # the camera's picture
    LOOKING = "looking"  # one was taken and is being looked at
    SHOWN = "shown"  # a page that is kept, or none yet
    NUMBER = "number"  # a clerk signs in to take a scan
    PIN = "pin"
    CHECKING = "checking"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Capture:
    """The page of one material."""

    material: str = ""
    doing: Doing = Doing.SHOWN
    at: int = 0  # which piece is on show
    replacing: bool = False  # the next picture takes the place of that piece
    message: str = ""  # wording key; "" : what the piece itself says
    picture: Picture | None = field(default=None, repr=False)
    whole: bool = False  # no edges were found on the piece on show
    nonce: int = 0  # an outcome counts only for the page that asked
    number: str = ""
    pin: str = field(default="", repr=False)
    files: tuple[ScanFile, ...] = ()


@dataclass(frozen=True, slots=True)
class CapturePage:
    """A live picture and one button, or a page that was taken and what may be done with it."""

    frame: Frame
    heading: Heading
    live: bool
    message: str
    tone: str  # plain, warn or good
    picture: Picture | None = field(default=None, repr=False)
    turned: int = 0
    counted: str = ""
    main: Option | None = None  # the one thing to do: 拍, or one more page
    tools: tuple[Option, ...] = ()
