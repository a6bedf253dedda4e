"""`kiosk-desk forms …`: import, export, check, build, look at and replay forms at the author's desk.

Exit codes: 0 good · 1 problems, told in the words of people who write forms. Nothing here opens the store.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import click
import msgspec

from kiosk.authoring.findings import At, AuthoringTrouble, Finding, wording
from kiosk.errors import KioskTrouble
from kiosk.forms.problems import PackTrouble
from resources import folder as resource_folder

Preview = Callable[[bytes, str, bool], int]  # compiled pack, language, leave at once → exit code
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITABLE = click.Path(dir_okay=False, path_type=Path)
PROBLEMS = 1
T = TypeVar("T")


def forms(preview: Preview | None = None) -> click.Group:
    """The group of commands; `preview` opens the real window, where there is one."""

    @click.group("forms")
    def group() -> None:
        """Write, check and exchange form packs. 编写、检查、交换表单包。"""

    @group.command("replay")
    @click.argument("traces", type=READABLE)
    @click.option("--forms", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a trace.")
    def replay_command(traces: Path, folder: Path | None, as_json: bool) -> None:
        """Walk recorded traces through their XForms and tell what this engine made of them."""
        from kiosk.interview.replay import read_traces, replay

        try:
            for outcome in replay(read_traces(traces), folder or traces.parent):
                if as_json:
                    click.echo(msgspec.json.encode(outcome).decode())
                else:
                    click.echo(f"{outcome['form']}  {outcome['seed']}  {outcome['error'] or 'ok'}")
        except (ValueError, KeyError, TypeError):
            _fail(wording().say("authoring.traces_wrong", _language(), line="?"))

    @group.command("build")
    @click.argument("pack", type=READABLE)
    @click.option("--out", type=WRITABLE, help="Where the JSON goes (default: beside the pack).")
    def build_command(pack: Path, out: Path | None) -> None:
        """Compile PACK (YAML, .xlsx or .xml) to the JSON that kiosks load."""
        with _authoring():
            from kiosk.authoring.checking import compiled
        _write(out or pack.with_suffix(".json"), _or_tell(lambda: compiled(pack)))

    @group.command("lint")
    @click.argument("file", type=READABLE)
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a problem.")
    def lint_command(file: Path, as_json: bool) -> None:
        """Everything that is wrong with FILE (YAML, JSON, .xlsx or .xml), each with its place."""
        with _authoring():
            from kiosk.authoring.checking import check_file
        checked = check_file(file)
        if as_json:
            for one in checked.findings:
                click.echo(msgspec.json.encode(one.as_json()).decode())
        else:
            _tell(checked.findings, err=False)
            key = "authoring.count" if checked.findings else "authoring.clean"
            places: dict[str, str | int] = {
                "file": file.name,
                "problems": len(checked.findings),
                "questions": checked.questions,
            }
            click.echo(wording().say(key, _language(), **places), err=bool(checked.findings))
        sys.exit(PROBLEMS if checked.findings else 0)

    @group.command("import")
    @click.argument("file", type=READABLE)
    @click.option("--out", type=WRITABLE, required=True, help="The pack's YAML.")
    def import_command(file: Path, out: Path) -> None:
        """Turn an XLSForm (.xlsx) or XForm (.xml), or a reviewed workbook of ours, into a pack."""
        with _authoring():
            from kiosk.authoring.exchange import import_file
        checked, text = _or_tell(lambda: import_file(file))
        if checked.remarks:
            click.echo(wording().say("authoring.left_heading", _language()), err=True)
            for one in checked.remarks:
                click.echo(f"  {one.words(_language())}", err=True)
        _write(out, text.encode())

    @group.command("export")
    @click.argument("pack", type=READABLE)
    @click.option("--xlsx", "out", type=WRITABLE, required=True, help="The workbook.")
    def export_command(pack: Path, out: Path) -> None:
        """Write PACK as a workbook for review; `forms import` takes it back without loss."""
        with _authoring():
            from kiosk.authoring.exchange import export_pack
        _write(out, _or_tell(lambda: export_pack(pack)))

    @group.command("coverage")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object.")
    def coverage_command(as_json: bool) -> None:
        """The 67 official model texts (法〔2025〕82号) against the packs that are built, and how sure their words are."""
        from kiosk.authoring.coverage import coverage, read_model_texts
        from kiosk.shelf import open_shelf

        try:
            texts = read_model_texts(resource_folder("tables") / "model_texts.json")
            found = coverage(texts, open_shelf(resource_folder(".")).heads, _language())
        except KioskTrouble as trouble:
            _fail(wording().say(trouble.key, _language(), **trouble.places))
        if as_json:
            click.echo(msgspec.json.encode(found.as_json()).decode())
            return
        for one in found.texts:
            state = _state(one.wording)
            click.echo(f"{one.number:>2}  {one.title}（{one.document}）  {one.area}  {one.pack}  {state}".rstrip())
        for one in found.besides:
            click.echo(f" -  {one.title}  {one.pack}  {_state(one.wording)}")
        click.echo(wording().say("authoring.coverage", _language(), **found.counts))
        click.echo(wording().say("authoring.coverage_source", _language(), source=found.source))

    @group.command("preview")
    @click.argument("pack", type=READABLE)
    @click.option("--check", is_flag=True, help="Open it without a screen, see its first page, leave.")
    def preview_command(pack: Path, check: bool) -> None:
        """Open PACK in the real window, for a practice court: nothing is sent, and nothing is left on the disk."""
        with _authoring():
            from kiosk.authoring.checking import compiled
        data = _or_tell(lambda: compiled(pack))
        if preview is None:
            _fail(wording().say("authoring.no_window", _language()))
        sys.exit(preview(data, _language(), check))

    return group


@contextmanager
def _authoring() -> Iterator[None]:
    """What only the desk has installed is imported inside; without it the command says so."""
    try:
        yield
    except ModuleNotFoundError:
        _fail(wording().say("authoring.extra_missing", _language()))


def _language() -> str:
    """The language the whole command line was asked to speak."""
    context = click.get_current_context(silent=True)
    said = context.find_root().obj if context is not None else None
    return said if isinstance(said, str) else "zh"


def _state(state: str) -> str:
    return "" if state == "-" else wording().say(f"authoring.wording_{state}", _language())


def _tell(findings: Iterable[Finding], err: bool = True) -> None:
    """Every finding in both languages: forms are written by people of both."""
    for one in findings:
        click.echo(one.words("zh"), err=err)
        click.echo(f"    {one.words('en')}", err=err)


def _or_tell(work: Callable[[], T]) -> T:
    try:
        return work()
    except AuthoringTrouble as trouble:
        _tell(trouble.findings)
        _fail(wording().say(trouble.key, _language(), problems=len(trouble.findings)))
    except PackTrouble as trouble:
        _tell(Finding(At(one.place), one.key, one.zh, one.en) for one in trouble.problems)
        _fail(wording().say("authoring.refused", _language(), problems=len(trouble.problems)))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    click.echo(wording().say("authoring.written", _language(), file=str(path)))


def _fail(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(PROBLEMS)
