"""Every table of worked examples, row by row, computed by the product's own command.

The tables lie beside these tests; where the facts they were taken from stand next to the repository, those are run
too, in place.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kiosk.rules_file.reading import read_table
from kiosk.rules_file.running import run
from kiosk.rules_file.shapes import Rules, recognise

VECTORS = Path(__file__).with_name("vectors")
FACTS = Path(__file__).resolve().parents[3].parent / "shared" / "domain"
TODAY = date(2026, 11, 23)
TABLES = {
    "fee_examples": ("fees", 59),
    "deadline_examples": ("deadlines", 13),
    "interest_examples": ("interest", 5),
    "lpr_cap_examples": ("lpr_caps", 9),
    "small_claims_examples": ("small_claims", 7),
    "masking_examples": ("masking", 12),
    "money_uppercase_vectors": ("capitals", 37),
    "id_test_vectors": ("id_numbers", 82),
    "small_claims_thresholds": ("small_claims_lines", 3),
    "lpr_history": ("lpr_history", 17),
    "holidays_2025_2026": ("holidays", 72),
    "jurisdiction_cases": ("places", 12),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_every_table_is_computed_right(tables, name: str):
    outcome = run(read_table(VECTORS / f"{name}.csv"), Rules(tables, TODAY))
    assert (outcome.shape, len(outcome.rows)) == TABLES[name]
    assert outcome.differences == ()
    assert outcome.bad == ()


@pytest.mark.parametrize("name", [name for name in TABLES if name != "jurisdiction_cases"])
def test_the_tables_are_still_the_facts_they_were_taken_from(tables, name: str):
    path = FACTS / f"{name}.csv"
    if not path.exists():
        pytest.skip("the folder of facts does not stand beside this repository")
    outcome = run(read_table(path), Rules(tables, TODAY))
    assert outcome.differences == ()
    assert outcome.bad == ()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_recognised_without_its_answers(name: str):
    table = read_table(VECTORS / f"{name}.csv")
    shape = recognise(table)
    if not shape.needs <= set(table.columns) - set(shape.gives):
        pytest.skip("every column of this table is an answer but one")
    asked = tuple(column for column in table.columns if column not in shape.gives)
    rows = tuple(type(row)(row.number, {name: row.cells[name] for name in asked}) for row in table.rows)
    assert recognise(type(table)(asked, rows)).name == shape.name


def test_the_values_stand_under_the_tables_own_columns(tables):
    rows = run(read_table(VECTORS / "lpr_cap_examples.csv"), Rules(tables, TODAY)).rows
    assert rows[0] == {
        "row": 1,
        "id": "C01",
        "lpr_1y": "4.25",
        "cap": "17.00",
        "within_cap": "no",
        "protected_rate": "17.00",
    }


LISTS = [
    ("causes_2025", "causes", {"code": "code", "parent": "parent", "name_zh": "zh"}),
    ("court_codes_sample", "courts", {"code_word": "code", "court": "zh", "level": "level", "admin_code": "region"}),
    (
        "case_type_codes",
        "case_types",
        {"code": "code", "name_zh": "zh", "type_word": "word", "confidence": "confidence"},
    ),
]


@pytest.mark.parametrize(("name", "table", "columns"), LISTS)
def test_the_lists_are_still_the_facts_they_were_taken_from(tables, name: str, table: str, columns: dict[str, str]):
    path = FACTS / f"{name}.csv"
    if not path.exists():
        pytest.skip("the folder of facts does not stand beside this repository")
    facts = [tuple(row.get(column) for column in columns) for row in read_table(path).rows]
    ours = [tuple(getattr(row, field) for field in columns.values()) for row in getattr(tables, table).rows]
    assert ours == facts


def test_every_limitation_rule_and_fee_bracket_of_the_facts_is_in_the_tables(tables):
    path = FACTS / "limitation_rules.yaml"
    if not path.exists():
        pytest.skip("the folder of facts does not stand beside this repository")
    rules = re.findall(r"^  - {id: (\w+), (?:years|from)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert rules == [row.id for row in tables.limitation.rows]
    lines = re.findall(r'- up_to: "(\d+)"', (FACTS / "fee_schedule.yaml").read_text(encoding="utf-8"))
    assert lines == [str(bracket.above) for bracket in tables.fees.property.brackets]
