"""`kiosk-intake review`: the court's decisions from the command line, each one signed notice to the kiosk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.clock import SystemClock
from kiosk.filings.status import COURT_TOLD, Life
from sync.intake.keys import KeyFolder, make_keys, read_signing_key
from sync.intake.mailbox import Mailboxes
from sync.intake.review import Review, Reviewed, next_states
from sync.intake.served import beside
from sync.intake.tables import Tables

F = TypeVar("F", bound=Callable[..., Any])
SIDES = ("plaintiff", "defendant", "third_party")
DAY = click.DateTime(["%Y-%m-%d"])


def decision_options(command: F) -> F:
    """Which ledger, which filing, who decides."""
    for option in (
        click.argument("filing"),
        click.option("--by", required=True, help="Number of the person who decides."),
        click.option("--keys", "keys_folder", type=click.Path(path_type=Path), help="Key folder; beside the database."),
        click.option("--database", required=True, help="sqlite:///path/to/ledger.sqlite"),
    ):
        command = option(command)
    return command


@click.group("review")
def review_group() -> None:
    """Decide about filings; FILING is the beginning of an id or of a receipt number."""


@review_group.command("list")
@click.option("--database", required=True)
@click.option("--keys", "keys_folder", type=click.Path(path_type=Path))
@click.option("--state", type=click.Choice(sorted(state.value for state in COURT_TOLD)), help="Only these.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_waiting(database: str, keys_folder: Path | None, state: str | None, as_json: bool) -> None:
    """What was received and where it stands, the longest waiting first."""
    with _review(database, keys_folder) as review:
        found = review.filings(Life(state) if state else None)
    if as_json:
        click.echo(json.dumps([as_plain(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one.received_at}  {one.receipt_number}  {one.filing_id} rev {one.rev}  {one.state}")
    click.echo(f"{len(found)} filings")


@review_group.command()
@decision_options
def accept(filing: str, by: str, keys_folder: Path | None, database: str) -> None:
    """Taken up for review (7 days: FR art.8)."""
    _decide(database, keys_folder, filing, Life.UNDER_REVIEW, {}, by)


@review_group.command()
@decision_options
@click.option("--item", "items", multiple=True, required=True, help="'what is missing|what to do|question', repeated.")
@click.option("--due", type=DAY, required=True, help="The last day, YYYY-MM-DD.")
@click.option("--reason", default="", help="A word about all of them.")
def correct(
    filing: str, by: str, keys_folder: Path | None, database: str, items: tuple[str, ...], due: datetime, reason: str
) -> None:
    """Ask for corrections 补正: one list, one time limit (FR art.7)."""
    content = {"items": [defect(item) for item in items], "due": due.date().isoformat(), "reason": reason}
    _decide(database, keys_folder, filing, Life.CORRECTION_REQUIRED, content, by)


@review_group.command()
@decision_options
@click.option("--place", required=True, help="Who mediates, and where.")
@click.option("--phone", default="")
@click.option("--due", type=DAY, help="When to answer by.")
def mediate(
    filing: str, by: str, keys_folder: Path | None, database: str, place: str, phone: str, due: datetime | None
) -> None:
    """Offer mediation before docketing (CPL art.125); the parties may refuse."""
    content = {"place": place, "phone": phone, "due": due.date().isoformat() if due else None}
    _decide(database, keys_folder, filing, Life.MEDIATION_OFFERED, content, by)


@review_group.command()
@decision_options
@click.option("--case-number", required=True, help="As （2026）京0105民初1号.")
@click.option("--cause", required=True)
@click.option("--party", "parties", multiple=True, required=True, help="'plaintiff|name|person', repeated.")
@click.option("--day", type=DAY, required=True, help="The day of docketing.")
@click.option("--division", default="", help="Who tries the case, with a telephone.")
@click.option("--fee", default="", help="Yuan with two decimals.")
@click.option("--fee-due", type=DAY)
@click.option("--payment-code", default="")
@click.option("--evidence", default="", help="What is said about evidence and its time limit.")
def docket(
    filing: str,
    by: str,
    keys_folder: Path | None,
    database: str,
    case_number: str,
    cause: str,
    parties: tuple[str, ...],
    day: datetime,
    division: str,
    fee: str,
    fee_due: datetime | None,
    payment_code: str,
    evidence: str,
) -> None:
    """Docket the case 立案 (FR art.12): the case number is the court's, and comes from nowhere else."""
    told = {
        "case_number": case_number,
        "cause": cause,
        "parties": [party(one) for one in parties],
        "docketed_on": day.date().isoformat(),
        "division": division,
        "fee": fee,
        "fee_due": fee_due.date().isoformat() if fee_due else None,
        "payment_code": payment_code,
        "evidence_notice": evidence,
    }
    _decide(database, keys_folder, filing, Life.DOCKETED, {"docket": told}, by)


