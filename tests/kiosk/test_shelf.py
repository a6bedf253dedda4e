"""The shelf knows every pack by its first line, and opens a pack when somebody asks for it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.errors import KioskTrouble
from kiosk.forms.built import pack_bytes
from kiosk.forms.head import head_of
from kiosk.forms.problems import PackTrouble
from kiosk.forms.reading import LARGEST_PACK
from kiosk.ids import PackId
from kiosk.shelf import Shelf, open_shelf
from resources import folder

SMALL = {"pack": "small", "version": "3", "languages": ["en"], "title": {"en": "Small claim"}, "cause": "9"}
FORM = {"form": [{"ask": "sum", "kind": "money", "label": {"en": "How much?"}, "purpose": "test"}]}
PACK = PackId("small")


@pytest.fixture
def shelf_with(tmp_path: Path) -> Callable[[bytes], Shelf]:
    """A shelf with one pack on it, of these bytes."""
    for name in ("tables", "wording"):
        shutil.copytree(folder(name), tmp_path / name)
    (tmp_path / "packs").mkdir()

    def opened(pack: bytes) -> Shelf:
        (tmp_path / "packs" / "small.json").write_bytes(pack)
        return open_shelf(tmp_path)

    return opened


def test_a_pack_is_known_before_it_is_loaded(shelf_with: Callable[[bytes], Shelf]):
    shelf = shelf_with(pack_bytes(SMALL | {"form": "not a form at all"}))
    head = shelf.heads[PACK]
    assert (list(shelf.forms), len(shelf.forms), PACK in shelf.forms) == (["small"], 1, True)
    assert (head.version, head.title, head.cause, head.languages) == ("3", {"en": "Small claim"}, "9", ("en",))


def test_a_pack_that_does_not_load_says_so_when_it_is_asked_for(shelf_with: Callable[[bytes], Shelf]):
    shelf = shelf_with(pack_bytes(SMALL | {"form": "not a form at all"}))
    with pytest.raises(PackTrouble):
        list(shelf.forms.values())


def test_a_form_is_loaded_once(shelf_with: Callable[[bytes], Shelf]):
    shelf = shelf_with(pack_bytes(SMALL | FORM))
    assert shelf.forms[PACK] is shelf.forms.get(PACK)
    assert head_of(shelf.forms[PACK]) == shelf.heads[PACK]


def test_a_pack_without_a_first_line_of_its_own_is_read_whole(shelf_with: Callable[[bytes], Shelf]):
    shelf = shelf_with(json.dumps(SMALL | {"version": 3} | FORM, indent=1).encode())
    assert head_of(shelf.forms[PACK]) == shelf.heads[PACK]


def test_a_pack_replaced_while_the_program_runs_is_not_taken(shelf_with: Callable[[bytes], Shelf]):
    shelf = shelf_with(pack_bytes(SMALL | FORM))
    shelf_with(pack_bytes(SMALL | FORM | {"version": "4"}))
    with pytest.raises(PackTrouble, match="replaced"):
        _ = shelf.forms[PACK]


def test_a_form_nobody_has_is_not_there(shelf_with: Callable[[bytes], Shelf]):
    assert shelf_with(pack_bytes(SMALL | FORM)).forms.get(PackId("divorce")) is None


@pytest.mark.parametrize("pack", [b"", b"{", b"[]", b'{"version":"1"}', b"\xff", b"[" * 100_000])
def test_a_file_that_is_no_pack_is_found_at_once(shelf_with: Callable[[bytes], Shelf], pack: bytes):
    with pytest.raises(PackTrouble):
        shelf_with(pack)


def test_a_pack_beyond_the_cap_is_not_read(shelf_with: Callable[[bytes], Shelf]):
    shelf = shelf_with(pack_bytes(SMALL | FORM) + b" " * LARGEST_PACK)
    with pytest.raises(KioskTrouble, match="too_large"):
        _ = shelf.forms[PACK]


def test_every_shipped_pack_has_its_head_on_its_first_line():
    shelf = open_shelf(folder("."))
    for path in folder("packs").glob("*.json"):
        assert path.read_bytes().startswith(b'{"pack":'), f"build {path.name} again"
    assert shelf.heads == {pack: head_of(form) for pack, form in shelf.forms.items()}
