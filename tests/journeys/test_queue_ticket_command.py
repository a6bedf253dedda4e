"""`kiosk-desk queue-ticket`: a number of the lobby's queue, on the kiosk's paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import build
from kiosk.practice import enrol_for_practice
from kiosk.settings import read_settings
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


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(SETTINGS.format(state=tmp_path / "state"), "utf-8")
    enrol_for_practice(read_settings(path))
    return path


def ask(number: str, settings_file: Path) -> Result:
    words = ["queue-ticket", number, "--business", "立案", "--waiting", "12", "--minutes", "35"]
    return CliRunner().invoke(build(TicketPress()), [*words, "--settings", str(settings_file)])


def test_the_ticket_of_the_courts_queue_waits_for_paper_once(settings_file: Path, store_of):
    assert [ask("G023", settings_file).exit_code, ask("G023", settings_file).exit_code] == [0, 0]
    with store_of(read_settings(settings_file)) as db:
        jobs = list(db.execute("SELECT kind, doc_json FROM print_job"))
    assert [kind for kind, _ in jobs] == ["queue_ticket"]
    said = json.dumps(json.loads(jobs[0][1]), ensure_ascii=False)
    wanted = ("北京市朝阳区人民法院", "诉讼服务中心", "G023", "立案", "1号窗口", "12368", "绿色通道")
    assert [word for word in wanted if word not in said] == []


@pytest.mark.parametrize("number", ["023", "a023", "G0234", "G 23"])
def test_what_is_no_number_of_a_queue_is_refused(settings_file: Path, number: str):
    assert ask(number, settings_file).exit_code == 2
