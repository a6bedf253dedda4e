"""What a form is: a pack file becomes frozen values, or a list of problems with their place."""

from kiosk.forms.kinds import Kind
from kiosk.forms.load import load_form
from kiosk.forms.model import Choice, Computed, Form, Group, Material, Note, Notice, Question, Repeat
from kiosk.forms.problems import PackTrouble, Problem

__all__ = [
    "Choice",
    "Computed",
    "Form",
    "Group",
    "Kind",
    "Material",
    "Note",
    "Notice",
    "PackTrouble",
    "Problem",
    "Question",
    "Repeat",
    "load_form",
]
