"""An XForm (ODK's XML) becomes a pack: the primary instance gives the tree, binds the rules, the body the words.

The form is expected to have passed `kiosk.forms.xform`, which refuses what is wrong with it; here it is only rewritten.
What a pack has no place for is a finding with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kiosk.authoring.entries import Draft, Entry, where_of
from kiosk.authoring.findings import At, Finding, finding
from kiosk.authoring.headers import HAN, language_code
from kiosk.authoring.xls_rows import CLOCK, TO_WRITE, seen
from kiosk.authoring.xls_types import BY_BIND, SEEN
from kiosk.errors import KioskBug
from kiosk.forms.reading import NAME
from kiosk.forms.xml import Element, read_xml

CONTROLS = ("input", "select", "select1", "upload", "trigger", "range", "rank", "secret")
QUOTED = re.compile(r"""('[^']*'|"[^"]*")""")
ITEXT = re.compile(r"jr:itext\(\s*'([^']*)'\s*\)|jr:itext\(\s*\"([^\"]*)\"\s*\)")
ITEMS = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)(/[\w./-]+?)(?:\[(.*)\])?$", re.DOTALL)
FIRST_LOADS = {"odk-instance-first-load", "xforms-ready"}
FRAME_RULES = ("relevant",)
RULES = ("relevant", "constraint", "required", "readonly")


def read_xform(data: bytes, file: str) -> Draft:
    """The pack of an XForm document."""
    return _XForm(read_xml(data, file), file).draft()


