"""Enrolling this kiosk: make its signing key, have the court vouch for it, keep the court's public keys.

The new key and the court's answer replace the old ones only when both are durable; a run that was cut off is simply
run again with the same code.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import httpx2

from kiosk.clock import Clock
from kiosk.errors import KioskTrouble
from kiosk.sealing.keys import (
    CourtKeys,
    NoticeKey,
    court_keys_bytes,
    court_keys_path,
    device_key_path,
    notice_key_path,
    parse_notice_key,
)
from kiosk.sealing.signing import SEED_BYTES, SigningKey
from kiosk.settings import Settings
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.disk import fsync_folder, write_once
from kiosk.store.outbox import Outbox
from kiosk.store.receipts import Receipts
from kiosk.store.sealed_files import RealDisk, write_durably
from kiosk.store.settling import alone
from sync.bookkeeping import ACTOR
from sync.courier import Courier
from sync.court import Stopped, Unreachable
from sync.enrolment import EnrolRequest, normal_code, prove_request, read_answer
from sync.wire import Head, WireTrouble


def join(db: Database, settings: Settings, client: httpx2.Client, code: str, clock: Clock) -> CourtKeys:
    """Enrol with the court this client reaches; a trouble says what to do when it refuses or is not there."""
    notices, key = _new_notice_key(settings.state), _new_key(settings.state)
    request = EnrolRequest(
        court_code=settings.court.code,
        kiosk_id=settings.kiosk_id,
        sign_key=key.public.raw.hex(),
        notice_suite=notices.suite,
        notice_key=notices.public.hex(),
        nonce=secrets.token_hex(16),
    )
    code = normal_code(code)
    answer = _ask(settings, client, key, prove_request(request, code))
    try:
        epoch, keys = read_answer(answer, request.nonce, code)
    except WireTrouble as error:
        raise KioskTrouble("sync.not_the_court") from error
    if (keys.court_code, keys.kiosk_id) != (request.court_code, request.kiosk_id):
        raise KioskTrouble("sync.not_the_court")
    _keep(settings.state, keys)
    with alone(settings.state), atomic(db):
        outbox, receipts = Outbox(db), Receipts(db)
        own, _, _ = outbox.head()
        beginning = max(epoch, own + 1 if outbox.forked() else own)
        if beginning > own or outbox.forked():
            outbox.open_epoch(beginning)
        audit = Audit(db, clock)
        audit.note(AuditEvent.KIOSK_ENROLLED, actor=ACTOR, object=keys.kiosk_id, epoch=beginning, key=key.public.key_id)
        receipts.forget_contact(Courier.carrier)
    return keys


def _ask(settings: Settings, client: httpx2.Client, key: SigningKey, request: bytes) -> bytes:
    nobody = Head(kiosk_id="", court_code="", bundle_id="", epoch=0, clock="", boot_id="", monotonic_ms=0)
    courier = Courier(client, key, CourtKeys(settings.court.code, settings.kiosk_id, ()), nobody)
    match courier.enrol(request):
        case Unreachable(trouble=trouble) | Stopped(trouble=trouble):
            raise KioskTrouble(trouble)
        case bytes() as answer:
            return answer


def _new_key(state: Path) -> SigningKey:
    """A fresh key under a name of its own, or the one an unfinished enrolment left there."""
    path = _pending(state)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        write_once(path, SigningKey.make().seed)
    seed = path.read_bytes()
    if len(seed) != SEED_BYTES:
        raise KioskTrouble("sealing.keys_unreadable", file=str(path))
    return SigningKey(seed)


def write_court_keys(state: Path, keys: CourtKeys) -> None:
    """What this kiosk knows of its court, durable when this returns."""
    path = court_keys_path(state)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_durably(RealDisk(), path, court_keys_bytes(keys))


def _new_notice_key(state: Path) -> NoticeKey:
    """A fresh one, made before the signing key and named before it: an unfinished enrolment finds it again."""
    path = _pending_notices(state)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        if _pending(state).exists() and notice_key_path(state).exists():
            path = notice_key_path(state)
        else:
            write_once(path, NoticeKey.make().stored())
    try:
        return parse_notice_key(path.read_bytes())
    except ValueError as error:
        raise KioskTrouble("sealing.keys_unreadable", file=str(path)) from error


def _keep(state: Path, keys: CourtKeys) -> None:
    """All of it durable. Cut in between, the same enrolment is run again and gives the same answer.

    The signing key is named last: as long as it has its pending name the enrolment is not over.
    """
    write_court_keys(state, keys)
    if _pending_notices(state).exists():
        os.replace(_pending_notices(state), notice_key_path(state))
    os.replace(_pending(state), device_key_path(state))
    fsync_folder(device_key_path(state).parent)


def _pending(state: Path) -> Path:
    return device_key_path(state).with_name("device.key.new")


def _pending_notices(state: Path) -> Path:
    return notice_key_path(state).with_name("notice.key.new")
