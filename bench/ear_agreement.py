"""Tempo and key of real music: ours beside Essentia's in one run, and both beside annotations.

    python -m bench.ear_agreement FOLDER... [--truth DIR] [--limit N] [--json FILE]

Every audio file under the folders is heard once by ours and, where the extra `essentia` is installed, by
Percival's tempo (at the file's own rate, its usual settings) and the key with the profiles "edma". Tempo is of
the middle two minutes, key of the whole file, for both alike. Agreement is not truth: every disagreement is
listed, to be listened to.

Annotations are files `NAME.bpm` (its first number counts) and `NAME.key` beside NAME.mp3, anywhere under the
folders, or under --truth: the GiantSteps and Ballroom sets as they come. They are scored as is usual: Acc1
(within 4 %), Acc2 (also double, half, triple, a third), and for keys MIREX's weights (1 exact, .5 a fifth above,
.3 relative, .2 parallel).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import metering
from resonance.audio.ear import decode, essentia_ear, key, tempo
from resonance.audio.ear.features import Unanalysable
from resonance.audio.ear.versions import essentia_installed
from resonance.model import camelot

AUDIO = {".mp3", ".flac", ".ogg", ".opus", ".m4a", ".aac", ".wav", ".aiff", ".aif", ".wv", ".ape", ".wma"}
EXCERPT_S = 120.0
TOLERANCE = 0.04
OCTAVES = (1.0, 2.0, 0.5, 3.0, 1 / 3)
MIREX = {"exact": 1.0, "fifth up": 0.5, "relative": 0.3, "parallel": 0.2}
Mono = NDArray[np.float32]


@dataclass
class Opinion:
    """Of one analyser on one file; keys in musical names, None for unknown. CPU seconds."""

    bpm: float | None = None
    bpm_confidence: float | None = None
    key: str | None = None
    key_strength: float | None = None
    tempo_cpu_s: float = 0.0
    key_cpu_s: float = 0.0


@dataclass
class Heard:
    """One file: what was measured, and what its annotations say."""

    file: str
    seconds: float
    decode_cpu_s: float
    ours: Opinion
    essentia: Opinion | None
    true_bpm: float | None
    true_key: str | None


@dataclass
class Truth:
    """Annotations by the stem of their files."""

    bpm: dict[str, float] = field(default_factory=dict)
    key: dict[str, str] = field(default_factory=dict)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ear_agreement", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--truth", type=Path, action="append", default=[], help="folder of .bpm and .key files"
    )
    parser.add_argument("--limit", type=int, help="of files")
    parser.add_argument("--json", type=Path, help="write every file's figures there")
    given = parser.parse_args()
    truth = read_annotations([*given.folders, *given.truth])
    files = sorted(
        path for folder in given.folders for path in folder.rglob("*") if path.suffix.lower() in AUDIO
    )[: given.limit]
    print(f"{metering.machine()}, load {metering.load():.1f}; {len(files)} files")
    if not essentia_installed():
        print("Essentia is not installed: ours alone.")
    heard = [one for path in files if (one := hear(path, truth)) is not None]
    if not heard:
        print("Nothing to compare.")
        return 1
    report(heard)
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in heard], indent=1), encoding="utf-8")
    return 0


def read_annotations(folders: Iterable[Path]) -> Truth:
    """All .bpm and .key files under the folders; the later folder wins."""
    truth = Truth()
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if path.suffix == ".bpm":
            number = re.search(r"\d+(?:\.\d+)?", path.read_text(errors="replace"))
            if number and float(number[0]) > 0:
                truth.bpm[path.stem] = float(number[0])
        elif path.suffix == ".key":
            known = camelot.parse(
                path.read_text(errors="replace").strip().split("\n")[0].replace("\t", " ")[:64]
            )
            if known is not None:
                truth.key[path.stem] = camelot.name(known)
    return truth


def hear(path: Path, truth: Truth) -> Heard | None:
    """All opinions on one file; None, with a line about it, for what cannot be analysed."""
    began = time.process_time()
    native: list[Mono] = []
    try:
        with decode.opened(path) as sound:
            line = decode.MonoLine(sound)
            blocks = []
            for block in sound.blocks():
                blocks.append(line.add(block).copy())
                native.append(block.mean(axis=0).astype(np.float32))
            mono = np.concatenate([*blocks, line.finish()])
            rate = sound.rate
    except Unanalysable as fault:
        print(f"  left out: {path.name}: {fault.problem}")
        return None
    decoding = time.process_time() - began
    theirs = percival_and_edma(np.concatenate(native), rate) if essentia_installed() and native else None
    return Heard(
        file=str(path),
        seconds=len(mono) / decode.RATE,
        decode_cpu_s=decoding,
        ours=ours(mono),
        essentia=theirs,
        true_bpm=truth.bpm.get(path.stem),
        true_key=truth.key.get(path.stem),
    )


def ours(mono: Mono) -> Opinion:
    beat, tempo_s = timed(lambda: tempo.estimate(middle(mono, decode.RATE), decode.RATE))
    found, key_s = timed(lambda: key.estimate(mono, decode.RATE))
    name = None
    if found.key_tonic is not None and found.key_mode is not None:
        name = camelot.name((found.key_tonic, found.key_mode))
    return Opinion(beat.bpm, beat.bpm_confidence, name, found.key_strength, tempo_s, key_s)


def percival_and_edma(mono: Mono, rate: int) -> Opinion:
    essentia_ear.percival(mono[: 6 * rate], rate)  # its first use loads the library
    beat, tempo_s = timed(lambda: essentia_ear.percival(middle(mono, rate), rate))
    found, key_s = timed(lambda: essentia_ear.edma(mono, rate))
    name = camelot.name(found[:2]) if found else None
    return Opinion(beat and round(beat, 2), None, name, found and round(found[2], 3), tempo_s, key_s)


def middle(mono: Mono, rate: int) -> Mono:
    wanted = round(EXCERPT_S * rate)
    start = max(0, (len(mono) - wanted) // 2)
    return mono[start : start + wanted]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    return work(), time.process_time() - began


def tempo_relation(bpm: float | None, against: float | None, tolerance: float = TOLERANCE) -> str:
    """ "same", "octave" (double, half, triple, a third), "other", or "none" where one is unknown."""
    if not bpm or not against:
        return "none"
    near = [by for by in OCTAVES if abs(bpm / (against * by) - 1) <= tolerance]
    return "other" if not near else "same" if 1.0 in near else "octave"


def key_relation(name: str | None, against: str | None) -> str:
    found, true = camelot.parse(name), camelot.parse(against)
    if found is None or true is None:
        return "none"
    kinds = {"same": "exact", "relative": "relative", "up_one": "fifth up", "down_one": "fifth down"}
    kind = kinds.get(camelot.relation(true, found))
    return kind or ("parallel" if found[0] == true[0] else "other")


def report(heard: list[Heard]) -> None:
    with_essentia = [one for one in heard if one.essentia is not None]
    if with_essentia:
        agreement(with_essentia)
    for name, pick in (("ours", lambda one: one.ours), ("Essentia", lambda one: one.essentia)):
        score(name, [(one, pick(one)) for one in heard if pick(one) is not None])
    minutes = sum(one.seconds for one in heard) / 60
    print(f"\nCPU seconds of a 4-minute track, over {minutes:.0f} minutes of music:")
    four = 4 / minutes
    print(f"  decoding, mono line      {four * sum(one.decode_cpu_s for one in heard):.3f}")
    for name, opinions in (
        ("ours", [one.ours for one in heard]),
        ("Essentia", [one.essentia for one in with_essentia if one.essentia]),
    ):
        if opinions:
            print(f"  {name:9} tempo (2 min)  {four * sum(o.tempo_cpu_s for o in opinions):.3f}")
            print(f"  {name:9} key (whole)    {four * sum(o.key_cpu_s for o in opinions):.3f}")


def agreement(heard: list[Heard]) -> None:
    """Ours against Percival and edma, with every difference."""
    pairs = [(one, one.ours, one.essentia) for one in heard if one.essentia is not None]
    tempi = [tempo_relation(o.bpm, e.bpm) for _, o, e in pairs]
    keys = [key_relation(o.key, e.key) for _, o, e in pairs]
    fine = sum(tempo_relation(o.bpm, e.bpm, 0.005) in ("same", "octave") for _, o, e in pairs)
    print(f"\nOurs against Essentia on {len(pairs)} files")
    print(f"  tempo within 4 %   {shares(tempi)}; octave-tolerant within 0.5 %: {fine}")
    print(f"  key                {shares(keys)}; compatible on the Camelot wheel: {compatible(keys)}")
    print("\nTempi that differ (ours, its confidence; Percival):")
    for (one, o, e), kind in zip(pairs, tempi, strict=True):
        if kind != "same":
            print(f"  {kind:7} {o.bpm!s:>7} {o.bpm_confidence or 0:4.2f}  {e.bpm!s:>7}  {label(one)}")
    print("\nKeys that differ (ours, its strength; edma, its strength):")
    for (one, o, e), kind in zip(pairs, keys, strict=True):
        if kind != "exact":
            told = f"{o.key!s:>5} {o.key_strength or 0:4.2f}  {e.key!s:>5} {e.key_strength or 0:4.2f}"
            print(f"  {kind:10} {told}  {label(one)}")


def score(who: str, opinions: list[tuple[Heard, Opinion]]) -> None:
    """Accuracy on what is annotated."""
    tempi = [tempo_relation(o.bpm, one.true_bpm) for one, o in opinions if one.true_bpm]
    keys = [key_relation(o.key, one.true_key) for one, o in opinions if one.true_key]
    if tempi:
        acc1 = tempi.count("same") / len(tempi)
        acc2 = acc1 + tempi.count("octave") / len(tempi)
        print(f"\n{who}, tempo of {len(tempi)} annotated files: Acc1 {acc1:.3f}, Acc2 {acc2:.3f}")
    if keys:
        weighted = sum(MIREX.get(kind, 0.0) for kind in keys) / len(keys)
        print(f"\n{who}, key of {len(keys)} annotated files: weighted {weighted:.3f}; {shares(keys)};")
        print(f"  compatible on the Camelot wheel: {compatible(keys)}")


def shares(kinds: list[str]) -> str:
    return ", ".join(f"{kind} {n} ({n / len(kinds):.0%})" for kind, n in Counter(kinds).most_common())


def compatible(kinds: list[str]) -> str:
    n = sum(kind in ("exact", "relative", "fifth up", "fifth down") for kind in kinds)
    return f"{n} ({n / len(kinds):.0%})"


def label(one: Heard) -> str:
    return Path(one.file).name


if __name__ == "__main__":
    sys.exit(main())
