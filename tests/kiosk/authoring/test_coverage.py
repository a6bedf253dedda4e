"""The 67 official model texts are all listed, and what is built is what is on the shelf."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.authoring.commands import forms
from kiosk.authoring.coverage import coverage, read_model_texts
from kiosk.errors import KioskTrouble
from kiosk.forms.head import Head
from kiosk.ids import PackId
from kiosk.shelf import open_shelf
from resources import folder

TABLE = folder("tables") / "model_texts.json"


def run(*words: str, language: str = "zh") -> Result:
    return CliRunner().invoke(forms(), ["coverage", *words], obj=language)


def test_all_67_are_there_once_in_nine_areas():
    texts = read_model_texts(TABLE)
    assert [one.number for one in texts.texts] == list(range(1, 68))
    assert set(texts.areas) == {one.area for one in texts.texts}
    assert len(texts.areas) == 9
    assert Counter(one.first_batch for one in texts.texts)[True] == 11
    assert "法〔2025〕82号" in texts.source


def test_built_are_those_on_the_shelf_and_no_others():
    heads = open_shelf(folder(".")).heads
    found = coverage(read_model_texts(TABLE), heads, "zh")
    built = {one.pack for one in (*found.texts, *found.besides) if one.pack != "-"}
    assert built == {str(pack) for pack in heads}
    assert found.counts["built"] + found.counts["missing"] == 67


def test_wording_counts_as_verified_only_where_the_pack_says_so():
    def head(pack: str, state: str) -> tuple[PackId, Head]:
        return PackId(pack), Head(PackId(pack), "1", {"zh": pack, "en": pack}, wording_state=state)

    heads = dict([head("divorce", "verified"), head("credit_card", "unverified"), head("own", "")])
    found = coverage(read_model_texts(TABLE), heads, "en")
    assert found.counts == {"texts": 67, "built": 2, "verified": 1, "missing": 65, "besides": 1}
    assert [(one.pack, one.wording) for one in found.besides] == [("own", "unverified")]


@pytest.mark.parametrize(("language", "words"), [("zh", "示范文本 67 类"), ("en", "67 model texts")])
def test_the_command_prints_a_line_each_and_a_summary(language: str, words: str):
    outcome = run(language=language)
    assert outcome.exit_code == 0
    lines = outcome.stdout.splitlines()
    assert [line.split()[0] for line in lines[:67]] == [str(number) for number in range(1, 68)]
    assert words in outcome.stdout


def test_as_json_it_is_one_object():
    found = json.loads(run("--json").stdout)
    assert len(found["texts"]) == found["counts"]["texts"] == 67
    assert found["texts"][1] | {"version": "", "wording": ""} == {
        "number": 2,
        "title": "民间借贷纠纷",
        "document": "民事起诉状",
        "area": "民商事",
        "pack": "private_lending",
        "version": "",
        "wording": "",
    }


@pytest.mark.parametrize("body", [b"", b"{}", b"[" * 100_000, b"\xff"])
def test_a_damaged_table_is_named(body: bytes, tmp_path: Path):
    (tmp_path / "model_texts.json").write_bytes(body)
    with pytest.raises(KioskTrouble) as trouble:
        read_model_texts(tmp_path / "model_texts.json")
    assert trouble.value.places == {"file": "model_texts.json"}
