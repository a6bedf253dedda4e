"""Words by pinyin. `build` makes the word file at set-up; it is not kept in the repository."""

from __future__ import annotations

FILE = "pinyin.sqlite"
FORMAT = 1  # the file says which it is; another one is refused
PLACE_LETTERS = "place_letters.tsv"  # kept in the repository: written anew when the table of regions changes
