"""Orders: nothing lost, everything kept, the best of small pools, the same answer everywhere."""

from __future__ import annotations

import itertools
import random
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from resonance.core.errors import Invalid
from resonance.model.camelot import KEYS
from resonance.sequencing import costs, moves
from resonance.sequencing.arrange import arrange
from resonance.sequencing.curve import NAMED, drawn, named
from resonance.sequencing.dice import Dice
from resonance.sequencing.exact import orders
from resonance.sequencing.items import Arrangement, Item, Request
from resonance.sequencing.joints import along
from resonance.sequencing.pose import posed
from resonance.sequencing.score import FAIR, GOOD, Score, score
from resonance.sequencing.search import crossed, search
from resonance.sequencing.start import greedy

SMALL = 300_000  # a budget that tests can wait for


def pool(count: int, seed: int = 0, artists: int | None = None) -> list[Item]:
    dice = random.Random(seed)
    return [
        Item(
            id=f"t{number:03}",
            artist=f"a{dice.randrange(artists or max(3, count // 4))}",
            album=f"b{dice.randrange(max(3, count // 3))}",
            bpm=dice.gauss(122, 8),
            key=dice.choice(KEYS),
            energy=dice.random(),
            duration_s=dice.uniform(150, 420),
            vector=[dice.gauss(0, 1) for _ in range(6)],
            intro_end_s=dice.uniform(0, 30),
            outro_start_s=dice.uniform(120, 150),
        )
        for number in range(count)
    ]


def plain(items: list[Item]) -> list[Item]:
    """Only what the promised figures are about."""
    return [replace(item, album=None, intro_end_s=None, outro_start_s=None) for item in items]


def no_doubles(found: Arrangement, items: list[Item]) -> None:
    assert len(set(found.order)) == len(found.order)
    assert set(found.order) <= {item.id for item in items}
    assert [(joint.a, joint.b) for joint in found.joints] == list(itertools.pairwise(found.order))


