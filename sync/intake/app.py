"""The intake's HTTP face: who asks is proven before a body is read, every body has a cap, every answer is signed.

Requests are read here and judged by the `Ledger`, which lives on its own thread. Refusals say nothing but a number:
what went wrong is for the court's own log, not for a stranger.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, cast

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import parse
from kiosk.filings.frames import MOST_CONTROL_BYTES, FrameReader, FrameTrouble
from sync.enrolment import EnrolRequest
from sync.intake import log
from sync.intake.chunks import open_chunks
from sync.intake.keys import key_changes
from sync.intake.ledger import WINDOW_BYTES, Reception
from sync.intake.mailbox import Mailboxes
from sync.intake.metrics import TYPE as METRICS_TYPE
from sync.intake.metrics import metrics
from sync.intake.openapi import described
from sync.intake.registry import Registry, Sender
from sync.intake.served import Served, open_ledger
from sync.key_news import KeyChain
from sync.news import NewsAsked
from sync.request_signature import signer
from sync.wire import Hello, Offer, WireTrouble, read, write

BATCH_HEADER = "x-batch-id"
MOST_BATCH_ID = 64
RETRY_SECONDS = 30
OURSELVES = ("127.0.0.1", "::1", "testclient")  # who may read the numbers; the last is this process itself
T = TypeVar("T")

logger = logging.getLogger("kiosk.intake")


class Bench:
    """The thread on which the ledger lives, and everything that may be asked of it."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._thread.submit(self._open).result()

    def _open(self) -> None:
        self.tables, self.ledger, key = open_ledger(self.served)
        self.registry = Registry(self.tables)
        self.chunks = open_chunks(self.served.blobs)
        self.mailboxes = Mailboxes(self.tables, key, self.served.clock)

    async def ask(self, question: Callable[..., T], *values: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: question(*values))

    def close(self) -> None:
        self._thread.submit(self.tables.close).result()
        self._thread.shutdown()


class Refused(Exception):
    """An answer that is only a number."""

    def __init__(self, status: int, retry_after: int = 0) -> None:
        self.status, self.retry_after = status, retry_after
        super().__init__(str(status))


def intake(bench: Bench) -> Starlette:
    """The application over this bench."""

    async def enrol(request: Request) -> Response:
        asked = read(EnrolRequest, await _body(request, MOST_CONTROL_BYTES))
        answer = await bench.ask(bench.registry.enrol, asked, bench.served.clock.now())
        if answer is None:
            raise Refused(403)
        logger.info("kiosk enrolled %s", asked.kiosk_id)
        return _json(answer)

    async def hello(request: Request) -> Response:
        sender = await _sender(bench, request)
        asked = read(Hello, await _signed_body(request, MOST_CONTROL_BYTES))
        if (asked.court_code, asked.kiosk_id) != (sender.court_code, sender.kiosk_id):
            raise Refused(403)
        return _json(await bench.ask(bench.ledger.welcome, sender, asked))

    async def offer(request: Request) -> Response:
        sender = await _sender(bench, request)
        asked = read(Offer, await _signed_body(request, MOST_CONTROL_BYTES))
        _require_room(bench)
        answer = await bench.ask(bench.ledger.answer_offer, sender, asked)
        if answer is None:
            raise Refused(413)
        return _json(answer)

    async def frames(request: Request) -> Response:
        sender = await _sender(bench, request)
        batch_id = request.headers.get(BATCH_HEADER, "")
        if not batch_id.isalnum() or len(batch_id) > MOST_BATCH_ID:
            raise Refused(400)
        _require_room(bench)
        reception = await bench.ask(bench.ledger.begin, sender)
        await _take_frames(bench, request, reception)
        return _json(await bench.ask(bench.ledger.finish, reception, batch_id))

    async def news(request: Request) -> Response:
        sender = await _sender(bench, request)
        asked = read(NewsAsked, await _signed_body(request, MOST_CONTROL_BYTES))
        if (asked.court_code, asked.kiosk_id) != (sender.court_code, sender.kiosk_id):
            raise Refused(403)
        return _json(await bench.ask(bench.mailboxes.answer, sender, asked))

    async def keys(request: Request) -> Response:
        await _sender(bench, request)
        await _signed_body(request, 0)
        messages = tuple(parse(one, MOST_CONTROL_BYTES) for one in await bench.ask(key_changes, bench.tables))
        return _json(write(KeyChain(messages=messages)))

    async def checkpoint(request: Request) -> Response:
        note = await bench.ask(log.newest_checkpoint, bench.tables, request.path_params["court_code"])
        if not note:
            raise Refused(404)
        return Response(note, media_type="text/plain")

    async def numbers(request: Request) -> Response:
        if request.client is None or request.client.host not in OURSELVES or "forwarded" in str(request.headers.keys()):
            raise Refused(404)
        text = await bench.ask(metrics, bench.tables, bench.served.clock.now())
        return Response(text, media_type=METRICS_TYPE, headers={"cache-control": "no-store"})

    async def description(request: Request) -> Response:
        return _json(described())

    return Starlette(
        routes=[
            Route("/v1/enrol", _plainly(enrol), methods=["POST"]),
            Route("/v1/hello", _plainly(hello), methods=["POST"]),
            Route("/v1/offer", _plainly(offer), methods=["POST"]),
            Route("/v1/frames", _plainly(frames), methods=["PUT"]),
            Route("/v1/news", _plainly(news), methods=["POST"]),
            Route("/v1/keys", _plainly(keys), methods=["POST"]),
            Route("/metrics", _plainly(numbers), methods=["GET"]),
            Route("/v1/openapi.json", _plainly(description), methods=["GET"]),
            Route("/v1/checkpoint/{court_code}", _plainly(checkpoint), methods=["GET"]),
        ]
    )


