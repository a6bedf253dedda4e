"""A kiosk that its court has enrolled, a desk on it, and papers to hand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.filings.filing import CompletedForm, NoticeRead, Submission
from kiosk.filings.ink import Ink, InkPoint
from kiosk.ids import PackId
from kiosk.law.tables import read_tables
from kiosk.sealing.keys import CourtKey, CourtKeys, KeyUse, court_keys_bytes, court_keys_path
from kiosk.sealing.suite import SUITES
from kiosk.settings import Court, Keeping, Settings
from kiosk.shelf import Shelf
from kiosk.wording import load_wording
from resources import folder

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class TestCourt:
    """The other side: it alone can open what was sealed."""

    __test__ = False
    key: CourtKey
    private: bytes


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW, elapsed_ms=600_000)


@pytest.fixture
def court() -> TestCourt:
    suite = SUITES["hpke-x25519-aes256gcm-1"]
    private, public = suite.make_pair()
    key = CourtKey(KeyUse.SEAL, suite.name, public, NOW - timedelta(days=1), NOW + timedelta(days=365))
    return TestCourt(key, private)


@pytest.fixture
def settings(tmp_path: Path, court: TestCourt) -> Settings:
    state = tmp_path / "state"
    court_keys_path(state).parent.mkdir(parents=True)
    court_keys_path(state).write_bytes(court_keys_bytes(CourtKeys("110105", "110105-K01", (court.key,))))
    return Settings(
        kiosk_id="110105-K01",
        state_folder=str(state),
        court=Court(name="北京市朝阳区人民法院", code="110105"),
        keeping=Keeping(min_free_mb=10, ballast_mb=0),
    )


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The law's tables and the wording; no pack, so that the desk is tested without the forms room."""
    return Shelf({}, read_tables(folder("tables")), load_wording(folder("wording")))


@pytest.fixture
def open_desk(settings: Settings, clock: StillClock, shelf: Shelf) -> Iterator[Callable[[], Desk]]:
    desks: list[Desk] = []

    def open_one() -> Desk:
        desks.append(Desk.open(settings, clock, shelf))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.db.close()


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    return open_desk()


def submission(name: str = "卡纳里甲") -> Submission:
    person = {"name": name, "id_number": "11010519491231002X", "phone": "13800138000"}
    answers = {
        "plaintiff": [{"kind": "person", "person": person}],
        "defendant": [{"kind": "person", "person": {"name": "欧阳娜娜"}}],
        "facts": {"limitation_standing": "near", "limitation_last_day": "2026-12-10"},
    }
    ink = Ink(900, 400, ((InkPoint(1, 2, 0), InkPoint(3, 4, 16)),))
    return Submission(
        CompletedForm(PackId("private_lending"), "2026.1", "zh", answers),
        {"/data/plaintiff[1]/signing/signature": ink},
        (NoticeRead("privacy", "1", "zh", NOW),),
        ("complaint", "id_copy"),
    )


@pytest.fixture
def papers() -> Callable[..., Papers]:
    def make(name: str = "卡纳里甲") -> Papers:
        pdf = f"%PDF-1.7 {name} /Type /Page\n/Type /Page\n/Type /Pages".encode()
        return Papers(submission(name), pdf, "民间借贷纠纷", "2026-12-10")

    return make
