"""The attract screen as a value, and what every page is made of: all that the first frame needs.

Apart from the other pages because a start must not wait for them; everybody imports these from `kiosk.visit.pages`.
For the same reason they are named tuples: a dataclass takes eight times as long to make.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kiosk.wording import Wording


class Keys(StrEnum):
    """Which tab of the input panel opens first; `NONE` keeps the panel shut."""

    NONE = "none"
    WRITING = "writing"  # 手写 first, 拼音 beside it
    NAME = "name"  # the same, surnames first in 拼音
    DIGITS = "digits"
    LATIN = "latin"


class Frame(NamedTuple):
    """What stands around every page of a visit."""

    language: str
    step: int = 0  # 0: no step line
    steps: int = 0
    step_title: str = ""
    back: bool = True
    next_label: str = ""  # "" : the page has no 下一步 of its own
    leave: bool = True
    objection: str = ""  # shown on top, and at the field
    hide: bool = False  # 遮住 stands beside 退出
    tasks: bool = False  # the step line leads to the list of what is done and what is left

    def __repr__(self) -> str:
        """Without the objection, which may quote an answer."""
        return f"Frame({self.language!r}, step={self.step}, steps={self.steps})"


class Heading(NamedTuple):
    """What stands over the answer."""

    title: str  # labels may quote answers
    hint: str = ""
    second: str = ""  # the title in the other language
    help: str = ""  # more words behind 解释一下
    paper: str = ""  # the legal word, as the paper prints it

    def __repr__(self) -> str:
        return f"Heading(paper={self.paper!r})"


class Option(NamedTuple):
    """One thing to touch."""

    code: str
    label: str
    example: str = ""
    chosen: bool = False

    def __repr__(self) -> str:
        return f"Option({self.code!r})"


class WelcomePage(NamedTuple):
    """The attract screen: one tile a thing the kiosk can do, and the languages."""

    frame: Frame
    title: str
    subtitle: str
    tiles: tuple[Option, ...]
    languages: tuple[Option, ...]
    clerk_label: str
    alarm: str = ""  # for example: no paper; said before a visitor starts


def welcome_page(language: str, wording: Wording, alarm: str = "", window: str = "") -> WelcomePage:
    """The page of a kiosk that waits for somebody; `alarm` is the wording key of what is amiss, `window` where to go."""

    def say(key: str) -> str:
        return wording.say(key, language)

    return WelcomePage(
        frame=Frame(language, back=False, leave=False),
        title=say("welcome.title"),
        subtitle=say("welcome.subtitle"),
        tiles=(
            Option("file", say("welcome.file"), say("welcome.file_example")),
            Option("about", say("welcome.about"), say("welcome.about_example")),
            Option("reckon", say("welcome.reckon"), say("welcome.reckon_example")),
            Option("fetch", say("welcome.fetch"), say("welcome.fetch_example")),
        ),
        languages=tuple(Option(one.code, one.name, chosen=one.code == language) for one in wording.languages),
        clerk_label=say("welcome.clerk"),
        alarm=wording.say(alarm, language, window=window) if alarm else "",
    )
