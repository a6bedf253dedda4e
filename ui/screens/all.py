"""One module a page kind, and which screen shows which page."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.clerk.choice import ClerkChoiceScreen
from ui.clerk.filing import ClerkFilingScreen
from ui.clerk.find import ClerkFindScreen
from ui.clerk.progress import ClerkProgressScreen
from ui.clerk.report import ClerkReportScreen
from ui.clerk.sign_in import ClerkSignInScreen
from ui.screens.ask import AskScreen
from ui.screens.card import CardScreen
from ui.screens.check import CheckScreen
from ui.screens.choice import ChoiceScreen
from ui.screens.date import DateScreen
from ui.screens.done import DoneScreen
from ui.screens.hand_in import HandInScreen
from ui.screens.help import HelpScreen
from ui.screens.kept import KeptScreen
from ui.screens.list_page import ListScreen
from ui.screens.masked import MaskedScreen
from ui.screens.materials import MaterialsScreen
from ui.screens.note import NoteScreen
from ui.screens.notice import NoticeScreen
from ui.screens.out_of_service import OutOfServiceScreen
from ui.screens.outcome import OutcomeScreen
from ui.screens.region import RegionScreen
from ui.screens.scan import ScanScreen
from ui.screens.screen import Screen
from ui.screens.sign import SignScreen
from ui.screens.signpost import SignpostScreen
from ui.screens.sum import SumScreen
from ui.screens.surroundings import Surroundings
from ui.screens.tasks import TasksScreen
from ui.screens.welcome import WelcomeScreen
from ui.screens.words import WordsScreen
from ui.screens.working import WorkingScreen

SCREENS: dict[type, type[Screen]] = {
    p.WelcomePage: WelcomeScreen,
    p.ChoicePage: ChoiceScreen,
    p.WordsPage: WordsScreen,
    p.SumPage: SumScreen,
    p.DatePage: DateScreen,
    p.RegionPage: RegionScreen,
    p.CardPage: CardScreen,
    p.ListPage: ListScreen,
    p.NotePage: NoteScreen,
    p.MaterialsPage: MaterialsScreen,
    p.CapturePage: ScanScreen,
    p.CheckPage: CheckScreen,
    p.NoticePage: NoticeScreen,
    p.SignPage: SignScreen,
    p.HandInPage: HandInScreen,
    p.SignpostPage: SignpostScreen,
    p.MaskedPage: MaskedScreen,
    p.OutcomePage: OutcomeScreen,
    p.TasksPage: TasksScreen,
    p.KeptPage: KeptScreen,
    p.WorkingPage: WorkingScreen,
    p.DonePage: DoneScreen,
    p.AskPage: AskScreen,
    p.HelpPage: HelpScreen,
    p.OutOfServicePage: OutOfServiceScreen,
    p.ClerkSignInPage: ClerkSignInScreen,
    p.ClerkFindPage: ClerkFindScreen,
    p.ClerkFilingPage: ClerkFilingScreen,
    p.ClerkChoicePage: ClerkChoiceScreen,
    p.ClerkProgressPage: ClerkProgressScreen,
    p.ClerkReportPage: ClerkReportScreen,
}


def screen_for(page: p.Page, around: Surroundings) -> Screen:
    """A new screen of the kind this page needs; it shows nothing yet."""
    return SCREENS[type(page)](around)
