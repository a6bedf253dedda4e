"""A questionnaire written as SurveyJS has it: a page for a section, texts in three languages, rules in its own words."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.bench_forms.questionnaire import CODES, HINTED, LANGUAGES, LISTS, SAID, Asked, Calculated, Questionnaire

NAMED = re.compile(r"\$\{(\w+)\}")
COALESCED = re.compile(r"coalesce\((\{\w+\}), 0\)")
INPUTS = {"int": "number", "decimal": "number", "date": "date"}
CHOSEN = {"choice": "radiogroup", "choices": "checkbox", "yes_no": "radiogroup"}


def survey_of(form: Questionnaire) -> bytes:
    pages = [
        {
            "name": section.name,
            "title": {language: f"{language} {section.number}" for language in LANGUAGES},
            "elements": [_asked(item) if isinstance(item, Asked) else _calculated(item) for item in section.items],
        }
        | ({"visibleIf": _rule(section.relevant)} if section.relevant else {})
        for section in form.sections
    ]
    whole = {"checkErrorsMode": "onValueChanged", "clearInvisibleValues": "none", "pages": pages}
    return json.dumps(whole, ensure_ascii=False).encode()


def _rule(expression: str, itself: str = "") -> str:
    found = NAMED.sub(r"{\1}", expression).replace("if(", "iif(")
    found = COALESCED.sub(r"iif(\1 notempty, \1, 0)", found).replace(" != ''", " notempty")
    if itself:
        found = re.sub(r"(?<![\w.])\.(?![\w.])", f"{{{itself}}}", found).replace("string-length", "textLength")
    return found


def _asked(one: Asked) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "name": one.name,
        "type": CHOSEN.get(one.kind, "text"),
        "title": {language: SAID[language].format(n=one.number) for language in LANGUAGES},
        "description": dict(HINTED),
    }
    if one.kind in INPUTS:
        raw["inputType"] = INPUTS[one.kind]
    if one.kind in CHOSEN:
        codes, name = (("yes", "no"), "yes_no") if one.kind == "yes_no" else (CODES, one.choices)
        assert name in (*LISTS, "yes_no")
        raw["choices"] = [
            {"value": code, "text": {language: f"{language} {name} {code}" for language in LANGUAGES}} for code in codes
        ]
    if one.relevant:
        raw["visibleIf"] = _rule(one.relevant)
    if one.required == "yes":
        raw["isRequired"] = True
    elif one.required:
        raw["requiredIf"] = _rule(one.required)
    if one.constraint:
        raw["validators"] = [{"type": "expression", "expression": _rule(one.constraint, one.name)}]
    return raw


def _calculated(one: Calculated) -> dict[str, Any]:
    return {"name": one.name, "type": "expression", "expression": _rule(one.value)}
