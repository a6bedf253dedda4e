"""What guidance knows, read once into frozen values: topics, words, gates, fees, deadlines, doors, green channels.

`read_book(resources.folder("guidance"))` is the only reader. A file that is missing, too large or of another shape is
a `KioskTrouble("guidance.book_unreadable")` that names the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.errors import KioskTrouble

LARGEST_FILE = 2 * 1024 * 1024
BOOK, SOUNDS = "book.json", "sounds.json"
GENERAL = "general"  # the topic of everybody's own words: nobody is refused


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Words(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing in both languages."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Told(Words, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sentence for people, with the law it stands on and how sure that is."""

    confidence: str
    law: str = ""


class Deadline(Told, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rule: str = ""  # of the limitation table; its years fill {years}


class FeeRule(Told, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kind: str
    example: str = ""  # a sum to work the fee out for


class Door(Told, frozen=True, forbid_unknown_fields=True, kw_only=True):
    phone: str = ""


class Topic(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of trouble: its causes, what people call it, and what to tell about it."""

    id: str
    causes: tuple[str, ...]  # the first is the usual one
    pack: str  # "" : no form of ours, a window
    where: str
    fee: str
    deadline: str
    gates: tuple[str, ...]
    bring: tuple[str, ...]
    doors: tuple[str, ...]
    alone: bool  # what to bring is the whole list: no complaint is filed
    channels: tuple[str, ...]
    title: Words
    what: Words
    strong: tuple[str, ...]
    usual: tuple[str, ...]
    faint: tuple[str, ...]
    against: tuple[str, ...]
    together: tuple[tuple[str, ...], ...]
    phrases: tuple[str, ...]
    cause_words: Mapping[str, tuple[str, ...]]


class Branch(Words, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is on the other side, and what it is then usually about."""

    id: str
    example: Words
    topics: tuple[str, ...]


class Channel(Words, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A green channel 绿色通道: whom it is for, what gives it away, what it gives."""

    id: str
    prefix: str  # G, L, J before a queue number; "" has none
    form: str  # the code of the group in the forms' question, "" when it is none
    asked: bool  # offered on the page; others follow from age, form or cause
    does: tuple[str, ...]
    confidence: str
    tells: tuple[Words, ...]
    example: Words | None = None
    law: str = ""
    age_from: int = 0
    age_below: int = 0
    packs: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()  # questions of a form that open it when the answer is yes


class _BookFile(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: str
    confidence: str
    topics: tuple[Topic, ...]
    groups: Mapping[str, tuple[str, ...]]
    slips: Mapping[str, str]
    traditional: Mapping[str, str]
    gates: Mapping[str, Told]
    where: Mapping[str, Told]
    deadlines: Mapping[str, Deadline]
    fees: Mapping[str, FeeRule]
    doors: Mapping[str, Door]
    bring: Mapping[str, Told]
    channels: tuple[Channel, ...]
    tree: tuple[Branch, ...]


class Book(_BookFile, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    sounds: Mapping[str, str] = {}

    @cached_property
    def by_id(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def by_cause(self) -> Mapping[str, Topic]:
        """The topic a cause belongs to: the first that names it."""
        found: dict[str, Topic] = {}
        for topic in self.topics:
            for code in topic.causes:
                found.setdefault(code, topic)
        return found

    @cached_property
    def channel(self) -> Mapping[str, Channel]:
        return {one.id: one for one in self.channels}

    @cached_property
    def branch(self) -> Mapping[str, Branch]:
        return {one.id: one for one in self.tree}


T = TypeVar("T")


def read_book(folder: Path) -> Book:
    """Read both files, and see that everything a topic names is there."""
    book = msgspec.structs.replace(_read(folder / BOOK, Book), sounds=_read(folder / SOUNDS, dict[str, str]))
    if not _whole(book):
        raise KioskTrouble("guidance.book_unreadable", file=BOOK)
    return book


def _read(path: Path, shape: type[T]) -> T:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise KioskTrouble("guidance.book_unreadable", file=path.name)
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KioskTrouble("guidance.book_unreadable", file=path.name) from error


def _whole(book: Book) -> bool:
    topics = set(book.by_id)
    return (
        GENERAL in topics
        and len(topics) == len(book.topics)
        and all(_named(topic, book) for topic in book.topics)
        and all(name in topics for branch in book.tree for name in branch.topics)
    )


def _named(topic: Topic, book: Book) -> bool:
    return (
        topic.where in book.where
        and topic.fee in book.fees
        and topic.deadline in book.deadlines
        and set(topic.gates) <= set(book.gates)
        and set(topic.doors) <= set(book.doors)
        and set(topic.bring) <= set(book.bring)
        and set(topic.channels) <= set(book.channel)
        and all(set(names) <= set(book.groups) for names in topic.together)
    )
