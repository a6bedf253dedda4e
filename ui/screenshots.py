"""A picture of every screen in every look, with a page to leaf through them: `make screenshots`.

Every sample page × size × colours × orientation × language goes to `build/screens`, and what only a touch shows
(each tab of the panel, 大字, 解释一下). All is drawn each time, because drawing is cheap; a picture is written only when
its pixels changed, and the index says which those were.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

import resources
from kiosk.languages import OPERATOR_LANGUAGE
from kiosk.wording import load_wording
from ui.look import Look, Orientation, Size, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from ui.window import KioskWindow

KEPT = "pictures-{share}-of-{shares}.json"  # of the last run: file → digest of its pixels, and what changed
SUFFIX = ".webp"  # without loss: a third of the bytes of a PNG
LOSSLESS = 100


class Drawn(NamedTuple):
    look: str
    digests: dict[str, str]
    changed: tuple[str, ...]
    seconds: float


def every_look() -> list[Look]:
    languages = load_wording(resources.folder("wording")).codes
    return [
        Look(size=size, theme=theme, orientation=orientation, language=language)
        for orientation, language, size, theme in product(Orientation, languages, Size, Theme)
    ]


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build/screens"))
@click.option("--share", type=click.IntRange(1), default=1, help="Which share of the looks this process draws.")
@click.option("--shares", type=click.IntRange(1, 16), default=1, help="Into how many the looks are parted.")
def main(out: Path, share: int, shares: int) -> None:
    """Draw every screen in every look, and the page that shows them."""
    out.mkdir(parents=True, exist_ok=True)
    kept = out / KEPT.format(share=share, shares=shares)
    before = _kept(kept)[0]
    looks = every_look()[share - 1 :: shares]
    began = time.monotonic()
    digests: dict[str, str] = {}
    changed: list[str] = []
    for number, look in enumerate(looks, 1):
        drawn = draw_look(look, out, before)
        digests |= drawn.digests
        changed += drawn.changed
        told = f"{len(drawn.digests)} pictures, {len(drawn.changed)} new or changed, {drawn.seconds:.1f} s"
        click.echo(f"share {share}, {number:2}/{len(looks)}  {drawn.look}: {told}")
        _keep(kept, before | digests, changed)  # a run that is cut short is not for nothing
    for gone in set(before) - set(digests):
        (out / gone).unlink(missing_ok=True)
    _keep(kept, digests, changed)
    every = [_kept(path) for path in sorted(out.glob("pictures-*.json"))]
    files = sorted(file for drawn_before, _ in every for file in drawn_before)
    page = index_page(files, frozenset(file for _, new in every for file in new))
    (out / "index.html").write_text(page, encoding="utf-8")
    told = f"{len(digests)} pictures, {len(changed)} of them new or changed, in {time.monotonic() - began:.0f} s"
    click.echo(f"share {share}: {told}: {out / 'index.html'}")


def draw_look(look: Look, out: Path, before: dict[str, str]) -> Drawn:
    """Every screen in one look."""
    from PySide6.QtWidgets import QApplication

    from ui.gallery import offer_inputs
    from ui.letters import load_fonts
    from ui.samples import COURT
    from ui.window import KioskWindow

    began = time.monotonic()
    application = QApplication.instance() or QApplication([sys.argv[0], "-platform", "offscreen"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    wording = load_wording(resources.folder("wording"))
    load_fonts(of_languages=[font for one in wording.languages for font in one.fonts])
    court = COURT.get(look.language, COURT[OPERATOR_LANGUAGE])
    window = KioskWindow(look, court, wording, voice=True)
    offer_inputs(window)
    window.show()
    digests: dict[str, str] = {}
    changed: list[str] = []
    for name, image in screens(window, application):
        file = f"{name}-{look.orientation}-{look.language}-{look.size}-{look.theme}{SUFFIX}"
        digest = hashlib.sha256(bytes(image.constBits())).hexdigest()[:16]
        digests[file] = digest
        if before.get(file) != digest or not (out / file).exists():
            image.save(str(out / file), quality=LOSSLESS)
            changed.append(file)
    window.close()
    window.deleteLater()
    application.processEvents()
    told = f"{look.orientation} {look.language} {look.size} {look.theme}"
    return Drawn(told, digests, tuple(changed), time.monotonic() - began)


def screens(window: KioskWindow, application: QApplication) -> Iterator[tuple[str, QImage]]:
    """Each screen by its name: the pages as they come, then what a touch on them shows."""
    from PySide6.QtWidgets import QPushButton

    from ui.inspection import visible
    from ui.samples import sample_pages

    pages = sample_pages(window.look.language)
    for name, page in pages.items():
        window.show_page(page)
        application.processEvents()
        yield name, window.grab().toImage()
        panel = window.open_panel
        if panel is not None and name in ("words", "sum"):
            for tab in panel.tabs_offered():
                panel.show_tab(tab)
                application.processEvents()
                yield f"{name}-tab-{tab}", window.grab().toImage()
    for page_name, button, name in (("choice", "explain", "explanation"), ("choice", "look", "look")):
        window.show_page(pages["note"])
        window.show_page(pages[page_name])
        application.processEvents()
        next(one for one in visible(window, QPushButton) if one.objectName() == button).click()
        application.processEvents()
        yield name, window.grab().toImage()


def _kept(path: Path) -> tuple[dict[str, str], list[str]]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return dict(kept["digests"]), list(kept["changed"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}, []


def _keep(path: Path, digests: dict[str, str], changed: list[str]) -> None:
    path.write_text(json.dumps({"digests": dict(sorted(digests.items())), "changed": changed}, indent=0), "utf-8")


def index_page(files: list[str], changed: frozenset[str]) -> str:
    """One page with every picture, sifted by five lists; the pictures are loaded as they come into sight."""
    parts = [file.removesuffix(SUFFIX).rsplit("-", 4) for file in files]
    columns = [("screen", 0), ("orientation", 1), ("language", 2), ("size", 3), ("theme", 4)]
    first = {"size": Size.STANDARD.value, "theme": Theme.STANDARD.value}
    lists = "".join(
        f"<label>{name} <select id={name}><option value=''>every</option>"
        + "".join(
            f"<option{' selected' if first.get(name) == value else ''}>{value}</option>"
            for value in dict.fromkeys(part[at] for part in parts)
        )
        + "</select></label> "
        for name, at in columns
    )
    rows = [[*part, file, file in changed] for part, file in zip(parts, files, strict=True)]
    return _INDEX.replace("LISTS", lists).replace("ROWS", json.dumps(rows)).replace("COUNT", str(len(files)))


_INDEX = """<!doctype html><meta charset="utf-8"><title>Every screen</title>
<style>body{font-family:sans-serif;margin:16px;background:#eee}figure{display:inline-block;margin:6px;vertical-align:top}
img{height:420px;background:#fff}figcaption{font-size:12px;max-width:420px}.new{outline:3px solid #c60}
header{position:sticky;top:0;background:#eee;padding:8px 0}</style>
<header>COUNT pictures. LISTS <label><input type=checkbox id=new> new or changed only</label> <b id=n></b></header>
<main></main><script>
const rows=ROWS,names=["screen","orientation","language","size","theme"];
const by=i=>document.getElementById(names[i]).value;
function show(){const only=document.getElementById("new").checked;
const seen=rows.filter(r=>names.every((_,i)=>!by(i)||by(i)===r[i])&&(!only||r[6]));
document.getElementById("n").textContent=seen.length;
document.querySelector("main").innerHTML=seen.map(r=>`<figure><a href="${r[5]}"><img loading=lazy src="${r[5]}"
 class="${r[6]?"new":""}"></a><figcaption>${r.slice(0,5).join(" · ")}</figcaption></figure>`).join("")}
document.querySelectorAll("select,input").forEach(e=>e.onchange=show);show()</script>
"""


if __name__ == "__main__":
    main()
