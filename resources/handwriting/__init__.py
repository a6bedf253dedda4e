"""The handwriting model. `take_model` puts it here at set-up; it is not kept in the repository."""

from __future__ import annotations

MODEL = "PP-OCRv6_rec_small.onnx"
MODEL_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
LICENCES = "MODEL_LICENSES.md"
