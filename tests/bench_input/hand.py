"""A hand that shakes, joins strokes and keeps no order, writing after the middle lines of printed strokes."""

from __future__ import annotations

import math
import random

from tests.bench_input.outside import Medians
from ui.inputs.handwriting import Strokes

BESIDE = 1060  # thousandths of the square from one character of a name to the next


def written(medians: Medians, hand: random.Random, *, any_order: bool, joined: bool) -> Strokes:
    """One writing of the character, in units of a thousandth of its square.

    Turned σ 4°, sheared σ 0.08, stretched σ 8 %, warped by waves of 18, each stroke moved σ 16 and scaled σ 10 %, tremor
    σ 2.5; a quarter of the strokes joined to the one before where said.
    """
    turn, shear = math.radians(hand.gauss(0, 4)), hand.gauss(0, 0.08)
    wide, high = 1 + hand.gauss(0, 0.08), 1 + hand.gauss(0, 0.08)
    wave_x, wave_y = hand.uniform(0, 6.28), hand.uniform(0, 6.28)

    def bend(x: float, y: float) -> tuple[float, float]:
        x, y = (x - 512) * wide, (y - 512) * high
        x, y = x + shear * y, y
        x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        return x + 18 * math.sin(y / 160 + wave_x), y + 18 * math.sin(x / 160 + wave_y)

    strokes = []
    for stroke in medians:
        middle_x = sum(x for x, _ in stroke) / len(stroke)
        middle_y = sum(y for _, y in stroke) / len(stroke)
        size, right, down = 1 + hand.gauss(0, 0.1), hand.gauss(0, 16), hand.gauss(0, 16)
        moved = [(middle_x + (x - middle_x) * size + right, middle_y + (y - middle_y) * size + down) for x, y in stroke]
        strokes.append([bend(x + hand.gauss(0, 2.5), y + hand.gauss(0, 2.5)) for x, y in moved])
    if any_order:
        strokes = [stroke[::-1] if hand.random() < 0.5 else stroke for stroke in strokes]
        hand.shuffle(strokes)
    if joined:
        strokes = _joined(strokes, hand)
    return tuple(tuple((round(x), round(y)) for x, y in stroke) for stroke in strokes)


def _joined(strokes: list[list[tuple[float, float]]], hand: random.Random) -> list[list[tuple[float, float]]]:
    together = [strokes[0]]
    for stroke in strokes[1:]:
        if hand.random() < 0.25:
            together[-1] = together[-1] + stroke
        else:
            together.append(stroke)
    return together


def side_by_side(characters: list[Strokes]) -> Strokes:
    return tuple(
        tuple((x + BESIDE * place, y) for x, y in stroke)
        for place, strokes in enumerate(characters)
        for stroke in strokes
    )
