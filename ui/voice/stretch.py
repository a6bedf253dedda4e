"""Slower and faster speech at the same pitch: overlap-add of pieces that fit, found by likeness (WSOLA).

Verhelst and Roelands, "An overlap-add technique based on waveform similarity", ICASSP 1993. Pure; only numpy.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

FRAME_SECONDS = 0.025
SEARCH_SECONDS = 0.008
SLOWEST, FASTEST = 0.5, 2.0


def stretched(sound: Samples, rate: int, speed: float) -> Samples:
    """The sound at this speed: 0.8 is slower, and longer by a quarter."""
    if not SLOWEST <= speed <= FASTEST:
        raise ValueError("nobody listens so slowly or so fast")
    frame = int(FRAME_SECONDS * rate) // 2 * 2
    if speed == 1.0 or len(sound) <= 2 * frame:
        return sound
    hop, reach = frame // 2, int(SEARCH_SECONDS * rate)
    window = np.hanning(frame + 1)[:-1].astype(np.float32)
    length = int(len(sound) / speed)
    padded = np.concatenate([np.zeros(reach, np.float32), sound, np.zeros(frame + hop + 2 * reach, np.float32)])
    energy = np.concatenate([[0.0], np.cumsum(padded.astype(np.float64) ** 2)])
    out = np.zeros(length + frame, np.float32)
    weight = np.zeros(length + frame, np.float32)
    taken = reach
    for place in range(0, length, hop):
        wanted = min(reach + int(place * speed), len(padded) - frame - reach - hop)
        taken = _likest(padded, energy, taken + hop, wanted, frame, reach) if place else wanted
        out[place : place + frame] += window * padded[taken : taken + frame]
        weight[place : place + frame] += window
    return (out[:length] / np.maximum(weight[:length], 1e-3)).astype(np.float32)


def _likest(sound: Samples, energy: npt.NDArray[np.float64], follows: int, wanted: int, frame: int, reach: int) -> int:
    """The place near the wanted one whose frame is likest to what would follow the last one."""
    model = sound[min(follows, len(sound) - frame) :][:frame]
    around = sound[wanted - reach : wanted + reach + frame]
    likeness = np.correlate(around, model, "valid")
    first = wanted - reach
    sizes = energy[first + frame : first + frame + len(likeness)] - energy[first : first + len(likeness)]
    return first + int(np.argmax(likeness / np.sqrt(sizes + 1e-6)))
