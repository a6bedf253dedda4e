"""Packs out to a workbook and back, and workbooks and XForms in as YAML. A file is written only when it reads back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kiosk.authoring.checking import LATER, Checked, as_json, check_file, compiled
from kiosk.authoring.entries import plain
from kiosk.authoring.findings import At, AuthoringTrouble, finding
from kiosk.authoring.review_in import read_review
from kiosk.authoring.review_out import workbook_of
from kiosk.authoring.workbook import read_book
from kiosk.authoring.yaml_text import yaml_of
from kiosk.forms.reading import decode
from kiosk.forms.source import Compilation

HEADING = 'Imported from {file}. Each question\'s `purpose` is still to be written where it says "?".'


def import_file(path: Path) -> tuple[Checked, str]:
    """What was found, and the pack as YAML; `AuthoringTrouble` when there is no pack in it."""
    checked = check_file(path)
    serious = [one for one in checked.findings if one.key not in LATER]
    if serious or not checked.pack:
        raise AuthoringTrouble(serious)
    text = yaml_of(checked.pack, HEADING.format(file=path.name))
    _require_same(as_json(checked.pack), _compiled_text(text), path.name)
    return checked, text


def _compiled_text(text: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.yaml"
        path.write_text(text, encoding="utf-8")
        return Compilation(path).compile()


def export_pack(path: Path) -> bytes:
    """The workbook of a pack; reading it gives the same compiled JSON, or nothing is returned."""
    data = compiled(path)
    workbook = workbook_of(decode(data))
    back = read_review(read_book(workbook, path.name))
    if back.findings:
        raise AuthoringTrouble(back.findings)
    _require_same(as_json(dict(decode(data))), as_json(plain(back.pack)), path.name)
    return workbook


def _require_same(one: bytes, other: bytes, file: str) -> None:
    if one != other:
        place = _difference(dict(decode(one)), dict(decode(other)), "")
        raise AuthoringTrouble([finding(At(file), "not_the_same", place=place[:120])])


def _difference(one: Any, other: Any, place: str) -> str:
    """The first place where two packs differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one:
            if name not in other or one[name] != other[name]:
                return _difference(one[name], other.get(name), f"{place}/{name}")
        return f"{place}: {list(one)} / {list(other)}"
    if isinstance(one, list) and isinstance(other, list):
        for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
            if mine != theirs:
                return _difference(mine, theirs, f"{place}/{at}")
        return f"{place}: {len(one)} / {len(other)}"
    if isinstance(one, dict) or isinstance(other, dict):
        return place
    return f"{place}: {one!r} / {other!r}"
