"""Made-up papers as a camera would see them; drawn once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from kiosk.pictures.made_up import Shot, jpeg_of, photograph, sheet_of_paper

SMALLER = (1000, 1333)


@pytest.fixture(scope="session")
def shoot() -> Callable[..., bytes]:
    """`shoot(tilt_degrees=4)`: the JPEG of one sheet."""

    @cache
    def shot_of(shot: Shot, blank: bool) -> bytes:
        return jpeg_of(photograph(sheet_of_paper(1, blank=blank), shot))

    def shoot(*, blank: bool = False, **how: object) -> bytes:
        return shot_of(Shot(**{"size": SMALLER, **how}), blank)  # type: ignore[arg-type]

    return shoot
