"""Green channels 绿色通道: who is served first or spared something, and what the kiosk does for them.

A person says so themselves, once, or it follows from age, form or cause. Paper shows the prefix of the queue and
nothing else; the groups themselves go only into the sealed filing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kiosk.guidance.book import Book, Channel
from kiosk.ids import PackId


def offered(book: Book, pack: PackId | None) -> tuple[Channel, ...]:
    """What the page asks about: not what the chosen form already says."""
    return tuple(one for one in book.channels if one.asked and pack not in one.packs)


def open_to(
    book: Book,
    said: Collection[str],
    pack: PackId | None,
    cause: str = "",
    ages: Iterable[int] = (),
    confirmed: Collection[str] = (),
) -> tuple[str, ...]:
    """Every channel that is open, in the book's order: said, or told by form, cause, a plaintiff's age, or a question
    of the form that was answered yes (`confirmed` are their names)."""
    known_ages = tuple(ages)
    return tuple(
        one.id
        for one in book.channels
        if one.id in said
        or pack in one.packs
        or any(name in confirmed for name in one.answers)
        or any(cause == code or cause.startswith(f"{code}.") for code in one.causes)
        or any(one.age_from and age >= one.age_from for age in known_ages)
        or any(age < one.age_below for age in known_ages)
    )


def prefix(book: Book, channels: Collection[str]) -> str:
    """The letter before a queue number: the first that an open channel gives."""
    return next((one.prefix for one in book.channels if one.id in channels and one.prefix), "")


def does(book: Book, channels: Collection[str]) -> frozenset[str]:
    """What the kiosk does for them: large_type, hide, neutral, no_sms, no_prepay, relief…"""
    return frozenset(name for one in book.channels if one.id in channels for name in one.does)


def form_codes(book: Book, channels: Collection[str]) -> tuple[str, ...]:
    """The same groups as the forms' question 特殊群体 calls them."""
    return tuple(one.form for one in book.channels if one.id in channels and one.form)
