"""The form engine on forms of 50, 500 and 2,000 questions, beside JavaRosa where Java and pyxform's jar are there.

python -m tests.bench.form_engine
"""

from __future__ import annotations

import importlib.util
import json
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any
from xml.sax.saxutils import escape

from kiosk.forms import Form, load_form
from kiosk.interview import AskStep, Context, Interview, answer, begin, dump, steps

LANGUAGES = ("zh", "en", "ug")
KINDS = ("int", "text", "decimal", "choice", "date")
TYPES = {"int": "int", "text": "string", "decimal": "decimal", "choice": "select1", "date": "date"}
CALCULATIONS = 22
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Figures:
    """Milliseconds."""

    load: float
    answer_median: float
    answer_p95: float


def words(text: str) -> dict[str, str]:
    return {language: f"{text} {language}" for language in LANGUAGES}


def pack(questions: int) -> dict[str, Any]:
    """Groups of twenty, every fourth question relevant by another, 22 calculations, three languages."""
    groups: list[dict[str, Any]] = []
    for number in range(questions):
        if number % 20 == 0:
            name = f"g{number // 20}"
            groups.append({"group": name, "label": words(f"Group {name}"), "items": []})
        kind, earlier = KINDS[number % 5], number // 5 * 5 - 5
        item: dict[str, Any] = {
            "ask": f"q{number}",
            "kind": kind,
            "purpose": "bench",
            "label": words(f"Question {number}"),
        }
        item |= {"hint": words(f"Hint {number}"), "required": "yes" if number % 3 == 0 else "no"}
        if kind == "choice":
            item["choices"] = "yn"
        if kind == "int":
            item |= {"constraint": ". >= 0 and . < 1000", "message": words("From 0 to 999")}
        if number % 4 == 3 and earlier >= 0:
            item["relevant"] = f"${{q{earlier}}} > 3 or ${{q{earlier}}} = ''"
        groups[-1]["items"].append(item)
    whole = range(0, questions, 5)
    computed: list[dict[str, Any]] = []
    for number in range(CALCULATIONS):
        one, other = whole[number * 7 % len(whole)], whole[(number * 11 + 1) % len(whole)]
        value = f"coalesce(${{q{one}}}, 0) + coalesce(${{q{other}}}, 0) * 2"
        computed.append(
            {"compute": f"c{number}", "value": f"if(${{c{number - 1}}} > 5, 1, 2)" if number % 2 else value}
        )
    choices = {"yn": [{"code": "y", "label": words("Yes")}, {"code": "n", "label": words("No")}]}
    top = {"pack": f"bench{questions}", "version": "1", "languages": list(LANGUAGES), "title": words("Bench")}
    return top | {"choices": choices, "form": groups + computed}


def as_xform(made: dict[str, Any]) -> str:
    """The same form as JavaRosa reads it."""
    paths = {item["compute"]: f"/data/{item['compute']}" for item in made["form"] if "compute" in item}
    for group in (item for item in made["form"] if "group" in item):
        paths |= {item["ask"]: f"/data/{group['group']}/{item['ask']}" for item in group["items"]}

    def expression(text: str) -> str:
        return escape(re.sub(r"\$\{(\w+)\}", lambda name: paths[name[1]], text), {'"': "&quot;"})

    texts: list[tuple[str, dict[str, str]]] = [("y", words("Yes")), ("n", words("No"))]
    instance, binds, body = "", "", ""
    for item in made["form"]:
        if "compute" in item:
            instance += f"<{item['compute']}/>"
            binds += f'<bind nodeset="{paths[item["compute"]]}" calculate="{expression(item["value"])}"/>'
            continue
        leaves = "".join(f"<{one['ask']}/>" for one in item["items"])
        instance += f"<{item['group']}>{leaves}</{item['group']}>"
        body += f'<group ref="/data/{item["group"]}">'
        for one in item["items"]:
            path = paths[one["ask"]]
            rules = "".join(
                f' {name}="{expression(one[name])}"' for name in ("relevant", "constraint") if name in one
            ) + (' required="true()"' if one["required"] == "yes" else "")
            binds += f'<bind nodeset="{path}" type="{TYPES[one["kind"]]}"{rules}/>'
            texts += [(f"{path}:l", one["label"]), (f"{path}:h", one["hint"])]
            said = f"<label ref=\"jr:itext('{path}:l')\"/><hint ref=\"jr:itext('{path}:h')\"/>"
            codes = "".join(f"<item><label ref=\"jr:itext('{code}')\"/><value>{code}</value></item>" for code in "yn")
            body += (
                f'<select1 ref="{path}">{said}{codes}</select1>'
                if one["kind"] == "choice"
                else f'<input ref="{path}">{said}</input>'
            )
        body += "</group>"
    itext = "".join(
        f'<translation lang="{language}">'
        + "".join(f'<text id="{name}"><value>{escape(said[language])}</value></text>' for name, said in texts)
        + "</translation>"
        for language in LANGUAGES
    )
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>bench</h:title><model>'
        f'<itext>{itext}</itext><instance><data id="bench">{instance}</data></instance>{binds}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )


