"""Whoever builds requests from the intake's own description, right ones or wrong ones, finds no fault and no leak."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.filings.canonical import canonical, parse
from kiosk.sealing.keys import read_court_keys, read_device_key
from sync.intake.openapi import CALLS, described
from sync.request_signature import signed_headers
from sync.wire import Context, Message, open_signed

LEAKS = (b"Traceback", b"sqlite", b"SELECT", b".py", b"psycopg", b"/tmp")
WORDS = st.text(max_size=40) | st.sampled_from(
    ["", "110105", "110105-K01", "../..", "' OR 1=1 --", "0" * 64, "-1", "\x00", "a\x00b"]
)
NUMBERS = st.integers(-(2**70), 2**70) | st.sampled_from([0, 1, -1, 2**31, 2**63 - 1, 2**63])


def test_every_call_that_is_answered_is_described_and_the_other_way_round(court):
    found = json.loads(described())
    routes = {route.path for route in court._inside._client.app.routes} - {"/v1/openapi.json", "/metrics"}
    assert set(found["paths"]) == routes
    with court.client() as client:
        assert client.get("/v1/openapi.json").content == described()


def shaped(schema: dict[str, Any], schemas: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of the shape the description asks for."""
    if "$ref" in schema:
        return shaped(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    if "anyOf" in schema:
        return st.one_of([shaped(one, schemas) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "integer":
            return NUMBERS
        case "boolean":
            return st.booleans()
        case "array":
            inner = schema.get("items")
            return st.lists(shaped(inner, schemas) if isinstance(inner, dict) else WORDS, max_size=3)
        case "object" if "properties" in schema:
            fields = {name: shaped(one, schemas) for name, one in schema["properties"].items()}
            return st.fixed_dictionaries(fields)
        case "object":
            return st.dictionaries(st.text("abc", max_size=3), WORDS, max_size=3)
        case "null":
            return st.none()
        case _:
            return WORDS


def bodies(asked: type[Message] | None) -> st.SearchStrategy[bytes]:
    if asked is None:
        return st.binary(max_size=400)
    schemas = json.loads(described())["components"]["schemas"]
    values = shaped(schemas[asked.__name__], schemas)
    spelled = values.map(
        lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )
    return spelled | values.map(lambda value: json.dumps(value, indent=1).encode()) | st.binary(max_size=200)


HEADERS = st.dictionaries(
    st.sampled_from(["signature", "signature-input", "content-digest", "x-batch-id", "content-length", "expect"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60),
    max_size=4,
)


@pytest.mark.parametrize("call", CALLS, ids=[call[0] for call in CALLS])
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_fuzzer_finds_no_fault_and_no_leak(kiosk, court, call, data):
    path, method, asked, _, _, _ = call
    body = data.draw(bodies(asked))
    headers = {}
    if data.draw(st.booleans(), label="signed as an enrolled kiosk"):
        headers = signed_headers(read_device_key(kiosk.state), method.upper(), path, body)
        headers["x-batch-id"] = data.draw(st.sampled_from(["a1", "", "x" * 65, "no;pe"]))
    else:
        headers = {name: value for name, value in data.draw(HEADERS).items() if name != "content-length"}
    with court.client() as client:
        answer = client.request(method, path, content=body, headers=headers)
    assert answer.status_code in (200, 400, 401, 403, 413)
    assert not any(leak in answer.content for leak in LEAKS)
    if answer.status_code == 200:
        assert answer.headers["cache-control"] == "no-store"
    else:
        assert answer.content == b""


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_other_methods_and_other_paths_are_refused_in_one_line(court, method):
    with court.client() as client:
        for path in (
            "/v1/hello",
            "/v1/../../etc/passwd",
            "/",
            "/v1/blob/..%2f..%2fkeys",
            "/v1/checkpoint/%20%E4%B8%AD",
        ):
            answer = client.request(method, path)
            assert answer.status_code in (404, 405)
            assert len(answer.content) < 40


def test_what_the_description_calls_signed_is_signed(kiosk, court):
    body = canonical(
        {"v": 1, "court_code": "110105", "kiosk_id": "110105-K01", "nonce": "n", "generation": 1, "after": 0}
    )
    with court.client() as client:
        headers = signed_headers(read_device_key(kiosk.state), "POST", "/v1/news", body)
        answer: httpx2.Response = client.post("/v1/news", content=body, headers=headers)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    assert headers["content-digest"] == f"sha-256=:{digest}:"
    from sync.news import News

    keys = read_court_keys(kiosk.state)
    assert open_signed(News, Context.NEWS_REPLY, parse(answer.content, 10_000), keys.receipt_key).items == ()
