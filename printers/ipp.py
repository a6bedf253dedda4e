"""The Internet Printing Protocol, as little of it as a kiosk needs (RFC 8010 encoding, RFC 8011 model), by hand.

One request is one POST to the printer of the settings and to nothing else. Whatever comes back is a reply or a named
trouble: the parser has a cap for everything and never believes a length. No binding is used; those published are
compiled against CUPS, and a printer that speaks IPP needs none.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CONNECT_SECONDS = 3.0
READ_SECONDS = 30.0
MOST_REPLY_BYTES = 256 * 1024
MOST_ATTRIBUTES = 4096
DEFAULT_PORT = 631

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_JOBS, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000A, 0x000B
OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
TEXT, NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = 0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
VERSION_NOT_SUPPORTED = 0x0503
BUSY = 0x0507
NOT_ACCEPTING = 0x0506

Value = str | int | bool | bytes


class IppTrouble(Exception):
    """No reply: no line, silence, or bytes that are no reply. `sent` says whether the request may have arrived."""

    def __init__(self, why: str, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Attribute:
    tag: int
    name: str
    values: tuple[Value, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    tag: int
    attributes: Mapping[str, tuple[Value, ...]] = field(repr=False)

    def first(self, name: str) -> Value | None:
        return next(iter(self.attributes.get(name, ())), None)

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(value for value in self.attributes.get(name, ()) if isinstance(value, str))

    def number(self, name: str) -> int | None:
        value = self.first(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    request_id: int
    groups: tuple[Group, ...]

    @property
    def well(self) -> bool:
        return self.status < 0x0100

    def group(self, tag: int) -> Group:
        return next((one for one in self.groups if one.tag == tag), Group(tag, {}))

    def all(self, tag: int) -> tuple[Group, ...]:
        return tuple(one for one in self.groups if one.tag == tag)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked, as a printer reads it."""

    version: tuple[int, int]
    operation: int
    request_id: int
    groups: tuple[Group, ...]
    document: bytes = field(repr=False)

    def group(self, tag: int) -> Group:
        return next((one for one in self.groups if one.tag == tag), Group(tag, {}))


def encode_request(
    operation: int,
    request_id: int,
    groups: Sequence[tuple[int, Sequence[Attribute]]],
    document: bytes = b"",
    version: tuple[int, int] = (2, 0),
) -> bytes:
    return _head(version, operation, request_id) + encode_groups(groups) + document


def encode_reply(status: int, request_id: int, groups: Sequence[tuple[int, Sequence[Attribute]]]) -> bytes:
    return _head((2, 0), status, request_id) + encode_groups(groups)


def _head(version: tuple[int, int], code: int, request_id: int) -> bytes:
    return bytes(version) + code.to_bytes(2, "big") + request_id.to_bytes(4, "big")


def encode_groups(groups: Sequence[tuple[int, Sequence[Attribute]]]) -> bytes:
    out = bytearray()
    for tag, attributes in groups:
        out.append(tag)
        for one in attributes:
            for at, value in enumerate(one.values):
                name = one.name.encode("ascii") if at == 0 else b""  # a further value has no name of its own
                data = _data(one.tag, value)
                out += bytes([one.tag]) + len(name).to_bytes(2, "big") + name + len(data).to_bytes(2, "big") + data
    out.append(END)
    return bytes(out)


