"""What is said of each page, from which clips, and that a loudspeaker never says what is somebody's own."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from kiosk.visit import pages as p
from kiosk.wording import Wording
from ui.samples import sample_pages
from ui.voice.speak import CLERKS, Saying, page_sayings
from ui.voice.strung import Ear, Voices

LANGUAGE = "zh"
PAGES = sample_pages(LANGUAGE)
OWN = re.compile(r"[\d零幺一二三四五六七八九十百千万亿两元角分整张三王秀英䶮]+")


def say_in(wording: Wording):
    return lambda key, **places: wording.say(key, LANGUAGE, **places)


def heard(voices: Voices, sayings: tuple[Saying, ...], ear: Ear) -> str:
    return "".join(sound.text for sound in voices.sounds(sayings, LANGUAGE, ear))


@pytest.mark.parametrize("name", list(PAGES))
def test_each_page_of_a_visitor_is_read_and_none_of_a_clerk(name: str, wording: Wording):
    page = PAGES[name]
    said = page_sayings(page, say_in(wording))
    assert bool(said) is not isinstance(page, CLERKS)
    heading = getattr(page, "heading", None)
    if said and heading is not None:
        assert heading.title in [one.text for one in said]


@pytest.mark.parametrize("name", list(PAGES))
def test_through_a_loudspeaker_no_sound_is_personal(name: str, wording: Wording, voices: Voices):
    said = page_sayings(PAGES[name], say_in(wording))
    aloud = voices.sounds(said, LANGUAGE, Ear.LOUDSPEAKER)
    assert not any(sound.personal for sound in aloud)
    assert all(sound.clip for sound in aloud if sound.language == LANGUAGE)


def test_names_numbers_and_sums_are_only_heard_in_headphones(voices: Voices):
    chance = random.Random(20261124)
    frame = p.Frame(LANGUAGE)
    for _ in range(2000):
        name = chance.choice("王李张刘陈杨黄赵") + "".join(chance.choice("伟芳娜敏静丽强磊洋艳勇杰") for _ in range(2))
        number = "".join(chance.choice("0123456789") for _ in range(17)) + "X"
        amount = f"{chance.randrange(100, 10**9):,}.00"
        rows = (
            p.Row("姓名", (name,)),
            p.Row("公民身份号码", (number,), masked=(f"{number[:3]}***********{number[-4:]}",)),
            p.Row("借款金额", (f"{amount} 元",)),
        )
        page = p.CheckPage(frame, p.Heading(f"{name}的证件号码是{number}，借了 {amount} 元"), rows)
        said = page_sayings(page, lambda key, **places: key)
        aloud = heard(voices, said, Ear.LOUDSPEAKER)
        assert name not in aloud
        assert not re.search(r"[零幺一二三四五六七八九]{3}", aloud), aloud
        assert "元整" not in aloud
        private = heard(voices, said, Ear.HEADPHONES)
        assert name in private
        assert "元" in private


def test_what_is_wrong_comes_before_the_question(wording: Wording):
    page = next(page for page in PAGES.values() if page.frame.objection and isinstance(page, p.WordsPage))
    said = [one.text for one in page_sayings(page, say_in(wording))]
    assert said.index(page.frame.objection) < said.index(page.heading.title)


def test_a_sentence_with_places_is_strung_from_its_pieces_and_what_stood_in_them(voices: Voices):
    book = voices.books[LANGUAGE]
    fixed, values = book.matches("第3个，共12个") or ((), ())
    assert [one for one in fixed if one] == ["第", "个，共", "个"]
    assert values == ("3", "12")
    assert heard(voices, (Saying("第3个，共12个"),), Ear.LOUDSPEAKER) == "第三个，共十二个"


def test_a_surname_has_its_own_reading_and_only_at_the_head_of_a_name(voices: Voices):
    book = voices.books[LANGUAGE]
    assert book.syllables_of("单三", name=True)[0] == ("单", "shan4")
    assert book.syllables_of("名单")[1] == ("单", "dan1")
    assert [toned for _, toned in book.syllables_of("尉迟恭", name=True)][:2] == ["yu4", "chi2"]


def test_every_standard_character_has_a_syllable_with_a_clip(voices: Voices):
    book = voices.books[LANGUAGE]
    from resources.voice.syllables import readings

    assert len(readings()) == 8105
    assert {sign for sign in readings() if not book.syllable_clip(book.syllables_of(sign)[0][1])} == set()


def test_the_courts_own_name_is_no_secret_but_a_persons_words_are(voices: Voices):
    public = voices.sounds((Saying("北京市朝阳区人民法院"),), LANGUAGE, Ear.LOUDSPEAKER)
    assert "".join(sound.text for sound in public) == "北京市朝阳区人民法院"
    own = voices.sounds((Saying("他说下个月就还我"),), LANGUAGE, Ear.LOUDSPEAKER)
    assert [sound.text for sound in own] == [voices.books[LANGUAGE].instead]


def test_nothing_a_person_said_stands_in_a_repr(voices: Voices, wording: Wording):
    page = p.WordsPage(p.Frame(LANGUAGE), p.Heading("被告张三的电话？"), "13800138000", p.Keys.DIGITS)
    said = page_sayings(page, say_in(wording))
    sounds = voices.sounds(said, LANGUAGE, Ear.HEADPHONES)
    pieces = voices.books[LANGUAGE].pieces("被告张三的电话？")
    assert not re.search(r"张|138", f"{said}{sounds}{pieces}")


def test_a_page_of_any_length_makes_a_bounded_script(voices: Voices, wording: Wording):
    long = replace(next(one for one in PAGES.values() if isinstance(one, p.WordsPage)), text="张三" * 4000)
    assert len(voices.sounds(page_sayings(long, say_in(wording)), LANGUAGE, Ear.HEADPHONES)) <= 4000
