"""The spool drawer: every print job and every attempt at its paper, written down before the first byte.

Rows move along the arrows of `kiosk.slips.job`. `bytes_sent` is NULL while nobody knows and 0 only when it is
known that none left; only such an attempt goes out again by itself, under the same number.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kiosk.errors import KioskBug
from kiosk.slips.job import Attempt, JobEvent, JobRecord, JobState, PrintJob, advance, marker_of
from kiosk.slips.parts import Slip, dump_slip, load_slip
from kiosk.slips.printer import Proof
from kiosk.slips.sheet import A4, Sheet, dump_sheet, load_sheet
from kiosk.store.connect import Database, atomic, joined
from kiosk.store.meta import Meta

CREATE = """
CREATE TABLE print_job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    business_key TEXT NOT NULL,
    copy_no INTEGER NOT NULL DEFAULT 1,
    doc_json TEXT,
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'waiting', 'preflight', 'sending', 'sent', 'unknown', 'printed', 'cancelled')),
    reason TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    UNIQUE (kind, business_key, copy_no)
) STRICT;
CREATE INDEX print_job_open ON print_job (state, id) WHERE state NOT IN ('printed', 'cancelled');
CREATE TABLE print_attempt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id INTEGER NOT NULL REFERENCES print_job (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    marker TEXT NOT NULL,
    profile TEXT NOT NULL,
    bytes_sha256 TEXT NOT NULL,
    bytes_total INTEGER NOT NULL,
    bytes_sent INTEGER,
    started TEXT NOT NULL,
    ended TEXT,
    outcome TEXT NOT NULL DEFAULT '',
    confirmed_by TEXT NOT NULL DEFAULT '',
    status_log TEXT NOT NULL DEFAULT '',
    UNIQUE (job_id, n)
) STRICT;
CREATE INDEX print_attempt_marker ON print_attempt (marker);
"""
# Jobs are never removed, so their numbers need no table of their own, which would be written with each.
CREATE_2 = {
    "print_job": (
        """
CREATE TABLE print_job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    business_key TEXT NOT NULL,
    copy_no INTEGER NOT NULL DEFAULT 1,
    doc_json TEXT,
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'waiting', 'preflight', 'sending', 'sent', 'unknown', 'printed', 'cancelled')),
    reason TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    UNIQUE (kind, business_key, copy_no)
) STRICT
""",
        "CREATE INDEX print_job_open ON print_job (state, id) WHERE state NOT IN ('printed', 'cancelled')",
    ),
    "print_attempt": (
        """
