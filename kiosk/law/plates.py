"""Vehicle plates: ordinary, new-energy, embassy and consulate, and the shapes of police, army and armed police.

The last two are general knowledge: a plate that fits nothing is for free text with a warning, never a dead end.
"""

from __future__ import annotations

import re

from kiosk.law.verdict import Normalised, Verdict, Wrong

_PROVINCES = "京沪津渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTER = "A-HJ-NP-Z"
_SHAPES = (
    ("ordinary", rf"[{_PROVINCES}][{_LETTER}][{_LETTER}0-9]{{4}}[{_LETTER}0-9挂学警港澳]"),
    ("new_energy", rf"[{_PROVINCES}][{_LETTER}](?:[DABCEFGHJK][{_LETTER}0-9][0-9]{{4}}|[0-9]{{5}}[DABCEFGHJK])"),
    ("embassy", rf"[使领][0-9]{{6}}|[0-9]{{6}}[使领]|[{_PROVINCES}][{_LETTER}][0-9]{{4}}领"),
    ("armed_police", rf"WJ[{_PROVINCES}]?[0-9]{{4}}[{_LETTER}0-9]|WJ[0-9]{{2}}[{_LETTER}0-9][0-9]{{4}}"),
    ("military", rf"[VKHBSLJNGC][A-Z][0-9]{{4}}[{_LETTER}0-9]|[军空海北沈兰济南广成][{_LETTER}][0-9]{{5}}"),
)
_COMPILED = tuple((kind, re.compile(rf"^(?:{shape})$")) for kind, shape in _SHAPES)
SURE = frozenset(("ordinary", "new_energy", "embassy"))


def check_plate(number: str) -> Verdict:
    """A plate without its dot and blanks; the fact `kind` says which shape it has."""
    number = number.replace("·", "").replace("•", "").replace("-", "")
    for kind, shape in _COMPILED:
        if shape.match(number):
            return Normalised(number, {"kind": kind} if kind in SURE else {"kind": kind, "doubt": "yes"})
    return Wrong("law.plate")
