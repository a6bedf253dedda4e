"""What counts as received at the court.

A receipt is signed only inside a transaction whose chunks are already durable, and leaves only after the commit. One
(filing, revision) has one envelope for ever: the same again gets the same receipt byte for byte, another is a
conflict. Verdicts are per filing, so that a bad one never delays its neighbours. Nothing is opened here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kiosk.clock import Clock
from kiosk.filings.canonical import NotCanonical, canonical, parse, sha256_hex
from kiosk.filings.envelope import Envelope, NotAnEnvelope, envelope_bytes, envelope_hash, from_plain, stamp
from kiosk.filings.frames import MOST_CONTROL_BYTES, Frame, FrameType
from kiosk.sealing.keys import KeyUse
from kiosk.sealing.signing import SigningKey, VerifyKey
from kiosk.sealing.suite import SUITES
from sync.intake import log
from sync.intake.chunks import ChunkStore, Place, SegmentWriter
from sync.intake.forks import Forks
from sync.intake.keys import public_keys
from sync.intake.registry import Sender
from sync.intake.tables import Tables
from sync.key_news import key_set
from sync.merkle import Frontier
from sync.wire import (
    MOST_OFFER_CHUNKS,
    MOST_OFFER_ITEMS,
    Answer,
    Context,
    Hello,
    Offer,
    OfferItem,
    Receipt,
    Refusal,
    Reply,
    Verdict,
    Welcome,
    WireTrouble,
    bitmap,
    plain,
    read_envelope,
    read_signed,
    sign,
)

WINDOW_BYTES = 16 * 1024 * 1024
FILING = (
    "court_code, filing_id, rev, envelope_sha256, kiosk_id, epoch, seq, kind, envelope, state, ticket_time,"
    " received_at, receipt_number, log_index, receipt"
)


@dataclass(slots=True)
class Reception:
    """One bundle on its way in: chunks go to a segment, envelopes wait for the end."""

    sender: Sender
    segment: SegmentWriter
    places: dict[str, Place]
    envelopes: list[bytes]
    receipts: dict[str, bytes] = field(default_factory=dict)  # our own old ones, by envelope hash
    skipped: int = 0


class Ledger:
    """Belongs to one thread."""

    def __init__(self, tables: Tables, chunks: ChunkStore, key: SigningKey, clock: Clock) -> None:
        self._tables, self._chunks, self._key, self._clock = tables, chunks, key, clock
        self._forks = Forks(tables)
        self._generation = log.generation(tables)
        self._opening = frozenset(one.key_id for one in public_keys(tables) if one.use is KeyUse.SEAL)

    def welcome(self, sender: Sender, hello: Hello) -> bytes:
        """Prove who we are, and say how far we know this kiosk's chain."""
        row = self._tables.one(
            "SELECT epoch, seq, head_hash, audit_seq, audit_head FROM kiosk WHERE court_code = ? AND kiosk_id = ?",
            sender.court_code,
            sender.kiosk_id,
        )
        epoch, seq, head, audit_seq, audit_head = row or (0, 0, "", 0, "")
        forked = self._forks.clashes(sender, hello.epoch, hello.seq, hello.head_hash)
        now = stamp(self._clock.now())
        with self._tables.atomic():
            if forked:
                self._forks.note(sender, hello.epoch, hello.seq, hello.head_hash, "another head", now)
            self._tables.change(
                "UPDATE kiosk SET heard_at = ? WHERE court_code = ? AND kiosk_id = ?",
                now,
                sender.court_code,
                sender.kiosk_id,
            )
            self._tables.change(
                "UPDATE kiosk SET audit_seq = ?, audit_head = ? WHERE court_code = ? AND kiosk_id = ? AND audit_seq < ?",
                hello.audit_seq,
                hello.audit_head,
                sender.court_code,
                sender.kiosk_id,
                hello.audit_seq,
            )
        welcome = Welcome(
            nonce=hello.nonce,
            court_code=sender.court_code,
            kiosk_id=sender.kiosk_id,
            server_time=now,
            epoch=epoch,
            seq=seq,
            head_hash=head,
            audit_seq=audit_seq,
            audit_head=audit_head,
            forked=forked,
            window_bytes=WINDOW_BYTES,
            offer_items=MOST_OFFER_ITEMS,
            key_set=key_set(public_keys(self._tables)),
        )
        return canonical(sign(Context.WELCOME, plain(welcome), self._key))

    def answer_offer(self, sender: Sender, offer: Offer) -> bytes | None:
        """What we have, what we want; None for an offer beyond the limits."""
        if len(offer.items) > MOST_OFFER_ITEMS or sum(len(item.chunks) for item in offer.items) > MOST_OFFER_CHUNKS:
            return None
        items = self._tables.together(lambda: tuple(self._offered(sender, item) for item in offer.items))
        return self._reply(Context.OFFER_REPLY, offer.batch_id, items)

    def begin(self, sender: Sender) -> Reception:
        return Reception(sender, self._chunks.begin(), {}, [])

    def take(self, reception: Reception, frame: Frame) -> None:
        """One whole frame; its hash was checked by the reader."""
        match frame.type:
            case FrameType.CHUNK:
                if frame.sha256 not in reception.places:
                    reception.places[frame.sha256] = reception.segment.add(frame.body)
            case FrameType.ENVELOPE:
                reception.envelopes.append(frame.body)
            case FrameType.RECEIPT:
                self._take_receipt(reception, frame.body)
            case FrameType.HEAD | FrameType.END:
                pass
            case _:
                reception.skipped += 1

    def drop(self, reception: Reception) -> None:
        reception.segment.drop()

    def finish(self, reception: Reception, batch_id: str) -> bytes:
        """Make everything that came durable, then judge each envelope, then answer."""
        if reception.places:
            reception.segment.keep()
        else:
            reception.segment.drop()
        answers = self._tables.together(lambda: self._judge_all(reception))
        return self._reply(Context.FRAMES_REPLY, batch_id, answers)

    def _judge_all(self, reception: Reception) -> tuple[Answer, ...]:
        sender = reception.sender
        for sha256, place in sorted(reception.places.items()):  # two workers lock the same rows in the same order
            self._tables.add(
                "chunk",
                "court_code, sha256, place, start, size",
                (sender.court_code, sha256, place.segment, place.start, place.size),
            )
        self._tables.take_turn(sender.court_code)
        tree = start = log.frontier(self._tables, sender.court_code, self._generation)
        answers: list[Answer] = []
        for frame in reception.envelopes:
            answer, tree = self._judge(reception, frame, tree)
            answers += [answer] if answer else []
        if tree.size != start.size:
            log.sign_checkpoint(self._tables, sender.court_code, self._generation, tree, self._key)
        return tuple(answers)

    def _offered(self, sender: Sender, item: OfferItem) -> Answer:
        known = self._known(sender, item.filing_id, item.rev, item.envelope_sha256)
        if known:
            return known
        refused = self._tables.one(
            "SELECT refusal FROM quarantine WHERE court_code = ? AND kiosk_id = ? AND envelope_sha256 = ?"
            " AND refusal IS NOT NULL",
            sender.court_code,
            sender.kiosk_id,
            item.envelope_sha256,
        )
        if refused:
            return Answer(
                filing_id=item.filing_id,
                rev=item.rev,
                verdict=Verdict.REFUSED,
                refusal=parse(bytes(refused[0]), MOST_CONTROL_BYTES),
            )
        return Answer(
            filing_id=item.filing_id,
            rev=item.rev,
            verdict=Verdict.WANT,
            want=bitmap([not self._has_chunk(sender, chunk) for chunk in item.chunks]),
            fork=self._forks.clashes(sender, item.epoch, item.seq, item.envelope_sha256),
        )

    def _known(self, sender: Sender, filing_id: str, rev: int, envelope_sha256: str) -> Answer | None:
        """The answer when this revision is here already: its receipt, or a conflict."""
        row = self._tables.one(
            "SELECT envelope_sha256, receipt, kiosk_id FROM filing WHERE court_code = ? AND filing_id = ? AND rev = ?",
            sender.court_code,
            filing_id,
            rev,
        )
        if row is None:
            return None
        if row[0] == envelope_sha256 and row[2] == sender.kiosk_id:
            receipt = parse(bytes(row[1]), MOST_CONTROL_BYTES)
            return Answer(filing_id=filing_id, rev=rev, verdict=Verdict.HAVE, receipt=receipt)
        self._tables.add(
            "conflict",
            "court_code, filing_id, rev, hash_kept, hash_other, at",
            (sender.court_code, filing_id, rev, row[0], envelope_sha256, stamp(self._clock.now())),
        )
        return Answer(filing_id=filing_id, rev=rev, verdict=Verdict.CONFLICT, reason="another envelope")

    def _take_receipt(self, reception: Reception, body: bytes) -> None:
        """A receipt of ours that comes back: this ledger was restored and may have lost what it is about."""
        ours = {key.key_id: VerifyKey(key.public) for key in public_keys(self._tables) if key.use is KeyUse.RECEIPT}
        try:
            receipt = read_signed(Receipt, Context.RECEIPT, body, ours.get, MOST_CONTROL_BYTES)
        except WireTrouble:
            reception.skipped += 1
            return
        reception.receipts[receipt.envelope_sha256] = body

    def _judge(self, reception: Reception, frame: bytes, tree: Frontier) -> tuple[Answer | None, Frontier]:
        sender = reception.sender
        try:
            envelope = read_envelope(frame, lambda key_id: sender.key if key_id == sender.key.key_id else None)
        except WireTrouble as trouble:
            return self._quarantine(sender, frame, trouble.fault.value, proven=False), tree
        digest = envelope_hash(envelope)
        known = self._known(sender, envelope.filing_id, envelope.rev, digest)
        if known:
            return known, tree
        reason = self._objection(sender, envelope)
        if reason:
            return self._quarantine(sender, frame, reason, proven=True), tree
        missing = [not self._has_chunk(sender, chunk) for chunk in envelope.chunk_ids]
        if any(missing):
            want = Answer(
                filing_id=envelope.filing_id, rev=envelope.rev, verdict=Verdict.WANT, reason="chunks are missing"
            )
            return want, tree
        return self._receive(sender, envelope, digest, tree, reception.receipts.get(digest))

    def _objection(self, sender: Sender, envelope: Envelope) -> str:
        """Why this envelope cannot be taken, or nothing."""
        if (envelope.court_code, envelope.kiosk_id) != (sender.court_code, sender.kiosk_id):
            return "not from this kiosk"
        if envelope.suite not in SUITES:
            return "unknown suite"
        if not any(self._opens(one.key_id) for one in envelope.recipients):
            return "sealed to another key"
        return ""

    def _opens(self, key_id: str) -> bool:
        """Whether the court has the key of this name; one that is news was made while we were running."""
        if key_id not in self._opening:
            self._opening = frozenset(one.key_id for one in public_keys(self._tables) if one.use is KeyUse.SEAL)
        return key_id in self._opening

    def _receive(
        self, sender: Sender, envelope: Envelope, digest: str, tree: Frontier, old_receipt: bytes | None
    ) -> tuple[Answer, Frontier]:
        now, place = self._clock.now(), envelope.place
        forked = self._forks.clashes(sender, place.epoch, place.seq, digest)
        if forked:
            self._forks.note(sender, place.epoch, place.seq, digest, "another envelope at this place", stamp(now))
        self._forks.check_link(sender, place, digest, stamp(now))
        receipt = Receipt(
            court_code=sender.court_code,
            kiosk_id=sender.kiosk_id,
            filing_id=envelope.filing_id,
            rev=envelope.rev,
            envelope_sha256=digest,
            receipt_number=f"{sender.court_code}-{self._generation}-{tree.size + 1:08d}",
            received_at=stamp(now),
            ticket_time=stamp(envelope.ticket_time),
            opened=False,
            generation=self._generation,
            log_index=tree.size,
        )
        signed = sign(Context.RECEIPT, plain(receipt), self._key)
        if old_receipt is not None:  # the first receipt stands, with its number and its time
            signed = parse(old_receipt, MOST_CONTROL_BYTES)
            receipt = msgspec.convert(signed["body"], Receipt)
        leaf = log.leaf_of(envelope.filing_id, envelope.rev, digest, receipt.received_at)
        grown = log.add_leaf(self._tables, sender.court_code, self._generation, tree, leaf)
        self._tables.add(
            "filing",
            FILING,
            (
                sender.court_code,
                envelope.filing_id,
                envelope.rev,
                digest,
                sender.kiosk_id,
                place.epoch,
                place.seq,
                envelope.kind,
                envelope_bytes(envelope),
                "forked" if forked else "received",
                receipt.ticket_time,
                receipt.received_at,
                receipt.receipt_number,
                tree.size,
                canonical(signed),
            ),
        )
        self._tables.change(
            "UPDATE kiosk SET epoch = ?, seq = ?, head_hash = ? WHERE court_code = ? AND kiosk_id = ?"
            " AND (epoch < ? OR (epoch = ? AND seq < ?))",
            place.epoch,
            place.seq,
            digest,
            sender.court_code,
            sender.kiosk_id,
            place.epoch,
            place.epoch,
            place.seq,
        )
        answer = Answer(
            filing_id=envelope.filing_id, rev=envelope.rev, verdict=Verdict.HAVE, receipt=signed, fork=forked
        )
        return answer, grown

    def _quarantine(self, sender: Sender, frame: bytes, reason: str, *, proven: bool) -> Answer | None:
        """Keep what cannot be taken, with its reason. A signed refusal goes back if it names a filing at all.

        Only an envelope its kiosk proved to be its own is refused again at the next offer: a signature may be mended.
        """
        now = self._clock.now()
        envelope = _unsigned(frame)
        digest = envelope_hash(envelope) if envelope else ""
        refusal: Mapping[str, Any] | None = None
        if envelope:
            refusal = sign(
                Context.REFUSAL,
                plain(
                    Refusal(
                        refusal_id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{sender.court_code}/{digest}/{reason}")),
                        court_code=sender.court_code,
                        kiosk_id=sender.kiosk_id,
                        filing_id=envelope.filing_id,
                        rev=envelope.rev,
                        envelope_sha256=digest,
                        reason=reason,
                        at=stamp(now),
                    )
                ),
                self._key,
            )
        self._tables.add(
            "quarantine",
            "court_code, frame_sha256, kiosk_id, reason, envelope_sha256, frame, refusal, at",
            (
                sender.court_code,
                sha256_hex(frame),
                sender.kiosk_id,
                reason,
                digest if proven else "",
                frame,
                canonical(refusal) if refusal else None,
                stamp(now),
            ),
        )
        if envelope is None or refusal is None:
            return None
        return Answer(
            filing_id=envelope.filing_id,
            rev=envelope.rev,
            verdict=Verdict.REFUSED,
            reason=reason,
            refusal=dict(refusal),
        )

    def _has_chunk(self, sender: Sender, sha256: str) -> bool:
        found = self._tables.one("SELECT 1 FROM chunk WHERE court_code = ? AND sha256 = ?", sender.court_code, sha256)
        return found is not None

    def _reply(self, context: Context, batch_id: str, items: tuple[Answer, ...]) -> bytes:
        reply = Reply(batch_id=batch_id, window_bytes=WINDOW_BYTES, retry_after=0, items=items)
        return canonical(sign(context, plain(reply), self._key))


def _unsigned(frame: bytes) -> Envelope | None:
    """Which filing a frame claims to be, without believing it."""
    try:
        return from_plain(parse(frame, MOST_CONTROL_BYTES).get("body"))
    except (NotCanonical, NotAnEnvelope):
        return None
