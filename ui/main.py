"""Assembly of `kiosk`: the one module that knows every piece of the window program.

Order at start: settings → window with the attract screen → first frame → then desk, devices, recogniser and pinyin.
After each visit the program replaces its own image (`ui.again`), so starting is what it does all day.
"""

# ruff: noqa: E402 - the collector is stopped before the imports

from __future__ import annotations

import gc

gc.disable()  # nothing made by an import is garbage: searching it again and again is a tenth of the start

import os
import sys
import tempfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtWidgets import QApplication

from kiosk import journal, process
from kiosk.clock import Clock, SystemClock
from kiosk.errors import KioskTrouble
from kiosk.settings import Settings, read_settings, settings_path
from kiosk.visit.first_page import welcome_page
from kiosk.wording import Wording, open_wording
from resources import folder
from ui.again import begin_again, clean_environment
from ui.letters import load_fonts
from ui.look import look_of
from ui.window import KioskWindow

if TYPE_CHECKING:
    from ui.bridge import Bridge
    from ui.devices import Devices
    from ui.guard import Guard
    from ui.lobby import Lobby
    from ui.voice.player import Mouth
    from ui.voice.speech import Speech
    from ui.voice.strung import Voices

gc.freeze()  # what was imported stays for good
gc.enable()

TROUBLE = 1


