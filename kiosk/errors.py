"""The three ways something goes wrong: an objection, a trouble, a bug.

An *objection* is a returned value (see `kiosk.interview`), never an exception.
No message here may carry anything a person said: keys, names of questions and numbers only.
"""

from __future__ import annotations


class KioskBug(AssertionError):
    """We broke a promise of our own. Caught once, at the top; the kiosk goes out of service."""


class KioskTrouble(Exception):
    """The world said no: a disk, a file, a key, a setting, a network.

    `key` names the sentence in `resources/wording/`; `places` fill its `{places}`.
    """

    def __init__(self, key: str, /, **places: str | int) -> None:
        self.key = key
        self.places = places
        details = ", ".join(f"{name}={value}" for name, value in places.items())
        super().__init__(f"{key} ({details})" if details else key)
