"""The court's end of stick and gate: bundle files in, files with receipts and refusals out.

A bundle claims its kiosk in HEAD; what is believed is each envelope's signature. Taking a file twice, cut, or in any
order gives the same ledger as HTTPS would.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.filings.canonical import canonical, parse
from kiosk.filings.frames import FrameType
from kiosk.sealing.signing import SigningKey
from sync.ferry import BundleFile, bundle_files, read_bundle
from sync.intake.keys import key_changes
from sync.intake.ledger import Ledger
from sync.intake.mailbox import Mailboxes
from sync.intake.registry import Registry
from sync.intake.served import Served, open_ledger
from sync.news import NOTICE
from sync.wire import Head, Verdict, WireTrouble, read, write

BACK = "-answers"
MOST_ANSWER_BYTES = 256 * 1024 * 1024  # our own words about one bundle, however many filings it held


@dataclass(frozen=True, slots=True)
class Taken:
    bundles: int
    unknown: int  # not from a kiosk this court knows
    receipts: int
    refusals: int
    notices: int


def take_by_ferry(served: Served, folder: Path, back: Path) -> Taken:
    """The whole errand, on a ledger of its own; a server may run beside it."""
    tables, ledger, key = open_ledger(served)
    try:
        return take(folder, back, Registry(tables), ledger, Mailboxes(tables, key, served.clock), key)
    finally:
        tables.close()


def take(folder: Path, back: Path, registry: Registry, ledger: Ledger, mailboxes: Mailboxes, key: SigningKey) -> Taken:
    """Take every bundle of this folder and write the answers into the other."""
    bundles = unknown = receipts = refusals = notices = 0
    for path in bundle_files(folder):
        if path.stem.endswith(BACK):
            continue
        frames = read_bundle(path)
        first = next(frames, None)
        try:
            head = read(Head, first.body) if first is not None and first.type == FrameType.HEAD else None
        except WireTrouble:
            head = None
        sender = registry.kiosk(head.court_code, head.kiosk_id) if head else None
        if head is None or sender is None:
            unknown += 1
            continue
        bundles += 1
        reception = ledger.begin(sender)
        for frame in frames:
            ledger.take(reception, frame)
        reply = parse(ledger.finish(reception, head.bundle_id), MOST_ANSWER_BYTES)["body"]
        answers = BundleFile(back, f"{path.stem}{BACK}", write(head))
        for message in key_changes(registry.tables):
            answers.add(FrameType.KEYS, message)
        for item in reply["items"]:
            if item["verdict"] == Verdict.HAVE:
                answers.add(FrameType.RECEIPT, canonical(item["receipt"]))
                receipts += 1
            elif item["verdict"] == Verdict.REFUSED and item["refusal"]:
                answers.add(FrameType.REFUSAL, canonical(item["refusal"]))
                refusals += 1
        for kind, message in mailboxes.unread(sender.court_code, sender.kiosk_id):
            if kind == NOTICE:
                answers.add(FrameType.NOTICE, message)
                notices += 1
        answers.close(key)
    return Taken(bundles, unknown, receipts, refusals, notices)
