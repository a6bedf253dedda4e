"""The platform is chosen before anything imports Qt; every test draws with the shipped fonts only."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

# The machine may be busy, and a test run says the same thing twice; `make campaign` looks for new examples.
hypothesis.settings.register_profile("kiosk", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("campaign", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("KIOSK_HYPOTHESIS", "kiosk"))

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "0")
os.environ.setdefault("FONTCONFIG_FILE", str(ROOT / "tests" / "fonts.conf"))
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def conformance_folder() -> Path:
    """Forms and traces other projects wrote. They are not part of this project; tests of them skip without it."""
    folder = Path(os.environ.get("KIOSK_CONFORMANCE") or ROOT.parent / "shared" / "conformance")
    if not (folder / "xforms").is_dir():
        pytest.skip(f"the conformance forms are not at {folder} (set KIOSK_CONFORMANCE)")
    return folder
