"""The row the court vouched for tells a cut log from a short one."""

from __future__ import annotations

from kiosk.desk import Desk
from kiosk.store.audit import Audit
from kiosk.store.meta import AUDIT_ANCHOR, Meta


def test_a_log_cut_behind_the_courts_anchor_is_noticed(desk: Desk):
    seq, head = Audit(desk.db, desk.clock).head()
    Meta(desk.db).write(AUDIT_ANCHOR, f"{seq} {head.hex()}")
    assert desk.verify_audit().exit_code == 0
    Meta(desk.db).write(AUDIT_ANCHOR, f"{seq + 50} {head.hex()}")
    assert desk.verify_audit().exit_code == 3
    Meta(desk.db).write(AUDIT_ANCHOR, f"{seq} {'00' * 32}")
    assert desk.verify_audit().exit_code == 2
