"""Regions, addresses, and the tables themselves."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kiosk.errors import KioskTrouble
from kiosk.law.regions import (
    address_code,
    address_text,
    check_address,
    children,
    is_leaf,
    region_name,
    split_address,
    way_to,
)
from kiosk.law.tables import read_tables
from kiosk.law.verdict import Normalised, Wrong


@pytest.mark.parametrize(
    ("card", "kept"),
    [
        ("北京市朝阳区建国路88号院", "110105 建国路88号院"),
        ("江苏省沭阳县扎下镇一组", "321322 扎下镇一组"),
        ("江苏徐州市鼓楼区中山北路1号", "320302 中山北路1号"),
        ("广东省东莞市南城街道鸿福路", "441900 南城街道鸿福路"),
        ("湖北省仙桃市沔州大道一号", "429004 沔州大道一号"),
        ("重庆市城口县葛城街道一号", "500229 葛城街道一号"),
        ("江苏省鼓楼区中山北路1号", "江苏省鼓楼区中山北路1号"),
        ("某国某城某街一号", "某国某城某街一号"),
        ("110105 建国路88号", "110105 建国路88号"),
    ],
)
def test_an_address_is_kept_by_its_district_or_as_it_was(tables, card: str, kept: str):
    assert check_address(card, tables) == Normalised(kept, {"region": kept[:6], "province": kept[:2]}) or (
        split_address(card, tables).stored == kept and address_code(kept, tables) == ""
    )


def test_an_address_reads_as_one_line(tables):
    assert address_text("110105 建国路88号", tables) == "北京市朝阳区建国路88号"
    assert address_text("321322 扎下镇一组", tables) == "江苏省宿迁市沭阳县扎下镇一组"


@pytest.mark.parametrize(("text", "reason"), [("", "missing"), ("110105 路1号", "too_short"), ("北" * 201, "too_long")])
def test_an_address_nobody_can_find_is_told_why(tables, text: str, reason: str):
    assert check_address(text, tables) == Wrong(f"law.address_{reason}")


def test_an_address_keeps_its_rare_characters(tables):
    assert check_address("110105 \ue81e家村二组", tables) == check_address("北京市朝阳区\u9fb4家村二组", tables)


def test_every_district_comes_back_from_its_own_name(tables):
    districts = [row for row in tables.regions.rows if is_leaf(row.code, tables)]
    lost = [row.code for row in districts if split_address(region_name(row.code, tables), tables).code != row.code]
    assert len(districts) > 2900
    assert lost == []


@given(st.text(max_size=60))
def test_any_text_keeps_all_its_words(tables, text: str):
    kept = split_address(text, tables)
    assert "".join(address_text(kept.stored, tables).split()).endswith("".join(kept.detail.split()))


def test_a_municipality_goes_straight_to_its_districts(tables):
    assert "110105" in [row.code for row in children("110000", tables)]
    assert [row.zh for row in way_to("110105", tables)] == ["北京市", "朝阳区"]
    assert way_to("999999", tables) == ()
    assert region_name("999999", tables) == ""


def test_every_table_says_where_it_is_from(tables):
    named = [getattr(tables, name) for name in tables.__struct_fields__]
    assert all(table.source and table.confidence for table in named)
    assert {"regions", "ethnic_groups", "courts", "causes"} == set(tables.lists)


@pytest.mark.parametrize("harm", ["gone", "words", "unknown field", "twice", "too large"])
def test_a_harmed_table_is_named(tmp_path, harm: str):
    folder = tmp_path / "tables"
    shutil.copytree(resources.folder("tables"), folder)
    path = folder / "holidays.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    if harm == "gone":
        path.unlink()
    elif harm == "words":
        path.write_text("holidays", encoding="utf-8")
    elif harm == "unknown field":
        path.write_text(json.dumps(table | {"more": 1}), encoding="utf-8")
    elif harm == "twice":
        path.write_text(json.dumps(table | {"rows": table["rows"] * 2}), encoding="utf-8")
    else:
        path.write_text(" " * (4 * 1024 * 1024 + 1), encoding="utf-8")
    with pytest.raises(KioskTrouble, match=r"holidays\.json"):
        read_tables(folder)


def test_a_base_fee_outside_the_measures_is_refused_by_name(tmp_path):
    folder = tmp_path / "tables"
    shutil.copytree(resources.folder("tables"), folder)
    path = folder / "court.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(table | {"base_fees": {"divorce": "301"}}), encoding="utf-8")
    with pytest.raises(KioskTrouble, match=r"divorce"):
        read_tables(folder)


def test_a_courts_own_table_stands_in_for_the_shipped_one(tmp_path, tables):
    court = json.loads((resources.folder("tables") / "court.json").read_text(encoding="utf-8"))
    (tmp_path / "court.json").write_text(json.dumps(court | {"base_fees": {"divorce": "240"}}), encoding="utf-8")
    (tmp_path / "README").write_text("ours", encoding="utf-8")
    own = read_tables(resources.folder("tables"), tmp_path)
    assert own.court.base_fees == {"divorce": 240}
    assert own.lpr == tables.lpr


@pytest.mark.parametrize(("name", "key"), [("lrp.json", "table_unknown"), ("", "tables_folder_missing")])
def test_an_own_table_that_would_do_nothing_is_named(tmp_path, name: str, key: str):
    if name:
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(KioskTrouble, match=key):
        read_tables(resources.folder("tables"), tmp_path if name else tmp_path / "gone")
