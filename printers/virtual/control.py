"""What a person may do to the virtual printer while it runs: one line of words, one line back.

The words come from the standard input of `kiosk-desk virtual-printer`, or from a socket in a folder of its owner's
(`--control`): `printf 'paper out\n' | socat - UNIX:PATH`. Nothing here listens on a network.
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from printers.virtual.engine import Faults, VirtualPrinter

MOST_LINE = 200
SWITCHES = {"cover": "cover", "cutter": "cutter", "hot": "hot", "offline": "button_offline"}
YES_NO = ("silent", "storm", "asb_inside", "half_answer", "wrong_id", "clears", "real_time")
AT_BYTE = ("cut_at", "stall_at", "junk_at", "lose_at", "flip_at", "power_off_at")
HELP = (
    "paper out|new|MM · cover|cutter|hot|offline on|off · power on|off · line cut|back · "
    f"{'|'.join(YES_NO)} on|off · {'|'.join(AT_BYTE)} N|off (bytes from now) · late SECONDS · "
    "line-out N (paper ends before the Nth line from now) · well · status · papers · help"
)


def obey(printer: VirtualPrinter, words: str) -> str:
    """Do what the words say; an answer in words. Whoever calls holds the line's lock."""
    first, _, rest = words.strip()[:MOST_LINE].lower().replace("-", "_").partition(" ")
    rest = rest.strip()
    if first in SWITCHES and rest in ("on", "off"):
        printer.switch(**{SWITCHES[first]: rest == "on"})
    elif first in YES_NO and rest in ("on", "off"):
        setattr(printer.faults, first, rest == "on")
    elif first in AT_BYTE and (rest == "off" or rest.isdecimal()):
        setattr(printer.faults, first, None if rest == "off" else printer.bytes_taken + int(rest))
    elif first == "late" and rest.replace(".", "", 1).isdecimal():
        printer.faults.late_seconds = float(rest)
    elif first == "line_out" and rest.isdecimal():
        printer.run_out_after(int(rest))
    elif first == "paper" and (rest in ("out", "new") or rest.isdecimal()):
        millimetres = int(rest) if rest.isdecimal() else 0
        printer.load_paper(None if rest == "new" else round(millimetres * printer.profile.dpi / 25.4))
    elif first == "power" and rest in ("on", "off"):
        if rest == "off":
            printer.power_off()
        elif not printer.powered:
            printer.power_on()
    elif first == "line" and rest in ("cut", "back"):
        printer.line_cut = rest == "cut"
    elif first == "well":
        printer.faults = Faults()
        printer.line_cut = False
        printer.switch(cover=False, cutter=False, hot=False, button_offline=False)
        printer.load_paper() if printer.paper_out else None
    elif first == "papers":
        return f"{len(printer.papers)} papers, {sum(paper.cut for paper in printer.papers)} cut"
    elif first == "status":
        return _status(printer)
    else:
        return HELP
    return "done: " + _status(printer)


def _status(printer: VirtualPrinter) -> str:
    states = [name for name, field in SWITCHES.items() if getattr(printer, field)]
    states += [name for name in YES_NO if getattr(printer.faults, name) is not getattr(Faults(), name)]
    states += ["paper out"] if printer.paper_out else []
    states += [] if printer.powered else ["power off"]
    states += ["line cut"] if printer.line_cut else []
    return (
        f"{', '.join(states) or 'well'}; {printer.bytes_taken} bytes, {len(printer.unknown_commands)} unknown commands"
    )


class Control:
    """The socket: owner only, made anew, gone at the end."""

    def __init__(self, path: Path, tell: Callable[[str], str]) -> None:
        self._path = path
        with suppress(FileNotFoundError):
            path.unlink()

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.request.settimeout(60.0)
                with suppress(OSError):
                    while words := self.rfile.readline(MOST_LINE):
                        self.wfile.write((tell(words.decode("utf-8", "replace")) + "\n").encode())

        self._server = socketserver.ThreadingUnixStreamServer(str(path), Handler)
        self._server.daemon_threads = True
        path.chmod(0o600)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        with suppress(FileNotFoundError):
            self._path.unlink()


def listen(lines: Iterable[str], tell: Callable[[str], str], say: Callable[[str], None]) -> None:
    """Words from a person's keyboard, on a thread of their own; ends with them."""

    def work() -> None:
        with suppress(ValueError, OSError):  # the program ends while somebody types
            for words in lines:
                if words.strip():
                    say(tell(words))

    threading.Thread(target=work, name="keyboard", daemon=True).start()
