"""大字, 高对比, 低位, 朗读: offered before the first question; the header offers them at any moment after it."""

from __future__ import annotations

from kiosk.visit import pages as p
from kiosk.visit.errand import heading
from kiosk.visit.guide import Guide

NEEDS = ("large", "contrast", "low", "voice")


def needs_page(language: str, guide: Guide) -> p.ChoicePage:
    """What is chosen here shows at once; nothing need be."""

    def say(key: str) -> str:
        return guide.say(key, language)

    options = tuple(
        p.Option(code, say(f"needs.{code}"), say(f"needs.{code}_example"), code in guide.needs)
        for code in NEEDS
        if code in guide.offered_needs
    )
    return p.ChoicePage(
        p.Frame(language, next_label=say("nav.next")), heading("needs", guide, language), options, many=True
    )