CREATE TABLE print_attempt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id INTEGER NOT NULL REFERENCES print_job (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    marker TEXT NOT NULL,
    profile TEXT NOT NULL,
    bytes_sha256 TEXT NOT NULL,
    bytes_total INTEGER NOT NULL,
    bytes_sent INTEGER,
    started TEXT NOT NULL,
    ended TEXT,
    outcome TEXT NOT NULL DEFAULT '',
    confirmed_by TEXT NOT NULL DEFAULT '',
    status_log TEXT NOT NULL DEFAULT '',
    UNIQUE (job_id, n)
) STRICT
""",
        "CREATE INDEX print_attempt_marker ON print_attempt (marker)",
    ),
}

_JOB = "SELECT id, kind, business_key, copy_no, state, reason, updated, doc_json FROM print_job "
_NO_BYTE = "nothing left"  # the outcome of an attempt that may go out again under its number
_SPOILED = "spoiled"  # a person said that this paper is missing or torn


_ROM_NOTE = "printer.rom"  # "generic-80mm gbk 2026-11-24"


class Spool:
    """One connection's view of the spool; belongs to the thread of its database.

    `lane` is whose papers the worker of this connection takes: slips, or sheets of A4. What the desk asks is about both.
    """

    def __init__(self, db: Database, lane: str = "slips") -> None:
        self._db = db
        self._a4 = lane == "a4"

    def close(self) -> None:
        self._db.close()

    def for_a4(self) -> Spool:
        """The same rows, for the worker of the A4 printer."""
        return Spool(self._db, "a4")

    # What the desk asks for

    def queue(self, kind: str, business_key: str, paper: Slip | Sheet | str, now: datetime, copy_no: int = 1) -> int:
        """The job of this paper, made now or long ago: pressing the button twice makes one job.

        Joins the caller's transaction when there is one.
        """
        doc = paper if isinstance(paper, str) else dump_sheet(paper) if isinstance(paper, Sheet) else dump_slip(paper)
        with joined(self._db):
            made = self._db.execute(
                "INSERT INTO print_job (kind, business_key, copy_no, doc_json, state, created, updated)"
                " VALUES (?, ?, ?, ?, 'queued', ?, ?) ON CONFLICT (kind, business_key, copy_no) DO NOTHING",
                [kind, business_key, copy_no, doc, at := _text(now), at],
            )
            if made.rowcount == 1:
                return int(made.lastrowid)
            return int(
                self._one(
                    "SELECT id FROM print_job WHERE kind = ? AND business_key = ? AND copy_no = ?",
                    kind,
                    business_key,
                    copy_no,
                )[0]
            )

    def job(self, job_id: int) -> PrintJob:
        return _job(self._one(_JOB + "WHERE id = ?", job_id))

    def find(self, kind: str, business_key: str, copy_no: int = 1) -> PrintJob | None:
        row = self._db.execute(
            _JOB + "WHERE kind = ? AND business_key = ? AND copy_no = ?", [kind, business_key, copy_no]
        ).fetchone()
        return None if row is None else _job(row)

    def in_state(self, *states: JobState) -> tuple[PrintJob, ...]:
        marks = ", ".join("?" for _ in states)
        rows = self._db.execute(_JOB + f"WHERE state IN ({marks}) ORDER BY id", [str(s) for s in states])
        return tuple(_job(row) for row in rows.fetchall())

    def recent(self, most: int) -> tuple[JobRecord, ...]:
        """The jobs a person may be asked about first: those in doubt, then those under way, then the newest."""
        rows = self._db.execute(
            "SELECT j.id, j.kind, j.business_key, j.copy_no, j.state, j.reason, j.updated,"
            " (SELECT count(*) FROM print_attempt a WHERE a.job_id = j.id AND a.bytes_sent IS NOT 0),"
            " (SELECT a.bytes_sent FROM print_attempt a WHERE a.job_id = j.id ORDER BY a.n DESC LIMIT 1),"
            " (SELECT a.bytes_total FROM print_attempt a WHERE a.job_id = j.id ORDER BY a.n DESC LIMIT 1),"
            " j.doc_json IS NULL FROM print_job j ORDER BY j.state = 'unknown' DESC,"
            " j.state IN ('printed', 'cancelled'), j.updated DESC, j.id DESC LIMIT ?",
            [most],
        )
        return tuple(_record(row) for row in rows.fetchall())

    def noted_rom(self, profile: str) -> str:
        """The ROM staff found with the probe page of a printer of this profile, "" when they have not."""
        name, _, rest = (Meta(self._db).read(_ROM_NOTE) or "").partition(" ")
        return rest.partition(" ")[0] if name == profile else ""

    def note_rom(self, profile: str, rom: str, day: str) -> None:
        Meta(self._db).write(_ROM_NOTE, f"{profile} {rom} {day}")

    def counted(self) -> dict[JobState, int]:
        """How many jobs stand where."""
        rows = self._db.execute("SELECT state, count(*) FROM print_job GROUP BY state").fetchall()
        return dict.fromkeys(JobState, 0) | {JobState(state): int(count) for state, count in rows}

    def papers(self, job_id: int) -> int:
        """How many papers of this job may be in the world: every attempt that may have left a byte."""
        return int(self._one("SELECT count(*) FROM print_attempt WHERE job_id = ? AND bytes_sent IS NOT 0", job_id)[0])

    def reprint(self, job_id: int, now: datetime) -> None:
        """A clerk wants this paper again; a job that is still on its way stays as it is."""
        with atomic(self._db):
            state = self._state(job_id)
            if state in (JobState.PRINTED, JobState.UNKNOWN, JobState.CANCELLED):
                self._move(job_id, JobEvent.CLERK_REPRINTED, now)

    def person_says(self, job_id: int, has_it: bool, now: datetime) -> JobState:
        """The answer to 凭条取到了吗？ Counts only while the job is unknown, or printed and nobody could say so."""
        with atomic(self._db):
            state, reason = self._one("SELECT state, reason FROM print_job WHERE id = ?", job_id)
            if state == JobState.PRINTED and reason == Proof.UNCONFIRMED:
                if has_it:
                    self._close_last(job_id, "printed", Proof.PERSON, now)
                    return self._move(job_id, JobEvent.PERSON_HAS_IT, now, Proof.PERSON)
                # Whoever stands there misses it: a clerk looks before a second paper goes out.
                self._close_last(job_id, "missed", "", now)
                return self._move(job_id, JobEvent.PERSON_DOUBTS, now, "missed")
            if state != JobState.UNKNOWN:
                return JobState(state)
            if has_it:
                self._close_last(job_id, "printed", Proof.PERSON, now)
                return self._move(job_id, JobEvent.PERSON_HAS_IT, now, Proof.PERSON)
            self._close_last(job_id, _SPOILED, "", now)
            return self._move(job_id, JobEvent.PERSON_LACKS_IT, now)

    def cancel(self, job_id: int, now: datetime, reason: str = "staff") -> None:
        """Staff give the paper up; a job that is over stays as it is."""
        with atomic(self._db):
            if self._state(job_id) not in (JobState.PRINTED, JobState.CANCELLED):
                self._move(job_id, JobEvent.STAFF_CANCELLED, now, reason)

    def forget(self, before: datetime) -> int:
        """Wipe the words of papers that were over before this moment."""
        with atomic(self._db):
            wiped = self._db.execute(
                "UPDATE print_job SET doc_json = NULL WHERE doc_json IS NOT NULL"
                " AND state IN ('printed', 'cancelled') AND updated < ?",
                [_text(before)],
            )
            return int(wiped.rowcount)

    def wipe(self, kind: str, now: datetime) -> None:
        """Give up every paper of this kind and keep none of its words: printed or not, its visit is over."""
        with atomic(self._db):
            for job_id, state in self._db.execute(
                "SELECT id, state FROM print_job WHERE kind = ? AND doc_json IS NOT NULL", [kind]
            ).fetchall():
                if JobState(state) not in (JobState.PRINTED, JobState.CANCELLED):
                    self._move(job_id, JobEvent.STAFF_CANCELLED, now, "visit over")
            self._db.execute("UPDATE print_job SET doc_json = NULL WHERE kind = ?", [kind])

    # What the worker writes down

    def restart(self, now: datetime) -> tuple[int, int]:
        """After a start: (jobs back in line, jobs now unknown). Nothing is left half claimed or half sent."""
        with atomic(self._db):
            back = self._ids(JobState.PREFLIGHT)
            for job_id in back:
                self._move(job_id, JobEvent.RESTARTED, now)
            doubted = self._ids(JobState.SENDING, JobState.SENT)
            for job_id in doubted:
                self._move(job_id, JobEvent.RESTARTED, now, "restarted")
            self._db.execute(
                "UPDATE print_attempt SET ended = ?, outcome = 'restarted' WHERE ended IS NULL"
                " AND job_id IN (SELECT id FROM print_job WHERE (kind LIKE 'a4:%') = ?)",
                [_text(now), self._a4],
            )
            return len(back), len(doubted)

    def in_doubt(self) -> bool:
        """Whether the printer may still stand in the middle of the last paper that left."""
        row = self._db.execute(
            "SELECT confirmed_by FROM print_attempt WHERE bytes_sent IS NOT 0"
            " AND job_id IN (SELECT id FROM print_job WHERE (kind LIKE 'a4:%') = ?) ORDER BY id DESC LIMIT 1",
            [self._a4],
        ).fetchone()
        return row is not None and row[0] not in (Proof.MARKER, Proof.CONSUMED, Proof.IPP_JOB, Proof.UNCONFIRMED)

    def claim(self, now: datetime) -> PrintJob | None:
        """The oldest job in line, now in preflight; None when there is nothing to print."""
        with atomic(self._db):
            while True:
                row = self._db.execute(
                    "SELECT id FROM print_job WHERE state = 'queued' AND doc_json IS NOT NULL"
                    " AND (kind LIKE 'a4:%') = ? ORDER BY updated, id LIMIT 1",
                    [self._a4],
                ).fetchone()
                if row is None:
                    return None
                try:
                    self.job(row[0])
                except KioskBug:  # its words are no slip: it may not hold up the others
                    self._move(row[0], JobEvent.STAFF_CANCELLED, now, "unreadable")
                    self._db.execute("UPDATE print_job SET doc_json = NULL WHERE id = ?", [row[0]])
                    continue
                self._move(row[0], JobEvent.CLAIMED, now)
                return self.job(row[0])

    def next_n(self, job_id: int) -> int:
        """The number of the next attempt: the same again when the last is known to have sent no byte."""
        last = self._db.execute(
            "SELECT n, outcome, bytes_sent FROM print_attempt WHERE job_id = ? ORDER BY n DESC LIMIT 1", [job_id]
        ).fetchone()
        if last is None:
            return 1
        return int(last[0]) if last[1] == _NO_BYTE and last[2] == 0 else int(last[0]) + 1

    def open_attempt(self, job: PrintJob, profile: str, now: datetime) -> Attempt:
        """A number and a marker for the paper about to be pressed; the job stays in preflight."""
        with atomic(self._db):
            n = self.next_n(job.id)
            self._db.execute(
                "INSERT INTO print_attempt (job_id, n, marker, profile, bytes_sha256, bytes_total, bytes_sent, started,"
                " ended, outcome) VALUES (?, ?, '', ?, '', 0, 0, ?, ?, ?) ON CONFLICT (job_id, n) DO NOTHING",
                [job.id, n, profile, _text(now), _text(now), _NO_BYTE],
            )
            attempt_id = int(self._one("SELECT id FROM print_attempt WHERE job_id = ? AND n = ?", job.id, n)[0])
            return Attempt(attempt_id, job.id, n, marker_of(attempt_id))

    def begin(self, attempt: Attempt, sha256: str, total: int, now: datetime, status: str = "") -> bool:
        """Committed before byte 1: from here on bytes may be in the world. False when it is no longer wanted."""
        with atomic(self._db):
            if self._state(attempt.job_id) is not JobState.PREFLIGHT:
                return False
            self._move(attempt.job_id, JobEvent.READY, now)
            self._db.execute(
                "UPDATE print_attempt SET marker = ?, bytes_sha256 = ?, bytes_total = ?, bytes_sent = NULL,"
                " started = ?, ended = NULL, outcome = '', status_log = ? WHERE id = ?",
                [attempt.marker, sha256, total, _text(now), status, attempt.id],
            )
            return True

    def not_ready(self, job_id: int, reason: str, now: datetime) -> JobState:
        with atomic(self._db):
            if self._state(job_id) is not JobState.PREFLIGHT:
                return self._state(job_id)
            return self._move(job_id, JobEvent.NOT_READY, now, reason)

    def waits_over(self, now: datetime) -> int:
        """The printer is ready again: everything that waited stands in line."""
        with atomic(self._db):
            waiting = self._ids(JobState.WAITING)
            for job_id in waiting:
                self._move(job_id, JobEvent.WAIT_OVER, now)
            return len(waiting)

    def nothing_left(self, attempt: Attempt, reason: str, now: datetime) -> JobState:
        with atomic(self._db):
            self._end(attempt.id, 0, _NO_BYTE, "", now)
            return self._move(attempt.job_id, JobEvent.NOTHING_LEFT, now, reason)

    def broke(self, attempt: Attempt, bytes_sent: int | None, reason: str, now: datetime) -> JobState:
        with atomic(self._db):
            self._end(attempt.id, bytes_sent, reason, "", now)
            return self._move(attempt.job_id, JobEvent.BROKE, now, reason)

    def all_taken(self, attempt: Attempt, bytes_sent: int, now: datetime) -> JobState:
        with atomic(self._db):
            self._db.execute("UPDATE print_attempt SET bytes_sent = ? WHERE id = ?", [bytes_sent, attempt.id])
            return self._move(attempt.job_id, JobEvent.ALL_TAKEN, now)

    def printed(self, attempt: Attempt, how: Proof, now: datetime) -> JobState:
        with atomic(self._db):
            self._end(attempt.id, None, "printed", how, now)
            event = JobEvent.NO_BACK_CHANNEL if how is Proof.UNCONFIRMED else JobEvent.CONFIRMED
            return self._move(attempt.job_id, event, now, how)

    def doubted(self, attempt: Attempt, reason: str, now: datetime) -> JobState:
        """Everything was taken and no proof came."""
        with atomic(self._db):
            self._end(attempt.id, None, reason, "", now)
            return self._move(attempt.job_id, JobEvent.TIMED_OUT, now, reason)

    def marker_came(self, marker: str, now: datetime) -> PrintJob | None:
        """A marker, perhaps late: proves the one attempt that carried it, and nothing else."""
        how = Proof.IPP_JOB if self._a4 else Proof.MARKER
        with atomic(self._db):
            row = self._db.execute(
                "SELECT id, job_id, n, outcome FROM print_attempt WHERE marker = ? AND bytes_sent IS NOT 0"
                " AND job_id IN (SELECT id FROM print_job WHERE (kind LIKE 'a4:%') = ?) ORDER BY id DESC LIMIT 1",
                [marker, self._a4],
            ).fetchone()
            if row is None or row[3] == "printed":
                return None
            attempt_id, job_id, n, _ = row
            self._end(attempt_id, None, "printed", how, now)
            later = self._one(
                "SELECT count(*) FROM print_attempt WHERE job_id = ? AND n > ? AND bytes_sent IS NOT 0", job_id, n
            )[0]
            if later or self._state(job_id) is JobState.PRINTED:
                return None  # the record now knows of that paper; the job is about a later one
            self._move(job_id, JobEvent.CONFIRMED, now, how)
            return self.job(job_id)

    # Rows

    def _ids(self, *states: JobState) -> tuple[int, ...]:
        """This worker's own jobs in these states."""
        found: list[int] = []
        for state in states:
            rows = self._db.execute(
                "SELECT id FROM print_job WHERE state = ? AND (kind LIKE 'a4:%') = ?", [str(state), self._a4]
            )
            found += [int(row[0]) for row in rows.fetchall()]
        return tuple(sorted(found))

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row = self._db.execute(sql, list(values)).fetchone()
        if row is None:
            raise KioskBug("the spool has no such row")
        return tuple(row)

    def _state(self, job_id: int) -> JobState:
        return JobState(self._one("SELECT state FROM print_job WHERE id = ?", job_id)[0])

    def _move(self, job_id: int, event: JobEvent, now: datetime, reason: str = "") -> JobState:
        state = advance(self._state(job_id), event)
        self._db.execute(
            "UPDATE print_job SET state = ?, reason = ?, updated = ? WHERE id = ?",
            [str(state), str(reason), _text(now), job_id],
        )
        return state

    def _end(self, attempt_id: int, bytes_sent: int | None, outcome: str, confirmed_by: str, now: datetime) -> None:
        self._db.execute(
            "UPDATE print_attempt SET bytes_sent = coalesce(?, bytes_sent), outcome = ?, confirmed_by = ?, ended = ?"
            " WHERE id = ?",
            [bytes_sent, outcome, str(confirmed_by), _text(now), attempt_id],
        )

    def _close_last(self, job_id: int, outcome: str, confirmed_by: str, now: datetime) -> None:
        row = self._db.execute("SELECT max(id) FROM print_attempt WHERE job_id = ?", [job_id]).fetchone()
        if row[0] is not None:
            self._end(row[0], None, outcome, confirmed_by, now)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _job(row: tuple[Any, ...]) -> PrintJob:
    job_id, kind, business_key, copy_no, state, reason, updated, doc = row
    is_sheet = kind.startswith(A4)
    return PrintJob(
        id=job_id,
        kind=kind,
        business_key=business_key,
        copy_no=copy_no,
        state=JobState(state),
        reason=reason,
        updated=datetime.fromisoformat(updated),
        slip=None if doc is None or is_sheet else load_slip(doc),
        sheet=load_sheet(doc) if doc is not None and is_sheet else None,
    )


def _record(row: tuple[Any, ...]) -> JobRecord:
    job_id, kind, business_key, copy_no, state, reason, updated, attempts, sent, total, forgotten = row
    return JobRecord(
        id=job_id,
        kind=kind,
        business_key=business_key,
        copy_no=copy_no,
        state=JobState(state),
        reason=reason,
        updated=datetime.fromisoformat(updated),
        attempts=attempts,
        bytes_sent=sent,
        bytes_total=total or 0,
        forgotten=bool(forgotten),
    )
