"""How to write a text with the 拼音 tab: the text in pieces, each with the letters to touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ui.inputs.words_file import open_words

LONGEST = 4  # characters of a word


class Readings:
    """The kiosk's own word file, turned round: from words to letters."""

    def __init__(self, folder: Path) -> None:
        self._letters: dict[str, str] = {}
        best: dict[str, int] = {}  # weights are kept negative: the smallest is the commonest
        connection = open_words(folder)
        try:
            for letters, word, weight in connection.execute("SELECT k, w, f FROM e WHERE length(w) <= ?", (LONGEST,)):
                whole = letters.count("'") == len(word) - 1  # a syllable a character, not the parts of one
                if whole and weight < best.get(word, 1):
                    best[word] = weight
                    self._letters[word] = letters
        finally:
            connection.close()

    def letters_of(self, sign: str) -> str:
        """The letters of one character; none for what is not Chinese."""
        return self._letters.get(sign, "")

    def pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """(letters, piece) in order; letters are empty for what is not Chinese."""
        at = 0
        while at < len(text):
            for length in range(min(LONGEST, len(text) - at), 0, -1):
                piece = text[at : at + length]
                if piece in self._letters:
                    yield self._letters[piece], piece
                    break
            else:
                piece = text[at]
                yield "", piece
            at += len(piece)
