"""PINs: how one is drawn, and what of it may be kept.

A PIN is mixed with a pepper that is not in the store (HMAC-SHA256) before argon2id sees it, so a stolen
store alone cannot be searched for eight digits.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import secrets
from datetime import date

import argon2

from kiosk.ids import ClerkNumber

PIN_DIGITS = 8
_HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2, hash_len=32, salt_len=16)


def draw_pin() -> str:
    """Eight random digits that are no date and have no repeats or runs people try first."""
    while True:
        pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"
        if is_strong(pin):
            return pin


def is_strong(pin: str) -> bool:
    """No digit twice side by side, no three rising or falling digits, no repeated half, no date in any usual order."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return False
    steps = [int(after) - int(before) for before, after in itertools.pairwise(pin)]
    runs = any(abs(first) == 1 and first == second for first, second in itertools.pairwise(steps))
    orders = ((pin[:4], pin[4:6], pin[6:]), (pin[4:], pin[2:4], pin[:2]), (pin[4:], pin[:2], pin[2:4]))
    return 0 not in steps and not runs and pin[:4] != pin[4:] and not any(_is_date(*order) for order in orders)


def hash_pin(number: ClerkNumber, pin: str, pepper: bytes) -> str:
    return _HASHER.hash(_peppered(number, pin, pepper))


def pin_fits(pin_hash: str, number: ClerkNumber, pin: str, pepper: bytes) -> bool:
    try:
        return _HASHER.verify(pin_hash, _peppered(number, pin, pepper))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _peppered(number: ClerkNumber, pin: str, pepper: bytes) -> bytes:
    return hmac.new(pepper, f"court-kiosk/pin/1\0{number}\0{pin}".encode(), hashlib.sha256).digest()


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False
