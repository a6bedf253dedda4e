"""Strokes → characters. No Qt here, no file written, nothing learned.

`Recogniser` is what the lane works with, `ScriptedRecogniser` the pretend one, `OnnxRecogniser` the real one: the
text recogniser PP-OCRv6 small on a picture drawn from the strokes, so the order of strokes does not matter. It is
the only user of onnxruntime. Without the model or onnxruntime there is no recogniser and 手写 is not offered.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from PIL import Image, ImageDraw

from kiosk.errors import KioskTrouble
from resources.handwriting import MODEL, MODEL_SHA256

Point = tuple[int, int]
Stroke = tuple[Point, ...]
Strokes = tuple[Stroke, ...]

MOST_CANDIDATES = 16


class Recogniser(Protocol):
    def load(self) -> None:
        """Read the model; a second call does nothing. Raises KioskTrouble where there is none."""

    def characters(self, strokes: Strokes, k: int = 10) -> list[str]:
        """What one character these strokes may be, likeliest first."""

    def line(self, strokes: Strokes) -> str:
        """Several characters side by side, read as one line."""

    def names(self, strokes: Strokes, k: int = 8) -> list[str]:
        """What name these characters side by side may be, likeliest first."""


class ScriptedRecogniser:
    """Answers by the number of strokes, as told."""

    def __init__(self, answers: Mapping[int, Sequence[str]]) -> None:
        self._answers = answers

    def load(self) -> None:
        pass

    def characters(self, strokes: Strokes, k: int = 10) -> list[str]:
        return list(self._answers.get(len(strokes), ()))[:k]

    def line(self, strokes: Strokes) -> str:
        return "".join(self._answers.get(len(strokes), ())[:1])

    def names(self, strokes: Strokes, k: int = 8) -> list[str]:
        return ["".join(self._answers.get(len(strokes), ()))][:k]


# From 1.29 on onnxruntime keeps a number of this machine and a file of events in the home folder and sends them to its
# maker, unless this is set before it is imported (github.com/microsoft/onnxruntime/pull/27379).
NO_TELEMETRY = {"ORT_DISABLE_TELEMETRY": "1"}


class OnnxRecogniser:
    """The model at `folder`, checked against its known hash. `standard` are the characters to name first."""

    def __init__(self, folder: Path, standard: frozenset[str]) -> None:
        self._path = folder / MODEL
        self._standard = standard
        self._session: Any = None
        self._classes: tuple[str, ...] = ()
        self._han = self._in_names = self._rare = np.zeros(0, dtype=bool)

    def load(self) -> None:
        if self._session is not None:
            return
        try:
            model = self._path.read_bytes()
            os.environ |= NO_TELEMETRY
            import onnxruntime  # after the first frame: it takes 0.2 s, and a kiosk without it still runs
        except (OSError, ImportError) as error:
            raise KioskTrouble("handwriting_missing", file=MODEL) from error
        if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
            raise KioskTrouble("handwriting_damaged", file=MODEL)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        characters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._classes = ("", *characters, " ")
        self._han = np.array([_is_han(character) for character in self._classes])
        self._in_names = np.array(
            [not character or _is_han(character) or character in BETWEEN_NAMES for character in self._classes]
        )
        self._rare = np.array([_is_han(one) and one not in self._standard for one in self._classes])

    def characters(self, strokes: Strokes, k: int = 10) -> list[str]:
        """The likeliest Han characters; of those, the standard ones before traditional and rare forms."""
        if not strokes:
            return []
        best = self._scores(strokes, square=True).max(axis=0)
        best = np.where(self._han, best, -1.0)
        first = np.argsort(-best, kind="stable")[:k]
        found = [self._classes[number] for number in first]
        return sorted(found, key=lambda character: character not in self._standard)

    def line(self, strokes: Strokes) -> str:
        if not strokes:
            return ""
        steps = self._scores(strokes, square=False).argmax(axis=1)
        read = [n for n, before in zip(steps, [0, *steps[:-1]], strict=True) if n and n != before]
        return "".join(self._classes[number] for number in read).strip()

    def names(self, strokes: Strokes, k: int = 8) -> list[str]:
        """The line as it reads with Han and `·` only, then the line with its least certain character otherwise."""
        if not strokes:
            return []
        scores = np.where(self._in_names, self._scores(strokes, square=False), 0.0)
        read: list[str] = []
        others: list[tuple[float, int, str]] = []  # how likely beside what was read, place, character
        for run in _runs(scores.argmax(axis=1)):
            best = scores[run].max(axis=0)
            order = [number for number in np.argsort(-best, kind="stable")[: k + 1] if number]
            for number in order[1:]:
                share = float(best[number] / best[order[0]]) * (RARER if self._rare[number] else 1)
                others.append((share, len(read), self._classes[number]))
            read.append(self._classes[order[0]])
        others.sort(key=lambda other: -other[0])
        found = ["".join((*read[:place], other, *read[place + 1 :])) for _, place, other in others[: k - 1]]
        return ["".join(read), *found] if read else []

    def _scores(self, strokes: Strokes, *, square: bool) -> Any:
        """Step × class."""
        self.load()
        [scores] = self._session.run(None, {self._session.get_inputs()[0].name: _as_input(_draw(strokes, square))})
        if scores.shape[-1] != len(self._classes):
            raise KioskTrouble("handwriting_damaged", file=MODEL)
        return scores[0]


def _runs(steps: Any) -> list[slice]:
    """The steps at which one and the same character was read, character by character."""
    found: list[slice] = []
    for at, number in enumerate(steps):
        if number and at and steps[at - 1] == number:
            found[-1] = slice(found[-1].start, at + 1)
        elif number:
            found.append(slice(at, at + 1))
    return found


BETWEEN_NAMES = "·"  # 买买提·吐尔逊
RARER = 0.1  # a traditional or rare form counts for so much beside a standard one
SIDE = 96
MARGIN = 10
INK = 20
PEN = 4
INPUT_HEIGHT = 48
LEAST_INPUT_WIDTH = 96


def _is_han(character: str) -> bool:
    return len(character) == 1 and (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _draw(strokes: Strokes, square: bool) -> Image.Image:
    """The strokes with a thin pen, fitted into the square, or into its height for a line."""
    xs = [x for stroke in strokes for x, _ in stroke]
    ys = [y for stroke in strokes for _, y in stroke]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    room = SIDE - 2 * MARGIN
    scale = room / max(high, wide if square else 0, 1)
    width = SIDE if square else max(SIDE, round(wide * scale) + 2 * MARGIN)
    left = (width - wide * scale) / 2 - min(xs) * scale
    top = (SIDE - high * scale) / 2 - min(ys) * scale
    picture = Image.new("L", (width, SIDE), 255)
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        points = [(left + x * scale, top + y * scale) for x, y in stroke]
        pen.line(points, fill=INK, width=PEN, joint="curve")
        for x, y in (points[0], points[-1]):  # round ends; and a dot for a stroke of one point
            pen.ellipse((x - PEN / 2, y - PEN / 2, x + PEN / 2, y + PEN / 2), fill=INK)
    return picture


def _as_input(picture: Image.Image) -> Any:
    """Three equal channels of height 48, in -1…1, filled with white to the right."""
    width = round(picture.width * INPUT_HEIGHT / picture.height)
    small = picture.resize((width, INPUT_HEIGHT), Image.Resampling.BILINEAR)
    grey = (np.asarray(small, dtype=np.float32) / 255.0 - 0.5) / 0.5
    filled = np.ones((INPUT_HEIGHT, max(LEAST_INPUT_WIDTH, width + INPUT_HEIGHT)), dtype=np.float32)
    filled[:, :width] = grey
    return np.repeat(filled[None, None], 3, axis=1)


def standard_characters(path: Path) -> str:
    """The 8,105 of `resources/pinyin/standard_characters.txt`, in their order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))
