"""A print job moves only along its arrows, and never twice past the printer by itself."""

from __future__ import annotations

import pytest

from kiosk.errors import KioskBug
from kiosk.slips.job import ARROWS, OPEN, JobEvent, JobState, advance, marker_of

PEOPLE = {JobEvent.PERSON_HAS_IT, JobEvent.PERSON_LACKS_IT, JobEvent.CLERK_REPRINTED, JobEvent.STAFF_CANCELLED}


def after(*events: JobEvent) -> JobState:
    state = JobState.QUEUED
    for event in events:
        state = advance(state, event)
    return state


def test_a_quiet_life():
    story = [JobEvent.CLAIMED, JobEvent.READY, JobEvent.ALL_TAKEN, JobEvent.CONFIRMED]
    assert after(*story) is JobState.PRINTED


def test_a_job_with_a_first_byte_never_gets_back_in_line_without_a_person():
    reached, seen = {JobState.SENDING}, set()
    while reached - seen:
        state = (reached - seen).pop()
        seen.add(state)
        for event in JobEvent:
            if event not in PEOPLE and event is not JobEvent.NOTHING_LEFT and (state, event) in ARROWS:
                reached.add(ARROWS[state, event])
    assert not reached & {JobState.QUEUED, JobState.WAITING, JobState.PREFLIGHT}


def test_a_late_marker_always_wins():
    for state in JobState:
        if state is not JobState.CANCELLED:
            assert advance(state, JobEvent.CONFIRMED) is JobState.PRINTED


def test_staff_may_give_up_any_open_paper_and_the_worker_changes_nothing_then():
    for state in OPEN:
        assert advance(state, JobEvent.STAFF_CANCELLED) is JobState.CANCELLED
    for event in (JobEvent.ALL_TAKEN, JobEvent.BROKE, JobEvent.CONFIRMED, JobEvent.TIMED_OUT):
        assert advance(JobState.CANCELLED, event) is JobState.CANCELLED


def test_a_start_leaves_nothing_half_done():
    assert advance(JobState.PREFLIGHT, JobEvent.RESTARTED) is JobState.QUEUED
    assert advance(JobState.SENDING, JobEvent.RESTARTED) is JobState.UNKNOWN
    assert advance(JobState.SENT, JobEvent.RESTARTED) is JobState.UNKNOWN


def test_a_missing_arrow_is_named():
    with pytest.raises(KioskBug, match="printed"):
        advance(JobState.PRINTED, JobEvent.CLAIMED)


def test_markers_are_printable_and_their_own():
    markers = [marker_of(number) for number in range(1, 5000)]
    assert len(set(markers)) == len(markers)
    assert all(len(marker) == 4 and marker.isascii() and marker.isalnum() for marker in markers)
