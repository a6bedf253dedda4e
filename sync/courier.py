"""The court over HTTPS: the only network client there is.

One client is kept open. Redirects are never followed, proxies of the environment never used, plain HTTP spoken only
to this machine itself. Every reply is capped, parsed and verified before anything is believed; HTTP 200 means
nothing by itself, for captive portals say 200 too.
"""

from __future__ import annotations

import re
import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import canonical
from kiosk.ids import FilingId
from kiosk.sealing.keys import CourtKeys, NoticeKey
from kiosk.sealing.signing import SigningKey
from sync.batch import Batch, Bundle, ChunkReader, Parcel, bundles
from sync.court import CameReceipt, CameRefusal, Delivery, Held, Mail, Rejected, Stopped, Unreachable
from sync.key_news import KeyChain, key_set, learned
from sync.news import NOTICE, News, NewsAsked, open_notice
from sync.request_signature import signed_headers
from sync.wire import (
    MOST_REPLY_BYTES,
    Answer,
    Context,
    Head,
    Hello,
    Receipt,
    Refusal,
    Reply,
    Verdict,
    Welcome,
    WireFault,
    WireTrouble,
    open_signed,
    read,
    read_signed,
    wanted_chunks,
    write,
)

HOST = re.compile(r"[A-Za-z0-9.:_-]+")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
TIMEOUT = httpx2.Timeout(30.0, connect=5.0)
NO_CHECK_TIME = 0x200000  # OpenSSL: chain and name are verified, dates are not
MOST_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Post:
    """What an HTTP request came to, when it came to an answer at all."""

    status: int
    body: bytes
    retry_after: float


def connect(url: str, ca: Path | None, floor: datetime | None = None) -> httpx2.Client:
    """A client for this court only.

    A clock that stands before the court's last signed time, the floor, must not stop TLS: chain and name are verified
    as ever, and the courier holds the certificate's dates against the floor.
    """
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise KioskTrouble("sync.url_wrong") from error
    if parsed.scheme in ("http", "https") and not (HOST.fullmatch(parsed.host) and (parsed.port or 1) < 65536):
        raise KioskTrouble("sync.url_wrong")
    verify: ssl.SSLContext | bool = True
    if parsed.scheme == "https":
        try:
            context = ssl.create_default_context(cafile=str(ca) if ca else None)
        except (OSError, ssl.SSLError) as error:
            raise KioskTrouble("sync.ca_unreadable", file=str(ca)) from error
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        if floor is not None:
            context.verify_flags |= ssl.VerifyFlags(NO_CHECK_TIME)
        verify = context
    elif parsed.scheme != "http" or parsed.host not in LOOPBACK:
        raise KioskTrouble("sync.url_not_secure")
    return httpx2.Client(base_url=parsed, verify=verify, timeout=TIMEOUT, trust_env=False, follow_redirects=False)


