"""Whoever takes the disk finds no word of anybody: not in the store, its log, the sealed files, a backup or the journal."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk import journal
from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import CompletedForm, Submission
from kiosk.filings.ink import Ink, InkPoint
from kiosk.ids import PackId
from kiosk.settings import Settings
from kiosk.store.backup import make_backup
from kiosk.store.connect import open_store
from kiosk.store.keys import SecretKind, StoreKey, store_key

CANARIES = (
    "卡纳里甲乙",
    "𠮷野卡纳里",
    "11010519491231002X",
    "13800138000",
    "6217001234567890122",
    "借给他伍万元整的经过",
)


def encodings(text: str) -> Iterator[tuple[str, bytes]]:
    """Every way the text may lie in a file."""
    utf8 = text.encode()
    yield "UTF-8", utf8
    yield "UTF-16LE", text.encode("utf-16-le")
    yield "UTF-16BE", text.encode("utf-16-be")
    yield "UTF-32LE", text.encode("utf-32-le")
    yield "GB18030", text.encode("gb18030")
    if not text.isascii():
        yield "JSON", text.encode("ascii", "backslashreplace")
        yield "percent", quote(text).encode()
    yield "hex", utf8.hex().encode()
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + utf8)
        yield f"base64+{offset}", whole[4 if offset else 0 : -4]


def hits(folder: Path) -> list[str]:
    """Where a canary lies, in which spelling; compressed streams are opened too."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        for layer in (content, *_inflated(content)):
            found += [
                f"{path.name}: {name}" for text in CANARIES for name, spelled in encodings(text) if spelled in layer
            ]
    return found


def _inflated(content: bytes) -> Iterator[bytes]:
    at = -1
    for start in (b"\x78\x9c", b"\x78\xda", b"\x1f\x8b"):
        while (at := content.find(start, at + 1)) >= 0:
            try:
                yield zlib.decompressobj(wbits=47).decompress(content[at:], 1 << 20)
            except zlib.error:
                continue
        at = -1


def everything_a_visit_leaves(desk: Desk, settings: Settings) -> None:
    """Answers saved, a filing handed in, a clerk who looked at it, a purge, a backup, a technical log."""
    journal.begin(settings.state / "log", "kiosk", SystemClock().now)
    name, rare, number, phone, account, story = CANARIES
    answers = {"plaintiff": [{"person": {"name": name, "id_number": number, "phone": phone}}], "rare": rare}
    answers |= {"account": account, "facts": {"story": story * 200}}
    form = CompletedForm(PackId("private_lending"), "2026.1", "zh", answers)
    ink = Ink(9, 9, ((InkPoint(1, 2, 3),),))
    for _ in range(3):
        for saved in CANARIES:
            desk.save_draft((saved * 300).encode())
        filed = desk.file(
            Papers(Submission(form, {"/data/x": ink}, (), ()), "".join(CANARIES).encode() * 99, "民间借贷")
        )
        desk.drop_draft()
    desk.save_draft(story.encode())
    pin = desk.enrol_clerk("1001", "王芳")
    desk.sign_in("1001", pin)
    desk.look_up(filed.ticket_number)
    desk.reprint(filed.ticket_number)
    desk.purge()
    make_backup(desk.db, settings.state, store_key(settings.state), SystemClock().now(), keep=3)
    try:
        raise ValueError(story)
    except ValueError as error:
        journal.note_exception("something broke", error)
    journal.end()


@pytest.mark.parametrize("text", CANARIES)
def test_the_search_finds_what_is_planted(tmp_path: Path, text: str):
    for name, spelled in encodings(text):
        (tmp_path / "planted").write_bytes(b"some bytes " + spelled + b" more bytes")
        assert any(hit.endswith(name) for hit in hits(tmp_path)), name
    (tmp_path / "planted").write_bytes(b"head" + zlib.compress(text.encode()) + b"tail")
    assert hits(tmp_path)


def test_nothing_is_found_while_the_kiosk_runs_and_nothing_after(open_desk: Callable[[], Desk], settings: Settings):
    desk = open_desk()
    everything_a_visit_leaves(desk, settings)
    names = {path.name for path in settings.state.rglob("*") if path.is_file()}
    assert {"kiosk.db", "kiosk.db-wal", "kiosk.db-shm", "kiosk.jsonl"} <= names
    assert hits(settings.state) == []
    desk.close()
    assert hits(settings.state) == []


def test_no_file_of_ours_is_a_plain_database(open_desk: Callable[[], Desk], settings: Settings):
    everything_a_visit_leaves(open_desk(), settings)
    heads = {path.name: path.read_bytes()[:16] for path in settings.state.rglob("*") if path.is_file()}
    assert [name for name, head in heads.items() if head.startswith(b"SQLite")] == []


def test_without_the_key_file_the_disk_is_shut(open_desk: Callable[[], Desk], settings: Settings):
    desk = open_desk()
    everything_a_visit_leaves(desk, settings)
    desk.close()
    (settings.state / "keys" / "store.key").unlink()
    with pytest.raises(KioskTrouble, match=r"store\.key_missing"):
        open_desk()
    with pytest.raises(KioskTrouble, match=r"store\.key_wrong"):
        open_store(settings.state, StoreKey(bytes(32), SecretKind.FILE))
