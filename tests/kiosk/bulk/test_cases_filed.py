"""A sheet of cases becomes filings: the good ones, once each, and every mistake is named at its cell without its words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.bulk.checked import Ready
from kiosk.bulk.faults import SheetTrouble
from kiosk.desk.handing_in import NOT_ASKED
from kiosk.settings import Settings
from kiosk.store.connect import open_store
from kiosk.store.filings import Filings
from kiosk.store.keys import store_key

Save = Callable[..., Path]
Run = Callable[..., Any]


def case(answers: dict[str, str], name: str, **change: object) -> dict[str, object]:
    """The good case under this name; `__` in a keyword stands for the strokes of a path."""
    return {"case": name, **answers, **change}


def results(tmp_path: Path, out: str = "out") -> list[dict[str, str]]:
    text = (tmp_path / out / "result.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def filed(settings: Settings) -> int:
    db = open_store(settings.state, store_key(settings.state))
    try:
        return len(Filings(db).newest(1000))
    finally:
        db.close()


def test_the_good_rows_are_filed_and_the_bad_one_is_named(
    answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings, tmp_path: Path
):
    sheet = save(
        [
            case(answers, "A-1"),
            case(answers, "A-2", **{"facts/amount_actual": "很多很多钱"}),
            case(answers, "A-3", **{"defendant[1]/person/name": "孙例子"}),
        ]
    )
    good, told = file_sheet(sheet)
    assert not good
    assert filed(settings) == 2
    assert [(one["case"], one["row"], one["state"]) for one in results(tmp_path)] == [
        ("A-1", "2", "filed"),
        ("A-2", "3", "wrong"),
        ("A-3", "4", "filed"),
    ]
    column = next(letter for letter, header in columns_of(sheet) if header == "facts/amount_actual")
    assert f"cases!{column}3 facts/amount_actual 借款金额-实际提供" in results(tmp_path)[1]["problems"]
    assert "很多很多钱" not in told.everything + (tmp_path / "out" / "result.csv").read_text("utf-8-sig")
    tickets = {one["ticket_number"] for one in results(tmp_path) if one["ticket_number"]}
    assert len(tickets) == 2


def test_no_row_moves_paper_by_itself(
    answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings, tmp_path: Path
):
    file_sheet(save([case(answers, "A-1"), case(answers, "A-2", **{"defendant[1]/person/name": "孙例子"})]))
    db = open_store(settings.state, store_key(settings.state))
    try:
        jobs = list(db.execute("SELECT state, reason FROM print_job"))
    finally:
        db.close()
    assert jobs == [("cancelled", NOT_ASKED)] * 2


def columns_of(path: Path) -> list[tuple[str, str]]:
    from kiosk.bulk.book import read_book
    from kiosk.bulk.faults import letters

    return [(letters(at), header) for at, header in read_book(path).sheets[0].headers.items()]


def test_the_same_sheet_again_files_nothing_again_wherever_it_is_written(
    answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings, tmp_path: Path
):
    sheet = save([case(answers, "A-1"), case(answers, "A-2", **{"facts/contract_date": "2024-05-21"})])
    assert file_sheet(sheet)[0]
    first = [one["ticket_number"] for one in results(tmp_path)]
    for out in ("out", "elsewhere"):
        good, _ = file_sheet(sheet, out=out)
        assert good
        assert [one["state"] for one in results(tmp_path, out)] == ["filed before"] * 2
        assert [one["ticket_number"] for one in results(tmp_path, out)] == first
    assert filed(settings) == 2


def test_a_run_cut_short_after_the_commit_is_taken_up_without_doubles(
    answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings, tmp_path: Path
):
    sheet = save([case(answers, "A-1")])
    file_sheet(sheet)
    (tmp_path / "out" / "result.csv").unlink()
    good, _ = file_sheet(sheet)
    assert good
    assert results(tmp_path)[0]["state"] == "filed before"
    assert filed(settings) == 1


def test_a_case_changed_after_it_was_filed_is_not_filed_as_a_second_one(
    answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings, tmp_path: Path
):
    file_sheet(save([case(answers, "A-1")]))
    ticket = results(tmp_path)[0]["ticket_number"]
    good, told = file_sheet(save([case(answers, "A-1", **{"defendant[1]/person/name": "孙例子"})]))
    assert not good
    assert ticket in "\n".join(told.wrong)
    assert filed(settings) == 1


def test_two_rows_that_say_the_same_are_one_case(
    answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings
):
    good, told = file_sheet(save([case(answers, "A-1"), case(answers, "A-2")]))
    assert not good
    assert "第 2 行" in "\n".join(told.wrong)
    assert filed(settings) == 1


def test_looking_only_stores_nothing(answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings):
    good, told = file_sheet(save([case(answers, "A-1")]), check=True)
    assert good
    assert "1 件可以立案" in told.everything
    assert not (settings.state / "store").exists()


def test_a_header_nobody_knows_stops_everything_before_anything_is_filed(
    answers: dict[str, str], save: Save, file_sheet: Run, settings: Settings
):
    good, told = file_sheet(save([case(answers, "A-1", **{"facts/colour": "blue"})]))
    assert not good
    assert "facts/colour" in told.everything
    assert "blue" not in told.everything
    assert not (settings.state / "store").exists()


def test_numbers_days_and_choices_come_from_cells_as_people_type_them(answers: dict[str, str], save: Save, check: Run):
    typed = case(
        answers,
        "A-2",
        **{
            "facts/amount_actual": 20000.0,
            "facts/amount_agreed": "20,000.00",
            "claims/principal_owed": 20000,
            "facts/contract_date": date(2024, 5, 20),
            "facts/term_to": "2024年11月20日",
            "facts/lent_directly": "是",
            "facts/repaid_any": False,
            "defendant[1]/person/phone": 13600136000,
            "plaintiff[1]/kind": "一个人",
        },
    )
    plain, other = check(save([case(answers, "A-1"), typed]))
    assert isinstance(plain, Ready)
    assert isinstance(other, Ready), other
    assert other.submission.form.answers == plain.submission.form.answers
    assert other.key == plain.key


def test_an_id_number_that_the_spreadsheet_cut_is_told_and_not_guessed(answers: dict[str, str], save: Save, check: Run):
    ((fault,),) = check(save([case(answers, "A-1", **{"plaintiff[1]/person/id_number": 110105199001010221})]))
    assert (fault.key, fault.question) == ("number_cut", "plaintiff[1]/person/id_number")


def test_further_defendants_come_by_number_or_on_a_sheet_of_their_own(answers: dict[str, str], save: Save, check: Run):
    second = {"kind": "person", "person/name": "孙例子", "person/known": "nothing"}
    second |= {"person/phone": "13500135000", "person/domicile": "110101 西示例胡同3号"}
    one = case(answers, "A-1", **{"facts/lender_said": "赵样本", "facts/borrower_said": "钱示例"})
    by_number = one | {f"defendant[2]/{name}": text for name, text in second.items()}
    rows = [["case", *second], ["A-1", *second.values()]]
    (numbered,) = check(save([by_number]))
    (listed,) = check(save([one], name="listed.xlsx", defendant=rows))
    assert isinstance(numbered, Ready), numbered
    assert isinstance(listed, Ready), listed
    names = [one["person"]["name"] for one in listed.submission.form.answers["defendant"]]
    assert names == [answers["defendant[1]/person/name"], "孙例子"]
    assert listed.key == numbered.key


def test_an_item_of_a_case_that_is_not_there_stops_everything(answers: dict[str, str], save: Save, file_sheet: Run):
    good, told = file_sheet(save([case(answers, "A-1")], defendant=[["case", "kind"], ["A-9", "person"]]))
    assert not good
    assert "defendant!A2" in told.everything


def test_what_is_the_same_for_all_stands_once(answers: dict[str, str], save: Save, check: Run):
    same = {path: text for path, text in answers.items() if not path.startswith("defendant")}
    own = {path: text for path, text in answers.items() if path.startswith("defendant")}
    common = [["question", "value"], *([path, text] for path, text in same.items())]
    (plain,) = check(save([case(answers, "A-1")]))
    (shared,) = check(save([{"case": "A-1", **own}], name="shared.xlsx", common=common))
    assert isinstance(shared, Ready), shared
    assert shared.key == plain.key


def test_a_row_may_say_otherwise_than_what_is_the_same_for_all(answers: dict[str, str], save: Save, check: Run):
    common = [["question", "value"], ["defendant[1]/person/name", "旧名字"]]
    (ready,) = check(save([case(answers, "A-1")], common=common))
    assert isinstance(ready, Ready), ready
    name = ready.submission.form.answers["defendant"][0]["person"]["name"]
    assert name == answers["defendant[1]/person/name"]


def test_what_is_the_same_for_all_may_be_a_file_of_answers_with_ink(
    demo: dict[str, Any], answers: dict[str, str], save: Save, check: Run, tmp_path: Path
):
    common = {key: demo[key] for key in ("form", "language", "notices", "materials", "signatures")}
    common["answers"] = {name: demo["answers"][name] for name in ("plaintiff", "service", "mediation", "closing")}
    path = tmp_path / "common.json"
    path.write_text(json.dumps(common, ensure_ascii=False), "utf-8")
    own = {
        one: text for one, text in answers.items() if one.partition("/")[0].partition("[")[0] not in common["answers"]
    }
    (ready,) = check(save([{"case": "A-1", **own}], notices=[["id", "version", "read"]]), common=path)
    assert isinstance(ready, Ready), ready
    assert ready.to_sign == ()
    assert set(ready.submission.signatures) == set(demo["signatures"])
    assert ready.submission.materials_brought


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"answers": 3}', b'{"colour": 1}', b"[" * 100_000])
def test_a_common_file_that_is_none_is_told(
    body: bytes, answers: dict[str, str], save: Save, check: Run, tmp_path: Path
):
    path = tmp_path / "common.json"
    path.write_bytes(body)
    with pytest.raises(SheetTrouble) as trouble:
        check(save([case(answers, "A-1")]), common=path)
    assert trouble.value.key == "bad_common"


def test_without_ink_the_complaint_waits_for_a_signature_on_paper(answers: dict[str, str], save: Save, check: Run):
    (ready,) = check(save([case(answers, "A-1")]))
    assert isinstance(ready, Ready)
    assert ready.to_sign == ("/data/plaintiff[1]/signing/signature", "/data/service/signature")
    assert ready.submission.signatures == {}
    assert "signature" not in json.dumps(ready.submission.form.answers, ensure_ascii=False)


def test_a_signature_cannot_be_typed(answers: dict[str, str], save: Save, file_sheet: Run):
    good, told = file_sheet(save([case(answers, "A-1", **{"service/signature": "signed"})]))
    assert not good
    assert "签名不能写在表里" in told.everything


def test_no_notice_is_taken_as_read(answers: dict[str, str], save: Save, check: Run, read_notices: list[list[object]]):
    unread = [row if row[0] != "privacy" else ["privacy", row[1], ""] for row in read_notices]
    old = [row if row[0] != "honesty" else ["honesty", "2001.1", "是"] for row in read_notices]
    ((first,),) = check(save([case(answers, "A-1")], notices=unread))
    ((second,),) = check(save([case(answers, "A-1")], notices=old))
    assert (first.key, first.places["id"]) == ("notice_unread", "privacy")
    assert (second.key, second.places["id"]) == ("notice_other_version", "honesty")


def test_the_notices_read_are_recorded_with_the_filing(answers: dict[str, str], save: Save, check: Run):
    (ready,) = check(save([case(answers, "A-1")]))
    assert {one.notice_id for one in ready.submission.notices} >= {"privacy", "litigation_risk", "offline"}
    assert all(one.version and one.moment and one.language == "zh" for one in ready.submission.notices)


def test_an_answer_that_this_case_does_not_ask_for_is_left_out_and_said_so(
    answers: dict[str, str], save: Save, check: Run
):
    (ready,) = check(save([case(answers, "A-1", **{"defendant[1]/organisation/name": "示例有限公司"})]))
    assert isinstance(ready, Ready)
    assert [one.question for one in ready.remarks] == ["defendant[1]/organisation/name"]
    assert "示例有限公司" not in json.dumps(ready.submission.form.answers, ensure_ascii=False)


def test_what_is_missing_is_named_in_its_row(answers: dict[str, str], save: Save, check: Run):
    gone = case(answers, "A-1")
    gone["defendant[1]/person/name"] = None
    ((fault,),) = check(save([gone]))
    assert fault.question == "defendant[1]/person/name"
    assert (fault.where.sheet, fault.where.row, bool(fault.where.column)) == ("cases", 2, True)


@pytest.mark.parametrize(
    ("name", "key"), [("", "case_missing"), ("=1+1", "case_odd"), ("-x", "case_odd"), ("a" * 61, "case_odd")]
)
def test_a_case_has_a_name_that_can_be_written_into_a_table(
    name: str, key: str, answers: dict[str, str], tmp_path: Path, check: Run
):
    path = tmp_path / "cases.csv"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["case", *answers])
    writer.writerow([name, *answers.values()])
    path.write_text(text.getvalue(), "utf-8")
    (faults,) = check(path)
    assert key in [fault.key for fault in faults]


def test_csv_with_a_common_file_files_like_a_workbook(
    demo: dict[str, Any], answers: dict[str, str], save: Save, check: Run, tmp_path: Path
):
    common = tmp_path / "common.json"
    common.write_text(json.dumps({"notices": demo["notices"]}), "utf-8")
    path = tmp_path / "cases.csv"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["案件编号", *answers])
    writer.writerow(["甲-1", *answers.values()])
    path.write_bytes(text.getvalue().encode("gb18030"))
    (ready,) = check(path, common=common)
    (same,) = check(save([case(answers, "A-1")]))
    assert isinstance(ready, Ready), ready
    assert ready.key == same.key


def test_a_result_table_somebody_else_wrote_is_not_written_over(
    answers: dict[str, str], save: Save, file_sheet: Run, tmp_path: Path
):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "result.csv").write_bytes(b"a,b\r\n1,2\r\n")
    with pytest.raises(SheetTrouble) as trouble:
        file_sheet(save([case(answers, "A-1")]))
    assert trouble.value.key == "result_not_ours"
    assert (tmp_path / "out" / "result.csv").read_bytes() == b"a,b\r\n1,2\r\n"


def test_nothing_anybody_answered_is_logged_or_told(
    answers: dict[str, str],
    save: Save,
    file_sheet: Run,
    settings: Settings,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
):
    canary = "金丝雀某某某"
    bad = {"defendant[1]/person/name": canary, "facts/contract_date": f"{canary}日", "facts/lent_directly": canary}
    _, told = file_sheet(
        save([case(answers, "A-1", **bad), case(answers, "A-2", **{"plaintiff[1]/person/occupation": canary})])
    )
    logs = "".join(path.read_text("utf-8", "ignore") for path in (settings.state / "log").glob("*") if path.is_file())
    out, err = capfd.readouterr()
    assert canary not in told.everything + logs + out + err
    assert canary not in (tmp_path / "out" / "result.csv").read_text("utf-8-sig")


def test_a_case_whose_time_is_nearly_over_is_sent_to_a_window(answers: dict[str, str], save: Save, check: Run):
    soon = {"facts/contract_date": "2022-12-01", "facts/disbursements[1]/date": "2022-12-01"}
    soon |= {"facts/term_to": "2023-12-05"}
    plain, near = check(save([case(answers, "A-1"), case(answers, "A-2", **soon)]))
    assert isinstance(near, Ready), near
    assert [one.key for one in near.remarks] == ["limitation_near"]
    assert plain.remarks == ()
