"""A clerk files a sheet from the import folder, row by row, with the real desk and store behind it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.bulk.book import LARGEST_FILE
from kiosk.bulk.clerk_import import CHECKED_AT_ONCE, ClerkImport
from kiosk.clerks.actions import SESSION_SECONDS, ClerkSession
from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.settings import Clerks, Settings
from kiosk.shelf import Shelf
from kiosk.slips.job import JobState
from kiosk.slips.summary import IMPORT_SUMMARY
from kiosk.store.audit import Audit
from kiosk.store.filings import Filings
from kiosk.store.spool import Spool
from kiosk.visit import events as e
from kiosk.visit.sheets import SheetOutcome, SheetReport

Save = Callable[..., Path]
PACK = "private_lending"
NUMBER = "1001"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def clock(now: Any) -> StillClock:
    return StillClock(now, elapsed_ms=600_000)


@pytest.fixture
def desk(settings: Settings, stick: Path, shelf: Shelf, clock: StillClock) -> Iterator[Desk]:
    it = Desk.open(settings._replace(clerks=Clerks(import_folder=str(stick))), clock, shelf)
    pin = it.enrol_clerk(NUMBER, "王芳")
    assert isinstance(it.sign_in(NUMBER, pin), ClerkSession)
    yield it
    it.db.close()


@pytest.fixture
def importing(desk: Desk) -> ClerkImport:
    return ClerkImport(desk, NUMBER)


@pytest.fixture
def put(save: Save, stick: Path, answers: dict[str, str]) -> Callable[..., Path]:
    """A sheet on the stick: a case a name, with what differs in it."""

    def put_there(changes: list[dict[str, object]], name: str = "cases.xlsx", **sheets: Any) -> Path:
        cases = [{"case": f"A-{at}", **answers, **change} for at, change in enumerate(changes, 1)]
        made = save(cases, **sheets)
        return Path(shutil.copyfile(made, stick / name))

    return put_there


def other(at: int) -> dict[str, object]:
    """A case of its own."""
    return {"defendant[1]/person/domicile": f"110101 东示例胡同{at}号"}


def checked(importing: ClerkImport, code: str = "sheet 1", pack: str = PACK) -> SheetReport | e.ImportFailed:
    importing.look()
    told = importing.check(code, pack)
    while isinstance(told, e.RowsDone):
        told = importing.go_on()
    if isinstance(told, e.ImportFailed):
        return told
    assert isinstance(told, e.SheetChecked)
    return told.report


def filed(importing: ClerkImport, summary: bool = False, rows: int = 1_000) -> SheetOutcome:
    """All of it, or stopped after so many rows."""
    told: e.Event | None = importing.file(summary, "zh")
    while isinstance(told, e.RowsDone):
        told = importing.stop() if told.done >= rows else importing.go_on()
    assert isinstance(told, e.SheetFiled), told
    return told.outcome


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def audited(desk: Desk) -> list[tuple[str, str, str, str]]:
    return [(row.event, row.actor, row.object, row.outcome) for row in Audit(desk.db, desk.clock).rows()]


def test_the_good_rows_are_filed_the_faulty_ones_are_told_by_cell_and_rule_alone(
    importing: ClerkImport, desk: Desk, put: Callable[..., Path], stick: Path
):
    sheet = put([other(1), {**other(2), "facts/amount_actual": "很多很多钱"}, other(3)])
    report = checked(importing)
    assert isinstance(report, SheetReport)
    assert (report.good, report.before, report.wrong, report.to_file) == (2, 0, 1, 2)
    (fault,) = report.faults
    assert fault.where["zh"].startswith("cases!")
    assert "3 " in fault.where["zh"]
    assert fault.words["zh"] != fault.words["en"]
    assert "很多" not in repr(report) + str(fault.words)
    assert Filings(desk.db).newest(10) == ()

    outcome = filed(importing)
    assert (outcome.filed, outcome.wrong, outcome.left, outcome.beside) == (2, 1, 0, True)
    rows = table(stick / outcome.table)
    assert [row["state"] for row in rows] == ["filed", "wrong", "filed"]
    tickets = {row.ticket_number for row in Filings(desk.db).newest(10)}
    assert {row["ticket_number"] for row in rows if row["ticket_number"]} == tickets
    digest = sha256_hex(sheet.read_bytes())
    events = audited(desk)
    assert ("import begun", NUMBER, digest, "ok") in events
    assert events[-1] == ("import ended", NUMBER, digest, "done")
    assert [actor for event, actor, _, _ in events if event == "filing stored"] == [NUMBER] * 2


def test_nobodys_name_is_in_the_audit_log(importing: ClerkImport, desk: Desk, put: Callable[..., Path]):
    put([other(1) | {"defendant[1]/person/name": "钱示例"}], name="钱示例.xlsx")
    checked(importing)
    filed(importing)
    assert "钱示例" not in "".join(str(row) for row in desk.db.execute("SELECT * FROM audit").fetchall())


def test_no_slip_is_printed_by_itself_and_one_can_be_asked_for(
    importing: ClerkImport, desk: Desk, put: Callable[..., Path], stick: Path
):
    put([other(1), other(2)])
    checked(importing)
    outcome = filed(importing)
    spool = Spool(desk.db)
    tickets = [row.ticket_number for row in Filings(desk.db).newest(10)]
    assert spool.in_state(JobState.QUEUED) == ()
    assert outcome.summary == ""
    desk.reprint(tickets[0], NUMBER)
    assert [job.business_key for job in spool.in_state(JobState.QUEUED)] == [tickets[0]]


def test_one_summary_slip_stands_for_all_and_names_nobody(
    importing: ClerkImport, desk: Desk, put: Callable[..., Path], answers: dict[str, str]
):
    put([other(1), other(2), other(3)])
    checked(importing)
    outcome = filed(importing, summary=True)
    (job,) = Spool(desk.db).in_state(JobState.QUEUED)
    assert job.business_key == outcome.summary
    assert Spool(desk.db).find(IMPORT_SUMMARY, outcome.summary) is not None
    said = str(job.slip)
    tickets = sorted(row.ticket_number for row in Filings(desk.db).newest(10))
    for words in ("批量立案汇总单", "3 件", tickets[0], tickets[-1]):
        assert words in said
    assert answers["defendant[1]/person/name"] not in said


def test_the_same_sheet_again_files_nothing_and_says_so(
    importing: ClerkImport, desk: Desk, put: Callable[..., Path], stick: Path
):
    put([other(1), other(2)])
    checked(importing)
    first = filed(importing)
    (stick / first.table).unlink()
    report = checked(importing)
    assert isinstance(report, SheetReport)
    assert (report.good, report.before, report.to_file) == (2, 2, 0)
    again = filed(importing)
    assert (again.filed, again.before) == (0, 2)
    assert len(Filings(desk.db).newest(10)) == 2


def test_stopped_half_way_the_rest_is_named_and_the_next_run_goes_on(
    importing: ClerkImport, desk: Desk, put: Callable[..., Path], stick: Path
):
    put([other(at) for at in range(1, 5)])
    checked(importing)
    outcome = filed(importing, rows=2)
    assert outcome == SheetOutcome(2, 0, 0, 2, "cases.result.csv", True, "", "", True)
    assert [row["state"] for row in table(stick / outcome.table)] == ["filed", "filed", "not reached", "not reached"]
    assert audited(desk)[-1][3] == "stopped"
    checked(importing)
    outcome = filed(importing)
    assert (outcome.filed, outcome.before) == (2, 2)
    assert len(Filings(desk.db).newest(10)) == 4


def test_a_stick_pulled_after_the_check_changes_only_where_the_table_goes(
    importing: ClerkImport, desk: Desk, put: Callable[..., Path], stick: Path, settings: Settings
):
    sheet = put([other(1), other(2), other(3)], name="李示例.xlsx")
    body = sheet.read_bytes()
    checked(importing)
    told = importing.file(False, "zh")
    told = importing.go_on()
    shutil.rmtree(stick)
    while isinstance(told, e.RowsDone):
        told = importing.go_on()
    assert isinstance(told, e.SheetFiled)
    outcome = told.outcome
    assert (outcome.filed, outcome.left, outcome.beside, outcome.trouble) == (3, 0, False, "")
    kept = settings.state / outcome.table
    assert [row["state"] for row in table(kept)] == ["filed"] * 3
    assert "A-1" not in kept.read_text("utf-8-sig")  # a case's own name may be somebody's
    assert "李示例" not in kept.name
    assert kept.stat().st_mode & 0o077 == 0
    assert importing.look() == e.SheetsListed((), "import.no_folder")

    stick.mkdir()  # back again: what was changed meanwhile is no second suit
    (stick / "李示例.xlsx").write_bytes(body)
    (again,) = [checked(importing)]
    assert isinstance(again, SheetReport)
    assert again.before == 3
    put([other(9), other(2), other(3)], name="李示例.xlsx")
    changed = checked(importing)
    assert isinstance(changed, SheetReport)
    assert (changed.wrong, changed.before) == (1, 2)


def test_a_stick_pulled_before_the_check_is_told(importing: ClerkImport, put: Callable[..., Path], stick: Path):
    put([other(1)])
    importing.look()
    shutil.rmtree(stick)
    assert importing.check("sheet 1", PACK) == e.ImportFailed("bulk.not_readable", {"file": "cases.xlsx"})
    assert importing.file(False, "zh") == e.ImportFailed("import.sheet_gone")
    assert importing.go_on() == e.ImportFailed("import.sheet_gone")
    assert importing.stop() is None


def test_tables_kept_here_go_after_thirty_days(importing: ClerkImport, settings: Settings, clock: StillClock):
    folder = settings.state / "imports"
    folder.mkdir()
    for name, days in (("old.csv", 31), ("new.csv", 29)):
        (folder / name).write_bytes(b"")
        at = (clock.now() - timedelta(days=days)).timestamp()
        os.utime(folder / name, (at, at))
    importing.look()
    assert [path.name for path in folder.iterdir()] == ["new.csv"]


def test_without_a_folder_or_a_sheet_the_page_is_told_why(desk: Desk, importing: ClerkImport, stick: Path):
    assert importing.look() == e.SheetsListed((), "import.no_sheets")
    stick.rmdir()
    assert importing.look() == e.SheetsListed((), "import.no_folder")
    desk.settings = desk.settings._replace(clerks=Clerks())
    assert importing.look() == e.SheetsListed((), "import.not_set")


def test_only_plain_sheets_in_the_folder_or_one_below_are_offered(
    importing: ClerkImport, put: Callable[..., Path], stick: Path, tmp_path: Path
):
    put([other(1)], name="good.xlsx")
    below = stick / "STICK"
    below.mkdir()
    (below / "below\u202e.csv").write_text("case\n", "utf-8")
    (below / "deeper").mkdir()
    (below / "deeper" / "no.csv").write_text("case\n", "utf-8")
    outside = tmp_path / "secret.csv"
    outside.write_text("case\n", "utf-8")
    (stick / "link.csv").symlink_to(outside)
    (stick / "far").symlink_to(tmp_path)
    os.mkfifo(stick / "pipe.csv")
    for name in ("run.exe", "macros.xlsm", ".hidden.csv", "~$good.xlsx", "good.result.csv"):
        (stick / name).write_bytes(b"x")
    listed = importing.look()
    assert isinstance(listed, e.SheetsListed)
    assert sorted(one.name for one in listed.sheets) == ["STICK/below .csv", "good.xlsx"]
    assert "good" not in repr(listed)


def test_a_sheet_that_became_a_link_or_a_pipe_is_not_read(
    importing: ClerkImport, put: Callable[..., Path], stick: Path, tmp_path: Path
):
    outside = tmp_path / "secret.xlsx"
    outside.write_bytes(put([other(1)]).read_bytes())
    for become in (lambda path: path.symlink_to(outside), os.mkfifo):
        (stick / "cases.xlsx").unlink(missing_ok=True)
        put([other(1)])
        importing.look()
        (stick / "cases.xlsx").unlink()
        become(stick / "cases.xlsx")
        told = importing.check("sheet 1", PACK)
        assert isinstance(told, e.ImportFailed)
        assert told.key == "bulk.not_readable"


def bomb(layers: int) -> bytes:
    """A workbook whose only sheet unpacks to very much."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * layers + b"</a>")
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "key"),
    [
        ("huge.csv", b"case\n" + b"a" * LARGEST_FILE, "bulk.too_large"),
        ("bomb.xlsx", bomb(80 * 1024 * 1024), "bulk.not_a_workbook"),
        ("program.xlsx", b"MZ\x90\x00" * 100, "bulk.not_a_workbook"),
        ("nothing.csv", b"", "bulk.no_cases"),
    ],
)
def test_what_is_no_sheet_is_refused(importing: ClerkImport, stick: Path, desk: Desk, name: str, body: bytes, key: str):
    (stick / name).write_bytes(body)
    told = checked(importing)
    assert isinstance(told, e.ImportFailed)
    assert told.key == key
    assert desk.shelf.wording.say(told.key, "zh", **told.places)


