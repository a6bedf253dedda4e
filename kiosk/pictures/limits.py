"""What a picture may be, and every reason why one is not taken. Nothing here reads one.

Bounds of `docs/capture.md`: a file is capped before it is parsed, its pixels before they are decoded, and the child that
decodes it in memory, seconds and open files. The reasons are a closed set; each is a wording key below `picture.`.
"""

from __future__ import annotations

from enum import StrEnum

MOST_BYTES = 20 * 1024 * 1024  # of one picture or PDF, as it comes
MOST_PIXELS = 40_000_000
MOST_SIDE = 20_000  # a strip of one by forty million is no picture either
LEAST_SIDE = 32
MOST_PDF_PAGES = 100
CPU_SECONDS = 5
WALL_SECONDS = 6.0
MEMORY_BYTES = 600 * 1024 * 1024  # of address space; Pillow with numpy needs half of it
OPEN_FILES = 16
MOST_REPLY_BYTES = 8 * 1024 * 1024
MOST_HEAD_BYTES = 4096

PAGE_WIDTH, PAGE_HEIGHT = 1654, 2339  # A4 at 200 dots an inch
MOST_PAGE_BYTES = 1024 * 1024
PREVIEW_SIDE = 900


class Refused(StrEnum):
    TOO_LARGE = "too_large"  # more bytes than one picture may have
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"  # a picture of nothing
    NOT_A_PICTURE = "not_a_picture"  # neither JPEG nor PNG nor, where one may come, PDF
    DAMAGED = "damaged"
    LOCKED = "locked"  # a PDF that asks for a password
    ACTIVE = "active"  # a PDF that does things
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SLOW = "too_slow"
    FAILED = "failed"  # the child ended without a word, or with words nobody understands
