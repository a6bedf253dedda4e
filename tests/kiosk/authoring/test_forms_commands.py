"""`kiosk-desk forms …` as an author at a keyboard meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import resources
from kiosk.authoring.commands import forms
from kiosk.authoring.findings import wording

Save = Callable[..., Path]
SHARED = Path(__file__).resolve().parents[4] / "shared" / "conformance" / "xforms"
XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>
<model><instance><data id="t"><a/><b/></data></instance>
<bind nodeset="/data/a" type="int" constraint=". &gt; 3"/><bind nodeset="/data/b" relevant="/data/a = 7"/></model></h:head>
<h:body><input ref="/data/a"><label>A</label></input><input ref="/data/b"><label>B</label></input></h:body></h:html>"""


def run(*arguments: str | Path) -> Result:
    shown: list[tuple[int, str, bool]] = []

    def preview(pack: bytes, language: str, leave_at_once: bool) -> int:
        shown.append((len(json.loads(pack)["form"]), language, leave_at_once))
        return 0

    return CliRunner().invoke(forms(preview), [str(one) for one in arguments])


def test_replay_prints_one_json_object_a_trace(tmp_path: Path):
    (tmp_path / "t.xml").write_text(XFORM, encoding="utf-8")
    steps = [
        {"do": "answer", "ref": "/data/a[1]", "value": "2", "outcome": "constraint"},
        {"do": "answer", "ref": "/data/a[1]", "value": "7", "outcome": "ok"},
    ]
    (tmp_path / "traces.jsonl").write_text(
        json.dumps({"form": "t.xml", "seed": 1, "steps": steps}) + "\n", encoding="utf-8"
    )
    outcome = run("replay", tmp_path / "traces.jsonl", "--json")
    assert json.loads(outcome.stdout) == {
        "form": "t.xml",
        "seed": 1,
        "outcomes": ["constraint", "ok"],
        "asked": ["/data/a[1]", "/data/b[1]"],
        "values": {"/data/a[1]": "7"},
        "valid_at_end": True,
        "error": None,
    }


def test_replay_finds_the_forms_in_the_folder_it_is_told(tmp_path: Path):
    (tmp_path / "traces.jsonl").write_text('{"form": "t.xml", "seed": 1, "steps": []}\n', encoding="utf-8")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "t.xml").write_text(XFORM, encoding="utf-8")
    outcome = run("replay", tmp_path / "traces.jsonl", "--forms", folder, "--json")
    assert json.loads(outcome.stdout)["error"] is None


def test_replay_of_no_traces_at_all_is_told(tmp_path: Path):
    (tmp_path / "traces.jsonl").write_text("not json\n", encoding="utf-8")
    assert run("replay", tmp_path / "traces.jsonl").exit_code == 1


def test_build_writes_what_the_kiosk_loads(tmp_path: Path):
    source = resources.folder("packs") / "private_lending.yaml"
    outcome = run("build", source, "--out", tmp_path / "pack.json")
    assert outcome.exit_code == 0
    assert (tmp_path / "pack.json").read_bytes() == source.with_suffix(".json").read_bytes()


def test_out_to_a_workbook_and_back(tmp_path: Path):
    ask = "  - {ask: a, kind: text, label: {en: A}, class: public}\n"
    text = f"pack: p\nversion: '1'\nlanguages: [en]\ntitle: {{en: T}}\nfee_rule: none\nform:\n{ask}"
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    for command in (
        ("build", tmp_path / "p.yaml"),
        ("export", tmp_path / "p.yaml", "--xlsx", tmp_path / "review.xlsx"),
        ("import", tmp_path / "review.xlsx", "--out", tmp_path / "again.yaml"),
        ("build", tmp_path / "again.yaml"),
    ):
        assert run(*command).exit_code == 0
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "p.json").read_bytes()


def test_lint_tells_every_problem_in_both_languages_and_fails(save: Save):
    outcome = run("lint", save(survey=[("type", "name", "label"), ("txet", "a", "A"), ("text", None, "B")]))
    assert outcome.exit_code == 1
    assert "工作表 survey 第 2 行 A 列（type）: 不认识的题型 txet" in outcome.stdout
    assert "sheet survey, row 3, column B (name): the name is missing" in outcome.stdout


def test_lint_as_json_names_sheet_row_and_column(save: Save):
    outcome = run("lint", save(survey=[("type", "name", "label"), ("txet", "a", "A")]), "--json")
    (line,) = map(json.loads, outcome.stdout.splitlines())
    assert {name: line[name] for name in ("sheet", "row", "column", "header", "key")} == {
        "sheet": "survey",
        "row": 2,
        "column": "A",
        "header": "type",
        "key": "type_unknown",
    }


def test_lint_of_a_good_pack_says_so(tmp_path: Path):
    outcome = run("lint", resources.folder("packs") / "private_lending.yaml")
    assert (outcome.exit_code, "没有发现错误" in outcome.stdout) == (0, True)


def test_a_problem_in_yaml_is_told_with_file_and_line(tmp_path: Path):
    text = "pack: p\nversion: '1'\nlanguages: [en]\ntitle: {en: T}\nform:\n  - ask: a\n    kind: text\n"
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    outcome = run("lint", tmp_path / "p.yaml")
    assert "p.yaml:6" in outcome.stdout
    assert "label is missing" in outcome.stdout


def test_an_import_that_fails_writes_nothing(save: Save, tmp_path: Path):
    outcome = run("import", save(survey=[("type", "name", "label"), ("txet", "a", "A")]), "--out", tmp_path / "p.yaml")
    assert (outcome.exit_code, (tmp_path / "p.yaml").exists()) == (1, False)


def test_preview_hands_the_compiled_pack_to_the_window(save: Save):
    assert run("preview", save(survey=[("type", "name", "label"), ("text", "a", "A")]), "--check").exit_code == 0


def test_without_a_window_preview_says_so(save: Save):
    path = save(survey=[("type", "name", "label"), ("text", "a", "A")])
    outcome = CliRunner().invoke(forms(), ["preview", str(path)])
    assert outcome.exit_code == 1
    assert wording().say("authoring.no_window", "zh") in outcome.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared conformance forms are not here")
def test_every_shared_trace_is_replayed_with_the_keys_agreed():
    outcome = run("replay", SHARED / "traces.jsonl", "--json")
    lines = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert len(lines) == 324
    assert {tuple(line) for line in lines} == {("form", "seed", "outcomes", "asked", "values", "valid_at_end", "error")}
