"""Everything the program brings along: the packs, the tables of the law, the sentences.

Tables and sentences are read at once. Of a pack only its first line is: the form is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskTrouble
from kiosk.forms import Form, load_form
from kiosk.forms.head import LONGEST_HEAD, Head, Packs, head_in, heads_of, read_head
from kiosk.forms.reading import LARGEST_PACK, decode
from kiosk.ids import PackId
from kiosk.law.tables import Tables, read_tables
from kiosk.wording import Wording, load_wording


@dataclass(frozen=True, slots=True)
class Shelf:
    forms: Mapping[PackId, Form]  # going through the values loads them all: for lists of forms there are the heads
    tables: Tables
    wording: Wording

    @property
    def heads(self) -> Mapping[PackId, Head]:
        return heads_of(self.forms)


def open_shelf(resources_folder: Path, own_tables: str = "") -> Shelf:
    """Tables, wording and the heads of the packs below this folder.

    A pack that does not load is a `PackTrouble` when it is asked for; `kiosk --check` asks for every one.
    `own_tables` is the court's folder of tables that stand in for shipped ones, "" for none.
    """
    tables = read_tables(resources_folder / "tables", Path(own_tables) if own_tables else None)
    wording = load_wording(resources_folder / "wording")
    paths: dict[PackId, Path] = {}
    heads: dict[PackId, Head] = {}
    for path in sorted((resources_folder / "packs").glob("*.json")):
        head = _head(path)
        paths[head.pack], heads[head.pack] = path, head
    return Shelf(Packs(heads, lambda pack: load_form(_read(paths[pack]), tables, wording)), tables, wording)


def _head(path: Path) -> Head:
    with path.open("rb") as file:
        head = read_head(file.readline(LONGEST_HEAD))
    return head or head_in(decode(_read(path)))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LARGEST_PACK + 1)
    if len(data) > LARGEST_PACK:
        raise KioskTrouble("pack.too_large", pack=path.name)
    return data
