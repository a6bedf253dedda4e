"""A kiosk with its own store and clock, and a court in this process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from kiosk.clock import StillClock, court_day
from kiosk.filings.status import FilingStatus
from kiosk.ids import DraftId, FilingId, KioskId, PackId, TicketNumber, uuid7
from kiosk.sealing.keys import read_court_keys, read_device_key, read_notice_key
from kiosk.sealing.seal import Attachment, Identity, SealedFiling, seal
from kiosk.settings import Court, Settings
from kiosk.store.connect import Database, atomic, open_store
from kiosk.store.filings import Filings, NewFiling
from kiosk.store.keys import store_key
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import SealedFiles
from kiosk.store.settling import alone, settle
from sync.courier import Courier
from sync.intake.keys import read_signing_key
from sync.intake.mailbox import Mailboxes
from sync.intake.review import Review
from sync.intake.tables import Tables
from sync.joining import join
from sync.memory_court import MemoryCourt
from sync.messenger import Messenger, Outcome, Patience
from sync.wire import Head
from tests.sync.postgres_server import Missing, Server, postgres_server

KIOSK_ID = "110105-K01"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@dataclass
class PretendKiosk:
    """A kiosk that files without a window."""

    settings: Settings
    clock: StillClock
    db: Database = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    @property
    def state(self) -> Path:
        return self.settings.state

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.db)

    @property
    def files(self) -> SealedFiles:
        return SealedFiles(self.state / "sealed")

    def open(self) -> None:
        self.db = open_store(self.state, store_key(self.state))

    def seal(self, pages: int = 1) -> SealedFiling:
        now = self.clock.now().replace(microsecond=0)
        filing_id = FilingId(uuid7(int(now.timestamp() * 1000)))
        identity = Identity(
            filing_id=filing_id,
            rev=1,
            kind="new",
            kiosk_id=KioskId(self.settings.kiosk_id),
            court_code=self.settings.court.code,
            place=self.outbox.next_place(),
            ticket_time=now,
            boot_id=self.clock.boot_id(),
            monotonic_ms=self.clock.monotonic_ms(),
            pack_id=PackId("private_lending"),
            pack_version="2026.1",
        )
        header = json.dumps({"ticket": f"ticket of {filing_id}", "name": "张三"}).encode()
        paper = Attachment("complaint.pdf", "application/pdf", filing_id.encode() * 2000 * pages)
        return seal(identity, header, [paper], read_court_keys(self.state).recipients(now))

    def file(self, pages: int = 1) -> FilingId:
        """One filing, sealed, committed and settled as the desk does it."""
        sealed = self.file_unsettled(pages)
        settle(self.state, self.db)
        return sealed.envelope.filing_id

    def file_unsettled(self, pages: int = 1) -> SealedFiling:
        """The person has the ticket, and then the desk dies."""
        settle(self.state, self.db)
        with alone(self.state):
            sealed = self.seal(pages)
            staged = self.files.stage(sealed.envelope.filing_id, sealed.envelope.rev, sealed.locked)
            self.commit(sealed)
            staged.let_go()
        return sealed

    def commit(self, sealed: SealedFiling) -> None:
        envelope = sealed.envelope
        day = court_day(envelope.ticket_time)
        with atomic(self.db):
            filings = Filings(self.db)
            serial = filings.next_serial(day)
            filings.add(
                NewFiling(
                    filing_id=envelope.filing_id,
                    draft_id=DraftId(envelope.filing_id),
                    ticket_number=TicketNumber(f"0105-{serial:04d}"),
                    ticket_day=day,
                    ticket_serial=serial,
                    ticket_time=envelope.ticket_time,
                    boot_id=envelope.boot_id,
                    monotonic_ms=envelope.monotonic_ms,
                    pack_id=envelope.pack_id,
                    pack_version=envelope.pack_version,
                    language="zh",
                    pages=1,
                    content_sha256="",
                ),
                sealed.envelope_sha256,
            )
            self.outbox.add(sealed)

    def courier(self, client: httpx2.Client) -> Courier:
        keys = read_court_keys(self.state)
        head = Head(
            kiosk_id=keys.kiosk_id,
            court_code=keys.court_code,
            bundle_id="",
            epoch=1,
            clock="2026-11-23T04:00:00Z",
            boot_id=self.clock.boot_id(),
            monotonic_ms=0,
        )
        return Courier(client, read_device_key(self.state), keys, head, notices=read_notice_key(self.state))

    def messenger(self, client: httpx2.Client) -> Messenger:
        patience = Patience(2.0, 900.0, dice=lambda: 1.0)
        courier = self.courier(client)
        return Messenger(self.db, self.state, read_court_keys(self.state), courier, self.clock, patience)

    def round(self, court: MemoryCourt) -> Outcome:
        """What `kiosk-sync once` does."""
        with court.client() as client:
            messenger = self.messenger(client)
            messenger.wake()
            return messenger.round()

    def enrol(self, court: MemoryCourt) -> None:
        with court.client() as client:
            join(self.db, self.settings, client, court.issue_code(self.settings.kiosk_id), self.clock)

    def status(self, filing_id: FilingId) -> FilingStatus:
        row = Filings(self.db).get(filing_id)
        assert row is not None
        return row.status

    def statuses(self) -> dict[FilingStatus, int]:
        return {status: count for status, count in Filings(self.db).counts().items() if count}


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOON)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    try:
        with postgres_server() as server:
            yield server
    except Missing as why:
        pytest.skip(str(why))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'court' / 'ledger.sqlite'}"
    server: Server = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture
def court(tmp_path: Path, clock: StillClock, database: str) -> Iterator[MemoryCourt]:
    (tmp_path / "court").mkdir()
    court = MemoryCourt(tmp_path / "court", clock, database)
    yield court
    court.close()


@pytest.fixture
def make_kiosk(tmp_path: Path, clock: StillClock):
    """Kiosks on demand; each has its own disk."""
    made: list[PretendKiosk] = []

    def make(name: str = "kiosk", kiosk_id: str = KIOSK_ID) -> PretendKiosk:
        settings = Settings(
            kiosk_id=kiosk_id,
            state_folder=str(tmp_path / name),
            court=Court(name="北京市朝阳区人民法院", code="110105"),
        )
        made.append(PretendKiosk(settings, clock))
        return made[-1]

    yield make
    for kiosk in made:
        kiosk.db.close()


@pytest.fixture
def kiosk(make_kiosk, court: MemoryCourt) -> PretendKiosk:
    kiosk = make_kiosk()
    kiosk.enrol(court)
    return kiosk


@pytest.fixture
def review(court: MemoryCourt, ledger: Tables) -> Review:
    """The people of the court who decide."""
    return Review(ledger, Mailboxes(ledger, read_signing_key(court.keys), court.clock))


@pytest.fixture
def ledger(court: MemoryCourt):
    """Questions to the court's ledger."""
    tables = Tables.open(court.bench.served.database)
    yield tables
    tables.close()
