"""先存一下: what must hold for a form kept because its owner asked, and for the code that opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.desk.saving import AskLastFour, CameBack, NotResumed
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.sealing.slip_code import Cost
from kiosk.slips.parts import Qr, Text
from kiosk.slips.resume import RESUME_SLIP, resume_reference
from kiosk.store.audit import Audit
from kiosk.store.connect import connect
from kiosk.store.keys import store_key
from kiosk.store.saved import SavedForms
from kiosk.store.spool import Spool

OpenDesk = Callable[[], Desk]
FORM = '{"id_number":"11010519491231002X","name":"卡纳里甲"}'.encode()
DAY = 24 * 3600


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With codes that cost less to try than those of a lobby (`test_slip_codes` has the real cost)."""
    return hurried(desk)


def hurried(desk: Desk) -> Desk:
    desk.saving.cost = Cost(iterations=1, memory_kib=64)
    return desk


def kept(desk: Desk, last_four: str = "") -> str:
    """The code of a form that was filled in, saved, and whose visit is over."""
    desk.save_draft(FORM)
    code = VisitorDesk(desk).save_for_later(FORM, last_four, "zh").code
    desk.drop_draft()
    return code


def test_a_form_comes_back_for_its_code_however_it_is_typed(desk: Desk):
    code = kept(desk)
    assert len(code.replace("-", "")) == 12
    back = VisitorDesk(desk).resume(f" {code.lower().replace('-', ' ')} ")
    assert isinstance(back, CameBack)
    assert back.body == FORM
    assert desk.visit_open


def test_a_scanned_slip_opens_it_too(desk: Desk):
    assert isinstance(VisitorDesk(desk).resume(resume_reference(kept(desk))), CameBack)


def test_only_the_person_who_asked_has_a_form_kept(desk: Desk):
    desk.save_draft(FORM)
    desk.drop_draft()
    assert SavedForms(desk.db).waiting() == 0


def test_a_slip_from_the_floor_opens_nothing_without_the_last_four(desk: Desk):
    visitors, code = VisitorDesk(desk), kept(desk, "002X")
    assert visitors.resume(code) == AskLastFour()
    assert visitors.resume(code, "0021") == NotResumed("resume.wrong_digits")
    assert not desk.visit_open
    assert isinstance(visitors.resume(code, "002x"), CameBack)


def test_guessing_the_last_four_takes_longer_and_longer(desk: Desk, clock: StillClock):
    visitors, code = VisitorDesk(desk), kept(desk, "002X")
    for _ in range(4):
        assert visitors.resume(code, "9999") == NotResumed("resume.wrong_digits")
    assert visitors.resume(code, "9999") == NotResumed("resume.wrong_digits", 15)
    assert visitors.resume(code, "002X") == NotResumed("resume.wait", 15)
    clock.pass_seconds(16)
    assert isinstance(visitors.resume(code, "002X"), CameBack)


@pytest.mark.parametrize("typed", ["", "ABC", "7F3A-K2M9-XQ4", "*" * 12, "7" * 65])
def test_what_cannot_be_a_code_is_said_at_once(desk: Desk, typed: str):
    assert VisitorDesk(desk).resume(typed) == NotResumed("resume.not_a_code")


def test_another_code_finds_nothing(desk: Desk):
    kept(desk)
    assert VisitorDesk(desk).resume("0000-0000-0000") == NotResumed("resume.no_such_code")


def test_after_seven_days_it_is_gone_opened_or_not(desk: Desk, clock: StillClock):
    visitors, code = VisitorDesk(desk), kept(desk)
    assert isinstance(visitors.resume(code), CameBack)
    desk.drop_draft()
    clock.pass_seconds(7 * DAY - 1)
    assert isinstance(visitors.resume(code), CameBack)
    desk.drop_draft()
    clock.pass_seconds(1)
    assert visitors.resume(code) == NotResumed("resume.expired")
    assert desk.purge().saved == 1
    assert SavedForms(desk.db).waiting() == 0
    assert visitors.resume(code) == NotResumed("resume.expired")


def test_a_visit_cut_short_leaves_the_slip_as_good_as_it_was(desk: Desk, open_desk: OpenDesk):
    code = kept(desk)
    assert isinstance(VisitorDesk(desk).resume(code), CameBack)
    again = hurried(open_desk())
    assert isinstance(VisitorDesk(again).resume(code), CameBack)


