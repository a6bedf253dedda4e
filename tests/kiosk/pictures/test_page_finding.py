"""A sheet is found, laid straight and judged; what is no sheet is kept whole."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from kiosk.pictures.judging import Doubt
from kiosk.pictures.made_up import Shot, photograph, sheet_of_paper
from kiosk.pictures.page_finding import find_sheet
from kiosk.pictures.straighten import Page, make_page

Shoot = Callable[..., bytes]
A4 = 2**0.5


@pytest.mark.parametrize("tilt", [-25, 4, 12])
def test_a_tilted_sheet_is_found_and_its_upper_edge_measured(shoot: Shoot, tilt: int):
    page = make_page(shoot(tilt_degrees=tilt, fill=0.6))
    assert page.sheet is not None
    assert page.sheet.tilt_degrees == pytest.approx(tilt, abs=2.5)
    assert Doubt.CUT not in page.doubts


def test_a_straightened_page_has_the_shape_of_a_sheet_and_nothing_of_the_desk(shoot: Shoot):
    page = make_page(shoot(tilt_degrees=12, perspective=0.08, fill=0.76))
    assert page.height / page.width == pytest.approx(A4, abs=0.01)
    pixels = np.asarray(Image.open(io.BytesIO(page.jpeg)))
    rim = np.concatenate([pixels[:8].reshape(-1, 3), pixels[-8:].reshape(-1, 3), pixels[:, :8].reshape(-1, 3)])
    assert (rim.mean(axis=1) > 170).mean() > 0.97


def test_print_stands_where_it_stands_on_the_paper(shoot: Shoot):
    """The same sheet straight from the paper and through a tilted camera: hardly a pixel apart."""
    page = make_page(shoot(tilt_degrees=-9, perspective=0.06, fill=0.8, size=(1200, 1600)))
    seen = np.asarray(Image.open(io.BytesIO(page.jpeg)).convert("L").resize((413, 585), Image.Resampling.BOX)) < 170
    meant = np.asarray(sheet_of_paper(1).convert("L").resize((413, 585), Image.Resampling.BOX)) < 170
    near = meant.copy()
    for axis in (0, 1):
        for by in (-2, -1, 1, 2):
            near |= np.roll(meant, by, axis)
    assert seen.sum() > 0.5 * meant.sum()
    assert (seen & near).sum() / seen.sum() > 0.97


@pytest.mark.parametrize(
    ("how", "doubt"),
    [
        ({"blur": 4.0}, Doubt.BLURRED),
        ({"blur": 4.0, "noise": 8.0, "light": 0.7}, Doubt.BLURRED),
        ({"glare": True}, Doubt.GLARE),
        ({"light": 0.3}, Doubt.DARK),
        ({"shift": 0.2}, Doubt.CUT),
        ({"fill": 0.4}, Doubt.SMALL),
        ({"blank": True}, Doubt.BLANK),
    ],
)
def test_what_is_amiss_is_named(shoot: Shoot, how: dict[str, object], doubt: Doubt):
    assert doubt in make_page(shoot(**how)).doubts


@pytest.mark.parametrize("how", [{}, {"blur": 0.6}, {"light": 0.6, "noise": 6.0}])
def test_a_page_that_can_be_read_is_not_doubted(shoot: Shoot, how: dict[str, object]):
    page = make_page(shoot(**how))
    assert page.sheet is not None
    assert page.doubts == ()


def test_a_page_out_of_a_scanner_is_kept_whole_and_not_doubted():
    scanned = sheet_of_paper(1).point(lambda level: 255 if level > 220 else level)
    file = io.BytesIO()
    scanned.save(file, "PNG")
    page = make_page(file.getvalue())
    assert (page.sheet, page.doubts) == (None, ())
    assert page.height / page.width == pytest.approx(A4, abs=0.01)


def test_a_card_is_measured_as_a_card():
    card = Image.new("RGB", (860, 540), (230, 232, 235))
    card.paste(sheet_of_paper(1).crop((120, 300, 900, 780)).resize((780, 480)), (40, 30))
    page = make_page(_png(photograph(card, Shot(fill=0.2, perspective=0.0, size=(1200, 1600)))))
    assert page.sheet is not None
    assert Doubt.SMALL not in page.doubts
    assert page.figures.dpi > 120


def test_a_desk_without_a_sheet_has_none():
    desk = photograph(sheet_of_paper(1), Shot(fill=0.01, size=(600, 800)))
    assert make_page(_png(desk)).sheet is None


@given(arrays.arrays(np.uint8, st.tuples(st.integers(8, 60), st.integers(8, 60))))
def test_any_grey_picture_has_a_sheet_inside_it_or_none(gray: np.ndarray):
    sheet = find_sheet(gray)
    assert sheet is None or all(0 <= share <= 1 for corner in sheet.corners for share in corner)


def test_a_page_never_outgrows_its_cap_and_carries_only_pixels(shoot: Shoot):
    noise = np.random.default_rng(1).integers(0, 256, (1200, 850, 3), dtype=np.uint8)
    for data in (_png(Image.fromarray(noise)), shoot()):
        page = make_page(data)
        assert len(page.jpeg) <= 1024 * 1024
        assert _words_in(page) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


def _words_in(page: Page) -> set[str]:
    return set(Image.open(io.BytesIO(page.jpeg)).info)


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
