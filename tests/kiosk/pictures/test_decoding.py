"""Hostile files: the child refuses or dies, the parent answers in time with one of a closed set of reasons."""

from __future__ import annotations

import io
import struct
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from kiosk.pictures import decode
from kiosk.pictures.decode import PageMade, Preview, page_of, pages_in, preview_of
from kiosk.pictures.limits import MOST_BYTES, MOST_PIXELS, WALL_SECONDS, Refused
from kiosk.pictures.pdf_counting import count_pages
from kiosk.pictures.straighten import CannotTake, open_picture

CANARY = "卡纳里甲110101199003070011"


def png(width: int, height: int, *, said: tuple[int, int] | None = None, bits: int = 8, colour: int = 0) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    squeezed = zlib.compressobj(9)
    rows = b"".join(squeezed.compress(b"\0" * (width * bits // 8 + 1)) for _ in range(height)) + squeezed.flush()
    head = struct.pack(">IIBBBBB", *(said or (width, height)), bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def encoded(picture: Image.Image, kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **more)  # type: ignore[arg-type]
    return file.getvalue()


PLAIN = Image.new("RGB", (64, 64), (200, 180, 160))
BOMBS: dict[str, tuple[Callable[[], bytes], Refused]] = {
    "a PNG of 169 million pixels in a few kilobytes": (lambda: png(13_000, 13_000), Refused.TOO_MANY_PIXELS),
    "a PNG that says it is huge": (lambda: png(8, 8, said=(2**31 - 1, 2**31 - 1)), Refused.TOO_MANY_PIXELS),
    "a strip": (lambda: png(32, 8, said=(40, 900_000)), Refused.TOO_MANY_PIXELS),
    "a picture of nothing": (lambda: png(1, 1), Refused.TOO_SMALL),
    "a PNG cut off": (lambda: png(400, 400)[:-40], Refused.DAMAGED),
    "a JPEG cut off": (lambda: encoded(PLAIN.resize((600, 600)), "JPEG")[:700], Refused.DAMAGED),
    "a GIF with a JPEG's name": (lambda: encoded(PLAIN, "GIF"), Refused.NOT_A_PICTURE),
    "a TIFF": (lambda: encoded(PLAIN, "TIFF"), Refused.NOT_A_PICTURE),
    "an EPS, which is a program": (lambda: encoded(PLAIN, "EPS"), Refused.NOT_A_PICTURE),
    "a GIF behind the head of a JPEG": (lambda: b"\xff\xd8\xff" + encoded(PLAIN, "GIF"), Refused.NOT_A_PICTURE),
    "too many bytes": (lambda: b"\xff\xd8\xff" + bytes(MOST_BYTES), Refused.TOO_LARGE),
    "nothing": (lambda: b"", Refused.NOT_A_PICTURE),
}


@pytest.mark.parametrize("name", [name for name in BOMBS if BOMBS[name][1] is not Refused.TOO_LARGE])
def test_a_bomb_is_refused_by_name(name: str):
    make, reason = BOMBS[name]
    with pytest.raises(CannotTake) as refused:
        open_picture(make())
    assert refused.value.reason is reason


@pytest.mark.parametrize("name", [*list(BOMBS)[:2], "a JPEG cut off", "too many bytes", "nothing"])
def test_the_parent_is_told_of_it_in_time(name: str):
    make, reason = BOMBS[name]
    data = make()
    began = time.monotonic()
    assert page_of(data) is reason
    assert time.monotonic() - began < WALL_SECONDS + 1


@pytest.mark.campaign
def test_the_largest_picture_that_may_be_fits_into_the_childs_memory():
    side = int(MOST_PIXELS**0.5)
    assert isinstance(page_of(png(side, side)), PageMade)


def test_what_comes_out_holds_nothing_of_what_was_written_into_the_file():
    exif = Image.Exif()
    exif[0x010E] = CANARY
    exif[0x0112] = 6  # lies on its side
    data = encoded(Image.new("RGB", (400, 300), "white"), "JPEG", exif=exif, comment=CANARY.encode())
    assert CANARY.encode() in data
    made = page_of(data)
    assert isinstance(made, PageMade)
    assert CANARY.encode() not in made.jpeg
    assert made.height > made.width  # upright, as the file said
    shown = preview_of(made.jpeg)
    assert isinstance(shown, Preview)
    assert (shown.width, shown.height) == (made.preview.width, made.preview.height)
    assert all(word not in repr((made, shown)) for word in ("\\xff", "pixels=", "jpeg="))


@given(st.data())
def test_a_changed_picture_opens_or_is_refused_and_nothing_else_happens(data: st.DataObject):
    whole = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 40))
    with suppress(CannotTake):
        assert open_picture(bytes(whole[: len(whole) - cut])).mode == "RGB"


SEEDS = (
    encoded(PLAIN, "JPEG"),
    encoded(PLAIN, "PNG"),
    encoded(PLAIN.convert("P"), "PNG"),
    encoded(PLAIN.convert("RGBA"), "PNG"),
    encoded(PLAIN.convert("I;16") if "I;16" in Image.MODES else PLAIN.convert("I"), "PNG"),
    encoded(PLAIN.convert("CMYK"), "JPEG"),
)


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_every_kind_of_pixel_becomes_plain_colour(seed: int):
    assert open_picture(SEEDS[seed]).mode == "RGB"


def talking(words: str) -> Callable[[str], list[str]]:
    return lambda what: [sys.executable, "-I", "-c", words]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("import sys; sys.exit(3)", Refused.FAILED),
        ("import os; os.abort()", Refused.FAILED),
        ("import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\5hello')", Refused.FAILED),
        ("import sys; sys.stdout.buffer.write(b'\\x7f' * 64)", Refused.FAILED),
        ("import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x16' + b'{\"refused\": \"because\"}')", Refused.FAILED),
        ("import sys; sys.stdout.buffer.write(b'\\0' * (9 * 1024 * 1024))", Refused.FAILED),
        (
            "import resource, os; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.kill(os.getpid(), 24)",
            Refused.TOO_SLOW,
        ),
    ],
)
def test_a_child_that_lost_its_mind_is_not_believed(words: str, reason: Refused):
    assert page_of(SEEDS[0], talking(words)) is reason


