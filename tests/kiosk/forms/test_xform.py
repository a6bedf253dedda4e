"""XForms at the desk: what is wrong is refused with file and line, and no document can hurt."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms.binding import FUNCTIONS
from kiosk.forms.kinds import Kind
from kiosk.forms.problems import PackTrouble
from kiosk.forms.xform import import_xform
from kiosk.forms.xml import DEEPEST, read_xml

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title>'
)
PLAIN = "<instance><data id='t'><a/><b/></data></instance>"


def document(model: str, body: str = "<input ref='/data/a'/>") -> bytes:
    return f"{HEAD}<model>\n{model}</model></h:head><h:body>{body}</h:body></h:html>".encode()


@pytest.mark.parametrize(
    ("model", "body", "key"),
    [
        ("", "", "not_xform"),
        (PLAIN, "<input ref='/data/c'/>", "unknown_path"),
        (PLAIN + "<bind nodeset='/data/a' calculate='nope()'/>", "", "unknown_function"),
        (PLAIN + "<bind nodeset='/data/a' calculate='1 +'/>", "", "unfinished"),
        (
            PLAIN + "<bind nodeset='/data/a' calculate='/data/b'/><bind nodeset='/data/b' calculate='/data/a'/>",
            "",
            "circle",
        ),
        (PLAIN, "<range ref='/data/a' start='1' end='x' step='1'/>", "bad_range"),
        (PLAIN, "<input ref='/data/a'><setvalue event='later' ref='/data/b'/></input>", "unknown_event"),
        (PLAIN + "<setvalue event='odk-new-repeat' ref='/data/b'/>", "", "misplaced_event"),
        (PLAIN + "<odk:setgeopoint event='odk-instance-first-load' ref='/data/b'/>", "", "unsupported"),
        (
            PLAIN,
            "<select1 ref='/data/a'><itemset nodeset=\"instance('x')/root\"><value ref='n'/></itemset></select1>",
            "unknown_instance",
        ),
    ],
)
def test_what_will_not_do_is_refused_with_its_line(model: str, body: str, key: str):
    with pytest.raises(PackTrouble) as trouble:
        import_xform(document(model, body), "f.xml")
    assert trouble.value.problems[0].key == key
    assert trouble.value.problems[0].place.startswith("f.xml:")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "unsupported"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "unsupported"),
        (b"<a>" * (DEEPEST + 1), "too_deep"),
        (b"<a>" * 300_000, "too_deep"),
        (b"<a>" + b"<b/>" * 200_001 + b"</a>", "too_many"),
        (b"<a", "bad_xml"),
        (b"", "bad_xml"),
        (b"\xff\xfe<a/>", "bad_xml"),
        (b" " * (8 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_dangerous_xml_is_refused_at_once(data: bytes, key: str):
    start = time.perf_counter()
    with pytest.raises(PackTrouble) as trouble:
        read_xml(data, "f.xml")
    assert trouble.value.problems[0].key == key
    assert time.perf_counter() - start < 5


def test_types_and_languages_are_taken_over():
    itext = (
        "<itext><translation lang='fr'><text id='l'><value>Oui ?</value></text></translation>"
        "<translation lang='en' default=''><text id='l'><value>Yes, <output value='/data/b'/>?</value></text></translation></itext>"
    )
    form = import_xform(
        document(
            itext + PLAIN + "<bind nodeset='/data/a' type='xsd:int' required='true()'/>",
            "<input ref='/data/a'><label ref=\"jr:itext('l')\"/></input>",
        )
    )
    question = form.at[form.plan.by_path["/data/a"]]
    assert form.languages == ("en", "fr")
    assert (question.kind, dict(question.label)) == (Kind.INT, {"en": "Yes, ${out-1}?", "fr": "Oui ?"})


PIECES = st.sampled_from(
    [
        "<a/>",
        "<b>1</b>",
        "<r><x/></r>",
        "<bind nodeset='/data/a' calculate='/data/b + 1'/>",
        "<input ref='/data/a'/>",
        "<repeat nodeset='/data/r'><input ref='x'/></repeat>",
        "<group ref='/data/r'>",
        "</group>",
        "<instance>",
        "</instance>",
        "<data id='t'>",
        "</data>",
        "<model>",
        "</model>",
        "<h:body>",
        "</h:body>",
        "<h:head>",
        "</h:head>",
        "&amp;",
        "<label>x</label>",
        "<setvalue event='odk-new-repeat' ref='/data/r/x' value='1'/>",
        "<select ref='/data/b'><item/></select>",
        "<itext/>",
    ]
)


@given(st.lists(PIECES, max_size=20))
def test_any_pieces_of_a_form_are_a_form_or_are_refused(pieces: list[str]):
    with contextlib.suppress(PackTrouble):
        import_xform(f"<h:html>{''.join(pieces)}</h:html>".encode())


@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=8))
def test_any_pieces_inside_a_form_are_a_form_or_are_refused(model: list[str], body: list[str]):
    with contextlib.suppress(PackTrouble):
        import_xform(
            document(f"<instance><data id='t'><a/><b/><r><x/></r></data></instance>{''.join(model)}", "".join(body))
        )


def test_every_function_is_in_the_page_that_lists_them():
    page = (Path(__file__).resolve().parents[3] / "docs" / "xforms-support.md").read_text(encoding="utf-8")
    words = set(page.replace("`", " ").split())
    assert [name for name in FUNCTIONS if name not in words] == []
