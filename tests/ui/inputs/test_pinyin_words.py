"""What typed letters find in the shipped word file."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from kiosk.errors import KioskTrouble
from resources.pinyin import FILE, FORMAT
from resources.pinyin.build import initials
from ui.inputs.pinyin import WordEngine
from ui.inputs.words_file import open_words


def table(name: str) -> list[list[str]]:
    lines = (resources.folder("pinyin") / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def found(words: WordEngine, typed: str, *, name: bool = False) -> list[str]:
    return [candidate.words for candidate in words.candidates(typed, name=name)]


def test_every_legal_word_is_in_the_first_five_by_full_spelling(words: WordEngine):
    missed = [word for word, key in table("legal_words.tsv") if word not in found(words, key.replace("'", ""))[:5]]
    assert missed == []


def test_surnames_are_in_the_first_five_of_a_name_field(words: WordEngine):
    surnames = table("surnames.tsv")
    missed = [word for word, key in surnames if word not in found(words, key.replace("'", ""), name=True)[:5]]
    assert len(missed) / len(surnames) <= 0.05, missed
    assert not {word for word, _ in surnames[:100]} & set(missed)
    assert not [word for word in missed if len(word) > 1]


@pytest.mark.parametrize(
    ("typed", "surname"),
    [("shan", "单"), ("qiu", "仇"), ("ou", "区"), ("xie", "解"), ("zha", "查"), ("zeng", "曾"), ("yuchi", "尉迟")],
)
def test_a_surname_is_found_by_the_reading_it_has_as_a_name(words: WordEngine, typed: str, surname: str):
    assert surname in found(words, typed, name=True)[:5]


def test_a_whole_name_begins_with_its_surname(words: WordEngine):
    assert found(words, "zhangsan", name=True)[0] == "张三"
    assert found(words, "ouyangxiu", name=True)[0] == "欧阳修"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("qunianwuyueyirizaiwojiajiekuanwuwanyuan", "去年五月一日在我家借款五万元"),
        ("qingqiupanlingbeigaochanghuanjiekuan", "请求判令被告偿还借款"),
        ("beigaozhijinweihuan", "被告至今未还"),
    ],
)
def test_a_sentence_is_pieced_together_from_its_likeliest_words(words: WordEngine, typed: str, sentence: str):
    assert found(words, typed)[0] == sentence


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("zjk", "张家口"),
        ("mjjd", "民间借贷"),
        ("jiek", "借款"),
        ("sanghai", "伤害"),
        ("gongchangzhang", "张"),
        ("muzili", "李"),
        ("xian", "西安"),
        ("xi'an", "西安"),
        ("chaoyangqu", "朝阳区"),
        ("lve", "略"),
        ("lue", "略"),
        ("nvren", "女人"),
        ("chongqing", "重庆"),
        ("huankuan", "还款"),
    ],
)
def test_initials_unfinished_fuzzy_and_told_spellings_find_the_word(words: WordEngine, typed: str, word: str):
    assert word in found(words, typed)[:12]


def test_every_standard_character_can_be_reached(words: WordEngine, standard: str):
    reached: set[str] = set()
    for syllable in words._syllables.starting(""):
        reached.update(found(words, syllable))
    assert [character for character in standard if character not in reached] == []


def test_a_candidate_says_how_many_letters_it_stands_for(words: WordEngine):
    taken = {candidate.words: candidate.letters for candidate in words.candidates("jiekuanhetong")}
    assert (taken["借款合同"], taken["借款"], taken["接"]) == (13, 7, 3)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=60), st.booleans())
def test_whatever_is_typed_there_is_an_answer_that_fits_it(words: WordEngine, typed: str, name: bool):
    for candidate in words.candidates(typed, name=name):
        assert candidate.words
        assert 0 < candidate.letters <= len(typed)


def test_a_key_is_answered_within_five_milliseconds(words: WordEngine):
    # Time of this thread, because the machine is shared with others.
    words.forget()
    took = []
    for word, key in table("legal_words.tsv")[::8] + table("surnames.tsv")[::8]:
        typed = key.replace("'", "")
        words.forget()
        for count in range(1, len(typed) + 1):
            start = time.thread_time()
            words.candidates(typed[:count], name=len(word) < 3)
            took.append(time.thread_time() - start)
    assert sorted(took)[int(len(took) * 0.95)] <= 0.005


def test_what_was_typed_before_changes_no_answer(words: WordEngine):
    asked = ["shi", "zhang", "jiekuan", "mjjd", "beigao"]
    before = [words.candidates(typed) for typed in asked]
    for typed in ["shi'shi'shi", "zhangsanli", "wei"] * 20:
        words.candidates(typed, name=True)
    words.forget()
    assert [words.candidates(typed) for typed in asked] == before


def test_forgetting_leaves_nothing_that_was_typed(words: WordEngine):
    words.candidates("zhangsan")
    words.forget()
    assert words._kept == words._kept_first == {}
    assert "zhang" not in repr(words.candidates("zhangsan")[0])


def test_the_word_file_cannot_be_written_to(words: WordEngine):
    with pytest.raises(sqlite3.OperationalError):
        words._words.execute("INSERT INTO s VALUES ('a', 1, 'b')")


def test_a_missing_word_file_is_a_trouble_that_names_it(tmp_path: Path):
    with pytest.raises(KioskTrouble, match="pinyin_missing"):
        open_words(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no database at all, whatever its name" * 20])
def test_a_word_file_that_is_none_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(KioskTrouble, match="pinyin_damaged"):
        open_words(tmp_path)


def test_a_word_file_of_another_format_is_refused(tmp_path: Path):
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.execute("CREATE TABLE e (k)")
    connection.execute("CREATE TABLE s (k)")
    connection.close()
    with pytest.raises(KioskTrouble, match="pinyin_damaged"):
        open_words(tmp_path)


def test_the_data_files_are_well_formed(standard: str):
    assert (len(standard), len(set(standard))) == (8105, 8105)
    for name, columns in (("legal_words.tsv", 2), ("surnames.tsv", 2), ("hints.tsv", 3)):
        rows = table(name)
        assert {len(row) for row in rows} == {columns}, name
        assert len({tuple(row) for row in rows}) == len(rows), name
        for word, key, *_ in rows:
            assert len(key.split("'")) == len(word), (name, word)
    assert initials("zhang'jia'kou") == "zjk"
