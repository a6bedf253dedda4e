"""A PostgreSQL of the tests' own: Debian's server, as a normal user, in a folder of its own, on a Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

from psycopg import connect

NOBODY_STARTS_AS_ROOT = "postgres"  # the user Debian's package makes


class Missing(Exception):
    """Why there is no server here, in words for a skipped test."""


class Server:
    def __init__(self, folder: Path, binaries: Path, user: str) -> None:
        self.folder, self._binaries, self.user = folder, binaries, user
        self._schemas = count(1)

    def fresh(self) -> str:
        """The address of an empty ledger."""
        schema = f"ledger_{next(self._schemas)}"
        with connect(self._url(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        return f"{self._url()}&options={quote(f'-csearch_path={schema}')}"

    def restart(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "restart", "-l", str(self._log))

    def start(self) -> None:
        self.run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-E", "UTF8", "--no-sync", "-U", self.user)
        settings = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=60"
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-o", settings, "-l", str(self._log), "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def run(self, name: str, *arguments: str) -> None:
        as_user = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*as_user, str(self._binaries / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            check=False,
        )
        if done.returncode:
            raise Missing(f"{name} would not run: {done.stderr.decode(errors='replace')[-300:]}")

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _url(self) -> str:
        return f"postgresql:///postgres?host={quote(str(self.folder))}&user={self.user}"


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Started, and stopped at the end; `Missing` where it cannot be."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-"))
    try:
        user = pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            user = NOBODY_STARTS_AS_ROOT
            try:
                shutil.chown(folder, user)
            except LookupError as error:
                raise Missing("root may not start PostgreSQL, and there is no user 'postgres'") from error
        server = Server(folder, binaries, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path is None:
        raise Missing("PostgreSQL is not installed (Debian: postgresql)")
    return Path(on_path).parent
