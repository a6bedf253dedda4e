"""A language is added by adding files, and one that is not whole is refused before anybody stands there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.errors import KioskBug, KioskTrouble
from kiosk.languages import Language, read_languages
from kiosk.visit.first_page import welcome_page
from kiosk.wording import load_wording, open_wording
from resources import folder

THIRD = 'name = "Third"\nshort = "3"\nchoose = "Choose"\nplace = 3\ndirection = "right to left"\n'


@pytest.fixture
def wording_folder(tmp_path: Path) -> Path:
    """Two sentences, and the two languages that are shipped."""
    for code in ("zh", "en"):
        shutil.copytree(folder("wording") / code, tmp_path / code)
    (tmp_path / "attract.toml").write_text('[nav.next]\nzh = "下一步"\nen = "Next"\n', encoding="utf-8")
    (tmp_path / "visit.toml").write_text('[nav.back]\nzh = "上一步"\nen = "Back"\n', encoding="utf-8")
    return tmp_path


def add(where: Path, **files: str) -> Path:
    (where / "xx").mkdir()
    for name, text in {"language": THIRD, **files}.items():
        (where / "xx" / f"{name}.toml").write_text(text, encoding="utf-8")
    return where


def test_the_shipped_languages_are_chinese_first_and_english():
    zh, en = read_languages(folder("wording"))
    assert zh == Language("zh", "中文", "中文", "请选语言", 1, "en")
    assert en == Language("en", "English", "EN", "Choose a language", 2, "zh")


def test_an_added_language_says_its_own_sentences(wording_folder: Path):
    whole = load_wording(add(wording_folder, attract='"nav.next" = "n"', visit='[nav]\nback = "b"'))
    assert (whole.say("nav.next", "xx"), whole.say("nav.back", "xx")) == ("n", "b")
    assert whole.each("nav.back") == {"zh": "上一步", "en": "Back", "xx": "b"}
    assert [whole.next_language(code).code for code in whole.codes] == ["en", "xx", "zh"]
    assert (whole.second("zh"), whole.second("xx")) == ("en", "zh")
    assert whole.language("xx").right_to_left


def test_its_attract_words_are_there_before_the_rest(wording_folder: Path):
    opened = open_wording(add(wording_folder, attract='"nav.next" = "n"', visit='"nav.back" = "b"'))
    assert opened.say("nav.next", "xx") == "n"
    assert opened.say("nav.back", "xx") == "b"


@pytest.mark.parametrize(
    ("files", "file", "key"),
    [
        ({"attract": '"nav.next" = "n"'}, "xx/", "nav.back"),
        ({"attract": '"nav.next" = ""', "visit": '"nav.back" = "b"'}, "xx/attract.toml", "nav.next"),
        ({"attract": '"nav.nxt" = "n"', "visit": '"nav.back" = "b"'}, "xx/attract.toml", "nav.nxt"),
        ({"attract": '"nav.next" = "n"', "more": '"nav.next" = "m"'}, "xx/more.toml", "nav.next"),
    ],
)
def test_a_sentence_that_lacks_or_stands_twice_or_belongs_to_nothing_is_refused_by_its_key(
    files: dict[str, str], file: str, key: str, wording_folder: Path
):
    with pytest.raises(KioskTrouble) as trouble:
        load_wording(add(wording_folder, **files))
    assert (trouble.value.key, trouble.value.places) == ("wording.incomplete", {"file": file, "key": key})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "TOML"),
        ('name = "T"\nshort = "3"', "choose"),
        (f'{THIRD}colour = "red"', "colour"),
        (THIRD.replace("place = 3", 'place = "3"'), "place"),
        (THIRD.replace("right to left", "upwards"), "direction"),
        (f'{THIRD}second = "yy"', "second"),
        (f'{THIRD}second = "xx"', "second"),
        (f'{THIRD}fonts = ["../secret.ttf"]', "fonts"),
        (f"{THIRD}fonts = [1]", "fonts"),
    ],
)
def test_a_language_file_that_will_not_do_is_refused_with_what_is_wrong(text: str, reason: str, wording_folder: Path):
    add(wording_folder)
    (wording_folder / "xx" / "language.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KioskTrouble) as trouble:
        read_languages(wording_folder)
    assert trouble.value.places == {"file": "xx/language.toml", "reason": reason}


def test_a_language_nobody_added_is_a_bug(wording_folder: Path):
    with pytest.raises(KioskBug, match="no language yy"):
        load_wording(wording_folder).language("yy")


def test_the_attract_screen_offers_each_language_by_its_own_name():
    page = welcome_page("en", load_wording(folder("wording")))
    assert [(one.code, one.label, one.chosen) for one in page.languages] == [
        ("zh", "中文", False),
        ("en", "English", True),
    ]
