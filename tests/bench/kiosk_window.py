"""The kiosk as `kiosk --settings FILE` starts it, up to its first frame."""

from __future__ import annotations

from tests.bench.told import tell
from ui import main as kiosk_main


def _tell(_program: kiosk_main.Program) -> None:
    tell()


def main() -> None:
    kiosk_main.Program.open = _tell  # type: ignore[method-assign, assignment]
    kiosk_main.main()


if __name__ == "__main__":
    main()
