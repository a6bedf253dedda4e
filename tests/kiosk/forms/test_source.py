"""Readable YAML becomes the JSON that kiosks load; what is wrong is told with file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.forms.problems import PackTrouble
from kiosk.forms.source import compile_pack, main

TOP = """\
pack: small
version: "1"
languages: [zh, en]
title: {zh: 小, en: Small}
"""
BLOCKS = """\
choices:
  sex: [{code: m, label: {zh: 男, en: Male}}, {code: f, label: {zh: 女, en: Female}}]
blocks:
  person:
    - {ask: name, kind: name, purpose: p, label: {zh: 姓名, en: Name}, required: "yes"}
    - {ask: sex, kind: choice, choices: sex, purpose: p, label: {zh: 性别, en: Sex}}
    - group: home
      label: {zh: 住所, en: Home}
      items:
        - {ask: address, kind: address, purpose: p, label: {zh: 地址, en: Address}}
"""
Compile = Callable[..., Any]


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    """The compiled items of this form, with the blocks of `BLOCKS` at hand."""

    def compiled(form: str, top: str = TOP, blocks: str = BLOCKS) -> Any:
        (tmp_path / "blocks.yaml").write_text(blocks, encoding="utf-8")
        (tmp_path / "small.yaml").write_text(f"{top}include: blocks\nform:\n{form}", encoding="utf-8")
        return json.loads(compile_pack(tmp_path / "small.yaml"))["form"]

    return compiled


def problems(compiled: Compile, form: str, **more: str) -> list[tuple[str, str]]:
    with pytest.raises(PackTrouble) as trouble:
        compiled(form, **more)
    return [(problem.place.partition(" ")[0], problem.key) for problem in trouble.value.problems]


def names(items: list[dict[str, Any]]) -> list[str]:
    return [item.get("ask") or item["group"] for item in items]


def test_a_block_stands_where_it_is_used(compiled: Compile):
    (group,) = compiled("  - group: a\n    label: {zh: 甲, en: A}\n    items:\n      - use: person\n")
    assert names(group["items"]) == ["name", "sex", "home"]


def test_one_use_may_change_a_block_and_the_others_stay_as_they_were(compiled: Compile):
    first, second = compiled(
        "  - group: a\n    label: {zh: 甲, en: A}\n    items:\n"
        '      - {use: person, change: {name: {required: "no"}, home/address: {hint: {zh: 照证件, en: As on the card}}}}\n'
        "  - group: b\n    label: {zh: 乙, en: B}\n    items:\n      - {use: person, change: {name: {required: null}}}\n"
    )
    assert first["items"][0]["required"] == "no"
    assert first["items"][2]["items"][0]["hint"]["en"] == "As on the card"
    assert "required" not in second["items"][0]
    assert "hint" not in second["items"][2]["items"][0]


def test_a_part_of_a_block_may_be_taken_and_conditions_add_up(compiled: Compile):
    items = compiled(
        "  - {ask: is, kind: yes_no, purpose: p, label: {zh: 有, en: Is}}\n"
        "  - {use: person, only: [name, sex], relevant: \"${is} = 'yes'\", row: 3}\n"
        "  - group: x\n    label: {zh: 丙, en: X}\n    items: [{use: person, without: [sex, home]}]\n"
    )
    assert [(item.get("ask"), item.get("relevant"), item.get("row")) for item in items[1:3]] == [
        ("name", "${is} = 'yes'", "3"),
        ("sex", "${is} = 'yes'", "3"),
    ]
    assert names(items[3]["items"]) == ["name"]


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("  - {use: nobody}\n", [("small.yaml:7", "unknown_block")]),
        ("  - {use: person, only: [age]}\n", [("small.yaml:7", "unknown_in_block")]),
        ("  - {use: person, change: {age: {row: 1}}}\n", [("small.yaml:7", "unknown_in_block")]),
        ("  - ask: a\n    kind: int\n    purpose: p\n    label: {zh: 甲, en: A}\n    relevant: ${b} > 1\n", [("small.yaml:11", "unknown_name")]),
        ("  - {use: person, change: {name: {constraint: nope()}}}\n", [("small.yaml:7", "unknown_function")]),
        ("  - {ask: a, ask: b}\n", [("small.yaml:7", "twice")]),
        ("  - &x {ask: a}\n  - *x\n", [("small.yaml:7", "yaml_alias")]),
        ("  - {ask: a\n", [("small.yaml:8", "bad_yaml")]),
        ("  " + "[" * 80 + "]" * 80, [("small.yaml:7", "too_deep")]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_line(compiled: Compile, form: str, found: list[tuple[str, str]]):
    assert [one for one in problems(compiled, form) if one[1] != "list_unused"] == found


def test_a_mistake_inside_a_block_is_told_where_the_block_was_written(compiled: Compile):
    broken = BLOCKS.replace('required: "yes"', "required: nope()")
    assert problems(compiled, "  - {use: person}\n", blocks=broken) == [("blocks.yaml:5", "unknown_function")]


def test_a_block_that_uses_itself_is_refused(compiled: Compile):
    circle = BLOCKS + "  loop:\n    - {use: loop}\n"
    assert ("blocks.yaml:12", "block_circle") in problems(compiled, "  - {use: loop}\n", blocks=circle)


def test_a_use_may_leave_out_replace_and_add_items_at_any_depth(compiled: Compile):
    items = compiled(
        "  - use: person\n"
        "    without: [sex]\n"
        "    replace: {home/address: [{ask: village, kind: text, purpose: p, label: {zh: 村, en: Village}}]}\n"
        "    before: {name: [{group: first, label: {zh: 甲, en: A}, items: [{ask: a, kind: text, purpose: p, label: {zh: 甲, en: A}}]}]}\n"
        "    after: {home: [{ask: phone, kind: phone, purpose: p, label: {zh: 电话, en: Phone}}]}\n"
        "    change: {home: {label: {zh: 家, en: Home}}}\n"
    )
    assert names(items) == ["first", "name", "home", "phone"]
    assert names(items[2]["items"]) == ["village"]
    assert items[2]["label"]["zh"] == "家"


def test_an_official_row_is_that_of_everything_inside(compiled: Compile):
    (home,) = compiled('  - {use: person, only: [home], row: "2"}\n')
    assert (home["row"], home["items"][0]["row"]) == ("2", "2")


def test_words_of_the_case_are_said_inside_a_block(compiled: Compile):
    blocks = BLOCKS.replace("zh: 姓名", "zh: «who»的姓名")
    items = compiled("  - {use: person, say: {who: 劳动者}}\n", blocks=blocks)
    assert items[0]["label"]["zh"] == "劳动者的姓名"


def test_a_mistake_in_what_a_pack_adds_is_told_in_the_pack(compiled: Compile):
    added = "  - use: person\n    after:\n      home/address:\n        - {ask: b, kind: wizard, purpose: p, label: {zh: 乙, en: B}}\n"
    assert problems(compiled, added) == [("small.yaml:10", "unknown_kind")]


LISTS = """\
choices:
  sex:
    - {code: m, label: {zh: 男, en: Male}, called: 男方, proves: 甲}
    - {code: f, label: {zh: 女, en: Female}, proves: 甲}
    - {code: x, label: {zh: 别, en: Other}}
  unused: [{code: a, label: {zh: 甲, en: A}}]
