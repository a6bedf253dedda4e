"""What a screen is told to show: one frozen value a page kind.

A page holds finished words in the visit's language, never wording keys and never a form. A screen draws
it with one `show_page` and reports facts (`kiosk.visit.events`). Anything personal is `repr=False`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.visit.capture_state import CapturePage as CapturePage
from kiosk.visit.first_page import Frame as Frame
from kiosk.visit.first_page import Heading as Heading
from kiosk.visit.first_page import Keys as Keys
from kiosk.visit.first_page import Option as Option
from kiosk.visit.first_page import WelcomePage as WelcomePage


@dataclass(frozen=True, slots=True)
class ChoicePage:
    frame: Frame
    heading: Heading
    options: tuple[Option, ...] = field(repr=False)
    many: bool = False


@dataclass(frozen=True, slots=True)
class WordsPage:
    frame: Frame
    heading: Heading
    text: str = field(repr=False)
    keys: Keys
    long: bool = False
    lead: str = field(default="", repr=False)  # fixed words before the field, such as 北京市朝阳区
    suggestions: tuple[str, ...] = field(default=(), repr=False)
    unknown_label: str = ""  # 我不知道, where the law allows
    max_characters: int = 2000
    scans: bool = False  # what a scanner reads may stand here too


@dataclass(frozen=True, slots=True)
class SumPage:
    """Money, percent, a whole number: digits with an echo below."""

    frame: Frame
    heading: Heading
    text: str = field(repr=False)
    unit: str
    echo: tuple[str, ...] = field(default=(), repr=False)  # 50,000.00 元 · 人民币伍万元整
    unknown_label: str = ""


@dataclass(frozen=True, slots=True)
class DatePage:
    frame: Frame
    heading: Heading
    year: str = field(repr=False)
    month: str = field(repr=False)
    day: str = field(repr=False)
    today_label: str = ""  # a button that fills in today
    unknown_label: str = ""  # 记不清


@dataclass(frozen=True, slots=True)
class RegionPage:
    """省 → 市 → 区县, tiles; the way already gone stands above them."""

    frame: Frame
    heading: Heading
    way: tuple[Option, ...] = field(repr=False)
    options: tuple[Option, ...] = field(repr=False)


class CardMoment(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    FAILED = "failed"
    READ = "read"
    PICTURE = "picture"  # the camera's picture is on the screen
    LOOKING = "looking"  # one was taken and is being read


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    lines: tuple[str, ...] = field(repr=False)
    ref: str = ""  # what 改 goes back to; "" has no 改
    by_clerk: bool = False
    masked: tuple[str, ...] = field(default=(), repr=False)  # shown unless 按住显示 is held; () shows lines
    section: str = field(default="", repr=False)  # what it belongs to, such as 原告


@dataclass(frozen=True, slots=True)
class CardPage:
    frame: Frame
    heading: Heading
    moment: CardMoment
    message: str
    rows: tuple[Row, ...] = field(default=(), repr=False)
    by_hand_label: str = ""
    by_picture_label: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    title: str = field(repr=False)
    detail: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ListPage:
    """Parties, disbursements, evidence: add, change, remove one."""

    frame: Frame
    heading: Heading
    items: tuple[Item, ...] = field(repr=False)
    add_label: str  # "" : no more may be added
    total: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NotePage:
    """Something to read: a warning, an explanation, a computed sum. `tone` is plain, warn or good."""

    frame: Frame
    heading: Heading
    paragraphs: tuple[str, ...] = field(repr=False)
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Material:
    id: str
    name: str
    detail: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class MaterialsPage:
    frame: Frame
    heading: Heading
    materials: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    frame: Frame
    heading: Heading
    rows: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice; the tick is the person's own and is never made for them."""

    frame: Frame
    heading: Heading
    items: tuple[str, ...]
    tick_label: str
    ticked: bool
    spoken: tuple[str, ...] = ()  # the same items as they are read aloud


@dataclass(frozen=True, slots=True)
class SignPage:
    frame: Frame
    heading: Heading
    signatory: str = field(repr=False)
    signed: bool
    again_label: str = ""
    witness_label: str = ""  # for who cannot write
    witnessed: str = ""  # who vouched, in words


