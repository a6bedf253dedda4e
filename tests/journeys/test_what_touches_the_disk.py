"""A whole visit under watch: no file of home, of the temporary folder or of the state appears or changes because of
what a person types, writes or signs, but for the encrypted store and its files."""

from __future__ import annotations

import ctypes
import os
import re
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.practice import enrol_for_practice
from kiosk.settings import read_settings

HERE = Path(__file__).parent
CHANGED = 0x2 | 0x4 | 0x8 | 0x80 | 0x100 | 0x200  # modify, attrib, close after writing, moved to, create, delete
A_FOLDER = 0x40000000
HEAD = struct.Struct("iIII")
# What the store is made of: the encrypted database, sealed filings, keys' counters, and a log of events without words.
OF_THE_STORE = (
    "state/store",
    "state/sealed",
    "state/log/",
    "state/backup",
    "state/keys",
    "state/submit.lock",
    "state/high-water",
)
# What printers can do, written and taken away again when the print thread starts (`printers.escpos_printer`), and the
# empty file by which Python finds out whether it may write in the temporary folder.
OF_A_LIBRARY = re.compile(r"tmp/(tmp)?[a-z0-9_]{8}(/[0-9.]+\.capabilities\.pickle)?")

SETTINGS = """\
kiosk_id = "110105-K01"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
[printer]
link = "{printer}"
profile = "generic-80mm"
[keeping]
min_free_mb = 10
ballast_mb = 0
"""


class Watch:
    """inotify over some folders and every folder that is made in them; names what changed, once each."""

    def __init__(self, root: Path) -> None:
        self._c = ctypes.CDLL(None, use_errno=True)
        self._root = root
        self._fd = self._c.inotify_init1(os.O_CLOEXEC)
        if self._fd < 0:
            pytest.skip("this machine has no inotify")
        self._folders: dict[int, Path] = {}
        self.seen: dict[str, None] = {}
        self.add(root)

    def add(self, folder: Path) -> None:
        number = self._c.inotify_add_watch(self._fd, str(folder).encode(), CHANGED)
        self._folders[number] = folder
        for inner in folder.iterdir():
            if inner.is_dir() and not inner.is_symlink():
                self.add(inner)

    def listen(self) -> None:
        """Until the folder that ends it changes."""
        while True:
            heard = os.read(self._fd, 65_536)
            at = 0
            while at < len(heard):
                number, mask, _, length = HEAD.unpack_from(heard, at)
                name = heard[at + HEAD.size : at + HEAD.size + length].rstrip(b"\0").decode()
                at += HEAD.size + length
                path = self._folders[number] / name
                if name == "that is all":
                    return
                self.seen[path.relative_to(self._root).as_posix()] = None
                if mask & A_FOLDER and path.is_dir():
                    self.add(path)


@contextmanager
def watched(root: Path) -> Iterator[Watch]:
    watch = Watch(root)
    listening = threading.Thread(target=watch.listen, daemon=True)
    listening.start()
    yield watch
    (root / "that is all").touch()
    listening.join(20)


def test_a_whole_visit_changes_no_file_but_those_of_the_encrypted_store(
    tmp_path: Path, printer: str, answers_file: Path
):
    root = tmp_path / "watched"
    for name in ("home", "tmp", "run"):
        (root / name).mkdir(parents=True)
    settings_file = tmp_path / "kiosk.toml"
    settings_file.write_text(SETTINGS.format(state=root / "state", printer=printer), "utf-8")
    enrol_for_practice(read_settings(settings_file))
    own = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {name: str(root / folder) for name, folder in own.items()}
    environment |= {"PYTHONPATH": str(HERE.parent.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    with watched(root) as watch:
        ran = subprocess.run(
            [sys.executable, str(HERE / "walking_kiosk.py"), str(settings_file), str(answers_file)],
            env=environment,
            cwd=root / "home",
            capture_output=True,
            text=True,
            timeout=280,
        )
    assert ran.stdout.splitlines()[-1:] == ["left"], ran.stderr[-2000:]
    changed = list(watch.seen)
    assert any(name.startswith("state/") for name in changed)  # the watch does see what is written
    others = [one for one in changed if not one.startswith(OF_THE_STORE) and not OF_A_LIBRARY.fullmatch(one)]
    assert "\n".join(others) == ""
    assert [*(root / "home").iterdir(), *(root / "tmp").iterdir(), *(root / "run").iterdir()] == []
