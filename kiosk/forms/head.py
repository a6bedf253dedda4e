"""What is known of a pack before it is loaded: its name, version, titles, days. It stands on the pack's first line.

A kiosk carries many packs and fills in one at a time. Whatever lists packs reads heads; only whoever fills in a form,
or writes one down, loads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from kiosk.forms.model import Form
from kiosk.forms.problems import PackTrouble, problem
from kiosk.ids import PackId

LONGEST_HEAD = 16 * 1024
ON_THE_HEAD = ["pack", "version", "languages", "title", "cause", "valid_from", "valid_to", "legal_basis", "wording"]
ON_THE_HEAD += ["retain", "fee_rule", "stages"]


class Head(msgspec.Struct, frozen=True):
    """The words of a `Form` that lists of forms need; the same names as there."""

    pack: PackId
    version: str
    title: Mapping[str, str]
    languages: tuple[str, ...] = ("zh",)
    cause: str = ""
    valid_from: str = ""
    valid_to: str = ""
    legal_basis: tuple[str, ...] = ()
    wording_state: str = msgspec.field(default="", name="wording")
    retain: str = ""
    fee_rule: str = ""
    stages: tuple[str, ...] = ("interview",)


def head_of(form: Form) -> Head:
    return Head(**{name: getattr(form, name) for name in Head.__struct_fields__})


def read_head(first_line: bytes) -> Head | None:
    """The head, when this is the first line of a pack as the desk compiles it; None of any other file."""
    try:
        return msgspec.json.decode(first_line.strip().removesuffix(b",") + b"}", type=Head)
    except (msgspec.MsgspecError, RecursionError):
        return None


def head_in(pack: Mapping[str, Any]) -> Head:
    """The head of a pack somebody wrote otherwise."""
    try:
        return msgspec.convert(head_entries(pack), Head)
    except msgspec.ValidationError as error:
        raise PackTrouble([problem("", "bad_json", reason=str(error)[:80])]) from None


def head_entries(pack: Mapping[str, Any]) -> dict[str, Any]:
    head = {name: pack[name] for name in ON_THE_HEAD if name in pack}
    return {name: str(value) if type(value) is int else value for name, value in head.items()}  # a version such as 2026


class Packs(Mapping[PackId, Form]):
    """Forms that are loaded when they are first asked for, and kept."""

    def __init__(self, heads: Mapping[PackId, Head], load: Callable[[PackId], Form]) -> None:
        self.heads = heads
        self._load = load
        self._loaded: dict[PackId, Form] = {}

    def __getitem__(self, pack: PackId) -> Form:
        if pack not in self._loaded:
            if pack not in self.heads:
                raise KeyError(pack)
            form = self._load(pack)
            if (form.pack, form.version) != (pack, self.heads[pack].version):
                raise PackTrouble([problem("", "changed", name=pack)])
            self._loaded.setdefault(pack, form)  # two threads may have asked at once; both get the same one
        return self._loaded[pack]

    def __contains__(self, pack: object) -> bool:
        return pack in self.heads

    def __iter__(self) -> Iterator[PackId]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)


def heads_of(forms: Mapping[PackId, Form]) -> Mapping[PackId, Head]:
    """What is known of these forms, without loading one that is not loaded yet."""
    return forms.heads if isinstance(forms, Packs) else {pack: head_of(form) for pack, form in forms.items()}