def test_a_sheet_without_headers_has_nobodys_words_in_the_report(importing: ClerkImport, stick: Path):
    (stick / "bare.csv").write_text("金丝雀某某,北京\n1,2\n", "utf-8")
    report = checked(importing)
    assert isinstance(report, SheetReport)
    assert report.of_the_file
    assert report.to_file == 0
    assert report.faults
    assert "金丝雀" not in str([(one.where, one.words) for one in report.faults])
    assert importing.file(False, "zh") == e.ImportFailed("import.sheet_gone")


def test_a_result_table_somebody_else_wrote_stops_the_import(
    importing: ClerkImport, put: Callable[..., Path], stick: Path
):
    put([other(1)])
    (stick / "cases.result.csv").write_bytes(b"a,b\r\n1,2\r\n")
    told = checked(importing)
    assert isinstance(told, e.ImportFailed)
    assert told.key == "bulk.result_not_ours"
    assert (stick / "cases.result.csv").read_bytes() == b"a,b\r\n1,2\r\n"


def test_nobody_imports_who_is_not_signed_in(importing: ClerkImport, desk: Desk, put: Callable[..., Path]):
    put([other(1)])
    checked(importing)
    desk.sign_out()
    for ask in (
        importing.look,
        importing.go_on,
        lambda: importing.check("sheet 1", PACK),
        lambda: ClerkImport(desk, "").look(),
    ):
        with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
            ask()
    assert audited(desk)[-1] == ("action refused", "person", "import cases", "refused")
    assert Filings(desk.db).newest(10) == ()


