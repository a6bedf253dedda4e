"""How a measured window says that its first frame is there. Imports nothing that either of the two may want to time."""

from __future__ import annotations

import os

TOLD = b"frame\n"


def tell() -> None:
    """The first frame is there; nothing after it is measured."""
    os.write(1, TOLD)
    os._exit(0)
