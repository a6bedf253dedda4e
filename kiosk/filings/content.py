"""What a filing says, as the court gets it (sealed) and as the clerk at this kiosk may read it for a while.

Both are JSON with sorted keys and no fractions. Names for a clerk's list are masked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kiosk.filings.canonical import canonical
from kiosk.filings.filing import Submission
from kiosk.filings.ink import Ink
from kiosk.filings.papers import PaperHandedIn
from kiosk.filings.scans import ScanHandedIn
from kiosk.ids import TicketNumber
from kiosk.languages import COURT_LANGUAGE
from kiosk.law.masks import mask_name

VERSION = 1
SIDES = ("plaintiff", "defendant")
ORGANISATIONS = frozenset({"organisation", "organization", "sole_trader"})  # their names are not personal
NOT_THE_PARTY = frozenset({"agent", "agents", "statutory_agent", "operator_agent"})
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Readable:
    """What the kiosk keeps of a filing in readable form."""

    cause: str
    language: str
    answers: Mapping[str, Any] = field(repr=False)


def court_words(
    submission: Submission,
    pages: int,
    sha256: str,
    sm3: str,
    papers: Sequence[PaperHandedIn] = (),
    scans: Sequence[ScanHandedIn] = (),
) -> bytes:
    """The part of a sealed filing that is not a paper: answers, ink, notices read, materials brought.

    With each signature stands the paper it is on and the digest of that paper as it was signed.
    """
    form = submission.form
    signed = {ref: paper for paper in papers for ref in paper.signatures}
    return canonical(
        {
            "pack_id": form.pack_id,
            "pack_version": form.pack_version,
            "language": form.language,
            "answers": form.answers,
            "signatures": {ref: _ink(ink, signed.get(ref)) for ref, ink in submission.signatures.items()},
            "notices": [
                {
                    "id": one.notice_id,
                    "version": one.version,
                    "language": one.language,
                    "moment": one.moment,
                    "at": _stamp(one.at),
                }
                for one in submission.notices
            ],
            "materials": list(submission.materials_brought),
            "priority": {
                "prefix": submission.priority.prefix,
                "groups": list(submission.priority.groups),
                "no_messages": submission.priority.no_messages,
            },
            "court_reached": submission.court_reached,
            "complaint": {"pages": pages, "sha256": sha256, "sm3": sm3},
            "papers": [_paper(one) for one in papers],
            "scans": [_scan(one) for one in scans],
        }
    )


def court_ticket(ticket_number: TicketNumber, ticket_time: datetime) -> bytes:
    """The rest of the header, which only the press knows."""
    return canonical({"ticket_number": ticket_number, "ticket_time": _stamp(ticket_time), "v": VERSION})


def dump_readable(readable: Readable) -> bytes:
    return _json(
        {
            "v": VERSION,
            "cause": readable.cause,
            "language": readable.language,
            "answers": readable.answers,
        }
    )


def load_readable(body: bytes) -> Readable:
    kept = json.loads(body)
    return Readable(kept["cause"], kept["language"], kept["answers"])


def cause_of(title: Mapping[str, str], language: str) -> str:
    """民间借贷纠纷 out of 民事起诉状（民间借贷纠纷）; a title without brackets is the cause."""
    whole = title.get(language) or title[COURT_LANGUAGE]
    inner = re.search(r"[（(](.+)[）)]\s*$", whole)
    return inner[1] if inner else whole


def parties(answers: Mapping[str, Any], *, masked: bool) -> str:
    """`张*、李* / 北京某某有限公司`: who stands against whom, people masked unless the view was audited first."""
    return " / ".join(filter(None, (_side(answers, side, masked) for side in SIDES)))


def masked_names(answers: Mapping[str, Any], side: str) -> tuple[str, ...]:
    """Everybody on this side, people masked, organisations in full: they are no personal data."""
    return tuple(_names_of(answers, side, masked=True))


def _names_of(answers: Mapping[str, Any], side: str, masked: bool) -> list[str]:
    found = answers.get(side, ())
    instances = [found] if isinstance(found, Mapping) else list(found)
    return [name for one in instances if (name := next(_names(one, masked, person=True), ""))]


def _side(answers: Mapping[str, Any], side: str, masked: bool) -> str:
    names = _names_of(answers, side, masked)
    more = f"+{len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return "、".join(names[:MOST_NAMES]) + more


def _names(node: Mapping[str, Any], masked: bool, person: bool) -> Iterator[str]:
    for leaf in ("trade_name", "name"):
        text = node.get(leaf)
        if isinstance(text, str) and text:
            yield mask_name(text) if masked and person and leaf == "name" else text
    for group, inner in node.items():
        if isinstance(inner, Mapping) and group not in NOT_THE_PARTY:
            # A sole trader's operator is a person again.
            yield from _names(inner, masked, person=group not in ORGANISATIONS)


def _ink(ink: Ink, paper: PaperHandedIn | None) -> dict[str, Any]:
    strokes = [[[point.x, point.y, point.ms] for point in stroke] for stroke in ink.strokes]
    drawn: dict[str, Any] = {
        "width": ink.width,
        "height": ink.height,
        "strokes": strokes,
        "at": _stamp(ink.at) if ink.at else "",
    }
    if ink.witness:
        drawn["witness"] = ink.witness
    if paper is None or paper.signed is None:
        return drawn
    return {**drawn, "paper": paper.kind, "signed_sha256": paper.signed.sha256}


def _paper(paper: PaperHandedIn) -> dict[str, Any]:
    told = {"kind": paper.kind, "pages": paper.pages, "sha256": paper.sha256, "sm3": paper.sm3}
    if paper.signed is None:
        return told
    return {**told, "signed": {"bytes": paper.signed.length, "sha256": paper.signed.sha256}}


def _scan(scan: ScanHandedIn) -> dict[str, Any]:
    told = {"material": scan.material, "name": scan.name, "pages": scan.pages, "bytes": scan.size}
    return {**told, "sha256": scan.sha256, "sm3": scan.sm3}


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
