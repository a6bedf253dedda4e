"""Files that ship with the kiosk: packs, tables, wording, fonts, icons, profiles.

`folder` is right in a checkout, in a wheel and in the frozen program.
"""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The folder of one kind of shipped file, for example `folder("fonts")`."""
    return Path(__file__).resolve().parent / name
