"""`kiosk-desk rules`: what a province sees when it checks its own figures."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import resources
from kiosk.rules_file.commands import rules
from kiosk.rules_file.reading import LARGEST, MOST_ROWS, REASONS, TableWrong, parse_table
from kiosk.rules_file.running import run
from kiosk.rules_file.shapes import SHAPES, VERDICTS, Rules
from kiosk.wording import load_wording

TODAY = date(2026, 11, 23)
FEES = "id,kind,amount,params,expected_fee\n"


@pytest.fixture
def run_on(tmp_path: Path):
    def ran(text: str | bytes, *options: str) -> Result:
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return CliRunner().invoke(rules(), ["run", str(path), "--on", "2026-11-23", *options], obj="en")

    return ran


def test_a_table_that_agrees_leaves_with_nought(run_on):
    found = run_on(FEES + "A,property,100000,,2300.00\nB,labour,,,10\n")
    assert (found.exit_code, found.stdout) == (0, "2 rows, 0 differences, 0 bad rows.\n")


def test_a_difference_is_one_line_and_leaves_with_one(run_on):
    found = run_on(FEES + "A,property,100000,,2400\n")
    assert found.exit_code == 1
    assert found.stdout.splitlines()[0] == "A  expected_fee  expected 2400  computed 2300.00"


def test_json_has_every_row_and_does_not_judge(run_on):
    found = run_on(FEES + "A,property,100000,,2400\n,divorce,0,,\n", "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout) == [
        {"row": 1, "id": "A", "expected_fee": "2300.00"},
        {"row": 2, "id": "2", "expected_fee": "50.00-300.00", "verdict": "base_not_set"},
    ]


def test_a_bad_row_is_named_and_the_others_are_still_computed(run_on):
    found = run_on(FEES + "A,property,-1,,\nB,property,1,,\nC,property,1,,,,x\n", "--json")
    assert found.exit_code == 2
    assert [row.get("error", row.get("expected_fee")) for row in json.loads(found.stdout)] == [
        "below_zero",
        "50.00",
        "cells",
    ]
    assert found.stderr.splitlines()[0] == "Row 1 (A) amount: Below zero. Take the minus away."


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffid,kind,amount,params,expected_fee\r\nA,property,100000,,2300.00\r\n\r\n",
        "id,kind,amount,remark\nA,property,100000,whatever stands here\n",
        "id,amount,kind\nA,100000,property\n",
        'id,kind,amount,params,,\nA, property ,"100,000.00"\n',
        "编号,id,kind,amount,备注\n一,A,property,100000,说明\n".encode("gb18030"),
    ],
)
def test_a_table_is_read_however_a_spreadsheet_wrote_it(run_on, text: str | bytes):
    found = json.loads(run_on(text, "--json").stdout)
    assert found == [{"row": 1, "id": "A", "expected_fee": "2300.00"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "no head"),
        (b"a,b\n1,2\n", "no known shape"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"kind,\x00\n", "not UTF-8"),
        (b"kind,kind\n", "no head"),
        (b'kind,amount,params\n"a', "quotes"),
        (b"kind,amount,params\n" + b"a,1,\n" * (MOST_ROWS + 1), "rows"),
        (b" " * (LARGEST + 1), "larger"),
    ],
)
def test_a_file_that_is_no_table_is_named_and_leaves_with_two(run_on, text: bytes, said: str):
    found = run_on(text)
    assert found.exit_code == 2
    assert said in found.stderr
    assert found.stdout == ""


def test_a_file_that_is_not_there_is_named():
    found = CliRunner().invoke(rules(), ["run", "/nowhere/table.csv"], obj="zh")
    assert (found.exit_code, found.stderr) == (2, "打不开文件 table.csv。请检查文件名和权限。\n")


def test_a_province_runs_its_own_tables(run_on, tmp_path: Path):
    folder = tmp_path / "tables"
    folder.mkdir()
    court = json.loads((resources.folder("tables") / "court.json").read_text(encoding="utf-8"))
    (folder / "court.json").write_text(json.dumps(court | {"base_fees": {"divorce": "240"}}), encoding="utf-8")
    assert run_on(FEES + "A,divorce,0,,240.00\n", "--tables", str(folder)).exit_code == 0
    (folder / "court.json").write_text(json.dumps(court | {"base_fees": {"divorce": "999"}}), encoding="utf-8")
    found = run_on(FEES + "A,divorce,0,,240.00\n", "--tables", str(folder))
    assert (found.exit_code, "divorce" in found.stderr) == (2, True)


def test_what_no_table_knows_is_said_and_not_guessed(run_on):
    caps = "id,contract_date,agreed_rate_year\nA,2026-11-01,12\nB,2019-08-19,12\n"
    assert json.loads(run_on(caps, "--json").stdout) == [
        {
            "row": 1,
            "id": "A",
            "lpr_1y": "",
            "cap": "",
            "within_cap": "",
            "protected_rate": "",
            "verdict": "unknown_from 2026-07-20",
        },
        {
            "row": 2,
            "id": "B",
            "lpr_1y": "",
            "cap": "",
            "within_cap": "",
            "protected_rate": "",
            "verdict": "no_lpr_before 2019-08-20",
        },
    ]
    days = "id,start_event_date,length,unit\nA,2026-12-20,30,day\n"
    assert json.loads(run_on(days, "--json").stdout)[0]["verdict"] == "holidays_unknown 2027"


@pytest.mark.parametrize(
    ("kind", "amount", "params", "fee"),
    [
        ("property", "10000.01", "", "50.00"),
        ("property", "10000.20", "", "50.01"),
        ("property", "0", "", "50.00"),
        ("property_halved", "10001", "reason=mediation withdrawal", "25.01"),
        ("property", "100000", "reason=small_claims", "1150.00"),
        ("ip", "", "base=800", "800.00"),
        ("ip", "100000", "", "2300.00"),
        ("ip_no_amount", "", "base=500", "500.00"),
        ("admin", "", "kind=other", "50.00"),
        ("enforcement", "", "base=100", "100.00"),
        ("preservation", "", "", "30.00"),
        ("preservation", "1000000000", "", "5000.00"),
        ("divorce_halved", "500000", "base=300", "900.00"),
        ("labour", "1", "reason=withdrawal", "5.00"),
        ("mixed_property_and_nonproperty", "50000", "also=personality", "1050.00"),
        ("bankruptcy", "100", "", "25.00"),
        ("property", "5000000.01", "", "46800.00"),
        ("property", "19999999.99", "", "141800.00"),
        ("property", "999999999999.99", "", "5000041800.00"),
        ("property_halved", "10000", "reason=summary_procedure;also=mediation", "25.00"),
        ("property_halved", "10000", "reason=mediation，withdrawal", "25.00"),
        ("personality", "50000.01", "base=300", "300.00"),
        ("divorce", "200001", "base=50", "50.01"),
        ("independent_third_party_merged", "100000", "", "1150.00"),
        ("arbitration_validity", "", "", "400.00"),
        ("appeal", "100000", "", "2300.00"),
        ("enforcement", "10000000.01", "", "77400.00"),
        ("enforcement", "0", "", "50.00"),
        ("preservation", "896000.01", "", "5000.00"),
        ("payment_order", "10000", "", "16.67"),
        ("none", "100000", "kind=judicial_confirmation", "0.00"),
    ],
)
def test_fees_of_every_kind_are_taken_from_a_row(run_on, kind: str, amount: str, params: str, fee: str):
    found = json.loads(run_on(f"kind,amount,params\n{kind},{amount},{params}\n", "--json").stdout)
    assert found == [{"row": 1, "id": "1", "expected_fee": fee}]


@pytest.mark.parametrize(
    ("start", "length", "unit", "raw", "last"),
    [
        ("2026-01-31", "1", "month", "2026-02-28", "2026-02-28"),  # a Saturday on which everybody works
        ("2024-02-29", "1", "years", "2025-02-28", "2025-02-28"),
        ("2025-12-26", "7", "day", "2026-01-02", "2026-01-04"),
        ("2026/2/8", "7", "天", "2026-02-15", "2026-02-24"),
        ("2026-09-13", "7", "day", "2026-09-20", "2026-09-20"),  # a Sunday on which everybody works
        ("2026-09-30", "3", "working_day", "2026-10-10", "2026-10-10"),
        ("2021-10-01", "3", "year", "2024-10-01", "2024-10-04"),  # no notice of 2024: the days that never move
        ("2026-11-23 10:20", "48", "hour", "2026-11-25", "2026-11-25"),
        ("2026-11-27", "72", "hour", "2026-11-30", "2026-11-30"),
    ],
)
def test_days_are_counted_to_the_end(run_on, start: str, length: str, unit: str, raw: str, last: str):
    found = json.loads(run_on(f"start_event_date,length,unit\n{start},{length},{unit}\n", "--json").stdout)[0]
    assert (found["raw_last_day"], found["expected_last_day"]) == (raw, last)


@pytest.mark.parametrize(
    ("kind", "text", "masked"),
    [
        ("name", "王", "王*"),
        ("name", "司马光", "司马*"),
        ("name", "诸葛", "诸*"),
        ("name", "买买提•艾力", "买买提·**"),
        ("id_number", "110105491231002", "110********1002"),
        ("id_number", "１１０１０５１９４９１２３１００２ｘ", "110***********002X"),
        ("hk_mo_permit", "h12345678", "H12**5678"),
        ("company", "北京示例有限公司", "北京示例有限公司"),
    ],
)
def test_masks_are_taken_from_a_row(run_on, kind: str, text: str, masked: str):
    assert json.loads(run_on(f"kind,input,masked\n{kind},{text},\n", "--json").stdout)[0]["masked"] == masked


@pytest.mark.parametrize(
    ("kind", "text", "valid"),
    [
        ("resident_id_15", "110105880229002", "yes"),  # 1988 has a 29 February
        ("resident_id_15", "110105010229002", "no"),  # 1901 has none
        ("foreign_pr_2017", "fra110001072801", "yes"),
        ("foreign_pr", "832682198501010017", "no"),
        ("case_no", "（2026)京0105民初123号", "yes"),
        ("case_no", "〔2026〕京0105民初123号", "no"),
        ("case_no", "[2026]京0105民初123号", "no"),
        ("case_no", "（2026京0105民初123号", "no"),
        ("plate", "粤BL12345", "no"),
        ("plate", "粤BDA1234", "yes"),
    ],
)
def test_numbers_at_their_edges_are_told_apart(run_on, kind: str, text: str, valid: str):
    assert json.loads(run_on(f"kind,input,valid\n{kind},{text},\n", "--json").stdout)[0]["valid"] == valid


@pytest.mark.parametrize(
    ("province", "day", "text", "said"),
    [
        ("江苏省", "2026-01-04", "64610.01", ("no", "by agreement")),
        ("320000", "2026-01-03", "51811", ("yes", "")),
        ("江苏", "2026-03-01", "counterclaim filed", ("no", "not available")),
        ("江苏", "2026-03-01", "5000（需要鉴定）", ("no", "not available")),
        ("江苏", "2026-03-01", "涉外", ("no", "not available")),
        ("北京", "2026-03-01", "1", ("", "")),
    ],
)
def test_small_claims_are_read_from_sums_and_words(run_on, province: str, day: str, text: str, said: tuple[str, str]):
    found = json.loads(run_on(f"province,date,amount_or_kind\n{province},{day},{text}\n", "--json").stdout)[0]
    assert (found["mandatory_small_claim"], found["optional"]) == said


def test_every_reason_and_verdict_has_its_sentence():
    wording = load_wording(resources.folder("wording"))
    assert [word for word in sorted(REASONS) if not wording.knows(f"rules.reason.{word}")] == []
    assert [word for word in sorted(VERDICTS) if not wording.knows(f"rules.verdict.{word}")] == []
    own = {key: words for key, words in wording.entries.items() if key.startswith("rules.")}
    plain = {key: [re.sub(r"{.*?}", "", words[language]) for language in ("zh", "en")] for key, words in own.items()}
    assert {key for key, (zh, en) in plain.items() if len(zh) > 40 or len(en) > 70} == set()


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused_by_name(data: bytes):
    with contextlib.suppress(TableWrong):
        assert len(parse_table(data, "table.csv").rows) <= MOST_ROWS


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["0", "-1", "99999999999999", "2026-02-30", "2026-02-28", "year", "property", "name", "江苏", "base=1"]
    ),
)


@given(st.sampled_from(SHAPES), st.data())
def test_any_cells_are_computed_or_refused_by_name(tables, shape, data):
    columns = sorted(shape.needs | set(shape.gives))
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(columns)
    lines.writerow([data.draw(CELLS).replace("\x00", "") for _ in columns])
    outcome = run(parse_table(text.getvalue().encode("utf-8", "replace"), "table.csv"), Rules(tables, TODAY))
    assert all(one.reason in REASONS for one in outcome.bad)
    assert all(str(row.get("verdict", "")).partition(" ")[0] in VERDICTS | {""} for row in outcome.rows)


def test_the_standing_of_the_tables_is_said_and_leaves_with_one_when_one_is_old():
    found = CliRunner().invoke(rules(), ["standing", "--on", "2026-11-23", "--court", "320500"], obj="en")
    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        "LPR unknown from 2026-07-20. Update lpr.json.",
        "No holidays from 2027-01-01 yet. Update holidays.json.",
        "Small-claims line current, until 2027-02-09.",
        "No injury figures set; nothing is computed.",
    ]
    early = CliRunner().invoke(rules(), ["standing", "--on", "2026-07-01"], obj="en")
    assert (early.exit_code, early.stdout.splitlines()[0]) == (0, "LPR table current, until 2026-07-20.")
