"""What every sample page needs: its words in one language, a frame, a heading, an option."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.visit import pages as p

COURT = {"zh": "北京市朝阳区人民法院", "en": "Chaoyang District Court, Beijing"}

STEP_TITLES = (
    ("您是谁", "About you"),
    ("被告是谁", "The other side"),
    ("借款的事", "The loan"),
    ("材料和核对", "Papers and check"),
    ("权利和义务", "Rights and duties"),
    ("签名和提交", "Sign and submit"),
)


class SampleWords:
    """`turn` makes the words of a language nobody has written yet out of the English ones."""

    def __init__(self, language: str, turn: Callable[[str], str] = str) -> None:
        self.language = language
        self._turn = turn
        self.court = self.t(COURT["zh"], COURT["en"])

    def t(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else self._turn(en) if en else ""

    def frame(self, step: int = 2, objection: str = "", **other: object) -> p.Frame:
        title = self.t(*STEP_TITLES[step - 1])
        frame = p.Frame(self.language, step, 6, title, next_label=self.t("下一步", "Next"), objection=objection)
        return frame._replace(**other)  # type: ignore[arg-type]

    def head(
        self, zh: str, en: str, hint_zh: str = "", hint_en: str = "", paper: str = "", help_: str = ""
    ) -> p.Heading:
        return p.Heading(self.t(zh, en), self.t(hint_zh, hint_en), self.t(en, zh), help_, paper)

    def option(self, code: str, zh: str, en: str, ex_zh: str = "", ex_en: str = "", chosen: bool = False) -> p.Option:
        return p.Option(code, self.t(zh, en), self.t(ex_zh, ex_en), chosen)
