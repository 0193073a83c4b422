"""Rules at 100,000 tracks: how many fit, the first 50 in order, and both at once, as the editor of smart
playlists asks.

    python bench/rules.py [--tracks 100000] [--rounds 20] [--only NAME] [--database FILE] [--restricted] [--check]

Every rule is read from its text form, its texts resolved, compiled and run each time; nothing is remembered
between rounds. CPU time is the steadier figure on a busy machine.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from bench.catalogue_rows import EPOCH, Synthesis  # noqa: E402
from bench.metering import load  # noqa: E402
from bench.report import Goal, Row, percentile, table  # noqa: E402
from resonance.db import migrate  # noqa: E402
from resonance.db.engine import Database, UnitOfWork  # noqa: E402
from resonance.db.tables import accounts, analysis, library  # noqa: E402
from resonance.db.traits import key_place  # noqa: E402
from resonance.model.moods import MOODS  # noqa: E402
from resonance.rules import compile as sql  # noqa: E402
from resonance.rules.scope import Need, Scope  # noqa: E402
from resonance.rules.text import parse  # noqa: E402
from resonance.rules.tree import Limit, Rule  # noqa: E402

PREVIEW = 50
GOAL_MS = 200
DAY_MS = 86_400_000
RULES = {
    "a genre, tempo, recent": "genre:rock bpm:80..110 -live added:<3650d sort:-year",
    "everything": "",
    "words in names": "ka OR lo",
    "contains": "title:*ka* artist:!*zen* sort:artist,album,disc,number",
    "own": "rating>=4 last_played:>30d sort:-rating,last_played",
    "never played": "play_count:0 liked:no sort:random seed:7",
    "key and energy": "key:8A~1 energy>=0.6 danceability>=0.5 sort:energy",
    "moods": "mood:happy>=0.6 -mood:sad>=0.5 sort:-added",
    "files": "codec:flac bit_rate>=800 -folder:*ka* sort:-added",
    "labels and comments": "label:*rec* OR comment:~remaster sort:release_year",
    "sounds like": "like:track/x@0.5 playlist:!p sort:random",
    "albums and artists": "album_rating>=4 OR artist_liked:yes sort:-album_rating,album,disc,number",
    "nested": "(genre:rock OR (year:1970..1989 -artist:*sa*)) (bpm<100 OR energy<0.3) -(comment:none rating:0)",
    "ninety minutes": "genre:!rock year>=1980 sort:random limit:90min",
    "a gigabyte": "codec:flac sort:-year limit:1gb",
}


def measurements(database: Database, seed: int) -> None:
    """What the catalogue's rows lack: measured values, moods, comments, labels."""
    dice = random.Random(seed)
    with database.write() as uow:
        ids = list(uow.execute(library.track.select().with_only_columns(library.track.c.id)).scalars())
        made = [heard(id_, dice) for id_ in ids]
        uow.execute(analysis.trait.insert(), [traits for traits, _, _ in made])
        uow.execute(analysis.features.insert(), [features for _, features, _ in made])
        uow.execute(analysis.mood.insert(), [mood for _, _, moods in made for mood in moods])
        run = uow.connection.exec_driver_sql
        run("UPDATE track SET comment = 'Remaster ' || title WHERE disc = 1 AND number % 3 = 0")
        run("UPDATE album SET labels = 'Records ' || substr(title, 1, 4), release_types = 'album'")


def heard(id_: str, dice: random.Random) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """The rows of one track: traits, features, moods."""
    tonic, mode = dice.randrange(12), dice.choice(["major", "minor"])
    traits = {
        **{"track_id": id_, "bpm": dice.gauss(118, 25), "energy": dice.random(), "key_tonic": tonic},
        **{"key_mode": mode, "key_place": key_place(tonic, mode)},
    }
    features = {
        **{"track_id": id_, "etag": "e", "analyser": "resonance", "timbre_version": 1, "analysed_at": EPOCH},
        **{"danceability": dice.random(), "brightness": dice.random(), "lufs_i": dice.uniform(-20, -5)},
        **{"valence_proxy": dice.random(), "lra": dice.uniform(2, 15), "onset_rate": dice.uniform(0, 8)},
    }
    moods = [
        {"track_id": id_, "mood": name, "source": dice.choice(["tags", "audio_model"]), "set_at": 1}
        | {"value": dice.random(), "user_id": ""}
        for name in dice.sample(MOODS, 2)
    ]
    return traits, features, moods