def _plainly(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Every way to fail becomes a status, and nothing else leaves."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            status, wait = refused.status, refused.retry_after
        except WireTrouble as trouble:
            logger.info("message refused: %s", trouble.fault.value)
            status, wait = 400, 0
        except KioskTrouble as trouble:
            logger.warning("trouble: %s", trouble.key)
            status, wait = 503, RETRY_SECONDS
        except OSError as error:
            logger.warning("disk trouble: errno %s", error.errno)
            status, wait = 503, RETRY_SECONDS
        return Response(status_code=status, headers={"retry-after": str(wait)} if wait else {})

    return answer


async def _take_frames(bench: Bench, request: Request, reception: Reception) -> None:
    """Read frame by frame. A cut or damaged stream ends the reading; the whole frames before it count."""
    reader = FrameReader()
    size = 0
    try:
        async for piece in cast("AsyncIterator[bytes]", request.stream()):
            size += len(piece)
            if size > WINDOW_BYTES + 2 * MOST_CONTROL_BYTES:
                raise FrameTrouble("more than the window")
            for frame in reader.feed(piece):
                await bench.ask(bench.ledger.take, reception, frame)
        reader.finish()
    except (FrameTrouble, ClientDisconnect):
        logger.info("a bundle ended early")
    except BaseException:  # also a cancelled task: half a bundle is dropped before the reason goes on its way
        await bench.ask(bench.ledger.drop, reception)
        raise


async def _sender(bench: Bench, request: Request) -> Sender:
    """The kiosk whose key signed this request's head."""
    claimed: dict[str, Sender] = {}
    key_id = request.headers.get("signature-input", "").partition('keyid="')[2][:16]
    sender = await bench.ask(bench.registry.sender, key_id)
    if sender is not None:
        claimed[key_id] = sender
    proven = signer(
        request.headers,
        request.method,
        request.url.path,
        lambda name: claimed[name].key if name in claimed else None,
    )
    if proven is None:
        raise Refused(401)
    return claimed[proven]


async def _signed_body(request: Request, most: int) -> bytes:
    """The body, if it is the one whose digest was signed."""
    body = await _body(request, most)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode("ascii")
    if request.headers.get("content-digest") != f"sha-256=:{digest}:":
        raise Refused(400)
    return body


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise Refused(413)
    except ClientDisconnect as error:
        raise Refused(400) from error
    return bytes(body)


def _require_room(bench: Bench) -> None:
    """A court without room says so before it takes a byte."""
    if not bench.chunks.has_room(bench.served.min_free_mb):
        raise Refused(503, RETRY_SECONDS)


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})
