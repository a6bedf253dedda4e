"""An XLSForm becomes a pack that asks what the spreadsheet asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert

from kiosk.authoring.checking import compiled
from kiosk.authoring.conversation import ask_for
from kiosk.authoring.exchange import import_file
from kiosk.authoring.findings import AuthoringTrouble
from kiosk.forms import load_form
from kiosk.forms.source import compile_pack
from kiosk.forms.xform import import_xform
from kiosk.interview import AskStep, Context, Interview, answer, begin, steps

Save = Callable[..., Path]
TODAY = date(2026, 11, 23)
YES_NO = [("list_name", "name", "label"), ("yn", "y", "Yes"), ("yn", "n", "No")]


def items(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(compiled(path))["form"]
    return found


def test_an_imported_form_asks_skips_repeats_and_computes_like_the_spreadsheet(save: Save):
    path = save(
        survey=[
            ("type", "name", "label", "relevant", "constraint", "constraint_message", "calculation", "required"),
            ("select_one yn", "children", "Any children?", None, None, None, None, "yes"),
            ("begin repeat", "child", "Child", "${children} = 'y'"),
            ("text", "first_name", "First name"),
            ("integer", "age", "Age", None, ". < 18", "Children only"),
            ("end repeat", None),
            ("calculate", "years", None, None, None, None, "sum(${age})"),
            ("note", "thanks", "Together ${years} years"),
        ],
        choices=YES_NO,
    )
    talk = ask_for(load_form(compiled(path)), today=TODAY, language="en")
    talk = talk.expect_next("children").go_on().expect_refused().answer("y").expect_next("child").add()
    talk = talk.answer("Ann").expect_next("age").answer("30").expect_refused("Children only").answer("7")
    talk.go_on().expect_next("thanks").expect_value("years", "7").expect_said("Together 7 years").go_on().expect_end()


def test_types_become_kinds(save: Save):
    rows = [("text", "a"), ("integer", "b"), ("decimal", "c"), ("date", "d"), ("dateTime", "e"), ("time", "f")]
    rows += [("acknowledge", "g"), ("image", "h"), ("barcode", "i"), ("range", "j"), ("today", "k"), ("q int", "l")]
    path = save(survey=[("type", "name", "label", "parameters"), *((*row, "L", None) for row in rows)])
    kinds = {next(iter(item.values())): item["kind"] for item in items(path)}
    assert kinds == {
        "a": "text",
        "b": "int",
        "c": "decimal",
        "d": "date",
        "e": "datetime",
        "f": "text",
        "g": "choice",
        "h": "file",
        "i": "text",
        "j": "int",
        "k": "text",
        "l": "int",
    }


def test_both_languages_are_kept_and_the_words_find_theirs(save: Save):
    rows = [("type", "name", "label::中文 (zh)", "label::English (en)"), ("text", "a", "姓名", "Name")]
    pack = json.loads(compiled(save(survey=rows)))
    assert pack["languages"] == ["zh", "en"]
    assert pack["form"][0]["label"] == {"zh": "姓名", "en": "Name"}


def test_a_plain_default_is_quoted_and_an_expression_stays(save: Save):
    rows = [("type", "name", "label", "default"), ("text", "a", "A", "blue"), ("date", "b", "B", "today()")]
    assert [item["default"] for item in items(save(survey=rows))] == ["'blue'", "today()"]


def test_or_other_asks_what_else(save: Save):
    path = save(survey=[("type", "name", "label"), ("select_one yn or_other", "a", "A")], choices=YES_NO)
    talk = ask_for(load_form(compiled(path)), today=TODAY, language="en")
    talk.expect_choices("y", "n", "other").answer("other").expect_next("a_other")


def test_a_choice_filter_keeps_its_columns(save: Save):
    path = save(
        survey=[
            ("type", "name", "label", "choice_filter"),
            ("select_one county", "county", "County", None),
            ("select_one town", "town", "Town", "county = ${county}"),
        ],
        choices=[
            ("list_name", "name", "label", "county"),
            ("county", "k", "K", None),
            ("county", "l", "L", None),
            ("town", "t1", "T1", "k"),
            ("town", "t2", "T2", "l"),
        ],
    )
    ask_for(load_form(compiled(path)), today=TODAY).answer("l").expect_choices("t2")


def test_our_own_columns_are_taken_over(save: Save):
    path = save(
        survey=[
            ("type", "name", "kind", "label", "class", "purpose", "source", "row", "paper"),
            ("text", "who", "name", "Who", "personal", "to name the parties", "official", 3, "Name"),
        ],
        settings=[
            ("form_title", "form_id", "fee_rule", "stages"),
            ("Form", "form", "property", "interview; signature"),
        ],
    )
    pack = json.loads(compiled(path))
    assert pack["fee_rule"] == "property"
    assert pack["stages"] == ["interview", "signature"]
    assert pack["form"][0] == {
        "ask": "who",
        "kind": "name",
        "label": {"en": "Who"},
        "paper": {"en": "Name"},
        "row": "3",
        "source": "official",
        "class": "personal",
        "purpose": "to name the parties",
    }


def test_pyxform_and_the_engine_agree_with_the_pack(save: Save):
    """The same spreadsheet by two ways: our pack, and pyxform's XForm read by the engine's own XForm import."""
    rows = [
        ("type", "name", "label", "relevant", "calculation"),
        ("select_one yn", "children", "Any?", None, None),
        ("begin group", "more", "More", "${children} = 'y'", None),
        ("integer", "age", "Age", None, None),
        ("text", "school", "School", "${age} >= 6", None),
        ("end group", None, None, None, None),
        ("calculate", "next_year", None, None, "${age} + 1"),
        ("text", "late", "Late", "${next_year} > 18", None),
    ]
    sheets = {"survey": rows, "choices": YES_NO}
    as_pyxform = {
        name: [{head: cell for head, cell in zip(sheet[0], row, strict=True) if cell} for row in sheet[1:]]
        for name, sheet in sheets.items()
    }
    document = import_xform(convert(as_pyxform, form_name="data").xform.encode())
    walks = []
    for form in (load_form(compiled(save(**sheets))), document):
        interview, seen = begin(form, Context(TODAY)), []
        for ref, text in (("/data/children", "y"), ("/data/more/age", "7"), ("/data/more/age", "18")):
            given = answer(interview, ref, text)
            assert isinstance(given, Interview)
            interview = given
            seen.append([str(step.ref) for step in steps(interview) if isinstance(step, AskStep)])
        walks.append(seen)
    assert walks[0] == walks[1]
    assert walks[0][-1] == ["/data/children", "/data/more/age", "/data/more/school", "/data/late"]


def test_what_is_left_behind_is_said(save: Save):
    rows = [("type", "name", "label", "media::image"), ("text", "a", "A", "cat.png"), ("audit", "audit", None, None)]
    choices = [(*YES_NO[0], "image"), (*YES_NO[1], "yes.png")]
    checked, _ = import_file(save(survey=[*rows, ("select_one yn", "b", "B", None)], choices=choices))
    told = [(one.at.sheet, one.at.row, one.at.column) for one in checked.remarks]
    assert told == [("survey", 3, "A"), ("survey", 1, "D"), ("choices", 1, "D")]


def test_the_yaml_compiles_to_the_same_pack(save: Save, tmp_path: Path):
    path = save(survey=[("type", "name", "label"), ("select_multiple yn", "a", "A: yes, no? #1 {x}")], choices=YES_NO)
    _, text = import_file(path)
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    assert compile_pack(tmp_path / "pack.yaml") == compiled(path)


def test_a_form_with_mistakes_is_not_imported(save: Save):
    with pytest.raises(AuthoringTrouble) as caught:
        import_file(save(survey=[("type", "name", "label"), ("geopoint", "where", "Where")]))
    assert [one.key for one in caught.value.findings] == ["type_unsupported"]
