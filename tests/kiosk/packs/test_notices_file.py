"""The eleven notices: complete, short enough, and saying what the law says today."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.forms import load_form
from kiosk.forms.model import TOLD, Notice
from kiosk.forms.source import compile_pack
from resources import folder

ELEVEN = (
    *("privacy", "online_consent", "litigation_risk", "honesty", "sham_litigation", "rights_duties", "fee"),
    *("small_claims", "mediation", "service_address", "offline"),
)
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Notice]:
    """Every notice, as a pack that takes them all has it."""
    place = tmp_path_factory.mktemp("packs")
    (place / "notices.yaml").write_bytes((folder("packs") / "notices.yaml").read_bytes())
    (place / "all.yaml").write_text(
        'pack: all\nversion: "1"\nlanguages: [zh, en]\ntitle: {zh: 全部, en: All}\ninclude: [notices]\n'
        "form:\n  - {ask: q, kind: text, label: {zh: 问, en: Q}, class: public}\n"
        "notices:\n  - {use: notices}\n",
        "utf-8",
    )
    return {one.id: one for one in load_form(compile_pack(place / "all.yaml")).notices}


def raw_of(form: Path) -> list[dict[str, Any]]:
    return list(json.loads(form.read_bytes()).get("notices", []))


def test_all_eleven_are_there_in_the_order_they_are_told(told: Mapping[str, Notice]):
    assert tuple(told) == ELEVEN
    assert [TOLD.index(one.moment) for one in told.values()] == sorted(TOLD.index(one.moment) for one in told.values())


def test_each_says_where_it_comes_from_how_sure_we_are_and_which_version_it_is(told: Mapping[str, Notice]):
    for one in told.values():
        assert one.source
        assert one.confidence in ("verified", "general", "design")
        assert re.fullmatch(r"20\d\d\.\d+", one.version)
        assert all(words["zh"] and words["en"] for words in (one.title, *one.items))


def test_no_item_is_longer_than_a_sheet_in_the_largest_letters(told: Mapping[str, Notice]):
    too_long = [
        words["zh"] for one in told.values() for words in one.items if len(words["zh"]) > 90 or len(words["en"]) > 200
    ]
    assert too_long == []
    assert [one.title for one in told.values() if len(one.title["zh"]) > 20 or len(one.title["en"]) > 40] == []


def test_english_is_english_and_typed_plainly(told: Mapping[str, Notice]):
    for one in told.values():
        for words in (one.title, *one.items, *one.spoken.values()):
            assert not HAN.search(words["en"])
            assert not set(words["en"]) & set("\u2019\u201c\u201d")


def test_the_limitation_period_in_the_risk_notice_is_three_years(told: Mapping[str, Notice]):
    about = [words for words in told["litigation_risk"].items if "时效" in words["zh"]]
    assert len(about) == 1
    assert "三年" in about[0]["zh"]
    assert "three years" in about[0]["en"]


def test_the_facts_people_must_hear_are_in_the_words(told: Mapping[str, Notice]):
    facts = {
        "litigation_risk": (
            "撤诉",
            "保全",
            "举证期限",
            "原件",
            "证人",
            "鉴定",
            "中途退庭",
            "退回",
            "两年内",
            "执行不到",
        ),
        "sham_litigation": ("串通", "十万元以下", "五万元以上一百万元以下", "十五日以下", "刑事责任"),
        "service_address": ("一审、二审、再审和执行", "书面", "户籍", "退回之日", "同意", "纸质", "保密"),
        "mediation": ("自愿", "三十日", "不交", "减半", "保密", "及时立案", "中断诉讼时效"),
        "online_consent": ("窗口", "强迫", "原件"),
        "privacy": ("法定职责", "敏感", "加密", "送达", "清除", "查询、更正、复制", "十四周岁", "人脸"),
        "small_claims": ("一名法官", "终审", "两个月", "一个月", "减半", "异议"),
        "fee": ("估算", "七日", "撤诉", "缓交、减交、免交", "不收现金"),
        "offline": ("加密", "接收以后", "时效", "回执"),
        "honesty": ("如实", "虚假诉讼", "原件一致", "责任"),
        "rights_duties": ("代理人", "回避", "上诉", "法庭秩序"),
    }
    for name, words in facts.items():
        said = "".join(item["zh"] for item in told[name].items)
        assert [word for word in words if word not in said] == [], name


def test_what_is_read_aloud_spells_the_hotline(told: Mapping[str, Notice]):
    for one in told.values():
        for at, item in enumerate(one.items):
            spoken = one.spoken.get(at, item)
            assert "12368" not in spoken["zh"] + spoken["en"]


def test_every_shipped_pack_tells_only_shared_notices_in_their_own_words(told: Mapping[str, Notice]):
    for path in sorted(folder("packs").glob("*.json")):
        for raw in raw_of(path):
            shared = told[raw["id"]]
            assert (raw["version"], raw["items"]) == (shared.version, list(shared.items)), path.name
