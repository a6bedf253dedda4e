"""The decoding child: one file on its standard input, one reply on its standard output, then gone.

It limits itself before it loads anything that decodes: memory, seconds, open files, no new files, no rights to gain; it
dies with its parent and, where the kernel offers Landlock, sees no file at all. It cannot log. In a checkout it is
`python -I -m kiosk.pictures.child WHAT`; in the frozen program it is `kiosk-decode WHAT` beside `kiosk`.

A reply is a length (4 bytes, big-endian), that many bytes of JSON, then the parts the JSON gives the lengths of.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import struct
import sys
from typing import Any

from kiosk.pictures.limits import CPU_SECONDS, MEMORY_BYTES, MOST_BYTES, OPEN_FILES, Refused

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446
FIRST_RIGHTS = (1 << 13) - 1  # every right of the first Landlock: reading, writing, making, removing

WHATS = ("page", "preview", "pdf")


def main() -> None:
    limit_oneself()
    what = sys.argv[1] if len(sys.argv) == 2 else ""
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if what not in WHATS or len(data) > MOST_BYTES:
        reply({"refused": Refused.TOO_LARGE if what in WHATS else Refused.FAILED})
        return
    try:
        _do(what, data)
    except MemoryError:
        reply({"refused": Refused.TOO_MANY_PIXELS})


def _do(what: str, data: bytes) -> None:
    if what == "pdf":
        from kiosk.pictures import pdf_counting

        pdf_counting.warm_up()
        see_no_files()
        counted = pdf_counting.count_pages(data)
        reply({"refused": counted} if isinstance(counted, Refused) else {"pages": counted})
        return
    from kiosk.pictures.straighten import CannotTake, make_page, make_preview, warm_up

    warm_up()
    see_no_files()
    try:
        if what == "preview":
            shown = make_preview(data)
            reply({"preview": [shown.width, shown.height, len(shown.data)]}, shown.data)
            return
        page = make_page(data)
    except CannotTake as refused:
        reply({"refused": refused.reason})
        return
    figures = page.figures
    head = {
        "page": [page.width, page.height, len(page.jpeg)],
        "preview": [page.preview.width, page.preview.height, len(page.preview.data)],
        "found": page.sheet is not None,
        "tilt": round(page.sheet.tilt_degrees, 1) if page.sheet else 0.0,
        "figures": [round(figures.blur, 3), round(figures.glare, 4), figures.paper, figures.dpi],
        "doubts": list(page.doubts),
    }
    reply(head, page.jpeg, page.preview.data)


def reply(head: dict[str, Any], *parts: bytes) -> None:
    words = json.dumps(head).encode("ascii")
    out = sys.stdout.buffer
    out.write(struct.pack(">I", len(words)))
    out.write(words)
    for part in parts:
        out.write(part)
    out.flush()


def limit_oneself() -> None:
    """Before Pillow, numpy or the PDF reader is imported."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (for as long as the child lives)


def see_no_files() -> None:
    """With Landlock, where the kernel has it; elsewhere the limits above stand alone."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    rights = ctypes.c_uint64(FIRST_RIGHTS)
    rules = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(rights), ctypes.sizeof(rights), 0)
    if rules >= 0:
        libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0)
        os.close(rules)


if __name__ == "__main__":
    main()
