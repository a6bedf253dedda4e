"""The papers of a filing as the court gets to know them: which, how many copies, and what each signature signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Copies:
    """The court's own, one for each defendant and third party where they get one, and the person's own."""

    court: int = 1
    parties: int = 0
    person: int = 0

    @property
    def total(self) -> int:
        return self.court + self.parties + self.person


@dataclass(frozen=True, slots=True)
class Signed:
    """The part of a PDF that was signed: its first bytes, without any ink."""

    length: int
    sha256: str

    @property
    def shown(self) -> str:
        """What stands beside the signature."""
        return self.sha256[:16].upper()


@dataclass(frozen=True, slots=True)
class PaperHandedIn:
    """One paper in the sealed filing."""

    kind: str  # complaint, evidence_list, …: also its file's name
    pages: int
    sha256: str
    sm3: str
    signed: Signed | None = None  # None: no ink is on it
    signatures: tuple[str, ...] = ()  # refs of the ink that is on it


def other_parties(answers: Mapping[str, Any]) -> int:
    """Everybody who gets a copy: defendants and third parties (CPL art.123; FR art.6)."""
    return sum(
        len(found) for side in ("defendant", "third_party") if isinstance(found := answers.get(side), list | tuple)
    )
