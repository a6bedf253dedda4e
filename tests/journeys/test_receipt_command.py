"""`kiosk-desk receipt`: the A4 sheet for the window, once the court's receipt is here."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result

from kiosk.cli import build
from kiosk.filings.notice import content_bytes
from kiosk.filings.status import FilingEvent
from kiosk.ids import FilingId
from kiosk.practice import enrol_for_practice
from kiosk.settings import Settings, read_settings
from kiosk.slips.parts import Text
from kiosk.slips.told import DOCKET_NOTICE
from kiosk.store.filings import Filings
from kiosk.store.notices import Notices, StoredNotice
from kiosk.store.receipts import Receipts, StoredReceipt
from kiosk.store.spool import Spool
from resources import folder
from ui.desk_main import TicketPress

SETTINGS = """\
kiosk_id = "110105-K01"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
[printer]
link = "none"
[keeping]
min_free_mb = 10
ballast_mb = 0
"""
NUMBER = "110105-1-00000012"
AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(SETTINGS.format(state=tmp_path / "state"), "utf-8")
    enrol_for_practice(read_settings(path))
    return path


def desk(*words: str | Path) -> Result:
    return CliRunner().invoke(build(TicketPress()), [str(word) for word in words])


def receive(settings: Settings, store_of: Callable[[Settings], Any], filing_id: FilingId) -> None:
    """The court's receipt, as the messenger writes it down once it has verified it."""
    with store_of(settings) as db:
        row = Filings(db).get(filing_id)
        assert row is not None
        kept = StoredReceipt(filing_id, 1, row.envelope_sha256, NUMBER, AT, b"signed", "https")
        Receipts(db).keep(kept, datetime.now(UTC))
        Filings(db).advance(
            filing_id, 1, FilingEvent.RECEIPT_CAME, now=datetime.now(UTC), received_at=AT, receipt_number=NUMBER
        )


def test_the_sheet_is_refused_before_the_receipt_and_written_after_it(
    tmp_path: Path, settings_file: Path, store_of: Callable[[Settings], Any]
):
    with_settings = ("--settings", settings_file)
    done = desk("file", folder("demo") / "minimal.json", "--out", tmp_path / "filed", *with_settings)
    assert done.exit_code == 0, done.output
    filing = json.loads((tmp_path / "filed" / "filing.json").read_bytes())
    ask = ("receipt", filing["ticket_number"], "--out", tmp_path / "out", *with_settings)

    early = desk(*ask)
    assert (early.exit_code, early.stdout) == (1, "")
    assert early.stderr == "法院的回执还没有到，不能打印。到了再试。\n"
    assert not (tmp_path / "out").exists()
    assert desk("--language", "en", *ask).stderr.startswith("The court's receipt is not here yet.")

    receive(read_settings(settings_file), store_of, filing["filing_id"])
    late = desk(*ask)
    assert late.exit_code == 0, late.output
    written = tmp_path / "out" / "filing_receipt.pdf"
    assert late.stdout == f"{written}\n"
    (page,) = pypdf.PdfReader(io.BytesIO(written.read_bytes())).pages
    for words in (NUMBER, "110105-K01", "已接收待审核，非立案", "2026年11月30日"):
        assert words in page.extract_text().replace(" ", "")


def test_a_ticket_number_nobody_has_is_said_to_be_so(tmp_path: Path, settings_file: Path):
    none = desk("receipt", "0105-261122-0005-XX", "--out", tmp_path / "out", "--settings", settings_file)
    assert (none.exit_code, none.stderr) == (1, "没有这个编号。请对照凭条再输一次。\n")


def test_the_docket_slip_comes_with_the_courts_notice_and_a_second_one_is_marked(
    tmp_path: Path, settings_file: Path, store_of: Callable[[Settings], Any]
):
    with_settings = ("--settings", settings_file)
    desk("file", folder("demo") / "minimal.json", "--out", tmp_path / "filed", *with_settings)
    filing = json.loads((tmp_path / "filed" / "filing.json").read_bytes())
    ask = ("docket-notice", filing["ticket_number"], *with_settings)
    early = desk(*ask)
    assert (early.exit_code, early.stdout, early.stderr) == (1, "", "法院的立案通知还没有到，不能打印。\n")

    told = {
        "filing_id": filing["filing_id"],
        "state": "docketed",
        "case_number": "（2026）京0105民初12345号",
        "cause": "民间借贷纠纷",
        "parties": [{"side": "plaintiff", "name": "张样本", "person": True}],
        "docketed_on": "2026-12-03",
    }
    notice = StoredNotice("n1", filing["filing_id"], 1, 1, "docketed", AT, content_bytes({"docket": told}))
    with store_of(read_settings(settings_file)) as db:
        Notices(db).keep(notice, "https", datetime.now(UTC))
    first, second = desk(*ask), desk(*ask)
    assert (first.exit_code, first.stdout) == (0, second.stdout)
    with store_of(read_settings(settings_file)) as db:
        job = Spool(db).find(DOCKET_NOTICE, told["case_number"])
        texts = [part.text for part in job.slip.parts if isinstance(part, Text)]
    assert told["case_number"] in texts
    assert "张样本" not in str(job.slip)
