"""The commands as clerks, scripts and services run them: what they write, what they say when the world says no."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.filings.status import FilingStatus
from kiosk.practice import enrol_for_practice
from kiosk.sealing.keys import device_key_path
from kiosk.sealing.signing import SigningKey
from kiosk.settings import Settings, read_settings
from kiosk.store.filings import Filings
from resources import folder

SETTINGS = """\
kiosk_id = "110105-K01"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
[printer]
link = "{printer}"
[sync]
court_url = "{court}"
[keeping]
min_free_mb = 10
ballast_mb = 0
"""
NOBODY = "127.0.0.1:9"  # the discard port: nothing listens there


def run(module: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        env={name: value for name, value in os.environ.items() if name != "KIOSK_SETTINGS"},
    )


def is_plain(said: str) -> bool:
    """A sentence for people: no traceback, no class names, no wording key."""
    return bool(said.strip()) and not any(word in said for word in ("Traceback", "Error:", "KioskTrouble", 'File "'))


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(SETTINGS.format(state=tmp_path / "state", printer="none", court=f"http://{NOBODY}"), "utf-8")
    enrol_for_practice(read_settings(path))
    return path


@pytest.fixture
def settings(settings_file: Path) -> Settings:
    return read_settings(settings_file)


def stored(settings: Settings, store_of: Callable[[Settings], Any]) -> tuple[int, int, int]:
    """Filings, print jobs, sealed files."""
    sealed = len(list((settings.state / "sealed").glob("*"))) if (settings.state / "sealed").exists() else 0
    if not (settings.state / "store" / "kiosk.db").exists():
        return 0, 0, sealed
    with store_of(settings) as db:
        jobs = db.execute("SELECT count(*) FROM print_job").fetchone()[0]
        return len(Filings(db).newest(1000)), jobs, sealed


def changed(tmp_path: Path, change: Callable[[dict[str, Any]], None], name: str = "minimal.json") -> Path:
    """The demonstration's answers with something else in them."""
    visit = json.loads((folder("demo") / name).read_text("utf-8"))
    change(visit)
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(visit, ensure_ascii=False), "utf-8")
    return path


