"""Frames of a camera, pretend or real; what it does when the cable is pulled; and a whole capture at the window."""

from __future__ import annotations

import importlib.util
import struct
import sys
from io import BytesIO
from pathlib import Path

import pytest

from kiosk.pictures.made_up import SHOTS, Shot, jpeg_of, photograph, sheet_of_paper
from kiosk.settings import Camera
from ui.camera import FolderSource, Frame, camera_from
from ui.v4l2 import V4l2Source, read_frame

WAIT = 15_000


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("pictures")
    for n in (1, 2):
        (into / f"{n}.jpg").write_bytes(jpeg_of(photograph(sheet_of_paper(n), Shot(size=(600, 800)))))
    (into / "3.txt").write_text("no picture")
    return into


def test_a_folder_plays_its_pictures_and_each_frame_has_the_whole_picture(qtbot, pictures: Path):
    source, frames = FolderSource(pictures), []
    source.frame_arrived.connect(frames.append)
    source.start()
    qtbot.waitUntil(lambda: len(frames) >= 2, timeout=WAIT)
    source.stop()
    assert frames[0].picture == (pictures / "1.jpg").read_bytes()
    assert len(frames[0].pixels) == frames[0].width * frames[0].height * 3
    assert "pixels" not in repr(frames[0])


def test_a_pulled_cable_is_said_and_plugged_in_again_the_frames_go_on(qtbot, pictures: Path):
    source, frames = FolderSource(pictures), []
    source.frame_arrived.connect(frames.append)
    source.start()
    qtbot.waitUntil(lambda: bool(frames), timeout=WAIT)
    with qtbot.waitSignal(source.lost, timeout=WAIT):
        source.pull_the_cable()
    seen = len(frames)
    source.plug_in()
    qtbot.waitUntil(lambda: len(frames) > seen, timeout=WAIT)
    source.stop()


def test_a_folder_that_is_not_there_is_a_camera_that_is_lost(qtbot, tmp_path: Path):
    source = FolderSource(tmp_path / "nothing")
    with qtbot.waitSignal(source.lost, timeout=WAIT):
        source.start()
    source.stop()


def frame_bytes(width: int = 2, height: int = 1, picture: bytes = b"\xff\xd8\xff", mark: bytes = b"FRAM") -> bytes:
    pixels = bytes(width * height * 3)
    return struct.pack(">4sIIII", mark, width, height, len(pixels), len(picture)) + pixels + picture


def talking(words: str) -> list[str]:
    return [sys.executable, "-I", "-c", f"import sys, time; o = sys.stdout.buffer; {words}"]


def test_a_camera_process_that_ends_is_started_again(qtbot):
    source = V4l2Source("", talking(f"o.write({frame_bytes()!r}); o.flush()"), again_seconds=0.05)
    frames: list[Frame] = []
    lost: list[int] = []
    source.frame_arrived.connect(frames.append)
    source.lost.connect(lambda: lost.append(1))
    source.start()
    qtbot.waitUntil(lambda: len(frames) >= 2 and len(lost) >= 2, timeout=WAIT)
    source.stop()


def test_a_camera_process_that_hangs_is_ended_with_the_source(qtbot):
    source = V4l2Source("", talking(f"o.write({frame_bytes()!r}); o.flush(); time.sleep(600)"))
    frames: list[Frame] = []
    source.frame_arrived.connect(frames.append)
    source.start()
    qtbot.waitUntil(lambda: bool(frames), timeout=WAIT)
    source.stop()


@pytest.mark.parametrize(
    "data",
    [b"", b"FRAM", frame_bytes(mark=b"NONE"), frame_bytes(width=5000), frame_bytes(picture=b""), frame_bytes()[:-1]],
    ids=["nothing", "half a head", "another mark", "too wide", "no picture", "cut off"],
)
def test_what_is_no_frame_is_none(data: bytes):
    assert read_frame(BytesIO(data)) is None


def test_no_camera_is_set_up_by_default_and_one_without_its_extra_is_none():
    assert camera_from(Camera()) is None
    if importlib.util.find_spec("cv2") is None:
        assert camera_from(Camera("v4l2:/dev/video0")) is None


def test_opencv_reads_pictures_in_its_own_process(qtbot, tmp_path: Path):
    """As far as it can be shown without a camera: the same process, on pictures in place of a device."""
    pytest.importorskip("cv2", reason="the extra `camera` (OpenCV) is not installed")
    for n in range(3):
        (tmp_path / f"shot_{n}.jpg").write_bytes(jpeg_of(photograph(sheet_of_paper(1), SHOTS["good"])))
    source, frames = V4l2Source(str(tmp_path / "shot_%d.jpg"), again_seconds=0.05), []
    source.frame_arrived.connect(frames.append)
    source.start()
    qtbot.waitUntil(lambda: bool(frames), timeout=WAIT)
    source.stop()
    assert (frames[0].width, frames[0].height) == (675, 900)
    assert frames[0].picture.startswith(b"\xff\xd8\xff")
