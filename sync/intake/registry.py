"""Who may hand in filings: one-time codes, kiosks and their keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import canonical
from kiosk.filings.envelope import WORD, read_stamp, stamp
from kiosk.sealing.keys import CourtKeys
from kiosk.sealing.signing import VerifyKey
from kiosk.sealing.suite import SUITES
from sync.enrolment import EnrolAnswer, EnrolRequest, keys_text, knows_code, make_code, prove_answer
from sync.intake.keys import public_keys
from sync.intake.tables import Tables
from sync.wire import plain, read

CODE_HOURS = 24
KEY_HEX = 64
HEX = re.compile(r"(?:[0-9a-f]{2}){1,4096}")


@dataclass(frozen=True, slots=True)
class Sender:
    """A kiosk this intake knows, as the key it just used says."""

    court_code: str
    kiosk_id: str
    key: VerifyKey


@dataclass(frozen=True, slots=True)
class Registry:
    tables: Tables

    def issue_code(self, court_code: str, kiosk_id: str, now: datetime) -> str:
        """A code for one kiosk, good for a day and for one key."""
        if not WORD.fullmatch(court_code) or not WORD.fullmatch(kiosk_id):
            raise KioskTrouble("intake.kiosk_id_wrong")
        code = make_code()
        with self.tables.atomic():
            self.tables.add(
                "enrol_code",
                "court_code, code, kiosk_id, good_until",
                (court_code, code, kiosk_id, stamp(now + timedelta(hours=CODE_HOURS))),
            )
        return code

    def enrol(self, request: EnrolRequest, now: datetime) -> bytes | None:
        """The answer for a kiosk that knows a good code; None for everybody else.

        Asked again with the same code and the same key the answer is the same: the first may have been lost.
        """
        with self.tables.atomic():
            code, used_key, answer = self._find_code(request, now)
            if not code or len(request.sign_key) != KEY_HEX:
                return None
            if used_key:
                return self._again(request, code, answer) if used_key == request.sign_key else None
            key = VerifyKey(bytes.fromhex(request.sign_key))
            epoch = self._admit(request, key, now)
            keys = CourtKeys(request.court_code, request.kiosk_id, public_keys(self.tables))
            reply = EnrolAnswer(nonce=request.nonce, epoch=epoch, keys=keys_text(keys))
            self.tables.change(
                "UPDATE enrol_code SET used_key = ?, answer = ? WHERE court_code = ? AND code = ?",
                request.sign_key,
                canonical(plain(reply)),
                request.court_code,
                code,
            )
            return prove_answer(reply, code)

    def sender(self, key_id: str) -> Sender | None:
        """Whose key this is, unless it was revoked."""
        row = self.tables.one(
            "SELECT court_code, kiosk_id, public FROM kiosk_key WHERE key_id = ? AND revoked_at = ''", key_id
        )
        return Sender(row[0], row[1], VerifyKey(bytes(row[2]))) if row else None

    def kiosk(self, court_code: str, kiosk_id: str) -> Sender | None:
        """The kiosk of this name with its present key: what a bundle on a stick is held against."""
        row = self.tables.one(
            "SELECT public FROM kiosk_key WHERE court_code = ? AND kiosk_id = ? AND revoked_at = ''",
            court_code,
            kiosk_id,
        )
        return Sender(court_code, kiosk_id, VerifyKey(bytes(row[0]))) if row else None

    def revoke(self, court_code: str, kiosk_id: str, now: datetime) -> int:
        """From now on nothing this kiosk signs is taken. How many keys that were."""
        with self.tables.atomic():
            return self.tables.change(
                "UPDATE kiosk_key SET revoked_at = ? WHERE court_code = ? AND kiosk_id = ? AND revoked_at = ''",
                stamp(now),
                court_code,
                kiosk_id,
            )

    def _find_code(self, request: EnrolRequest, now: datetime) -> tuple[str, str, bytes]:
        rows = self.tables.all(
            "SELECT code, good_until, used_key, answer FROM enrol_code WHERE court_code = ? AND kiosk_id = ?",
            request.court_code,
            request.kiosk_id,
        )
        for code, good_until, used_key, answer in rows:
            if read_stamp(good_until) >= now and knows_code(request, code):
                return code, used_key, bytes(answer or b"")
        return "", "", b""

    def _admit(self, request: EnrolRequest, key: VerifyKey, now: datetime) -> int:
        """Make the key known and say from which epoch on its kiosk may count."""
        court, kiosk = request.court_code, request.kiosk_id
        self.tables.add("kiosk", "court_code, kiosk_id, state, enrolled_at", (court, kiosk, "enrolled", stamp(now)))
        self.tables.change(
            "UPDATE kiosk SET state = 'enrolled', enrolled_at = ? WHERE court_code = ? AND kiosk_id = ?",
            stamp(now),
            court,
            kiosk,
        )
        # A kiosk has one key. The old one may be on a stolen disk or in a clone.
        self.tables.change(
            "UPDATE kiosk_key SET revoked_at = ? WHERE court_code = ? AND kiosk_id = ? AND revoked_at = ''",
            stamp(now),
            court,
            kiosk,
        )
        self.tables.add(
            "kiosk_key",
            "key_id, court_code, kiosk_id, public, added_at",
            (key.key_id, court, kiosk, key.raw, stamp(now)),
        )
        self._admit_notices(request, now)
        row = self.tables.one("SELECT epoch FROM kiosk WHERE court_code = ? AND kiosk_id = ?", court, kiosk)
        return int(row[0]) + 1 if row else 1

    def _admit_notices(self, request: EnrolRequest, now: datetime) -> None:
        """What notices to this kiosk are sealed to from now on; one of an unknown kind is none."""
        public = bytes.fromhex(request.notice_key) if HEX.fullmatch(request.notice_key) else b""
        self.tables.change(
            "DELETE FROM kiosk_notice_key WHERE court_code = ? AND kiosk_id = ?", request.court_code, request.kiosk_id
        )
        if public and request.notice_suite in SUITES:
            self.tables.add(
                "kiosk_notice_key",
                "court_code, kiosk_id, suite, public, added_at",
                (request.court_code, request.kiosk_id, request.notice_suite, public, stamp(now)),
            )

    @staticmethod
    def _again(request: EnrolRequest, code: str, answer: bytes) -> bytes:
        first = read(EnrolAnswer, answer)
        return prove_answer(EnrolAnswer(nonce=request.nonce, epoch=first.epoch, keys=first.keys), code)
