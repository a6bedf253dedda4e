"""An A4 printer made of software: answers IPP on the loopback, keeps every PDF it prints, and misbehaves when told.

`python -m printers.virtual_a4`. Made to the standard (RFC 8010, 8011), not to our client: a job without `media` waits
for US Letter for ever, as real printers let it.
"""

from __future__ import annotations

import contextlib
import http.server
import signal
import threading
from dataclasses import dataclass, field
from pathlib import Path

import click

from printers import ipp
from printers.ipp import Attribute, Group, IppTrouble, Request

PENDING, PROCESSING, CANCELLED, ABORTED, COMPLETED = 3, 5, 7, 8, 9
OK, BAD_REQUEST, NOT_FOUND, FORMAT, OPERATION = 0x0000, 0x0400, 0x0406, 0x040A, 0x0501
IDLE, AT_WORK, STOPPED = 3, 4, 5
TICK_SECONDS = 0.02
MOST_BYTES = 32 * 1024 * 1024


@dataclass
class A4Faults:
    busy: bool = False  # server-error-busy: takes nothing
    refuses: bool = False  # accepts no jobs
    lose_answer: bool = False  # the next Print-Job is taken and its answer never leaves
    abort_next: bool = False  # takes the next job and gives it up
    die_in_job: bool = False  # the power goes in the middle of the next job; its list is gone
    only_1_1: bool = False  # knows no version 2 of the protocol
    garbage: bool = False  # answers what is no IPP
    silent: bool = False  # takes requests and never answers


@dataclass
class A4Job:
    id: int
    name: str
    media: str
    pdf: bytes = field(repr=False)
    state: int = PENDING
    reasons: tuple[str, ...] = ("none",)


class VirtualA4Printer:
    """The machine without its line: asked in requests, moved on by `work`. Held by one lock."""

    def __init__(self, faults: A4Faults | None = None) -> None:
        self.faults = faults or A4Faults()
        self.lock = threading.RLock()
        self.sheets = 1_000_000  # jobs the tray still has paper for
        self.door = False
        self.printed: list[A4Job] = []
        self.jobs: list[A4Job] = []
        self._next = 1

    # Whoever stands before it

    def empty_the_tray(self) -> None:
        with self.lock:
            self.sheets = 0

    def fill_the_tray(self, sheets: int = 1_000_000) -> None:
        with self.lock:
            self.sheets = sheets

    def switch_off_and_on(self) -> None:
        """What was waiting is forgotten, and so is the list of what was printed."""
        with self.lock:
            self.jobs.clear()

    # The machine

    def work(self) -> None:
        """One step of the mechanics: the oldest job that can be printed is printed."""
        with self.lock:
            job = next((one for one in self.jobs if one.state in (PENDING, PROCESSING)), None)
            if job is None or self.door:
                return
            job.state = PROCESSING
            if job.media != "iso_a4_210x297mm":
                job.reasons = ("media-needed",)  # and it says processing, for ever
                return
            if self.sheets <= 0:
                job.reasons = ("printer-stopped", "media-needed")
                return
            if self.faults.abort_next:
                self.faults.abort_next = False
                job.state, job.reasons = ABORTED, ("aborted-by-system",)
                return
            if self.faults.die_in_job:
                self.faults.die_in_job = False
                self.jobs.clear()
                return
            self.sheets -= 1
            self.printed.append(job)
            job.state, job.reasons = COMPLETED, ("job-completed-successfully",)

    def reasons(self) -> tuple[str, ...]:
        found = []
        if self.door:
            found.append("door-open-error")
        if self.sheets <= 0:
            found.append("media-empty-error")
            if any(job.state == PROCESSING for job in self.jobs):
                found.append("media-needed-error")
        return tuple(found) or ("none",)

    # The protocol

    def answer(self, data: bytes) -> bytes | None:
        """The reply to one request, or None when nothing comes back."""
        try:
            request = ipp.decode_request(data)
        except IppTrouble:
            return ipp.encode_reply(BAD_REQUEST, 0, [_said()])
        with self.lock:
            if self.faults.silent:
                return None
            if self.faults.garbage:
                return b"\x7fELF" + data[:64]
            if self.faults.only_1_1 and request.version[0] > 1:
                return self._plain(ipp.VERSION_NOT_SUPPORTED, request)
            match request.operation:
                case ipp.PRINT_JOB:
                    return self._print(request)
                case ipp.GET_JOB:
                    return self._job(request)
                case ipp.GET_JOBS:
                    return self._list(request)
                case ipp.GET_PRINTER:
                    return self._printer(request)
                case ipp.CANCEL_JOB:
                    return self._cancel(request)
            return self._plain(OPERATION, request)

    def _plain(self, status: int, request: Request) -> bytes:
        return ipp.encode_reply(status, request.request_id, [_said()])

    def _print(self, request: Request) -> bytes | None:
        if self.faults.busy:
            return self._plain(ipp.BUSY, request)
        if self.faults.refuses:
            return self._plain(ipp.NOT_ACCEPTING, request)
        asked = request.group(ipp.OPERATION)
        if asked.first("document-format") not in ("application/pdf", "application/octet-stream", None):
            return self._plain(FORMAT, request)
        media = str(request.group(ipp.JOB).first("media") or "na_letter_8.5x11in")
        job = A4Job(self._next, str(asked.first("job-name") or "untitled"), media, request.document)
        self._next += 1
        self.jobs.append(job)
        if self.faults.lose_answer:
            self.faults.lose_answer = False
            return None
        return ipp.encode_reply(OK, request.request_id, [_said(), (ipp.JOB, _about(job))])

    def _job(self, request: Request) -> bytes:
        job = self._wanted(request.group(ipp.OPERATION))
        if job is None:
            return self._plain(NOT_FOUND, request)
        return ipp.encode_reply(OK, request.request_id, [_said(), (ipp.JOB, _about(job))])

    def _list(self, request: Request) -> bytes:
        over = request.group(ipp.OPERATION).first("which-jobs") == "completed"
        jobs = [job for job in self.jobs if (job.state >= CANCELLED) is over]
        told = [(ipp.JOB, _about(job)) for job in (reversed(jobs) if over else jobs)]
        return ipp.encode_reply(OK, request.request_id, [_said(), *told])

    def _cancel(self, request: Request) -> bytes:
        job = self._wanted(request.group(ipp.OPERATION))
        if job is None or job.state >= CANCELLED:
            return self._plain(NOT_FOUND, request)
        job.state, job.reasons = CANCELLED, ("job-canceled-by-user",)
        return self._plain(OK, request)

    def _printer(self, request: Request) -> bytes:
        working = any(job.state == PROCESSING for job in self.jobs)
        state = STOPPED if self.reasons() != ("none",) else AT_WORK if working else IDLE
        told = (
            Attribute(ipp.NAME, "printer-name", ("Virtual A4",)),
            Attribute(ipp.TEXT, "printer-make-and-model", ("Virtual A4 printer",)),
            Attribute(ipp.ENUM, "printer-state", (state,)),
            Attribute(ipp.KEYWORD, "printer-state-reasons", self.reasons()),
            Attribute(ipp.BOOLEAN, "printer-is-accepting-jobs", (not self.faults.refuses,)),
            Attribute(ipp.MIME, "document-format-supported", ("application/pdf", "image/urf")),
            Attribute(ipp.KEYWORD, "media-supported", ("iso_a4_210x297mm", "na_letter_8.5x11in")),
            Attribute(ipp.KEYWORD, "media-default", ("na_letter_8.5x11in",)),
        )
        return ipp.encode_reply(OK, request.request_id, [_said(), (ipp.PRINTER, told)])

    def _wanted(self, asked: Group) -> A4Job | None:
        return next((job for job in self.jobs if job.id == asked.number("job-id")), None)


