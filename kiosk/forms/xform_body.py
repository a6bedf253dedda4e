"""The body of an XForm: groups, repeats and questions with their words in every language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from msgspec.structs import replace as struct_with

from kiosk.forms.binding import Binding
from kiosk.forms.graph import Duty
from kiosk.forms.kinds import Kind, keys_for
from kiosk.forms.model import Choice, Group, Itemset, Place, Question, Repeat, Said, Words, asked
from kiosk.forms.model import Element as FormElement
from kiosk.forms.plan import Code, Property
from kiosk.forms.xml import Element
from kiosk.ids import QuestionId

if TYPE_CHECKING:
    from kiosk.forms.xform import XForm


def _not_default(translation: Element) -> bool:
    """The default language stands first."""
    return "default" not in translation.attributes or translation.get("default") == "false()"


CONTROLS = {
    "input": None,
    "secret": None,
    "textarea": None,
    "range": None,
    "select": Kind.CHOICES,
    "select1": Kind.CHOICE,
    "rank": Kind.CHOICES,
    "upload": Kind.FILE,
    "trigger": Kind.TRIGGER,
}


class Body:
    def __init__(self, form: XForm, binding: Binding, by_path: Mapping[str, int]) -> None:
        self.form = form
        self.binding = binding
        self.by_path = by_path
        self.texts = self._translations()
        self.languages: tuple[str, ...] = tuple(self.texts) or ("default",)
        self.elements: dict[QuestionId, FormElement] = {}
        self.at: dict[int, FormElement] = {}
        self.lists: dict[str, tuple[Choice, ...]] = {}
        self.outputs = 0
        self.fixed: dict[str, Words] | None = None
        self.moving: list[str] = []  # ids of words that hold outputs

    def _translations(self) -> dict[str, dict[str, Element]]:
        """language → id of the words → the element that says them."""
        itext = self.form.model.first("itext")
        found: dict[str, dict[str, Element]] = {}
        translations = sorted(itext.every("translation") if itext else (), key=_not_default)
        for translation in translations:
            texts = found.setdefault(translation.get("lang") or "default", {})
            for text in translation.every("text"):
                plain = [value for value in text.every("value") if not value.get("form")]
                if plain:
                    texts[text.get("id")] = plain[0]
        return found

    # words

    def words(self, holder: Element | None, here: int) -> Words:
        if holder is None:
            return {}
        ref = holder.get("ref")
        if ref.startswith("jr:itext("):
            id = ref.removeprefix("jr:itext(").rstrip(")").strip().strip("'\"")
            said = {language: texts[id] for language, texts in self.texts.items() if id in texts}
            return {language: self._sentence(element, here) for language, element in said.items()}
        if ref:
            self.outputs += 1
            return dict.fromkeys(self.languages, self._place(ref, holder, here))
        return dict.fromkeys(self.languages, self._sentence(holder, here))

    def _sentence(self, holder: Element, here: int) -> str:
        made = ""
        for piece in holder.pieces:
            if isinstance(piece, str):
                made += piece.replace("${", "$ {")
            elif piece.local == "output":
                made += self._place(piece.get("value") or piece.get("ref"), piece, here)
            else:
                made += self._sentence(piece, here)
        return " ".join(made.split())

    def _place(self, expression: str, holder: Element, here: int) -> str:
        """An expression inside a sentence becomes a place of the form."""
        self.outputs += 1
        name = f"out-{self.outputs}"
        code = self.binding.code(expression, here, f"{self.form.file}:{holder.line}", "text")
        if code is None:
            return ""
        self.binding.places[here, name] = Place(here, Kind.TEXT, code)
        return f"${{{name}}}"

    # elements

    def items(self, holder: Element, around: int = 0) -> tuple[FormElement, ...]:
        found: list[FormElement] = []
        for element in holder.children:
            if element.local in CONTROLS:
                question = self._question(element, around)
                if question is not None:
                    found.append(question)
            elif element.local == "group":
                found.append(self._group(element, around))
            elif element.local == "repeat":
                repeat = self._repeat(element, around)
                if repeat is not None:
                    found.append(repeat)
            elif element.local in ("setvalue", "setgeopoint", "recordaudio"):
                self.form.action(element, around, inside=holder.local)
        return tuple(found)

    def _target(self, element: Element, around: int) -> int | None:
        named = element.get("ref") or element.get("nodeset") or self.form.bound(element)
        path = self.form.absolute(named, self.form.nodes[around].path)
        index = self.by_path.get(path)
        if index is None:
            self.form.complain(element, "unknown_path", name=path[:60])
        return index

    def _id(self, index: int) -> QuestionId:
        return QuestionId(self.form.nodes[index].path.split("/", 2)[-1])

    def _group(self, element: Element, around: int) -> Group:
        index = around
        if element.get("ref") or element.get("bind"):
            index = self._target(element, around) or around
        label = self.words(element.first("label"), index)
        return Group(self._id(index), index, label, self.items(element, index))

    def _repeat(self, element: Element, around: int) -> Repeat | None:
        index = self._target(element, around)
        if index is None:
            return None
        outer = self.form.nodes[index].depth - 1
        counted = bool(element.get("jr:count"))
        if counted:
            code = self._count(element, index, outer)
            if code is not None:
                self.form.duties.append(Duty(index, Property.ROWS, outer, code))
        label = self.words(element.first("label"), index)
        repeat = Repeat(self._id(index), index, label, self.items(element, index), counted=counted)
        fixed = element.get("jr:noAddRemove").startswith("true")
        repeat = struct_with(repeat, counted=counted or fixed)
        self.elements[repeat.id] = repeat
        self.at[index] = repeat
        return repeat

    def _count(self, element: Element, index: int, outer: int) -> Code | None:
        """A count that is a place is read whether the place is relevant or not, as JavaRosa does."""
        code = self.form.code(element, "jr:count", index, "value", outer)
        path = self.form.absolute(element.get("jr:count"), self.form.nodes[index].path)
        target = self.by_path.get(path)
        if code is None or target is None or self.form.nodes[target].depth > outer:
            return code
        read, depth = self.binding.compiler.convert.reader(target), self.form.nodes[target].depth
        return struct_with(code, made=lambda env: read(env.world.texts.get((target, env.instance[:depth]), "")))

    def _question(self, element: Element, around: int) -> Question | None:
        index = self._target(element, around)
        if index is None:
            return None
        node, bind = self.form.nodes[index], self.form.binds.get(index, Element("bind", {}, element.line))
        typed = self.form.declared(index)
        kind = CONTROLS[element.local] or typed
        if element.local == "range":
            self._check_range(element)
        lists, itemset = self._choices(element, index)
        message = bind.get("jr:constraintMsg")
        said = Said(
            label=self.words(element.first("label"), index),
            hint=self.words(element.first("hint"), index),
            message=self._message(message, index),
            required_message=self._message(bind.get("jr:requiredMsg"), index),
        )
        question = asked(
            said,
            id=self._id(index),
            index=index,
            kind=kind,
            choices=lists,
            itemset=itemset,
            required=self.form.code(bind, "required", index, "truth"),
            constraint=self._constraint(bind, index),
            readonly=self.form.code(bind, "readonly", index, "truth"),
            keys=keys_for(kind),
            appearance=element.get("appearance"),
        )
        for child in element.children:
            if child.local in ("setvalue", "setgeopoint", "recordaudio"):
                self.form.action(child, node.index, inside=element.local)
        self.elements[question.id] = question
        self.at[index] = question
        return question

    def _constraint(self, bind: Element, index: int) -> Code | None:
        """One that compares with several nodes cannot be worked out and lets every answer pass, as in JavaRosa."""
        self.binding.compiler.at_most_one = True
        code = self.form.code(bind, "constraint", index, "truth")
        self.binding.compiler.at_most_one = False
        return code

    def _message(self, text: str, here: int) -> Words:
        if not text:
            return {}
        return self.words(
            Element("message", {"ref": text} if text.startswith("jr:itext(") else {}, 0, [], [text]), here
        )

    def _check_range(self, element: Element) -> None:
        for name in ("start", "end", "step"):
            try:
                Decimal(element.get(name) or "1")
            except InvalidOperation:
                self.form.complain(element, "bad_range", name=name)

    # choices

    def _choices(self, element: Element, index: int) -> tuple[str, Itemset | None]:
        written = tuple(self._choice(item, index) for item in element.every("item"))
        name = ""
        if written:
            name = self.form.nodes[index].path
            self.lists[name] = written
        itemset = element.first("itemset")
        return name, self._itemset(itemset, index) if itemset is not None else None

    def _choice(self, item: Element, index: int) -> Choice:
        value = item.first("value")
        return Choice(value.text.strip() if value is not None else "", self.words(item.first("label"), index))

    def _itemset(self, itemset: Element, index: int) -> Itemset | None:
        nodes = self.form.code(itemset, "nodeset", index, "nodes")
        value, label = itemset.first("value"), itemset.first("label")
        words = label.get("ref") if label is not None else ""
        translated = words.startswith("jr:itext(")
        if translated:
            words = words.removeprefix("jr:itext(").rstrip().removesuffix(")")
        elif "(" in words:
            self.binding.code(words, index, f"{self.form.file}:{itemset.line}", "text")
            self.form.complain(itemset, "unsupported", name=words[:60])
        if nodes is None:
            return None
        code = value.get("ref") if value is not None else ""
        said = self._said(index) if translated else None
        return Itemset(nodes, tuple(code.split("/")), tuple(words.strip().split("/")), said)

    def _said(self, here: int) -> dict[str, Words]:
        """Every sentence by its id. Those without outputs are the same for every question, and made once."""
        if self.fixed is None:
            self.fixed, self.moving = {}, []
            for id in dict.fromkeys(id for texts in self.texts.values() for id in texts):
                said = [texts[id] for texts in self.texts.values() if id in texts]
                if any(isinstance(piece, Element) for element in said for piece in element.pieces):
                    self.moving.append(id)
                else:
                    self.fixed[id] = self.words(_label(id), here)
        if not self.moving:
            return self.fixed
        return self.fixed | {id: self.words(_label(id), here) for id in self.moving}


def _label(id: str) -> Element:
    return Element("label", {"ref": f"jr:itext('{id}')"}, 0)