def test_a_child_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decode, "WALL_SECONDS", 0.3)
    assert page_of(SEEDS[0], talking("import time; time.sleep(60)")) is Refused.TOO_SLOW


def test_a_child_that_is_not_there_is_a_refusal_too(tmp_path: Path):
    assert page_of(SEEDS[0], lambda what: [str(tmp_path / "nothing"), what]) is Refused.FAILED


def pdf(pages: int = 2, **more: object) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if "password" in more:
        writer.encrypt(str(more["password"]))
    if "script" in more:
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
        writer.root_object[NameObject("/OpenAction")] = action
    if "attached" in more:
        writer.add_attachment("a.exe", b"MZ")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf(3), 3),
        (pdf(101), Refused.TOO_MANY_PAGES),
        (pdf(1, password="x"), Refused.LOCKED),
        (pdf(1, script=True), Refused.ACTIVE),
        (pdf(1, attached=True), Refused.ACTIVE),
        (pdf(1)[:-120], Refused.DAMAGED),
        (b"%PDF-1.7\n" + b"x" * 500, Refused.DAMAGED),
        (b"GIF89a", Refused.NOT_A_PICTURE),
    ],
    ids=["three pages", "too many", "locked", "script", "attached", "without its end", "only a head", "no PDF"],
)
def test_a_pdf_is_counted_or_refused(data: bytes, said: int | Refused):
    found = count_pages(data)
    assert found == said


def test_a_pdf_is_counted_in_the_child():
    assert pages_in(pdf(2)) == 2


@given(st.data())
def test_a_changed_pdf_is_counted_or_refused(data: st.DataObject):
    whole = bytearray(PDF_SEED)
    for _ in range(data.draw(st.integers(1, 10))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = count_pages(bytes(whole))
    assert isinstance(found, Refused) or 0 < found <= 100


PDF_SEED = pdf(2)
