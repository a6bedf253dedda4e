"""How the intake does, in the text form Prometheus reads (exposition format 0.0.4): counts and times, nobody's words.

Served to the machine itself only; a collector of the court reads it there, or `kiosk-intake metrics` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kiosk.filings.envelope import read_stamp
from sync.intake.tables import Tables

TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[dict[str, str], float]


def metrics(tables: Tables, now: datetime) -> str:
    """Every family, each with its help and type."""

    def count(query: str) -> list[Sample]:
        return [({}, float(tables.all(query)[0][0]))]

    heard = tables.all("SELECT court_code, kiosk_id, heard_at FROM kiosk ORDER BY court_code, kiosk_id")
    families: list[tuple[str, str, str, Iterable[Sample]]] = [
        (
            "filings",
            "gauge",
            "Filings received, by the state of the newest notice",
            _by(
                tables,
                "SELECT coalesce(n.court_state, f.state), count(*) FROM filing f LEFT JOIN notice n"
                " ON n.court_code = f.court_code AND n.filing_id = f.filing_id AND n.notice_no ="
                " (SELECT max(m.notice_no) FROM notice m WHERE m.court_code = f.court_code AND m.filing_id = f.filing_id)"
                " GROUP BY 1 ORDER BY 1",
                "state",
            ),
        ),
        ("quarantined", "gauge", "Envelopes that could not be taken", count("SELECT count(*) FROM quarantine")),
        ("conflicts", "gauge", "Filings that came with another content", count("SELECT count(*) FROM conflict")),
        ("forks", "gauge", "Places of a kiosk's chain claimed twice", count("SELECT count(*) FROM fork")),
        ("mail_unread", "gauge", "Notices no kiosk has read", count("SELECT count(*) FROM mailbox WHERE read_at = ''")),
        ("chunk_bytes", "gauge", "Sealed bytes named", count("SELECT coalesce(sum(size), 0) FROM chunk")),
        (
            "kiosk_silent_seconds",
            "gauge",
            "Seconds since a kiosk was heard",
            [
                ({"court": court, "kiosk": kiosk}, max(0.0, (now - read_stamp(at)).total_seconds()))
                for court, kiosk, at in heard
                if at
            ],
        ),
    ]
    lines: list[str] = []
    for name, kind, words, samples in families:
        full = f"kiosk_intake_{name}"
        lines += [f"# HELP {full} {words}", f"# TYPE {full} {kind}"]
        lines += [f"{full}{_labels(labels)} {value:.17g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _by(tables: Tables, query: str, label: str) -> list[Sample]:
    return [({label: str(word)}, float(number)) for word, number in tables.all(query)]


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
