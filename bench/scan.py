"""A full scan, one with nothing changed, one with 1 % of the files touched: beside MPD and supysonic, in turn.

`inside` is what the command itself measures, `wall` includes the start of its process. supysonic needs minutes for
ten thousand files, so it scans in the first round only, and its database is kept for the bench of the API.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any, Protocol

from bench import mpd
from bench.library import audio_files
from bench.metering import load
from bench.mpd import Mpd
from bench.ours import Resonance
from bench.report import Goal, Row, median
from bench.supysonic import Supysonic

# (phase, figure, unit, peer, goal)
MEASURES = (
    ("cold", "wall", "s", "mpd", Goal(1.5, ratio=True)),
    ("cold", "wall", "s", "supysonic", Goal(0.1, ratio=True)),
    ("cold", "cpu", "CPU s", "mpd", None),
    ("cold", "peak_mib", "MiB", "mpd", Goal(250)),
    ("same", "inside", "s", "mpd", Goal(0.6)),
    ("same", "wall", "s", "supysonic", Goal(1.2)),
    ("touch1", "inside", "s", "mpd", Goal(1.5)),
    ("touch1", "wall", "s", "supysonic", Goal(2.0)),
)
NAMES = {"cold": "full scan", "same": "nothing changed", "touch1": "1 % touched"}
FIGURES = {"wall": "process", "inside": "inside", "cpu": "process", "peak_mib": "peak of the tree"}


class Program(Protocol):
    name: str

    def scan(self) -> dict[str, float]: ...
    def close(self) -> None: ...


def run(library: Path, rounds: int, supysonic: Supysonic | None, *, touch_files: bool) -> list[Row]:
    """Print each scan as it ends; the rows of the table."""
    print("\n| program   | phase  |  wall s | inside s |  CPU s |   MiB |  load |", flush=True)
    runs: list[dict[str, Any]] = []
    for number in range(rounds):
        with tempfile.TemporaryDirectory(prefix="resonance-bench-") as folder:
            programs: list[Program] = [Mpd(library, Path(folder) / "mpd")] if mpd.version() else []
            programs.append(Resonance(library, Path(folder) / "resonance"))
            if supysonic and number == 0:
                programs.append(supysonic)
            try:
                runs += _round(library, number, programs, touch_files=touch_files)
            finally:
                for program in programs:
                    program.close()
    return [row for measure in MEASURES if (row := _row(runs, *measure))]


def _round(library: Path, number: int, programs: list[Program], *, touch_files: bool) -> list[dict[str, Any]]:
    runs = []
    for phase in ("cold", "same", "touch1") if touch_files else ("cold", "same"):
        if phase == "touch1":
            touch(library)
        for program in programs:
            told = {"round": number, "phase": phase, "program": program.name} | program.scan()
            runs.append(told)
            print(
                f"| {program.name:<9} | {phase:<6} | {told['wall']:7.2f} | {told['inside']:8.2f} "
                f"| {told['cpu']:6.1f} | {told['peak_mib']:5.0f} | {load():5.1f} |",
                flush=True,
            )
    return runs


def touch(library: Path) -> None:
    """New times for every hundredth file: its tags have to be read again."""
    now = time.time() - 5
    for path in audio_files(library)[::100]:
        os.utime(path, (now, now))


def _row(
    runs: list[dict[str, Any]], phase: str, figure: str, unit: str, peer: str, goal: Goal | None
) -> Row | None:
    """Of the rounds a peer took part in, the one with the median ratio; without a peer, our median."""

    def figures(program: str) -> dict[int, float]:
        chosen = [run for run in runs if (run["program"], run["phase"]) == (program, phase)]
        return {run["round"]: run[figure] for run in chosen}

    name = f"{NAMES[phase]}, {FIGURES[figure]}"
    ours, theirs = figures("resonance"), figures(peer)
    if not ours:
        return None
    if not theirs:
        return Row(name, unit, median(list(ours.values())), peer, None, goal)
    pairs = sorted(((ours[at], theirs[at]) for at in theirs), key=lambda pair: pair[0] / pair[1])
    own, against = pairs[len(pairs) // 2]
    return Row(name, unit, own, peer, against, goal)


def kept_supysonic(library: Path, cache: Path, commands: Path, *, fresh: bool) -> Supysonic:
    """supysonic with the database kept for this library, emptied where the scan itself is measured."""
    work = cache / f"supysonic-{library.name}-{zlib.crc32(os.fsencode(library)):08x}"
    if fresh:
        shutil.rmtree(work, ignore_errors=True)
    return Supysonic(library, work, commands)
