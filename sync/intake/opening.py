"""Looking into the ledger: lists for its keepers, and one sealed filing opened with the court's key.

Opening belongs on an inner host; here it serves demonstrations, tests and a court that has only one machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.errors import KioskTrouble
from kiosk.filings.envelope import parse_envelope
from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.seal import OpenedFiling, open_sealed
from sync.intake.chunks import Place, open_chunks
from sync.intake.keys import opening_keys
from sync.intake.tables import Row, Tables

SHOWN = (
    "court_code, filing_id, rev, kind, kiosk_id, epoch, seq, envelope_sha256, state, ticket_time, received_at,"
    " receipt_number, log_index"
)


def listed(tables: Tables) -> list[dict[str, Any]]:
    """Every filing received, in the order of the log."""
    return [_as_shown(row) for row in tables.all(f"SELECT {SHOWN} FROM filing ORDER BY court_code, log_index")]  # noqa: S608


def findings(tables: Tables) -> list[str]:
    """What a person at the court must look at, one line each."""
    lines = [
        f"quarantined: {reason} (kiosk {kiosk_id}, {at})"
        for kiosk_id, reason, at in tables.all("SELECT kiosk_id, reason, at FROM quarantine ORDER BY at")
    ]
    lines += [
        f"conflict: filing {filing_id} rev {rev} came with another content ({at})"
        for filing_id, rev, at in tables.all("SELECT filing_id, rev, at FROM conflict ORDER BY at")
    ]
    lines += [
        f"fork: kiosk {kiosk_id}, epoch {epoch}, seq {seq}: {finding} ({at})"
        for kiosk_id, epoch, seq, finding, at in tables.all(
            "SELECT kiosk_id, epoch, seq, finding, at FROM fork ORDER BY at"
        )
    ]
    return lines


def open_filing(tables: Tables, blobs: Path | str, key_file: Path, name: str) -> tuple[dict[str, Any], OpenedFiling]:
    """The row and the opened content of the one filing whose id or receipt number begins like this."""
    rows = tables.all(
        f"SELECT {SHOWN}, envelope FROM filing WHERE filing_id LIKE ? OR receipt_number LIKE ?"  # noqa: S608
        " ORDER BY rev DESC LIMIT 2",
        f"{name}%",
        f"{name}%",
    )
    if not rows or len({row[1] for row in rows}) > 1:
        raise KioskTrouble("intake.filing_not_found", filing=name)
    row = rows[0]
    envelope = parse_envelope(bytes(row[-1]))
    store = open_chunks(blobs)
    chunks = {chunk: store.read(_place(tables, row[0], chunk), chunk) for chunk in envelope.chunk_ids}
    try:
        return _as_shown(row[:-1]), open_sealed(envelope, opening_keys(key_file), chunks)
    except CannotOpen as error:
        raise KioskTrouble("intake.cannot_open", filing=name) from error


def _place(tables: Tables, court_code: str, chunk: str) -> Place:
    row = tables.one("SELECT place, start, size FROM chunk WHERE court_code = ? AND sha256 = ?", court_code, chunk)
    if row is None:
        raise KioskTrouble("intake.chunk_lost", chunk=chunk[:16])
    return Place(*row)


def _as_shown(row: Row) -> dict[str, Any]:
    return dict(zip(SHOWN.split(", "), row, strict=True))
