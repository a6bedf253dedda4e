"""An assistive program of the system's own Python: `bus_reader.py NAME…` reads each page and presses NAME on it.

It speaks AT-SPI as Orca does, knows nothing of this project, and writes one JSON line a page: every control in sight
with its role, name, description and states; `announced` are the words the kiosk announced by itself meanwhile.
"""

from __future__ import annotations

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE_SECONDS = 30
CONTROLS = {"push button", "radio button", "check box", "text", "entry", "toggle button", "drawing area", "image"}
announced = []


def turn_loop(seconds):
    """Let events come in."""
    loop = GLib.MainLoop()
    GLib.timeout_add(round(seconds * 1000), loop.quit)
    loop.run()


def kiosk():
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(number)
        if application is not None and application.get_name() == "kiosk":
            return application
    return None


def every(node):
    yield node
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is not None:
            yield from every(child)


def in_sight(application):
    found = []
    for node in every(application):
        try:
            states = node.get_state_set()
            if node.get_role_name() in CONTROLS | {"alert", "notification"} and states.contains(
                Atspi.StateType.SHOWING
            ):
                found.append(
                    {
                        "role": node.get_role_name(),
                        "name": node.get_name(),
                        "description": node.get_description(),
                        "states": sorted(
                            name.value_nick
                            for name in (
                                Atspi.StateType.CHECKED,
                                Atspi.StateType.CHECKABLE,
                                Atspi.StateType.ENABLED,
                                Atspi.StateType.EDITABLE,
                                Atspi.StateType.FOCUSABLE,
                            )
                            if states.contains(name)
                        ),
                        "node": node,
                    }
                )
        except GLib.Error:
            continue  # it went while we looked, as pages do
    return found


def wait_for(fact, what):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = fact()
        if found:
            return found
        turn_loop(0.1)
    raise SystemExit(f"waited in vain for {what}")


def on_page(application, name):
    """What is in sight, once a control of this name is."""
    now = in_sight(application)
    return now if any(one["name"] == name for one in now) else None


def told(page):
    return [{key: value for key, value in one.items() if key != "node"} for one in page]


def report(before, page):
    words = {"before": before, "controls": told(page), "announced": announced}
    print(json.dumps(words, ensure_ascii=False), flush=True)
    del announced[:]


def main():
    Atspi.init()
    listener = Atspi.EventListener.new(lambda event: announced.append(str(event.any_data)))
    listener.register("object:announcement")
    application = wait_for(kiosk, "the kiosk on the bus")
    for name in sys.argv[1:]:
        page = wait_for(lambda name=name: on_page(application, name), name)
        report(name, page)
        button = next(one["node"] for one in page if one["name"] == name)
        if not button.do_action(0):
            raise SystemExit(f"{name} could not be pressed")
        wait_for(lambda page=page: told(in_sight(application)) != told(page), f"something to come of {name}")
        turn_loop(0.3)
    report("", in_sight(application))


main()
