"""A questionnaire written as a pack, built the way the desk builds it."""

from __future__ import annotations

from typing import Any

from kiosk.forms.load import build_pack
from tests.bench_forms.questionnaire import CODES, HINTED, LANGUAGES, LISTS, SAID, Asked, Calculated, Questionnaire


def pack_of(form: Questionnaire) -> bytes:
    """As `forms build` writes it."""
    return build_pack(source_of(form))


def source_of(form: Questionnaire) -> dict[str, Any]:
    return {
        "pack": f"bench_{form.questions}",
        "version": "1",
        "languages": list(LANGUAGES),
        "title": dict.fromkeys(LANGUAGES, f"Bench {form.questions}"),
        "choices": {
            name: [{"code": code, "label": {lang: f"{lang} {name} {code}" for lang in LANGUAGES}} for code in CODES]
            for name in LISTS
        },
        "form": [
            {
                "group": section.name,
                "label": {language: f"{language} {section.number}" for language in LANGUAGES},
                "items": [_asked(item) if isinstance(item, Asked) else _calculated(item) for item in section.items],
            }
            | ({"relevant": section.relevant} if section.relevant else {})
            for section in form.sections
        ],
    }


def _asked(one: Asked) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "ask": one.name,
        "kind": one.kind,
        "label": {language: SAID[language].format(n=one.number) for language in LANGUAGES},
        "hint": dict(HINTED),
        "purpose": "bench",
    }
    for name in ("choices", "relevant", "constraint", "required"):
        if getattr(one, name):
            raw[name] = getattr(one, name)
    return raw


def _calculated(one: Calculated) -> dict[str, Any]:
    return {"compute": one.name, "kind": "decimal", "value": one.value}
