"""What there is to say of a page, in the order in which it is read: nothing here knows a clip or makes a sound.

First what is wrong, then the question, its legal word and its hint, then what is filled in or may be chosen. What the
person said is marked as theirs (`personal`); the text of a question may quote them too, and that is found later, when
the text is strung from clips (`ui.voice.strung`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, NamedTuple

from kiosk.visit import pages as p

if TYPE_CHECKING:
    from ui.focus import Focus

Say = Callable[..., str]  # the kiosk's wording by key, in the page's language

MOST_CHOICES_READ = 8  # a longer list is heard by walking it
CLERKS = (
    p.ClerkSignInPage,
    p.ClerkFindPage,
    p.ClerkFilingPage,
    p.ClerkChoicePage,
    p.ClerkProgressPage,
    p.ClerkReportPage,
)


class Saying(NamedTuple):
    text: str
    personal: bool = False
    name: bool = False  # begins with a surname
    explained: bool = False  # one character, with a word to know it by
    listed: bool = False  # names parted by blanks, said one after another

    def __repr__(self) -> str:
        return "Saying()"


def page_sayings(page: p.Page, say: Say) -> tuple[Saying, ...]:
    """The whole page. Clerks' pages are never read aloud."""
    if isinstance(page, CLERKS):
        return ()
    said = [*_wrong(page.frame, say), *_body(page, say)]
    return tuple(one for one in said if one.text.strip())


def _wrong(frame: p.Frame, say: Say) -> Iterator[Saying]:
    if frame.objection:
        yield Saying(say("voice.attention"))
        yield Saying(frame.objection)


def _heading(heading: p.Heading) -> Iterator[Saying]:
    yield Saying(heading.title)
    if heading.paper and heading.paper not in heading.title:
        yield Saying(heading.paper)
    yield Saying(heading.hint)


def _body(page: p.Page, say: Say) -> Iterator[Saying]:
    match page:
        case p.WelcomePage():
            yield from _plain(page.title, page.subtitle, page.alarm)
            yield from _options(page.tiles, say)
            yield from _plain(page.clerk_label)
        case p.ChoicePage():
            yield from _heading(page.heading)
            yield Saying(say("voice.some_of" if page.many else "voice.one_of"))
            yield from _options(page.options, say)
        case p.WordsPage():
            yield from _heading(page.heading)
            yield from _filled(" ".join(part for part in (page.lead, page.text) if part), say, name=True)
            yield from _plain(*page.suggestions, page.unknown_label)
        case p.SumPage():
            yield from _heading(page.heading)
            yield from _filled(page.echo[0] if page.echo else " ".join((page.text, page.unit)).strip(), say)
            yield from _plain(page.unknown_label)
        case p.DatePage():
            yield from _heading(page.heading)
            yield from _filled(_date(page), say)
            yield from _plain(page.today_label, page.unknown_label)
        case p.RegionPage():
            yield from _heading(page.heading)
            yield from (Saying(one.label, personal=True) for one in page.way)
            yield Saying(say("voice.one_of"))
        case p.CardPage():
            yield from _heading(page.heading)
            yield from _plain(page.message)
            yield from _rows(page.rows)
            yield from _plain(page.by_picture_label, page.by_hand_label)
        case p.CapturePage():
            yield from _heading(page.heading)
            yield from _plain(page.counted, page.message)
            yield from (Saying(one.label) for one in (page.main, *page.tools) if one is not None)
        case p.ListPage():
            yield from _heading(page.heading)
            for item in page.items:
                yield Saying(item.title, personal=True, name=True)
                yield Saying(item.detail, personal=True)
            yield Saying(page.total, personal=bool(page.total))
            yield from _plain(page.add_label)
        case p.NotePage():
            yield from _heading(page.heading)
            yield from _plain(*page.paragraphs)
        case p.MaterialsPage():
            yield from _heading(page.heading)
            for one in page.materials:
                yield from _plain(one.name, one.detail, say("voice.chosen" if one.ticked else "voice.not_chosen"))
        case p.CheckPage():
            yield from _heading(page.heading)
            yield from _rows(page.rows)
        case p.NoticePage():
            yield from _heading(page.heading)
            yield from _plain(*(page.spoken or page.items))
            yield from _plain(page.tick_label, say("voice.chosen" if page.ticked else "voice.not_chosen"))
        case p.SignPage():
            yield from _heading(page.heading)
            yield Saying(page.signatory, personal=True, name=True)
            yield from _plain(page.again_label if page.signed else "")
        case p.HandInPage():
            yield from _heading(page.heading)
            yield from _rows(page.rows, personal=False)
            yield from _plain(page.reminder)
        case p.SignpostPage():
            yield from _heading(page.heading)
            for passage in page.passages:
                yield from _plain(passage.title, *passage.lines)
            yield from _plain(page.again_label)
        case p.AskPage():
            yield from _plain(page.title, page.hint)
            if page.seconds_left:
                yield Saying(say("voice.seconds", count=page.seconds_left))
            yield from _options(page.options, say)
        case p.DonePage():
            yield from _plain(page.title, page.status)
            yield Saying(page.ticket_number, personal=True)
            yield from _plain(page.paper, *page.next_steps, page.leave_label)
        case p.MaskedPage():
            yield from _heading(page.heading)
            yield from _rows((page.row,))
        case p.OutcomePage():
            yield from _heading(page.heading)
            told = [text for passage in page.passages for text in (passage.title, *passage.lines)]
            yield from _plain(*told) if page.words_first else _rows(page.rows)
            yield from _rows(page.rows) if page.words_first else _plain(*told)
            yield from _plain(page.again_label)
        case p.TasksPage():
            yield from _heading(page.heading)
            for task in page.tasks:
                yield from _plain(task.label, task.state)
            yield from _plain(page.save_label)
        case p.KeptPage():
            yield from _heading(page.heading)
            yield Saying(page.code, personal=True)
            yield from _plain(page.paper, *page.lines, page.leave_label)
        case p.OutOfServicePage():
            yield from _plain(page.title, page.message)
        case _:
            yield from _anything(page)


