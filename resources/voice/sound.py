"""What is done to a fresh clip: silence cut off, all equally loud, fewer samples, Ogg Vorbis. A build tool."""

from __future__ import annotations

import io
from typing import Any

import numpy

from resources.voice.ogg import split

RATE = 16_000  # what stays of speech up to 8 kHz is what a loudspeaker in a hall can carry
LOUDNESS = 0.1  # root mean square of what is not silence: -20 dBFS
PEAK = 0.89  # -1 dBFS
SILENCE = 0.012  # of the loudest frame, when the clip is cut
MARGIN = 0.03  # seconds left standing before and after
FADE = 0.006
PACKED = 0.9  # 0 is large and fine, 1 small and rough


def finished(sound: Any, rate: int) -> Any:
    """The clip cut, made equally loud and brought to our rate."""
    frame = rate // 100
    sound = numpy.asarray(sound, dtype=numpy.float64)
    sound = sound - sound.mean()
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    loud = numpy.sqrt((frames**2).mean(axis=1))
    heard = numpy.flatnonzero(loud > SILENCE * loud.max())
    begin = max(0, int(heard[0]) * frame - int(MARGIN * rate))
    end = min(len(sound), (int(heard[-1]) + 1) * frame + int(MARGIN * rate))
    spoken = loud[heard[0] : heard[-1] + 1]
    spoken = spoken[spoken > 0.05 * loud.max()]
    cut = sound[begin:end] * (LOUDNESS / numpy.sqrt((spoken**2).mean()))
    cut = _limited(cut)
    ramp = int(FADE * rate)
    cut[:ramp] *= numpy.linspace(0, 1, ramp)
    cut[-ramp:] *= numpy.linspace(1, 0, ramp)
    return _resampled(cut, rate).astype(numpy.float32)


def _limited(sound: Any) -> Any:
    """No sample above the peak: what is louder is bent, not cut."""
    knee = 0.7 * PEAK
    size = numpy.abs(sound)
    over = size > knee
    bent = knee + (PEAK - knee) * numpy.tanh((size[over] - knee) / (PEAK - knee))
    sound[over] = numpy.sign(sound[over]) * bent
    return sound


def _resampled(sound: Any, rate: int) -> Any:
    """Band-limited, by cutting the spectrum, with a little silence around it against the circle's edge."""
    edge = numpy.zeros(rate // 20)
    padded = numpy.concatenate([edge, sound, edge])
    padded = numpy.concatenate([padded, numpy.zeros(-len(padded) % 3)])
    spectrum = numpy.fft.rfft(padded)
    length = len(padded) * RATE // rate
    out = numpy.fft.irfft(spectrum[: length // 2 + 1], length) * (length / len(padded))
    begin = len(edge) * RATE // rate
    return numpy.clip(out[begin : begin + len(sound) * RATE // rate], -1, 1)


def packed(sound: Any) -> tuple[bytes, bytes]:
    """Head and body of the clip as Ogg Vorbis."""
    import soundfile

    made = io.BytesIO()
    soundfile.write(made, sound, RATE, format="OGG", subtype="VORBIS", compression_level=PACKED)
    return split(made.getvalue())
