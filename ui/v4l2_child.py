"""The camera's own process: opens it with OpenCV, chooses the largest picture by hand, writes frames to its output.

`python -I -m ui.v4l2_child /dev/video0`; in the frozen program `kiosk-camera`. A driver's first choice is often 640×480,
so every size of the list is asked for and the largest that is really given is taken (V4L2 gives the nearest it has).
"""

from __future__ import annotations

import ctypes
import resource
import signal
import struct
import sys
import time
from typing import Any

SIZES = ((4656, 3496), (4208, 3120), (3840, 2160), (3264, 2448), (2592, 1944), (2048, 1536), (1920, 1080), (1600, 1200))
LEAST = (1280, 720)
EVERY_SECONDS = 0.16
SILENT_SECONDS = 3.0
PREVIEW_SIDE = 900
QUALITY = 92
PR_SET_PDEATHSIG = 1


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    import cv2

    path = sys.argv[1]
    camera = cv2.VideoCapture(path, cv2.CAP_V4L2) if path.startswith("/dev/") else cv2.VideoCapture(path)
    if not camera.isOpened():
        sys.exit(1)
    if path.startswith("/dev/"):
        choose_largest(camera, cv2)
    last_sent = last_seen = 0.0
    while True:
        now = time.monotonic()
        if not camera.grab():
            if (last_seen and now - last_seen > SILENT_SECONDS) or not path.startswith("/dev/"):
                sys.exit(1)
            last_seen = last_seen or now
            time.sleep(0.05)
            continue
        last_seen = now
        if path.startswith("/dev/") and now - last_sent < EVERY_SECONDS:
            continue
        well, picture = camera.retrieve()
        if well:
            last_sent = now
            send(picture, cv2)


def choose_largest(camera: Any, cv2: Any) -> tuple[int, int]:
    """MJPEG, and the largest of the sizes that the camera really gives."""
    best = (0, 0)
    for width, height in (*SIZES, LEAST):
        ask_for(camera, cv2, width, height)
        given = int(camera.get(cv2.CAP_PROP_FRAME_WIDTH)), int(camera.get(cv2.CAP_PROP_FRAME_HEIGHT))
        if given[0] * given[1] > best[0] * best[1]:
            best = given
        if best == (width, height):
            break
    ask_for(camera, cv2, *best)
    return best


def ask_for(camera: Any, cv2: Any, width: int, height: int) -> None:
    camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter_fourcc(*"MJPG"))
    camera.set(cv2.CAP_PROP_FRAME_WIDTH, width)
    camera.set(cv2.CAP_PROP_FRAME_HEIGHT, height)


def send(picture: Any, cv2: Any) -> None:
    tall, wide = picture.shape[:2]
    scale = min(1.0, PREVIEW_SIDE / max(tall, wide))
    small = cv2.resize(
        picture, (max(1, round(wide * scale)), max(1, round(tall * scale))), interpolation=cv2.INTER_AREA
    )
    pixels = cv2.cvtColor(small, cv2.COLOR_BGR2RGB).tobytes()
    well, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if well:
        whole = encoded.tobytes()
        head = struct.pack(">4sIIII", b"FRAM", small.shape[1], small.shape[0], len(pixels), len(whole))
        sys.stdout.buffer.write(head + pixels + whole)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