def main() -> None:
    """Run the kiosk until the power goes."""
    process.begin()
    gc.disable()  # until the first frame is there
    chosen, check = _arguments()
    wording = open_wording(folder("wording"))
    try:
        if check:
            sys.exit(_check(chosen, wording))
        settings = read_settings(settings_path(chosen))
    except KioskTrouble as trouble:
        for language in wording.codes:
            print(wording.say(trouble.key, language, **trouble.places), file=sys.stderr)
        sys.exit(TROUBLE)
    journal.begin(settings.state / "log", "kiosk", SystemClock().now)
    journal.catch_everything()
    environment = clean_environment(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    application = QApplication(["kiosk"])
    program = Program(settings, wording, SystemClock())
    program.lobby_gone(lambda: begin_again(["--settings", str(settings_path(chosen))]))
    program.show()
    code = application.exec()
    program.close()
    sys.exit(code)


def _arguments() -> tuple[str | None, bool]:
    """The settings file chosen, and whether only to look around."""
    if len(sys.argv) == 3 and sys.argv[1] == "--settings":
        return sys.argv[2], False  # the start after each visit (`ui.again`) waits for no parser
    import argparse

    parser = argparse.ArgumentParser(prog="kiosk", description="The court-lobby filing kiosk. 自助立案。")
    parser.add_argument("--settings", help="settings file (default: $KIOSK_SETTINGS, /etc/kiosk/kiosk.toml)")
    parser.add_argument("--check", action="store_true", help="start without a screen, look around, say what was found")
    arguments = parser.parse_args()
    return arguments.settings, arguments.check


class Program:
    """The window and everything behind it. Tests and demonstrations build one too, and touch its window."""

    def __init__(self, settings: Settings, wording: Wording, clock: Clock) -> None:
        self.settings = settings
        self.wording = wording
        self.clock = clock
        look = look_of(settings.screen, wording)
        load_fonts(settings.screen.rare_font, [font for one in wording.languages for font in one.fonts])
        self.window = KioskWindow(look, settings.court.name, wording, voice=_voice_here(settings))
        self.window.walk.scan_seconds = settings.accessibility.scan_seconds
        self.window.walk.scan_rounds = settings.accessibility.scan_rounds
        self._inputs: list[Callable[[], None]] = []  # what to stop at the end
        self.mouth_of: Callable[[Voices], Mouth] | None = None  # another than the sound card, for tests
        self.speech: Speech | None = None
        self._wipe: Callable[[], None] = lambda: None
        self.running = True

    def lobby_gone(self, wipe: Callable[[], None]) -> None:
        """What to do when a visit is over and all threads have ended."""
        self._wipe = wipe

    # What the first frame need not wait for: loading these takes longer than drawing the attract screen.

    @cached_property
    def guard(self) -> Guard:
        from ui.guard import Guard, allowed_keys

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        wanted = self.settings.accessibility
        return Guard(application, allowed_keys(wanted.keys()), tremor_ms=round(wanted.tremor_seconds * 1000))

    @cached_property
    def bridge(self) -> Bridge:
        from ui.bridge import Bridge

        return Bridge(self._open_desk)

    @cached_property
    def devices(self) -> Devices:
        from ui.devices import Devices

        return Devices(self.settings, self.clock, self._open_spool)

    @cached_property
    def lobby(self) -> Lobby:
        from kiosk.visit.pages import takes_scans
        from ui.busy import Busy
        from ui.lobby import Lobby

        lobby = Lobby(self.window, self.bridge, self.devices, self.settings, self.wording, self.clock)
        lobby.shown.connect(lambda page: self.guard.listen_for_scans(takes_scans(page)))
        self.guard.scanned.connect(lobby.scan)
        lobby.gone.connect(self.close)
        lobby.gone.connect(lambda: self._wipe())
        busy = Busy(self.window, lambda: lobby.waited_for, lambda: self.window.look, self._busy_words)
        self.window.touched.connect(busy.touched)
        self._inputs.append(busy.stop)
        return lobby

    def _busy_words(self) -> str:
        return self.wording.say("screen.busy", self.window.look.language)

    def show(self) -> None:
        """The attract screen; everything else after its first frame."""
        self.window.show_page(welcome_page(self.settings.screen.language, self.wording))
        self.window.drawn.connect(self.open)
        self.window.show()

    def open(self) -> None:
        """Everything that may come after the first frame."""
        gc.enable()
        # Every point of a signature counts, also while the machine is busy.
        QApplication.setAttribute(QtCore.Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
        self.wording.complete()
        self.window.watch(self.guard)
        import ui.screens.all  # noqa: F401  (not while somebody waits for the second page)
        from ui.accessible import announce_objections, tell_roles

        tell_roles()
        announce_objections(self.window)

        lobby = self.lobby  # from here on touches mean something
        self.bridge.start()
        self.bridge.ask(
            lambda desk: (desk.shelf, desk.held_draft(), desk.held_waiting(), desk.has_room()),
            lambda outcome: self._opened(lobby, outcome),
        )
        self.devices.start()
        self._open_small_devices(lobby)
        self._open_inputs()
        if _voice_here(self.settings):
            self._open_voice()

    def _open_small_devices(self, lobby: Lobby) -> None:
        from ui.small_devices import SmallDevices

        small = SmallDevices(self.settings, lobby)
        small.scanned.connect(self.guard.hear_scanner)
        small.start()
        self._inputs.append(small.stop)

    def _opened(self, lobby: Lobby, outcome: object) -> None:
        if isinstance(outcome, KioskTrouble):
            lobby.out_of_service(outcome)
            return
        assert isinstance(outcome, tuple)
        lobby.open(*outcome)

    def _open_inputs(self) -> None:
        """Handwriting and pinyin; without their files their tabs are hidden and all goes on."""
        from ui.inputs.lane import InkLane
        from ui.inputs.pinyin import WordEngine
        from ui.inputs.words_file import open_words

        panel = self.window.panel
        try:
            engine = WordEngine(open_words(folder("pinyin")))
            panel.use_pinyin(engine)
            self._inputs.append(engine.close)
        except KioskTrouble as trouble:
            journal.note("input missing", reason=trouble.key)
        try:
            from ui.inputs.handwriting import OnnxRecogniser, standard_characters

            known = frozenset(standard_characters(folder("pinyin") / "standard_characters.txt"))
            lane = InkLane(OnnxRecogniser(folder("handwriting"), known), self.window)
        except ImportError:
            journal.note("input missing", reason="onnxruntime")
            return
        lane.ready.connect(lambda well: panel.use_recogniser(lane if well else None))
        lane.ready.connect(self.lobby.tell_title)
        lane.start()
        self._inputs.append(lane.stop)

    def _open_voice(self) -> None:
        from ui.voice.speech import Speech

        self.speech = Speech(self.window, self.settings, self.wording.codes, self.guard, self.mouth_of)
        self._inputs.append(self.speech.stop)
        needs, reader = self.lobby.needs, self.speech.reader
        needs.offer_voice()
        needs.voice_wanted.connect(reader.turn)
        reader.changed.connect(lambda choice: needs.heed_voice(choice.on))
        needs.heed_voice(reader.choice.on)

    def close(self) -> None:
        """End every thread, stop every clock and close every file; harmless when called twice."""
        if "lobby" in self.__dict__:
            self.lobby.stop()
        self.devices.stop()
        self.bridge.close()
        while self._inputs:
            self._inputs.pop()()
        self.running = False

    def _open_desk(self):  # type: ignore[no-untyped-def]  # Desk, imported on its own thread only
        from kiosk.desk import Desk
        from kiosk.shelf import open_shelf

        return Desk.open(self.settings, self.clock, open_shelf(folder("."), self.settings.tables_folder))

    def _open_spool(self):  # type: ignore[no-untyped-def]  # Spool, as above
        from kiosk.process import credentials_folder
        from kiosk.store.connect import open_store
        from kiosk.store.keys import store_key
        from kiosk.store.spool import Spool

        return Spool(open_store(self.settings.state, store_key(self.settings.state, credentials_folder())))


def _voice_here(settings: Settings) -> bool:
    """Whether 朗读 stands in the header; the voice itself comes after the first frame."""
    return settings.voice.output != "none" and (folder("voice") / settings.screen.language / "clips.txt").exists()


def _check(chosen: str | None, wording: Wording) -> int:
    """Start offscreen, load packs, open the store, encode a slip; one line each. 0 when all is well."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.readiness import readiness

    path = settings_path(chosen)
    if chosen is None and not path.exists():
        from kiosk.practice import enrol_for_practice, practice_settings

        with tempfile.TemporaryDirectory(prefix="kiosk-check-") as home:
            settings = practice_settings(Path(home))
            enrol_for_practice(settings)
            return readiness(settings, wording)
    return readiness(read_settings(path), wording)


if __name__ == "__main__":
    main()
