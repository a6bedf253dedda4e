"""The official model texts against the packs that are built: which of the 67 a kiosk can fill in, and how sure its words are.

The list is `resources/tables/model_texts.json`, with its source. Using a model text is not compulsory (the court's
answers of 9 January 2025), so a pack may also stand beside the list: the free complaint does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec

from kiosk.errors import KioskTrouble
from kiosk.forms.head import Head
from kiosk.ids import PackId

LARGEST_FILE = 256 * 1024


class ModelText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    title: str
    document: str
    area: str
    first_batch: bool  # of the eleven of 2024
    pack: str  # whose pack it would be; empty: nobody's yet


class ModelTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    confidence: str
    areas: dict[str, dict[str, str]]
    texts: tuple[ModelText, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """One model text, and what there is of it."""

    number: int
    title: str
    document: str
    area: str
    pack: str  # "-" when none is built
    version: str
    wording: str  # verified, unverified, "-"


@dataclass(frozen=True, slots=True)
class Coverage:
    source: str
    texts: tuple[Covered, ...]
    besides: tuple[Covered, ...]  # packs that no model text stands behind

    @property
    def counts(self) -> Mapping[str, int]:
        built = [one for one in self.texts if one.pack != "-"]
        return {
            "texts": len(self.texts),
            "built": len(built),
            "verified": sum(one.wording == "verified" for one in built),
            "missing": len(self.texts) - len(built),
            "besides": len(self.besides),
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "counts": dict(self.counts),
            "texts": [asdict(one) for one in self.texts],
            "besides": [asdict(one) for one in self.besides],
        }


def read_model_texts(path: Path) -> ModelTexts:
    """The table; one that cannot be read is a trouble that names it."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(LARGEST_FILE), type=ModelTexts)
    except (OSError, msgspec.MsgspecError, RecursionError):
        raise KioskTrouble("law.table_unreadable", file=path.name) from None


def coverage(texts: ModelTexts, heads: Mapping[PackId, Head], language: str) -> Coverage:
    """What is built of the list, in its order, and what is built besides."""
    covered = [_covered(one, texts.areas[one.area].get(language, one.area), heads) for one in texts.texts]
    named = {one.pack for one in texts.texts}
    besides = [
        Covered(0, head.title.get(language, pack), "", "", str(pack), head.version, head.wording_state or "unverified")
        for pack, head in heads.items()
        if pack not in named
    ]
    return Coverage(texts.source, tuple(covered), tuple(besides))


def _covered(text: ModelText, area: str, heads: Mapping[PackId, Head]) -> Covered:
    head = heads.get(PackId(text.pack)) if text.pack else None
    pack, version = (text.pack, head.version) if head else ("-", "-")
    wording = (head.wording_state or "unverified") if head else "-"
    return Covered(text.number, text.title, text.document, area, pack, version, wording)
