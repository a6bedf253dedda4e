"""Strokes → characters. No Qt here, no file written, nothing learned.

`Recogniser` is what the lane works with, `ScriptedRecogniser` the pretend one, `OnnxRecogniser` the real one: the
text recogniser PP-OCRv6 small on a picture drawn from the strokes, so the order of strokes does not matter. It is
the only user of onnxruntime. Without the model or onnxruntime there is no recogniser and 手写 is not offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

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