def _said() -> tuple[int, tuple[Attribute, ...]]:
    return ipp.OPERATION, (
        Attribute(ipp.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(ipp.LANGUAGE, "attributes-natural-language", ("en",)),
    )


def _about(job: A4Job) -> tuple[Attribute, ...]:
    return (
        Attribute(ipp.INTEGER, "job-id", (job.id,)),
        Attribute(ipp.NAME, "job-name", (job.name,)),
        Attribute(ipp.ENUM, "job-state", (job.state,)),
        Attribute(ipp.KEYWORD, "job-state-reasons", job.reasons),
    )


class A4Line:
    """The loopback port in front of it, and the thread that lets the mechanics work."""

    def __init__(self, printer: VirtualA4Printer, port: int = 0, folder: Path | None = None) -> None:
        self.printer = printer
        self._folder = folder
        self._kept = 0
        self._stopping = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = self.headers.get("Content-Length", "")
                if not size.isdigit() or int(size) > MOST_BYTES:
                    self.send_error(400)
                    return
                answer = outer.printer.answer(self.rfile.read(int(size)))
                if answer is None:
                    outer._hang(self)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/ipp")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """A printer keeps no log of what it was asked."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._threads = (
            threading.Thread(target=self._server.serve_forever, args=(TICK_SECONDS,), daemon=True),
            threading.Thread(target=self._work, name="virtual-a4", daemon=True),
        )

    @property
    def link(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        for thread in self._threads:
            thread.join()

    def _hang(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        """An answer that is lost: the line closes without a word; a silent printer keeps it open."""
        if self.printer.faults.silent:
            self._stopping.wait()
        handler.close_connection = True

    def _work(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            self.printer.work()
            if self._folder is not None:
                self._keep(self._folder)

    def _keep(self, folder: Path) -> None:
        for job in self.printer.printed[self._kept :]:
            self._kept += 1
            part = folder / "sheet.part"
            part.write_bytes(job.pdf)
            part.replace(folder / f"sheet-{self._kept:04d}.pdf")


@click.command("virtual-a4")
@click.option("--port", type=click.IntRange(0, 65535), default=8631, show_default=True, help="0 takes a free one.")
@click.option("--link-file", type=click.Path(path_type=Path), help="Write the link (ipp://…) here.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keep each printed PDF here.")
def main(port: int, link_file: Path | None, folder: Path | None) -> None:
    """Run a virtual A4 printer until it is stopped. SIGUSR1 empties its tray or fills it."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    printer = VirtualA4Printer()
    line = A4Line(printer, port, folder)
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    signal.signal(
        signal.SIGUSR1, lambda *_: printer.fill_the_tray() if printer.sheets <= 0 else printer.empty_the_tray()
    )
    line.start()
    if link_file:
        part = link_file.with_suffix(".part")
        part.write_text(line.link, encoding="ascii")
        part.replace(link_file)
    click.echo(f"virtual A4 printer at {line.link}")
    with contextlib.suppress(KeyboardInterrupt):
        over.wait()
    line.stop()


if __name__ == "__main__":
    main()
