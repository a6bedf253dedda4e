"""Makes the clips: `python -m resources.voice.render --language zh` (see docs/voice.md). A build tool.

Only phrases without a clip are made; clips whose phrase is gone are taken away. `--list-only` writes what the lobby
reads besides the clips (the syllable of each character, the templates) and needs no model. Made sounds are kept in a
work folder by phonemes, so a run may be stopped at any time and begun again.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from resources import folder
from resources.voice import listing
from resources.voice.phrases import PLACE, clip_name
from resources.voice.texts import FIRST_PACK, spoken_phrases, spoken_texts

SETTINGS = "voice.toml"


class Setting(NamedTuple):
    """`voice.toml` of a language: who speaks, how fast, and what to call it."""

    voice: str
    speed: float
    counts: str  # how numbers are said: see ui/voice/figures.py
    instead: str  # what a loudspeaker says in place of somebody's own words
    syllables: bool = False


class Wanted(NamedTuple):
    phrase: str
    place: str
    phonemes: str


def read_setting(language: str) -> Setting:
    with (folder("voice") / language / SETTINGS).open("rb") as file:
        return Setting(**tomllib.load(file))


def wanted(language: str, setting: Setting) -> Iterator[Wanted]:
    """Every clip of a language, most wanted first."""
    phonemes, syllable = _speaker(language)
    phrases = list(spoken_phrases(folder("."), language).items())
    soonest = {place for _, place in phrases if _first(place)}
    for phrase, place in phrases:
        if place in soonest:
            yield Wanted(phrase, place, phonemes(phrase))
    if setting.syllables:
        from resources.voice.syllables import all_syllables

        for toned in all_syllables():
            yield Wanted(toned, "syllable", syllable(toned))
    for phrase, place in phrases:
        if place not in soonest:
            yield Wanted(phrase, place, phonemes(phrase))


def _first(place: str) -> bool:
    """Whether a phrase is wanted soonest: what every filing says, and the first pack."""
    stem = place.partition(".")[0]
    others = {path.stem for path in (folder("packs")).glob("*.json")} - {FIRST_PACK}
    return stem not in others and stem != "guidance"


def _speaker(language: str) -> tuple[Callable[[str], str], Callable[[str], str]]:
    if language == "zh":
        from resources.voice import sounds_zh

        return sounds_zh.phonemes, sounds_zh.syllable
    from resources.voice import sounds_en

    return sounds_en.phonemes, sounds_en.phonemes


@click.command()
@click.option("--language", default="zh")
@click.option("--work", type=click.Path(path_type=Path), default=Path("build/voice"), help="kept between runs")
@click.option(
    "--voices", type=click.Path(path_type=Path), default=Path("build/voice/voices"), help="*.bin of kokoro-js"
)
@click.option("--at-most", type=int, default=0, help="make this many new sounds and stop")
@click.option("--list-only", is_flag=True, help="write the tables the lobby reads, make no sound")
@click.option("--made-only", is_flag=True, help="pack what was made, make no new sound")
def render(language: str, work: Path, voices: Path, at_most: int, list_only: bool, made_only: bool) -> None:
    """Make the clips of one language."""
    setting = read_setting(language)
    _write_templates(language)
    if setting.syllables:
        from resources.voice.syllables import write_syllables

        write_syllables(folder("voice") / language)
    if list_only:
        _keep_wanted(language, setting)
        return
    from resources.voice.model import Model

    model = None if made_only else Model(work, voices)
    made = 0
    rows = []
    for one in wanted(language, setting):
        sound = _sound_path(work, one.phonemes, setting)
        if not sound.exists():
            if model is None or (at_most and made >= at_most):
                continue
            _make(model, one, setting, sound)
            made += 1
            if made % 50 == 0:
                click.echo(f"{made} made, now at {one.place}")
        rows.append((one, sound))
    click.echo(f"{made} sounds made; packing")
    _pack(language, setting, rows)


def _make(model: Any, one: Wanted, setting: Setting, path: Path) -> None:
    import soundfile

    if model.unknown(one.phonemes):
        raise click.ClickException(f"{one.phrase}: the model does not know {model.unknown(one.phonemes)}")
    sound = model.say(one.phonemes, setting.voice, setting.speed)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    soundfile.write(part, sound * 0.5, 24_000, format="FLAC")
    os.replace(part, path)


def _sound_path(work: Path, phonemes: str, setting: Setting) -> Path:
    said = hashlib.sha256(f"{phonemes}\n{setting.voice}\n{setting.speed:g}".encode()).hexdigest()
    return work / "cache" / f"{said[:24]}.flac"


def _pack(language: str, setting: Setting, rows: list[tuple[Wanted, Path]]) -> None:
    """Clips and their list; what is there already and unchanged is left as it is."""
    import soundfile

    from resources.voice.sound import RATE, finished, packed

    home = folder("voice") / language
    clips = home / "clips"
    clips.mkdir(exist_ok=True)
    before = {clip.name: clip for clip in listing.read_list(home)}
    found: dict[str, listing.Clip] = {}
    for one, path in rows:
        name = clip_name(one.phrase, setting.voice, setting.speed)
        said = path.stem[:8]
        old = before.get(name)
        if old is not None and old.said == said and (clips / name).exists():
            found[name] = old._replace(phrase=one.phrase, place=one.place)
            continue
        sound = finished(*soundfile.read(path))
        head, body = packed(sound)
        if not (home / "head").exists():
            (home / "head").write_bytes(head)
        if (home / "head").read_bytes() != head:
            raise click.ClickException("the encoder makes another head now: delete head and clips, and render all")
        (clips / name).write_bytes(body)
        digest = hashlib.sha256(body).hexdigest()[:8]
        found[name] = listing.Clip(name, len(sound) / RATE, digest, said, one.place, one.phrase)
    for path in clips.iterdir():
        if path.name not in found:
            path.unlink()
    listing.write_list(home, list(found.values()))
    _write_unmade(home, language, setting, set(found))
    size = sum(path.stat().st_size for path in clips.iterdir())
    seconds = sum(clip.seconds for clip in found.values())
    click.echo(f"{language}: {len(found)} clips, {seconds:.0f} s, {size / 1e6:.1f} MB")


def _keep_wanted(language: str, setting: Setting) -> None:
    """Take away the clips whose phrase is gone, and name the phrases that have none yet."""
    home = folder("voice") / language
    phrases = spoken_phrases(folder("."), language)
    before = listing.read_list(home)
    kept = [
        clip._replace(place=phrases.get(clip.phrase, clip.place))
        for clip in before
        if clip.place == "syllable" or clip.phrase in phrases
    ]
    for name in {clip.name for clip in before} - {clip.name for clip in kept}:
        (home / "clips" / name).unlink(missing_ok=True)
    (home / "clips").mkdir(exist_ok=True)
    listing.write_list(home, kept)
    _write_unmade(home, language, setting, {clip.name for clip in kept})


def _write_unmade(home: Path, language: str, setting: Setting, made: set[str]) -> None:
    """Shipped phrases that have no clip yet: they are read by syllables, and are nobody's own all the same."""
    phrases = sorted(spoken_phrases(folder("."), language))
    lacking = [one for one in phrases if clip_name(one, setting.voice, setting.speed) not in made]
    (home / "unmade.txt").write_text("".join(f"{one}\n" for one in lacking), encoding="utf-8")


def _write_templates(language: str) -> None:
    """The spoken texts that have places in them, so that a finished sentence finds its pieces again."""
    texts = sorted(text for text in spoken_texts(folder("."), language) if PLACE.search(text))
    path = folder("voice") / language / "templates.txt"
    path.write_text("".join(text.replace("\n", " ") + "\n" for text in texts), encoding="utf-8")


if __name__ == "__main__":
    render()
