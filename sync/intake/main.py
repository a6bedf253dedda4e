"""`kiosk-intake`: the court's side, as a server and as the few commands its keepers need."""

from __future__ import annotations

import base64
import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import uvicorn

from kiosk import process
from kiosk.clock import SystemClock
from kiosk.errors import KioskTrouble
from kiosk.filings.envelope import stamp
from kiosk.sealing.keys import KeyUse
from kiosk.wording import load_wording
from resources import folder as resource_folder
from sync.intake import opening
from sync.intake.app import Bench, intake
from sync.intake.ferry import take_by_ferry
from sync.intake.keys import KeyFolder, make_keys, public_keys, rotate
from sync.intake.log import begin_generation
from sync.intake.metrics import metrics
from sync.intake.registry import Registry
from sync.intake.review_commands import review_group
from sync.intake.served import Served, beside
from sync.intake.tables import Tables

LOOPBACK = ("127.0.0.1", "::1", "localhost")
F = TypeVar("F", bound=Callable[..., Any])


def ledger_options(command: F) -> F:
    """The words every command understands: which ledger, which chunks, which keys."""
    for option in (
        click.option("--keys", "keys_folder", type=click.Path(path_type=Path), help="Key folder; beside the database."),
        click.option("--blobs", help="Folder of the sealed chunks, or s3://bucket/prefix."),
        click.option("--database", required=True, help="sqlite:///path/to/ledger.sqlite, or postgresql://…"),
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """The court's central intake for lobby kiosks."""


@cli.command()
@ledger_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8711, show_default=True, help="0 picks a free one.")
@click.option("--port-file", type=click.Path(path_type=Path), help="Write the port here once listening.")
@click.option("--tls-cert", type=click.Path(path_type=Path), help="Certificate; needed beyond loopback.")
@click.option("--tls-key", type=click.Path(path_type=Path), help="Its private key.")
@click.option("--share-port", is_flag=True, help="Several workers on one port, as PostgreSQL allows.")
@click.option("--min-free-mb", default=200, show_default=True, help="Below this much room nothing is taken.")
def serve(
    database: str,
    blobs: str | None,
    keys_folder: Path | None,
    host: str,
    port: int,
    port_file: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    share_port: bool,
    min_free_mb: int,
) -> None:
    """Take filings from enrolled kiosks until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    if host not in LOOPBACK and not (tls_cert and tls_key):
        raise KioskTrouble("intake.tls_needed", host=host)
    clock = SystemClock()
    served = Served(database, _blobs(database, blobs), _keys(database, keys_folder), clock, min_free_mb)
    bench = Bench(served)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if share_port:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise KioskTrouble("intake.port_taken", host=host, port=port) from error
    listener.listen(128)
    config = uvicorn.Config(
        intake(bench),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=256,
        timeout_keep_alive=75,
        ssl_certfile=str(tls_cert) if tls_cert else None,
        ssl_keyfile=str(tls_key) if tls_key else None,
    )
    if port_file:
        part = port_file.with_name(port_file.name + ".tmp")
        part.write_text(str(listener.getsockname()[1]), encoding="ascii")
        os.replace(part, port_file)
    click.echo(f"intake listens on {host}:{listener.getsockname()[1]}", err=True)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        bench.close()


@cli.command("enrol-code")
@ledger_options
@click.option("--kiosk", "kiosk_id", required=True, help="The kiosk's id, for example 110105-K01.")
@click.option("--court", "court_code", help="Its court's code; taken from the kiosk's id if it begins with it.")
def enrol_code(
    database: str, blobs: str | None, keys_folder: Path | None, kiosk_id: str, court_code: str | None
) -> None:
    """A one-time code with which one kiosk may enrol within a day."""
    tables = _tables(database, keys_folder)
    click.echo(Registry(tables).issue_code(court_code or kiosk_id.partition("-")[0], kiosk_id, SystemClock().now()))
    tables.close()


@cli.command()
@ledger_options
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def keys(database: str, blobs: str | None, keys_folder: Path | None, as_json: bool) -> None:
    """The court's public keys, and where the private ones are."""
    tables, folder = _tables(database, keys_folder), _keys(database, keys_folder)
    found = [
        {
            "key_id": key.key_id,
            "use": key.use.value,
            "suite": key.suite,
            "public": key.public.hex(),
            "valid_from": stamp(key.valid_from),
            "valid_to": stamp(key.valid_to),
        }
        for key in public_keys(tables)
    ]
    tables.close()
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for key in found:
        click.echo(f"{key['key_id']}  {key['use']:<8} {key['suite']}  until {key['valid_to']}")
    click.echo(f"{folder.receipt} signs receipts and stays here.")
    click.echo(f"{folder.opening} opens filings: move it to an inner host.")


@cli.command("metrics")
@ledger_options
def print_metrics(database: str, blobs: str | None, keys_folder: Path | None) -> None:
    """Counts and times as Prometheus reads them; the server answers the same at /metrics, to its own machine only."""
    tables = Tables.open(database)
    click.echo(metrics(tables, SystemClock().now()), nl=False)
    tables.close()


