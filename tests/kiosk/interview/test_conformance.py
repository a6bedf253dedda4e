"""Forms nobody here wrote, walked as ODK's engines walked them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.forms.problems import PackTrouble
from kiosk.forms.xform import import_xform
from kiosk.interview.replay import read_traces, replay

BY_NATURE = [
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)"), "a moment"),
    (re.compile(r"(?:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "a uuid"),
    (re.compile(r"^0\.\d{10,}$"), "a random number"),
]


def leaves(xml: str) -> Iterator[tuple[str, str]]:
    """The leaf paths of an instance with their texts; `meta` left out."""
    prefixes = {address: prefix for prefix, address in re.findall(r'xmlns:(\w+)="([^"]*)"', xml)}

    def name(tag: str) -> str:
        address, _, local = tag.rpartition("}")
        prefix = prefixes.get(address.lstrip("{"), "")
        return f"{prefix}:{local}" if prefix else local

    def below(element: ET.Element, path: str, top: bool) -> Iterator[tuple[str, str]]:
        if len(element) == 0 and element.text:
            yield path, element.text
        seen: Counter[str] = Counter()
        for child in element:
            called = name(child.tag)
            if not (top and called.rpartition(":")[2] == "meta"):
                seen[called] += 1
                yield from below(child, f"{path}/{called}[{seen[called]}]", False)

    root = ET.fromstring(xml)
    yield from below(root, "/" + name(root.tag), True)


def masked(values: dict[str, str], day: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, text in values.items():
        for pattern, words in BY_NATURE:
            text = pattern.sub(words, text)
        found[path] = text.replace(day, "today")
    return found


def test_every_walk_ends_as_it_did_elsewhere(conformance: Path):
    traces = list(read_traces(conformance / "traces.jsonl"))
    differing: list[Any] = []
    recorded_on = datetime.fromtimestamp((conformance / "traces.jsonl").stat().st_mtime, UTC).date().isoformat()
    today = datetime.now(UTC).date().isoformat()
    for trace, outcome in zip(traces, replay(traces, conformance), strict=True):
        expected = {
            "outcomes": [step["outcome"] for step in trace["steps"] if step["do"] == "answer"],
            "asked": trace["asked"],
            "values": masked(dict(leaves(trace["xml"])), recorded_on),
            "valid_at_end": trace["valid_at_end"],
            "error": None,
        }
        found = {name: outcome[name] for name in expected} | {"values": masked(outcome["values"], today)}
        if found != expected:
            differing.append((trace["form"], trace["seed"]))
    assert len(differing) <= 0.03 * len(traces), differing


def test_what_both_engines_refuse_is_refused_with_its_cause(conformance: Path):
    for path in sorted((conformance / "refuse").glob("*.xml")):
        with pytest.raises(PackTrouble) as trouble:
            import_xform(path.read_bytes(), path.name)
        assert trouble.value.problems[0].place.startswith(f"{path.name}:")
