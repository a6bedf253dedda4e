"""A questionnaire written as the XForm that pyxform would make of it: itext, binds, lists as secondary instances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from tests.bench_forms.questionnaire import CODES, HINTED, LANGUAGES, LISTS, SAID, Asked, Questionnaire

NAMED = re.compile(r"\$\{(\w+)\}")
TYPES = {"text": "string", "int": "int", "decimal": "decimal", "date": "date"}
YES_NO = ("yes", "no")
HEAD = (
    '<?xml version="1.0"?>\n<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
)


def xform_of(form: Questionnaire) -> bytes:
    lines = [HEAD, "<h:head><h:title>Bench</h:title><model>", *_itext(form)]
    lines.append(f'<instance><data id="bench_{form.questions}" version="1">')
    for section in form.sections:
        leaves = "".join(f"<{item.name}/>" for item in section.items)
        lines.append(f"<{section.name}>{leaves}</{section.name}>")
    lines += ["</data></instance>", *_lists(), *_binds(form), "</model></h:head><h:body>", *_body(form)]
    lines.append("</h:body></h:html>")
    return "\n".join(lines).encode()


def _itext(form: Questionnaire) -> Iterator[str]:
    yield "<itext>"
    for language in LANGUAGES:
        yield f'<translation lang="{language}">'
        for section in form.sections:
            yield _text(f"/data/{section.name}:label", f"{language} {section.number}")
        for one in form.asked():
            yield _text(f"{form.path_of[one.name]}:label", SAID[language].format(n=one.number))
            yield _text(f"{form.path_of[one.name]}:hint", HINTED[language])
        for name, codes in (*((name, CODES) for name in LISTS), ("yes_no", YES_NO)):
            for code in codes:
                yield _text(f"{name}-{code}", f"{language} {name} {code}")
        yield "</translation>"
    yield "</itext>"


def _text(key: str, words: str) -> str:
    return f"<text id={quoteattr(key)}><value>{escape(words)}</value></text>"


def _lists() -> Iterator[str]:
    for name, codes in (*((name, CODES) for name in LISTS), ("yes_no", YES_NO)):
        items = "".join(f"<item><itextId>{name}-{code}</itextId><name>{code}</name></item>" for code in codes)
        yield f'<instance id="{name}"><root>{items}</root></instance>'


def _binds(form: Questionnaire) -> Iterator[str]:
    def written(expression: str) -> str:
        expression = NAMED.sub(lambda match: f" {form.path_of[match[1]]} ", expression)
        return quoteattr("true()" if expression == "yes" else expression)

    for section in form.sections:
        if section.relevant:
            yield f'<bind nodeset="/data/{section.name}" relevant={written(section.relevant)}/>'
        for item in section.items:
            bind = f'<bind nodeset="{form.path_of[item.name]}"'
            if isinstance(item, Asked):
                bind += f' type="{TYPES.get(item.kind, "string")}"'
                for name in ("relevant", "constraint", "required"):
                    if getattr(item, name):
                        bind += f" {name}={written(getattr(item, name))}"
            else:
                bind += f' type="decimal" calculate={written(item.value)}'
            yield bind + "/>"


def _body(form: Questionnaire) -> Iterator[str]:
    for section in form.sections:
        asked = [item for item in section.items if isinstance(item, Asked)]
        if not asked:
            continue
        yield f'<group ref="/data/{section.name}"><label ref="jr:itext(\'/data/{section.name}:label\')"/>'
        yield from (_control(item, form.path_of[item.name]) for item in asked)
        yield "</group>"


def _control(one: Asked, path: str) -> str:
    words = f"<label ref=\"jr:itext('{path}:label')\"/><hint ref=\"jr:itext('{path}:hint')\"/>"
    control = {"choice": "select1", "yes_no": "select1", "choices": "select"}.get(one.kind, "input")
    if control != "input":
        listed = one.choices or "yes_no"
        words += f'<itemset nodeset="instance(\'{listed}\')/root/item"><value ref="name"/>'
        words += '<label ref="jr:itext(itextId)"/></itemset>'
    return f'<{control} ref="{path}">{words}</{control}>'
