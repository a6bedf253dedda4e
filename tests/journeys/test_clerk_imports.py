"""By touch, offscreen: a clerk signs in, chooses a sheet on the stick, confirms the count, and the store holds the cases."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.ids import PackId
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.settings import Clerks, Settings
from kiosk.shelf import Shelf, open_shelf
from kiosk.store.filings import Filings
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.importing import FILE, ImportMoment
from resources import folder
from ui.demo.person import Person

NUMBER = "1001"
CANARY = "金丝雀某某"


def flat(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in node.items():
        here = f"{path}/{name}" if path else name
        if isinstance(value, dict):
            yield from flat(value, here)
        elif isinstance(value, list):
            for at, inner in enumerate(value, 1):
                yield from flat(inner, f"{here}[{at}]")
        elif not here.endswith("signature"):
            yield here, value


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def settings(tmp_path: Path, stick: Path) -> Settings:
    made = practice_settings(tmp_path / "state")._replace(clerks=Clerks(import_folder=str(stick)))
    enrol_for_practice(made)
    return made


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return open_shelf(folder("."))


@pytest.fixture
def pin(settings: Settings, shelf: Shelf) -> str:
    desk = Desk.open(settings, SystemClock(), shelf)
    try:
        return desk.enrol_clerk(NUMBER, "王芳")
    finally:
        desk.close()


@pytest.fixture
def put(stick: Path, shelf: Shelf) -> Callable[[int], Path]:
    """A sheet of so many good cases, and one whose sum is no sum."""

    def put_there(good: int) -> Path:
        answers = dict(flat(json.loads((folder("demo") / "minimal.json").read_text("utf-8"))["answers"]))
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "cases"
        sheet.append(["case", *answers])
        for at in range(good + 1):
            told = answers | {"defendant[1]/person/domicile": f"110101 东示例胡同{at}号"}
            if at == good:
                told["facts/amount_actual"] = CANARY
            sheet.append([f"A-{at}", *told.values()])
        notices = book.create_sheet("notices")
        notices.append(["id", "version", "read"])
        for one in shelf.forms[PackId("private_lending")].notices:
            notices.append([one.id, one.version, "是"])
        path = stick / "cases.xlsx"
        book.save(path)
        return path

    return put_there


def importing(kiosk: Any) -> Any:
    return kiosk.clerk().importing


def wait_until(kiosk: Any, moment: ImportMoment) -> p.Page:
    kiosk.wait_for(lambda: importing(kiosk) is not None and importing(kiosk).moment is moment, f"the page {moment}")
    return kiosk.program.lobby.page()


def choose_the_sheet(kiosk: Any) -> p.ClerkReportPage:
    kiosk.do(e.TilePressed("import"))
    page = wait_until(kiosk, ImportMoment.SHEETS)
    assert isinstance(page, p.ClerkChoicePage)
    assert [one.label for one in page.options] == ["cases.xlsx"]
    kiosk.do(e.TilePressed("sheet 1"))
    kiosk.do(e.TilePressed("private_lending"))
    report = wait_until(kiosk, ImportMoment.REPORT)
    assert isinstance(report, p.ClerkReportPage)
    return report


def stored(settings: Settings, store_of: Callable[[Settings], Any]) -> list[str]:
    with store_of(settings) as db:
        return [row.ticket_number for row in Filings(db).newest(100)]


def test_a_clerk_files_the_good_rows_of_a_sheet_at_the_window(
    open_kiosk: Callable[..., Any],
    store_of: Callable[[Settings], Any],
    settings: Settings,
    person: Person,
    pin: str,
    put: Callable[[int], Path],
    stick: Path,
):
    put(3)
    with open_kiosk(settings, person) as kiosk:
        kiosk.sign_in(NUMBER, pin)
        report = choose_the_sheet(kiosk)
        assert report.message == "可以立案 3 件，有错 1 行。"
        assert [row.label.partition(" ")[0][-1] for row in report.rows] == ["5"]
        assert CANARY not in kiosk.texts_on_window()
        assert kiosk.program.window.clerk_frame.isVisible()
        kiosk.do(e.NextPressed())
        page = kiosk.program.lobby.page()
        assert isinstance(page, p.ClerkChoicePage)
        assert page.heading.title == "把 3 件立案？"
        assert stored(settings, store_of) == []
        kiosk.do(e.TilePressed(FILE))
        told = wait_until(kiosk, ImportMoment.DONE)
        assert isinstance(told, p.ClerkReportPage)
        assert (told.rows[0].label, told.rows[0].lines) == ("新立", ("3",))
        rows = list(
            csv.DictReader(io.StringIO((stick / "cases.result.csv").read_bytes().decode("utf-8-sig"), newline=""))
        )
        tickets = stored(settings, store_of)
        assert [row["state"] for row in rows] == ["filed"] * 3 + ["wrong"]
        assert sorted(row["ticket_number"] for row in rows[:3]) == sorted(tickets)

        kiosk.do(e.NextPressed())  # the same sheet once more: nothing is left to file
        wait_until(kiosk, ImportMoment.SHEETS)
        kiosk.do(e.TilePressed("sheet 1"))
        kiosk.do(e.TilePressed("private_lending"))
        again = wait_until(kiosk, ImportMoment.REPORT)
        assert again.frame.next_label == ""
        assert stored(settings, store_of) == tickets


def test_the_window_lives_while_rows_are_filed_and_a_touch_stops_between_two(
    open_kiosk: Callable[..., Any],
    store_of: Callable[[Settings], Any],
    settings: Settings,
    person: Person,
    pin: str,
    put: Callable[[int], Path],
):
    put(40)
    with open_kiosk(settings, person) as kiosk:
        kiosk.sign_in(NUMBER, pin)
        choose_the_sheet(kiosk)
        kiosk.do(e.NextPressed())
        kiosk.do(e.TilePressed(FILE))
        kiosk.wait_for(lambda: importing(kiosk).done >= 2, "two rows")
        stop = kiosk.program.window.nav.buttons["nav"]
        assert stop.text() == "停下"
        stop.click()
        told = wait_until(kiosk, ImportMoment.DONE)
        assert isinstance(told, p.ClerkReportPage)
        counts = {row.label: row.lines[0] for row in told.rows}
        assert 2 <= int(counts["新立"]) < 40
        assert int(counts["新立"]) + int(counts["没有办到"]) + int(counts["有错，没有立"]) == 41
        assert len(stored(settings, store_of)) == int(counts["新立"])


def test_a_terminal_without_an_import_folder_says_so(
    open_kiosk: Callable[..., Any], settings: Settings, person: Person, pin: str
):
    with open_kiosk(settings._replace(clerks=Clerks()), person) as kiosk:
        kiosk.sign_in(NUMBER, pin)
        kiosk.do(e.TilePressed("import"))
        page = wait_until(kiosk, ImportMoment.SHEETS)
        assert isinstance(page, p.ClerkChoicePage)
        assert "没有设导入文件夹" in page.message
        assert page.options == ()
