"""The first lines of every process: what it makes is private, and its memory is nobody else's.

An exec resets "not dumpable", so this runs again in every new image, before a key is read.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from collections.abc import Mapping
from pathlib import Path

PR_SET_DUMPABLE = 4
PR_GET_DUMPABLE = 3


def begin() -> None:
    """umask 0077, no core file, not readable by other processes of the same user."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def is_dumpable() -> bool:
    return bool(ctypes.CDLL(None, use_errno=True).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0))


def credentials_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where systemd put the credentials of this unit, if it runs as one."""
    folder = environment.get("CREDENTIALS_DIRECTORY")
    return Path(folder) if folder else None
