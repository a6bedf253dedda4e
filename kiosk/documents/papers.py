"""Which papers a completed form calls for, how many of each, and their PDFs.

The pack's own sheets come first (the complaint is the first of them). The kiosk's own follow: `resources/papers/*.toml`,
one file a paper, used by every form that asks all they name; a pack's sheet of the same name stands instead. Each
paper is a PDF of its own, named by its kind: no file's name holds anything a person said.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

import resources
from kiosk.documents.asked import Catalogue, Scope, catalogue
from kiosk.documents.draw import draw
from kiosk.documents.filled import FilledSheet, Filler
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.documents.layout import lay_out
from kiosk.documents.paper import Line, Paper, PaperWrong, Sheet, problems, read_paper
from kiosk.documents.signed import put_ink
from kiosk.filings.filing import CompletedForm
from kiosk.filings.ink import Ink
from kiosk.filings.papers import Copies, Signed, other_parties
from kiosk.forms.model import Form
from kiosk.law.tables import Tables

LARGEST = 64 * 1024
COPIES = Literal["court", "parties", "person"]


class OwnPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of `resources/papers`."""

    order: int
    for_whom: tuple[COPIES, ...]  # the court; every defendant and third party; the person, to take away
    source: str  # the law or practice the fields come from
    wording: Literal["unverified", "verified"]  # against an official print
    sheet: Sheet
    blocks: Mapping[str, tuple[str | Line, ...]] = {}

    def paper(self) -> Paper:
        return Paper(sheets=(self.sheet,), blocks=self.blocks)


@dataclass(frozen=True, slots=True)
class CalledFor:
    kind: str
    title: str
    copies: Copies


@dataclass(frozen=True, slots=True)
class Document:
    """One paper, drawn."""

    kind: str
    title: str
    copies: Copies
    pages: int
    pdf: bytes = field(repr=False)
    signed: Signed | None  # what was signed, when ink is on it
    signatures: tuple[str, ...]  # refs of that ink

    @property
    def file_name(self) -> str:
        return f"{self.kind}.pdf"


def documents_for(form: Form, completed: CompletedForm, tables: Tables) -> tuple[CalledFor, ...]:
    """The papers this form calls for, in the order they are laid on the counter. Nothing is drawn."""
    return tuple(CalledFor(one.kind, one.sheet.title, one.copies) for one in _wanted(form, completed, {}, tables))


def documents(
    form: Form,
    completed: CompletedForm,
    signatures: Mapping[str, Ink],
    tables: Tables,
    fonts: Fonts | None = None,
) -> tuple[Document, ...]:
    """The same papers, drawn. The same arguments give the same bytes."""
    drawn_with = fonts or machine_fonts()
    return tuple(_document(one, drawn_with) for one in _wanted(form, completed, signatures, tables))


def still_says(document: Document, again: tuple[Document, ...]) -> bool:
    """Whether papers drawn anew from the answers are what was signed: one changed answer, and they are not."""
    return any(one.kind == document.kind and one.signed is not None and one.signed == document.signed for one in again)


def own_papers(folder: Path | None = None) -> tuple[OwnPaper, ...]:
    """The kiosk's own papers, in their order."""
    return _read_folder(folder or resources.folder("papers"))


def offered_to(form: Form) -> tuple[str, ...]:
    """Kinds of the kiosk's own papers that this form can fill."""
    own = read_paper(form.paper) if form.paper else None
    return tuple(one.sheet.name for one in _fitting(catalogue(form), own))


def read_own_paper(text: str) -> OwnPaper:
    """One file's text as a paper, every template in it well formed."""
    if len(text) > LARGEST:
        raise PaperWrong("a paper of more than 64 KB")
    try:
        own = msgspec.convert(tomllib.loads(text), OwnPaper)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise PaperWrong(str(error)) from error
    read_paper(msgspec.to_builtins(own.paper()))
    if not own.sheet.name.isidentifier() or not own.sheet.name.isascii():
        raise PaperWrong("a paper's name is also its file's: letters and _ only")
    return own


@dataclass(frozen=True, slots=True)
class _Wanted:
    kind: str
    sheet: FilledSheet
    copies: Copies


def _wanted(form: Form, completed: CompletedForm, signatures: Mapping[str, Ink], tables: Tables) -> Iterator[_Wanted]:
    own = read_paper(form.paper) if form.paper else None
    asked = catalogue(form)
    whole = Scope.whole(asked, completed.answers)
    others = other_parties(completed.answers)
    sheets = own.sheets if own else ()
    for position, sheet in enumerate(sheets):
        assert own is not None
        filler = Filler(own, whole, signatures, tables)
        if filler.wants(sheet):
            yield _Wanted(sheet.name, filler.sheet(sheet), Copies(parties=0 if position else others))
    for ours in _fitting(asked, own):
        if any(sheet.name == ours.sheet.name for sheet in sheets):
            continue
        lender = own or ours.paper()
        paper = Paper(sheets=(*lender.sheets[:1], ours.sheet), blocks={**lender.blocks, **ours.blocks})
        filler = Filler(paper, whole, signatures, tables)
        if filler.wants(ours.sheet):
            copies = Copies(
                court=int("court" in ours.for_whom),
                parties=others if "parties" in ours.for_whom else 0,
                person=int("person" in ours.for_whom),
            )
            yield _Wanted(ours.sheet.name, filler.sheet(ours.sheet), copies)


def _fitting(asked: Catalogue, pack: Paper | None) -> Iterator[OwnPaper]:
    """Papers whose every name the form asks, and whose borrowed sections the pack has."""
    lent = {section.heading for section in pack.sheets[0].sections} if pack and pack.sheets else set[str]()
    for own in own_papers():
        if lent.issuperset(own.sheet.borrow) and not problems(own.paper(), asked):
            yield own


def _document(wanted: _Wanted, fonts: Fonts) -> Document:
    sheet = wanted.sheet
    pages = lay_out(sheet, fonts)
    drawn = draw(pages, sheet.title + sheet.subtitle, fonts)
    closing = sheet.closing
    refs = tuple(one.ref for one in closing.signatories if one.ink) if closing else ()
    sealed = put_ink(drawn, pages)
    return Document(
        kind=wanted.kind,
        title=sheet.title,
        copies=wanted.copies,
        pages=len(pages),
        pdf=sealed.pdf,
        signed=sealed.signed if refs else None,
        signatures=refs,
    )


@cache
def _read_folder(folder: Path) -> tuple[OwnPaper, ...]:
    found = [read_own_paper(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(found, key=lambda own: own.order))
