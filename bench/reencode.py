"""How well a track is known again by its timbre after it went through another encoder.

    python -m bench.reencode [--music DIR ...] [--tracks 100] [--seconds 120]

Each track is cut to its first minutes and encoded anew four ways; the nearest original of each copy, by cosine of
standardised vectors, should be its own. Your folders come first, music of the demo generator fills up.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import metering
from bench.report import Goal, Row, table
from resonance.audio.ear.pool import Pool, Task
from resonance.audio.ffmpeg import find_ffmpeg
from resonance.audio.sniff import AUDIO_EXTENSIONS
from resonance.demo.generate import generate
from resonance.demo.plan import TOTAL

ENCODINGS = {
    "mp3 128k": (".mp3", "-c:a libmp3lame -b:a 128k"),
    "aac 96k": (".m4a", "-c:a aac -b:a 96k"),
    "opus 64k": (".opus", "-c:a libopus -b:a 64k"),
    "vorbis q2, mono, 32 kHz": (".ogg", "-c:a libvorbis -q:a 2 -ac 1 -ar 32000"),
}


def tracks(folders: list[Path], number: int, work: Path) -> list[Path]:
    found = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in AUDIO_EXTENSIONS)
    random.Random(1).shuffle(found)
    found = found[:number]
    seed = 1
    while len(found) < number:
        lacking, folder = min(TOTAL, number - len(found)), work / f"demo{seed}"
        generate(folder, seed, lacking)
        found += sorted(p for p in folder.rglob("*") if p.suffix.lower() in AUDIO_EXTENSIONS)[:lacking]
        seed += 1
    return found


def copies(originals: list[Path], seconds: float, work: Path) -> list[tuple[int, str, Path]]:
    """(number of the original, encoding or "original", file)"""
    made = []
    for number, path in enumerate(originals):
        first = work / f"{number}.flac"
        command = [find_ffmpeg(), "-nostdin", "-v", "error", "-y", "-i", str(path), "-map", "0:a:0"]
        if subprocess.run([*command, "-t", str(seconds), str(first)], check=False).returncode:
            print(f"left out, ffmpeg cannot decode it: {path.name}")
            continue
        made.append((number, "original", first))
        for name, (suffix, options) in ENCODINGS.items():
            copy = work / f"{number}{suffix}"
            command = [find_ffmpeg(), "-nostdin", "-v", "error", "-y", "-i", str(first)]
            subprocess.run([*command, *options.split(), str(copy)], check=True)
            made.append((number, name, copy))
    return made


def vectors(files: list[tuple[int, str, Path]]) -> dict[str, dict[int, NDArray[np.float32]]]:
    found: dict[str, dict[int, NDArray[np.float32]]] = {}
    with Pool(2) as pool:
        tasks = [Task((n, name), str(path), "quick", frozenset({"timbre"})) for n, name, path in files]
        for outcome in pool.run(tasks):
            number, name = outcome.task.tag
            if outcome.features is not None and outcome.features.timbre is not None:
                found.setdefault(name, {})[number] = outcome.features.timbre
    return found


def rows(found: dict[str, dict[int, NDArray[np.float32]]]) -> list[Row]:
    numbers = sorted(found["original"])
    originals = np.array([found["original"][n] for n in numbers])
    mean, deviation = originals.mean(axis=0), originals.std(axis=0) + 1e-9

    def unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
        standard = (values - mean) / deviation
        return standard / np.linalg.norm(standard, axis=1, keepdims=True)

    table_rows = []
    for name in ENCODINGS:
        kept = [n for n in numbers if n in found[name]]
        copied = np.array([found[name][n] for n in kept])
        cosines = unit(copied) @ unit(originals).T
        own = np.array([numbers.index(n) for n in kept])
        right = cosines.argmax(axis=1) == own
        for n, is_right in zip(kept, right, strict=True):
            if not is_right:
                print(f"{name}: track {n} is taken for {numbers[int(cosines[kept.index(n)].argmax())]}")
        itself = cosines[np.arange(len(kept)), own]
        raw = np.einsum("ij,ij->i", copied, originals[own])
        raw /= np.linalg.norm(copied, axis=1) * np.linalg.norm(originals[own], axis=1)
        table_rows += [
            Row(
                f"recall@1, {name}, {len(kept)} tracks",
                "",
                float(right.mean()),
                goal=Goal(0.99, at_least=True),
            ),
            Row(f"cosine to itself, {name}, median", "", float(np.median(itself))),
            Row(f"cosine to itself, {name}, lowest", "", float(itself.min())),
            Row(f"raw cosine to itself, {name}, lowest", "", float(raw.min())),
        ]
    return table_rows


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--music", type=Path, nargs="*", default=[])
    parser.add_argument("--tracks", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=120.0)
    given = parser.parse_args()
    print(f"{metering.machine()}, load {metering.load():.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="resonance-reencode-") as work:
        originals = tracks(given.music, given.tracks, Path(work))
        found = vectors(copies(originals, given.seconds, Path(work)))
    print(table(rows(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