blocks:
  person:
    - {ask: sex, kind: choice, choices: sex, purpose: p, label: {zh: 性别, en: Sex}}
    - {ask: said, kind: text, purpose: p, label: {zh: 说明, en: Say}}
    - {compute: proof, kind: text, value_by: {list: sex, of: ../sex, column: proves, else: {x: ../said}}}
"""


def whole(tmp_path: Path, pack: str, **files: str) -> Any:
    for name, text in files.items():
        (tmp_path / f"{name.replace('__', '.')}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "small.yaml").write_text(TOP + pack, encoding="utf-8")
    return json.loads(compile_pack(tmp_path / "small.yaml"))


def test_a_calculation_reads_the_columns_of_a_list_and_they_are_not_carried_along(tmp_path: Path):
    pack = whole(tmp_path, "include: lists\nform: [{use: person}]\n", lists=LISTS)
    assert pack["form"][2]["value"] == "if(../sex = 'x', ../said, if(../sex = 'm' or ../sex = 'f', '甲', ''))"
    assert list(pack["choices"]) == ["sex"]
    assert pack["choices"]["sex"][0] == {"code": "m", "label": {"zh": "男", "en": "Male"}, "called": "男方"}


def test_single_choices_of_a_shared_list_are_changed_or_left_out(tmp_path: Path):
    own = "include: lists\nchoices: {sex: {x: null, f: {label: {zh: 女性, en: Woman}}}}\nform: [{use: person}]\n"
    labels = [choice["label"]["zh"] for choice in whole(tmp_path, own, lists=LISTS)["choices"]["sex"]]
    assert labels == ["男", "女性"]


PAPER = """\
parts:
  head: [{heading: 甲, rows: [{label: 乙/丙, lines: ["{a}"]}, {label: 丁, lines: [{use: lines}]}]}]
  end: [{signed_by: 签, date: "{a}", lead: 此致}]
