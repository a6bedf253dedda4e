"""A thousand entries over all four tabs leave no file behind and teach the kiosk nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import resources
from kiosk.visit.pages import Keys
from ui.inputs.panel import Tab
from ui.inputs.pinyin import WordEngine


def files(*folders: Path) -> dict[Path, tuple[int, int]]:
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def test_a_thousand_entries_write_no_file_and_change_no_candidate(
    counter, words: WordEngine, recogniser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for variable in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    watched = (tmp_path, resources.folder("pinyin"), resources.folder("handwriting"))
    asked = ["shi", "zhang", "jiekuan", "mjjd", "wei"]
    before, said = files(*watched), [words.candidates(typed) for typed in asked]
    hand = random.Random(1)
    counter.panel.attach(counter.long_field)
    entries = 0
    while entries < 1000:
        tab = list(Tab)[entries % 4]
        counter.panel.open(Keys.WRITING)
        counter.panel.show_tab(tab)
        if tab is Tab.WRITING:
            strokes = tuple(tuple((hand.randrange(500), hand.randrange(500)) for _ in range(4)) for _ in range(3))
            if entries % 50 == 0:
                assert recogniser.characters(strokes, 8)
            counter.finger.draw(counter.panel.writing.ink, *strokes[0])
            counter.panel.writing.write_again.click()
            entries += 1
            continue
        keys = [key for row in counter.panel.rows()[1:] for key in row if key.isEnabled()]
        for _ in range(8):
            hand.choice(keys).click()
            entries += 1
        counter.panel.wipe()
        counter.panel.attach(counter.long_field)
    assert files(*watched) == before
    assert [words.candidates(typed) for typed in asked] == said
