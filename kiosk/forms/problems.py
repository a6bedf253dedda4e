"""What is wrong with a form pack: where, and in both languages of the people who write packs.

Problems are about the author's text, never about an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.errors import KioskTrouble


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is a path in the pack (`form/2/items/0/relevant`) or, after the desk looked it up, file:line."""

    place: str
    key: str
    zh: str
    en: str

    def at(self, place: str) -> Problem:
        return Problem(place, self.key, self.zh, self.en)

    def __str__(self) -> str:
        return f"{self.place}: {self.zh} / {self.en}"


class PackTrouble(KioskTrouble):
    """A pack that will not load, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = str(self.problems[0]) if self.problems else ""
        super().__init__("pack.broken", problems=len(self.problems), first=first)


class ExpressionProblem(Exception):
    """One expression that will not do; the loader turns it into a `Problem` with its place."""

    def __init__(self, key: str, /, **places: str | int) -> None:
        self.key = key
        self.places = places
        super().__init__(f"{key} {places}")


SENTENCES: dict[str, tuple[str, str]] = {
    "bad_json": ("文件不是正确的 JSON：{reason}", "the file is not proper JSON: {reason}"),
    "bad_yaml": ("YAML 写法有误：{reason}", "the YAML is not well formed: {reason}"),
    "bad_xml": ("XML 写法有误：{reason}", "the XML is not well formed: {reason}"),
    "not_xform": ("不是 XForm：缺少 {name}", "this is not an XForm: {name} is missing"),
    "bad_range": ("range 的 {name} 不是数字", "{name} of a range is not a number"),
    "unknown_event": ("不认识的事件 {name}", "unknown event {name}"),
    "misplaced_event": ("事件 {name} 不能放在这里", "the event {name} cannot stand here"),
    "unknown_type": ("不认识的数据类型 {name}", "unknown data type {name}"),
    "yaml_alias": ("不允许使用 YAML 锚点和别名", "YAML anchors and aliases are not allowed"),
    "too_large": ("超过上限 {limit}", "larger than the limit of {limit}"),
    "missing": ("缺少 {name}", "{name} is missing"),
    "unknown_key": ("不认识的项目 {name}", "unknown entry {name}"),
    "twice": ("{name} 出现了两次", "{name} stands twice"),
    "wrong_type": ("{name} 应为{wanted_zh}", "{name} must be {wanted}"),
    "unknown_kind": ("不认识的题型 {name}", "unknown kind {name}"),
    "bad_name": (
        "名称 {name} 只能用英文字母、数字、- 和 _，并以字母开头",
        "the name {name} may hold letters, digits, - and _ and starts with a letter",
    ),
    "language_missing": ("缺少 {language} 文字", "the {language} words are missing"),
    "unknown_language": ("没有声明语言 {language}", "language {language} is not one of the pack's"),
    "unknown_list": ("没有名为 {name} 的选项表", "there is no list of choices called {name}"),
    "list_unused": ("选项表 {name} 没有用到", "the list of choices {name} is never used"),
    "unknown_block": ("没有名为 {name} 的模块", "there is no block called {name}"),
    "block_circle": ("模块 {name} 引用了自己", "the block {name} uses itself"),
    "no_such_file": ("没有文件 {name}", "there is no file {name} beside the pack"),
    "include_circle": ("文件 {name} 又包含了自己", "the file {name} includes itself"),
    "unknown_in_block": ("模块中没有 {name}", "the block has no {name}"),
    "unknown_moment": ("不认识的时机 {name}，可用：{known}", "unknown moment {name}; there are: {known}"),
    "unknown_item": ("item 应为 1 到 {items} 的整数", "item must be a whole number from 1 to {items}"),
    "unknown_stage": ("没有名为 {name} 的阶段", "there is no stage called {name}"),
    "unknown_rule": ("不认识的收费规则 {name}", "unknown fee rule {name}"),
    "unknown_name": ("没有名为 {name} 的问题", "there is no question called {name}"),
    "ambiguous_name": ("名称 {name} 指向多个问题", "the name {name} fits more than one question"),
    "unknown_path": ("路径 {name} 不存在", "the path {name} leads nowhere"),
    "unknown_instance": ("没有名为 {name} 的数据表", "there is no secondary instance called {name}"),
    "unknown_function": ("没有函数 {name}", "there is no function {name}"),
    "wrong_count": (
        "函数 {name} 的参数个数不对（给了 {given} 个）",
        "{name} does not take {given} arguments",
    ),
    "wrong_argument": ("函数 {name} 需要{wanted_zh}", "{name} needs {wanted}"),
    "syntax": ("第 {column} 个字符处看不懂：{token}", "cannot read the expression at character {column}: {token}"),
    "unfinished": ("表达式没有写完", "the expression ends too early"),
    "too_deep": ("表达式嵌套超过 {limit} 层", "the expression is nested deeper than {limit}"),
    "too_many": ("表达式超过 {limit} 个部分", "the expression has more than {limit} parts"),
    "circle": ("互相依赖：{names}", "these depend on each other in a circle: {names}"),
    "bad_pattern": ("正则表达式不可用：{reason}", "the pattern cannot be used: {reason}"),
    "steps": ("计算步骤超过 {limit}", "the evaluation takes more than {limit} steps"),
    "unsupported": ("不支持 {name}", "{name} is not supported"),
    "no_purpose": ("没有写明收集目的 purpose", "purpose is missing: every question says what it is for"),
    "edited": ("制成以后被改过，请重新制作", "the pack was edited after it was built; build it again"),
    "changed": ("{name} 在程序启动后被换过，请重新启动", "{name} was replaced while the program ran; start it again"),
    "bad_default": ("默认值不符合本题自己的要求", "the default does not meet the question's own constraint"),
}


def problem(place: str, key: str, /, **places: str | int) -> Problem:
    zh, en = SENTENCES[key]
    return Problem(place, key, zh.format(**places), en.format(**places))