def _plain(*texts: str) -> Iterator[Saying]:
    return (Saying(text) for text in texts)


def _options(options: Iterable[p.Option], say: Say) -> Iterator[Saying]:
    options = tuple(options)
    if len(options) > MOST_CHOICES_READ:
        return
    for option in options:
        yield from _plain(option.label, option.example, say("voice.chosen") if option.chosen else "")


def _filled(text: str, say: Say, *, name: bool = False) -> Iterator[Saying]:
    if text:
        yield Saying(say("voice.filled"))
        yield Saying(text, personal=True, name=name)


def _date(page: p.DatePage) -> str:
    if not (page.year and page.month and page.day):
        return " ".join(part for part in (page.year, page.month, page.day) if part)
    return f"{page.year}-{page.month.zfill(2)}-{page.day.zfill(2)}"


def _rows(rows: Iterable[p.Row], *, personal: bool = True) -> Iterator[Saying]:
    section = ""
    for row in rows:
        if row.section and row.section != section:
            section = row.section
            yield Saying(section)
        yield Saying(row.label)
        yield from (Saying(line, personal, name=True) for line in row.masked or row.lines)


def _anything(value: object) -> Iterator[Saying]:
    """A page this module has no order of its own for: its words as its fields stand."""
    if isinstance(value, str):
        yield Saying(value)
    elif isinstance(value, p.Heading):
        yield from _heading(value)
    elif isinstance(value, p.Option):
        yield from _plain(value.label, value.example)
    elif isinstance(value, p.Row):
        yield from _rows((value,))
    elif isinstance(value, p.Frame):
        return
    elif isinstance(value, tuple):
        for inner in value:
            yield from _anything(inner)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in _NOT_WORDS:
                yield from _anything(getattr(value, one.name))


_NOT_WORDS = frozenset({"frame", "id", "code", "ref", "tone", "keys", "by_clerk", "chosen"})


def focus_sayings(focus: Focus, say: Say) -> tuple[Saying, ...]:
    """Where the ring stands: its name, its state, what it holds, and which of how many it is.

    Inside the panel the names of keys are what the person is writing, so they are theirs.
    """
    writing = focus.kind in ("key", "row") and focus.group != ""
    one = writing and focus.kind == "key" and len(focus.name) == 1
    said = [Saying(focus.name, personal=writing and focus.kind == "key", explained=one)]
    if focus.checked is not None:
        said.append(Saying(say("voice.chosen" if focus.checked else "voice.not_chosen")))
    if focus.kind == "field":
        said += [*_filled(focus.value, say, name=True)] if focus.value else [Saying(say("voice.empty"))]
    if focus.kind == "row":
        said.append(Saying(focus.description, personal=True, listed=True))
    elif focus.kind != "key":
        said += _plain(focus.description)
    if focus.position and focus.kind in ("choice", "tick", "button", "field"):
        said.append(Saying(say("voice.position", number=focus.position, count=focus.of)))
    return tuple(one for one in said if one.text.strip())


def finished_sayings(pages: Iterable[p.Page], say: Say) -> tuple[Saying, ...]:
    """Everything said of several pages; for the tests that hold pages and clips together."""
    return tuple(one for page in pages for one in page_sayings(page, say))