@review_group.command()
@decision_options
@click.option("--reason", required=True)
def refuse(filing: str, by: str, keys_folder: Path | None, database: str, reason: str) -> None:
    """Not docketed 不予受理: a written ruling follows (FR art.9)."""
    _decide(database, keys_folder, filing, Life.REFUSED, {"reason": reason}, by)


@review_group.command("move")
@decision_options
@click.argument("state", type=click.Choice(sorted(state.value for state in COURT_TOLD)))
@click.option("--reason", default="")
@click.option("--place", default="")
@click.option("--phone", default="")
@click.option("--due", type=DAY)
def move(
    filing: str,
    by: str,
    keys_folder: Path | None,
    database: str,
    state: str,
    reason: str,
    place: str,
    phone: str,
    due: datetime | None,
) -> None:
    """Any other step the arrows allow: returned, redirected, pre_mediation, fee_pending, fee_paid, transferred …"""
    content = {"reason": reason, "place": place, "phone": phone, "due": due.date().isoformat() if due else None}
    _decide(database, keys_folder, filing, Life(state), content, by)


def defect(text: str) -> dict[str, str]:
    """One item of a correction list as it is typed."""
    what, how, question = (*(part.strip() for part in text.split("|", 2)), "", "")[:3]
    return {"what": what, "how": how, "question": question}


def party(text: str) -> dict[str, Any]:
    """`side|name|person` or `side|name|organisation`."""
    side, name, kind = (*(part.strip() for part in text.split("|", 2)), "", "")[:3]
    if side not in SIDES or not name or kind not in ("", "person", "organisation"):
        raise click.BadParameter(
            f"{'|'.join(SIDES)} first, then the name, then person or organisation: 'plaintiff|张三|person'"
        )
    return {"side": side, "name": name, "person": kind != "organisation"}


def as_plain(one: Reviewed) -> dict[str, Any]:
    return {
        "filing_id": one.filing_id,
        "rev": one.rev,
        "kiosk_id": one.kiosk_id,
        "receipt_number": one.receipt_number,
        "received_at": one.received_at,
        "ticket_time": one.ticket_time,
        "state": one.state.value,
        "decided_at": one.decided_at,
        "next": sorted(state.value for state in next_states(one.state)),
    }


@contextmanager
def _review(database: str, keys_folder: Path | None) -> Iterator[Review]:
    folder = KeyFolder(keys_folder or beside(database, "keys"))
    tables, clock = Tables.open(database), SystemClock()
    try:
        make_keys(tables, folder, clock.now())
        yield Review(tables, Mailboxes(tables, read_signing_key(folder), clock))
    finally:
        tables.close()


def _decide(
    database: str, keys_folder: Path | None, filing: str, state: Life, content: dict[str, Any], by: str
) -> None:
    with _review(database, keys_folder) as review:
        number = review.decide(filing, state, content, by)
    click.echo(f"notice {number}: {state.value}")
