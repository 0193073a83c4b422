"""Choosing and ordering tracks, beside other ways of doing it: same tracks, same costs, one run.

    python bench/sequencing.py [--seeds 5] [--first-seed 0] [--reference-s 5] [--quick] [--check]

Pools are made up (BPM 122 +- 8, keys evenly spread, ten styles, a fifth as many artists as tracks). Beside ours:
the order as shuffled, the cheapest greedy order of many first tracks, a plain genetic algorithm (population 200,
500 generations, order crossover), and an iterated local search in C of 5 s, which needs `cc` and is the yardstick.
All minimise the same whole numbers. CPU seconds are this process's; ours is held to one thread.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from bench.metering import load  # noqa: E402
from bench.report import Goal, Row, table  # noqa: E402
from resonance.sequencing.arrange import arrange, explained  # noqa: E402
from resonance.sequencing.costs import Ints  # noqa: E402
from resonance.sequencing.dice import Dice  # noqa: E402
from resonance.sequencing.items import Arrangement, Item, Request  # noqa: E402
from resonance.sequencing.pose import posed  # noqa: E402
from resonance.sequencing.problem import Problem  # noqa: E402
from resonance.sequencing.start import greedy  # noqa: E402

STYLES, DIMENSIONS = 10, 16


@dataclass(frozen=True)
class Quality:
    """What a set is judged by. `tempo` and `keys` are shares of the joints."""

    keys: float
    tempo: float
    energy: float
    same_artist: int
    cost: int
    cpu_s: float


def pool(count: int, seed: int) -> list[Item]:
    """Made-up tracks."""
    dice = random.Random(seed)
    styles = [[dice.gauss(0, 1) for _ in range(DIMENSIONS)] for _ in range(STYLES)]
    return [
        Item(
            id=f"{number:04}",
            artist=f"artist {dice.randrange(max(8, count // 5))}",
            bpm=dice.gauss(122, 8),
            key=(dice.randrange(12), dice.choice(["major", "minor"])),
            energy=dice.random(),
            duration_s=dice.uniform(180, 420),
            vector=[value + dice.gauss(0, 0.6) for value in dice.choice(styles)],
        )
        for number in range(count)
    ]


def judged(found: Arrangement, cpu_s: float) -> Quality:
    """The figures of one set."""
    near = [abs_change(joint.tempo_change_pct) <= 6 for joint in found.joints]
    return Quality(
        keys=statistics.mean(bool(joint.compatible) for joint in found.joints),
        tempo=statistics.mean(near),
        energy=found.energy_error or 0.0,
        same_artist=sum(joint.costs["artist"] > 0 for joint in found.joints),
        cost=found.cost,
        cpu_s=cpu_s,
    )


def abs_change(per_cent: float | None) -> float:
    """How far apart two tempi are, whichever of them is changed."""
    by = 1 + (per_cent or 0) / 100
    return (max(by, 1 / by) - 1) * 100


def genetic(problem: Problem, count: int, seed: int, population: int = 200, generations: int = 500) -> Ints:
    """A plain genetic algorithm: random start, tournaments of three, order crossover, two kinds of mutation."""
    dice = np.random.default_rng(seed)
    everyone = np.array([dice.permutation(problem.size)[:count] for _ in range(population)])
    prices = problem.price(everyone)
    for _ in range(generations):
        rank = np.argsort(prices, kind="stable")
        children = [everyone[row] for row in rank[:8]]
        winners = dice.integers(0, population, (population, 2, 3))
        cuts = np.sort(dice.integers(0, count + 1, (population, 2)), axis=1)
        for number in range(8, population):
            mother, father = (int(row[prices[row].argmin()]) for row in winners[number])
            start, end = cuts[number]
            kept = everyone[mother][start:end]
            barred = np.zeros(problem.size, bool)
            barred[kept] = True
            rest = everyone[father][~barred[everyone[father]]][: count - len(kept)]
            child = np.concatenate([rest[:start], kept, rest[start:]])
            child = mutated(problem, child, dice)
            children.append(child)
        everyone = np.array(children)
        prices = problem.price(everyone)
    return everyone[prices.argmin()]


def mutated(problem: Problem, child: Ints, dice: np.random.Generator) -> Ints:
    """Now and then a stretch turned round, two tracks exchanged, or one replaced."""
    throw, (i, j) = dice.random(), np.sort(dice.integers(0, len(child), 2))
    if throw < 0.3:
        child[i : j + 1] = child[i : j + 1][::-1].copy()
    elif throw < 0.5:
        child[i], child[j] = child[j], child[i]
    elif throw < 0.7 and problem.size > len(child):
        outside = np.setdiff1d(np.arange(problem.size), child)
        child[i] = dice.choice(outside)
    return child


def reference(folder: Path) -> Callable[[Problem, Ints, float, int], tuple[Ints, int]] | None:
    """The yardstick, compiled; None without a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "ils.so"
    source = Path(__file__).with_name("sequencing_ils.c")
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
    search = ctypes.CDLL(str(library)).ils
    numbers = np.ctypeslib.ndpointer(np.int64, flags="C")
    search.argtypes = [ctypes.c_int64, numbers, numbers, ctypes.c_int64, numbers, numbers, numbers,
                       ctypes.c_double, ctypes.c_int64, ctypes.POINTER(ctypes.c_int64)]  # fmt: skip
    search.restype = ctypes.c_int64

    def run(problem: Problem, start: Ints, seconds: float, seed: int) -> tuple[Ints, int]:
        order, kicks = start.copy(), ctypes.c_int64()
        distances = np.array([distance for distance, _ in problem.spread] or [1], np.int64)
        spread = np.array([prices[:-1, :-1] for _, prices in problem.spread] or [[[0]]], np.int64)
        price = search(problem.size, problem.joints, np.ascontiguousarray(problem.places(problem.size)),
                       len(problem.spread), distances, spread, order, seconds, seed, kicks)  # fmt: skip
        assert price == problem.price(order)[0] and sorted(order) == list(range(problem.size))
        return order, kicks.value

    return run


