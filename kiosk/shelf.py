"""Everything the program brings along, read once: the packs, the tables of the law, the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskTrouble
from kiosk.forms import Form, load_form
from kiosk.forms.reading import LARGEST_PACK
from kiosk.ids import PackId
from kiosk.law.tables import Tables, read_tables
from kiosk.wording import Wording, load_wording


@dataclass(frozen=True, slots=True)
class Shelf:
    forms: Mapping[PackId, Form]
    tables: Tables
    wording: Wording


def open_shelf(resources_folder: Path) -> Shelf:
    """Read packs, tables and wording below this folder. A pack that does not load is a `PackTrouble`."""
    tables = read_tables(resources_folder / "tables")
    wording = load_wording(resources_folder / "wording")
    forms: dict[PackId, Form] = {}
    for path in sorted((resources_folder / "packs").glob("*.json")):
        if path.stat().st_size > LARGEST_PACK:
            raise KioskTrouble("pack.too_large", pack=path.name)
        form = load_form(path.read_bytes(), tables, wording)
        forms[form.pack] = form
    return Shelf(forms, tables, wording)