class _XForm:
    def __init__(self, document: Element, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.remarks: list[Finding] = []
        head, body = document.first("head"), document.first("body")
        model = head.first("model") if head is not None else None
        if head is None or model is None or body is None:
            raise KioskBug("an XForm without head, model or body came past the engine")
        title = head.first("title")
        self.model, self.body = model, body
        self.title = title.text.strip() if title is not None else ""
        self.primary = next(one for one in model.every("instance") if one.children).children[0]
        self.said = self._itext()
        self.languages = tuple(self.said) or (("zh",) if HAN.search(self._all_text()) else ("en",))
        self.binds = {self._path(bind.get("nodeset")): bind for bind in model.every("bind")}
        self.controls, self.frames, self.repeats = self._body_by_path()
        self.defaults = self._first_values()
        self.lists = Entry(self._at(model))
        self.externals = Entry(self._at(model))

    def _at(self, element: Element) -> At:
        return At(self.file, element.line)

    def _all_text(self) -> str:
        return " ".join(element.text for element in self.body.below())

    def draft(self) -> Draft:
        pack = Entry(self._at(self.primary))
        name = re.sub(r"[^A-Za-z0-9_]+", "_", self.primary.get("id") or self.primary.local).strip("_") or "form"
        pack.put("pack", name)
        pack.put("version", self.primary.get("version") or "1")
        pack.put("languages", list(self.languages))
        pack.put("title", dict.fromkeys(self.languages, self.title or name))
        form = list(self._items(self.primary, f"/{self.primary.name}"))
        pack.put("choices", self.lists)
        if self.externals:
            pack.put("lists", self.externals)
        pack.put("form", form)
        return Draft(pack, where_of(pack, self.file), self.findings, self.remarks, foreign=True)

    # reading the model

    def _itext(self) -> dict[str, dict[str, list[str | Element]]]:
        itext = self.model.first("itext")
        found: dict[str, dict[str, list[str | Element]]] = {}
        for translation in itext.every("translation") if itext is not None else ():
            texts = found.setdefault(language_code(translation.get("lang")), {})
            for text in translation.every("text"):
                plain = [value for value in text.every("value") if not value.get("form")]
                texts[text.get("id")] = plain[0].pieces if plain else []
        return found

    def _body_by_path(self) -> tuple[dict[str, Element], dict[str, Element], dict[str, Element]]:
        controls: dict[str, Element] = {}
        frames: dict[str, Element] = {}
        repeats: dict[str, Element] = {}
        for element in self.body.below():
            ref = self._path(element.get("ref") or element.get("nodeset") or self._bound(element))
            if element.local in CONTROLS:
                controls.setdefault(ref, element)
            elif element.local == "repeat":
                repeats[ref] = element
            elif element.local == "group":
                inner = element.first("repeat")
                frames.setdefault(ref or (self._path(inner.get("nodeset")) if inner is not None else ""), element)
        return controls, frames, repeats

    def _bound(self, element: Element) -> str:
        name = element.get("bind")
        return next((bind.get("nodeset") for bind in self.model.every("bind") if name and bind.get("id") == name), "")

    @staticmethod
    def _path(text: str) -> str:
        return text.replace(" ", "")

    def _first_values(self) -> dict[str, tuple[str, At]]:
        found: dict[str, tuple[str, At]] = {}
        for element in [*self.model.children, *self.body.below()]:
            if element.local != "setvalue":
                continue
            ref = self._path(element.get("ref") or self._bound(element))
            if set(element.get("event").split()) & FIRST_LOADS:
                value = self.rule(element.get("value")) if element.get("value") else f"'{element.text.strip()}'"
                found[ref] = (value, self._at(element))
            else:
                self.remarks.append(finding(self._at(element), "left", name=f"setvalue {ref}"[:60]))
        return found

    # expressions and words

    def rule(self, text: str) -> str:
        """The expression with the root called as packs call it; what is quoted stays."""
        root = re.escape(self.primary.name)
        parts = QUOTED.split(text)
        for at, part in enumerate(parts):
            if at % 2:  # jr:choice-name() takes a path in quotes
                if "jr:choice-name(" not in "".join(parts[:at])[-80:]:
                    continue
                parts[at] = re.sub(rf"^(['\"])/{root}/", r"\1/data/", part)
                continue
            parts[at] = re.sub(rf"(?<![\w.\])}}/]){'/'}{root}(?=/)", "/data", part)
        return "".join(parts).strip()

    def _words(self, element: Element | None) -> dict[str, str]:
        if element is None:
            return {}
        match = ITEXT.search(element.get("ref"))
        if match:
            return self._said(match[1] or match[2])
        text = self._text(element.pieces)
        return dict.fromkeys(self.languages, text) if text else {}

    def _said(self, name: str) -> dict[str, str]:
        found = {language: self._text(texts.get(name, [])) for language, texts in self.said.items()}
        first = next((text for text in found.values() if text), "")
        return {language: text or first for language, text in found.items()} if first else {}

    def _text(self, pieces: list[str | Element]) -> str:
        parts = []
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
            elif piece.local == "output":
                path = self._path(piece.get("value") or piece.get("ref"))
                inside = path.removeprefix(f"/{self.primary.name}/")
                if inside != path and re.fullmatch(r"[\w./-]+", inside):
                    parts.append(f"${{{inside}}}")
                else:
                    self.remarks.append(finding(self._at(piece), "left", name=f"output {path}"[:60]))
        return " ".join("".join(parts).split())

    # the tree

    def _items(self, parent: Element, path: str) -> Iterator[Entry]:
        seen: set[str] = set()
        for child in parent.children:
            here = f"{path}/{child.name}"
            if child.name in seen or child.local in ("meta", "instanceID"):
                continue
            seen.add(child.name)
            if not NAME.fullmatch(child.name):
                self.findings.append(finding(self._at(child), "bad_name", name=child.name[:40]))
            elif here in self.repeats or child.children:
                yield self._frame(child, here)
            else:
                yield self._leaf(child, here)

    def _frame(self, element: Element, path: str) -> Entry:
        what = "repeat" if path in self.repeats else "group"
        frame = self.frames.get(path)
        item = Entry(self._at(frame or element))
        item.put(what, element.name)
        words = self._words(frame.first("label")) if frame is not None else {}
        item.put("label", words or dict.fromkeys(self.languages, element.name))
        self._rules(item, path, FRAME_RULES)
        if what == "repeat":
            count = self.repeats[path].get("jr:count")
            if count:
                item.put("count", self.rule(count), self._at(self.repeats[path]))
        same = [one for one in [element] if one.children] or [element]
        item.put("items", list(self._items(same[0], path)))
        return item

    def _rules(self, item: Entry, path: str, names: tuple[str, ...]) -> None:
        bind = self.binds.get(path)
        if bind is None:
            return
        for name in names:
            if bind.get(name) and bind.get(name) != "false()":
                item.put(name, self.rule(bind.get(name)), self._at(bind))

    def _leaf(self, element: Element, path: str) -> Entry:
        bind, control = self.binds.get(path), self.controls.get(path)
        calculated = bind.get("calculate") if bind is not None else ""
        if control is None or calculated:
            return self._computed(element, path, calculated)
        item = Entry(self._at(control))
        readonly = bind is not None and bind.get("readonly") in ("true()", "1")
        words = self._words(control.first("label")) or self._words(control.first("hint"))
        label = words or dict.fromkeys(self.languages, element.name)
        if control.local == "input" and readonly and not element.text.strip() and path not in self.defaults:
            item.put("note", element.name)
            item.put("label", label)
            self._rules(item, path, ("relevant",))
            return item
        item.put("ask", element.name)
        kind = self._kind(control, bind)
        item.put("kind", kind)
        item.put("label", label)
        hint = self._words(control.first("hint"))
        if hint and hint != label:
            item.put("hint", hint)
        self._rules(item, path, RULES)
        self._range(item, control)
        self._messages(item, bind)
        default, at = self.defaults.get(path, ("", item.at))
        if not default and element.text.strip():
            default = f"'{element.text.strip()}'" if "'" not in element.text else f'"{element.text.strip()}"'
        if default:
            item.put("default", default, at)
        if kind in ("choice", "choices"):
            self._choices(item, control)
        if control.get("appearance"):
            item.put("appearance", control.get("appearance"))
        item.put("class", "personal")
        item.put("purpose", TO_WRITE)
        return item

    def _computed(self, element: Element, path: str, calculated: str) -> Entry:
        item = Entry(self._at(self.binds.get(path, element)))
        item.put("compute", element.name)
        item.put("kind", "text")
        first = self.defaults.get(path, (f"'{element.text.strip()}'", item.at))[0]
        item.put("value", self.rule(calculated) if calculated else first)
        self._rules(item, path, ("relevant",))
        item.put("class", "public")
        return item

    def _kind(self, control: Element, bind: Element | None) -> str:
        data = (bind.get("type") if bind is not None else "").rpartition(":")[2] or "string"
        look = control.get("appearance")
        match control.local:
            case "select1":
                return "choice"
            case "select":
                return "choices"
            case "trigger":
                return "choice"
            case "upload":
                return "signature" if "signature" in look else "file"
            case "rank":
                self.findings.append(finding(self._at(control), "type_unsupported", name="rank"))
                return "text"
        if data == "boolean":
            return "yes_no"
        if data == "time":
            return "text"
        if data not in BY_BIND:
            self.findings.append(finding(self._at(control), "type_unsupported", name=data[:40]))
            return "text"
        return "longtext" if data == "string" and "multiline" in look else BY_BIND[data]

    def _range(self, item: Entry, control: Element) -> None:
        rules = []
        if control.local == "range":
            rules = [f". >= {control.get('start')}", f". <= {control.get('end')}"]
        bind = self.binds.get(self._path(control.get("ref")))
        if bind is not None and bind.get("type").endswith("time") and "date" not in bind.get("type").lower():
            rules.append(CLOCK)
        if rules:
            own = [f"({item['constraint']})"] if "constraint" in item else []
            item.put("constraint", " and ".join([*own, *rules]), item.at)

    def _messages(self, item: Entry, bind: Element | None) -> None:
        for attribute, name in (("jr:constraintMsg", "message"), ("jr:requiredMsg", "required_message")):
            text = bind.get(attribute) if bind is not None else ""
            match = ITEXT.search(text)
            words = self._said(match[1] or match[2]) if match else dict.fromkeys(self.languages, text)
            if text and words:
                item.put(name, words)

    # choices

    def _choices(self, item: Entry, control: Element) -> None:
        itemset = control.first("itemset")
        if control.local == "trigger":
            self.lists.setdefault(SEEN, [seen(self.languages, item.at)])
            item.put("choices", SEEN)
            return
        if itemset is None:
            name = self._fresh(str(item["ask"]))
            choices = [
                self._choice(one, one.first("value"), self._words(one.first("label"))) for one in control.every("item")
            ]
            self._keep(name, choices, control)
            item.put("choices", name)
            return
        match = ITEMS.match(" ".join(itemset.get("nodeset").split()))
        if match is None:
            self.findings.append(finding(self._at(itemset), "type_unsupported", name=itemset.get("nodeset")[:60]))
            item.put("kind", "text")
            return
        name = self._listed(match[1], itemset)
        item.put("choices", name)
        if match[3]:
            item.put("choice_filter", self.rule(match[3]), self._at(itemset))

    def _fresh(self, name: str) -> str:
        number, found = 2, name
        while found in self.lists:
            found, number = f"{name}_{number}", number + 1
        return found

    def _choice(self, element: Element, value: Element | None, words: dict[str, str]) -> Entry:
        choice = Entry(self._at(element))
        code = value.text.strip() if value is not None else ""
        choice.put("code", code)
        choice.put("label", words or dict.fromkeys(self.languages, code))
        return choice

    def _listed(self, name: str, itemset: Element) -> str:
        if name in self.lists or name in self.externals:
            return name
        instance = next((one for one in self.model.every("instance") if one.get("id") == name), None)
        root = instance.children[0] if instance is not None and instance.children else None
        if root is None:
            self.externals.put(name, name, self._at(itemset))
            return name
        label, value = itemset.first("label"), itemset.first("value")
        label_ref = label.get("ref") if label is not None else "label"
        translated = re.fullmatch(r"jr:itext\(\s*(\w+)\s*\)", label_ref)
        value_ref = value.get("ref") if value is not None else "name"
        choices = []
        for one in root.children:
            said = one.first(translated[1] if translated else label_ref)
            text = said.text.strip() if said is not None else ""
            words = self._said(text) if translated else dict.fromkeys(self.languages, text) if text else {}
            choice = self._choice(one, one.first(value_ref), words)
            for column in one.children:
                if column.local not in (value_ref, label_ref, "itextId", "code", "label") and not column.children:
                    choice.put(column.local, column.text.strip())
            choices.append(choice)
        self._keep(name, choices, itemset)
        return name

    def _keep(self, name: str, choices: list[Entry], element: Element) -> None:
        kept: dict[str, Any] = {}
        for choice in choices:
            if not choice["code"] or choice["code"] in kept or " " in choice["code"]:
                self.findings.append(finding(choice.at, "choice_twice", name=str(choice["code"])[:40], list=name[:40]))
            else:
                kept[choice["code"]] = choice
        self.lists.put(name, list(kept.values()), self._at(element))
