"""One description of a large form, of which both engines get their own writing: pack JSON and XForm XML.

Expressions are kept the way packs write them, with `${name}`; every name stands only once in the form.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

LANGUAGES = ("zh", "en", "mn")
SAID = {
    "zh": "第 {n} 个问题：请写明与本案有关的事实和金额",
    "en": "Question {n}: say what happened and how much money it was about",
    "mn": "{n}-р асуулт: юу болсныг болон мөнгөн дүнг бичнэ үү",
}
HINTED = {
    "zh": "看一看合同或转账记录，照着写就可以",
    "en": "Look at the contract or the bank record and copy it",
    "mn": "Гэрээ эсвэл шилжүүлгийн баримтаас хараарай",
}
KINDS = ("text", "int", "choice", "decimal", "date", "yes_no", "text", "choices", "int", "choice")
CODES = ("c1", "c2", "c3", "c4", "c5", "c6")
LISTS = ("wares", "reasons", "means", "courts", "papers")
CALCULATIONS = 22
IN_A_GROUP = 20


@dataclass(frozen=True, slots=True)
class Asked:
    name: str
    kind: str
    number: int
    choices: str = ""
    relevant: str = ""
    constraint: str = ""
    required: str = ""


@dataclass(frozen=True, slots=True)
class Calculated:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    number: int
    relevant: str
    items: tuple[Asked | Calculated, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    sections: tuple[Section, ...]
    questions: int
    path_of: dict[str, str] = field(repr=False)  # name → /data/section/name

    def asked(self) -> Iterator[Asked]:
        for section in self.sections:
            yield from (item for item in section.items if isinstance(item, Asked))


@dataclass(frozen=True, slots=True)
class Answer:
    path: str
    kind: str
    text: str


def questionnaire(questions: int, seed: int = 1) -> Questionnaire:
    """A form like those courts have: a third of it asked only sometimes, sums over what was said far above."""
    dice = random.Random(seed)
    asked = _asked(questions, dice)
    numbers = [one.name for one in asked if one.kind in ("int", "decimal")]
    sections: list[Section] = []
    gates = [one.name for one in asked if one.kind == "yes_no"]
    for number, at in enumerate(range(0, questions, IN_A_GROUP)):
        relevant = f"${{{gates[number // 2 % len(gates)]}}} != 'no'" if number % 5 == 4 and at > len(gates) else ""
        if relevant and any(one.name in relevant for one in asked[at:]):
            relevant = ""
        sections.append(Section(f"part{number}", number, relevant, tuple(asked[at : at + IN_A_GROUP])))
    sections.append(Section("sums", len(sections), "", tuple(_calculated(numbers, dice))))
    path_of = {item.name: f"/data/{section.name}/{item.name}" for section in sections for item in section.items}
    return Questionnaire(tuple(sections), questions, path_of)


def _asked(questions: int, dice: random.Random) -> list[Asked]:
    asked: list[Asked] = []
    for number in range(questions):
        kind = KINDS[number % len(KINDS)]
        earlier = [one for one in asked[-40:] if one.kind in ("choice", "int", "yes_no") and not one.relevant]
        relevant = constraint = ""
        if earlier and number % 3 == 2:
            on = dice.choice(earlier)
            test = {"choice": "${%s} = 'c2' or ${%s} = 'c3'", "int": "${%s} > 10", "yes_no": "${%s} = 'yes'"}[on.kind]
            relevant = test.replace("%s", on.name)
        match kind:
            case "int":
                constraint = ". >= 0 and . <= 100000"
            case "decimal":
                constraint = ". > 0"
            case "date":
                constraint = ". <= today()"
            case "text" if number % 4 == 0:
                constraint = "string-length(.) <= 100"
            case _:
                pass
        required = "yes" if number % 2 == 0 else f"${{{earlier[-1].name}}} != ''" if earlier and number % 7 == 0 else ""
        choices = LISTS[(number + number // 10) % len(LISTS)] if kind in ("choice", "choices") else ""
        asked.append(Asked(f"q{number}", kind, number, choices, relevant, constraint, required))
    return asked


def _calculated(numbers: list[str], dice: random.Random) -> Iterator[Calculated]:
    """Sums, products with conditions, words put together, and sums of sums."""
    made: list[str] = []
    for number in range(CALCULATIONS):
        name = f"calc{number}"
        some = [f"coalesce(${{{one}}}, 0)" for one in dice.sample(numbers, min(6, len(numbers)))]
        match number % 4:
            case 0:
                value = " + ".join(some)
            case 1:
                value = f"if({some[0]} > 100, ({some[0]} - 100) * 0.015 + 2, {some[1]} * 0.02)"
            case 2:
                value = f"round(({some[0]} + {some[1]}) * 0.154 * 12, 2)"
            case _:
                value = f"coalesce(${{{made[-3]}}}, 0) + coalesce(${{{made[-1]}}}, 0)"
        made.append(name)
        yield Calculated(name, value)


def answers(form: Questionnaire, seed: int) -> tuple[Answer, ...]:
    """An acceptable answer to every question, in the form's order; another seed answers otherwise."""
    dice = random.Random(seed)
    found: list[Answer] = []
    for one in form.asked():
        match one.kind:
            case "int":
                text = str(dice.randint(1, 90_000))
            case "decimal":
                text = f"{dice.randint(1, 9_000)}.{dice.randint(1, 9)}"
            case "choice":
                text = dice.choice(CODES)
            case "choices":
                text = " ".join(sorted(dice.sample(CODES, 2)))
            case "date":
                text = f"20{dice.randint(10, 24)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}"
            case "yes_no":
                text = dice.choice(("yes", "yes", "no"))
            case _:
                text = f"借款人于约定之日没有还款 {dice.randint(1, 9_999)}"
        found.append(Answer(form.path_of[one.name], one.kind, text))
    return tuple(found)