def test_what_was_handed_in_is_not_opened_a_second_time(desk: Desk, papers: Callable[..., Papers]):
    visitors, code = VisitorDesk(desk), kept(desk)
    visitors.resume(code)
    desk.file(papers())
    assert visitors.resume(code) == NotResumed("resume.filed")
    desk.purge()
    assert SavedForms(desk.db).waiting() == 0
    assert visitors.resume(code) == NotResumed("resume.filed")


def test_a_newer_slip_takes_the_place_of_the_older_one(desk: Desk):
    visitors, first = VisitorDesk(desk), kept(desk)
    visitors.resume(first)
    second = visitors.save_for_later(FORM + b" ", "", "zh").code
    desk.drop_draft()
    assert visitors.resume(first) == NotResumed("resume.replaced")
    back = visitors.resume(second)
    assert isinstance(back, CameBack)
    assert back.body == FORM + b" "


def test_what_was_said_after_saving_is_kept_under_the_same_code(desk: Desk):
    visitors = VisitorDesk(desk)
    desk.save_draft(FORM)
    code = visitors.save_for_later(FORM, "002X", "zh").code
    assert visitors.keep_again(b"more")
    desk.drop_draft()
    back = visitors.resume(code, "002X")
    assert isinstance(back, CameBack)
    assert back.body == b"more"


def test_whoever_asked_for_nothing_has_nothing_kept_at_the_end(desk: Desk):
    desk.save_draft(FORM)
    assert not VisitorDesk(desk).keep_again(FORM)
    assert SavedForms(desk.db).waiting() == 0


def test_a_person_who_clears_everything_clears_the_saved_form_too(desk: Desk):
    visitors = VisitorDesk(desk)
    desk.save_draft(FORM)
    code = visitors.save_for_later(FORM, "", "zh").code
    visitors.clear_saved()
    desk.drop_draft()
    assert visitors.resume(code) == NotResumed("resume.cleared")


def test_the_slip_carries_the_code_and_its_words_go_with_the_visit(desk: Desk):
    desk.save_draft(FORM)
    given = VisitorDesk(desk).save_for_later(FORM, "002X", "zh")
    slip = Spool(desk.db).find(RESUME_SLIP, given.paper).slip
    assert slip is not None
    assert Text(given.code, size=2, align=slip.parts[4].align, bold=True) in slip.parts
    assert Qr(resume_reference(given.code)) in slip.parts
    assert not any("卡纳里" in getattr(part, "text", "") for part in slip.parts)
    desk.drop_draft()
    assert Spool(desk.db).find(RESUME_SLIP, given.paper).slip is None


def test_a_crash_takes_the_words_of_the_slip_with_it(desk: Desk, open_desk: OpenDesk):
    desk.save_draft(FORM)
    given = VisitorDesk(desk).save_for_later(FORM, "", "zh")
    again = open_desk()
    assert Spool(again.db).find(RESUME_SLIP, given.paper).slip is None


def test_no_row_of_the_store_holds_the_code_or_the_form(desk: Desk):
    code = kept(desk, "002X")
    key = store_key(desk.settings.state)
    db = connect(Path(desk.settings.state) / "store" / "kiosk.db", key)
    found = []
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for row in db.execute(f"SELECT * FROM {table}").fetchall():
            for cell in row:
                text = cell if isinstance(cell, bytes) else str(cell).encode()
                if any(word in text for word in (code.encode(), code.replace("-", "").encode(), FORM[:24])):
                    found.append(table)
    db.close()
    assert found == []
    assert code not in repr(desk.saving)


def test_the_log_says_what_happened_and_never_the_code(desk: Desk):
    visitors, code = VisitorDesk(desk), kept(desk, "002X")
    visitors.resume(code, "0000")
    visitors.resume(code, "002X")
    visitors.resume("0000-0000-0000")
    rows = [row for row in Audit(desk.db, desk.clock).rows() if row.event.startswith("form ")]
    assert [(row.event, row.outcome) for row in rows] == [
        ("form saved", "ok"),
        ("form resumed", "wrong digits"),
        ("form resumed", "ok"),
        ("form resumed", "no such code"),
    ]
    assert not any(code in repr(row) for row in rows)
