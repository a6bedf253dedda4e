"""批量立案汇总单: one paper for a whole sheet of cases, where one each would be hundreds. No name, no number of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.clock import CHINA
from kiosk.slips.parts import Align, Feed, Pair, Part, Rule, Slip, Text
from kiosk.slips.slip import attempt_words
from kiosk.wording import Wording

IMPORT_SUMMARY = "import_summary"


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """Everything the summary of an import may say."""

    court_name: str
    number: str  # of this paper
    done_at: datetime  # UTC
    cause: str
    filed: int
    before: int
    first_ticket: str
    last_ticket: str
    sheet16: str  # the first 16 digits of the digest of the sheet
    window: str
    hotline: str = "12368"


def import_summary(facts: ImportFacts, wording: Wording, language: str) -> Slip:
    def say(key: str, **places: str | int) -> str:
        return wording.say(f"slip.{key}", language, **places)

    parts: list[Part] = [
        Text(facts.court_name, size=2, align=Align.CENTRE, bold=True),
        Text(say("import_title"), align=Align.CENTRE),
        Rule(),
        Pair(say("import_time"), facts.done_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")),
        Pair(say("cause"), facts.cause),
        Pair(say("import_filed"), say("import_count", count=facts.filed), bold=True),
        *((Pair(say("import_before"), say("import_count", count=facts.before)),) if facts.before else ()),
        Pair(say("import_first"), facts.first_ticket),
        Pair(say("import_last"), facts.last_ticket),
        Pair(say("import_sheet"), facts.sheet16.upper()),
        Rule(),
        Text(wording.say("slip.key_line", "zh"), align=Align.CENTRE, bold=True),
        *((Text(say("key_line"), align=Align.CENTRE, bold=True),) if language != "zh" else ()),
        Feed(),
        Pair(say("window"), facts.window),
        Pair(say("hotline"), facts.hotline),
    ]
    return Slip(tuple(parts), IMPORT_SUMMARY, facts.number, *attempt_words(wording, language))
