"""A running demonstration court, and kiosks in this process that a finger walks through."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from kiosk.clock import SystemClock
from kiosk.filings.canonical import parse
from kiosk.filings.content import load_readable
from kiosk.filings.status import FilingStatus
from kiosk.ids import TicketNumber
from kiosk.law.tables import Tables, read_tables
from kiosk.sealing.keys import read_court_keys
from kiosk.settings import Settings
from kiosk.store.connect import Database, open_store
from kiosk.store.filings import Filings
from kiosk.store.keys import store_key
from kiosk.store.readable import Readable
from kiosk.store.receipts import Receipts
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.clerk import ClerkMoment, ClerkVisit
from kiosk.wording import Wording, load_wording
from resources import folder
from sync.wire import Context, Receipt, open_signed
from ui.demo.court import DemoCourt, demo_court, intake_words, ledger
from ui.demo.finger import TouchFinger
from ui.demo.hand import Finger, Hand
from ui.demo.person import Person, person_from
from ui.demo.readings import Readings
from ui.demo.walk import CARD, Walker, demo_card, lay_card, settle, with_card
from ui.inputs.field import AnswerField
from ui.main import Program

RARE_NAME = "张三䶮"  # U+4DAE: in no GB 2312 font


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(folder("wording"))


@pytest.fixture(scope="session")
def tables() -> Tables:
    return read_tables(folder("tables"))


@pytest.fixture(scope="session")
def readings() -> Readings:
    return Readings(folder("pinyin"))


@pytest.fixture(scope="session")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoCourt]:
    """Intake, sync job, ticket printer and card reader: real processes on loopback, one folder."""
    with demo_court(tmp_path_factory.mktemp("court"), lambda line: None) as running:
        yield running


@pytest.fixture(scope="session")
def answers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shortest case, against somebody with a rare name."""
    visit = json.loads((folder("demo") / "minimal.json").read_text("utf-8"))
    visit["answers"]["defendant"][0]["person"]["name"] = RARE_NAME
    path = tmp_path_factory.mktemp("answers") / "answers.json"
    path.write_text(json.dumps(visit, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture(scope="session")
def person(answers_file: Path, tables: Tables) -> Person:
    return person_from(answers_file, tables)


@pytest.fixture(scope="session")
def person_with_card(person: Person) -> Person:
    return with_card(person, demo_card())


class AtTheKiosk(Walker):
    """A walker that a test can ask about the window and the store behind it."""

    def texts_on_window(self) -> str:
        """Every word that any widget of the window holds, shown or not."""
        held = [self.program.window.windowTitle()]
        for one in self.program.window.findChildren(QWidget):
            held += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
            if isinstance(one, QLabel | QAbstractButton | AnswerField):
                held.append(one.text())
        return "\n".join(held)

    def do(self, event: e.Event) -> None:
        self.hand.do(event, self.program.lobby.page())

    def clerk(self) -> ClerkVisit:
        visit = self.program.lobby.visit
        assert isinstance(visit, ClerkVisit)
        return visit

    def sign_in(self, number: str, pin: str) -> None:
        """工作人员, number, PIN, until the list of filings is there."""
        self.wait_for(lambda: self.program.lobby.ready, "the desk to open")
        self.do(e.TilePressed("clerk"))
        self.do(e.Typed(number))
        self.do(e.NextPressed())
        self.do(e.Typed(pin))
        self.do(e.NextPressed())
        self.wait_for(lambda: self.clerk().moment is ClerkMoment.FIND and bool(self.clerk().lamps), "the list")

    def filing_page(self) -> p.ClerkFilingPage:
        self.wait_for(lambda: self.clerk().moment is ClerkMoment.FILING, "the filing to be found")
        page = self.program.lobby.page()
        assert isinstance(page, p.ClerkFilingPage)
        return page


OpenKiosk = Callable[..., AtTheKiosk]


@pytest.fixture(scope="session")
def open_kiosk(qapp: QApplication, wording: Wording, readings: Readings) -> Callable[..., Any]:
    """`with open_kiosk(settings, person) as kiosk`: the window program in this process, with a hand before it."""

    @contextmanager
    def opened(
        settings: Settings,
        person: Person,
        lay: Callable[[], None] = lambda: None,
        finger_on: Callable[[Program], Finger] = lambda program: TouchFinger(program.window),
    ) -> Iterator[AtTheKiosk]:
        program = Program(settings, wording, SystemClock())
        hand = Hand(
            program.window,
            finger_on(program),
            readings,
            lambda key: wording.say(key, person.language),
            lambda: settle(program),
        )
        try:
            program.show()
            yield AtTheKiosk(program, person, hand, None, lambda line: None, lay)
        finally:
            program.close()
            qapp.removeEventFilter(program.guard)
            program.window.close()
            program.window.deleteLater()
            QApplication.processEvents()

    return opened


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[str]:
    """The virtual printer's link; it is its own process and outlives every kiosk."""
    port = tmp_path / "printer.port"
    words = ("--port", "0", "--port-file", str(port), "--png-folder", str(tmp_path / "papers"))
    process = subprocess.Popen(
        [sys.executable, "-m", "printers.virtual", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not (port.exists() and port.read_text("ascii").strip()):
            with pytest.raises(subprocess.TimeoutExpired):  # it is still there
                process.wait(0.02)
        yield f"tcp://127.0.0.1:{port.read_text('ascii').strip()}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def opened_store(settings: Settings) -> Iterator[Database]:
    db = open_store(settings.state, store_key(settings.state))
    try:
        yield db
    finally:
        db.close()


@pytest.fixture(scope="session")
def store_of() -> Callable[[Settings], Any]:
    return opened_store


@dataclass(frozen=True)
class Filed:
    """What one visit left behind, once the court has answered."""

    ticket: TicketNumber
    done: p.DonePage = field(repr=False)
    words: Mapping[str, str] = field(repr=False)  # what the person said, by what it is
    window_after: str = field(repr=False)
    visit_after: object = field(repr=False)
    paper: str = field(repr=False)  # the decoded ticket
    picture: Path = field(repr=False)


def said_by(person: Person) -> dict[str, str]:
    """What this person said that is theirs alone, by where it stands in the answers."""
    found: dict[str, str] = {}

    def look_at(node: Any, at: str) -> None:
        if isinstance(node, Mapping):
            for name, below in node.items():
                look_at(below, f"{at}/{name}")
        elif isinstance(node, list):
            for number, below in enumerate(node, start=1):
                look_at(below, f"{at}[{number}]")
        elif isinstance(node, str) and (not node.isascii() or sum(sign.isdigit() for sign in node) >= 6):
            found[at] = (node.partition(" ")[2] if at.endswith("domicile") else "") or node

    look_at(person.answers, "/data")
    return found


SPELLINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def spelled(words: str) -> Iterator[bytes]:
    for spelling in SPELLINGS:
        yield words.encode(spelling)
    yield words.encode("ascii", "backslashreplace")  # as JSON and Python would write it


def holding(files: Iterable[Path], words: str) -> list[str]:
    """Those of the files that hold these words, in any spelling that a search would try."""
    return [path.name for path in files if path.is_file() and any(one in path.read_bytes() for one in spelled(words))]


@pytest.fixture(scope="session")
def files_holding() -> Callable[[Iterable[Path], str], list[str]]:
    return holding


def wait_for_receipt(kiosk: AtTheKiosk, settings: Settings, ticket: str) -> None:
    with opened_store(settings) as db:

        def received() -> bool:
            row = Filings(db).by_ticket(TicketNumber(ticket))
            return row is not None and row.status is FilingStatus.RECEIVED

        kiosk.wait_for(received, "the court's receipt")


@pytest.fixture(scope="session")
def receipt_of() -> Callable[[AtTheKiosk, Settings, str], None]:
    return wait_for_receipt


def reaches_the_court(court: DemoCourt, ticket: str, person: Person, out: Path) -> None:
    """The filing of this ticket is in the store, in the court's ledger under a receipt that is the court's own, and
    what the court opens is what the person said.
    """
    settings = court.settings()
    with opened_store(settings) as db:
        row = Filings(db).by_ticket(TicketNumber(ticket))
        assert row is not None
        kept = Readable(db).get(row.filing_id)
        receipt = Receipts(db).get(row.filing_id)
    assert kept is not None
    assert receipt is not None

    assert row.status is FilingStatus.RECEIVED
    assert row.received_at is not None
    assert row.pack_id == person.form
    answers = load_readable(kept.body).answers
    for side in ("plaintiff", "defendant"):
        said = person.answers[side][0]["person"]
        assert {name: answers[side][0]["person"][name] for name in ("name", "phone")} == {
            name: said[name] for name in ("name", "phone")
        }
    assert answers["facts"]["disbursements"] == person.answers["facts"]["disbursements"]

    (line,) = [one for one in ledger(court) if one["filing_id"] == row.filing_id]
    assert line["state"] == "received"
    assert line["kiosk_id"] == settings.kiosk_id
    assert line["receipt_number"] == row.receipt_number == receipt.receipt_number
    assert line["envelope_sha256"] == row.envelope_sha256
    signed = open_signed(
        Receipt, Context.RECEIPT, parse(receipt.body, 65536), read_court_keys(settings.state).receipt_key
    )
    assert (signed.receipt_number, signed.envelope_sha256) == (row.receipt_number, row.envelope_sha256)

    shown = court.run("sync.intake.main", "show", *intake_words(court), "--out", str(out), row.receipt_number)
    header = json.loads(shown)["header"]
    assert header["answers"] == answers
    assert set(header["signatures"]) == set(person.signatures)
    for ref, ink in person.signatures.items():
        drawn = header["signatures"][ref]["strokes"]
        assert len(drawn) == len(ink.strokes)
        assert sum(map(len, drawn)) > sum(map(len, ink.strokes)) // 2  # a line, not its two ends
    complaint = ["pdftotext", "-layout", str(out / "complaint.pdf"), "-"]
    text = subprocess.run(complaint, capture_output=True, text=True, check=True).stdout
    plaintiff, defendant = (person.answers[side][0]["person"] for side in ("plaintiff", "defendant"))
    for words in ("民事起诉状", RARE_NAME, plaintiff["name"], plaintiff["id_number"], defendant["phone"], "贰万元整"):
        assert words in text.replace(" ", ""), words
    assert "20,000.00" in text or "20000" in text


@pytest.fixture(scope="session")
def at_the_court() -> Callable[[DemoCourt, str, Person, Path], None]:
    return reaches_the_court


@pytest.fixture(scope="session")
def filed(court: DemoCourt, open_kiosk: OpenKiosk, person_with_card: Person) -> Filed:
    """One whole visit by touch: attract screen, card, questions, ticket, 清除并离开; then the court's receipt."""
    settings = court.settings()
    papers = set(court.tickets.glob("*.txt"))
    with open_kiosk(settings, person_with_card, lambda: lay_card(court, CARD)) as kiosk:
        ticket = kiosk.walk()
        done = kiosk.program.lobby.page()
        assert isinstance(done, p.DonePage)
        kiosk.leave()
        kiosk.wait_for(lambda: not kiosk.program.running, "the visit to be wiped")
        wait_for_receipt(kiosk, settings, ticket)
        (paper,) = set(court.tickets.glob("*.txt")) - papers
        return Filed(
            TicketNumber(ticket),
            done,
            said_by(person_with_card),
            kiosk.texts_on_window(),
            kiosk.program.lobby.visit,
            paper.read_text("utf-8"),
            paper.with_suffix(".png"),
        )
