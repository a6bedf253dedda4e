"""The technical log: events by name with ids and numbers, one JSON line each. Nothing a person said gets in.

Keys outside the list below are dropped and counted; values are scrubbed of anything that looks like an identity,
phone or account number and cut at 200 characters. Of an exception only its type and the places it passed are
written: its message may quote an answer. A line is plain UTF-8, so that a search for a name would find it.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, MutableMapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from kiosk.errors import KioskTrouble

KEYS = frozenset(
    [
        "actor",
        "attempt",
        "batch",
        "bytes",
        "carrier",
        "clerk",
        "code",
        "count",
        "device",
        "draft_id",
        "dropped",
        "endpoint",
        "envelope",
        "epoch",
        "file",
        "filing_id",
        "free_mb",
        "from_state",
        "http_status",
        "item",
        "job",
        "key",
        "kind",
        "least",
        "line",
        "link",
        "module",
        "ms",
        "outcome",
        "pack_id",
        "pack_version",
        "page",
        "pid",
        "port",
        "process",
        "profile",
        "question",
        "raised",
        "reason",
        "received",
        "refused",
        "rev",
        "seconds",
        "seq",
        "signal",
        "state",
        "status",
        "ticket",
        "to_state",
        "tries",
        "trouble",
        "version",
        "wait_seconds",
        "want",
        "where",
    ]
)
LONGEST = 200
ROTATE_BYTES = 8 * 1024 * 1024
_PRIVATE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9}|\d{15,19})(?!\d)", re.ASCII)
_PLACES = 8

_lock = threading.Lock()
_logger: Any = None
_make_logger: Callable[[], Any] | None = None
_file: TextIO | None = None


def begin(folder: Path, process: str, now: Callable[[], datetime]) -> None:
    """Write to `<folder>/<process>.jsonl` from now on, with `clock.now`. A file that has grown large is put aside."""
    global _logger, _make_logger, _file

    def stamp(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
        return {"at": now().isoformat(timespec="milliseconds"), "process": process, **event}

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{process}.jsonl"
    if path.exists() and path.stat().st_size > ROTATE_BYTES:
        os.replace(path, path.with_name(f"{process}.{now():%Y%m%dT%H%M%S}.jsonl"))
    with _lock:
        if _file is not None:
            _file.close()
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        _file = file = os.fdopen(descriptor, "w", encoding="utf-8", buffering=1)

        def make_logger() -> Any:
            import structlog  # 0.1 s of imports: paid by the first line, not by the first frame

            json = structlog.processors.JSONRenderer(ensure_ascii=False)
            return structlog.wrap_logger(structlog.WriteLogger(file), processors=[only_listed, scrubbed, stamp, json])

        _logger, _make_logger = None, make_logger


def end() -> None:
    global _logger, _make_logger, _file
    with _lock:
        if _file is not None:
            _file.close()
        _logger = _make_logger = _file = None


def note(event: str, **facts: object) -> None:
    """One event. `event` is a literal; before `begin` it goes nowhere."""
    global _logger
    with _lock:
        if _logger is None and _make_logger is not None:
            _logger = _make_logger()
        if _logger is not None:
            _logger.msg(event, **facts)


def note_exception(event: str, error: BaseException) -> None:
    """One event with the error's type, its key when it is a trouble, and the places it passed."""
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    places = " < ".join(f"{_module(frame.filename)}:{frame.lineno}" for frame in reversed(frames))
    key = {"trouble": error.key} if isinstance(error, KioskTrouble) else {}
    note(event, raised=type(error).__name__, where=places, **key)


def catch_everything() -> None:
    """Whatever no one else caught, in any thread, ends in the log and not on a terminal."""

    def main_hook(_type: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        note_exception("uncaught", error)

    def thread_hook(caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            note_exception("uncaught in a thread", caught.exc_value)

    sys.excepthook = main_hook
    threading.excepthook = thread_hook
    sys.unraisablehook = lambda caught: note("uncaught while cleaning up", raised=caught.exc_type.__name__)


def only_listed(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Keep the listed keys with plain values; count what was dropped."""
    kept = {
        key: value
        for key, value in event.items()
        if key == "event" or (key in KEYS and isinstance(value, str | int | float))
    }
    dropped = len(event) - len(kept)
    return {**kept, "dropped": dropped} if dropped else kept


def scrubbed(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    return {key: _scrub(value) if isinstance(value, str) else value for key, value in event.items()}


def _scrub(text: str) -> str:
    return _PRIVATE.sub("▮", text)[:LONGEST]


def _module(filename: str) -> str:
    parts = Path(filename).with_suffix("").parts
    return ".".join(parts[-2:])
