"""Every mistake in a spreadsheet is told at once, each with its own cell, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.authoring.checking import check_file

Save = Callable[..., Path]
HEADERS = (
    "type",
    "name",
    "label::English (en)",
    "label::中文 (zh)",
    "relevant",
    "constraint",
    "required",
    "calculation",
    "default",
    "choice_filter",
)
YES_NO = (
    ("list_name", "name", "label::English (en)", "label::中文 (zh)"),
    ("yn", "y", "Yes", "是"),
    ("yn", "n", "No", "否"),
)


def told(path: Path) -> list[tuple[str, int, str, str]]:
    """Sheet, row, column and what it is about, of every finding."""
    return [(one.at.sheet, one.at.row, one.at.column, one.key) for one in check_file(path).findings]


def test_ten_mistakes_give_ten_messages_each_with_its_cell(save: Save):
    path = save(
        survey=[
            HEADERS,
            ("intger", "age", "Age", "年龄"),
            ("text", None, "Name", "姓名"),
            ("text", "town", "Town", "城市", "${vilage} = 'a'"),
            ("text", "town", "Again", "再来"),
            ("select_one colour", "favourite", "Favourite", "喜欢"),
            ("integer", "how_many", "How many", "多少", None, ". > (3"),
            ("begin group", "inner", "Group", "组"),
            ("select_one yn", "fine", "Fine?", None),
            ("text", "why", "Why", "为什么", "${fine} = 'maybe'"),
            ("calculate", "first", None, None, None, None, None, "${second} + 1"),
            ("calculate", "second", None, None, None, None, None, "${first} + 1"),
        ],
        choices=YES_NO,
    )
    assert told(path) == [
        ("survey", 2, "A", "type_unknown"),
        ("survey", 3, "B", "no_name"),
        ("survey", 4, "E", "unknown_name"),
        ("survey", 5, "B", "name_twice"),
        ("survey", 6, "A", "list_unknown"),
        ("survey", 7, "F", "unfinished"),
        ("survey", 8, "A", "begin_without_end"),
        ("survey", 9, "D", "words_missing"),
        ("survey", 10, "E", "code_unknown"),
        ("survey", 11, "H", "circle"),
    ]


def test_other_mistakes_give_other_messages_one_each(save: Save):
    path = save(
        survey=[
            (*HEADERS, "relevent"),
            ("text", "my name", "Name", "姓名"),
            ("integer", "age", "Age", "年龄", None, ". >= 18", None, None, "7"),
            ("text", "gift", "Gift", "礼物", "${age} > 30 and ${age} < 20"),
            ("integer", "pages", "Pages", "页数", None, "nosuch(.)"),
            ("select_one yn", "fine", "Fine?", "好吗", None, None, None, None, "perhaps"),
            ("end group", None),
            ("select_one town", "town", "Town", "城市", None, None, None, None, None, "county = ${fine}"),
            ("text", "note_to", "Dear ${nobody}", "亲爱的"),
        ],
        choices=[
            *YES_NO,
            ("yn", "y", "Yes again", "还是"),
            ("town", None, "Nowhere", "无名"),
            ("town", "t1", "Here", "这里"),
        ],
    )
    assert told(path) == [
        ("survey", 1, "K", "column_misspelt"),
        ("survey", 2, "B", "bad_name"),
        ("survey", 3, "I", "default_constraint"),
        ("survey", 4, "E", "never"),
        ("survey", 5, "F", "unknown_function"),
        ("survey", 6, "I", "default_kind"),
        ("survey", 7, "A", "end_without_begin"),
        ("survey", 8, "J", "no_such_column"),
        ("survey", 9, "C", "unknown_name"),
        ("choices", 4, "B", "choice_twice"),
        ("choices", 5, "B", "no_choice_name"),
    ]


def test_each_message_names_sheet_row_and_column_in_both_languages(save: Save):
    (one,) = check_file(save(survey=[("type", "name", "label"), ("txet", "a", "A")])).findings
    assert one.words("zh") == "form.xlsx: 工作表 survey 第 2 行 A 列（type）: 不认识的题型 txet"
    assert one.words("en") == "form.xlsx: sheet survey, row 2, column A (type): unknown type txet"


def test_a_workbook_without_mistakes_has_no_messages(save: Save):
    rows = [("type", "name", "label"), ("text", "a", "A"), ("select_one yn", "b", "B"), ("note", "n", "Thanks")]
    assert told(save(survey=rows, choices=[("list_name", "name", "label"), ("yn", "y", "Y"), ("yn", "n", "N")])) == []


def test_a_misspelt_list_is_one_mistake_and_names_the_near_one(save: Save):
    (one,) = check_file(
        save(
            survey=[("type", "name", "label"), ("select_one yesno", "a", "A")],
            choices=[("list_name", "name", "label"), ("yes_no", "y", "Y")],
        )
    ).findings
    assert (one.at.column, one.key, "near: yes_no" in one.en) == ("A", "list_unknown", True)


def test_a_list_nobody_uses_is_told(save: Save):
    path = save(
        survey=[("type", "name", "label"), ("text", "a", "A")],
        choices=[("list_name", "name", "label"), ("yn", "y", "Y")],
    )
    assert told(path) == [("choices", 2, "A", "list_unused")]


def test_a_formula_in_a_cell_is_told_and_never_worked_out(save: Save):
    path = save(survey=[("type", "name", "label"), ("text", "a", '=HYPERLINK("http://x","y")')])
    assert ("survey", 2, "C", "formula") in told(path)


def test_a_missing_survey_sheet_is_told(save: Save):
    assert ("", 0, "", "sheet_missing") in told(save(questions=[("type", "name", "label"), ("text", "a", "A")]))


def test_a_language_that_a_column_lacks_is_told_once(save: Save):
    rows = [("type", "name", "label::English (en)", "label::中文 (zh)", "hint::English (en)")]
    rows += [("text", f"q{number}", "Q", "问", "Hint") for number in range(5)]
    assert told(save(survey=rows)) == [("survey", 1, "E", "column_missing")]


def test_what_only_pyxform_finds_is_told_in_its_words(save: Save):
    (one,) = check_file(
        save(survey=[("type", "name", "label", "parameters"), ("text", "a", "A", "rows=many")])
    ).findings
    assert (one.key, one.at.sheet, one.at.row) == ("pyxform", "survey", 2)
    assert "integer" in one.en
