"""The rules as forms call them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms import load_form
from kiosk.forms.functions_law import LAW
from kiosk.interview import Context, begin, tree

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def value_of(tables):
    def evaluated(expression: str) -> str:
        pack = {"pack": "test", "version": "1", "languages": ["en"], "title": {"en": "Test"}}
        pack["form"] = [{"compute": "result", "kind": "text", "value": expression}]
        form = load_form(json.dumps(pack).encode(), tables)
        return str(tree(begin(form, Context(TODAY))).get("result", ""))

    return evaluated


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("property-fee(100000)", "2300"),
        ("court-fee('labour', '')", "10"),
        ("court-fee-text('divorce', 500000)", "1,550.00–1,800.00"),
        ("court-fee('divorce', 500000)", "1550"),
        ("court-fee-most('divorce', 500000)", "1800"),
        ("court-fee-text('property', 100000, 'mediation summary_procedure')", "1,150.00"),
        ("court-fee-text('ip', '')", "500.00–1,000.00"),
        ("court-fee('horoscope', 1)", ""),
        ("court-fee('property', -1)", ""),
        ("mixed-fee-text(100000, 'other_non_property')", "2,300.00"),
        ("mixed-fee-text('', 'other_non_property')", "50.00–100.00"),
        ("cause-fee-kind('205.5', 1000)", "labour"),
        ("cause-fee-kind('014', '')", "divorce"),
        ("cause-finer('022')", "2"),
        ("cause-finer('022.1')", "0"),
        ("cause-finer('no such cause')", ""),
        ("fee-prepay('labour_remuneration')", "no"),
        ("fee-reduced(100, 30)", "70"),
        ("fee-reduced(100, 29)", ""),
        ("halved(100)", "50"),
        ("lpr(date('2026-07-19'))", "3"),
        ("lpr(date('2026-07-20'))", ""),
        ("lpr-5y(date('2026-07-19'))", "3.5"),
        ("lpr-last-known(date('2026-11-23'))", "3"),
        ("lpr-cap-for(date('2021-01-01'), today())", "15.4"),
        ("lpr-cap-for(date('2018-01-01'), today())", ""),
        ("interest(100000, 12, date('2025-06-01'), date('2026-06-01'))", "12000"),
        ("interest(100000, 12, date('2025-06-01'), date('2026-06-01'), 360)", "12166.67"),
        ("interest-lpr(10000, date('2025-05-20'), date('2026-05-20'))", "300"),
        ("limitation-last-day('general_3y', date('2024-06-01'))", "2027-06-01"),
        ("limitation-last-day('general_3y', date('2022-05-01'), '', '2024-06-01')", "2027-06-01"),
        ("limitation-standing('general_3y', date('2023-12-05'), today())", "near"),
        ("limitation-standing('wage_during_employment', '', today())", "not_running"),
        ("limitation-standing('no such rule', '', today())", ""),
        ("limitation-applies('support')", "no"),
        ("limitation-by-cause('088.7')", "international_sale_or_technology_import"),
        ("labour-route('employment', 'none', 'no', 'no')", "arbitrate"),
        ("labour-route('employment', 'none', 'yes', 'no')", "direct"),
        ("labour-sue-by('award', date('2026-09-16'))", "2026-10-08"),
        ("labour-set-aside-only('award', 'yes', 'yes')", "yes"),
        ("award-final-by-sum(1000)", ""),
        ("disability-compensation(50000, 61, disability-share('g10'))", "95000"),
        ("death-compensation(50000, 80)", "250000"),
        ("funeral-costs(8000)", "48000"),
        ("dependants-living(30000, '10 70', '2 2', 1)", "270000"),
        ("injury-income(today())", ""),
        ("compulsory-limit('medical', 'yes')", "18000"),
        (
            "forum-places('private_lending', 'defendant_domicile=120101;receiver_of_money_place=110105 路1号')",
            "120101 110105",
        ),
        ("forum-redirect('labour_dispute', 'not_arbitrated')", "A2"),
        ("forum-fits('110105', '110105 建国路88号')", "yes"),
        ("forum-fits('110105', '')", ""),
        ("small-claims(64610, '320500', date('2026-03-01'))", "mandatory"),
        ("small-claims(64610, '110105', date('2026-03-01'))", ""),
        ("plate-kind('京A·D12345')", "new_energy"),
        ("case-no-court('(2026)京0105民初123号')", "京0105"),
        ("case-no-kind('（2026）粤0305财保9号')", "非诉财产保全审查案件（诉前保全）"),
        ("case-no-level('（2026）苏05民终1号')", "intermediate"),
        ("id-birth('810000198001010014')", "1980-01-01"),
        ("uscc-doubt('91350100M000100Y43')", "no"),
        ("capacity-on(date('2009-06-01'), today(), 'yes')", "full"),
        ("mask-name('欧阳娜娜')", "欧阳**"),
        ("table-current('lpr', today())", "false"),
        ("table-current('holidays', today())", "true"),
        ("table-unknown-from('lpr')", "2026-07-20"),
        ("table-unknown-from('holidays')", "2027-01-01"),
        ("deadline-certain(date('2026-12-20'), 30, 'day')", "no"),
    ],
)
def test_a_form_gets_the_same_answer_as_the_rule(value_of, expression: str, value: str):
    assert value_of(expression) == value


WORDS = ["", "0", "-1", "999999999999999999999", "1.005", "2026-02-29", "2024-02-29", "9999-12-31", "0001-01-01", "yes"]
WORDS += ["property", "ip", "divorce", "general_3y", "wage_during_employment", "award", "employment", "g10", "110105"]
WORDS += [
    "private_lending",
    "defendant_domicile=110105",
    "amount=x",
    "lpr",
    "holidays",
    "京A12345",
    "张三",
    "10 0",
    "day",
]


@given(st.sampled_from(sorted(LAW)), st.data())
def test_no_function_ever_fails_on_what_a_form_may_hand_it(value_of, name: str, data):
    function = LAW[name]
    most = function.low if function.high is None else function.high
    wanted = data.draw(st.integers(function.low, most))
    given_ = [data.draw(st.sampled_from(WORDS) | st.text("张1.- =", max_size=8)) for _ in range(wanted)]
    assert isinstance(value_of(f"{name}({', '.join(repr(text) for text in given_)})"), str)
