"""`make run`: a court on this machine, then the kiosk's window, or the same visit by touches where no display is."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from kiosk import process
from kiosk.errors import KioskTrouble
from kiosk.wording import load_wording
from resources import folder
from ui.demo.court import DemoCourt, demo_court

HOME = Path("build") / "demo"
MOST_SECONDS_TO_START = 180


def main() -> int:
    process.begin()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"[{time.monotonic() - began:5.1f} s] {line}", flush=True)

    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    try:
        with demo_court(HOME, tell) as court:
            return _with_window(court, tell) if has_display else _without(court, tell)
    except KioskTrouble as trouble:
        wording = load_wording(folder("wording"))
        for language in ("zh", "en"):
            print(wording.say(trouble.key, language, **trouble.places), file=sys.stderr)
        return 1


def _with_window(court: DemoCourt, tell) -> int:  # type: ignore[no-untyped-def]
    from ui.demo.panel import run_panel

    number, pin = court.clerk_file.read_text("ascii").split()
    tell(f"clerk 工作人员: number {number}, PIN {pin}")
    tell("窗口 the kiosk window; close the side panel to end the demonstration")
    return run_panel(court)


def _without(court: DemoCourt, tell) -> int:  # type: ignore[no-untyped-def]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_ENABLE_HIGHDPI_SCALING"] = "0"
    tell("没有显示器 no display here: the same visit is walked offscreen, by touches on the real window")
    from ui.demo.walk import walk_the_demo

    papers = walk_the_demo(court, tell)
    tell("完成 done. To look at:")
    for name, path in papers.items():
        print(f"    {name:<10} {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
