"""What comes down from the court: signed notices about filings, in the order of this kiosk's mailbox.

The court state stands in the open, so that it is told even by a kiosk that can no longer open the rest; what names a
person's affairs is sealed to the kiosk's own key (HPKE, RFC 9180), bound to its filing and number. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kiosk.filings.envelope import read_stamp
from kiosk.filings.notice import read_content
from kiosk.filings.told import NoticeWrong
from kiosk.ids import FilingId
from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.keys import CourtKeys, NoticeKey
from kiosk.sealing.suite import SUITES
from kiosk.store.notices import StoredNotice
from sync.wire import Context, Message, WireTrouble, open_signed

MOST_ITEMS = 200  # of one answer; the rest comes with the next question
NOTICE = "notice"  # a kind of news
PERSONAL = "ck-notice/1"


class NewsAsked(Message, frozen=True, kw_only=True):
    """Everything after this place of the mailbox; what stands up to there is kept here and may go."""

    v: int = 1
    court_code: str
    kiosk_id: str
    nonce: str
    generation: int
    after: int


class NewsItem(Message, frozen=True, kw_only=True):
    position: int
    kind: str  # "notice"; a kind of a newer court is passed over
    body: dict[str, Any]  # signed, as its own message


class News(Message, frozen=True, kw_only=True):
    """Signed under NEWS_REPLY; each item is signed again by itself, since a stick carries items alone."""

    nonce: str
    court_code: str
    kiosk_id: str
    generation: int
    items: tuple[NewsItem, ...]
    more: bool


class Notice(Message, frozen=True, kw_only=True):
    """The court's word about one filing."""

    v: int = 1
    notice_id: str
    court_code: str
    kiosk_id: str
    filing_id: str
    rev: int
    notice_no: int
    court_state: str
    at: str
    suite: str = ""  # of the kiosk's key; empty when nothing is sealed
    sealed: str = msgspec.field(default="")  # hex


@dataclass(frozen=True, slots=True)
class CameNotice:
    """A notice whose signature was checked, opened as far as this kiosk can."""

    notice: StoredNotice
    opened: bool  # False: sealed to a key this kiosk no longer has, or to nobody's sense
    body: bytes = field(default=b"", repr=False)


def notice_info(filing_id: str, rev: int, notice_no: int) -> bytes:
    """What the seal of a notice is bound to."""
    return f"{PERSONAL}/{filing_id}/{rev}/{notice_no}".encode("ascii")


def seal_content(content: bytes, suite: str, public: bytes, filing_id: str, rev: int, notice_no: int) -> str:
    """The content sealed to a kiosk, in hex."""
    return SUITES[suite].wrap(content, public, notice_info(filing_id, rev, notice_no)).hex()


def open_notice(body: Mapping[str, Any], keys: CourtKeys, own: NoticeKey | None) -> CameNotice | None:
    """The notice in this signed message, or None: not our court's, not for us, or not a notice."""
    try:
        notice = open_signed(Notice, Context.NOTICE, dict(body), keys.receipt_key)
        at = read_stamp(notice.at)
    except (WireTrouble, ValueError):
        return None
    if (notice.court_code, notice.kiosk_id) != (keys.court_code, keys.kiosk_id):
        return None
    content = _opened(notice, own) if notice.sealed else b""
    stored = StoredNotice(
        notice_id=notice.notice_id,
        filing_id=FilingId(notice.filing_id),
        rev=notice.rev,
        notice_no=notice.notice_no,
        court_state=notice.court_state,
        at=at,
        body=content or None,
    )
    return CameNotice(stored, opened=content is not None)


def _opened(notice: Notice, own: NoticeKey | None) -> bytes | None:
    """The content, checked; None when it cannot be opened or is not one we could show."""
    if own is None or own.suite != notice.suite:
        return None
    info = notice_info(notice.filing_id, notice.rev, notice.notice_no)
    try:
        content = SUITES[own.suite].unwrap(bytes.fromhex(notice.sealed), own.private, info)
        read_content(content)
    except (CannotOpen, NoticeWrong, ValueError):
        return None
    return content