@dataclass(frozen=True, slots=True)
class HandInPage:
    """The last page: what the press will hand in, and that nothing is handed in yet."""

    frame: Frame
    heading: Heading
    rows: tuple[Row, ...] = field(repr=False)
    reminder: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing told: what it is about, in a line or a few. `tone` is plain or warn."""

    title: str
    lines: tuple[str, ...]
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class SignpostPage:
    """What guidance tells about one kind of trouble before a form begins."""

    frame: Frame
    heading: Heading
    passages: tuple[Passage, ...]
    again_label: str


@dataclass(frozen=True, slots=True)
class MaskedPage:
    """A number said before: masked, shown while a button is held, and changed only when asked for."""

    frame: Frame
    heading: Heading
    row: Row = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """What was asked about, answered: facts in rows, then what they mean and what comes next."""

    frame: Frame
    heading: Heading
    rows: tuple[Row, ...] = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    again_label: str = ""  # once more, with other figures
    words_first: bool = False  # what it means matters more than the facts


@dataclass(frozen=True, slots=True)
class Task:
    """One part of a filing: `state` in words, `tone` is done, here, missing, todo or later (not to be touched yet)."""

    code: str
    label: str = field(repr=False)
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class TasksPage:
    """What is done and what is left; a touch goes there."""

    frame: Frame
    heading: Heading
    tasks: tuple[Task, ...]
    save_label: str = ""  # 先存一下


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The code of a form kept for later. It stands here and on the slip and nowhere else."""

    frame: Frame
    heading: Heading
    code: str = field(repr=False)
    paper: str  # what the printer is doing, in words
    lines: tuple[str, ...]
    leave_label: str


@dataclass(frozen=True, slots=True)
class WorkingPage:
    frame: Frame
    message: str


@dataclass(frozen=True, slots=True)
class DonePage:
    frame: Frame
    title: str
    ticket_number: str
    status: str  # 已安全保存在本机，尚未上传
    paper: str  # what the printer is doing, in words
    next_steps: tuple[str, ...]
    ratings: tuple[Option, ...]
    leave_label: str
    code: str = ""  # what the slip's code holds, to photograph when there is no slip
    question: str = ""  # 凭条取到了吗？ asked once in place of the rating, with its answers in `ratings`
    a4_label: str = ""  # 打印起诉状, when an A4 printer is set up


@dataclass(frozen=True, slots=True)
class AskPage:
    """One decision outside the form: leave? still there? take up the held form?"""

    frame: Frame
    title: str
    hint: str
    options: tuple[Option, ...]  # the first is the safe one and gets the focus
    seconds_left: int = 0  # > 0 draws the ring


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Waiting for a member of staff: every value hidden until somebody goes on."""

    frame: Frame
    title: str
    message: str
    go_on_label: str


@dataclass(frozen=True, slots=True)
class OutOfServicePage:
    frame: Frame
    title: str
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class ClerkSignInPage:
    frame: Frame
    title: str
    number: str
    pin_length: int  # dots only
    asking_pin: bool
    message: str


@dataclass(frozen=True, slots=True)
class ClerkFindPage:
    """Find a filing by its ticket, typed or scanned; the newest filings masked below."""

    frame: Frame
    title: str
    typed: str
    message: str
    recent: tuple[Option, ...]  # code: ticket number, label: masked name, example: state
    lamps: tuple[str, ...]  # printer, court, store: in words
    leave_label: str
    import_label: str = ""  # 批量立案
    devices_label: str = ""  # 设备


@dataclass(frozen=True, slots=True)
class ClerkFilingPage:
    frame: Frame
    title: str
    rows: tuple[Row, ...] = field(repr=False)
    state: str
    message: str
    reprint_label: str
    back_label: str
    receipt_label: str = ""  # 打印回执, only when the court's receipt is here
    sheet_label: str = ""  # the same on A4, when such a printer is set up


@dataclass(frozen=True, slots=True)
class ClerkChoicePage:
    """One of these, at once: which sheet, which kind of case, file it or not."""

    frame: Frame
    heading: Heading
    message: str  # what is amiss; "" : nothing
    options: tuple[Option, ...] = field(repr=False)
    safe_first: bool = False  # the first one changes nothing, and stands out


@dataclass(frozen=True, slots=True)
class ClerkProgressPage:
    """Row after row; the one thing to do is to stop."""

    frame: Frame
    title: str
    message: str
    done: int
    whole: int
    stop_label: str


@dataclass(frozen=True, slots=True)
class ClerkReportPage:
    """What was found in a sheet, or what became of it."""

    frame: Frame
    heading: Heading
    message: str
    tone: str  # plain, warn or good
    rows: tuple[Row, ...] = field(repr=False)


Page = (
    WelcomePage
    | ChoicePage
    | WordsPage
    | SumPage
    | DatePage
    | RegionPage
    | CardPage
    | ListPage
    | NotePage
    | MaterialsPage
    | CapturePage
    | CheckPage
    | NoticePage
    | SignPage
    | HandInPage
    | SignpostPage
    | MaskedPage
    | OutcomePage
    | TasksPage
    | KeptPage
    | WorkingPage
    | DonePage
    | AskPage
    | HelpPage
    | OutOfServicePage
    | ClerkSignInPage
    | ClerkFindPage
    | ClerkFilingPage
    | ClerkChoicePage
    | ClerkProgressPage
    | ClerkReportPage
)


def takes_scans(page: Page) -> bool:
    """Whether what a scanner reads means anything on this page."""
    return isinstance(page, ClerkFindPage) or (isinstance(page, WordsPage) and page.scans)
