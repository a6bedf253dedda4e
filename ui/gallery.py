"""A picture of every page in every look, without a screen: `python -m ui.gallery --out DIR`.

The pages are made up here and nobody's. The documents take their pictures from it, and so do people who want to
see a page they changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from PySide6.QtWidgets import QApplication

import resources
from kiosk.errors import KioskTrouble
from kiosk.wording import load_wording
from ui.drawn import colour_faults
from ui.inputs.handwriting import ScriptedRecogniser
from ui.inputs.lane import InkLane
from ui.inputs.pinyin import WordEngine
from ui.inputs.words_file import open_words
from ui.inspection import faults
from ui.letters import load_fonts
from ui.look import Look, Orientation, Size, Theme
from ui.samples import COURT, sample_pages
from ui.window import KioskWindow


def looks(sizes: tuple[Size, ...], themes: tuple[Theme, ...], orientations: tuple[Orientation, ...]) -> Iterator[Look]:
    for orientation in orientations:
        for size in sizes:
            for theme in themes:
                yield Look(size=size, theme=theme, orientation=orientation)


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the pictures.")
@click.option(
    "--size",
    "sizes",
    multiple=True,
    type=click.Choice([one.value for one in Size]),
    default=("standard",),
    show_default=True,
)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    type=click.Choice([one.value for one in Theme]),
    default=("standard",),
    show_default=True,
)
@click.option(
    "--orientation",
    "ways",
    multiple=True,
    type=click.Choice([one.value for one in Orientation]),
    default=[one.value for one in Orientation],
)
@click.option("--language", "languages", multiple=True, help="All of them, if none is named.")
@click.option("--check", "checking", is_flag=True, help="Also name everything cut, small, close, nameless or pale.")
@click.option("--page", "names", multiple=True, help="Only these pages.")
def main(
    out: Path,
    sizes: tuple[str, ...],
    themes: tuple[str, ...],
    ways: tuple[str, ...],
    languages: tuple[str, ...],
    checking: bool,
    names: tuple[str, ...],
) -> None:
    """Draw every page and keep the pictures."""
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    load_fonts()
    out.mkdir(parents=True, exist_ok=True)
    wording = load_wording(resources.folder("wording"))
    wanted = (
        tuple(Size(one) for one in sizes),
        tuple(Theme(one) for one in themes),
        tuple(Orientation(one) for one in ways),
    )
    for look in looks(*wanted):
        for language in languages or wording.codes:
            window = KioskWindow(look._replace(language=language), COURT[language], wording)
            offer_inputs(window)
            window.show()
            for name, page in sample_pages(language).items():
                if names and name not in names:
                    continue
                window.show_page(page)
                application.processEvents()
                path = out / f"{name}-{look.orientation}-{language}-{look.size}-{look.theme}.png"
                window.grab().save(str(path))
                for fault in [*faults(window), *colour_faults(window)] if checking else []:
                    click.echo(f"{path.name}: {fault}")
            window.close()
            window.deleteLater()
    click.echo(f"pictures in {out}")


def offer_inputs(window: KioskWindow) -> None:
    """手写 and 拼音 as in a lobby, as far as their files are here; nobody writes, so the thread stays off."""
    window.panel.use_recogniser(InkLane(ScriptedRecogniser({}), window))
    try:
        window.panel.use_pinyin(WordEngine(open_words(resources.folder("pinyin"))))
    except KioskTrouble as trouble:
        click.echo(f"without 拼音: {trouble}")


if __name__ == "__main__":
    main()