def test_one_clerk_does_not_import_in_anothers_name(desk: Desk):
    with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
        ClerkImport(desk, "1002").look()


def test_while_a_visit_is_open_nothing_is_imported(importing: ClerkImport, desk: Desk):
    desk.start_draft()
    with pytest.raises(KioskTrouble, match=r"import\.visit_open"):
        importing.look()
    desk.drop_draft()
    assert importing.look() == e.SheetsListed((), "import.no_sheets")


def test_when_the_sign_in_ends_between_two_rows_what_is_filed_is_told(
    importing: ClerkImport, desk: Desk, clock: StillClock, put: Callable[..., Path], stick: Path
):
    put([other(1), other(2)])
    checked(importing)
    importing.file(False, "zh")
    importing.go_on()
    clock.pass_seconds(SESSION_SECONDS)
    told = importing.go_on()
    assert isinstance(told, e.SheetFiled)
    assert (told.outcome.filed, told.outcome.left, told.outcome.trouble) == (1, 1, "clerk.not_signed_in")
    assert audited(desk)[-1][:2] == ("import ended", NUMBER)
    assert [row["state"] for row in table(stick / told.outcome.table)] == ["filed", "not reached"]


def test_rows_are_checked_a_few_at_a_time(importing: ClerkImport, put: Callable[..., Path]):
    put([other(at) for at in range(1, CHECKED_AT_ONCE + 3)])
    importing.look()
    assert importing.check("sheet 1", PACK) == e.RowsDone(0, CHECKED_AT_ONCE + 2)
    assert importing.go_on() == e.RowsDone(CHECKED_AT_ONCE, CHECKED_AT_ONCE + 2)
    assert isinstance(importing.go_on(), e.SheetChecked)


def test_a_csv_brings_what_is_the_same_for_all_in_a_file_beside_it(
    importing: ClerkImport, stick: Path, answers: dict[str, str], demo: dict[str, Any]
):
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["case", *answers])
    writer.writerow(["A-1", *answers.values()])
    (stick / "cases.csv").write_bytes(text.getvalue().encode("gb18030"))
    report = checked(importing)
    assert isinstance(report, SheetReport)
    assert (report.good, report.wrong) == (0, 1)  # no notice is taken as read
    (stick / "cases.common.json").write_text(json.dumps({"notices": demo["notices"]}), "utf-8")
    report = checked(importing)
    assert isinstance(report, SheetReport)
    assert (report.good, report.wrong) == (1, 0)
    (stick / "cases.common.json").write_text("[", "utf-8")
    assert checked(importing) == e.ImportFailed("bulk.bad_common", {"file": "cases.common.json"})
