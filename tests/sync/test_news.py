"""What the court says about a filing reaches the kiosk that filed it, sealed, signed, once, and by any way."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import canonical, parse
from kiosk.filings.notice import MOST_ITEMS, Defect, content_bytes, read_content
from kiosk.filings.status import LIFE_ARROWS, LOCAL, FilingStatus, Life
from kiosk.filings.told import NoticeWrong
from kiosk.ids import FilingId
from kiosk.sealing.keys import NoticeKey, notice_key_path, read_court_keys, read_device_key, read_notice_key
from kiosk.sealing.signing import SigningKey
from kiosk.settings import Keeping
from kiosk.store.filings import Filings
from kiosk.store.meta import MAIL_READ, Meta
from kiosk.store.notices import Notices
from kiosk.store.purge import purge_due
from sync import ferry
from sync.bookkeeping import Books
from sync.intake.ferry import take_by_ferry
from sync.intake.keys import read_signing_key
from sync.intake.review import next_states
from sync.joining import join
from sync.main import Post
from sync.messenger import Outcome
from sync.news import open_notice
from sync.wire import Context, sign

ITEMS = [{"what": "缺少身份证复印件", "how": "请带原件来窗口复印", "question": "plaintiff/person/id_number"}]
CORRECTION = {"items": ITEMS, "due": "2026-12-01", "reason": ""}
CASE_NUMBER = "（2026）京0105民初12345号"
DOCKET = {
    "case_number": CASE_NUMBER,
    "cause": "民间借贷纠纷",
    "parties": [
        {"side": "plaintiff", "name": "张三", "person": True},
        {"side": "defendant", "name": "李四", "person": True},
    ],
    "docketed_on": "2026-12-03",
    "fee": "1050.00",
    "fee_due": "2026-12-10",
}


def received(kiosk, court) -> FilingId:
    filing = kiosk.file()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    return filing


def standing(kiosk, filing) -> tuple[str, str]:
    row = Filings(kiosk.db).get(filing)
    return row.court_state, row.case_number


def test_a_filing_goes_all_the_way_to_its_case_number(kiosk, court, review):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    kiosk.round(court)
    assert standing(kiosk, filing) == ("under_review", "")
    review.decide(filing, Life.DOCKETED, {"docket": DOCKET}, "C07")
    kiosk.round(court)
    assert standing(kiosk, filing) == ("docketed", CASE_NUMBER)
    docket = Notices(kiosk.db).newest(filing).content.docket
    assert (docket.case_number, docket.fee_due) == (CASE_NUMBER, date(2026, 12, 10))


def test_a_correction_list_names_each_item_and_the_last_day(kiosk, court, review):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    review.decide(filing, Life.CORRECTION_REQUIRED, CORRECTION, "C07")
    kiosk.round(court)
    content = Notices(kiosk.db).newest(filing).content
    assert content.items == (Defect("缺少身份证复印件", "请带原件来窗口复印", "plaintiff/person/id_number"),)
    assert content.due == date(2026, 12, 1)


def test_nobody_on_the_way_reads_what_a_notice_says(kiosk, court, review, ledger):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    review.decide(filing, Life.CORRECTION_REQUIRED, CORRECTION, "C07")
    kept = b"".join(bytes(row[0]) for row in ledger.all("SELECT message FROM notice UNION SELECT body FROM mailbox"))
    assert b"correction_required" in kept
    assert "身份证".encode() not in kept
    assert b"2026-12-01" not in kept


def test_the_highest_number_wins_whatever_comes_first(kiosk, court, review, ledger):
    filing = received(kiosk, court)
    for state, content in ((Life.UNDER_REVIEW, {}), (Life.DOCKETED, {"docket": DOCKET})):
        review.decide(filing, state, content, "C07")
    keys, own = read_court_keys(kiosk.state), read_notice_key(kiosk.state)
    messages = [bytes(row[0]) for row in ledger.all("SELECT message FROM notice ORDER BY notice_no DESC")]
    books = Books(kiosk.db, kiosk.clock, "ferry")
    for message in messages * 2:
        books.take_notice(open_notice(parse(message, 100_000), keys, own))
    assert standing(kiosk, filing) == ("docketed", CASE_NUMBER)
    assert [one.notice_no for one in Notices(kiosk.db).of(filing)] == [2, 1]


def test_a_lost_answer_a_restart_and_a_second_reading_change_nothing(kiosk, court, review):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    court.lose_the_answer_of("/v1/news")
    kiosk.round(court)
    assert standing(kiosk, filing) == ("", "")
    court.restart()
    kiosk.round(court)
    kiosk.round(court)
    assert standing(kiosk, filing) == ("under_review", "")
    assert len(Notices(kiosk.db).of(filing)) == 1


def test_more_news_than_one_answer_holds_comes_page_after_page(kiosk, court, review):
    filings = [kiosk.file() for _ in range(210)]
    kiosk.round(court)
    for filing in filings:
        review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    kiosk.round(court)
    assert {standing(kiosk, filing)[0] for filing in filings} == {"under_review"}


def test_a_ledger_of_another_generation_is_read_from_its_beginning(kiosk, court, review, ledger):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    books = Books(kiosk.db, kiosk.clock, "https")
    Meta(kiosk.db).write(MAIL_READ, "7 900")
    kiosk.round(court)
    assert standing(kiosk, filing)[0] == "under_review"
    assert books.mail_read() == (1, 1)


def test_a_kiosk_enrolled_anew_is_told_where_things_stand_even_if_it_cannot_open_the_rest(kiosk, court, review):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    review.decide(filing, Life.CORRECTION_REQUIRED, CORRECTION, "C07")
    notice_key_path(kiosk.state).write_bytes(NoticeKey.make().stored())
    kiosk.round(court)
    newest = Notices(kiosk.db).newest(filing)
    assert (standing(kiosk, filing)[0], newest.body) == ("correction_required", None)
    kiosk.enrol(court)
    review.decide(filing, Life.RETURNED, {"reason": "期限内没有补正"}, "C07")
    kiosk.round(court)
    assert Notices(kiosk.db).newest(filing).content.reason == "期限内没有补正"


@pytest.mark.parametrize("cut_at", ["court keys", "notice key", "device key"])
def test_a_cut_enrolment_ends_with_the_key_the_court_seals_to(kiosk, court, ledger, monkeypatch, cut_at):
    """The power goes while the outcome is written down; the same code is typed again."""
    code = court.issue_code(kiosk.settings.kiosk_id)
    names = {"court keys": "keys.json", "notice key": "notice.key", "device key": "device.key"}
    replace_file = os.replace

    def power_cut(source, target):
        if Path(target).name == names[cut_at]:
            raise OSError("power cut")
        replace_file(source, target)

    with court.client() as client:
        monkeypatch.setattr(os, "replace", power_cut)
        with pytest.raises((OSError, KioskTrouble)):
            join(kiosk.db, kiosk.settings, client, code, kiosk.clock)
        monkeypatch.undo()
        join(kiosk.db, kiosk.settings, client, code, kiosk.clock)
    assert read_notice_key(kiosk.state).public == bytes(ledger.one("SELECT public FROM kiosk_notice_key")[0])


def test_notices_come_home_on_a_stick(kiosk, court, review, tmp_path: Path):
    filing = kiosk.file()
    out, back = tmp_path / "out", tmp_path / "back"
    out.mkdir()
    back.mkdir()
    post = Post(kiosk.settings, kiosk.db, None, kiosk.clock)
    carry(kiosk, court, post, out, back)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    review.decide(filing, Life.CORRECTION_REQUIRED, CORRECTION, "C07")
    assert kiosk.status(filing) is FilingStatus.RECEIVED
    kiosk.file()
    carry(kiosk, court, post, out, back)
    carry(kiosk, court, post, out, back)
    assert standing(kiosk, filing)[0] == "correction_required"
    assert Notices(kiosk.db).newest(filing).content.items[0].what == "缺少身份证复印件"


def carry(kiosk, court, post: Post, out: Path, back: Path) -> None:
    keys = read_court_keys(kiosk.state)
    ferry.export(kiosk.outbox, kiosk.files, lambda name: post.head(keys, name), read_device_key(kiosk.state), out)
    take_by_ferry(court.bench.served, out, back)
    answers = ferry.read_answers(back, keys, read_notice_key(kiosk.state))
    Books(kiosk.db, kiosk.clock, ferry.CARRIER).take(answers)


def test_a_notice_for_another_kiosk_or_by_another_hand_is_no_notice(kiosk, court, review, ledger):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    signed = parse(bytes(ledger.one("SELECT message FROM notice")[0]), 100_000)
    keys, own = read_court_keys(kiosk.state), read_notice_key(kiosk.state)
    assert open_notice(signed, keys, own) is not None
    assert open_notice(signed, replace(keys, kiosk_id="110105-K02"), own) is None
    assert open_notice({**signed, "body": {**signed["body"], "court_state": "docketed"}}, keys, own) is None
    forged = sign(Context.NOTICE, signed["body"], SigningKey.make())
    assert open_notice(forged, keys, own) is None
    borrowed = {**signed, "key_id": forged["key_id"]}
    assert open_notice(borrowed, keys, own) is None


def test_a_sealed_part_moved_to_another_filing_opens_nothing(kiosk, court, review, ledger):
    first, second = received(kiosk, court), received(kiosk, court)
    for filing in (first, second):
        review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
        review.decide(filing, Life.CORRECTION_REQUIRED, CORRECTION, "C07")
    bodies = {
        row[0]: parse(bytes(row[1]), 100_000)["body"]
        for row in ledger.all("SELECT filing_id, message FROM notice WHERE notice_no = 2")
    }
    key = court_key(court)
    swapped = sign(Context.NOTICE, {**bodies[first], "sealed": bodies[second]["sealed"]}, key)
    came = open_notice(swapped, read_court_keys(kiosk.state), read_notice_key(kiosk.state))
    assert (came.opened, came.notice.body) == (False, None)


def court_key(court) -> SigningKey:
    return read_signing_key(court.keys)


def test_a_word_this_kiosk_does_not_know_is_kept_and_moves_nothing(kiosk, court, review, ledger):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    body = parse(bytes(ledger.one("SELECT message FROM notice")[0]), 100_000)["body"]
    strange = {**body, "court_state": "heard_in_chambers", "notice_no": 7, "notice_id": "n7"}
    came = open_notice(sign(Context.NOTICE, strange, court_key(court)), read_court_keys(kiosk.state), None)
    Books(kiosk.db, kiosk.clock, "https").take_notice(came)
    assert standing(kiosk, filing) == ("", "")
    assert Notices(kiosk.db).newest(filing).court_state == "heard_in_chambers"


def test_the_court_walks_the_arrows_of_the_law_and_no_others(kiosk, court, review):
    filing = received(kiosk, court)
    with pytest.raises(KioskTrouble, match=r"intake\.no_such_step"):
        review.decide(filing, Life.DOCKETED, {"docket": DOCKET}, "C07")
    for arrow in LIFE_ARROWS:
        assert (arrow.end in next_states(arrow.start)) == (arrow.end not in LOCAL)


@pytest.mark.parametrize(
    ("state", "content"),
    [
        (Life.CORRECTION_REQUIRED, {"due": "2026-12-01"}),
        (Life.CORRECTION_REQUIRED, {"items": ITEMS}),
        (Life.DOCKETED, {}),
        (Life.REDIRECTED, {"place": "北京市仲裁委员会"}),
    ],
)
def test_a_notice_that_would_leave_a_person_guessing_is_not_sent(kiosk, court, review, ledger, state, content):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    with pytest.raises(KioskTrouble, match=r"intake\.notice_incomplete"):
        review.decide(filing, state, content, "C07")
    assert ledger.one("SELECT count(*) FROM mailbox")[0] == 1


def test_a_made_up_case_number_is_not_sent(kiosk, court, review):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    with pytest.raises(KioskTrouble, match=r"intake\.notice_wrong"):
        review.decide(filing, Life.DOCKETED, {"docket": {**DOCKET, "case_number": "12345"}}, "C07")


def test_what_the_court_wrote_goes_when_its_time_is_over_and_the_standing_stays(kiosk, court, review, clock):
    filing = received(kiosk, court)
    review.decide(filing, Life.UNDER_REVIEW, {}, "C07")
    review.decide(filing, Life.CORRECTION_REQUIRED, CORRECTION, "C07")
    kiosk.round(court)
    clock.moment += timedelta(days=31)
    assert purge_due(kiosk.db, kiosk.files, Keeping(), clock).notices == 2
    assert Notices(kiosk.db).of(filing) == ()
    assert standing(kiosk, filing)[0] == "correction_required"


@given(
    st.binary(max_size=300)
    | st.builds(lambda value: canonical({"v": 1, "items": value}), st.lists(st.text(), max_size=3))
)
def test_any_bytes_are_a_content_or_are_refused_by_name(data):
    try:
        found = read_content(data)
    except NoticeWrong:
        return
    assert content_bytes(
        {"items": [{"what": one.what, "how": one.how, "question": one.question} for one in found.items]}
    )


def test_a_list_longer_than_anybody_would_read_is_refused():
    with pytest.raises(NoticeWrong):
        content_bytes({"items": [{"what": "x"}] * (MOST_ITEMS + 1)})
