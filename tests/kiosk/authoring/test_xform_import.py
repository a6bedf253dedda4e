"""An XForm becomes a pack that asks the same questions; what a pack cannot hold is named with its line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kiosk.authoring.checking import check_file, compiled
from kiosk.authoring.conversation import ask_for
from kiosk.authoring.exchange import import_file
from kiosk.authoring.findings import AuthoringTrouble, Finding
from kiosk.forms import load_form

SHARED = Path(__file__).resolve().parents[4] / "shared" / "conformance" / "xforms"
FORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
 <h:head><h:title>Loan</h:title><model>
  <itext>
   <translation lang="English (en)"><text id="name"><value>Your name</value></text><text id="red"><value>Red</value></text></translation>
   <translation lang="中文 (zh)"><text id="name"><value>姓名</value></text><text id="red"><value>红</value></text></translation>
  </itext>
  <instance><loan id="loan" version="3"><name/><colour/><part><sum>5</sum></part><part/><total/><seen/></loan></instance>
  <instance id="colours"><root><item><itextId>red</itextId><name>r</name><warm>1</warm></item></root></instance>
  <bind nodeset="/loan/name" type="string" required="true()" jr:constraintMsg="Short" constraint="string-length(.) &lt; 9"/>
  <bind nodeset="/loan/colour" type="string" relevant=" /loan/name != '/loan/x'"/>
  <bind nodeset="/loan/part/sum" type="decimal"/>
  <bind nodeset="/loan/total" calculate="sum( /loan/part/sum )"/>
 </model></h:head>
 <h:body>
  <input ref="/loan/name"><label ref="jr:itext('name')"/></input>
  <select1 ref="/loan/colour"><label>Colour of <output value="/loan/name"/></label>
   <itemset nodeset="instance('colours')/root/item[warm = 1]"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>
  <group ref="/loan/part"><label>Part</label><repeat nodeset="/loan/part"><input ref="/loan/part/sum"><label>Sum</label></input></repeat></group>
  <trigger ref="/loan/seen"><label>Seen</label></trigger>
 </h:body>
</h:html>"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "loan.xml"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_names_rules_words_lists_and_repeats_are_taken_over(form: Path):
    pack = json.loads(compiled(form))
    assert pack["languages"] == ["en", "zh"]
    assert pack["choices"]["colours"] == [{"code": "r", "label": {"en": "Red", "zh": "红"}, "warm": "1"}]
    name, colour, part, total, seen = pack["form"]
    assert name["label"] == {"en": "Your name", "zh": "姓名"}
    assert (name["required"], name["message"]["en"]) == ("true()", "Short")
    assert colour["relevant"] == "/data/name != '/loan/x'"
    assert (colour["choice_filter"], colour["label"]["en"]) == ("warm = 1", "Colour of ${name}")
    assert (part["repeat"], part["items"][0]["kind"], part["items"][0]["default"]) == ("part", "decimal", "'5'")
    assert total["value"] == "sum( /data/part/sum )"
    assert seen["choices"] == "seen"


def test_the_pack_asks_what_the_form_asks(form: Path):
    talk = ask_for(load_form(compiled(form)), today=date(2026, 11, 23), language="en")
    talk = talk.expect_next("name").answer("A name that is long").expect_refused("Short").answer("Ann")
    talk = (
        talk.expect_next("colour")
        .expect_choices("r")
        .answer("r")
        .expect_next("part")
        .add()
        .expect_next("sum")
        .answer("7")
    )
    talk.go_on().expect_value("total", "7").expect_next("seen").answer("OK").expect_end()


def test_what_a_pack_cannot_hold_is_named_with_its_line(form: Path):
    form.write_text(FORM.replace('type="decimal"', 'type="geopoint"'), encoding="utf-8")
    with pytest.raises(AuthoringTrouble) as caught:
        import_file(form)
    assert [(one.key, one.at.file, one.at.line) for one in caught.value.findings] == [
        ("type_unsupported", "loan.xml", 19)
    ]


def test_a_broken_form_is_told_with_its_line(form: Path):
    form.write_text(FORM.replace("sum( /loan/part/sum )", "sum( /loan/part/sum"), encoding="utf-8")
    assert [(one.key, one.at.line) for one in check_file(form).findings] == [("unfinished", 13)]


def test_a_dtd_is_refused(form: Path):
    form.write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', encoding="utf-8")
    assert [one.key for one in check_file(form).findings] == ["unsupported"]


def refused(path: Path) -> tuple[Finding, ...]:
    """Why a form cannot be a pack; nothing when it became one."""
    try:
        import_file(path)
    except AuthoringTrouble as trouble:
        return trouble.findings
    return ()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared conformance forms are not here")
def test_every_shared_form_becomes_a_pack_or_is_refused_in_words():
    outcomes = {path.name: refused(path) for path in sorted(SHARED.glob("*.xml"))}
    untold = [name for name, found in outcomes.items() for one in found if not (one.zh and one.en and one.at.line)]
    imported = [name for name, found in outcomes.items() if not found]
    assert untold == []
    assert len(imported) >= 0.75 * len(outcomes)
