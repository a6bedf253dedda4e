"""Every page kind has a sample, so that whatever looks at every page looks at every kind."""

from __future__ import annotations

from typing import get_args

import pytest

from kiosk.visit.pages import Page
from ui.samples import sample_pages


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_kind_has_a_sample(language: str):
    kinds = {type(page) for page in sample_pages(language).values()}
    assert [kind.__name__ for kind in get_args(Page) if kind not in kinds] == []


def test_the_samples_are_the_same_pages_in_each_language():
    zh, en = sample_pages("zh"), sample_pages("en")
    assert list(zh) == list(en)
    assert {name: type(page) for name, page in zh.items()} == {name: type(page) for name, page in en.items()}
