"""The prompts on music that was really rendered, scanned and measured: the thirty tracks of the demo library.

    python bench/meaning_demo.py [--library FOLDER]

FOLDER is a demo library (`resonance demo` makes one); without it one is rendered first. Of the sixty prompts
those count that have a right answer among its tracks; what is right is what the generator was told to play.
"""

# ruff: noqa: E402 - the tests package is not installed
from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import select
from tests.fixtures.prompt_truth import PERFORMERS, Truth
from tests.fixtures.prompts import is_right, prompts

from resonance.analysis.run import Wish as Wanted
from resonance.db.tables.library import track
from resonance.demo.generate import generate, read_manifest
from resonance.demo.plan import DemoTrack
from resonance.demo.theory import TONICS
from resonance.search.filters import TrackFilter
from resonance.settings import Settings
from resonance.wiring import Wiring

FIRST = 5


def truths(folder: Path) -> dict[str, Truth]:
    """What the generator played, by title."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise SystemExit(f"{folder} is no demo library.")
    by_name = {performer.artist.name: performer for performer in PERFORMERS}
    found: dict[str, Truth] = {}
    for entry in manifest["tracks"]:
        played = DemoTrack(**{name: tuple(v) if isinstance(v, list) else v for name, v in entry.items()})
        performer = by_name[played.artists[0]]
        year = int(played.date[:4])
        tonic = TONICS.index(played.tonic)
        found[played.title] = Truth(
            played, performer.families, performer.energy, year, tonic, performer.acoustic
        )
    return found


def scanned(folder: Path, data: Path) -> Wiring:
    """The library as the server has it once everything is done."""
    built = Wiring(Settings(data_dir=data, music_library_path=folder))
    with built.db.write() as uow:
        home = built.libraries.ensure(uow, folder)
    assert home is not None
    built.scanner.scan(home, reason="manual")
    began = time.perf_counter()
    print(f"analysis: {built.analyser.run(Wanted())}, {time.perf_counter() - began:.0f} s")
    print(f"embedding: {built.embedding.run()}")
    return built


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--library", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.library or Path(scratch, "music")
        if given.library is None:
            generate(folder)
        known = truths(folder)
        built = scanned(folder, Path(scratch, "data"))
        with built.db.read() as uow:
            titles = {row.id: row.title for row in uow.execute(select(track.c.id, track.c.title))}
        scores = []
        for prompt in prompts():
            right = {title for title, truth in known.items() if is_right(truth, prompt["right"])}
            if not right:
                continue
            asked = built.embedders.ask(prompt["text"])
            with built.db.read() as uow:
                answer = built.hybrid.search(uow, asked, TrackFilter(), limit=FIRST)
            first = [titles[item.track_id] for item in answer.items][: min(FIRST, len(right))]
            scores.append(sum(title in right for title in first) / min(FIRST, len(right)))
            print(f"{scores[-1]:.2f} {len(right):3} {prompt['text']}")
        print(f"precision@{FIRST}: {sum(scores) / len(scores):.3f} over {len(scores)} prompts")
        built.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
