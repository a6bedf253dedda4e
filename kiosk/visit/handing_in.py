"""What leaves a visit at 提交, and whether the time to sue leaves room to wait for the court."""

from __future__ import annotations

from kiosk.filings.filing import CompletedForm, Submission
from kiosk.filings.urgency import is_urgent
from kiosk.visit import capture, green
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Visit


def submission_of(visit: Visit, completed: CompletedForm, guide: Guide) -> Submission:
    return Submission(
        form=completed,
        signatures={str(ref): ink for ref, ink in visit.inks.items()},
        notices=visit.notices,
        materials_brought=tuple(sorted(visit.materials)),
        priority=green.priority(visit, guide),
        court_reached=guide.court_reached,
        scans=capture.scanned(visit),
    )


def is_late(submission: Submission) -> bool:
    """The time to sue is nearly over and the court has not answered lately."""
    return not submission.court_reached and is_urgent(submission.form.answers)


def is_still_so(ready: Submission, visit: Visit) -> bool:
    """Nothing that the submission says has changed since, such as the language, chosen under 还在吗."""
    return (ready.form.language, ready.notices) == (visit.language, visit.notices)
