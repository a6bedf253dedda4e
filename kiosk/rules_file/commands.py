"""`kiosk-desk rules`: run a table of examples, and say how far the tables of the law know the world.

Exit codes of `run`: 0 nothing differs · 1 something does · 2 the file or a row of it cannot be run.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from kiosk.clock import SystemClock, court_day
from kiosk.errors import KioskTrouble
from kiosk.law.standing import Known, tables_standing
from kiosk.law.tables import Tables, read_tables
from kiosk.rules_file.reading import TableWrong, read_table
from kiosk.rules_file.running import Outcome, run
from kiosk.rules_file.shapes import Rules
from kiosk.wording import Wording, load_wording
from resources import folder

DIFFERS = 1
WRONG = 2
SHOWN = 500  # differences on the screen; the rest is counted


def rules() -> click.Group:
    with_tables = click.option(
        "--tables",
        "tables_folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Folder of tables that stand in for the shipped ones.",
    )
    on_day = click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")

    @click.group("rules")
    def group() -> None:
        """The rules of the law on this machine. 本机的法律规则。"""

    @group.command("run")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--json", "as_json", is_flag=True, help="Print every computed row as JSON.")
    @with_tables
    @on_day
    @click.pass_obj
    def run_command(
        language: str | None, file: Path, as_json: bool, tables_folder: Path | None, day: datetime | None
    ) -> None:
        """Compute every row of FILE.csv again, and compare.

        Knows tables of fees, deadlines, interest, LPR caps, small claims, masks, numbers, capitals and places by their
        columns.
        """
        say = _Saying(language)
        try:
            table = read_table(file)
            outcome = run(table, Rules(_tables(tables_folder, say), _today(day)))
        except TableWrong as wrong:
            say.stop(wrong.key, **wrong.places)
        if as_json:
            click.echo(json.dumps(outcome.rows, ensure_ascii=False, indent=1))
        else:
            _differences(outcome, say)
        for one in outcome.bad:
            reason = say.words(f"rules.reason.{one.reason}")
            click.echo(say.words("rules.bad_row", row=one.row, id=one.id, column=one.column, reason=reason), err=True)
        if outcome.bad:
            sys.exit(WRONG)
        sys.exit(DIFFERS if outcome.differences and not as_json else 0)

    @group.command("standing")
    @click.option("--court", default="", help="Area code of the court, for lines that differ by province.")
    @with_tables
    @on_day
    @click.pass_obj
    def standing_command(language: str | None, court: str, tables_folder: Path | None, day: datetime | None) -> None:
        """Say which tables are current. Exit 1 when one is out of date."""
        say = _Saying(language)
        found = tables_standing(_tables(tables_folder, say), _today(day), court)
        for one in found:
            click.echo(say.words(one.key, day=str(one.unknown_from or "")))
        sys.exit(DIFFERS if any(one.known is Known.OUT_OF_DATE for one in found) else 0)

    return group


class _Saying:
    def __init__(self, language: str | None) -> None:
        self.language = language or "zh"
        self.wording: Wording = load_wording(folder("wording"))

    def words(self, key: str, **places: str | int) -> str:
        return self.wording.say(key, self.language, **places)

    def stop(self, key: str, **places: str | int) -> NoReturn:
        click.echo(self.words(key, **places), err=True)
        sys.exit(WRONG)


def _tables(chosen: Path | None, say: _Saying) -> Tables:
    try:
        return read_tables(folder("tables"), chosen)
    except KioskTrouble as trouble:
        say.stop(trouble.key, **trouble.places)


def _today(day: datetime | None) -> date:
    return day.date() if day else court_day(SystemClock().now())


def _differences(outcome: Outcome, say: _Saying) -> None:
    for one in outcome.differences[:SHOWN]:
        line = say.words(
            "rules.difference", id=one.id, column=one.column, expected=one.expected, computed=one.computed or "-"
        )
        click.echo(f"{line}  {_verdict(one.verdict, say)}".rstrip())
    counted = {"rows": len(outcome.rows), "differences": len(outcome.differences), "bad": len(outcome.bad)}
    click.echo(say.words("rules.counted", **counted))


def _verdict(verdict: str, say: _Saying) -> str:
    word, _, day = verdict.partition(" ")
    return say.words(f"rules.verdict.{word}", day=day) if word else ""
