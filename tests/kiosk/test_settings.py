"""Settings are read once, every one is explained, and a wrong one is named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.errors import KioskTrouble
from kiosk.settings import Court, Settings, read_settings, settings_path
from kiosk.wording import load_wording
from resources import folder


def test_the_example_holds_every_setting_and_is_valid():
    example = folder(".") / "kiosk.example.toml"
    settings = read_settings(example)
    assert set(_names(tomllib.loads(example.read_text("utf-8")))) == set(_names(_tables(settings)))


def _tables(group: NamedTuple) -> dict[str, object]:
    return {name: _tables(value) if isinstance(value, tuple) else value for name, value in group._asdict().items()}


def _names(table: dict[str, object], prefix: str = "") -> list[str]:
    return [
        inner
        for name, value in table.items()
        for inner in (_names(value, f"{prefix}{name}.") if isinstance(value, dict) else [prefix + name])
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("colour = 1", "colour"),
        ("[screen]\nidle_seconds = 'soon'", "idle_seconds"),
        ("[screen]\nleave_seconds = 5", "leave_seconds"),
        ("[screen]\norientation = 'round'", "orientation"),
        ("[screen]\npx_per_mm = 0", "px_per_mm = 0: no panel has fewer than 2"),
        ("[screen]\npx_per_mm = 403.0", "px_per_mm = 403: no panel"),
        ("[screen]\nlow_share = 0.3", "low_share = 0.3: pages need from 0.6 to 1"),
        ("[screen]\nscale = true", "screen.scale"),
        ("[printer]\nlink = 9100", "printer.link"),
        ("sync = 'often'", "sync"),
        ("[accessibility]\nnext = 'Tab'", "accessibility.next: Tab"),
        ("[accessibility]\nscan = 'Down'", "accessibility.scan: Down"),
        ("[accessibility]\nscan_seconds = 0.1", "scan_seconds"),
        ("[", "line 3"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, line: str, reason: str):
    file = tmp_path / "kiosk.toml"
    file.write_text(f'kiosk_id = "K"\nstate_folder = "/x"\n{line}\n[court]\nname = "n"\ncode = "110105"\n', "utf-8")
    with pytest.raises(KioskTrouble) as trouble:
        read_settings(file)
    told = load_wording(folder("wording")).say(trouble.value.key, "en", **trouble.value.places)
    assert str(file) in told
    assert reason in told


def test_a_file_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path):
    with pytest.raises(KioskTrouble, match=r"settings\.unreadable"):
        read_settings(tmp_path / "none.toml")


def test_the_chosen_file_wins_over_the_environment_and_that_over_the_default():
    assert settings_path("a.toml", {"KIOSK_SETTINGS": "b.toml"}) == Path("a.toml")
    assert settings_path(None, {"KIOSK_SETTINGS": "b.toml"}) == Path("b.toml")
    assert settings_path(None, {}) == Path("/etc/kiosk/kiosk.toml")


def test_settings_cannot_be_changed():
    settings = Settings(kiosk_id="K", state_folder="/x", court=Court(name="n", code="1"))
    with pytest.raises(AttributeError):
        settings.kiosk_id = "other"  # type: ignore[misc]
