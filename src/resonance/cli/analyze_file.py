"""`resonance analyze-file`: what the ear hears in files, without any library."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from resonance.audio.ear.features import Features
    from resonance.audio.ear.pool import Outcome

REPLAYGAIN_LUFS = -18.0
_SHOWN = (
    *("bpm", "bpm_alt", "bpm_confidence", "bpm_stability", "beat_offset_s"),
    *("key_tonic", "key_mode", "key_strength", "key_alt_tonic", "key_alt_mode", "key_window", "tuning_cents"),
    *("lufs_i", "lra", "true_peak_dbtp", "sample_peak_dbfs"),
    *("energy", "danceability", "brightness", "acousticness_proxy", "valence_proxy", "valence_confidence"),
    *("onset_rate", "dynamic_complexity", "intro_end_s", "outro_start_s", "silence_head_s", "silence_tail_s"),
    *("duration_s", "samples", "sample_rate_hz", "channels", "damaged_packets"),
    *("analyser", "tempo_version", "key_version", "timbre_version", "loudness_version", "cpu_ms"),
)


def analyze_file(
    files: Annotated[list[Path], typer.Argument(help="Music files, or folders to walk.", show_default=False)],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a line for each file.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only hear the middle two minutes; no loudness.")
    ] = False,
    timbre: Annotated[bool, typer.Option("--timbre", help="With --json: the timbre vector too.")] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes; 0 for one less than there are cores.")
    ] = 0,
    time_limit: Annotated[float, typer.Option(help="Seconds one file may take.", min=1.0)] = 600.0,
    essentia: Annotated[
        bool, typer.Option("--essentia", help="Let Essentia decide on tempo, key and danceability.")
    ] = False,
) -> None:
    """Measure tempo, key, loudness and character of files. Nothing is stored.

    A file that cannot be analysed gets a line that says so. The exit code is 1 when none could be.
    """
    from resonance.audio.ear.pool import Pool, Task
    from resonance.audio.ear.versions import ANALYSER, ESSENTIA, essentia_installed
    from resonance.core.errors import NotFound, Unavailable

    if essentia and not essentia_installed():
        raise Unavailable("essentia", "Essentia is not installed: pip install 'resonance[essentia]'.")

    paths = list(_walked(files))
    if not paths:
        raise NotFound("There are no music files in there.")
    stage = "quick" if quick else "whole"
    count = min(workers or max(1, _cores() - 1), len(paths))
    done = 0
    if not as_json:
        print(_HEADING)
    analyser = ESSENTIA if essentia else ANALYSER
    with Pool(count, time_limit_s=time_limit, niceness=0, analyser=analyser) as pool:
        tasks = [Task(number, os.fspath(path), stage) for number, path in enumerate(paths)]
        for outcome in _in_order(pool.run(tasks)):
            done += outcome.features is not None
            print(json.dumps(_described(outcome, timbre)) if as_json else _row(outcome), flush=True)
    if not done:
        sys.exit(1)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _walked(given: list[Path]) -> Iterator[Path]:
    """The files as given; of folders the music in them, by name."""
    from resonance.audio.sniff import AUDIO_EXTENSIONS

    for path in given:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith(".") and Path(name).suffix.lower() in AUDIO_EXTENSIONS:
                    yield Path(folder) / name


def _in_order(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """As the files were given, each as soon as those before it are there."""
    early: dict[int, Outcome] = {}
    expected = 0
    for outcome in outcomes:
        early[outcome.task.tag] = outcome
        while expected in early:
            yield early.pop(expected)
            expected += 1


def _described(outcome: Outcome, with_timbre: bool) -> dict[str, Any]:
    found, problem = outcome.features, outcome.problem
    described: dict[str, Any] = {"file": _printable(outcome.task.path)}
    described |= {name: _rounded(getattr(found, name, None)) for name in _SHOWN}
    described |= _derived(found)
    if with_timbre:
        described["timbre"] = None if found is None or found.timbre is None else found.timbre.tolist()
    described["error"] = problem.problem if problem else None
    described["error_detail"] = problem.detail if problem else None
    return described


def _derived(found: Features | None) -> dict[str, Any]:
    """What follows from the rest: names of keys, the gain of ReplayGain 2."""
    from resonance.model import camelot

    values: dict[str, Any] = dict.fromkeys(("key", "camelot", "key_alt", "rg_track_gain_db"))
    if found is None:
        return values
    if found.key_tonic is not None and found.key_mode is not None:
        key = (found.key_tonic, found.key_mode)
        values |= {"key": camelot.name(key), "camelot": camelot.camelot(key)}
    if found.key_alt_tonic is not None and found.key_alt_mode is not None:
        values["key_alt"] = camelot.name((found.key_alt_tonic, found.key_alt_mode))
    if found.lufs_i is not None:
        values["rg_track_gain_db"] = round(REPLAYGAIN_LUFS - found.lufs_i, 2)
    return values


def _rounded(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value


_WIDTHS = (
    (7, "BPM"),
    (6, "sure"),
    (5, "key"),
    (5, "wheel"),
    (6, "sure"),
    (7, "LUFS"),
    (7, "dBTP"),
    (5, "LRA"),
)
_MORE = ((7, "energy"), (6, "dance"), (7, "length"))
_HEADING = "  ".join([*(f"{title:>{width}}" for width, title in (*_WIDTHS, *_MORE)), "file"])


def _row(outcome: Outcome) -> str:
    found, name = outcome.features, _printable(outcome.task.path)
    if found is None or outcome.problem is not None:
        return f"{name}: {outcome.problem.problem if outcome.problem else ''}: {outcome.problem}"
    derived = _derived(found)
    values = (
        *(found.bpm, found.bpm_confidence, derived["key"], derived["camelot"], found.key_strength),
        *(found.lufs_i, found.true_peak_dbtp, found.lra, found.energy, found.danceability),
        _clock(found.duration_s),
    )
    widths = [width for width, _ in (*_WIDTHS, *_MORE)]
    cells = [f"{_cell(value):>{width}}" for value, width in zip(values, widths, strict=True)]
    return "  ".join([*cells, name])


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _clock(seconds: float | None) -> str | None:
    return None if seconds is None else f"{round(seconds) // 60}:{round(seconds) % 60:02}"


def _printable(path: str) -> str:
    """Names need not be text; JSON must be."""
    return os.fsencode(path).decode("utf-8", "replace")