def timed(request: Request, way: Callable[[Problem, int], Ints]) -> Quality:
    """One other way on one request."""
    cpu = time.process_time()
    problem, items = posed(request)
    order = way(problem, request.pick or len(items))
    cpu = time.process_time() - cpu
    return judged(explained(problem, items, order, reproducible=False, every=False), cpu)


def ours(request: Request) -> Quality:
    """What Resonance does."""
    cpu = time.process_time()
    found = arrange(request)
    return judged(found, time.process_time() - cpu)


def rows(seeds: int = 5, reference_s: float = 5.0, generations: int = 500, first_seed: int = 0) -> list[Row]:
    """Everything, printed as it comes; the rows of the common table."""
    with tempfile.TemporaryDirectory() as folder:
        yardstick = reference(Path(folder))
        found: list[Row] = []
        for size, pick in ((200, 30), (60, None), (50, None), (200, None)):
            ways: dict[str, list[Quality]] = {}
            for seed in range(first_seed, first_seed + seeds):
                request = Request(pool(size, seed), pick=pick, seed=seed)
                compared: dict[str, Callable[[Problem, int], Ints]] = {
                    "shuffled": lambda problem, count, s=seed: np.random.default_rng(s).permutation(problem.size)[:count],
                    "greedy": lambda problem, count, s=seed: greedy(problem, count, Dice(s))[0],
                    "genetic": lambda problem, count, s=seed: genetic(problem, count, s, generations=generations),
                }  # fmt: skip
                if yardstick is not None and pick is None:
                    compared["reference"] = lambda problem, count, s=seed: yardstick(
                        problem, greedy(problem, count, Dice(s))[0], reference_s, s
                    )[0]
                ways.setdefault("ours", []).append(ours(request))
                for name, way in compared.items():
                    ways.setdefault(name, []).append(timed(request, way))
            label = f"{pick} of {size}" if pick else f"all {size}"
            shown(label, ways)
            found += goals(label, size, pick, ways)
        return found


