"""The expression language gives what ODK XForms says it gives, with exact money."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.forms.problems import PackTrouble

Evaluate = Callable[..., str]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 mod 3", "1"),
        ("-7 mod 3", "-1"),
        ("10 div 4", "2.5"),
        ("1 div 0", "Infinity"),
        ("'a' = 'a' and 1 != 2", "true"),
        ("1 < 2 or 1 div 0 = 3", "true"),
        ("0.1 + 0.2 = 0.3", "true"),
        ("- -3", "3"),
        ("if(1 > 2, 'x', 'y')", "y"),
        ("coalesce('', 'b')", "b"),
        ("concat('a', 1, true())", "a1true"),
        ("join('-', 'a', 'b')", "a-b"),
        ("string-length('中文')", "2"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -3)", "llo"),
        ("substring-before('2026-11', '-')", "2026"),
        ("substring-after('2026-11', '-')", "11"),
        ("normalize-space('  a   b ')", "a b"),
        ("translate('abc', 'ab', 'x')", "xc"),
        ("contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')", "true"),
        ("regex('13800138000', '1[3-9][0-9]{9}')", "true"),
        ("selected('a b c', 'b')", "true"),
        ("selected-at('a b c', 2)", "c"),
        ("count-selected(' a b ')", "2"),
        ("round(2.5)", "3"),
        ("round(1.2345, 2)", "1.23"),
        ("int(3.9)", "3"),
        ("pow(2, 10)", "1024"),
        ("max(1, 3, 2)", "3"),
        ("min(4, 2)", "2"),
        ("boolean-from-string('TRUE')", "true"),
        ("number('x')", ""),
        ("format-date(date('2026-01-05'), '%Y/%n/%e')", "2026/1/5"),
        ("date('2026-03-01') - date('2026-02-01')", "28"),
        ("today() = date('2026-11-23')", "true"),
        ("decimal-date-time(date('1970-01-03'))", "2"),
        ("checklist(1, 2, true(), false(), true())", "true"),
        ("property-fee(50000)", "1050"),
        ("capitals(107000.53)", "壹拾万柒仟元伍角叁分"),
        ("year-rate(2, 'month')", "24"),
        ("age-on(date('2000-11-24'), today())", "25"),
        ("id-gender('')", ""),
        ("lpr-cap(date('2018-01-01'))", ""),
    ],
)
def test_an_expression_has_its_value(value_of: Evaluate, expression: str, value: str):
    assert value_of(expression) == value


def test_money_is_exact(value_of: Evaluate):
    kinds = {"a": "money", "b": "money"}
    assert value_of("${a} + ${b}", "money", kinds, a="0.10", b="0.20") == "0.30"
    assert value_of("${a} * 3", "money", kinds, a="999999999.99", b="0") == "2999999999.97"


def test_an_unanswered_question_is_the_empty_text_and_no_number(value_of: Evaluate):
    assert value_of("${a} = ''", kinds={"a": "int"}, a="") == "true"
    assert value_of("${a} > 0 or ${a} <= 0", kinds={"a": "int"}, a="") == "false"
    assert value_of("${a} + 1", kinds={"a": "int"}, a="") == ""


def test_a_number_and_its_text_are_equal_but_two_texts_compare_letter_by_letter(value_of: Evaluate):
    assert value_of("${a} = '5.0'", kinds={"a": "int"}, a="5") == "true"
    assert value_of("${a} = '5.0'", a="5") == "false"


@pytest.mark.parametrize(
    ("expression", "key"),
    [
        ("1 +", "unfinished"),
        ("1 ? 2", "syntax"),
        ("nope(1)", "unknown_function"),
        ("${nobody}", "unknown_name"),
        ("/data/nobody", "unknown_path"),
        ("string-length(1, 2)", "wrong_count"),
        ("instance('x')/root", "unknown_instance"),
        ("sum('a')", "wrong_argument"),
        ("(" * 80 + "1" + ")" * 80, "too_deep"),
        ("+".join("1" * 600), "too_many"),
        ("1" * 9000, "too_large"),
        ("regex('a', '(?=a)')", "bad_pattern"),
        ("${result} + 1", "circle"),
    ],
)
def test_what_is_wrong_is_told_when_the_form_is_loaded(value_of: Evaluate, expression: str, key: str):
    with pytest.raises(PackTrouble) as trouble:
        value_of(expression)
    assert [problem.key for problem in trouble.value.problems] == [key]
    assert trouble.value.problems[0].zh
    assert trouble.value.problems[0].en
