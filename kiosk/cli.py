"""`kiosk-desk`: the same desk without a window, for clerks at a keyboard, scripts and tests.

Exit codes: 0 done · 1 the world said no (a plain sentence says what) · 2 the input is wrong and nothing was stored.
Printing slips needs a printer's encoder, which stands above the core: the assembly hands one in (`Press`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, Protocol, TypeVar

import click
import msgspec

from kiosk.answers_file import AnswersWrong, Reader
from kiosk.authoring.commands import Preview, forms
from kiosk.bulk.commands import SheetFiling, is_sheet, write_template
from kiosk.bulk.faults import SheetTrouble
from kiosk.bulk.filing import WritePapers
from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.desk.queueing import Queueing
from kiosk.documents.papers import Document
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed, Submission
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.rules_file.commands import rules
from kiosk.settings import Settings, read_settings, settings_path
from kiosk.shelf import Shelf, open_shelf
from kiosk.slips.parts import Slip
from kiosk.slips.slip import is_queue_number
from kiosk.wording import Wording, load_wording
from resources import folder

T = TypeVar("T")
WRONG_INPUT = 2
REFUSED = 1
RECEIPT_FILE = "filing_receipt.pdf"


class Press(Protocol):
    """Makes a slip's bytes for a printer profile, and a picture of what those bytes print."""

    def press(self, slip: Slip, profile: str) -> bytes: ...

    def picture(self, data: bytes, profile: str) -> bytes: ...


class Opened:
    """What most commands need, opened when first asked for."""

    def __init__(self, settings_file: str | None, language: str) -> None:
        self.language = language
        self._file = settings_file
        self.wording: Wording = load_wording(folder("wording"))

    def settings(self) -> Settings:
        return read_settings(settings_path(self._file))

    def has_settings(self) -> bool:
        return settings_path(self._file).exists()

    def shelf(self) -> Shelf:
        return open_shelf(folder("."), self.settings().tables_folder if self.has_settings() else "")

    def desk(self, settings: Settings | None = None) -> Desk:
        return Desk.open(settings or self.settings(), SystemClock(), self.shelf())

    def say(self, key: str, **places: str | int) -> str:
        return self.wording.say(key, self.language, **places)

    def refuse(self, trouble: KioskTrouble) -> NoReturn:
        click.echo(self.say(trouble.key, **trouble.places), err=True)
        sys.exit(REFUSED)


