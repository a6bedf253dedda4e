"""What the court has written to its kiosks, each in a mailbox with places that only rise.

A place is taken under the row lock of the mailbox's end, so that a kiosk that reads past a place never misses one that
commits late. What a kiosk has read stays for a while: a kiosk restored from a backup asks again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.filings.canonical import canonical, parse
from kiosk.filings.envelope import stamp
from kiosk.filings.frames import MOST_CONTROL_BYTES
from kiosk.filings.notice import content_bytes
from kiosk.filings.status import Life
from kiosk.sealing.signing import SigningKey
from sync.intake import log
from sync.intake.registry import Sender
from sync.intake.tables import Tables
from sync.news import MOST_ITEMS, NOTICE, News, NewsAsked, NewsItem, Notice, seal_content
from sync.wire import MOST_REPLY_BYTES, Context, plain, sign

KEEP_READ_DAYS = 90


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Belongs to one thread."""

    tables: Tables
    key: SigningKey
    clock: Clock

    def write_notice(
        self, court_code: str, kiosk_id: str, filing_id: str, rev: int, state: Life, content: dict[str, object], by: str
    ) -> int:
        """A signed notice into the mailbox of the kiosk that filed; its number. In the caller's transaction."""
        row = self.tables.one(
            "SELECT max(notice_no) FROM notice WHERE court_code = ? AND filing_id = ?", court_code, filing_id
        )
        number = int(row[0] or 0) + 1 if row else 1
        suite, sealed = self._sealed(court_code, kiosk_id, filing_id, rev, number, content)
        notice = Notice(
            notice_id=str(uuid.uuid4()),
            court_code=court_code,
            kiosk_id=kiosk_id,
            filing_id=filing_id,
            rev=rev,
            notice_no=number,
            court_state=state.value,
            at=stamp(self.clock.now()),
            suite=suite,
            sealed=sealed,
        )
        message = canonical(sign(Context.NOTICE, plain(notice), self.key))
        self.tables.add(
            "notice",
            "court_code, filing_id, notice_no, rev, notice_id, kiosk_id, court_state, at, written_by, message",
            (court_code, filing_id, number, rev, notice.notice_id, kiosk_id, state.value, notice.at, by, message),
        )
        self._post(court_code, kiosk_id, NOTICE, message)
        return number

    def answer(self, sender: Sender, asked: NewsAsked) -> bytes:
        """What stands after the place this kiosk has read; all up to there is marked as read."""
        generation = log.generation(self.tables)
        after = asked.after if asked.generation == generation else 0
        now = self.clock.now()
        with self.tables.atomic():
            self.tables.change(
                "UPDATE mailbox SET read_at = ? WHERE court_code = ? AND kiosk_id = ? AND position <= ? AND read_at = ''",
                stamp(now),
                sender.court_code,
                sender.kiosk_id,
                after,
            )
            self.tables.change(
                "DELETE FROM mailbox WHERE court_code = ? AND kiosk_id = ? AND read_at <> '' AND read_at < ?",
                sender.court_code,
                sender.kiosk_id,
                stamp(_long_ago(now)),
            )
        items, more = self._after(sender, after)
        news = News(
            nonce=asked.nonce,
            court_code=sender.court_code,
            kiosk_id=sender.kiosk_id,
            generation=generation,
            items=items,
            more=more,
        )
        return canonical(sign(Context.NEWS_REPLY, plain(news), self.key))

    def unread(self, court_code: str, kiosk_id: str) -> tuple[tuple[str, bytes], ...]:
        """What this kiosk has not read over its line: kind and message, for the way back of a stick or gate."""
        rows = self.tables.all(
            "SELECT kind, body FROM mailbox WHERE court_code = ? AND kiosk_id = ? AND read_at = '' ORDER BY position",
            court_code,
            kiosk_id,
        )
        return tuple((str(kind), bytes(body)) for kind, body in rows)

    def _sealed(
        self, court_code: str, kiosk_id: str, filing_id: str, rev: int, number: int, content: dict[str, object]
    ) -> tuple[str, str]:
        """The content for this kiosk's eyes; nothing of it travels to one that gave no key."""
        said = {name: value for name, value in content.items() if value}
        data = content_bytes(said)
        row = self.tables.one(
            "SELECT suite, public FROM kiosk_notice_key WHERE court_code = ? AND kiosk_id = ?", court_code, kiosk_id
        )
        if row is None or not said:
            return "", ""
        return str(row[0]), seal_content(data, str(row[0]), bytes(row[1]), filing_id, rev, number)

    def _post(self, court_code: str, kiosk_id: str, kind: str, body: bytes) -> None:
        self.tables.add("mailbox_end", "court_code, kiosk_id, position", (court_code, kiosk_id, 0))
        self.tables.change(
            "UPDATE mailbox_end SET position = position + 1 WHERE court_code = ? AND kiosk_id = ?", court_code, kiosk_id
        )
        row = self.tables.one(
            "SELECT position FROM mailbox_end WHERE court_code = ? AND kiosk_id = ?", court_code, kiosk_id
        )
        position = int(row[0]) if row else 1
        self.tables.add(
            "mailbox", "court_code, kiosk_id, position, kind, body", (court_code, kiosk_id, position, kind, body)
        )

    def _after(self, sender: Sender, after: int) -> tuple[tuple[NewsItem, ...], bool]:
        """As many as one answer holds, and whether there are more."""
        rows = self.tables.all(
            "SELECT position, kind, body FROM mailbox WHERE court_code = ? AND kiosk_id = ? AND position > ?"
            " ORDER BY position LIMIT ?",
            sender.court_code,
            sender.kiosk_id,
            after,
            MOST_ITEMS + 1,
        )
        items: list[NewsItem] = []
        size = 0
        for position, kind, body in rows[:MOST_ITEMS]:
            size += len(body)
            if items and size > MOST_REPLY_BYTES // 2:
                return tuple(items), True
            items.append(NewsItem(position=position, kind=kind, body=parse(bytes(body), MOST_CONTROL_BYTES)))
        return tuple(items), len(rows) > MOST_ITEMS


def _long_ago(now: datetime) -> datetime:
    return now - timedelta(days=KEEP_READ_DAYS)