@cli.command("rotate-key")
@ledger_options
@click.option("--use", type=click.Choice(["seal", "receipt"]), required=True, help="Which of the two keys.")
def rotate_key(database: str, blobs: str | None, keys_folder: Path | None, use: str) -> None:
    """Make a new key and let the kiosks know of it at their next greeting; old receipts stay good."""
    tables, folder = _tables(database, keys_folder), _keys(database, keys_folder)
    try:
        key = rotate(tables, folder, KeyUse(use), SystemClock().now())
    finally:
        tables.close()
    click.echo(f"{key.key_id}  {use}: restart the server" if use == "receipt" else f"{key.key_id}  {use}")


@cli.command()
@ledger_options
@click.option("--kiosk", "kiosk_id", required=True)
@click.option("--court", "court_code")
def revoke(database: str, blobs: str | None, keys_folder: Path | None, kiosk_id: str, court_code: str | None) -> None:
    """Take nothing more from this kiosk until it is enrolled again."""
    tables = _tables(database, keys_folder)
    count = Registry(tables).revoke(court_code or kiosk_id.partition("-")[0], kiosk_id, SystemClock().now())
    tables.close()
    click.echo(f"{count} keys revoked")


@cli.command()
@ledger_options
def restored(database: str, blobs: str | None, keys_folder: Path | None) -> None:
    """Say that this ledger came from a backup: receipt numbers and log begin a new generation."""
    tables = _tables(database, keys_folder)
    click.echo(f"generation {begin_generation(tables)}; restart the server")
    tables.close()


@cli.command("list")
@ledger_options
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_filings(database: str, blobs: str | None, keys_folder: Path | None, as_json: bool) -> None:
    """What was received, in the order of the log; then what a person must look at."""
    tables = _tables(database, keys_folder)
    filings = opening.listed(tables)
    findings = opening.findings(tables)
    tables.close()
    if as_json:
        click.echo(json.dumps(filings, ensure_ascii=False, indent=1))
        return
    for filing in filings:
        click.echo("{received_at}  {receipt_number}  {filing_id} rev {rev}  {kiosk_id}  {state}".format(**filing))
    click.echo(f"{len(filings)} filings")
    for finding in findings:
        click.echo(finding)


@cli.command()
@ledger_options
@click.argument("filing")
@click.option("--json", "as_json", is_flag=True, help="Everything, attachments as base64.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the attachments into this folder.")
@click.option("--opening-key", type=click.Path(path_type=Path), help="The private opening key.")
def show(
    database: str,
    blobs: str | None,
    keys_folder: Path | None,
    filing: str,
    as_json: bool,
    out: Path | None,
    opening_key: Path | None,
) -> None:
    """Open one sealed filing, by its id, its receipt number or the beginning of either, with the court's key."""
    tables = _tables(database, keys_folder)
    key_file = opening_key or _keys(database, keys_folder).folder
    row, opened = opening.open_filing(tables, _blobs(database, blobs), key_file, filing)
    tables.close()
    if out:
        out.mkdir(parents=True, exist_ok=True)
        for one in opened.attachments:
            (out / Path(one.name).name).write_bytes(one.data)
    shown: dict[str, Any] = {**row, "header": opened.header}
    shown["attachments"] = [
        {"name": one.name, "media_type": one.media_type, "size": len(one.data)}
        | ({"data": base64.b64encode(one.data).decode("ascii")} if as_json else {})
        for one in opened.attachments
    ]
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1))


@cli.command("ferry")
@ledger_options
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--back", type=click.Path(path_type=Path, file_okay=False), help="Where the answers go; else FOLDER.")
def take_ferry(database: str, blobs: str | None, keys_folder: Path | None, folder: Path, back: Path | None) -> None:
    """Take the bundles of FOLDER and write receipts and refusals for the way back."""
    served = Served(database, _blobs(database, blobs), _keys(database, keys_folder), SystemClock())
    answers = back or folder
    answers.mkdir(parents=True, exist_ok=True)
    taken = take_by_ferry(served, folder, answers)
    click.echo(
        f"{taken.bundles} bundles, {taken.receipts} receipts, {taken.refusals} refusals, {taken.notices} notices"
    )
    if taken.unknown:
        click.echo(f"{taken.unknown} files are from no kiosk this court knows", err=True)
        sys.exit(1)


def _tables(database: str, keys_folder: Path | None) -> Tables:
    folder = _keys(database, keys_folder)
    tables = Tables.open(database)
    make_keys(tables, folder, SystemClock().now())
    return tables


def _keys(database: str, keys_folder: Path | None) -> KeyFolder:
    return KeyFolder(keys_folder or beside(database, "keys"))


def _blobs(database: str, blobs: str | None) -> Path | str:
    return blobs or beside(database, "blobs")


cli.add_command(review_group)


def main() -> None:
    """The command; a trouble is a plain sentence and exit code 1."""
    process.begin()
    try:
        cli(standalone_mode=True)
    except KioskTrouble as trouble:
        wording = load_wording(resource_folder("wording"))
        click.echo(
            wording.say(trouble.key, "en", **trouble.places) if wording.knows(trouble.key) else str(trouble), err=True
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
