"""Reading over a real line, in every way a reader can misbehave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk import journal
from kiosk.clock import SystemClock
from kiosk.idcards import layouts
from kiosk.idcards.card import CardFields, CardTrouble
from kiosk.idcards.samples import CARDS
from kiosk.idcards.scripted_reader import ScriptedCardReader
from kiosk.idcards.serial_reader import READ_SECONDS, SerialCardReader
from kiosk.idcards.virtual_reader import VirtualReader
from kiosk.idcards.watch import CardWatch, reader_from
from kiosk.settings import CardReader as CardReaderSettings

Pair = Callable[..., tuple[VirtualReader, SerialCardReader]]


@pytest.mark.parametrize("card", ["resident", "hmt", "foreign_2023", "foreign_2017"])
def test_a_card_laid_down_is_read_once_until_it_is_lifted(reader_pair: Pair, card: str):
    virtual, driver = reader_pair()
    assert driver.look() is None
    virtual.put_card(card)
    assert driver.look() == layouts.decode(CARDS[card])
    assert driver.look() is None
    virtual.take_card()
    assert driver.look() is None
    virtual.put_card(card)
    assert driver.look() == layouts.decode(CARDS[card])


def test_a_module_that_keeps_finding_the_same_card_reads_it_once(reader_pair: Pair):
    virtual, driver = reader_pair(says_no_card_after_reading=False)
    virtual.put_card("resident")
    assert isinstance(driver.look(), CardFields)
    assert [driver.look() for _ in range(5)] == [None] * 5
    virtual.take_card()
    driver.look()
    virtual.put_card("hmt")
    assert driver.look() == layouts.decode(CARDS["hmt"])


@pytest.mark.parametrize(
    "fault",
    [
        {"noise": True},
        {"byte_by_byte": True},
        {"short_preamble": True},
        {"half_once": True},
        {"bad_sum_once": True},
        {"lost_byte_once": True},
        {"status_once": 0x41},
        {"status_once": 0x31},
    ],
)
def test_the_second_try_succeeds_after_one_fault_and_ends_in_time(reader_pair: Pair, fault: dict[str, Any]):
    virtual, driver = reader_pair(**fault)
    virtual.put_card("resident")
    began = time.monotonic()
    assert driver.look() == layouts.decode(CARDS["resident"])
    assert time.monotonic() - began <= READ_SECONDS


def test_a_silent_reader_is_silent_and_a_missing_one_is_gone(reader_pair: Pair):
    _, driver = reader_pair(silent=True)
    assert driver.look() is CardTrouble.SILENT
    assert SerialCardReader("/dev/does-not-exist").look() is CardTrouble.GONE


def test_a_pulled_cable_is_gone_within_a_second(reader_pair: Pair):
    virtual, driver = reader_pair()
    assert driver.look() is None
    virtual.stop()
    began = time.monotonic()
    assert driver.look() is CardTrouble.GONE
    assert time.monotonic() - began < 1.0


class _Told:
    """What a watch told, and a way to wait for it."""

    def __init__(self) -> None:
        self.cards: list[tuple[CardFields, int]] = []
        self.troubles: list[tuple[str, int]] = []
        self.changed = threading.Semaphore(0)

    def card(self, card: CardFields, nonce: int) -> None:
        self.cards.append((card, nonce))
        self.changed.release()

    def trouble(self, key: str, nonce: int) -> None:
        self.troubles.append((key, nonce))
        self.changed.release()


def test_a_card_counts_only_for_the_question_that_asked():
    reader, told = ScriptedCardReader(), _Told()
    watch = CardWatch(reader, told.card, told.trouble, look_seconds=0.01)
    watch.start()
    card = reader.put_card("resident")
    watch.ask(7)
    assert told.changed.acquire(timeout=5)
    assert told.cards == [(card, 7)]
    reader.put_card("hmt")  # nobody asks now: it is not even looked at
    watch.stop_asking()
    reader.fail_once(CardTrouble.READ_FAILED)
    watch.ask(8)
    assert told.changed.acquire(timeout=5)
    watch.ask(9)
    assert told.changed.acquire(timeout=5)
    watch.stop()
    assert [nonce for _, nonce in told.cards] == [7, 8]
    assert told.troubles == [("card.read_failed", 9)]


def test_the_same_trouble_is_told_once_and_an_unplugged_reader_comes_back():
    reader, told = ScriptedCardReader(), _Told()
    reader.pull_the_cable()
    watch = CardWatch(reader, told.card, told.trouble, look_seconds=0.01)
    watch.start()
    watch.ask(1)
    assert told.changed.acquire(timeout=5)
    reader.plug_in()
    reader.put_card("resident")
    assert told.changed.acquire(timeout=5)
    watch.stop()
    assert told.troubles == [("card.gone", 1)]
    assert len(told.cards) == 1


def test_no_reader_in_the_settings_is_a_normal_day():
    told = _Told()
    watch = CardWatch(reader_from(CardReaderSettings()), told.card, told.trouble)
    watch.start()
    watch.ask(1)
    watch.stop()
    assert not watch.available
    assert told.cards == told.troubles == []


def test_nothing_of_a_card_reaches_the_log(reader_pair: Pair, tmp_path: Path):
    journal.begin(tmp_path, "kiosk", SystemClock().now)
    try:
        virtual, driver = reader_pair(status_once=0x41)
        virtual.put_card("resident")
        told = _Told()
        watch = CardWatch(driver, told.card, told.trouble, look_seconds=0.01)
        watch.start()
        watch.ask(1)
        assert told.changed.acquire(timeout=10)
        watch.stop()
    finally:
        journal.end()
    logged = (tmp_path / "kiosk.jsonl").read_bytes()
    for canary in ("买买提", "653101198001010019", "示例路"):
        for encoding in ("utf-8", "utf-16-le", "gb18030", "unicode_escape"):
            assert canary.encode(encoding) not in logged


def test_the_command_lays_cards_named_in_its_control_file(tmp_path: Path, root: Path):
    link, control = tmp_path / "link", tmp_path / "card"
    command = [sys.executable, "-m", "kiosk.idcards.virtual_reader"]
    process = subprocess.Popen(
        [*command, "--link-file", str(link), "--control-file", str(control)], cwd=root, stdout=subprocess.DEVNULL
    )
    try:
        wait_until(link.exists)
        driver = reader_from(CardReaderSettings(link=link.read_text()))
        assert driver is not None
        control.write_text("demo")
        seen: list[Any] = []
        wait_until(lambda: bool(seen.append(driver.look()) or isinstance(seen[-1], CardFields)))
        assert seen[-1] == layouts.decode(CARDS["demo"])
        control.unlink()
        wait_until(lambda: driver.look() is None)
        driver.close()
    finally:
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=10) == 0


def wait_until(fact: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not fact():
        assert time.monotonic() < end, "it never happened"
        pause.wait(0.02)