def whole_numbers(form: Form, interview: Interview) -> list[str]:
    refs = [step.ref for step in steps(interview) if isinstance(step, AskStep)]
    return [ref for ref in refs if form.plan.nodes[form.plan.by_path[ref]].kind == "int"]


def ours(data: bytes) -> tuple[Figures, Interview, list[str]]:
    loads = []
    for _ in range(20):
        start = time.perf_counter()
        form = load_form(data)
        loads.append((time.perf_counter() - start) * 1000)
    interview = begin(form, Context(date(2026, 11, 23)))
    refs, taken = whole_numbers(form, interview), []
    for number in range(1000):
        start = time.perf_counter()
        outcome = answer(interview, refs[number % len(refs)], str(number % 900))
        taken.append((time.perf_counter() - start) * 1000)
        assert isinstance(outcome, Interview)
        interview = outcome
    taken.sort()
    return Figures(median(loads), taken[500], taken[950]), interview, refs


def javarosa(document: str) -> Figures | None:
    """The validator's jar lies in pyxform's wheel; without it or without Java there is nothing to compare with."""
    found = importlib.util.find_spec("pyxform")
    java = shutil.which("java")
    if found is None or found.origin is None or java is None:
        return None
    jar = Path(found.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xml"
        path.write_text(document, encoding="utf-8")
        command = [java, "-cp", str(jar), str(HERE / "JavaRosaBench.java"), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    numbers = done.stdout.split()
    return Figures(*map(float, numbers)) if len(numbers) == 3 else None


def saved_a_second(interview: Interview, refs: list[str]) -> float:
    """Change one answer, write the draft down, commit durably."""
    with tempfile.TemporaryDirectory(dir=HERE.parents[1]) as folder:
        db = sqlite3.connect(Path(folder) / "draft.db", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE draft (id INTEGER PRIMARY KEY, body BLOB)")
        start, rounds = time.perf_counter(), 200
        for number in range(rounds):
            outcome = answer(interview, refs[number % len(refs)], str(number))
            assert isinstance(outcome, Interview)
            interview = outcome
            db.execute("INSERT OR REPLACE INTO draft VALUES (1, ?)", (dump(interview),))
        took = time.perf_counter() - start
        db.close()
    return rounds / took


def main() -> int:
    say = sys.stdout.write
    figures: dict[int, Figures] = {}
    for questions in (50, 500, 2000):
        made = pack(questions)
        figures[questions], interview, refs = ours(json.dumps(made, ensure_ascii=False).encode())
        mine, other = figures[questions], javarosa(as_xform(made))
        say(
            f"{questions:5} questions: load {mine.load:.1f} ms, answer {mine.answer_median:.3f} ms, p95 {mine.answer_p95:.3f} ms\n"
        )
        if other is not None:
            say(
                f"      JavaRosa      : load {other.load:.1f} ms, answer {other.answer_median:.3f} ms, p95 {other.answer_p95:.3f} ms\n"
            )
            say(
                f"      ratios        : load {mine.load / other.load:.2f}, answer p95 {mine.answer_p95 / other.answer_p95:.2f}\n"
            )
        if questions == 500:
            say(f"      saved durably : {saved_a_second(interview, refs):.0f} a second\n")
    say(f"2,000 against 50 : answer p95 {figures[2000].answer_p95 / figures[50].answer_p95:.2f} times\n")
    say(f"memory           : {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
