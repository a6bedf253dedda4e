"""The kiosk as `kiosk --settings FILE` starts it, up to its first frame."""

from __future__ import annotations

from tests.bench.bare_window import tell
from ui import main as kiosk_main


def main() -> None:
    kiosk_main.Program.open = lambda program: tell()  # type: ignore[method-assign]
    kiosk_main.main()


if __name__ == "__main__":
    main()