def _data(tag: int, value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8")[:1023]
    if tag == BOOLEAN:
        return b"\1" if value else b"\0"
    return int(value).to_bytes(4, "big", signed=True)


def decode_reply(data: bytes) -> Reply:
    """The reply in these bytes; `IppTrouble` when they are none."""
    _, code, request_id, groups, _ = _decode(data)
    return Reply(code, request_id, groups)


def decode_request(data: bytes) -> Request:
    version, code, request_id, groups, rest = _decode(data)
    return Request(version, code, request_id, groups, rest)


def _decode(data: bytes) -> tuple[tuple[int, int], int, int, tuple[Group, ...], bytes]:
    if len(data) < 9:
        raise IppTrouble("too short", sent=True)
    at, count = 8, 0
    groups: list[tuple[int, dict[str, list[Value]]]] = []
    last = ""
    while True:
        tag = _slice(data, at, 1)[0]
        at += 1
        if tag == END:
            break
        if tag < 0x10:
            groups.append((tag, {}))
            last = ""
            continue
        count += 1
        size = int.from_bytes(_slice(data, at, 2), "big")
        name = _slice(data, at + 2, size).decode("ascii", "replace")
        at += 2 + size
        size = int.from_bytes(_slice(data, at, 2), "big")
        value = _slice(data, at + 2, size)
        at += 2 + size
        last = name or last
        if not groups or not last or count > MOST_ATTRIBUTES:
            raise IppTrouble("an attribute of no group, or too many", sent=True)
        groups[-1][1].setdefault(last, []).append(_value(tag, value))
    found = tuple(Group(tag, {name: tuple(values) for name, values in said.items()}) for tag, said in groups)
    return (data[0], data[1]), int.from_bytes(data[2:4], "big"), int.from_bytes(data[4:8], "big"), found, data[at:]


def _slice(data: bytes, at: int, size: int) -> bytes:
    piece = data[at : at + size]
    if len(piece) != size:
        raise IppTrouble("cut short", sent=True)
    return piece


def _value(tag: int, data: bytes) -> Value:
    if tag in (INTEGER, ENUM) and len(data) == 4:
        return int.from_bytes(data, "big", signed=True)
    if tag == BOOLEAN and len(data) == 1:
        return data != b"\0"
    if 0x40 <= tag <= 0x4A:
        return data.decode("utf-8", "replace")
    return data


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int
    path: str
    secure: bool

    @property
    def uri(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ipps' if self.secure else 'ipp'}://{host}:{self.port}{self.path}"


def address_of(link: str) -> Address | None:
    """Where `ipp://host:631/ipp/print` points; None when it is no such link."""
    try:
        parts = urlsplit(link)
        port = parts.port or DEFAULT_PORT
    except ValueError:
        return None
    if parts.scheme not in ("ipp", "ipps") or not parts.hostname or parts.username or parts.query or parts.fragment:
        return None
    if not link.isascii() or any(character <= " " for character in link):
        return None
    return Address(parts.hostname, port, parts.path or "/ipp/print", parts.scheme == "ipps")


class IppClient:
    """Asks one printer. Every call ends: connecting in 3 s, each reading in 30 s."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._version = (2, 0)
        self._request_id = 0

    def ask(
        self,
        operation: int,
        attributes: Sequence[Attribute] = (),
        job: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> Reply:
        """One operation; a printer that only knows version 1.1 is asked once more in it."""
        reply = self._once(operation, attributes, job, document)
        if reply.status == VERSION_NOT_SUPPORTED and self._version == (2, 0):
            self._version = (1, 1)
            reply = self._once(operation, attributes, job, document)
        return reply

    def _once(
        self, operation: int, attributes: Sequence[Attribute], job: Sequence[Attribute], document: bytes
    ) -> Reply:
        self._request_id += 1
        asked = (
            Attribute(CHARSET, "attributes-charset", ("utf-8",)),
            Attribute(LANGUAGE, "attributes-natural-language", ("zh-cn",)),
            Attribute(URI, "printer-uri", (self.address.uri,)),
            *attributes,
        )
        groups: list[tuple[int, Sequence[Attribute]]] = [(OPERATION, asked)]
        if job:
            groups.append((JOB, job))
        body = encode_request(operation, self._request_id, groups, document, self._version)
        reply = decode_reply(self._post(body))
        if reply.request_id != self._request_id:
            raise IppTrouble("an answer to something else", sent=True)
        return reply

    def _post(self, body: bytes) -> bytes:
        kind = http.client.HTTPSConnection if self.address.secure else http.client.HTTPConnection
        line = kind(self.address.host, self.address.port, timeout=CONNECT_SECONDS)
        sent = False
        try:
            line.connect()
            assert line.sock is not None
            line.sock.settimeout(READ_SECONDS)
            sent = True
            line.request("POST", self.address.path, body, {"Content-Type": "application/ipp"})
            answer = line.getresponse()
            data = answer.read(MOST_REPLY_BYTES + 1)
            if answer.status != 200 or len(data) > MOST_REPLY_BYTES:
                raise IppTrouble(f"HTTP {answer.status}", sent)
            return data
        except (OSError, http.client.HTTPException) as error:
            raise IppTrouble(type(error).__name__, sent) from error
        finally:
            line.close()