def cases(uow: UnitOfWork, restricted: bool) -> tuple[Scope, dict[str, Rule]]:
    """The rules, and whom they are asked for."""
    user = uow.execute(accounts.user.select().with_only_columns(accounts.user.c.id)).scalars().first()
    home = uow.execute(library.library.select().with_only_columns(library.library.c.id)).scalars().first()
    ids = list(
        uow.execute(library.track.select().with_only_columns(library.track.c.id).limit(5000)).scalars()
    )
    dice = random.Random(1)
    resolved = {
        Need("track", "x"): {id_: dice.random() for id_ in ids},
        Need("playlist", "p"): set(ids[:500]),
    }
    scope = Scope(user, frozenset({home}) if restricted else None, EPOCH + 3 * DAY_MS, resolved)
    return scope, {name: parse(text) for name, text in RULES.items()}


def edited(uow: UnitOfWork, rule: Rule, scope: Scope) -> int:
    """As the editor does: how many match, how long they are, and the first of them, in one statement."""
    ready = sql.prepare(uow, rule, scope)
    found, _, _ = sql.looked(uow, rule, ready, PREVIEW)
    return found


def counted(uow: UnitOfWork, rule: Rule, scope: Scope) -> int:
    ready = sql.prepare(uow, rule, scope)
    if rule.limit is None or rule.limit.kind == "tracks":
        return int(uow.execute(sql.count(rule, ready)).scalar_one())
    return len(sql.listed(uow, rule, ready))


def previewed(uow: UnitOfWork, rule: Rule, scope: Scope) -> int:
    """The first tracks of the list."""
    ready = sql.prepare(uow, rule, scope)
    if rule.limit is None:
        rule = replace(rule, limit=Limit("tracks", PREVIEW))
    return len(sql.listed(uow, rule, ready)[:PREVIEW])


def timed(
    database: Database, ask: Callable[[UnitOfWork], int], rounds: int
) -> tuple[list[float], list[float], int]:
    """Milliseconds by the clock, of this thread's CPU, and the answer."""
    taken, worked, answer = [], [], 0
    for _ in range(rounds + 1):
        with database.read() as uow:
            started, busy = time.perf_counter(), time.thread_time()
            answer = ask(uow)
            taken.append((time.perf_counter() - started) * 1000)
            worked.append((time.thread_time() - busy) * 1000)
    return taken[1:], worked[1:], answer


def rows(
    tracks: int = 100_000,
    rounds: int = 20,
    only: str = "",
    keep: Path | None = None,
    restricted: bool = False,
) -> list[Row]:
    """Measure in a database made for it; the rows of the common table."""
    with tempfile.TemporaryDirectory() as folder:
        path = keep or Path(folder, "rules.db")
        fresh = not path.exists()
        database = Database(f"sqlite:///{path}")
        migrate.upgrade(database)
        if fresh:
            Synthesis(1).fill(database, tracks)
            measurements(database, 1)
        with database.read() as uow:
            scope, chosen = cases(uow, restricted)
        made: list[Row] = []
        asks: dict[str, Any] = {"count": counted, "preview": previewed, "editor": edited}
        for name, rule in chosen.items():
            for what, ask in asks.items():
                if only not in f"{name} {what}":
                    continue
                taken, worked, answer = timed(database, lambda uow, a=ask, r=rule: a(uow, r, scope), rounds)
                p95 = percentile(taken, 0.95)
                print(
                    f"  {name:24} {what:8} {answer:7}   p50 {percentile(taken, 0.5):7.1f}  p95 {p95:7.1f}"
                    f"  cpu {percentile(worked, 0.5):7.1f} ms",
                    flush=True,
                )
                made.append(Row(f"rule: {name}, {what}, p95", "ms", p95, goal=Goal(GOAL_MS)))
        database.close()
        return made


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--database", type=Path, help="the SQLite file to use, made where it is not there")
    parser.add_argument("--restricted", action="store_true", help="as a person who may see one library")
    parser.add_argument("--check", action="store_true", help="exit 1 when a goal is missed")
    given = parser.parse_args()
    print(f"load {load():.1f}", flush=True)
    found = rows(given.tracks, given.rounds, given.only, given.database, given.restricted)
    print(f"\n{table(found)}\nload {load():.1f}")
    return 1 if given.check and any(row.met is False for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
