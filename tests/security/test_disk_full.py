"""A full disk: what was confirmed stays, what cannot be stored is refused in plain words, and room brings it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import CompletedForm, Submission
from kiosk.ids import PackId
from kiosk.sealing.keys import court_keys_path
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.store.audit import AuditState
from kiosk.store.filings import Filings
from kiosk.store.sealed_files import SealedFiles

SIZE_MB = 8


@pytest.fixture
def small_disk(tmp_path: Path, settings: Settings) -> Iterator[Settings]:
    """The kiosk's state on a disk of a few megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("needs root to mount a small tmpfs")
    mounted = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=700", "tmpfs", str(place)], check=False
    )
    if mounted.returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    court_keys_path(place).parent.mkdir()
    shutil.copyfile(court_keys_path(settings.state), court_keys_path(place))
    keeping = settings.keeping._replace(min_free_mb=0)
    yield settings._replace(state_folder=str(place), keeping=keeping)
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def papers(number: int) -> Papers:
    form = CompletedForm(PackId("private_lending"), "2026.1", "zh", {"visit": str(number)})
    return Papers(Submission(form, {}, (), ()), os.urandom(200_000), "民间借贷纠纷")


def fill(path: Path) -> None:
    """Somebody else's file takes every byte there is."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


def test_filing_until_the_disk_is_full_loses_nothing_that_got_a_ticket(small_disk: Settings, shelf: Shelf):
    desk = Desk.open(small_disk, SystemClock(), shelf)
    tickets = []
    trouble = None
    for number in range(1000):
        try:
            desk.start_draft()
            desk.save_draft(b"x" * 20_000)
            tickets.append(desk.file(papers(number)).ticket_number)
            desk.drop_draft()
        except KioskTrouble as caught:
            trouble = caught
            break
    assert trouble is not None
    assert trouble.key in {"sealing.file_not_written", "store.disk_full", "store.disk"}
    assert shelf.wording.knows(trouble.key)
    assert len(tickets) > 5

    # the person is told, and there is no filing without a ticket nor a ticket without a filing
    rows = {row.ticket_number: row for row in Filings(desk.db).newest(1000)}
    assert set(rows) == set(tickets)
    desk.db.close()

    # room is made: everything is there and work goes on
    next(SealedFiles(small_disk.state / "sealed").folder.glob("*.tmp"), Path("/none")).unlink(missing_ok=True)
    files = SealedFiles(small_disk.state / "sealed")
    spare = [files.path(*one) for one in files.all()][:4]
    kept = [one.read_bytes() for one in spare]
    for one in spare:
        one.unlink()
    again = Desk.open(small_disk, SystemClock(), shelf)
    again.settle()
    settled = set(files.all())
    for path, content in zip(spare, kept, strict=True):
        assert len(content) > 200_000
        assert path not in {files.path(*one) for one in settled}
    assert len(settled) == len(tickets) - len(spare)
    assert {row.ticket_number for row in Filings(again.db).newest(1000)} == set(tickets)
    assert again.verify_audit().finding.state is AuditState.GOOD
    again.close()


def test_with_ballast_whoever_began_before_the_disk_was_full_ends_with_a_ticket(small_disk: Settings, shelf: Shelf):
    keeping = small_disk.keeping._replace(ballast_mb=3)
    desk = Desk.open(small_disk._replace(keeping=keeping), SystemClock(), shelf)
    desk.purge()
    assert (small_disk.state / "ballast").stat().st_size == 3 * 1024 * 1024
    desk.start_draft()
    desk.save_draft(b"x" * 20_000)
    fill(small_disk.state / "somebody else's file")
    desk.save_draft(b"y" * 60_000)
    filed = desk.file(papers(1))
    desk.drop_draft()
    assert not (small_disk.state / "ballast").exists()
    assert Filings(desk.db).by_ticket(filed.ticket_number) is not None
    (small_disk.state / "somebody else's file").unlink()
    desk.purge()
    assert (small_disk.state / "ballast").exists()
    desk.close()


def test_below_the_limit_nobody_begins_and_the_words_say_what_to_do(small_disk: Settings, shelf: Shelf):
    keeping = replace_keeping(small_disk, SIZE_MB + 1)
    desk = Desk.open(keeping, SystemClock(), shelf)
    assert not desk.has_room()
    with pytest.raises(KioskTrouble) as caught:
        desk.file(papers(1))
    said = shelf.wording.say(caught.value.key, "zh", **caught.value.places)
    assert said == f"磁盘只剩 {caught.value.places['free']} MB，少于 {SIZE_MB + 1} MB。请先清理磁盘。"
    desk.close()


def replace_keeping(settings: Settings, min_free_mb: int) -> Settings:
    return settings._replace(keeping=settings.keeping._replace(min_free_mb=min_free_mb))
