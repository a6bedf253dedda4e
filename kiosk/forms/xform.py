"""An XForm (ODK's XML) becomes a form: the desk's import, and what conformance is measured on.

The primary instance gives the places, the binds their rules, the body the questions. What is not supported is
refused with its name and line; `docs/xforms-support.md` lists it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace as node_with

from kiosk.forms.binding import Binding
from kiosk.forms.graph import Circle, Duty, weave, with_gates
from kiosk.forms.kinds import Kind
from kiosk.forms.model import Action, Form, Lists, Start
from kiosk.forms.numbers import BINARY
from kiosk.forms.plan import Code, Node, Property, Shape
from kiosk.forms.problems import ExpressionProblem, PackTrouble, Problem, problem
from kiosk.forms.syntax import XFORM_LIMITS, read
from kiosk.forms.world import Item
from kiosk.forms.xform_body import Body
from kiosk.forms.xform_types import TYPES, given
from kiosk.forms.xml import Element, read_xml
from kiosk.ids import PackId

FIRST_LOAD = "odk-instance-first-load"
EVENTS = {
    FIRST_LOAD,
    "odk-instance-load",
    "odk-new-repeat",
    "xforms-value-changed",
    "xforms-revalidate",
    "xforms-ready",
}
OLD_EVENTS = {"xforms-ready": FIRST_LOAD, "jr-insert": "odk-new-repeat"}
SPECIAL = {"jr:template", "template"}


def import_xform(data: bytes, file: str = "form.xml") -> Form:
    """The form of an XForm document, or everything that is wrong with it."""
    return XForm(read_xml(data, file), file).form()


class XForm:
    def __init__(self, document: Element, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        head, body = document.first("head"), document.first("body")
        model = head.first("model") if head is not None else None
        if model is None:
            raise PackTrouble([problem(f"{file}:{document.line}", "not_xform", name="model")])
        if body is None:
            raise PackTrouble([problem(f"{file}:{document.line}", "not_xform", name="body")])
        self.model, self.body = model, body
        self.title = (head.first("title").text if head and head.first("title") else "") or file  # type: ignore[union-attr]
        primary = next((one for one in model.every("instance") if one.children), None)
        if primary is None:
            raise PackTrouble([problem(f"{file}:{model.line}", "not_xform", name="instance")])
        self.primary = primary.children[0]
        self.nodes: list[Node] = []
        self.by_path: dict[str, int] = {}
        self.first_element: dict[int, Element] = {}
        self.template: dict[int, Element] = {}
        self.binds: dict[int, Element] = {}
        self.duties: list[Duty] = []
        self.actions: dict[str, list[Action]] = {}

    def complain(self, element: Element, key: str, /, **places: str | int) -> None:
        self.problems.append(problem(f"{self.file}:{element.line}", key, **places))

    def form(self) -> Form:
        repeats = self._repeat_paths()
        self._places(self.primary, -1, "", repeats)
        self._read_binds()
        nodes = with_gates([self._typed(node) for node in self.nodes], self._gated())
        binding = Binding(nodes, BINARY, XFORM_LIMITS, self.problems)
        binding.compiler.instances = self._instances()
        self.binding = binding
        body = Body(self, binding, self.by_path)
        self._bind_duties(body)
        items = body.items(self.body)
        self._model_actions(body)
        if self.problems:
            raise PackTrouble(self.problems)
        try:
            plan = weave(nodes, self.duties, BINARY, XFORM_LIMITS)
        except Circle as circle:
            bind = self.binds.get(circle.indexes[0], self.primary)
            raise PackTrouble([problem(f"{self.file}:{bind.line}", "circle", **circle.places)]) from None
        return Form(
            pack=PackId(self.primary.get("id") or self.primary.local),
            version=self.primary.get("version"),
            languages=body.languages,
            title=dict.fromkeys(body.languages, self.title),
            stages=("interview",),
            items=items,
            plan=plan,
            elements=body.elements,
            at=body.at,
            lists=Lists(body.lists),
            places=binding.places,
            start=self._start(),
            actions={event: tuple(actions) for event, actions in self.actions.items()},
        )

    # places

    def _repeat_paths(self) -> set[str]:
        return {element.get("nodeset") for element in self.body.below() if element.local == "repeat"}

    def _places(self, element: Element, parent: int, above: str, repeats: set[str]) -> None:
        """One node for every differently named element; of several of one name the first gives the shape."""
        path = f"{above}/{element.name}"
        index = len(self.nodes)
        around = self.nodes[parent].repeats if parent >= 0 else ()
        is_repeat = path in repeats
        shape = Shape.REPEAT if is_repeat else Shape.GROUP if element.children else Shape.LEAF
        self.nodes.append(
            Node(index, element.name, path, parent, shape, Kind.TEXT, (*around, index) if is_repeat else around)
        )
        self.by_path[path] = index
        for name in element.attributes:
            if not name.startswith("xmlns") and name not in SPECIAL:
                self._attribute(name, index, path)
        for child in element.children:
            below = f"{path}/{child.name}"
            if below not in self.by_path:
                same = [one for one in element.children if one.name == child.name and not _is_template(one)]
                if len(same) > 1 and any(one.children for one in same):
                    repeats = repeats | {
                        below
                    }  # several of one name are instances, whether the body repeats them or not
                self._places(self._fullest(element, child.name), index, path, repeats)
        children = [node.index for node in self.nodes if node.parent == index]
        self.nodes[index] = node_with(self.nodes[index], children=tuple(children))

    @staticmethod
    def _fullest(parent: Element, name: str) -> Element:
        """Of several elements of one name, the template, else the one with most inside."""
        same = [child for child in parent.children if child.name == name]
        templates = [child for child in same if _is_template(child)]
        return templates[0] if templates else max(same, key=lambda child: len(list(child.below())))

    def _attribute(self, name: str, parent: int, path: str) -> None:
        index = len(self.nodes)
        at = f"{path}/@{name}"
        self.nodes.append(Node(index, f"@{name}", at, parent, Shape.LEAF, Kind.TEXT, self.nodes[parent].repeats))
        self.by_path[at] = index

    def declared(self, index: int) -> Kind:
        """The type its bind gives a place."""
        bind = self.binds.get(index)
        word = bind.get("type") if bind is not None else ""
        return TYPES.get(word, TYPES.get(word.rpartition(":")[2], Kind.TEXT))

    def _typed(self, node: Node) -> Node:
        """A calculated text reads as what its calculation gives, as in JavaRosa."""
        kind = self.declared(node.index)
        bind = self.binds.get(node.index)
        if kind is Kind.TEXT and bind is not None and bind.get("calculate"):
            try:
                kind = given(read(bind.get("calculate"), XFORM_LIMITS), self._kind_along, node.path) or kind
            except ExpressionProblem:
                return node  # told where it is compiled
        return node_with(node, kind=kind)

    def _kind_along(self, path: str, around: str) -> Kind:
        """The type of the place a plain path leads to."""
        index = self.by_path.get(self.absolute(path, around))
        return Kind.TEXT if index is None else self.declared(index)

    # binds

    def _read_binds(self) -> None:
        for bind in self.model.every("bind"):
            path = self.absolute(bind.get("nodeset") or bind.get("ref"), self.nodes[0].path)
            index = self.by_path.get(path)  # a bind of a place that is not there binds nothing
            if index is not None:
                self.binds[index] = bind

    def absolute(self, path: str, around: str) -> str:
        """A nodeset as a plain path; `.`, `..` and `current()` are taken from the place around it."""
        path = path.replace(" ", "").removeprefix("current()/")
        if path.startswith("/") or not path:
            return path
        segments = around.split("/")
        for segment in path.split("/"):
            if segment == "..":
                segments = segments[:-1]
            elif segment != ".":
                segments.append(segment)
        return "/".join(segments)

    def bound(self, element: Element) -> str:
        """The nodeset of the bind an element names."""
        name = element.get("bind")
        return next((bind.get("nodeset") for bind in self.model.every("bind") if name and bind.get("id") == name), "")

    def _gated(self) -> dict[int, int]:
        return {index: self.nodes[index].depth for index, bind in self.binds.items() if bind.get("relevant")}

    def _bind_duties(self, body: Body) -> None:
        for index, bind in self.binds.items():
            for name, what, want in (("relevant", Property.RELEVANT, "truth"), ("calculate", Property.VALUE, "value")):
                code = self.code(bind, name, index, want)
                if code is not None:
                    self.duties.append(Duty(index, what, self.nodes[index].depth, code))
            preload, which = bind.get("jr:preload"), bind.get("jr:preloadParams")
            source = PRELOADS.get((preload, which), PRELOADS.get((preload, "")))
            if source is not None:
                made = self.binding.code(source, index, f"{self.file}:{bind.line}", "value")
                if made is not None:
                    self.actions.setdefault("preload", []).append(Action("preload", index, index, made))

    def code(self, element: Element, attribute: str, here: int, want: str, depth: int | None = None) -> Code | None:
        text = element.get(attribute)
        if not text:
            return None
        return self.binding.code(text, here, f"{self.file}:{element.line}", want, depth)

    # actions

    def _model_actions(self, body: Body) -> None:
        for element in self.model.children:
            if element.local in ACTIONS:
                self.action(element, 0, inside="model")

    def action(self, element: Element, around: int, inside: str) -> None:
        """A setvalue in the model, in a question or in a repeat."""
        if element.local == "setgeopoint":
            self.complain(element, "unsupported", name="odk:setgeopoint")
            return
        path = self.absolute(element.get("ref") or self.bound(element), self.nodes[around].path)
        target = self.by_path.get(path)
        events = element.get("event").split() or [""]
        for event in events:
            if event not in EVENTS and event not in OLD_EVENTS:
                self.complain(element, "unknown_event", name=event[:60])
            elif event == "odk-new-repeat" and inside == "model":
                self.complain(element, "misplaced_event", name=event)
        if element.local == "recordaudio" or inside == "body":
            return  # like JavaRosa: an action right under the body is checked and never done
        if target is None:
            self.complain(element, "unknown_path", name=path[:60])
            return
        text = element.get("value")
        if text:
            code = self.binding.code(text, target, f"{self.file}:{element.line}", "value")
        else:
            code = _constant("" if "value" in element.attributes else element.text)
        if code is None:
            return
        for event in events:
            known = OLD_EVENTS.get(event, event)
            self.actions.setdefault(known, []).append(Action(known, target, around, code))

    # instances

    def _instances(self) -> dict[str, Item]:
        """The secondary instances; one that lies in another file is there, but empty."""
        found: dict[str, Item] = {}
        for instance in self.model.every("instance"):
            name = instance.get("id")
            if name:
                document = Item("")
                for child in instance.children:
                    document.children.append(_item(child, document))
                found[name] = document
        return found

    def _start(self) -> Start:
        rows: list[tuple[str, int]] = []
        texts: list[tuple[str, str]] = []
        self._begin_with(self.primary, "", rows, texts)
        new: dict[int, str] = {}
        new_rows: dict[int, int] = {}
        for node in self.nodes:
            if node.shape is Shape.REPEAT:
                template = self._template_of(node)
                if template is not None:
                    marked = (
                        "jr:template" in template.attributes
                    )  # a template made of the first instance has none inside
                    self._template_texts(template, node.path, new, new_rows, marked)
        return Start(tuple(rows), tuple(texts), new, new_rows)

    def _begin_with(
        self, element: Element, above: str, rows: list[tuple[str, int]], texts: list[tuple[str, str]]
    ) -> None:
        seen: dict[str, int] = {}
        path = above if above else f"{above}/{element.name}"
        plain = _unnumbered(path)
        if self.nodes[self.by_path[plain]].shape is Shape.LEAF and element.text.strip():
            texts.append((path, element.text.strip()))
        for name, text in element.attributes.items():
            if f"{plain}/@{name}" in self.by_path and text:
                texts.append((f"{path}/@{name}", text))
        for child in element.children:
            if "jr:template" in child.attributes:
                continue
            seen[child.name] = seen.get(child.name, 0) + 1
            repeat = self.nodes[self.by_path[f"{plain}/{child.name}"]].shape is Shape.REPEAT
            if not repeat and seen[child.name] > 1:
                continue
            if repeat:
                rows.append((f"{path}/{child.name}", seen[child.name]))
            number = f"[{seen[child.name]}]" if repeat else ""
            self._begin_with(child, f"{path}/{child.name}{number}", rows, texts)

    def _template_of(self, node: Node) -> Element | None:
        """The template of a repeat: the marked one, else its first instance."""
        steps = node.path.split("/")[2:]
        here = self.primary
        for name in steps:
            same = [child for child in here.children if child.name == name]
            if not same:
                return None
            templates = [child for child in same if "jr:template" in child.attributes]
            here = (templates or same)[0]
        return here

    def _template_texts(
        self, element: Element, path: str, new: dict[int, str], new_rows: dict[int, int], marked: bool
    ) -> None:
        index = self.by_path.get(path)
        if index is not None and self.nodes[index].shape is Shape.LEAF and element.text.strip():
            new[index] = element.text.strip()
        for name, text in element.attributes.items():
            if f"{path}/@{name}" in self.by_path and text:
                new[self.by_path[f"{path}/@{name}"]] = text
        for child in element.children:
            inner = self.by_path.get(f"{path}/{child.name}")
            if inner is not None and self.nodes[inner].shape is Shape.REPEAT:
                if marked and "jr:template" not in child.attributes:
                    new_rows[inner] = new_rows.get(inner, 0) + 1
                continue
            self._template_texts(child, f"{path}/{child.name}", new, new_rows, marked)


ACTIONS = {"setvalue", "setgeopoint", "recordaudio"}
PRELOADS: Mapping[tuple[str, str], str] = {
    ("uid", ""): "concat('uuid:', uuid())",
    ("date", "today"): "format-date(today(), '%Y-%m-%d')",
    ("timestamp", "start"): "now()",
}


def _is_template(element: Element) -> bool:
    return "jr:template" in element.attributes


def _constant(text: str) -> Code:
    return Code("", made=lambda env: text)


def _unnumbered(path: str) -> str:
    return "/".join(segment.partition("[")[0] for segment in path.split("/"))


def _item(element: Element, parent: Item) -> Item:
    item = Item(element.name, "", attributes=element.attributes, parent=parent)
    item.children = [_item(child, item) for child in element.children]
    item.text = element.text if not element.children else "".join(_all_text(element))
    return item


def _all_text(element: Element) -> list[str]:
    texts: list[str] = []
    for piece in element.pieces:
        texts += [piece] if isinstance(piece, str) else _all_text(piece)
    return texts
