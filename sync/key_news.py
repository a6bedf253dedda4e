"""The court's new keys: each told in a message that a key before it signed, so that a kiosk can follow the chain.

A kiosk that was away for years asks for all of them and believes exactly those that lead from a key it knows. Nothing
is ever taken out: old receipts must verify for ever. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kiosk.filings.envelope import read_stamp, stamp
from kiosk.sealing.keys import CourtKey, CourtKeys, KeyUse
from kiosk.sealing.signing import SigningKey
from sync.wire import Context, Message, WireTrouble, open_signed, plain, sign

MOST_CHANGES = 1000


class KeyAdded(Message, frozen=True, kw_only=True):
    v: int = 1
    use: str
    suite: str
    public: str
    valid_from: str
    valid_to: str


class KeyChain(Message, frozen=True, kw_only=True):
    """All of them, the oldest first; each is signed by itself."""

    messages: tuple[dict[str, Any], ...]


def told_key(key: CourtKey, by: SigningKey) -> dict[str, Any]:
    """The message that makes this key known."""
    added = KeyAdded(
        use=key.use.value,
        suite=key.suite,
        public=key.public.hex(),
        valid_from=stamp(key.valid_from),
        valid_to=stamp(key.valid_to),
    )
    return sign(Context.KEYS, plain(added), by)


def learned(keys: CourtKeys, messages: Iterable[Mapping[str, Any]]) -> CourtKeys:
    """The keys with those the messages prove; a message nobody we know has signed is passed over."""
    for message in messages:
        try:
            added = open_signed(KeyAdded, Context.KEYS, dict(message), keys.receipt_key)
            key = CourtKey(
                KeyUse(added.use),
                added.suite,
                bytes.fromhex(added.public),
                read_stamp(added.valid_from),
                read_stamp(added.valid_to),
            )
        except (WireTrouble, ValueError):
            continue
        if key.key_id not in {one.key_id for one in keys.keys}:
            keys = replace(keys, keys=(*keys.keys, key))
    return keys


def key_set(keys: Iterable[CourtKey]) -> str:
    """One word for which keys these are: the court says it in each welcome."""
    return hashlib.sha256(",".join(sorted(key.key_id for key in keys)).encode("ascii")).hexdigest()
