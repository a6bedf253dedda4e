"""Writes a pack as YAML people can read; `kiosk.forms.source` reads exactly the same values back.

Texts stand in double quotes wherever a plain word could be taken for something else; no anchors, no tags.
"""

from __future__ import annotations

import re
from typing import Any

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*", re.ASCII)
HAN = re.compile(r"[\u4e00-\u9fa5][\u4e00-\u9fa5，。、；？！（）《》0-9]*")
RESERVED = {"true", "false", "True", "False", "null", "Null", "NULL", "TRUE", "FALSE"}
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
WIDE = 110


def yaml_of(value: dict[str, Any], heading: str = "") -> str:
    """The whole file; `heading` becomes comment lines."""
    lines = [f"# {line}" for line in heading.splitlines()]
    _mapping(value, 0, lines)
    return "\n".join(lines) + "\n"


def _mapping(value: dict[str, Any], depth: int, lines: list[str], lead: str = "") -> None:
    """The entries, one a line; `lead` (the dash of a list) stands before the first."""
    for name, inner in value.items():
        before = lead or "  " * depth
        lead = ""
        flat = _flow(inner)
        if not _nested(inner) or (len(before) + len(name) + len(flat) < WIDE and _shallow(inner)):
            lines.append(f"{before}{scalar(name)}: {flat}")
        elif isinstance(inner, dict):
            lines.append(f"{before}{scalar(name)}:")
            _mapping(inner, depth + 1, lines)
        else:
            lines.append(f"{before}{scalar(name)}:")
            _list(inner, depth + 1, lines)


def _list(value: list[Any], depth: int, lines: list[str]) -> None:
    for inner in value:
        before, flat = "  " * depth + "- ", _flow(inner)
        if not _nested(inner) or (len(before) + len(flat) < WIDE and _shallow(inner)):
            lines.append(before + flat)
        elif isinstance(inner, dict):
            _mapping(inner, depth + 1, lines, before)
        else:
            lines.append("  " * depth + "-")
            _list(inner, depth + 1, lines)


def _nested(value: Any) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _shallow(value: Any) -> bool:
    """Short enough in thought for one line: words, a choice; never a list of items."""
    inside = list(value.values()) if isinstance(value, dict) else value
    return not any(isinstance(one, list) and one for one in inside) and (
        isinstance(value, dict) or not any(isinstance(one, dict) for one in inside)
    )


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(name)}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value) if len(str(value)) < 10 else f'"{value}"'
    text = str(value)
    if (PLAIN.fullmatch(text) or HAN.fullmatch(text)) and text not in RESERVED:
        return text
    return '"' + "".join(_character(one) for one in text) + '"'


def _character(one: str) -> str:
    if one in ESCAPES:
        return ESCAPES[one]
    if one == " " or one.isprintable():
        return one
    number = ord(one)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