blocks: {lines: ["{a}"], spare: ["{a}"]}
"""
ASKS = "form: [{ask: a, kind: text, purpose: p, label: {zh: 甲, en: A}}]\n"


def test_a_paper_uses_shared_sections_rows_and_closings(tmp_path: Path):
    own = (
        "include: shared.paper\nsheets:\n  - name: s\n    title: 题\n    closing: {use: end, lead: 呈}\n"
        '    sections:\n      - {use: head, change: {甲/乙/丙: {number: "3"}}, without: [甲/戊]}\n'
    )
    told = PackTrouble
    with pytest.raises(told, match=r"small\.paper\.yaml:7"):
        whole(tmp_path, ASKS, shared__paper=PAPER, small__paper=own)
    paper = whole(tmp_path, ASKS, shared__paper=PAPER, small__paper=own.replace(", without: [甲/戊]", ""))["paper"]
    assert paper["sheets"][0]["sections"][0]["rows"][0]["number"] == "3"
    assert paper["sheets"][0]["closing"] == {"signed_by": "签", "date": "{a}", "lead": "呈"}
    assert list(paper["blocks"]) == ["lines"]


@pytest.mark.parametrize(
    ("pack", "files", "found"),
    [
        ("include: nowhere\n", {}, ("small.yaml:5", "no_such_file")),
        ("include: ../a\n", {}, ("small.yaml:5", "no_such_file")),
        ("include: one\n", {"one": "include: two\n", "two": "include: one\n"}, ("two.yaml:1", "include_circle")),
        ("include: one\n", {"one": "form: []\n"}, ("one.yaml:1", "unknown_key")),
        ("include: [one, two]\n", {"one": "blocks: {a: []}\n", "two": "blocks: {a: []}\n"}, ("two.yaml:1", "twice")),
        ("include: lists\nchoices: {sex: {q: null}}\n", {"lists": LISTS}, ("small.yaml:6", "unknown_in_block")),
    ],
)
def test_a_mistake_between_files_is_named(tmp_path: Path, pack: str, files: dict[str, str], found: tuple[str, str]):
    with pytest.raises(PackTrouble) as trouble:
        whole(tmp_path, pack + ASKS, **files)
    assert found in [(one.place.partition(" ")[0], one.key) for one in trouble.value.problems]


def test_words_that_look_like_yaml_values_stay_words(compiled: Compile):
    (item,) = compiled(
        "  - {ask: a, kind: text, purpose: yes, row: 007, label: {zh: 2026-01-01, en: no}}\n", blocks="{}"
    )
    assert (item["purpose"], item["row"], item["label"]) == ("yes", "007", {"zh": "2026-01-01", "en": "no"})


def test_the_command_says_every_problem_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    source = tmp_path / "p.yaml"
    source.write_text(TOP + "form:\n  - {ask: a, kind: wizard, purpose: p, label: {zh: 甲, en: A}}\n", encoding="utf-8")
    assert main([str(source)]) == 1
    told = capsys.readouterr().err
    assert "p.yaml:6" in told
    assert "不认识的题型 wizard" in told
    assert "unknown kind wizard" in told
    source.write_text(TOP + "form:\n  - {ask: a, purpose: p, label: {zh: 甲, en: A}}\n", encoding="utf-8")
    assert main([str(source), "-o", str(tmp_path / "p.json")]) == 0
    assert json.loads((tmp_path / "p.json").read_bytes())["pack"] == "small"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="ab: -{}[],'\"\n&*!?|>#%@`\t甲0", max_size=80))
def test_any_text_is_a_pack_or_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "any.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackTrouble):
        compile_pack(path)
