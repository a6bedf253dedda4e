"""Enrolling a kiosk: the messages, and how a one-time code vouches for both sides.

The code never travels. The kiosk proves that it knows it by an HMAC over its request, the court by one over the
answer, so nobody in between can slip in a key of his own. Used by the courier and by the intake.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from kiosk.filings.canonical import canonical
from kiosk.sealing.keys import CourtKeys, court_keys_bytes, parse_court_keys
from sync.wire import Message, WireFault, WireTrouble, plain, read, write

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
CODE_LENGTH = 12


class EnrolRequest(Message, frozen=True, kw_only=True):
    v: int = 1
    court_code: str
    kiosk_id: str
    sign_key: str
    notice_suite: str = ""
    notice_key: str = ""  # public, in hex: what the court seals its notices to
    nonce: str
    proof: str = ""


class EnrolAnswer(Message, frozen=True, kw_only=True):
    v: int = 1
    nonce: str
    epoch: int  # the first epoch this kiosk may count in now
    keys: str  # canonical court keys, in hex
    proof: str = ""


def make_code() -> str:
    """Sixty bits, in four groups of three."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 3] for at in range(0, CODE_LENGTH, 3))


def normal_code(text: str) -> str:
    """The code as it was issued, however it was typed."""
    letters = "".join(letter for letter in text.upper() if letter in CODE_LETTERS)
    return "-".join(letters[at : at + 3] for at in range(0, len(letters), 3))


def prove_request(request: EnrolRequest, code: str) -> bytes:
    return canonical({**plain(request), "proof": _proof("request", request, code)})


def prove_answer(answer: EnrolAnswer, code: str) -> bytes:
    return canonical({**plain(answer), "proof": _proof("answer", answer, code)})


def knows_code(request: EnrolRequest, code: str) -> bool:
    return hmac.compare_digest(request.proof, _proof("request", request, code))


def read_answer(data: bytes, nonce: str, code: str) -> tuple[int, CourtKeys]:
    """The epoch and the court's keys, if whoever answers knows the code and heard our question."""
    answer = read(EnrolAnswer, data)
    if answer.nonce != nonce or not hmac.compare_digest(answer.proof, _proof("answer", answer, code)):
        raise WireTrouble(WireFault.BAD_SIGNATURE)
    try:
        return answer.epoch, parse_court_keys(bytes.fromhex(answer.keys))
    except ValueError as error:
        raise WireTrouble(WireFault.WRONG_FIELDS) from error


def keys_text(keys: CourtKeys) -> str:
    return court_keys_bytes(keys).hex()


def _proof(what: str, message: EnrolRequest | EnrolAnswer, code: str) -> str:
    body = write(type(message)(**{**plain(message), "proof": ""}))
    key = f"ck-enrol/1/{what}/{normal_code(code)}".encode("ascii")
    return hmac.new(key, body, hashlib.sha256).hexdigest()
