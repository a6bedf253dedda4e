"""The end of a visit: the program replaces its own image, so that nothing of one person meets the next.

Clearing fields and collecting garbage leaves copies of an ID number in memory; `execve` leaves none.
Every file of ours is close-on-exec. The environment of the new image is built from an allow-list.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

KEPT = (
    "DISPLAY",
    "HOME",
    "KIOSK_SETTINGS",
    "LANG",
    "PATH",
    "QT_QPA_PLATFORM",
    "QT_WAYLAND_DISABLE_WINDOWDECORATION",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
    "NOTIFY_SOCKET",
    "WATCHDOG_USEC",
    "WATCHDOG_PID",
    "CREDENTIALS_DIRECTORY",
    "FONTCONFIG_FILE",
    "VIRTUAL_ENV",
)
SET = {
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    "QT_ENABLE_HIGHDPI_SCALING": "0",
    "PYTHONUNBUFFERED": "1",
    "ORT_DISABLE_TELEMETRY": "1",  # see `ui.inputs.handwriting`
}
PLATFORMS = ("wayland", "xcb", "offscreen")


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables a new image may have. A platform that opens a port (vnc) is none of ours."""
    kept = {name: environment[name] for name in KEPT if name in environment}
    if kept.get("QT_QPA_PLATFORM") not in PLATFORMS:
        kept.pop("QT_QPA_PLATFORM", None)
    return kept | SET


def begin_again(arguments: list[str]) -> None:
    """Become a fresh kiosk. Returns only by raising; the service then starts one."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(*_image(arguments), clean_environment(os.environ))  # noqa: S606 - our own program, fixed arguments


def _image(arguments: list[str]) -> tuple[str, list[str]]:
    if getattr(sys, "frozen", False):
        return sys.executable, [sys.executable, *arguments]
    return sys.executable, [sys.executable, "-m", "ui.main", *arguments]
