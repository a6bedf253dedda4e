"""`kiosk-desk file` over a spreadsheet, as a property company's office runs it: one command, exit codes, papers, a table."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.practice import enrol_for_practice
from kiosk.settings import read_settings

SETTINGS = """\
kiosk_id = "110105-K01"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
[keeping]
min_free_mb = 10
ballast_mb = 0
"""
CASE = Path(__file__).parents[1] / "kiosk" / "packs" / "answers" / "property_service.json"


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.desk_main", *map(str, words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        env={name: value for name, value in os.environ.items() if name != "KIOSK_SETTINGS"},
    )


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(SETTINGS.format(state=tmp_path / "state"), "utf-8")
    enrol_for_practice(read_settings(path))
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Three households, one company: what differs in `cases`, what does not in `common`; one sum is no sum."""
    path = tmp_path / "cases.xlsx"
    outcome = run("file", "--template", "property_service", "--out", path)
    assert outcome.returncode == 0, outcome.stderr
    book = load_workbook(path)
    cases, common = book["cases"], book["common"]
    told = dict(flat(json.loads(CASE.read_text("utf-8"))["answers"]))
    for row in range(2, common.max_row + 1):
        common.cell(row, 2).value = told.pop(common.cell(row, 1).value, None)
    heads = {cell.value: cell.column for cell in cases[1]}
    for row, (name, owner) in enumerate([("2026-1", "甲"), ("2026-2", "乙"), ("2026-3", "丙")], 5):
        cases.cell(row, 1).value = name
        for question, text in told.items():
            if question in heads:
                cases.cell(row, heads[question]).value = text
        cases.cell(row, heads["defendant[1]/person/name"]).value = f"示例{owner}"
    cases.cell(6, heads["claims/fee_owed"]).value = "不少"
    for row in range(2, book["notices"].max_row + 1):
        book["notices"].cell(row, 3).value = "是"
    book.save(path)
    return path


def flat(node: dict[str, object], path: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in node.items():
        here = f"{path}/{name}" if path else name
        if isinstance(value, dict):
            found += flat(value, here)
        elif isinstance(value, list):
            for at, inner in enumerate(value, 1):
                found += flat(inner, f"{here}[{at}]")
        else:
            found.append((here, str(value)))
    return found


def test_an_office_takes_a_template_fills_it_in_and_files_what_is_right(
    sheet: Path, settings_file: Path, tmp_path: Path
):
    out = tmp_path / "out"
    words = ("file", sheet, "--pack", "property_service", "--out", out, "--settings", settings_file)
    looked = run(*words, "--check")
    assert looked.returncode == 2, looked.stderr
    assert not (tmp_path / "state" / "store").exists()
    (out / "result.csv").unlink()

    outcome = run(*words)
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    assert "claims/fee_owed" in outcome.stderr
    assert "不少" not in outcome.stdout + outcome.stderr
    with (out / "result.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["case"], row["row"], row["state"]) for row in rows] == [
        ("2026-1", "5", "filed"),
        ("2026-2", "6", "wrong"),
        ("2026-3", "7", "filed"),
    ]
    for row in (rows[0], rows[2]):
        papers = {path.name for path in (out / row["folder"]).iterdir()}
        assert papers >= {"complaint.pdf", "ticket.bin", "ticket.png", "filing.json"}
        filing = json.loads((out / row["folder"] / "filing.json").read_text("utf-8"))
        assert filing["ticket_number"] == row["ticket_number"]
        assert all(one["version"] and one["language"] and one["at"] for one in filing["notices"])

    again = run(*words)
    assert again.returncode == 2
    with (out / "result.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["ticket_number"] for row in csv.DictReader(file)] == [row["ticket_number"] for row in rows]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--pack", "nobody"), "property_service"),
        ((), "--pack"),
    ],
)
def test_a_form_that_is_not_named_or_not_there_is_a_sentence(words: tuple[str, ...], told: str, tmp_path: Path):
    path = tmp_path / "c.csv"
    path.write_text("case\nA\n", "utf-8")
    outcome = run("file", path, *words, "--out", tmp_path / "out")
    assert outcome.returncode == 2
    assert told in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_file_that_is_no_table_is_a_sentence(tmp_path: Path):
    path = tmp_path / "c.xlsx"
    path.write_bytes(b"not a workbook")
    outcome = run("--language", "en", "file", path, "--pack", "property_service", "--out", tmp_path / "out")
    assert outcome.returncode == 2
    assert "no usable .xlsx workbook" in outcome.stderr