def build(press: Press, preview: Preview | None = None) -> click.Group:
    """The command line, with the press that this installation has."""

    @click.group()
    @click.option("--language", type=click.Choice(["zh", "en"]), default="zh", help="Language of the sentences.")
    @click.pass_context
    def desk(context: click.Context, language: str) -> None:
        """The filing desk without a window. 没有窗口的立案台。"""
        context.obj = language

    with_settings = click.option("--settings", "settings_file", help="Settings file (default: $KIOSK_SETTINGS).")

    @desk.command("file")
    @click.argument("answers", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the papers.")
    @click.option("--pack", default="", help="Which form a spreadsheet is about, for example property_service.")
    @click.option(
        "--common",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="JSON of what is the same for every row of a spreadsheet.",
    )
    @click.option("--check", is_flag=True, help="Only look at the rows of a spreadsheet; store nothing.")
    @click.option("--template", metavar="PACK", help="Write an empty spreadsheet for PACK to OUT.xlsx instead.")
    @with_settings
    @click.pass_obj
    def file_command(
        language: str,
        answers: Path | None,
        out: Path,
        pack: str,
        common: Path | None,
        check: bool,
        template: str | None,
        settings_file: str | None,
    ) -> None:
        """File from ANSWERS.json, or from CASES.xlsx or CASES.csv with --pack.

        JSON: every paper (complaint.pdf, evidence_list.pdf, …), ticket.bin, ticket.png and filing.json in OUT. One
        object is one filing; an array is many, each in its own numbered folder. If any answer is wrong nothing is
        stored.

        A spreadsheet: one case a row. The good rows are filed, each in its own numbered folder; OUT/result.csv says
        what became of each. The same sheet twice files nothing twice. Exit 2 if any row has errors.
        """
        opened = Opened(settings_file, language)
        if template is not None or (answers is not None and is_sheet(answers)):
            sys.exit(_file_sheet(answers, out, (pack, common, check, template), opened, press))
        if answers is None:
            raise click.UsageError("ANSWERS is missing")
        try:
            written = _file(answers, out, opened, press)
        except AnswersWrong as wrong:
            for line in wrong.lines:
                click.echo(line, err=True)
            sys.exit(WRONG_INPUT)
        except KioskTrouble as trouble:
            opened.refuse(trouble)
        for line in written:
            click.echo(line)

    @desk.command("find")
    @click.argument("ticket")
    @with_settings
    @click.pass_obj
    def find_command(language: str, ticket: str, settings_file: str | None) -> None:
        """Look a filing up by its TICKET number and say its true state."""
        opened = Opened(settings_file, language)
        found = _with_desk(opened, lambda it: it.look_up(ticket), as_clerk=True)
        if found is None:
            click.echo(opened.say("clerk.not_found"), err=True)
            sys.exit(REFUSED)
        state = f"state.court.{found.court_state}" if found.court_state else f"state.{found.status}"
        click.echo(f"{found.ticket_number}  {opened.say(state)}  {found.receipt_number}".rstrip())

    @desk.command("receipt")
    @click.argument("ticket")
    @click.option(
        "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the sheet."
    )
    @with_settings
    @click.pass_obj
    def receipt_command(language: str, ticket: str, out: Path, settings_file: str | None) -> None:
        """The A4 receipt of the filing with this TICKET number, as OUT/filing_receipt.pdf, to be stamped.

        Only when the court's signed receipt is here.
        """
        opened = Opened(settings_file, language)
        sheet = _with_desk(opened, lambda it: it.court_papers().receipt_sheet(ticket), as_clerk=True)
        out.mkdir(parents=True, exist_ok=True)
        (out / RECEIPT_FILE).write_bytes(sheet)
        click.echo(out / RECEIPT_FILE)

    @desk.command("docket-notice")
    @click.argument("ticket")
    @with_settings
    @click.pass_obj
    def docket_command(language: str, ticket: str, settings_file: str | None) -> None:
        """Print the docket notice of the filing with this TICKET number, with the court's case number.

        Only when the court's signed notice is here.
        """
        opened = Opened(settings_file, language)
        click.echo(_with_desk(opened, lambda it: it.court_papers().print_docket(ticket), as_clerk=True))

    @desk.command("queue-ticket")
    @click.argument("number")
    @click.option("--business", required=True, help="What the person came for, such as 立案.")
    @click.option("--waiting", type=click.IntRange(0, 999), required=True, help="How many are before them.")
    @click.option("--minutes", type=click.IntRange(0, 999), required=True, help="About how long that takes.")
    @click.option("--window", default="", help="Where they are served; the kiosk's own window otherwise.")
    @with_settings
    @click.pass_obj
    def queue_ticket_command(
        language: str, number: str, business: str, waiting: int, minutes: int, window: str, settings_file: str | None
    ) -> None:
        """Print the ticket of a NUMBER (such as A023) that the court's queue has given."""
        if not is_queue_number(number):
            raise click.BadParameter(number[:8], param_hint="NUMBER")
        opened = Opened(settings_file, language)
        told = (number, business, waiting, minutes, window, language)
        _with_desk(opened, lambda it: Queueing(it).print_ticket(*told))
        click.echo(number)

    @desk.command("recent")
    @with_settings
    @click.pass_obj
    def recent_command(language: str, settings_file: str | None) -> None:
        """The newest filings, names masked."""
        opened = Opened(settings_file, language)
        for one in _with_desk(opened, lambda it: it.recent(), as_clerk=True):
            click.echo(f"{one.ticket_number}  {one.parties}  {opened.say(f'state.{one.status}')}")

    @desk.command("enrol-clerk")
    @click.argument("number")
    @with_settings
    @click.pass_obj
    def enrol_clerk_command(language: str, number: str, settings_file: str | None) -> None:
        """Enrol the first clerks of a kiosk; prints the PIN once."""
        opened = Opened(settings_file, language)
        click.echo(_with_desk(opened, lambda it: it.enrol_clerk(number)))

    @desk.command("health")
    @with_settings
    @click.pass_obj
    def health_command(language: str, settings_file: str | None) -> None:
        """Store, printer queue, court and keys: one line each."""
        opened = Opened(settings_file, language)
        for line in _with_desk(opened, lambda it: it.health()):
            click.echo(line.words[language])

    @desk.command("verify-audit")
    @with_settings
    @click.pass_obj
    def verify_audit_command(language: str, settings_file: str | None) -> None:
        """Check the chain of the audit log. Exit 0 good, 2 broken, 3 cut short."""
        opened = Opened(settings_file, language)
        finding = _with_desk(opened, lambda it: it.verify_audit())
        click.echo(finding.words[language])
        sys.exit(finding.exit_code)

    desk.add_command(forms(preview))
    desk.add_command(rules())
    return desk


def _file(answers: Path, out: Path, opened: Opened, press: Press) -> list[str]:
    """Read all, refuse all, or store each and write its papers; the lines to print."""
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    if opened.has_settings():
        settings = opened.settings()
    else:
        settings = practice_settings(out / "practice")
        lines.append(opened.say("answers.practice", folder=str(out / "practice")))
    shelf = opened.shelf()
    clock = SystemClock()
    submissions = Reader(shelf, settings, opened.wording, opened.language, clock.now()).read(answers)
    if not opened.has_settings():
        enrol_for_practice(settings)
    it = Desk.open(settings, clock, shelf)
    try:
        for number, submission in enumerate(submissions, start=1):
            folder_out = out / f"{number:03d}" if len(submissions) > 1 else out
            papers = it.papers(submission)
            filed = it.file(papers)
            _write_papers(folder_out, it, filed, submission, papers.documents, settings, press)
            lines.append(f"{filed.ticket_number}  {folder_out}")
    finally:
        it.close()
    return lines


def _file_sheet(
    cases: Path | None, out: Path, said: tuple[str, Path | None, bool, str | None], opened: Opened, press: Press
) -> int:
    """A spreadsheet of cases, or an empty one for them; the exit code."""
    pack, common, check, template = said

    def tell(line: str, wrong: bool) -> None:
        click.echo(line, err=wrong)

    try:
        shelf = opened.shelf()
        if template is not None:
            write_template(shelf, template, out)
            tell(opened.say("bulk.template_written", file=str(out)), False)
            return 0
        assert cases is not None
        out.mkdir(parents=True, exist_ok=True)
        practice = not opened.has_settings()
        settings = practice_settings(out / "practice") if practice else opened.settings()
        if practice:
            tell(opened.say("answers.practice", folder=str(out / "practice")), False)
            if not check:
                enrol_for_practice(settings)
        clock = SystemClock()

        def papers(it: Desk) -> WritePapers:
            def write(number: str, filed: Filed, submission: Submission, drawn: tuple[Document, ...]) -> str:
                papers = drawn or it.documents(submission)
                _write_papers(out / number, it, filed, submission, papers, settings, press)
                return number

            return write

        filing = SheetFiling(cases, pack, common, out, shelf, settings, opened.language, clock.now())
        good = filing.run(None if check else lambda: Desk.open(settings, clock, shelf), papers, tell)
        return 0 if good else WRONG_INPUT
    except SheetTrouble as trouble:
        tell(opened.say(f"bulk.{trouble.key}", **trouble.places), True)
        return WRONG_INPUT
    except KioskTrouble as trouble:
        opened.refuse(trouble)


def _write_papers(
    out: Path,
    desk: Desk,
    filed: Filed,
    submission: Submission,
    papers: tuple[Document, ...],
    settings: Settings,
    press: Press,
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    ticket = press.press(desk.slip(filed.ticket_number), settings.printer.profile)
    (out / "ticket.bin").write_bytes(ticket)
    (out / "ticket.png").write_bytes(press.picture(ticket, settings.printer.profile))
    for paper in papers:
        (out / paper.file_name).write_bytes(paper.pdf)
    (out / "filing.json").write_bytes(msgspec.json.format(msgspec.json.encode(_filing_json(filed, submission))))


def _filing_json(filed: Filed, submission: Submission) -> dict[str, object]:
    return {
        "filing_id": filed.filing_id,
        "ticket_number": filed.ticket_number,
        "ticket_time": filed.ticket_time,
        "status": "stored",
        "form": submission.form.pack_id,
        "form_version": submission.form.pack_version,
        "language": submission.form.language,
        "answers": submission.form.answers,
        "materials": submission.materials_brought,
        "notices": [
            {
                "id": one.notice_id,
                "version": one.version,
                "language": one.language,
                "moment": one.moment,
                "at": one.at,
            }
            for one in submission.notices
        ],
    }


def _with_desk(opened: Opened, work: Callable[[Desk], T], *, as_clerk: bool = False) -> T:
    """One use case on a desk of its own; whoever may read the store's key may act as the service user."""
    try:
        it = opened.desk()
        try:
            if as_clerk:
                it.sign_in_service_user()
            return work(it)
        finally:
            it.close()
    except KioskTrouble as trouble:
        opened.refuse(trouble)
