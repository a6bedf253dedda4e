"""Location paths, resolved against the skeleton of the form while compiling.

An absolute path, and `${name}`, inside a repeat means the node of the same instance (as JavaRosa and XLSForm
have it), unless a step has a predicate of its own or the repeat itself is what is named. Nodes that are
not relevant are not there for an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kiosk.forms.numbers import Arithmetic, Number
from kiosk.forms.parts import Part
from kiosk.forms.plan import Instance, Key, Node, Run, Shape
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import Step, Tree
from kiosk.forms.values import Sort, is_number, sort_of, text_of, truth_of
from kiosk.forms.world import Env, Item

if TYPE_CHECKING:
    from kiosk.forms.compiler import Compiler

Expand = Callable[[Env], list[Instance]]
DOCUMENT = -1  # above the root element


@dataclass(frozen=True, slots=True)
class Scope:
    """Where, while compiling, an expression stands."""

    here: int  # the context node
    depth: int  # repeats bound by Env.instance
    shared: int  # of those, how many are the reader's own
    items: bool = False  # the context node is an Item; `here` stays the place in the interview
    origin: Scope | None = None  # what current() means

    @property
    def current(self) -> Scope:
        return self if self.origin is None else self.origin


@dataclass(frozen=True, slots=True)
class Route:
    """A set of places of one node that a path has reached."""

    index: int
    expand: Expand | None  # None: the one instance the scope stands in
    shared: int
    from_origin: bool = False
    absolute: bool = False


def main_path(compiler: Compiler, scope: Scope, start: str, steps: tuple[Step, ...]) -> Part:
    """A path through the interview. `start`: root, here or current."""
    standing = scope.current if start == "current" else scope
    if start == "root":
        routes = [Route(DOCUMENT, None, 0, absolute=True)]
    else:
        routes = [Route(standing.here, None, standing.shared, from_origin=start == "current")]
    for number, step in enumerate(steps):
        routes = [
            found for route in routes for found in _step(compiler, standing, route, step, last=number == len(steps) - 1)
        ]
        if not routes and compiler.arithmetic.forgives:
            return Part(Sort.NODES, lambda env: [], single=True, first=lambda env: "", first_text=lambda env: "")
        if not routes:
            raise ExpressionProblem("unknown_path", name=_spelled(start, steps))
    return _part(compiler, standing, routes)


def _spelled(start: str, steps: tuple[Step, ...]) -> str:
    words = {"self": ".", "parent": ".."}
    spelled = "/".join(words.get(step.axis, ("@" if step.axis == "attribute" else "") + step.test) for step in steps)
    return ("/" + spelled if start == "root" else spelled)[:60]


def _step(compiler: Compiler, scope: Scope, route: Route, step: Step, last: bool) -> list[Route]:
    nodes = compiler.nodes
    match step.axis:
        case "self":
            found = [route] if step.test in ("*", "node()") or _named(nodes, route.index, step.test) else []
        case "parent":
            found = [_parent(compiler, route)] if route.index != DOCUMENT else []
        case "child" | "attribute":
            found = _children(compiler, scope, route, step, last)
            return found  # predicates are counted within each parent there
        case "descendant" | "descendant-or-self":
            found = [route] if step.axis == "descendant-or-self" and step.test == "node()" else []
            waiting = [route]
            while waiting:
                below = _children(compiler, scope, waiting.pop(0), Step("child", "*"), last=True)
                waiting += below
                found += [one for one in below if step.test in ("*", "node()") or nodes[one.index].name == step.test]
        case "ancestor" | "ancestor-or-self":
            found, above = [], route if step.axis == "ancestor-or-self" else _above(compiler, route)
            while above is not None and above.index != DOCUMENT:
                if step.test in ("*", "node()") or nodes[above.index].name == step.test:
                    found.append(above)
                above = _above(compiler, above)
        case _:
            raise ExpressionProblem("unsupported", name=f"{step.axis}::")
    for predicate in step.predicates:
        found = [_filtered(compiler, scope, one, predicate) for one in found]
    return found


def _named(nodes: Sequence[Node], index: int, name: str) -> bool:
    return index != DOCUMENT and nodes[index].name == name


def _above(compiler: Compiler, route: Route) -> Route | None:
    return None if route.index == DOCUMENT else _parent(compiler, route)


def _parent(compiler: Compiler, route: Route) -> Route:
    parent = compiler.nodes[route.index].parent
    depth = 0 if parent == DOCUMENT else compiler.nodes[parent].depth
    if route.expand is None:
        return replace(route, index=parent, shared=min(route.shared, depth))
    expand = route.expand

    def shorter(env: Env) -> list[Instance]:
        return list(dict.fromkeys(instance[:depth] for instance in expand(env)))

    return replace(route, index=parent, expand=shorter, shared=min(route.shared, depth))


def _children(compiler: Compiler, scope: Scope, route: Route, step: Step, last: bool) -> list[Route]:
    nodes = compiler.nodes
    wanted = f"@{step.test}" if step.axis == "attribute" else step.test
    below = compiler.roots if route.index == DOCUMENT else nodes[route.index].children
    found: list[Route] = []
    for index in below:
        node = nodes[index]
        if not (node.name == wanted or (wanted in ("*", "node()") and not node.name.startswith("@"))):
            continue
        if node.shape is Shape.REPEAT:
            bound = (
                route.absolute
                and route.expand is None
                and (not last or compiler.arithmetic.binds_last)
                and not step.predicates
                and index in compiler.ancestry(scope.here)
                and node.depth <= scope.depth
            )
            if bound:
                found.append(replace(route, index=index, shared=min(scope.shared, node.depth)))
            else:
                found.append(_rows(compiler, scope, route, index, step.predicates))
        else:
            one = replace(route, index=index)
            for predicate in step.predicates:
                one = _filtered(compiler, scope, one, predicate)
            found.append(one)
    return found


def _instances(compiler: Compiler, route: Route) -> Expand:
    """The instances a route stands for, as a list."""
    if route.expand is not None:
        return route.expand
    depth = 0 if route.index == DOCUMENT else compiler.nodes[route.index].depth
    if route.from_origin:
        return lambda env: [env.origin[:depth]]
    return lambda env: [env.instance[:depth]]


def _rows(compiler: Compiler, scope: Scope, route: Route, repeat: int, predicates: tuple[Tree, ...]) -> Route:
    parents = _instances(compiler, route)
    depth = compiler.nodes[repeat].depth
    shared = min(route.shared, depth - 1)
    tests = [_predicate(compiler, scope, repeat, shared, predicate) for predicate in predicates]
    compiler.use(repeat, shared)

    def expand(env: Env) -> list[Instance]:
        world = env.world
        found: list[Instance] = []
        for parent in parents(env):
            rows = [(*parent, row) for row in world.rows.get((repeat, parent), ())]
            world.spend(len(rows) + 1)
            for test in tests:
                rows = test(env, rows)
            found += rows
        return found

    return Route(repeat, expand, shared, absolute=route.absolute)


def _filtered(compiler: Compiler, scope: Scope, route: Route, predicate: Tree) -> Route:
    instances = _instances(compiler, route)
    test = _predicate(compiler, scope, route.index, route.shared, predicate)
    return replace(route, expand=lambda env: test(env, instances(env)))


def _predicate(
    compiler: Compiler, scope: Scope, index: int, shared: int, predicate: Tree
) -> Callable[[Env, list[Instance]], list[Instance]]:
    inner = Scope(index, compiler.nodes[index].depth, shared, origin=scope.current)
    part, by_number = compiler.part(predicate, inner), compiler.arithmetic.chooses
    run = compiler.convert.value(part)

    def kept(env: Env, rows: list[Instance]) -> list[Instance]:
        env.world.spend(len(rows))
        size = len(rows)
        return [
            row for position, row in enumerate(rows, 1) if chosen(run(env.at(row, position, size)), position, by_number)
        ]

    return kept


def chosen(value: Any, position: int, by_number: bool) -> bool:
    """What a predicate says of one node: a number is a position, anything else a truth.

    Where the arithmetic does not choose by number, a number chooses nothing; nor does a text (as in JavaRosa).
    """
    if isinstance(value, bool):
        return value
    if not by_number:
        return False
    return bool(value == position) if is_number(value) else truth_of(value)


def _part(compiler: Compiler, scope: Scope, routes: list[Route]) -> Part:
    if len(routes) == 1:
        return _one_route(compiler, scope, routes[0])
    parts = [_one_route(compiler, scope, route) for route in routes]
    runs = [part.run for part in parts]

    def gather(env: Env) -> list[Key]:
        return list(dict.fromkeys(key for run in runs for key in run(env)))

    inner = parts[0].inner if all(part.inner is parts[0].inner for part in parts) else Sort.TEXT
    return Part(Sort.NODES, gather, inner=inner)


def _one_route(compiler: Compiler, scope: Scope, route: Route) -> Part:
    if route.index == DOCUMENT:
        raise ExpressionProblem("unsupported", name="/")
    node = compiler.nodes[route.index]
    index, gates = route.index, node.gates
    compiler.use(index, route.shared)
    inner = sort_of(node.kind)
    if route.expand is not None:
        instances = route.expand

        def nodes(env: Env) -> list[Key]:
            world = env.world
            found = [(index, instance) for instance in instances(env)]
            return [key for key in found if world.visible(key)] if gates else found

        return Part(Sort.NODES, nodes, inner=inner, index=index)
    return _single(compiler, scope, route, node)


def place_part(compiler: Compiler, scope: Scope, index: int) -> Part:
    """The one place of a node where the scope stands; whoever asks notes the use."""
    return _single(compiler, scope, Route(index, None, scope.shared), compiler.nodes[index])


def itself(compiler: Compiler, scope: Scope) -> Part:
    """`.`: the place the expression is about, or the answer that is being tried there."""
    part, index, read = place_part(compiler, scope, scope.here), scope.here, compiler.convert.reader(scope.here)
    stored_text, stored_value = part.first_text, part.first
    assert stored_text is not None
    assert stored_value is not None

    def text(env: Env) -> str:
        tried = env.world.tried
        return tried[1] if tried is not None and tried[0] == (index, env.instance) else stored_text(env)

    def value(env: Env) -> Any:
        tried = env.world.tried
        return read(tried[1]) if tried is not None and tried[0] == (index, env.instance) else stored_value(env)

    return replace(part, first=value, first_text=text, first_number=None)


def _fixed_text(index: int, gates: tuple[tuple[int, int], ...]) -> Callable[[Env], str]:
    key: Key = (index, ())
    if not gates:
        return lambda env: env.world.texts.get(key, "")
    closing = tuple((gate, ()) for gate, _ in gates)

    def text(env: Env) -> str:
        world = env.world
        return world.texts.get(key, "") if world.hidden.isdisjoint(closing) else ""

    return text


def _fixed_number(node: Node, arithmetic: Arithmetic, nothing: Number) -> Run:
    """The number at a place outside every repeat, in one step: after one answer sums read a hundred of them."""
    key: Key = (node.index, ())
    parse, nan = arithmetic.parse, arithmetic.nan

    def open_number(env: Env) -> Number:
        text = env.world.texts.get(key)
        found = parse(text) if text else nan
        return nothing if found is nan else found

    if not node.gates:
        return open_number
    closing = tuple((gate, ()) for gate, _ in node.gates)

    def number(env: Env) -> Number:
        world = env.world
        text = world.texts.get(key)
        found = parse(text) if text and world.hidden.isdisjoint(closing) else nan
        return nothing if found is nan else found

    return number


def _single(compiler: Compiler, scope: Scope, route: Route, node: Node) -> Part:
    index, depth, gates = node.index, node.depth, node.gates
    whole = depth == scope.depth and not route.from_origin
    from_origin = route.from_origin
    read = compiler.convert.reader(index)

    def place(env: Env) -> Instance:
        if whole:
            return env.instance
        return env.origin[:depth] if from_origin else env.instance[:depth]

    def one_node(env: Env) -> list[Key]:
        key = (index, place(env))
        return [key] if not gates or env.world.visible(key) else []

    def text_there(env: Env) -> str:
        key = (index, env.instance if whole else place(env))
        world = env.world
        return world.texts.get(key, "") if not gates or world.visible(key) else ""

    one_text = text_there if depth else _fixed_text(index, gates)  # outside every repeat the one place is known now

    def one_value(env: Env) -> Any:
        return read(one_text(env))

    inner, arithmetic = sort_of(node.kind), compiler.arithmetic

    def rewritten(env: Env) -> str:
        return text_of(one_value(env), arithmetic)

    def one_number(nothing: Number) -> Run:
        if not depth:
            return _fixed_number(node, arithmetic, nothing)
        parse, nan = arithmetic.parse, arithmetic.nan

        def number(env: Env) -> Number:
            text = one_text(env)
            found = parse(text) if text else nan
            return nothing if found is nan else found

        return number

    first = one_text if inner is Sort.TEXT else one_value
    text = rewritten if arithmetic.rewrites and inner is not Sort.TEXT else one_text
    return Part(
        Sort.NODES,
        one_node,
        inner=inner,
        single=True,
        first=first,
        first_text=text,
        first_number=one_number if inner in (Sort.NUMBER, Sort.TEXT) else None,
        index=index,
    )


def item_path(compiler: Compiler, scope: Scope, start: Callable[[Env], list[Item]], steps: tuple[Step, ...]) -> Part:
    """A path through a secondary instance; its elements are known only when it runs."""
    run = start
    for step in steps:
        run = _item_step(compiler, scope, run, step)
    return Part(Sort.NODES, run, items=True)


def _item_step(
    compiler: Compiler, scope: Scope, before: Callable[[Env], list[Item]], step: Step
) -> Callable[[Env], list[Item]]:
    tests = [item_predicate(compiler, scope, predicate) for predicate in step.predicates]
    axis, wanted = step.axis, step.test

    def run(env: Env) -> list[Item]:
        found: list[Item] = []
        for item in before(env):
            near = _near(item, axis, wanted)
            env.world.spend(len(near) + 1)
            for test in tests:
                near = test(env, near)
            found += near
        return found

    return run


def _near(item: Item, axis: str, wanted: str) -> list[Item]:
    every = wanted in ("*", "node()")
    match axis:
        case "child":
            return [child for child in item.children if every or child.name == wanted]
        case "self":
            return [item] if every or item.name == wanted else []
        case "parent":
            return [item.parent] if item.parent is not None else []
        case "attribute":
            value = item.attributes.get(wanted)
            return [Item(f"@{wanted}", value, parent=item)] if value is not None else []
        case "descendant-or-self" | "descendant":
            found = [item] if axis == "descendant-or-self" and (every or item.name == wanted) else []
            for child in item.children:
                found += _near(child, "descendant-or-self", wanted)
            return found
        case _:
            raise ExpressionProblem("unsupported", name=f"{axis}::")


def item_predicate(compiler: Compiler, scope: Scope, predicate: Tree) -> Callable[[Env, list[Item]], list[Item]]:
    inner = replace(scope, items=True, origin=scope.current)
    part, by_number = compiler.part(predicate, inner), compiler.arithmetic.chooses
    run = compiler.convert.value(part)

    def kept(env: Env, items: list[Item]) -> list[Item]:
        env.world.spend(len(items))
        size = len(items)
        return [
            item
            for position, item in enumerate(items, 1)
            if chosen(run(env.on(item, position, size)), position, by_number)
        ]

    return kept
