"""What is told, when, and what is written down of it: nothing is ticked for the person, nothing is filed unread."""

from __future__ import annotations

import json
from dataclasses import replace

from kiosk.filings.content import court_words
from kiosk.filings.filing import Submission
from kiosk.interview import notices
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.saved import dump_visit, load_visit
from kiosk.visit.steps import step
from kiosk.visit.told import shown_notice
from kiosk.visit.visit import TOLD_AT, Moment, Visit

MOMENTS = {
    "privacy": "before_questions",
    "online_consent": "before_questions",
    "litigation_risk": "before_filing",
    "honesty": "before_filing",
    "sham_litigation": "before_filing",
    "rights_duties": "before_filing",
    "fee": "before_filing",
    "small_claims": "before_filing",
    "mediation": "before_mediation",
    "service_address": "before_service",
    "offline": "before_signing",
}


def submission_of(person, guide, walk) -> Submission:
    _, wishes = walk(person, guide, w.StoreFiling)
    return next(one.submission for one in wishes if isinstance(one, w.StoreFiling))


def test_each_notice_is_told_before_what_it_is_about(person, guide, walk):
    told: list[tuple[str, str]] = []
    asked: list[str] = []

    def look(visit: Visit) -> None:
        if visit.moment is Moment.ASKING:
            asked.append(visit.station)
        if visit.moment is Moment.NOTICE:
            name = shown_notice(visit).id
            if not told or told[-1] != (name, visit.station):
                told.append((name, visit.station))
            assert (visit.station == "told first") == (not asked)
            assert (visit.station in ("told first", "notices", "told mediation")) == ("mediation" not in asked)
            assert "signature" not in asked

    walk(person, guide, w.StoreFiling, watch=look)
    assert {name: TOLD_AT[station] for name, station in told} == {name: MOMENTS[name] for name, _ in told}
    assert [name for name, _ in told] == list(dict.fromkeys(name for name, _ in told))
    assert {"privacy", "online_consent", "litigation_risk", "service_address", "offline"} <= {name for name, _ in told}


def test_the_filing_says_which_words_were_read_when_and_in_which_language(person, guide, walk):
    submission = submission_of(replace(person, language="en"), guide, walk)
    header = json.loads(court_words(submission, 3, "00", "00"))
    assert header["notices"]
    for one in header["notices"]:
        assert one.keys() == {"id", "version", "language", "moment", "at"}
        assert one["moment"] == MOMENTS[one["id"]]
        assert one["language"] == "en"
        assert one["at"] == guide.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert one["version"]


def test_a_tick_taken_away_again_was_never_there(person, guide, walk):
    seen: list[Visit] = []
    walk(person, guide, w.StoreFiling, watch=seen.append)
    first = next(visit for visit in seen if visit.moment is Moment.NOTICE)
    read = step(step(first, e.NoticeTicked(), guide).visit, e.NextPressed(), guide).visit
    assert [one.notice_id for one in read.notices] == ["privacy"]
    back = step(read, e.BackPressed(), guide).visit
    assert back.ticked
    without = step(back, e.NoticeTicked(), guide).visit
    assert without.notices == ()
    refused = step(without, e.NextPressed(), guide).visit
    assert refused.moment is Moment.NOTICE
    assert refused.objection


def test_a_notice_read_in_other_words_is_asked_for_again_before_anything_is_filed(person, guide, walk):
    before: list[Visit] = []
    walk(person, guide, w.StoreFiling, watch=before.append)
    last = before[-2]
    old = replace(last, notices=tuple(replace(one, version="2001.1") for one in last.notices))
    stepped = step(old, e.NextPressed(), guide)
    assert not any(isinstance(wish, w.StoreFiling) for wish in stepped.wishes)
    assert stepped.visit.moment is Moment.NOTICE
    assert shown_notice(stepped.visit).id == "privacy"
    assert not stepped.visit.ticked


def test_what_was_read_survives_a_restart(person, guide, walk):
    seen: list[Visit] = []
    walk(person, guide, w.StoreFiling, watch=seen.append)
    last = next(visit for visit in reversed(seen) if visit.moment is Moment.ASKING)
    assert load_visit(dump_visit(last), guide).notices == last.notices != ()


def test_a_filing_holds_every_notice_that_applies_and_no_other(person, guide, walk):
    before: list[Visit] = []
    submission = submission_of_watched(person, guide, walk, before)
    asked = next(visit for visit in reversed(before) if visit.interview is not None).interview
    applies = {(one.id, one.version) for one in notices(asked, "zh")}
    assert {(one.notice_id, one.version) for one in submission.notices} == applies


def submission_of_watched(person, guide, walk, seen: list[Visit]) -> Submission:
    _, wishes = walk(person, guide, w.StoreFiling, watch=seen.append)
    return next(one.submission for one in wishes if isinstance(one, w.StoreFiling))
