"""`python -m bench`: everything in turn, then one table of measures and goals."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench import api, library, metering, mpd, rules, scan, search, supysonic, vectors
from bench.report import Row, table

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "bench"
PARTS = ("scan", "api", "search", "vectors", "catalogue", "rules")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", default="scan,api,search", help=f"of {','.join(PARTS)} (default: %(default)s)"
    )
    parser.add_argument(
        "--files", type=int, help="size of the made library (default: 10000; 1000 with --quick)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--library", type=Path, help="your own folder; it is only read, so nothing is touched"
    )
    parser.add_argument("--rounds", type=int, help="of the scans (default: 3; 1 with --quick)")
    parser.add_argument("--repeats", type=int, help="of each request (default: 100; 20 with --quick)")
    parser.add_argument("--without-supysonic", action="store_true", help="it scans for minutes")
    parser.add_argument("--quick", action="store_true", help="a small library, few repetitions: does it run?")
    parser.add_argument("--json", type=Path, help="write the rows there")
    parser.add_argument("--check", action="store_true", help="exit 1 when a goal is missed")
    given = parser.parse_args()
    given.only = given.only.split(",")
    if unknown := set(given.only) - set(PARTS):
        parser.error(f"--only: {', '.join(sorted(unknown))}")
    given.files = given.files or (1000 if given.quick else 10_000)
    given.rounds = given.rounds or (1 if given.quick else 3)
    given.repeats = given.repeats or (20 if given.quick else 100)
    return given


def main() -> int:
    given = arguments()
    CACHE.mkdir(parents=True, exist_ok=True)
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    print(
        f"{metering.machine()}\nresonance {revision or 'of no revision'}, load {metering.load():.1f}",
        flush=True,
    )
    rows: list[Row] = []
    steps: dict[str, Callable[[], list[Row]]] = {
        "search": lambda: search.rows(given.files),
        "vectors": lambda: vectors.rows(20_000 if given.quick else 200_000),
        "catalogue": catalogue,
        "rules": lambda: rules.rows(10_000 if given.quick else 100_000),
    }
    if {"scan", "api"} & set(given.only):
        steps |= library_steps(given)
    for part in given.only:
        rows += steps[part]()
    print(f"\n{table(rows)}\nload {metering.load():.1f}")
    if given.json:
        given.json.write_text(json.dumps([asdict(row) | {"met": row.met} for row in rows], indent=1))
    return 1 if given.check and any(row.met is False for row in rows) else 0


def library_steps(given: argparse.Namespace) -> dict[str, Callable[[], list[Row]]]:
    """The parts that need files and peers; says which of both there are."""
    own = given.library is not None
    folder = given.library.resolve() if own else library.prepared(CACHE, given.files, given.seed)
    count = len(library.audio_files(folder))
    print(f"library: {count} files" + ("" if own else f", seed {given.seed}, clips of {library.SECONDS} s"))
    print(f"peer mpd: {mpd.version() or mpd.LACK}")
    commands = None if given.without_supysonic else supysonic.install(CACHE)
    lack = "left out as asked" if given.without_supysonic else "cannot be installed with pip here"
    print(f"peer supysonic: {f'{supysonic.VERSION}, SQLite, waitress' if commands else lack}", flush=True)

    def peer(*, fresh: bool) -> supysonic.Supysonic | None:
        return scan.kept_supysonic(folder, CACHE, commands, fresh=fresh) if commands else None

    def over_http() -> list[Row]:
        with tempfile.TemporaryDirectory(prefix="resonance-bench-") as work:
            return api.run(folder, Path(work), peer(fresh=False), given.repeats)

    return {
        "scan": lambda: scan.run(folder, given.rounds, peer(fresh=True), touch_files=not own),
        "api": over_http,
    }


def catalogue() -> list[Row]:
    """Its own table: lists of a synthesised catalogue of 100,000 tracks."""
    subprocess.run([sys.executable, str(ROOT / "bench" / "catalogue.py")], check=True)
    return []


if __name__ == "__main__":
    sys.exit(main())
