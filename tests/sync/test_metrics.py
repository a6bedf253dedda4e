"""The court's numbers: right to the unit, in the form a collector reads, and for the machine itself only."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from kiosk.filings.status import Life
from sync.intake.app import intake
from sync.intake.metrics import metrics

LINE = re.compile(r'kiosk_intake_[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.e+]+')


def test_the_numbers_are_those_of_the_ledger(kiosk, court, review, ledger, clock):
    filings = [kiosk.file() for _ in range(3)]
    kiosk.round(court)
    review.decide(filings[0], Life.UNDER_REVIEW, {}, "C07")
    clock.pass_seconds(90)
    found = dict(line.rsplit(" ", 1) for line in metrics(ledger, clock.now()).splitlines() if line[0] != "#")
    assert found['kiosk_intake_filings{state="received"}'] == "2"
    assert found['kiosk_intake_filings{state="under_review"}'] == "1"
    assert found["kiosk_intake_mail_unread"] == "1"
    assert found['kiosk_intake_kiosk_silent_seconds{court="110105",kiosk="110105-K01"}'] == "90"
    assert int(found["kiosk_intake_chunk_bytes"]) > 3 * 1024


def test_every_line_is_one_a_collector_can_read_and_none_names_a_filing(kiosk, court, ledger, clock):
    filing = kiosk.file()
    kiosk.round(court)
    text = metrics(ledger, clock.now())
    assert all(line.startswith("# ") or LINE.fullmatch(line) for line in text.splitlines())
    assert filing not in text


def test_nobody_else_is_told(court, tmp_path: Path):
    inside = TestClient(intake(court.bench), client=("127.0.0.1", 4711))
    assert inside.get("/metrics").status_code == 200
    assert inside.get("/metrics", headers={"x-forwarded-for": "10.0.0.9"}).status_code == 404
    assert TestClient(intake(court.bench), client=("10.0.0.9", 4711)).get("/metrics").status_code == 404
