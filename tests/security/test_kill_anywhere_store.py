"""kill -9 at random moments: nothing filed is lost or doubled, at most the answer being typed is."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.desk import Desk
from kiosk.settings import Settings
from kiosk.store.audit import AuditState
from kiosk.store.filings import Filings
from kiosk.store.outbox import Outbox
from kiosk.store.readable import Readable
from kiosk.store.sealed_files import SealedFiles

KILLS = 50
SEED = 20261123


@dataclass
class Told:
    """What the writer said before it died: everything here must be true of the disk."""

    saved: dict[int, int] = field(default_factory=dict)  # visit → last answer known to be durable
    filed: dict[int, str] = field(default_factory=dict)  # visit → ticket


def run_and_kill(root: Path, settings_file: Path, first: int, after_lines: int, after_ms: float, told: Told) -> None:
    """One life of the writer, ended without warning a moment after it told us its n-th thing."""
    writer = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("filing_writer.py")), str(settings_file), str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    timer = threading.Timer(after_ms / 1000, writer.send_signal, [signal.SIGKILL])
    for number, line in enumerate(writer.stdout):
        if number == after_lines:
            timer.start()
        match line.split():
            case ["saved", visit, answer]:
                told.saved[int(visit)] = int(answer)
            case ["filed", visit, ticket]:
                told.filed[int(visit)] = ticket
    writer.wait()
    said = writer.stderr.read()
    writer.stdout.close()
    writer.stderr.close()
    assert writer.returncode == -signal.SIGKILL, said


def visits_on_disk(desk: Desk) -> dict[int, list[str]]:
    """Ticket numbers by the visit they came from."""
    found: dict[int, list[str]] = {}
    for row in Filings(desk.db).newest(100_000):
        readable = Readable(desk.db).get(row.filing_id)
        assert readable is not None
        visit = int(json.loads(readable.body)["answers"]["visit"])
        found.setdefault(visit, []).append(row.ticket_number)
    return found


def test_fifty_kills_lose_no_filing_double_none_and_cost_at_most_one_answer(
    root: Path, settings_file: Path, settings: Settings, open_desk: Callable[[], Desk]
):
    chance = random.Random(SEED)
    told = Told()
    for kill in range(KILLS):
        first = kill * 1000
        # every fifth while it opens and repairs (line 0), the others anywhere in its first three visits
        after_lines = 0 if kill % 5 == 0 else chance.randrange(1, 28)
        run_and_kill(root, settings_file, first, after_lines, chance.uniform(0, 12), told)
        desk = open_desk()
        on_disk = visits_on_disk(desk)

        # every ticket that was told is there once; nothing is there twice; nothing is there that was never tried
        assert all(on_disk.get(visit) == [ticket] for visit, ticket in told.filed.items())
        assert all(len(tickets) == 1 for tickets in on_disk.values())
        tickets = [ticket for one in on_disk.values() for ticket in one]
        assert len(tickets) == len(set(tickets))

        # the visit that was cut: its last durable answer, or the one being typed; or it was filed
        draft = desk.held_draft()
        newest = max((visit for visit in told.saved if visit >= first), default=None)
        if newest is not None and newest not in on_disk:
            if draft is None:
                assert newest not in told.saved, f"visit {newest} lost {told.saved[newest]} answers"
            else:
                visit, answer = map(int, draft.split()[:2])
                assert (visit, answer) in {
                    (newest, told.saved[newest]), (newest, told.saved[newest] + 1), (newest + 1, 1),
                }  # fmt: skip
        elif draft is not None:  # filed already: only the next visit can have begun
            assert int(draft.split()[0]) not in on_disk
        desk.drop_draft()

        # the sealed files are exactly those of the filings; the chain has no gap and its first epoch still runs
        files = SealedFiles(settings.state / "sealed")
        assert set(files.all()) == {(row.filing_id, row.rev) for row in Filings(desk.db).newest(100_000)}
        assert not list(files.folder.glob("*.staged"))  # and nothing is left of what nobody handed in
        assert Readable(desk.db).of_no_filing() == ()
        for filing_id, rev in files.all():
            files.envelope(filing_id, rev)
        entries = Outbox(desk.db).unreceived()
        assert [(entry.place.epoch, entry.place.seq) for entry in entries] == [
            (1, seq) for seq in range(1, len(entries) + 1)
        ]
        assert desk.verify_audit().finding.state is AuditState.GOOD
        desk.close()
    assert len(told.filed) > KILLS / 2, "the kills came too early to mean anything"
