"""Two machines that count as one kiosk: found by the chain of envelopes, written down, never merged in silence.

A fork is a finding about the kiosk, not about the person: both filings are kept and receipted.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.filings import envelope
from sync.intake.registry import Sender
from sync.intake.tables import Tables


@dataclass(frozen=True, slots=True)
class Forks:
    tables: Tables

    def clashes(self, sender: Sender, epoch: int, seq: int, digest: str) -> bool:
        """Whether another envelope stands at this place of the kiosk's chain."""
        row = self.tables.one(
            "SELECT 1 FROM filing WHERE court_code = ? AND kiosk_id = ? AND epoch = ? AND seq = ?"
            " AND envelope_sha256 <> ?",
            sender.court_code,
            sender.kiosk_id,
            epoch,
            seq,
            digest,
        )
        return row is not None

    def check_link(self, sender: Sender, place: envelope.Place, digest: str, at: str) -> None:
        """The envelope before must be the one this one names; if we hold another there, the chain has parted."""
        if place.seq > 1 and self.clashes(sender, place.epoch, place.seq - 1, place.prev_hash):
            self.note(sender, place.epoch, place.seq, digest, "follows another envelope", at)

    def note(self, sender: Sender, epoch: int, seq: int, digest: str, finding: str, at: str) -> None:
        """Once for each envelope that does not fit; the keepers see it in `kiosk-intake list`."""
        row = self.tables.one(
            "SELECT envelope_sha256 FROM filing WHERE court_code = ? AND kiosk_id = ? AND epoch = ? AND seq = ?",
            sender.court_code,
            sender.kiosk_id,
            epoch,
            seq,
        )
        self.tables.add(
            "fork",
            "court_code, kiosk_id, epoch, seq, hash_a, hash_b, finding, at",
            (sender.court_code, sender.kiosk_id, epoch, seq, row[0] if row else "", digest, finding, at),
        )
