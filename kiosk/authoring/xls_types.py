"""The types of an XLSForm row: pyxform's dictionary says what a word means, this says which kind of ours it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

BEGIN = re.compile(r"(begin|end)[ _]+(\w[\w ]*)", re.IGNORECASE)
BY_BIND = {
    "string": "text",
    "int": "int",
    "decimal": "decimal",
    "date": "date",
    "dateTime": "datetime",
    "time": "time",
    "binary": "file",
    "barcode": "text",
}
FILES = {"image", "photo", "file", "audio", "video", "q picture", "q image", "q audio", "q video"}
SKIPPED = {"audit", "xml-external", "csv-external", "background-audio", "background-geopoint", "start-geopoint"}
PRELOADED = {"date": "today()", "start": "now()", "end": "now()"}


@dataclass(frozen=True, slots=True)
class Type:
    """`what`: begin, end, ask, compute, note, skip or unknown."""

    what: str
    kind: str = ""
    list_name: str = ""
    other: bool = False  # or_other
    external: bool = False
    value: str = ""


UNKNOWN = Type("unknown")
SEEN = "seen"  # the list of the one answer an acknowledgement has


def read_type(word: str) -> Type:
    word = " ".join(word.split())
    frame = BEGIN.fullmatch(word)
    if frame:
        about = aliases.control.get(frame.group(2).lower().replace("_", " "))
        what = frame.group(1).lower()
        return Type(what, str(about)) if about in ("group", "repeat") else UNKNOWN
    for alias in sorted(aliases.select, key=len, reverse=True):
        if word == alias or word.startswith(alias + " "):
            return _select(str(aliases.select[alias]), alias, word[len(alias) :].strip())
    return _plain(word)


def _select(means: str, alias: str, rest: str) -> Type:
    other = bool(re.search(r"(^|\s)or[_ ]other$", rest))
    list_name = re.sub(r"(^|\s)or[_ ]other$", "", rest).strip()
    if means == "rank" or means not in ("select one", "select all that apply"):
        return Type("unsupported", means)
    kind = "choice" if means == "select one" else "choices"
    if "file" in alias:
        return Type("ask", kind, re.sub(r"\.(csv|xml|geojson)$", "", list_name), external=True)
    return Type("ask", kind, list_name, other)


def _plain(word: str) -> Type:
    known = QUESTION_TYPE_DICT.get(word) or QUESTION_TYPE_DICT.get(word.lower())
    if known is None:
        return UNKNOWN
    if word in SKIPPED:
        return Type("skip")
    bind, control = known.get("bind", {}), known.get("control", {})
    tag, data = str(control.get("tag", "")), str(bind.get("type", "string"))
    if bind.get("jr:preload") or word == "hidden":
        return Type("compute", "text", value=_preloaded(bind))
    if word == "calculate" or (not tag and "calculate" in word):
        return Type("compute", "text")
    if bind.get("readonly") and tag == "input":
        return Type("note")
    if tag == "trigger":
        return Type("ask", "choice", SEEN)
    if word == "range":
        return Type("ask", "range")
    if word in FILES:
        return Type("ask", "file")
    if data == "time":
        return Type("ask", "time")
    if data in BY_BIND and tag in ("input", "upload", ""):
        return Type("ask", BY_BIND[data])
    return Type("unsupported", word)


def _preloaded(bind: dict[str, str]) -> str:
    if bind.get("jr:preload") in ("date", "timestamp"):
        key = "date" if bind["jr:preload"] == "date" else str(bind.get("jr:preloadParams"))
        return PRELOADED.get(key, "''")
    return "''"
