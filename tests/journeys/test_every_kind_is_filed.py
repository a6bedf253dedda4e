"""One filing of every kind through the desk's own command: the ticket comes, and every paper can be opened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from resources import folder

MADE_UP = folder("..").resolve() / "tests" / "kiosk" / "packs" / "answers"
KINDS = sorted(path.stem for path in MADE_UP.glob("*.json"))
QUICK = {"protection_order", "wage_arrears"}  # the shortest and the one with most papers; the rest in the campaign


@pytest.mark.parametrize(
    "kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.campaign) for kind in KINDS]
)
def test_a_made_up_filing_of_each_kind_becomes_a_ticket_and_its_papers(kind: str, tmp_path: Path):
    command = [sys.executable, "-m", "ui.desk_main", "file", str(MADE_UP / f"{kind}.json"), "--out", str(tmp_path)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((tmp_path / "filing.json").read_text("utf-8"))["ticket_number"]
    assert (tmp_path / "ticket.png").stat().st_size > 1000
    papers = sorted(tmp_path.glob("*.pdf"))
    assert papers
    assert all(len(PdfReader(paper).pages) >= 1 for paper in papers)
