"""What one person has said so far: what to ask next, what is wrong, and the completed form at the end."""

from kiosk.interview.completion import (
    MaterialView,
    NoticeView,
    SummaryLine,
    complete,
    materials,
    notices,
    summary,
    tree,
)
from kiosk.interview.draft import Resumed, dump, fill, resume
from kiosk.interview.engine import add, answer, begin, declare_unknown, remove, undo
from kiosk.interview.objection import Objection
from kiosk.interview.state import Context, Interview
from kiosk.interview.steps import AskStep, CardStep, ListStep, NoteStep, Step, check, objections, steps
from kiosk.interview.views import (
    AskView,
    GroupView,
    ListItem,
    ListView,
    NoteView,
    OptionView,
    look,
    look_group,
    look_list,
    look_note,
)

__all__ = [
    "AskStep",
    "AskView",
    "CardStep",
    "Context",
    "GroupView",
    "Interview",
    "ListItem",
    "ListStep",
    "ListView",
    "MaterialView",
    "NoteStep",
    "NoteView",
    "NoticeView",
    "Objection",
    "OptionView",
    "Resumed",
    "Step",
    "SummaryLine",
    "add",
    "answer",
    "begin",
    "check",
    "complete",
    "declare_unknown",
    "dump",
    "fill",
    "look",
    "look_group",
    "look_list",
    "look_note",
    "materials",
    "notices",
    "objections",
    "remove",
    "resume",
    "steps",
    "summary",
    "tree",
    "undo",
]
