"""What is amiss with this machine, in the words a visitor needs: what still works, and where to go for the rest.

Each state of printer, reader and court line has its sentence. None of them stops a filing but a full disk.
"""

from __future__ import annotations

from kiosk.visit.guide import Guide

NO_NEW_FILINGS = "alarm.no_new_filings"
# States of the ticket printer (`printers`) that leave a visitor without paper, and what is said of each.
PRINTER = {
    "printer.paper_out": "alarm.paper_out",
    "printer.cover_open": "alarm.cover_open",
    "printer.cutter_jam": "alarm.jam",
    "printer.paper_jam": "alarm.jam",
    "printer.overheated": "alarm.too_hot",
    "printer.offline": "alarm.offline",
    "printer.silent": "alarm.silent",
    "printer.gone": "alarm.silent",
    "printer.absent": "alarm.no_printer",
}


def of_printer(key: str) -> str:
    """ "" while paper comes, or while nobody knows."""
    return PRINTER.get(key, "")


def told(guide: Guide) -> tuple[str, ...]:
    """Everything that is not as it should be, the worst first."""
    found = [guide.alarm] if guide.alarm else []
    if guide.printer and (paper := of_printer(guide.printer)) and paper not in found:
        found.append(paper)
    if not guide.court_reached:
        found.append("alarm.court_silent")
    if guide.reader_expected and not guide.has_reader:
        found.append("alarm.no_reader")
    if guide.has_camera and not guide.camera_works:
        found.append("alarm.no_camera")
    return tuple(found)
