"""A thousand sentences over a made library: nothing from outside it or its rules, right lengths, no faults.

That is with `RESONANCE_PROMPTS=whole`; without it two hundred of them, most searched only briefly, which is
harder on the lengths and easier on the clock.
"""

# ruff: noqa: E501 - tables

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.analysis.embedding import Embedding
from resonance.assistant.assistant import Assistant
from resonance.assistant.making import ordering
from resonance.assistant.making.pool import chance
from resonance.assistant.plan import Plan, from_json
from resonance.core.errors import Invalid, TooMany
from resonance.core.ids import hashed_id
from resonance.db.engine import Database
from resonance.db.tables import library
from resonance.model import camelot
from resonance.model.caller import Caller, Role
from resonance.search.meaning.asking import Embedders
from tests.fixtures.sentences import sentences
from tests.rooms.prompt.kit import NAMES, NOW, ROOT, SENTENCES, WHOLE, World, faults


@pytest.mark.timeout(3600 if WHOLE else 300)
def test_a_thousand_sentences(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = list(sentences(SENTENCES, 1, NAMES))
    wrong: list[str] = []
    short = 0
    for number, text in enumerate(texts):
        if not WHOLE and number == 20:
            monkeypatch.setattr(ordering, "BUDGET", 1)
            monkeypatch.setattr(ordering, "EACH_BUDGET", 1)
        made = world.made(text, number)
        short += bool({note.kind for note in made.notes} & {"short", "off", "nothing"})
        wrong += [f"{text!r} (seed {number}): {fault}" for fault in faults(world, made)]
    assert not wrong, "\n".join(wrong[:20])
    assert short < SENTENCES / 2


def test_of_one_seed_the_file_is_the_same_and_of_another_it_is_not(world: World) -> None:
    from resonance.playlists.exchange import export

    def file(seed: int) -> bytes:
        ids = [item.track.id for item in world.made("45 minutes of soul and jazz, rising", seed).tracks]
        wish = export.wish("m3u8")
        return b"".join(export.of_tracks(world.database, world.caller, "Mix", ids, wish).pieces)

    first = file(7)
    assert first == file(7)
    # No track is longer than 8 minutes: 45 minutes are six or more.
    assert first.count(b"#EXTINF") >= 6
    assert len({file(seed) for seed in range(7, 13)}) > 1


APART = """
import sys
from tests.rooms.prompt.test_lists import another_process
print(*another_process(*sys.argv[1:]), sep="\\n")
"""


def another_process(url: str, user_id: str, at_ms: str) -> list[str]:
    """The lists of some sentences, with everything built anew."""
    from resonance.adapters.fts5 import Fts5Index
    from resonance.search.engine import IndexedSearch
    from resonance.search.hybrid import Hybrid

    database, vectors = Database(url), MemoryVectors()
    Embedding(database, vectors, Embedders()).run()
    hybrid = Hybrid(IndexedSearch(Fts5Index()), vectors)
    with database.read() as uow:
        homes = frozenset(
            uow.execute(select(library.library.c.id).where(library.library.c.name == "Mine")).scalars()
        )
    caller = Caller(user_id=user_id, name="berta", role=Role.USER, libraries=homes)
    assistant = Assistant(database, lambda: hybrid)
    found = []
    for number, text in enumerate(sentences(6, 3, NAMES)):
        plan, _ = assistant.understood(caller, text)
        made = assistant.make(caller, plan, seed=number, at_ms=int(at_ms))
        found.append(" ".join([text, *(item.track.id for item in made.tracks)]))
    vectors.close()
    database.close()
    return found


def test_processes_with_other_hashes_make_the_same_lists(world: World) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", APART, world.url, world.caller.user_id, str(NOW)],
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told[0] == told[1] and len(told[0]) > 500


def test_what_is_claimed_of_a_track_is_true_of_its_row(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "BUDGET", 1)
    claims: Counter[str] = Counter()
    for number, text in enumerate(sentences(60, 4, NAMES)):
        before: dict[str, Any] | None = None
        for item in world.made(text, number).tracks:
            truth = world.tracks[item.track.id]
            assert item.reasons and item.reason == ", ".join(item.reasons[:2])
            for claim in item.reasons:
                kind = true_kind(claim, truth, before, item)
                assert kind, (text, claim, truth, before)
                claims[kind] += 1
            before = truth
    assert {"genre", "curve", "key", "tempo", "year", "step"} <= set(claims), claims


def true_kind(claim: str, one: dict[str, Any], before: dict[str, Any] | None, item: Any) -> str | None:
    """What sort of claim it is; None when it is not true, or of no sort."""
    bpm, key = one["bpm"], camelot.camelot(one["key"]) if one["bpm"] else None
    energy = f"{one['energy']:.2f}" if bpm else "unknown"
    if claim in ("fits the rules", "fills the length", "chosen by chance"):
        return "else"
    if found := re.fullmatch(r"(?:not [^:]+: |genre: |\w+ in genre: )(.+)", claim):
        return "genre" if found[1].casefold() == one["genre"].casefold() else None
    if found := re.fullmatch(r"(?:\w+ in )?mood tag: (.+)", claim):
        return "mood" if found[1] in one["mood"].split(";") else None
    if claim == "instrumental, by its tags":
        return "mood" if "instrumental" in one["mood"] else None
    if found := re.fullmatch(r"(?:year|old:|new:) (\d+)", claim):
        return "year" if int(found[1]) == one["year"] else None
    if found := re.fullmatch(r"(?:(fast|slow|medium tempo): )?(\d+) BPM", claim):
        said = {"fast": (118, 999), "slow": (0, 96), "medium tempo": (90, 125), None: (0, 999)}[found[1]]
        return "tempo" if bpm and found[2] == f"{bpm:.0f}" and said[0] <= bpm <= said[1] else None
    if found := re.fullmatch(r"(?:energetic, |calm, )?energy:? (\S+)", claim):
        return "energy" if found[1] == energy else None
    if found := re.fullmatch(
        r"(?:(?:starts|ends) \w+ for this list: )?energy ([\d.]+)(?:, on the curve)?", claim
    ):
        return "curve" if found[1] == energy and abs(item.level - item.wanted) <= 0.13 else None
    if found := re.fullmatch(r"(?:major|minor) key: .+|.+ \((\d+[AB])\)", claim):
        return "key" if key and found[1] in (None, key) and one["key"][1] in claim.lower() else None
    return "step" if before is not None and _steps(claim, before, one) else None


def _steps(claim: str, before: dict[str, Any], one: dict[str, Any]) -> bool:
    if not before["bpm"] or not one["bpm"]:
        return False
    apart = min(abs(one["bpm"] * times / before["bpm"] - 1) for times in (0.5, 1, 2))
    if claim == "same tempo as before":
        return apart <= 0.016
    relation, near, _ = claim.partition(", near in tempo")
    (a, x), (b, y) = ((int(k[:-1]), k[-1]) for k in (camelot.camelot(t["key"]) for t in (before, one)))
    is_ = {"same key as before": (0, True), "relative key": (0, False), "neighbour key": (1, True)}
    return is_.get(relation) == (min((a - b) % 12, (b - a) % 12), x == y) and (not near or apart <= 0.065)


def test_the_curve_is_followed_and_one_thing_leads_to_another(world: World) -> None:
    made = world.made("90 minutes, calm ambient to energetic heavy metal, no vocals")
    known = [item for item in made.tracks if item.level is not None]
    assert sum(abs(item.level - item.wanted) for item in known if item.level is not None) / len(known) < 0.2
    third = len(made.tracks) // 3

    def share(kind: str, items: list[Any]) -> float:
        return sum(kind in " ".join(item.track.genres).lower() for item in items) / len(items)

    assert share("ambient", made.tracks[:third]) > share("ambient", made.tracks[-third:])
    assert share("metal", made.tracks[-third:]) > share("metal", made.tracks[:third])


def test_what_is_locked_stays_and_what_is_left_out_is_gone(world: World) -> None:
    plan, _ = world.assistant.understood(world.caller, "12 tracks of soul and funk")
    before = [item.track.id for item in world.assistant.make(world.caller, plan, at_ms=NOW).tracks]
    changed = from_json({**plan.to_json(), "pins": {before[4]: 4}, "without": [before[0], before[7]]})
    made = world.assistant.make(world.caller, changed, at_ms=NOW)
    after = [item.track.id for item in made.tracks]
    assert after[4] == before[4] and made.tracks[4].locked
    assert not {before[0], before[7]} & set(after)
    gone = from_json({**plan.to_json(), "pins": {before[4]: 4}, "without": [before[4]]})
    lost = world.assistant.make(world.caller, gone, at_ms=NOW)
    assert before[4] not in [item.track.id for item in lost.tracks] and "lost" in {
        note.kind for note in lost.notes
    }


def test_it_says_so_when_too_little_fits(world: World) -> None:
    few = world.made("3 hours of liked soul from 1971")
    assert [note.kind for note in few.notes if note.kind in ("short", "nothing")]
    none = world.made("an hour before 1980 and only jazz, not jazz")
    assert not none.tracks and "nothing" in {note.kind for note in none.notes}
    assert "hour" in {note.kind for note in world.made("jazz").notes}


@pytest.mark.parametrize(
    "text",
    ["", "jazz " * 1900, "'; DROP TABLE track; --", "\0\x01 disco", "🎷" * 300, "1 minute", "24 hours", "500 tracks",
     "max 1 per artist, 24 hours", "by Nobody", "poniendo música triste de los años 80", "only jazz, no jazz"],
)  # fmt: skip
def test_hostile_sentences_are_answered(world: World, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "BUDGET", 1)
    monkeypatch.setattr(ordering, "EACH_BUDGET", 1)
    assert not list(faults(world, world.made(text)))


def test_a_length_that_the_search_misses_is_met_all_the_same(world: World) -> None:
    for minutes in (2, 3, 4, 5, 7):
        made = world.made(f"{minutes} minutes, max one per artist", 5)
        assert abs(made.duration_s - 60 * minutes) <= 1.2 * minutes, minutes


def test_few_are_made_at_a_time_and_seeds_have_bounds(world: World) -> None:
    busy = Assistant(world.database, lambda: pytest.fail("nothing is looked up"), at_once=1, wait_s=0.0)
    with busy._place(), pytest.raises(TooMany):
        busy.make(world.caller, Plan())
    with pytest.raises(Invalid):
        world.assistant.make(world.caller, Plan(), seed=-1)
    with pytest.raises(Invalid):
        world.assistant.understood(world.caller, "x" * 10_001)


def test_a_named_curve_begins_and_ends_where_it_was_said(world: World) -> None:
    made = world.made("2 hours, start calm, peak in the middle, end soft")
    assert made.curve.name == "arc" and made.curve.asked
    assert made.curve.points[0][1] < 0.2 and made.curve.points[-1][1] < 0.3
    assert max(level for _, level in made.curve.points) > 0.9


def test_how_long_tracks_are_and_their_files_are_rules(world: World) -> None:
    short = world.made("20 songs shorter than 4 minutes, only flac")
    assert short.tracks and all(world.tracks[item.track.id]["seconds"] <= 240 for item in short.tracks)
    long = world.made("songs over 6 minutes, 5 songs")
    assert long.tracks and all(world.tracks[item.track.id]["seconds"] >= 360 for item in long.tracks)
    assert not world.made("only mp3").tracks and world.made("no mp3, 5 songs").tracks


def test_chance_is_spread_and_the_same_for_a_seed() -> None:
    ids = [hashed_id(str(n)) for n in range(2000)]
    one, other = chance(ids, 1), chance(ids, 2)
    assert (one == chance(ids, 1)).all() and not (one == other).any()
    assert 0.47 < one.mean() < 0.53 and one.min() >= 0 and one.max() < 1
    assert abs(sum((one - one.mean()) * (other - other.mean())) / len(ids)) < 0.01
