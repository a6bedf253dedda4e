"""A pretend reader on a real pseudo terminal, and the driver at the other end of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

from kiosk.idcards.serial_reader import SerialCardReader
from kiosk.idcards.virtual_reader import ReaderFaults, VirtualReader

settings.register_profile("unhurried", deadline=None)  # a loaded machine is no failure
settings.load_profile("unhurried")


@pytest.fixture
def reader_pair() -> Iterator[Callable[..., tuple[VirtualReader, SerialCardReader]]]:
    """A running virtual reader with these faults, and a driver on its line."""
    pairs: list[tuple[VirtualReader, SerialCardReader]] = []

    def make(**faults: bool | int) -> tuple[VirtualReader, SerialCardReader]:
        virtual = VirtualReader(ReaderFaults(**faults))
        virtual.start()
        pairs.append((virtual, SerialCardReader(virtual.path)))
        return pairs[-1]

    yield make
    for virtual, driver in pairs:
        driver.close()
        virtual.stop()