maybe = some.one_of
items_strategy = some.lists(
    some.builds(
        Item,
        id=some.text(min_size=1, max_size=4),
        artist=maybe(some.none(), some.sampled_from(["x", "y", "z"])),
        album=maybe(some.none(), some.sampled_from(["1", "2"])),
        bpm=maybe(some.none(), some.floats(40, 240)),
        key=maybe(some.none(), some.sampled_from(KEYS)),
        energy=maybe(some.none(), some.floats(0, 1)),
        duration_s=maybe(some.none(), some.floats(20, 900)),
        vector=maybe(some.none(), some.lists(some.floats(-5, 5), min_size=3, max_size=3)),
        intro_end_s=maybe(some.none(), some.floats(0, 60)),
        outro_start_s=maybe(some.none(), some.floats(0, 900)),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda item: item.id,
)


@settings(max_examples=40, deadline=None)
@given(items_strategy, some.data())
def test_no_track_is_lost_or_doubled_and_pins_and_runs_hold(items: list[Item], data: some.DataObject) -> None:
    ids = data.draw(some.permutations([item.id for item in items]))
    pick = data.draw(some.one_of(some.none(), some.integers(1, len(items))))
    count = pick or len(items)
    run = tuple(ids[: data.draw(some.integers(2, 4))]) if count >= 5 and data.draw(some.booleans()) else ()
    rest = [id_ for id_ in ids if id_ not in run]
    pins = {}
    if rest and count > len(run) and data.draw(some.booleans()):
        pins[rest[0]] = data.draw(some.sampled_from([0, -1]))
    room = count - len(run) - len(pins)
    kept = rest[-data.draw(some.integers(1, min(room, 3))) :] if room and data.draw(some.booleans()) else []
    request = Request(
        items,
        pick=pick,
        pins=pins,
        locked=[run] if run else [],
        kept=kept,
        curve=named(data.draw(some.sampled_from(sorted(NAMED)))),
        seed=data.draw(some.integers(0, 5)),
        budget=40_000,
    )
    found = arrange(request)
    no_doubles(found, items)
    assert len(found.order) == count
    for id_, place in pins.items():
        assert found.order[place] == id_
    if run:
        start = found.order.index(run[0])
        assert found.order[start : start + len(run)] == run
    assert set(kept) <= set(found.order)
    assert found.reproducible
    shuffled = data.draw(some.permutations(items))
    assert arrange(replace(request, pool=shuffled)) == found


@pytest.mark.parametrize(("size", "pick"), [(2, None), (5, None), (7, None), (8, 5), (7, 4)])
def test_small_pools_get_the_cheapest_order_of_all(size: int, pick: int | None) -> None:
    for seed in range(3):
        request = Request(pool(size, seed, artists=3), pick=pick, seed=seed)
        problem, items = posed(request)
        every = np.array(list(itertools.permutations(range(size), pick or size)))
        prices = problem.price(every)
        found = arrange(request)
        assert found.exact and found.cost == prices.min()
        assert found.order == tuple(items[track].id for track in every[prices.argmin()])


@pytest.mark.parametrize("size", range(2, 10))
def test_small_pools_with_pins_locks_and_picks_get_the_cheapest_that_keeps_them(size: int) -> None:
    for seed in range(5 if size < 9 else 2):
        dice = random.Random(seed)
        items = pool(size, seed, artists=3)
        ids = [item.id for item in items]
        dice.shuffle(ids)
        pick = None if seed % 2 else dice.randrange(max(1, size // 2), size + 1)
        count = pick or size
        locked = [ids[:2]] if count >= 3 else []
        pins = {ids[-1]: dice.choice([0, -1])} if count >= 4 or not locked else {}
        found = arrange(Request(items, pick=pick, locked=locked, pins=pins, seed=seed))
        free, sorted_items = posed(Request(items, pick=pick, seed=seed))
        names = [item.id for item in sorted_items]
        every = orders(size, count).astype(np.int64)
        for id_, place in pins.items():
            every = every[every[:, place] == names.index(id_)]
        for run in locked:
            a, b = (names.index(id_) for id_ in run)
            every = every[((every[:, :-1] == a) & (every[:, 1:] == b)).any(axis=1)]
        prices = free.price(every)
        assert found.exact and found.cost == prices.min(), (size, seed)
        assert found.order == tuple(names[track] for track in every[prices.argmin()])


def test_nine_tracks_are_all_compared_and_the_search_finds_the_same_cost() -> None:
    for seed in range(2):
        request = Request(pool(9, seed), seed=seed)
        best = arrange(request)
        assert best.exact and best.evaluations == 362_880
        problem, _ = posed(request)
        found = search(problem, range(9, 10), 9, Dice(seed), 2_000_000, lambda share, price: False)
        assert found.price == best.cost


def test_all_orders_are_listed_once() -> None:
    assert orders(5, 3).tolist() == [list(order) for order in itertools.permutations(range(5), 3)]


@pytest.mark.parametrize(("size", "count"), [(12, 12), (14, 9)])
def test_every_move_costs_what_it_says(size: int, count: int) -> None:
    request = Request(
        pool(size), locked=[("t001", "t002")], pins={"t003": 4}, artist_gap=1, album_gap=1, minutes=None
    )
    problem, _ = posed(request)
    problem.wanted_ms = 2_400_000 if count < size else None
    order = np.random.default_rng(1).permutation(size)[:count]
    outside = np.setdiff1d(np.arange(size), order)
    base = int(problem.price(order)[0])
    for low, high in ((0, count), (2, count - 2), (0, 5), (3, count)):
        window = moves.Window(problem, order, low, high)
        tables = [(moves.TURN, 0, window.turns()), (moves.EXCHANGE, 0, window.exchanges())]
        tables += [(moves.CARRY, length, window.carries(length)) for length in (1, 2, 3)]
        if len(outside):
            tables.append((moves.REPLACE, 0, window.replacements(outside)))
        for kind, extra, table in tables:
            assert (table < moves.NEVER // 2).any()
            for (i, j), added in np.ndenumerate(table):
                if added >= moves.NEVER // 2:
                    continue
                place, more = (0, int(outside[j])) if kind == moves.REPLACE else (low + j, extra)
                after = moves.made(order, moves.Move(int(added), kind, low + i, place, more))
                assert problem.price(after)[0] - base == added, (kind, extra, i, j)


@pytest.mark.parametrize(("artist_gap", "count"), [(2, 34), (4, 34), (3, 40)])
def test_moves_price_artists_that_come_back_too_soon(artist_gap: int, count: int) -> None:
    problem, _ = posed(Request(pool(40, artists=8), artist_gap=artist_gap, album_gap=2))
    order = np.random.default_rng(1).permutation(40)[:count]
    outside = np.setdiff1d(np.arange(40), order)
    base = int(problem.price(order)[0])
    for low, high in ((0, count), (5, 30)):
        window = moves.Window(problem, order, low, high)
        tables = [(moves.TURN, 0, window.turns()), (moves.EXCHANGE, 0, window.exchanges())]
        tables += [(moves.CARRY, length, window.carries(length)) for length in (1, 2, 3)]
        if len(outside):
            tables.append((moves.REPLACE, 0, window.replacements(outside)))
        for kind, extra, table in tables:
            for (i, j), added in np.ndenumerate(table):
                close = kind in (moves.TURN, moves.CARRY) and abs(i - j) <= artist_gap + extra
                if added >= moves.NEVER // 2 or close:
                    continue
                place, more = (0, int(outside[j])) if kind == moves.REPLACE else (low + j, extra)
                after = moves.made(order, moves.Move(int(added), kind, low + i, place, more))
                assert problem.price(after)[0] - base == added, (kind, extra, i, j)


def test_a_hidden_smooth_path_is_found_again() -> None:
    steps = 40
    path = [
        Item(
            f"{(number * 17) % steps:02}",
            artist=f"a{number}",
            bpm=100 + number,
            key=KEYS[(number // 4 * 7) % 12],
            energy=number / steps,
            duration_s=200,
        )
        for number in range(steps)
    ]
    found = arrange(Request(path, curve=named("rise"), budget=3_000_000))
    problem, items = posed(Request(path, curve=named("rise")))
    hidden = np.array([[item.id for item in items].index(item.id) for item in path])
    assert found.cost <= problem.price(hidden)[0]
    assert all(joint.compatible and abs(joint.tempo_change_pct or 0) < 4 for joint in found.joints)


def test_choosing_and_ordering_reach_what_was_promised() -> None:
    """Means over seeds, as promised; bench/sequencing.py has the whole measurement."""
    chosen = [
        arrange(Request(plain(pool(200, seed, artists=40)), pick=30, seed=seed, budget=3_000_000))
        for seed in range(3)
    ]
    assert _mean(map(_share_in_key, chosen)) >= 0.95 and _mean(map(_share_in_tempo, chosen)) >= 0.9
    assert _mean(found.energy_error or 0.0 for found in chosen) <= 0.1
    whole = [
        arrange(Request(plain(pool(60, seed, artists=12)), seed=seed, budget=6_000_000)) for seed in range(3)
    ]
    assert _mean(map(_share_in_key, whole)) >= 0.9 and _mean(map(_share_in_tempo, whole)) >= 0.7


def _mean(values: Iterable[float]) -> float:
    return statistics.mean(values)


def _share_in_key(found: Arrangement) -> float:
    return sum(bool(joint.compatible) for joint in found.joints) / len(found.joints)


def _share_in_tempo(found: Arrangement) -> float:
    by = [1 + (joint.tempo_change_pct or 0) / 100 for joint in found.joints]
    return sum(max(one, 1 / one) <= 1.06 for one in by) / len(by)


def test_more_budget_is_not_worse_and_beats_the_greedy_start_well() -> None:
    request = Request(pool(60), budget=4_000_000)
    problem, _ = posed(request)
    start = int(problem.price(greedy(problem, 60, Dice(0))[0])[0])
    found = arrange(request)
    assert found.cost < start * 0.92
    assert found.evaluations < 4_000_000 * 1.1


def test_minutes_are_met_within_two_per_cent() -> None:
    for seed, minutes in ((0, 45), (1, 90), (2, 20)):
        found = arrange(Request(pool(100, seed), minutes=minutes, seed=seed, budget=1_500_000))
        assert found.duration_s is not None
        assert abs(found.duration_s / 60 - minutes) <= minutes * 0.02


def test_minutes_with_few_tracks_take_the_nearest_length() -> None:
    items = [Item(str(number), duration_s=200.0 + number) for number in range(6)]
    found = arrange(Request(items, minutes=10.1))
    assert found.exact and len(found.order) == 3
    unknown = [*items, Item("unknown")]
    assert "unknown" not in arrange(Request(unknown, minutes=15)).order


def test_artists_and_albums_keep_their_distance() -> None:
    items = pool(40, artists=10)
    found = arrange(Request(items, artist_gap=2, budget=3_000_000))
    artist = {item.id: item.artist for item in items}
    names = [artist[id_] for id_ in found.order]
    close = [
        names[place]
        for place in range(len(names))
        for gap in (1, 2)
        if place + gap < len(names) and names[place] == names[place + gap]
    ]
    assert close == []
    capped = arrange(Request(items, pick=20, max_per_artist=2, budget=SMALL))
    assert max(Counter(artist[id_] for id_ in capped.order).values()) <= 2


def test_albums_without_artists_keep_their_distance() -> None:
    items = [Item(f"{number:02}", album="ab"[number % 2]) for number in range(12)]
    found = arrange(Request(items, album_gap=1, budget=SMALL))
    assert all(joint.costs["album"] == 0 for joint in found.joints)


def test_half_and_double_tempo_mix() -> None:
    items = [Item("a", bpm=87.0), Item("b", bpm=174.5), Item("c", bpm=120.0)]
    found = {(joint.a, joint.b): joint for joint in arrange(Request(items)).joints}
    joint = found.get(("a", "b")) or found[("b", "a")]
    assert joint.tempo_factor in (0.5, 2.0) and abs(joint.tempo_change_pct or 9) < 0.5
    assert 0 < joint.costs["tempo"] < costs.TEMPO // 3


def test_what_is_not_known_is_said_and_costs_between_good_and_bad() -> None:
    known, other, blank = (
        Item("a", bpm=120.0, key=(0, "major"), energy=0.2),
        Item("b", bpm=90.0, key=(6, "major")),
        Item("c"),
    )
    joint = arrange(Request([known, blank])).joints[0]
    assert joint.tempo_change_pct is None and joint.relation is None and joint.compatible is None
    clash = arrange(Request([known, other])).joints[0]
    match = arrange(Request([known, replace(known, id="z")])).joints[0]
    for term in ("tempo", "key"):
        assert match.costs[term] < joint.costs[term] < clash.costs[term]
    found = arrange(Request([blank, Item("d")]))
    assert found.energy_error is None and found.duration_s is None


def test_what_is_ignored_costs_nothing_and_the_rest_gains() -> None:
    items = plain(pool(30, seed=4))
    with_keys = arrange(Request(items, budget=SMALL))
    without = arrange(Request(items, budget=SMALL, ignored=frozenset({"key"})))
    assert all(joint.costs["key"] == 0 for joint in without.joints)
    tempo = [sum(joint.costs["tempo"] for joint in found.joints) for found in (with_keys, without)]
    assert tempo[1] < tempo[0]
    with pytest.raises(Invalid):
        arrange(Request(items, ignored=frozenset({"colour"})))


def test_scores_say_what_is_weak() -> None:
    a = Item("a", artist="x", bpm=120.0, key=(9, "minor"), energy=0.5)

    def told(**other: object) -> Score:
        values = {"artist": "y", "bpm": 121.0, "key": (9, "minor"), "energy": 0.55, **other}
        return score(along([a, Item("b", **values)])[0])  # type: ignore[arg-type]

    best = told()
    assert best.points >= 90 and best.weak_reason is None
    assert best.points > told(key=(0, "major")).points >= GOOD  # the relative key
    assert GOOD > told(key=(11, "minor")).points >= FAIR  # an energy boost
    assert told(bpm=60.5).points >= GOOD  # half time
    for reason, other in (
        ("key", {"key": (3, "major")}),
        ("tempo", {"bpm": 150.0}),
        ("artist", {"artist": "x"}),
        ("unknown", {"bpm": None, "key": None}),
    ):
        found = told(**other)
        assert found.points < FAIR and found.weak_reason == reason, (reason, found)
    assert told(energy=1.0).points < told(energy=0.8).points < best.points
    assert told(key=(3, "major"), bpm=150.0, artist="x", energy=1.0).points == 0
    ignored = along([a, Item("b", bpm=121.0, key=(3, "major"))], {"key"})[0]
    assert score(ignored).points >= GOOD


def test_measured_intros_and_outros_count() -> None:
    long_out = Item("a", duration_s=200, outro_start_s=170)
    short_in, long_in = Item("b", intro_end_s=1.0), Item("c", intro_end_s=20.0)
    into = {
        name: costs.terms(costs.traits([long_out]), costs.traits([after]))["mix"][0]
        for name, after in (("short", short_in), ("long", long_in), ("unknown", Item("d")))
    }
    assert into["long"] == 0 < into["unknown"] < into["short"]


@pytest.mark.parametrize("name", ["rise", "fall"])
def test_energy_follows_the_curve(name: str) -> None:
    items = pool(120)
    energy = {item.id: item.energy or 0.0 for item in items}
    found = [energy[id_] for id_ in arrange(Request(items, pick=20, curve=named(name), budget=SMALL)).order]
    first, last = sum(found[:5]), sum(found[-5:])
    assert last - first > 1.5 if name == "rise" else first - last > 1.5


def test_own_curves_are_lines_between_points() -> None:
    assert drawn([[0, 0], [0.5, 1], [1, 0]]).levels(5) == [0, 500, 1000, 500, 0]
    assert drawn([[0.4, 0.3]]).levels(3) == [300, 300, 300]
    for bad in ([], [[0, 2]], [[0.5, 0.1], [0.5, 0.2]], [[float("nan"), 0.1]], [[1]]):
        with pytest.raises(Invalid):
            drawn(bad)


def test_children_hold_each_track_once() -> None:
    dice, shuffle = Dice(1), np.random.default_rng(1)
    for _ in range(200):
        a, b = shuffle.permutation(20)[:12], shuffle.permutation(20)[: shuffle.integers(10, 15)]
        child = crossed(a, b, dice)
        if child is not None:
            assert len(set(child.tolist())) == len(child) == 12
            assert set(child.tolist()) <= set(a.tolist()) | set(b.tolist())


def test_locked_runs_between_pins() -> None:
    items = pool(30)
    locked = [("t003", "t001", "t002", "t009", "t008"), ("t020", "t021")]
    pins = {"t000": 0, "t029": -1, "t010": 14, "t021": 20}
    for pick in (None, 25):
        found = arrange(Request(items, pick=pick, locked=locked, pins=pins, budget=SMALL))
        assert [found.order.index(id_) for id_ in ("t000", "t010", "t020", "t021")] == [0, 14, 19, 20]
        assert found.order[-1] == "t029"
        start = found.order.index("t003")
        assert found.order[start : start + 5] == locked[0]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pool": []}, "pool"),
        ({"pool": [Item("a"), Item("a")]}, "pool"),
        ({"pool": [Item("a", bpm=float("nan"))]}, "bpm"),
        ({"pool": [Item("a", bpm=0)]}, "bpm"),
        ({"pool": [Item("a", energy=1.5)]}, "energy"),
        ({"pool": [Item("a", key=(12, "major"))]}, "key"),
        ({"pool": [Item("a", vector=[1.0]), Item("b", vector=[1.0, 2.0])]}, "vector"),
        ({"pool": [Item("a", vector=[float("inf")])]}, "vector"),
        ({"pick": 0}, "pick"),
        ({"pick": 13}, "pick"),
        ({"pick": 3, "minutes": 10}, "minutes"),
        ({"minutes": 100_000}, "minutes"),
        ({"minutes": 500}, "minutes"),
        ({"pins": {"nobody": 0}}, "pins"),
        ({"pins": {"t001": 12}}, "pins"),
        ({"pins": {"t001": 0, "t002": -12}}, "pins"),
        ({"locked": [["t001"]]}, "locked"),
        ({"locked": [["t001", "t002"], ["t002", "t003"]]}, "locked"),
        ({"locked": [["t001", "t002"]], "pins": {"t002": 0}}, "locked"),
        ({"locked": [["t001", "t002"]], "pick": 1}, "pick"),
        ({"max_per_artist": 1}, "max_per_artist"),
        ({"max_per_artist": 1, "pick": 12}, "pick"),
        ({"artist_gap": 99}, "artist_gap"),
    ],
)
def test_what_cannot_be_done_is_said(change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        arrange(Request(**({"pool": pool(12)} | change)))  # type: ignore[arg-type]
    assert fault.value.field == field


def test_a_search_cut_short_says_so_and_still_gives_an_order() -> None:
    items = pool(80)
    heard: list[float] = []
    whole = arrange(Request(items, budget=SMALL), progress=lambda share, cost: heard.append(share))
    assert whole.reproducible and heard == sorted(heard) and heard[-1] == 1.0
    stopped = arrange(Request(items), cancelled=lambda: True)
    assert not stopped.reproducible and len(set(stopped.order)) == 80
    late = arrange(Request(items, time_limit_s=0))
    assert not late.reproducible and len(set(late.order)) == 80


def test_another_process_gives_the_same_answer() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.unit.test_sequencing import *\n"
        "print(','.join(arrange(Request(pool(50, 4), seed=7, budget=SMALL)).order))"
    )
    here = ",".join(arrange(Request(pool(50, 4), seed=7, budget=SMALL)).order)
    root = str(Path(__file__).resolve().parents[2])
    there = subprocess.run(
        [sys.executable, "-c", program, root],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "5"},
    )
    assert there.stdout.strip() == here


def test_the_answer_to_a_seed_stays() -> None:
    """Changed on purpose only: a saved set is found again by its seed."""
    found = arrange(Request(pool(24, 2), seed=3, budget=SMALL))
    assert " ".join(id_[1:] for id_ in found.order) == GOLDEN


GOLDEN = "010 023 011 001 014 019 015 017 012 009 006 008 021 007 003 005 016 004 000 018 022 020 013 002"
