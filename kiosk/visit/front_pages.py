"""The pages beside the attract screen: what this machine can do and what to bring; what somebody may come back for."""

from __future__ import annotations

from kiosk.visit import alarms
from kiosk.visit import pages as p
from kiosk.visit.errand import heading
from kiosk.visit.guide import Guide


def about_page(language: str, guide: Guide) -> p.SignpostPage:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, language, **places)

    def passage(name: str, *lines: str, tone: str = "plain") -> p.Passage:
        return p.Passage(say(f"about.{name}_title"), lines, tone)

    kinds = [say(f"matter.{pack_id}") for pack_id in guide.heads if guide.wording.knows(f"matter.{pack_id}")]
    amiss = tuple(say(key, window=guide.window) for key in alarms.told(guide))
    passages = (
        *((passage("now", *amiss, tone="warn"),) if amiss else ()),
        passage("can", say("about.can"), *((say("about.and").join(kinds),) if kinds else ())),
        passage("bring", *(say(f"about.bring{n}") for n in (1, 2, 3))),
        passage("how", *(say(f"about.line{n}") for n in range(1, 6))),
        passage("yours", *(say(f"about.yours{n}", days=guide.kept_days) for n in (1, 2))),
    )
    around = p.Frame(language, next_label=say("nav.start"))
    return p.SignpostPage(around, heading("about", guide, language), passages, "")


def coming_back_page(language: str, guide: Guide) -> p.AskPage:
    """How a filing stands, a form with a code, and a form a power cut left behind."""

    def option(code: str) -> p.Option:
        return p.Option(code, guide.say(f"back.{code}", language), guide.say(f"back.{code}_example", language))

    codes = ("progress", "resume", *(("fetch",) if guide.waiting else ()))
    return p.AskPage(p.Frame(language), guide.say("back.title", language), "", tuple(option(code) for code in codes))