def shown(label: str, ways: dict[str, list[Quality]]) -> None:
    """Means, and the worst seed of ours."""
    print(f"\n{label}, mean of {len(ways['ours'])} seeds; load of the machine {load():.1f}")
    base = ways.get("reference", ways["ours"])
    for name, found in ways.items():
        above = statistics.mean(a.cost / b.cost - 1 for a, b in zip(found, base, strict=True)) * 100
        print(f"  {name:10} keys {_mean(found, 'keys'):.3f}  BPM {_mean(found, 'tempo'):.3f}"
              f"  energy MAE {_mean(found, 'energy'):.3f}  same artist {_mean(found, 'same_artist'):.1f}"
              f"  cost {_mean(found, 'cost'):8.0f} ({above:+.2f} %)  CPU {_mean(found, 'cpu_s'):.2f} s", flush=True)  # fmt: skip
    mine = ways["ours"]
    print(f"  worst seed of ours: keys {min(q.keys for q in mine):.3f}, BPM {min(q.tempo for q in mine):.3f},"
          f" energy MAE {max(q.energy for q in mine):.3f}, CPU {max(q.cpu_s for q in mine):.2f} s")  # fmt: skip
    if "reference" in ways:
        gaps = [f"{(a.cost / b.cost - 1) * 100:+.2f}" for a, b in zip(mine, ways["reference"], strict=True)]
        print(f"  above the reference, seed by seed: {', '.join(gaps)} %", flush=True)


def goals(label: str, size: int, pick: int | None, ways: dict[str, list[Quality]]) -> list[Row]:
    """The bars of one kind of pool."""
    mine, other = ways["ours"], ways["genetic"]
    found = []
    if pick or size == 60:
        keys, tempo = (0.95, 0.90) if pick else (0.90, 0.70)
        found = [
            Row(f"{label}: joints in compatible keys", "share", _mean(mine, "keys"), "genetic",
                _mean(other, "keys"), Goal(keys, at_least=True)),
            Row(f"{label}: BPM within 6 %", "share", _mean(mine, "tempo"), "genetic",
                _mean(other, "tempo"), Goal(tempo, at_least=True)),
        ]  # fmt: skip
    if pick:
        error = _mean(mine, "energy")
        found.append(
            Row(f"{label}: energy MAE", "share", error, "genetic", _mean(other, "energy"), Goal(0.10))
        )
    if "reference" in ways and size != 60:
        found.append(
            Row(f"{label}: cost beside the ILS reference", "points", _mean(mine, "cost"), "reference",
                _mean(ways["reference"], "cost"), Goal(1.01, ratio=True))
        )  # fmt: skip
    cpu = Row(f"{label}: CPU", "s", max(q.cpu_s for q in mine), "genetic", _mean(other, "cpu_s"), Goal(1.0))
    return [*found, cpu]


def _mean(found: list[Quality], name: str) -> float:
    return statistics.mean(getattr(quality, name) for quality in found)


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--first-seed", type=int, default=0, help="others than those that were tuned on")
    options.add_argument("--reference-s", type=float, default=5.0)
    options.add_argument("--quick", action="store_true", help="one seed, a short genetic run: does it run?")
    options.add_argument("--check", action="store_true", help="exit 1 when a goal is missed")
    given = options.parse_args()
    if given.quick:
        given.seeds, given.reference_s = 1, 0.5
    found = rows(given.seeds, given.reference_s, 20 if given.quick else 500, given.first_seed)
    print("\n" + table(found))
    return int(given.check and any(row.met is False for row in found))


if __name__ == "__main__":
    sys.exit(main())