class Courier:
    """`CentralCourt` over HTTP."""

    carrier = "https"

    def __init__(
        self,
        client: httpx2.Client,
        key: SigningKey,
        keys: CourtKeys,
        head: Head,
        floor: datetime | None = None,
        notices: NoticeKey | None = None,
    ) -> None:
        self._client, self._key, self.keys, self._head = client, key, keys, head
        self._notices = notices
        self._floor = floor  # set when our clock is wrong: certificates are dated against it

    def close(self) -> None:
        self._client.close()

    def greet(self, hello: Hello) -> Welcome | Unreachable | Stopped:
        """Nothing else is sent before this came back signed."""
        post = self._send("POST", "/v1/hello", write(hello))
        if not isinstance(post, Post):
            return post
        failed = self._failed(post)
        if isinstance(failed, Rejected):
            return Stopped("sync.not_the_court")
        if failed is not None:
            return failed
        try:
            welcome = self._welcome(post.body)
        except WireTrouble:
            return Stopped("sync.not_the_court")
        if (welcome.nonce, welcome.court_code, welcome.kiosk_id) != (hello.nonce, hello.court_code, hello.kiosk_id):
            return Stopped("sync.not_the_court")
        if welcome.key_set and welcome.key_set != key_set(self.keys.keys):
            self._learn_keys()
        return welcome

    def _welcome(self, body: bytes) -> Welcome:
        """Signed by a key we know, or by one to which the keys we know lead."""
        try:
            return read_signed(Welcome, Context.WELCOME, body, self.keys.receipt_key)
        except WireTrouble as trouble:
            if trouble.fault is not WireFault.UNKNOWN_KEY:
                raise
        self._learn_keys()
        return read_signed(Welcome, Context.WELCOME, body, self.keys.receipt_key)

    def _learn_keys(self) -> None:
        """Whatever does not come, or does not prove itself, leaves the keys as they are."""
        post = self._send("POST", "/v1/keys", b"")
        if isinstance(post, Post) and self._failed(post) is None:
            try:
                self.keys = learned(self.keys, read(KeyChain, post.body, MOST_REPLY_BYTES).messages)
            except WireTrouble:
                return

    def deliver(self, batch: Batch, read_chunk: ChunkReader) -> Delivery | Unreachable | Stopped | Rejected:
        """Offer the batch, send what is wanted, and gather the verdicts until every filing has one."""
        parcels = {parcel.name: parcel for parcel in batch.parcels}
        offered = self._ask("POST", "/v1/offer", write(batch.offer()), batch, Context.OFFER_REPLY)
        if not isinstance(offered, Reply):
            return offered
        delivery = self._gather(Delivery(retry_after=offered.retry_after), offered, parcels)
        if not offered.window_bytes:
            return Unreachable("sync.court_busy", offered.retry_after)
        wanted = _wanted(offered, parcels)
        head = write(replace_head(self._head, batch.batch_id))
        for bundle in bundles(wanted, read_chunk, self._key, head, offered.window_bytes):
            answered = self._put(bundle, batch)
            if isinstance(answered, Rejected):
                return self._rejected(delivery, bundle, answered)
            if not isinstance(answered, Reply):
                return replace(delivery, cut_short=answered)
            delivery = self._gather(delivery, answered, parcels)
        return delivery

    def news(self, generation: int, after: int) -> Mail | Unreachable | Stopped:
        """Whatever does not verify is passed over: the place in the mailbox moves on, and nobody waits for it."""
        asked = NewsAsked(
            court_code=self.keys.court_code,
            kiosk_id=self.keys.kiosk_id,
            nonce=secrets.token_hex(16),
            generation=generation,
            after=after,
        )
        post = self._send("POST", "/v1/news", write(asked))
        if not isinstance(post, Post):
            return post
        failed = self._failed(post)
        if failed is not None:
            return Stopped("sync.not_the_court") if isinstance(failed, Rejected) else failed
        try:
            found = read_signed(News, Context.NEWS_REPLY, post.body, self.keys.receipt_key)
        except WireTrouble:
            return Stopped("sync.not_the_court")
        if (found.nonce, found.court_code, found.kiosk_id) != (asked.nonce, asked.court_code, asked.kiosk_id):
            return Stopped("sync.not_the_court")
        upto = max((item.position for item in found.items), default=after if found.generation == generation else 0)
        notices = [open_notice(item.body, self.keys, self._notices) for item in found.items if item.kind == NOTICE]
        return Mail(found.generation, upto, tuple(filter(None, notices)), found.more and bool(found.items))

    def enrol(self, request: bytes) -> bytes | Unreachable | Stopped:
        """Hand in an enrolment request; the caller checks the proof of the answer."""
        post = self._send("POST", "/v1/enrol", request)
        if not isinstance(post, Post):
            return post
        match self._failed(post):
            case None:
                return post.body
            case Rejected() | Stopped():
                return Stopped("sync.code_refused")
            case other:
                return other

    def _put(self, bundle: Bundle, batch: Batch) -> Reply | Unreachable | Stopped | Rejected:
        return self._ask("PUT", "/v1/frames", bundle.frames, batch, Context.FRAMES_REPLY)

    def _rejected(self, delivery: Delivery, bundle: Bundle, rejected: Rejected) -> Delivery | Rejected:
        """A bundle the court will not read: one filing is held, several are left for a batch of their own."""
        if len(bundle.completes) == 1:
            name = bundle.completes[0].name
            return replace(delivery, holds=(*delivery.holds, Held(*name, f"http {rejected.status}")))
        return rejected

    def _ask(
        self, method: str, path: str, body: bytes, batch: Batch, context: Context
    ) -> Reply | Unreachable | Stopped | Rejected:
        post = self._send(method, path, body, {"x-batch-id": batch.batch_id})
        if not isinstance(post, Post):
            return post
        failed = self._failed(post)
        if failed is not None:
            return failed
        try:
            reply = read_signed(Reply, context, post.body, self.keys.receipt_key)
        except WireTrouble:
            return Stopped("sync.not_the_court")
        return reply if reply.batch_id == batch.batch_id else Stopped("sync.not_the_court")

    def _send(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None
    ) -> Post | Unreachable | Stopped:
        signed = signed_headers(self._key, method, path, body)
        try:
            with self._client.stream(method, path, content=body, headers={**signed, **(headers or {})}) as response:
                if self._floor is not None and not _valid_at(response, self._floor):
                    return Stopped("sync.tls_wrong")
                answer = bytearray()
                for piece in response.iter_bytes():
                    answer += piece
                    if len(answer) > MOST_REPLY_BYTES:
                        return Stopped("sync.not_the_court")
                return Post(response.status_code, bytes(answer), _seconds(response.headers.get("retry-after", "")))
        except httpx2.HTTPError as error:
            return Stopped("sync.tls_wrong") if _is_tls(error) else Unreachable("sync.unreachable")
        except (ssl.SSLError, ValueError):
            return Stopped("sync.tls_wrong")
        except OSError:
            return Unreachable("sync.unreachable")

    @staticmethod
    def _failed(post: Post) -> Unreachable | Stopped | Rejected | None:
        match post.status:
            case 200:
                return None
            case 401 | 403:
                return Stopped("sync.kiosk_unknown")
            case 408 | 425 | 429:
                return Unreachable("sync.court_busy", post.retry_after)
            case status if status >= 500:
                return Unreachable("sync.court_busy", post.retry_after)
            case 400 | 409 | 413 | 415 | 422:
                return Rejected(post.status)
            case _:
                return Stopped("sync.not_the_court")  # redirects, 404 and whatever else a court of ours never says

    def _gather(self, delivery: Delivery, reply: Reply, parcels: dict[tuple[FilingId, int], Parcel]) -> Delivery:
        """Add what this reply proves. An answer about a filing we did not send, or one that does not verify, is nothing."""
        receipts, refusals, holds, forks = (
            list(delivery.receipts),
            list(delivery.refusals),
            list(delivery.holds),
            list(delivery.forks),
        )
        for answer in reply.items:
            name = (FilingId(answer.filing_id), answer.rev)
            if name not in parcels:
                continue
            digest = parcels[name].entry.envelope_sha256
            if answer.fork and name not in forks:
                forks.append(name)
            match answer.verdict:
                case Verdict.HAVE:
                    receipts += self._receipt(answer, digest)
                case Verdict.REFUSED:
                    refusals += self._refusal(answer, digest)
                case Verdict.CONFLICT | Verdict.HOLD:
                    holds.append(Held(*name, answer.reason or answer.verdict.value))
                case Verdict.WANT:
                    pass
        return replace(
            delivery, receipts=tuple(receipts), refusals=tuple(refusals), holds=tuple(holds), forks=tuple(forks)
        )

    def _receipt(self, answer: Answer, digest: str) -> list[CameReceipt]:
        try:
            receipt = open_signed(Receipt, Context.RECEIPT, answer.receipt or {}, self.keys.receipt_key)
        except WireTrouble:
            return []
        ours = (self.keys.court_code, self.keys.kiosk_id, answer.filing_id, answer.rev, digest)
        told = (receipt.court_code, receipt.kiosk_id, receipt.filing_id, receipt.rev, receipt.envelope_sha256)
        return [CameReceipt(receipt, canonical(answer.receipt))] if told == ours else []

    def _refusal(self, answer: Answer, digest: str) -> list[CameRefusal]:
        try:
            refusal = open_signed(Refusal, Context.REFUSAL, answer.refusal or {}, self.keys.receipt_key)
        except WireTrouble:
            return []
        told = (refusal.filing_id, refusal.rev, refusal.envelope_sha256)
        return (
            [CameRefusal(refusal, canonical(answer.refusal))] if told == (answer.filing_id, answer.rev, digest) else []
        )


