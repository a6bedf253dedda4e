"""Papers for whoever sets a printer up: a test page, and the page that shows which characters its ROM holds."""

from __future__ import annotations

from datetime import datetime

from kiosk.clock import CHINA
from kiosk.slips.parts import Align, Feed, Pair, Part, Qr, RomRow, Rule, Slip, Text
from kiosk.wording import Wording

TEST_PAGE = "test_page"
ROM_PAGE = "rom_page"

# One row a ROM: each holds what stands before it, and the first row that does not match ends the list.
ROM_ROWS: tuple[tuple[str, str, str], ...] = (
    ("1", "立案", "gb2312"),
    ("2", "镕囍", "gbk"),
    ("3", "䶮", "gb18030-2"),
    ("4", "㛃", "gb18030-4"),
    ("5", "𬎆", "gb18030-4"),
)


def rom_of(matching: frozenset[str]) -> str:
    """The ROM whose rows match, from the top without a gap; unknown counts as none at all: everything is drawn."""
    rom = "none"
    for label, _, name in ROM_ROWS:
        if label not in matching:
            break
        rom = name
    if rom == "gb18030-4" and "5" not in matching:
        rom = "gb18030-2"  # a ROM with some four-byte codes is trusted with none of them
    return rom


def try_slip(wording: Wording, language: str, number: str, kiosk_id: str, at: datetime) -> Slip:
    def say(key: str) -> str:
        return wording.say(f"devices.{key}", language)

    parts: tuple[Part, ...] = (
        Text(say("test_title"), size=2, align=Align.CENTRE, bold=True),
        Rule(),
        Pair(say("kiosk"), kiosk_id),
        Pair(say("time"), at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")),
        Text("立案 镕囍 䶮 㛃 𬎆 · — ￥ 0123456789"),
        Text("张𬎆", size=2, align=Align.CENTRE),
        Feed(),
        Qr(f"CK1:TEST:{number}"),
        Text(say("test_hint"), align=Align.CENTRE),
    )
    return Slip(parts, TEST_PAGE, number)


def rom_slip(wording: Wording, language: str, number: str) -> Slip:
    parts: tuple[Part, ...] = (
        Text(wording.say("devices.rom_title", language), size=2, align=Align.CENTRE, bold=True),
        Text(wording.say("devices.rom_hint", language)),
        Rule(),
        *(RomRow(label, characters) for label, characters, _ in ROM_ROWS),
        Rule(),
    )
    return Slip(parts, ROM_PAGE, number)
