"""How English phrases sound, as phonemes of the speech model. Needed where clips are made, never in a lobby.

Words come from the lexicon of misaki (Apache-2.0); no tagger is used: a short table says which words are articles,
prepositions and the like, which is what the lexicon asks a tagger for. Words it lacks stand in `readings.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_TAGS = {
    "DT": "a an the this that these those each every some any no all both either neither another",
    "IN": "of in on at by for with from as if than after before until since about into over under without between",
    "TO": "to",
    "CC": "and or but nor",
    "PRP": "i you he she it we they me him her us them",
    "PRP$": "my your his its our their",
    "MD": "can could may might must shall should will would",
    "VBZ": "is has does",
    "VBP": "are have do am",
    "VBD": "was were had did",
    "VB": "be read record live close use",
    "RB": "not",
}
_TAG_OF = {word: tag for tag, words in _TAGS.items() for word in words.split()}
_HOTLINE = re.compile(r"(?<!\d)(123\d\d|110|120|119)(?!\d)")
_YEAR = re.compile(r"(?<![\d,.])(19|20)(\d\d)(?![\d,])")
_SIGNS = str.maketrans({"/": ", ", "·": ", ", "（": "(", "）": ")", "&": " and ", "@": " at ", "¥": " yuan "})


@lru_cache(maxsize=1)
def _readings() -> dict[str, dict[str, str]]:
    with (_HERE / "en" / "readings.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _reader() -> Any:
    import spacy
    from misaki import en

    reader = en.G2P.__new__(en.G2P)
    reader.version, reader.british, reader.fallback, reader.unk = None, False, _unknown, "❓"
    plain = spacy.blank("en")

    def tagged(text: str) -> Any:
        document = plain(text)
        for token in document:
            word = token.text.lower()
            token.tag_ = _TAG_OF.get(word, "NN" if word.isalpha() else "CD" if word[:1].isdigit() else ".")
        return document

    reader.nlp = tagged
    reader.lexicon = en.Lexicon(False)
    return reader


def _unknown(token: Any) -> tuple[str, int]:
    said = _readings()["words"].get(token.text.lower())
    if said is None:
        raise LookupError(f"no reading for {token.text!r}: add it to en/readings.toml")
    return said, 4


def phonemes(text: str) -> str:
    """What the model is given for this phrase."""
    text = text.translate(_SIGNS)
    text = _HOTLINE.sub(lambda found: " ".join(found[0]), text)
    for written, said in _readings()["figures"].items():
        text = text.replace(written, said)
    if len(text) == 1 and text.isalpha():
        return _readings()["letters"][text.upper()]
    result, _ = _reader()(text)
    return re.sub(r"\s+", " ", result).strip()
