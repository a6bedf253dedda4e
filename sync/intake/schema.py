"""The ledger's tables, in the part of SQL that SQLite and PostgreSQL share.

Keys are ids or hashes, never serials, and begin with the court's code: the ledger of a province can be dealt out by
court. `{bytes}` is the engine's type for a column of bytes.
"""

from __future__ import annotations

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS court_turn(court_code TEXT PRIMARY KEY)""",
    """CREATE TABLE IF NOT EXISTS ledger_meta(name TEXT PRIMARY KEY, value TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS court_key(
  key_id TEXT PRIMARY KEY, use TEXT NOT NULL, suite TEXT NOT NULL, public {bytes} NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS key_change(key_id TEXT PRIMARY KEY, at TEXT NOT NULL, message {bytes} NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS enrol_code(
  court_code TEXT NOT NULL, code TEXT NOT NULL, kiosk_id TEXT NOT NULL, good_until TEXT NOT NULL,
  used_key TEXT NOT NULL DEFAULT '', answer {bytes}, PRIMARY KEY (court_code, code))""",
    """CREATE TABLE IF NOT EXISTS kiosk(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, state TEXT NOT NULL, enrolled_at TEXT NOT NULL,
  epoch BIGINT NOT NULL DEFAULT 0, seq BIGINT NOT NULL DEFAULT 0, head_hash TEXT NOT NULL DEFAULT '',
  audit_seq BIGINT NOT NULL DEFAULT 0, audit_head TEXT NOT NULL DEFAULT '', heard_at TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (court_code, kiosk_id))""",
    """CREATE TABLE IF NOT EXISTS kiosk_key(
  key_id TEXT PRIMARY KEY, court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, public {bytes} NOT NULL,
  added_at TEXT NOT NULL, revoked_at TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE IF NOT EXISTS filing(
  court_code TEXT NOT NULL, filing_id TEXT NOT NULL, rev BIGINT NOT NULL, envelope_sha256 TEXT NOT NULL,
  kiosk_id TEXT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL, envelope {bytes} NOT NULL,
  state TEXT NOT NULL, ticket_time TEXT NOT NULL, received_at TEXT NOT NULL, receipt_number TEXT NOT NULL,
  log_index BIGINT NOT NULL, receipt {bytes} NOT NULL, PRIMARY KEY (court_code, filing_id, rev))""",
    """CREATE INDEX IF NOT EXISTS filing_by_place ON filing(court_code, kiosk_id, epoch, seq)""",
    """CREATE TABLE IF NOT EXISTS chunk(
  court_code TEXT NOT NULL, sha256 TEXT NOT NULL, place TEXT NOT NULL, start BIGINT NOT NULL, size BIGINT NOT NULL,
  PRIMARY KEY (court_code, sha256))""",
    """CREATE INDEX IF NOT EXISTS chunk_by_place ON chunk(place)""",
    """CREATE TABLE IF NOT EXISTS quarantine(
  court_code TEXT NOT NULL, frame_sha256 TEXT NOT NULL, kiosk_id TEXT NOT NULL, reason TEXT NOT NULL,
  envelope_sha256 TEXT NOT NULL, frame {bytes} NOT NULL, refusal {bytes}, at TEXT NOT NULL,
  PRIMARY KEY (court_code, frame_sha256))""",
    """CREATE TABLE IF NOT EXISTS conflict(
  court_code TEXT NOT NULL, filing_id TEXT NOT NULL, rev BIGINT NOT NULL, hash_kept TEXT NOT NULL,
  hash_other TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (court_code, filing_id, rev, hash_other))""",
    """CREATE TABLE IF NOT EXISTS fork(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL,
  hash_a TEXT NOT NULL, hash_b TEXT NOT NULL, finding TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (court_code, kiosk_id, epoch, seq, hash_b))""",
    """CREATE TABLE IF NOT EXISTS log_leaf(
  court_code TEXT NOT NULL, generation BIGINT NOT NULL, log_index BIGINT NOT NULL, leaf {bytes} NOT NULL,
  PRIMARY KEY (court_code, generation, log_index))""",
    """CREATE TABLE IF NOT EXISTS kiosk_notice_key(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, suite TEXT NOT NULL, public {bytes} NOT NULL, added_at TEXT NOT NULL,
  PRIMARY KEY (court_code, kiosk_id))""",
    """CREATE TABLE IF NOT EXISTS notice(
  court_code TEXT NOT NULL, filing_id TEXT NOT NULL, notice_no BIGINT NOT NULL, rev BIGINT NOT NULL,
  notice_id TEXT NOT NULL, kiosk_id TEXT NOT NULL, court_state TEXT NOT NULL, at TEXT NOT NULL, written_by TEXT NOT NULL,
  message {bytes} NOT NULL, PRIMARY KEY (court_code, filing_id, notice_no))""",
    """CREATE TABLE IF NOT EXISTS mailbox(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, position BIGINT NOT NULL, kind TEXT NOT NULL, body {bytes} NOT NULL,
  read_at TEXT NOT NULL DEFAULT '', PRIMARY KEY (court_code, kiosk_id, position))""",
    """CREATE TABLE IF NOT EXISTS mailbox_end(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (court_code, kiosk_id))""",
    """CREATE TABLE IF NOT EXISTS checkpoint(
  court_code TEXT NOT NULL, generation BIGINT NOT NULL, size BIGINT NOT NULL, peaks {bytes} NOT NULL,
  note TEXT NOT NULL, PRIMARY KEY (court_code, generation, size))""",
)
