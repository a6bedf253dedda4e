"""The functions of ODK XForms over nodes: counting, numbering, picking instances, choices and tables."""

from __future__ import annotations

from typing import Any

from kiosk.forms.compiler import Compiler, Function
from kiosk.forms.functions import nodes_of
from kiosk.forms.numbers import Number, is_nan
from kiosk.forms.parts import Part, number_part, text_part
from kiosk.forms.paths import Scope, main_path
from kiosk.forms.plan import Key, Run, Shape
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import Call, Literal, Named, Path, Step, read
from kiosk.forms.values import Sort, Value
from kiosk.forms.world import Env


def _count(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run, arithmetic = nodes_of(compiler, scope, call).run, compiler.arithmetic
    return number_part(lambda env: arithmetic.of_int(len(run(env))))


def _count_non_empty(compiler: Compiler, scope: Scope, call: Call) -> Part:
    run, arithmetic = compiler.convert.texts(nodes_of(compiler, scope, call)), compiler.arithmetic
    return number_part(lambda env: arithmetic.of_int(sum(1 for text in run(env) if text != "")))


def _position(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """Within a predicate the node's number; `position(..)` the number of the instance a path stands in."""
    arithmetic = compiler.arithmetic
    if not call.arguments:
        return number_part(lambda env: arithmetic.of_int(env.position))
    part = nodes_of(compiler, scope, call)
    run = part.run

    def position(env: Env) -> Number:
        nodes = run(env)
        if not nodes or not isinstance(nodes[0], tuple):
            return arithmetic.of_int(0)
        return arithmetic.of_int(row_number(env, nodes[0]))

    return number_part(position)


def row_number(env: Env, key: Key) -> int:
    """Which instance of a repeat this is, from 1; of anything else there is one."""
    index, instance = key
    if env.world.plan.nodes[index].shape is not Shape.REPEAT:
        return 1
    rows = env.world.rows.get((index, instance[:-1]), ())
    return rows.index(instance[-1]) + 1 if instance[-1] in rows else 1


def _last(compiler: Compiler, scope: Scope, call: Call) -> Part:
    return number_part(lambda env: compiler.arithmetic.of_int(env.size))


def _name(compiler: Compiler, scope: Scope, call: Call) -> Part:
    tree = call.arguments[0] if call.arguments else Path("here", (Step("self", "node()"),))
    part = compiler.part(tree, scope)
    if part.sort is not Sort.NODES:
        raise ExpressionProblem("wrong_argument", name=f"{call.name}()", wanted="nodes", wanted_zh="节点")

    def name(env: Env) -> str:
        for node in part.run(env):
            found: str = env.world.plan.nodes[node[0]].name if isinstance(node, tuple) else node.name
            return found
        return ""

    return text_part(name)


def _indexed_repeat(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """indexed-repeat(node, repeat, number, inner repeat, number…): the node in those instances."""
    if len(call.arguments) % 2 == 0:
        raise ExpressionProblem("wrong_count", name="indexed-repeat()", given=len(call.arguments))
    target = nodes_of(compiler, scope, call)
    numbers: list[tuple[int, Run]] = []
    for number in range(1, len(call.arguments), 2):
        repeat = nodes_of(compiler, scope, call, number)
        numbers.append((repeat.index, compiler.convert.number(compiler.part(call.arguments[number + 1], scope))))
    if target.index < 0 or any(index < 0 for index, _ in numbers):
        raise ExpressionProblem("wrong_argument", name="indexed-repeat()", wanted="a question", wanted_zh="一个问题")
    node = compiler.nodes[target.index]
    wanted = dict(numbers)
    for repeat_index in node.repeats:
        compiler.use(repeat_index, 0)
    compiler.use(node.index, 0)
    read = compiler.convert.reader(node.index)

    def run(env: Env) -> Value:
        instance: tuple[int, ...] = ()
        for repeat_index in node.repeats:
            rows = env.world.rows.get((repeat_index, instance), ())
            if repeat_index in wanted:
                number = wanted[repeat_index](env)
                at = 1 if is_nan(number) or number < 1 else int(min(number, len(rows) + 1))
                if at > len(rows):
                    return ""
                instance = (*instance, rows[at - 1])
            elif len(env.instance) > len(instance) and env.instance[len(instance)] in rows:
                instance = (*instance, env.instance[len(instance)])
            else:
                return ""
        key = (node.index, instance)
        return read(env.world.texts.get(key, "")) if env.world.visible(key) else ""

    return Part(Sort.ANY, run)


def _instance(compiler: Compiler, scope: Scope, call: Call) -> Part:
    tree = call.arguments[0]
    name = getattr(tree, "text", None)
    if name is None or name not in compiler.instances:
        raise ExpressionProblem("unknown_instance", name=str(name)[:40])
    document = compiler.instances[name]
    return Part(Sort.NODES, lambda env: [document], items=True)


def _current(compiler: Compiler, scope: Scope, call: Call) -> Part:
    return main_path(compiler, scope, "current", (Step("self", "node()"),))


def _choice_name(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """jr:choice-name(code, '/path/of/the/question'): the words of a choice in the language now spoken."""
    code = compiler.convert.text(compiler.part(call.arguments[0], scope))
    tree = call.arguments[1]
    if isinstance(tree, Named) and compiler.name_of is not None:
        index = compiler.name_of(tree.name, scope.current.here)
    else:
        path = getattr(tree, "text", "").strip() if isinstance(tree, Literal) else ""
        index = compiler.part(read(path, compiler.limits), scope.current).index if path else -1
    if index < 0:
        raise ExpressionProblem("unknown_path", name=str(getattr(tree, "text", ""))[:60])
    compiler.use(index, 0)
    return text_part(lambda env: choice_words(env, index, code(env)))


def choice_words(env: Env, index: int, code: str) -> str:
    form: Any = env.world.form
    return str(form.choice_label(env.world, index, env.instance, code)) if form is not None else code


OVER_NODES: dict[str, Function] = {
    "count": Function(_count, 1, 1),
    "count-non-empty": Function(_count_non_empty, 1, 1),
    "position": Function(_position, 0, 1),
    "last": Function(_last, 0, 0),
    "name": Function(_name, 0, 1),
    "local-name": Function(_name, 0, 1),
    "indexed-repeat": Function(_indexed_repeat, 3, 11),
    "instance": Function(_instance, 1, 1),
    "current": Function(_current, 0, 0),
    "jr:choice-name": Function(_choice_name, 2, 2),
}
