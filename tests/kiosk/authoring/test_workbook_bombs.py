"""A workbook from anywhere is looked at before it is opened; whatever is wrong with it ends in one sentence."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kiosk.authoring import archive
from kiosk.authoring.archive import require_safe
from kiosk.authoring.checking import check_draft
from kiosk.authoring.findings import AuthoringTrouble
from kiosk.authoring.workbook import read_book, stripped
from kiosk.authoring.xlsform import read_xlsform

Save = Callable[..., Path]


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(AuthoringTrouble) as caught:
        read_book(data, "bomb.xlsx")
    (one,) = caught.value.findings
    return one.key


def test_what_unpacks_to_more_than_64_mebibytes_is_not_opened():
    assert refusal(zipped(xl__sheet_bin=b"0" * (archive.LARGEST_WHOLE + 1))) == "unpacks_too_large"


def test_a_file_over_16_mebibytes_is_not_opened():
    assert refusal(b"PK" + b"\0" * archive.LARGEST_FILE) == "file_too_large"


def test_a_dtd_in_any_part_is_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert refusal(zipped(xl__workbook_xml=bomb)) == "dtd"


def test_a_dtd_in_utf_16_is_refused():
    bomb = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'.encode("utf-16")
    assert refusal(zipped(xl__workbook_xml=bomb)) == "dtd"


def test_deep_xml_is_refused():
    assert refusal(zipped(xl__workbook_xml=b"<a>" * 5_000 + b"</a>" * 5_000)) == "not_a_workbook"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "a\\b.xml", "x/../../y.xml"])
def test_names_that_leave_the_archive_are_refused(name: str):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, b"<a/>")
    assert refusal(out.getvalue()) == "odd_parts"


def test_two_names_for_the_same_bytes_are_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.bin", b"0" * 1000)
        first = packed.infolist()[0]
        second = zipfile.ZipInfo("b.bin")
        for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
            setattr(second, name, getattr(first, name))
        packed.filelist.append(second)
        packed.NameToInfo["b.bin"] = second
    assert refusal(out.getvalue()) == "odd_parts"


def test_text_is_no_workbook():
    assert refusal(b"type,name,label\ntext,a,A\n") == "not_a_workbook"


def test_a_good_workbook_passes(save: Save):
    require_safe(save(survey=[("type", "name", "label")]).read_bytes(), "good.xlsx")


def small_workbook() -> bytes:
    book, out = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("survey")
    for row in (("type", "name", "label", "relevant"), ("text", "a", "A", None), ("integer", "b", "B", "${a} = 'x'")):
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


SMALL = small_workbook()


@given(at=st.integers(0, len(SMALL) - 1), change=st.binary(min_size=1, max_size=8))
@settings(max_examples=150)
def test_damaged_bytes_are_refused_in_words_or_read(at: int, change: bytes):
    with contextlib.suppress(AuthoringTrouble):
        read_book(SMALL[:at] + change + SMALL[at + len(change) :], "damaged.xlsx")


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["text", "select_one l", "begin group", "end group", "begin repeat", "end repeat", "calculate", "note"]
    ),
    st.sampled_from(
        ["a", "b", "${a}", "${b} = 'x'", ". > 3", "l", "x", "yes", "1 +", "count(${a})", "range", "today()"]
    ),
    st.text(max_size=12).filter(lambda text: not any(ord(one) < 32 for one in text)),
    st.integers(-5, 5),
    st.booleans(),
)
HEADERS = ("type", "name", "label", "relevant", "constraint", "calculation", "default", "required")


@given(
    survey=st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=8),
    choices=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5),
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_cells_hold_ends_in_findings_or_a_form(survey: list[list[object]], choices: list[list[object]]):
    book, out = Workbook(write_only=True), BytesIO()
    for title, rows in (("survey", [HEADERS, *survey]), ("choices", [("list_name", "name", "label"), *choices])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([str(cell) if isinstance(cell, str) else cell for cell in row])
    book.save(out)
    checked = check_draft(read_xlsform(stripped(read_book(out.getvalue(), "any.xlsx"))))
    assert all(one.zh and one.en and one.at.file == "any.xlsx" for one in checked.findings)
