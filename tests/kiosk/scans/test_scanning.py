"""What a scanner sends is text or a refusal, however it ends and however it is spelled; and it is told to nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import journal
from kiosk.clock import SystemClock
from kiosk.scans.framing import GAP_MS, LONGEST, Framing, Scan, ScanTrouble, read_scan
from kiosk.scans.serial_scanner import SerialScanner, scanner_from
from kiosk.scans.virtual_scanner import ScannerFault, VirtualScanner
from kiosk.serial_line import SerialLine
from kiosk.settings import Scanner
from kiosk.wording import load_wording
from resources import folder

TEXTS = ("CK1:T:0105-261123-0007-K3:7F3A", "（2026）京0105民初123号", "卡纳里甲")
ENDINGS = {"CR": b"\r", "LF": b"\n", "CRLF": b"\r\n", "nothing": b""}
PATIENCE = 5.0


def heard(data: bytes, chunk: int = 0) -> list[Scan | ScanTrouble]:
    framing, found = Framing(), []
    pieces = [data[n : n + chunk] for n in range(0, len(data), chunk)] if chunk else [data]
    for n, piece in enumerate(pieces):
        found += framing.feed(piece, n)
    return found + framing.quiet(len(pieces) + GAP_MS)


def test_statement_13_18_endings_prefixes_and_spellings_give_the_same_string_and_the_rest_is_refused():
    """Scans with CR, LF, CRLF or no ending, with and without an AIM prefix, UTF-8 or GB18030, give the same string;
    5 kB or broken bytes give a refusal."""
    tried = 0
    for text in TEXTS:
        for spelling in ("utf-8", "gb18030"):
            for prefix in (b"", b"]Q1", b"]C0", b"]d2"):
                for end in ENDINGS.values():
                    for chunk in (0, 1, 3):
                        assert heard(prefix + text.encode(spelling) + end, chunk) == [Scan(text)]
                        tried += 1
    for end in ENDINGS.values():
        assert heard(b"9" * 5000 + end) == [ScanTrouble.TOO_LONG]
        assert heard(b"\xff\xfe\x80" + end) == [ScanTrouble.BROKEN]
    print(f"13.18: {tried} scans alike, 8 refused")


def test_scans_that_come_together_are_told_one_by_one():
    assert heard(b"first\r\nsecond\nthird\r") == [Scan("first"), Scan("second"), Scan("third")]


def test_a_pause_inside_a_scan_ends_it_only_when_it_is_long():
    framing = Framing()
    assert framing.feed(b"CK1:", 0) == []
    assert framing.quiet(GAP_MS - 1) == []
    assert framing.feed(b"T", GAP_MS - 1) == []
    assert framing.quiet(2 * GAP_MS) == [Scan("CK1:T")]


@pytest.mark.parametrize("text", ["\x1b[A", "a\x00b", "\u202eabc", "\x7f"])
def test_signs_that_are_commands_elsewhere_are_refused(text: str):
    assert read_scan(text.encode()) is ScanTrouble.BROKEN


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_any_bytes_in_any_pieces_give_scans_or_refusals_and_little_is_held(pieces: list[bytes]):
    framing = Framing()
    for n, piece in enumerate(pieces):
        for one in framing.feed(piece, n):
            assert isinstance(one, ScanTrouble) or 0 < len(one.text) <= LONGEST
        assert len(framing._held) <= LONGEST


@given(st.binary(max_size=400), st.integers(1, 50))
def test_any_chunking_gives_the_same_scans(data: bytes, chunk: int):
    assert heard(data, chunk) == heard(data)


# On a line


class Heard:
    def __init__(self) -> None:
        self._found: SimpleQueue[Scan | ScanTrouble] = SimpleQueue()

    def __call__(self, scan: Scan | ScanTrouble) -> None:
        self._found.put(scan)

    def next(self) -> Scan | ScanTrouble:
        return self._found.get(timeout=PATIENCE)

    def nothing_more(self) -> bool:
        try:
            self._found.get(timeout=0.25)
        except Empty:
            return True
        return False


@pytest.fixture
def listening():
    running: list[SerialScanner] = []

    def listen(path: str, on_scan: Callable[[Scan | ScanTrouble], None]) -> SerialScanner:
        scanner = SerialScanner(SerialLine(path, 9600), on_scan, again_seconds=0.05)
        running.append(scanner)
        scanner.start()
        assert scanner.wait_until_there(PATIENCE)  # what is sent before the line is open is lost
        return scanner

    yield listen
    for scanner in running:
        scanner.stop()


@pytest.mark.parametrize("end", list(ENDINGS))
def test_a_scanner_on_a_line_is_heard_with_each_ending(listening, end: str):
    pretend, found = VirtualScanner(ENDINGS[end], b"]Q1", "gb18030"), Heard()
    listening(pretend.path, found)
    pretend.scan(TEXTS[1])
    assert found.next() == Scan(TEXTS[1])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ScannerFault.NOISE, [ScanTrouble.BROKEN]),
        (ScannerFault.TOO_MUCH, [ScanTrouble.TOO_LONG]),
        (ScannerFault.TWICE, [Scan("12345678"), Scan("12345678")]),
        (ScannerFault.HALF, [Scan("1234")]),
    ],
)
def test_each_fault_has_its_outcome_and_the_next_scan_is_whole(listening, fault: ScannerFault, said: list[object]):
    pretend, found = VirtualScanner(), Heard()
    listening(pretend.path, found)
    pretend.fault = fault
    pretend.scan("12345678")
    assert [found.next() for _ in said] == said
    pretend.fault = ScannerFault.NONE
    pretend.scan("CK1:T")
    assert found.next() == Scan("CK1:T")


def test_a_pulled_cable_ends_nothing(listening):
    pretend, found = VirtualScanner(), Heard()
    scanner = listening(pretend.path, found)
    pretend.scan("12345678")
    found.next()
    assert scanner.is_there
    pretend.pull_the_cable()
    assert found.nothing_more()


def test_without_a_setting_there_is_no_scanner():
    assert scanner_from(Scanner(), lambda scan: None) is None


def test_no_log_and_no_repr_holds_what_was_scanned(listening, tmp_path: Path):
    canary = "卡纳里甲 11010519491231002X"
    journal.begin(tmp_path, "kiosk", SystemClock().now)
    try:
        pretend, found = VirtualScanner(), Heard()
        listening(pretend.path, found)
        pretend.scan(canary)
        scan = found.next()
        pretend.send(canary.encode() + b"\xff\r")
        assert found.next() is ScanTrouble.BROKEN
        assert canary not in repr(scan)
        framing = Framing()
        framing.feed(canary.encode(), 0)
        assert "卡" not in repr(framing)
        assert "\\x" not in repr(framing)
    finally:
        journal.end()
    lines = (tmp_path / "kiosk.jsonl").read_text("utf-8")
    assert [json.loads(line)["event"] for line in lines.splitlines()] == ["scanner there", "scan refused"]
    assert "卡纳" not in lines


def test_every_refusal_has_its_words():
    wording = load_wording(folder("wording"))
    assert all(wording.knows(f"scan.{trouble}") for trouble in ScanTrouble)
