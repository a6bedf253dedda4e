"""Names of people as they are written on a card: every rare character kept, the dot of a name made one dot.

NFKC never touches a name. Look-alike radicals and private-use code points of the old GB 18030 mapping are turned
into the characters they stand for.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.law.verdict import Normalised, Verdict, Wrong

LONGEST = 50
DOT = "·"
_DOTS = "•・．.‧∙⋅･●"

# Private-use code points that the GB 18030 mapping of 2000 and 2005 used; right side by GB 18030-2022.
_PRIVATE = {
    0xE78D: 0xFE10,
    0xE78E: 0xFE12,
    0xE78F: 0xFE11,
    0xE790: 0xFE13,
    0xE791: 0xFE14,
    0xE792: 0xFE15,
    0xE793: 0xFE16,
    0xE794: 0xFE17,
    0xE795: 0xFE18,
    0xE796: 0xFE19,
    0xE7C7: 0x1E3F,
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}

_SURNAMES_OF_TWO = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 "
    "慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 "
    "轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 "
    "公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 叶赫"
)
COMPOUND_SURNAMES = frozenset(_SURNAMES_OF_TWO.split())

_LATIN = re.compile(r"^[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ '\-.]*$")
_APOSTROPHES = {ord(sign): "'" for sign in "‘’ʼ＇"}


def is_han(character: str) -> bool:
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or 0xF900 <= code <= 0xFAFF
        or character in "〇〓"
    )


def modern(text: str) -> str:
    """The same text with look-alike radicals and old private-use code points put right."""
    return "".join(_unradical(chr(_PRIVATE.get(ord(c), ord(c)))) for c in text)


def is_plain(text: str) -> bool:
    """No control, format, surrogate or private-use code point: what paper and screen can show as it is."""
    return all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") for c in text)


def fold(text: str) -> str:
    """The same name with radicals, private code points, blanks and dots put right."""
    folded = modern(text).replace("　", " ").strip()
    out: list[str] = []
    for i, c in enumerate(folded):
        before = folded[:i].rstrip()[-1:]
        after = folded[i + 1 :].lstrip()[:1]
        among_han = bool(before and after and (is_han(before) or is_han(after)))
        if c in _DOTS and among_han:
            out.append(DOT)
        elif not (c == " " and among_han):
            out.append(c)
    return re.sub(r" {2,}", " ", "".join(out))


def normalise(text: str) -> Verdict:
    """A person's name of 1 to 50 characters: Han with a dot between, or Latin letters."""
    if not text.strip():
        return Wrong("law.name_missing")
    if len(text) > 4 * LONGEST:
        return Wrong("law.name_too_long")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return Wrong("law.name_character")
    name = fold(text)
    if len(name) > LONGEST:
        return Wrong("law.name_too_long")
    # Composing would change compatibility ideographs, so only names without Han are composed.
    latin = unicodedata.normalize("NFC", name.translate(_APOSTROPHES))
    if _LATIN.match(latin):
        return Normalised(latin)
    parts = name.split(DOT)
    if all(part and all(is_han(c) for c in part) for part in parts):
        return Normalised(name)
    return Wrong("law.name_character")


def _unradical(character: str) -> str:
    if 0x2E80 <= ord(character) <= 0x2FD5:
        return unicodedata.normalize("NFKC", character)
    return character
