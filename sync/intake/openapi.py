"""What the intake's HTTP face understands, as OpenAPI 3.1, made from the very types that read the messages.

A gateway, a tester or another vendor's kiosk is built from it. It says nothing a stranger could not find out by asking.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from kiosk.filings.canonical import canonical
from kiosk.filings.frames import MOST_CONTROL_BYTES
from sync.enrolment import EnrolAnswer, EnrolRequest
from sync.key_news import KeyChain
from sync.news import News, NewsAsked
from sync.wire import Hello, Message, Offer, Reply, Welcome

REF = "#/components/schemas/{name}"
SIGNED = "Signed message: body, key_id, signature (Ed25519 over context and canonical body)"
CALLS: tuple[tuple[str, str, type[Message] | None, type[Message], bool, str], ...] = (
    # path, method, question, answer, answer is signed, what it does
    ("/v1/enrol", "post", EnrolRequest, EnrolAnswer, False, "Make a kiosk's keys known with a one-time code"),
    ("/v1/hello", "post", Hello, Welcome, True, "Greet; nothing is sent before the welcome verifies"),
    (
        "/v1/offer",
        "post",
        Offer,
        Reply,
        True,
        "Offer filings; per item want, have with receipt, conflict, hold, refused",
    ),
    ("/v1/frames", "put", None, Reply, True, "A bundle of frames: chunks and envelopes; receipts come back"),
    ("/v1/news", "post", NewsAsked, News, True, "The court's notices after a place of this kiosk's mailbox"),
    ("/v1/keys", "post", None, KeyChain, False, "Every message that told a new key of the court"),
)
REFUSALS = {
    "400": "Not a message of this call, or its digest is not the one that was signed",
    "401": "No signature of an enrolled kiosk (RFC 9421)",
    "403": "A code that is not good, or a message in another kiosk's name",
    "413": "More than the limit",
    "503": "No room or no database; Retry-After says when to come again",
}


@lru_cache(maxsize=1)
def described() -> bytes:
    """The description as JSON."""
    kinds = {kind for _, _, asked, answered, _, _ in CALLS for kind in (asked, answered) if kind is not None}
    _, schemas = msgspec.json.schema_components(sorted(kinds, key=lambda kind: kind.__name__), ref_template=REF)
    paths: dict[str, Any] = {}
    for path, method, asked, answered, signed, what in CALLS:
        paths[path] = {method: _operation(path, asked, answered, signed, what)}
    paths["/v1/checkpoint/{court_code}"] = {
        "get": {
            "operationId": "checkpoint",
            "summary": "The newest signed checkpoint of the court's log (C2SP tlog-checkpoint)",
            "parameters": [{"name": "court_code", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {
                "200": {"description": "A signed note", "content": {"text/plain": {"schema": {"type": "string"}}}},
                "404": {"description": "No log of this court"},
            },
        }
    }
    return canonical(
        {
            "openapi": "3.1.0",
            "info": {"title": "Court lobby kiosk: intake", "version": "1", "license": {"name": "Apache-2.0"}},
            "paths": paths,
            "components": {"schemas": schemas},
        }
    )


def _operation(
    path: str, asked: type[Message] | None, answered: type[Message], signed: bool, what: str
) -> dict[str, Any]:
    answer: dict[str, Any] = {"$ref": REF.format(name=answered.__name__)}
    if signed:
        answer = {
            "description": SIGNED,
            "type": "object",
            "required": ["body", "key_id", "signature"],
            "properties": {"body": answer, "key_id": {"type": "string"}, "signature": {"type": "string"}},
        }
    operation: dict[str, Any] = {
        "operationId": path.removeprefix("/v1/"),
        "summary": what,
        "responses": {
            "200": {"description": what, "content": {"application/json": {"schema": answer}}},
            **{status: {"description": why} for status, why in REFUSALS.items()},
        },
    }
    if path != "/v1/enrol":
        operation["parameters"] = [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
            for name in ("content-digest", "signature-input", "signature")
        ]
    if asked is not None:
        schema = {"$ref": REF.format(name=asked.__name__)}
        what_size = f"Canonical JSON, at most {MOST_CONTROL_BYTES} bytes"
        operation["requestBody"] = {
            "required": True,
            "description": what_size,
            "content": {"application/json": {"schema": schema}},
        }
    elif path == "/v1/frames":
        operation["parameters"].append(
            {"name": "x-batch-id", "in": "header", "required": True, "schema": {"type": "string", "maxLength": 64}}
        )
        operation["requestBody"] = {
            "required": True,
            "description": "Frames: type, length, SHA-256, body",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    return operation
