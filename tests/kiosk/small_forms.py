"""Small packs written on the page of the test that needs them."""

from __future__ import annotations

from datetime import date
from typing import Any

TODAY = date(2026, 11, 23)


def pack_of(*items: dict[str, Any], **top: Any) -> dict[str, Any]:
    """A pack of these items; labels and purposes that do not matter to the test are filled in."""
    pack = {"pack": "test", "version": "1", "languages": ["en"], "title": {"en": "Test"}}
    return pack | top | {"form": [_completed(item) for item in items]}


def _completed(item: dict[str, Any]) -> dict[str, Any]:
    item = dict(item)
    if "compute" not in item:
        item.setdefault("label", {"en": "?"})
    if "ask" in item:
        item.setdefault("purpose", "test")
    if "items" in item:
        item["items"] = [_completed(inner) for inner in item["items"]]
    return item
