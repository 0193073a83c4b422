"""What hearing a track costs, against decoding it and nothing else.

    python -m bench.ear [FILE ...] [--rounds 3] [--librosa]

CPU seconds of one core for four minutes of music, the whole analysis and the quick one, each beside the bare decoding
of the same files in the same run, and the memory of the process; with --librosa beside its beat_track and chroma_cqt, too. Without files, music of the demo generator, cut
together to four minutes, in five formats.
"""

from __future__ import annotations

# ruff: noqa: E402 - the matrix library reads its threads when it is loaded
import argparse
import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import av

from bench import librosa_peer, metering
from bench.__main__ import CACHE
from bench.report import Goal, Row, table
from resonance.audio.ear import analyse
from resonance.audio.ffmpeg import find_ffmpeg
from resonance.demo.generate import generate

FOUR_MINUTES = 240.0
ENCODERS = {
    ".flac": "-c:a flac",
    ".mp3": "-c:a libmp3lame -b:a 192k",
    ".m4a": "-c:a aac -b:a 160k",
    ".ogg": "-c:a libvorbis -q:a 5",
    ".opus": "-c:a libopus -b:a 128k",
}


def made(work: Path) -> list[Path]:
    tracks = generate(work / "demo", 1, 4)
    first = work / "demo" / tracks[0].path
    files = []
    for suffix, options in ENCODERS.items():
        command = [
            find_ffmpeg(),
            "-nostdin",
            "-v",
            "error",
            "-stream_loop",
            "-1",
            "-i",
            str(first),
            "-map",
            "0:a:0",
        ]
        target = work / f"track{suffix}"
        subprocess.run([*command, "-t", str(FOUR_MINUTES), *options.split(), str(target)], check=True)
        files.append(target)
    return files


def decode(path: Path) -> float:
    """Seconds of music."""
    with av.open(f"file:{path}") as container:
        stream = container.streams.audio[0]
        stream.codec_context.thread_count = 1
        samples = sum(frame.samples for frame in container.decode(stream))
        return samples / stream.codec_context.sample_rate


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def beside_librosa(files: list[Path]) -> list[Row]:
    theirs = librosa_peer.cpu_s(files, CACHE)
    if theirs is None:
        return []
    found = []
    for path in files:
        seconds = decode(path)
        for name, work in (("whole", analyse.whole), ("quick", analyse.quick)):
            scale = FOUR_MINUTES / seconds if name == "whole" else 1.0
            ours = cpu(lambda p=path, w=work: w(p)) * scale
            found.append(
                Row(f"{name}, {path.name}", "s CPU", ours, "librosa", theirs[path], Goal(1.0, ratio=True))
            )
    return found


def rows(files: list[Path], rounds: int) -> list[Row]:
    found = []
    analyse.whole(files[0])  # loads what is loaded once
    for path in files:
        seconds = decode(path)
        each: dict[str, list[float]] = {"whole": [], "quick": [], "floor": []}
        for _ in range(rounds):
            each["floor"].append(cpu(lambda p=path: decode(p)))
            each["whole"].append(cpu(lambda p=path: analyse.whole(p)))
            each["quick"].append(cpu(lambda p=path: analyse.quick(p)))
        whole, quick, floor = (statistics.median(each[name]) for name in ("whole", "quick", "floor"))
        scale = FOUR_MINUTES / seconds
        kind = f"{path.suffix[1:]}, {seconds:.0f} s"
        found += [
            Row(f"whole, {kind}", "s CPU", whole * scale, "bare decoding", floor * scale, Goal(2.5)),
            Row(f"quick, {kind}", "s CPU", quick, "bare decoding", floor * scale, Goal(0.8)),
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*found, Row("memory of the process", "MiB", peak, goal=Goal(400))]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--librosa", action="store_true", help="beside librosa, installed from PyPI for it")
    given = parser.parse_args()
    print(f"{metering.machine()}, load {metering.load():.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="resonance-ear-") as work:
        files = given.files or made(Path(work))
        found = rows(files, given.rounds) + (beside_librosa(files) if given.librosa else [])
    print(f"{table(found)}\nload {metering.load():.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
