"""What the columns of an XLSForm mean: aliases as pyxform has them, languages, and the columns this project adds."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from pyxform import aliases

from kiosk.authoring.findings import Finding, finding
from kiosk.authoring.workbook import Sheet

WORDS = {"label", "hint", "help", "message", "required_message", "paper", "example", "add", "item", "body"}
RULES = {"relevant", "constraint", "required", "readonly", "value", "choice_filter", "default", "count", "suggest"}
OWN = {"kind", "row", "source", "class", "purpose", "stage", "keys", "unknown", "tone", "card", "min", "max"}
PLAIN = {"type", "name", "appearance", "parameters", "trigger"} | RULES | OWN
LEFT = {"image", "big-image", "audio", "video", "media", "autoplay", "rows", "save_to", "entities:saveto", "sms_field"}
LEFT |= {"compact_tag", "instance", "note", "notes", "comment", "comments", "repeat_count_note", "disabled", "order"}
RENAMED = {
    "jr:constraintmsg": "message",
    "jr:requiredmsg": "required_message",
    "jr:count": "count",
    "calculate": "value",
    "guidance_hint": "help",
    "jr:noapperrorstring": "comment",
    "odk:tag": "compact_tag",
}
CHOICE_WORDS = {"label", "example"}
OPEN = {"list_name", "list", "listname", "name", "names", "labels"}
LANGUAGE_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*\)\s*$")
NAMES = {
    "english": "en",
    "chinese": "zh",
    "中文": "zh",
    "汉语": "zh",
    "简体中文": "zh",
    "french": "fr",
    "français": "fr",
}
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class Columns:
    """Of one sheet: what each header means, as (name, language or "")."""

    sheet: Sheet
    meaning: dict[str, tuple[str, str]] = field(default_factory=dict)  # header → name, language
    headers: dict[tuple[str, str], str] = field(default_factory=dict)  # and back
    languages: list[str] = field(default_factory=list)

    def header(self, name: str, language: str = "") -> str:
        """The header of a meaning, for naming a cell; the nearest one when the sheet lacks it."""
        found = self.headers.get((name, language))
        return found or next((said for (other, _), said in self.headers.items() if other == name), name)

    def has(self, name: str, language: str) -> bool:
        return (name, language) in self.headers


def language_code(name: str) -> str:
    """`English (en)` → en; a name without a code becomes a short word of its own."""
    match = LANGUAGE_CODE.search(name)
    if match:
        return match.group(1).lower()
    known = NAMES.get(name.strip().lower())
    return known or re.sub(r"[^a-z0-9-]+", "_", name.strip().lower()).strip("_")[:20] or "other"


def canonical(word: str) -> str:
    word = re.sub(r"\s+", "_", word.strip().lower())
    if word in WORDS | OWN:
        return word
    alias = aliases.survey_header.get(word, aliases.survey_header.get(word.replace("_", " "), word))
    base = alias if isinstance(alias, str) else str(alias[-1])
    return RENAMED.get(base.lower(), base.lower())


def _split(header: str, known: set[str]) -> tuple[str, str]:
    parts = [part.strip() for part in header.split("::")]
    if len(parts) == 1 and ":" in header and not header.lower().startswith("jr:"):
        first, _, rest = header.partition(":")
        if canonical(first) in known:
            parts = [first.strip(), rest.strip()]
    if (
        parts[0].lower() in ("bind", "control", "body", "media")
        and len(parts) > 1
        and canonical(parts[1]) in PLAIN | WORDS | LEFT
    ):
        parts = parts[1:]
    return canonical(parts[0]), parts[1] if len(parts) > 1 else ""


def read_columns(sheet: Sheet, words: set[str], plain: set[str], closed: bool, found: list[Finding]) -> Columns:
    """The meanings of a sheet's headers. `closed`: a header that nearly is a known one is a mistake."""
    columns = Columns(sheet)
    for header in sheet.columns:
        name, spoken = _split(header, words)
        language = language_code(spoken) if spoken else ""
        if name not in words | plain | LEFT and (spoken or name not in OPEN):
            near = difflib.get_close_matches(name, sorted(words | plain | {"calculation"}), 1, 0.75 if closed else 0.8)
            if near:
                found.append(finding(sheet.at(1, header), "column_misspelt", name=header[:40], near=near[0]))
                if (canonical(near[0]), language) not in columns.headers:
                    name = canonical(near[0])  # read as what it was meant to be: one mistake, one message
        if (name, language) in columns.headers:
            found.append(finding(sheet.at(1, header), "column_twice", name=header[:40]))
            continue
        columns.meaning[header] = (name, language)
        columns.headers[name, language] = header
        if language and name in words and language not in columns.languages:
            columns.languages.append(language)
    return columns


def languages_of(survey: Columns, choices: Columns, default: str) -> tuple[tuple[str, ...], str]:
    """Every language of the form, and the one that columns without a language are written in."""
    named = list(dict.fromkeys([*survey.languages, *choices.languages]))
    bare = survey.has("label", "") or not named
    if not bare:
        return tuple(named), named[0]
    if not default:
        texts = " ".join(row.text(survey.header("label")) for row in survey.sheet.rows[:200])
        default = "zh" if HAN.search(texts) else "en"
    return tuple(dict.fromkeys([default, *named])), default