def test_the_demonstrations_answers_become_a_ticket_and_every_paper_they_call_for(
    tmp_path: Path, settings_file: Path, settings: Settings, store_of: Callable[[Settings], Any]
):
    out = tmp_path / "out"
    outcome = run("ui.desk_main", "file", folder("demo") / "answers.json", "--out", out, "--settings", settings_file)
    assert outcome.returncode == 0, outcome.stderr
    papers = {"complaint.pdf", "service_address.pdf", "evidence_list.pdf"}
    assert {path.name for path in out.iterdir()} == {*papers, "ticket.bin", "ticket.png", "filing.json"}
    filing = json.loads((out / "filing.json").read_text("utf-8"))
    assert filing["ticket_number"] in outcome.stdout
    assert filing["status"] == "stored"
    text = subprocess.run(
        ["pdftotext", str(out / "complaint.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "民事起诉状" in text
    assert filing["answers"]["plaintiff"][0]["person"]["name"] in text
    ticket = (out / "ticket.bin").read_bytes()
    assert ticket.startswith(b"\x1b@")
    assert "凭条编号".encode("gb18030") in ticket
    with Image.open(out / "ticket.png") as picture:
        assert picture.height > picture.width
    assert stored(settings, store_of) == (1, 1, 1)
    found = run("ui.desk_main", "find", filing["ticket_number"], "--settings", settings_file)
    assert "已存本机，尚未上传" in found.stdout, found.stderr


def test_an_array_is_filed_into_numbered_folders(
    tmp_path: Path, settings_file: Path, settings: Settings, store_of: Callable[[Settings], Any]
):
    out = tmp_path / "out"
    outcome = run(
        "ui.desk_main", "file", folder("demo") / "answers_many.json", "--out", out, "--settings", settings_file
    )
    assert outcome.returncode == 0, outcome.stderr
    folders = sorted(path.name for path in out.iterdir())
    assert folders == ["001", "002", "003"]
    numbers = {json.loads((out / name / "filing.json").read_text("utf-8"))["ticket_number"] for name in folders}
    assert len(numbers) == 3
    assert stored(settings, store_of) == (3, 3, 3)


def wrong_amount(visit: dict[str, Any]) -> None:
    visit["answers"]["facts"]["amount_actual"] = "两万左右"


def unknown_question(visit: dict[str, Any]) -> None:
    visit["answers"]["facts"]["colour"] = "blue"


def unknown_pack(visit: dict[str, Any]) -> None:
    visit["form"] = "no_such_pack"


def unread_notice(visit: dict[str, Any]) -> None:
    visit["notices"].remove("privacy")


def unsigned(visit: dict[str, Any]) -> None:
    visit["signatures"] = {}


@pytest.mark.parametrize(
    ("change", "language", "told"),
    [
        (wrong_amount, "zh", ("amount_actual", "两万左右", "金额")),
        (wrong_amount, "en", ("amount_actual", "两万左右")),
        (unknown_question, "zh", ("colour",)),
        (unknown_pack, "zh", ("no_such_pack", "private_lending")),
        (unknown_pack, "en", ("no_such_pack", "private_lending")),
        (unread_notice, "zh", ("privacy",)),
        (unsigned, "zh", ("signature",)),
    ],
)
def test_wrong_input_is_named_and_nothing_is_stored(
    tmp_path: Path,
    settings_file: Path,
    settings: Settings,
    store_of: Callable[[Settings], Any],
    change: Callable[[dict[str, Any]], None],
    language: str,
    told: tuple[str, ...],
):
    answers = changed(tmp_path, change)
    out = tmp_path / "out"
    outcome = run("ui.desk_main", "--language", language, "file", answers, "--out", out, "--settings", settings_file)
    assert outcome.returncode == 2, outcome.stderr
    assert is_plain(outcome.stderr), outcome.stderr
    for words in told:
        assert words in outcome.stderr
    assert stored(settings, store_of) == (0, 0, 0)
    assert list(out.rglob("*.pdf")) == []


def test_one_wrong_filing_of_many_stores_none(
    tmp_path: Path, settings_file: Path, settings: Settings, store_of: Callable[[Settings], Any]
):
    visits = json.loads((folder("demo") / "answers_many.json").read_text("utf-8"))
    wrong_amount(visits[2])
    answers = tmp_path / "many.json"
    answers.write_text(json.dumps(visits, ensure_ascii=False), "utf-8")
    outcome = run("ui.desk_main", "file", answers, "--out", tmp_path / "out", "--settings", settings_file)
    assert outcome.returncode == 2
    assert "[3]" in outcome.stderr
    assert stored(settings, store_of) == (0, 0, 0)


@pytest.mark.parametrize(("language", "words"), [("zh", "设置"), ("en", "setting")])
def test_broken_settings_are_a_sentence_that_names_the_file(
    tmp_path: Path, settings_file: Path, language: str, words: str
):
    settings_file.write_text(settings_file.read_text("utf-8") + "\n[screen]\nbrightness = 3\n", "utf-8")
    answers, out = folder("demo") / "minimal.json", tmp_path / "out"
    outcome = run("ui.desk_main", "--language", language, "file", answers, "--out", out, "--settings", settings_file)
    assert outcome.returncode == 1
    assert is_plain(outcome.stderr), outcome.stderr
    assert "kiosk.toml" in outcome.stderr
    assert "brightness" in outcome.stderr
    assert words in outcome.stderr.lower()


def test_a_window_with_broken_settings_says_so_in_both_languages_and_ends(settings_file: Path):
    settings_file.write_text("kiosk_id = 7", "utf-8")
    outcome = run("ui.main", "--settings", settings_file)
    assert outcome.returncode == 1
    assert is_plain(outcome.stderr), outcome.stderr
    chinese, english = outcome.stderr.strip().splitlines()
    assert not chinese.isascii()
    assert english.isascii()
    assert "kiosk.toml" in chinese
    assert "kiosk.toml" in english


def test_a_check_with_a_printer_that_is_not_there_says_so(settings_file: Path):
    text = settings_file.read_text("utf-8").replace('link = "none"', f'link = "tcp://{NOBODY}"')
    settings_file.write_text(text, "utf-8")
    outcome = run("ui.main", "--check", "--settings", settings_file)
    assert is_plain(outcome.stdout + outcome.stderr), outcome.stderr
    assert outcome.returncode == 1, outcome.stdout
    assert "printer" in outcome.stdout
    assert "打印机" in outcome.stdout


def file_once(settings_file: Path, out: Path) -> dict[str, Any]:
    outcome = run("ui.desk_main", "file", folder("demo") / "minimal.json", "--out", out, "--settings", settings_file)
    assert outcome.returncode == 0, outcome.stderr
    return dict(json.loads((out / "filing.json").read_text("utf-8")))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wrong_key_file_is_a_sentence_and_the_store_stays_as_it_is(
    tmp_path: Path, settings_file: Path, settings: Settings, store_of: Callable[[Settings], Any], language: str
):
    file_once(settings_file, tmp_path / "first")
    key = settings.state / "keys" / "store.key"
    right, database = key.read_bytes(), (settings.state / "store" / "kiosk.db").read_bytes()
    key.write_bytes(bytes(len(right)))
    outcome = run(
        "ui.desk_main",
        "--language",
        language,
        "file",
        folder("demo") / "minimal.json",
        "--out",
        tmp_path / "second",
        "--settings",
        settings_file,
    )
    assert outcome.returncode == 1
    assert is_plain(outcome.stderr), outcome.stderr
    assert outcome.stderr.isascii() is (language == "en")
    assert (settings.state / "store" / "kiosk.db").read_bytes() == database
    key.write_bytes(right)
    assert stored(settings, store_of) == (1, 1, 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_court_that_cannot_be_reached_is_a_sentence_and_the_filing_waits(
    tmp_path: Path, settings_file: Path, settings: Settings, store_of: Callable[[Settings], Any], language: str
):
    filing = file_once(settings_file, tmp_path / "out")
    device_key_path(settings.state).write_bytes(SigningKey.make().seed)
    outcome = run("sync.main", "--language", language, "once", "--settings", settings_file)
    assert outcome.returncode == 1, outcome.stderr
    assert is_plain(outcome.stderr), outcome.stderr
    assert outcome.stderr.isascii() is (language == "en")
    with store_of(settings) as db:
        (row,) = Filings(db).newest(10)
    assert row.filing_id == filing["filing_id"]
    assert row.status is not FilingStatus.RECEIVED
    assert stored(settings, store_of) == (1, 1, 1)
