"""The child that reads a card's picture: one JPEG on its standard input, lines of text on its output, then gone.

The only module that imports rapidocr, and with it OpenCV; both come with the extra `ocr`. Each read is a process of its
own, because what it takes (some 400 MB) goes with it. It reads a page the kiosk itself has written (`kiosk.pictures`),
never the camera's file; it downloads nothing: the models are inside the package. In the frozen program, when it was built
with the extra, it is `kiosk-read-card` beside `kiosk`.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys

MOST_BYTES = 2 * 1024 * 1024
MEMORY_BYTES = 4 * 1024**3  # of address space; onnxruntime maps much more than it uses
CPU_SECONDS = 40
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (for as long as the child lives)
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    lines = read_lines(data) if len(data) <= MOST_BYTES else []
    sys.stdout.write(json.dumps(lines))


def read_lines(jpeg: bytes) -> list[list[object]]:
    """[text, score, left, top, right, bottom] of each line, in pixels."""
    from rapidocr import RapidOCR

    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    found = RapidOCR(params={"Global.log_level": "critical", **threads})(jpeg)
    if found.boxes is None or found.txts is None or found.scores is None:
        return []
    lines: list[list[object]] = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        across, down = [float(x) for x, _ in box], [float(y) for _, y in box]
        lines.append([str(text), round(float(score), 3), min(across), min(down), max(across), max(down)])
    return lines


if __name__ == "__main__":
    main()