def replace_head(head: Head, bundle_id: str) -> Head:
    fields: dict[str, Any] = {name: getattr(head, name) for name in head.__struct_fields__}
    return Head(**{**fields, "bundle_id": bundle_id})


def _wanted(reply: Reply, parcels: dict[tuple[FilingId, int], Parcel]) -> list[tuple[Parcel, frozenset[str]]]:
    """What the court asks for, in our order; an answer we cannot read asks for everything."""
    wanted: list[tuple[Parcel, frozenset[str]]] = []
    answers = {(FilingId(one.filing_id), one.rev): one for one in reply.items if one.verdict is Verdict.WANT}
    for name, parcel in parcels.items():
        if name in answers:
            chunks = tuple(chunk.sha256 for chunk in parcel.chunks)
            try:
                ids = wanted_chunks(chunks, answers[name].want)
            except WireTrouble:
                ids = chunks
            wanted.append((parcel, frozenset(ids)))
    return wanted


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0


def _valid_at(response: httpx2.Response, moment: datetime) -> bool:
    """Whether the certificate behind this answer was good at that moment; plain HTTP to ourselves has none."""
    stream = response.extensions.get("network_stream")
    secured = stream.get_extra_info("ssl_object") if stream is not None else None
    if secured is None:
        return response.url.scheme == "http"
    certificate = secured.getpeercert()
    begins, ends = (ssl.cert_time_to_seconds(certificate[name]) for name in ("notBefore", "notAfter"))
    return begins <= moment.timestamp() <= ends


def _is_tls(error: BaseException) -> bool:
    """Whether somebody answered who cannot prove to be the court."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
