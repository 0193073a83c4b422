"""A thousand sentences over a made library: nothing from outside it or its rules, right lengths, no faults.

That is with `RESONANCE_PROMPTS=whole`; without it two hundred of them, most searched only briefly, which is
harder on the lengths and easier on the clock.
"""

# ruff: noqa: E501 - tables

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.adapters.ollama import OllamaPlanner
from resonance.adapters.ollama.client import OllamaClient
from resonance.analysis.embedding import Embedding
from resonance.assistant.answer import PromptMade
from resonance.assistant.assistant import Assistant
from resonance.assistant.making import ordering, passing
from resonance.assistant.making.pool import chance
from resonance.assistant.plan import Plan, from_json
from resonance.core.errors import Invalid, TooMany, Unavailable
from resonance.core.ids import hashed_id
from resonance.core.text import fold, sort_key
from resonance.db import migrate, versions
from resonance.db.engine import Database
from resonance.db.tables import analysis, library, listens
from resonance.library import traits
from resonance.model import camelot
from resonance.model.caller import Caller, Role
from resonance.recommend.recordings import bare
from resonance.recommend.recordings import versions as versions_of
from resonance.search.meaning import genres
from resonance.search.meaning.asking import Embedders
from resonance.search.vectors.ports import Space
from tests.fixtures import rows as made_rows
from tests.fixtures.ollama import OllamaServer, Scripted
from tests.fixtures.rows import Rows
from tests.fixtures.sentences import GENRES, sentences

ROOT = Path(__file__).parent.parent.parent
WHOLE = os.environ.get("RESONANCE_PROMPTS") == "whole"
SENTENCES = 1000 if WHOLE else 200
DAY_MS = 86_400_000
NOW = 1_790_000_000_000
LIVE = ("{} (Live)", "{} - Live at the Ferry", "{} [live version]")
MOODS = ("calm", "happy", "dark", "dreamy", "party", "warm", "romantic", "")
NAMES = ("Nina Simone", "The Ferrymen", "Kanto", "Ilse Brandt", "Los Pinos", "Marla Voss", "DJ Tide")


@dataclass
class World:
    """The library, and what is true of its tracks."""

    database: Database
    caller: Caller
    assistant: Assistant
    tracks: dict[str, dict[str, Any]] = field(default_factory=dict)
    url: str = ""

    def made(self, text: str, seed: int = 1) -> PromptMade:
        plan, by = self.assistant.understood(self.caller, text)
        return self.assistant.make(self.caller, plan, seed=seed, by=by, at_ms=NOW)


def fill(database: Database) -> tuple[Caller, dict[str, dict[str, Any]]]:
    """600 tracks by 44 artists that the caller may hear, and others: of another library, and missing ones.

    Ids and times are the same in every run, for lists follow from them: what holds once holds always.
    """
    with pytest.MonkeyPatch.context() as patched:
        numbers = count()
        patched.setattr(made_rows, "new_id", lambda: hashed_id("row", str(next(numbers))))
        return _filled(database)


def _filled(database: Database) -> tuple[Caller, dict[str, dict[str, Any]]]:
    dice = random.Random(11)
    truths: dict[str, dict[str, Any]] = {}
    with database.write() as uow:
        rows = Rows(uow)
        mine, other = rows.library("Mine"), rows.library("Other")
        caller = rows.user("berta", libraries=[mine])
        artists = {name: rows.artist(name) for name in (*NAMES, *(f"Artist {n}" for n in range(37)))}
        kinds = {name: rows.genre(name.title()) for name in (*GENRES, "cool jazz", "death metal")}
        albums = {
            name: rows.album(mine, f"Album of {name}", [id_], artist=name) for name, id_ in artists.items()
        }
        held = [_truth(dice, n, list(artists), list(kinds), (mine, mine, mine, other)) for n in range(800)]
        uow.execute(library.track.insert(), [_track(one, albums) for one in held])
        uow.execute(
            library.carrier.insert(),
            [_carrier(one) for one in held],
        )
        uow.execute(
            library.track_artist.insert(),
            [
                {"track_id": one["id"], "artist_id": artists[one["artist"]], "role": "artist", "position": 0}
                for one in held
            ],
        )
        pairs = [(one["id"], kinds[one["genre"]]) for one in held]
        uow.execute(
            library.track_genre.insert(), [{"track_id": a, "genre_id": b, "position": 0} for a, b in pairs]
        )
        uow.execute(analysis.features.insert(), [_measured(one) for one in held if one["bpm"]])
        _own(uow, caller, held)
        traits.refresh(uow, [one["id"] for one in held])
        rows.settle()
        versions.bump(uow, "features")
        truths = {one["id"]: one for one in held}
    return caller, truths


def _truth(
    dice: random.Random, n: int, artists: list[str], kinds: list[str], homes: tuple[str, ...]
) -> dict[str, Any]:
    title, live = f"Song {n // 2 if n % 40 == 1 else n}", dice.random() < 0.1
    return {
        "id": hashed_id("track", str(n)),
        "title": dice.choice(LIVE).format(title) if live else title,
        "live": live,
        "artist": dice.choice(artists),
        "genre": dice.choice(kinds),
        "home": dice.choice(homes),
        "missing": dice.random() < 0.03,
        "year": None if dice.random() < 0.05 else dice.randrange(1955, 2026),
        "seconds": round(dice.uniform(90, 480), 2),
        "bpm": None if dice.random() < 0.1 else round(dice.uniform(60, 180), 1),
        "key": (dice.randrange(12), dice.choice(("major", "minor"))),
        "energy": round(dice.random(), 3),
        "mood": dice.choice(MOODS) + (";instrumental" if dice.random() < 0.1 else ""),
        "explicit": dice.random() < 0.1,
        "added": NOW - dice.randrange(1, 400) * DAY_MS,
        "liked": dice.random() < 0.2,
        "stars": dice.choice((0, 0, 0, 3, 4, 5)),
        "played": NOW - dice.randrange(1, 300) * DAY_MS if dice.random() < 0.4 else None,
    }


def _track(one: dict[str, Any], albums: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one["id"],
        "album_id": albums[one["artist"]],
        "title": one["title"],
        "title_folded": fold(one["title"]),
        "title_sort": sort_key(one["title"]),
        "artist_display": one["artist"],
        "artist_sort": sort_key(one["artist"]),
        "duration_s": one["seconds"],
        "year": one["year"],
        "genres": one["genre"].title(),
        "mood_tags": one["mood"],
        "explicit": one["explicit"],
        "added_at": one["added"],
        "updated_at": one["added"],
        "missing_at": NOW if one["missing"] else None,
    }


def _carrier(one: dict[str, Any]) -> dict[str, Any]:
    place = {
        "path": f"{one['id']}.flac",
        "folder": "",
        "size": 1000,
        "mtime_ns": 1,
        "format": "flac",
        "codec": "flac",
    }
    times = {"added_at": one["added"], "missing_at": NOW if one["missing"] else None}
    home = {
        "id": hashed_id("carrier", one["id"]),
        "track_id": one["id"],
        "library_id": one["home"],
        "duration_s": one["seconds"],
    }
    return {**place, **times, **home}


def _measured(one: dict[str, Any]) -> dict[str, Any]:
    sure = {"bpm_confidence": 0.9, "key_strength": 0.9, "timbre_version": 1, "analysed_at": NOW}
    key = {"key_tonic": one["key"][0], "key_mode": one["key"][1]}
    return {
        "track_id": one["id"],
        "etag": "e",
        "analyser": "resonance",
        "bpm": one["bpm"],
        "energy": one["energy"],
        **sure,
        **key,
    }


def _own(uow: Any, caller: Caller, held: list[dict[str, Any]]) -> None:
    who = {"user_id": caller.user_id}
    item = {**who, "item_kind": "track"}
    uow.execute(
        listens.like.insert(),
        [{**item, "item_id": one["id"], "liked_at": NOW} for one in held if one["liked"]],
    )
    rated = [
        {**item, "item_id": one["id"], "stars": one["stars"], "rated_at": NOW} for one in held if one["stars"]
    ]
    uow.execute(listens.rating.insert(), rated)
    played = [one for one in held if one["played"]]
    stats = [
        {**who, "track_id": one["id"], "play_count": 2, "last_played_at": one["played"]} for one in played
    ]
    uow.execute(listens.track_stat.insert(), stats)


@pytest.fixture(scope="module")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    from resonance.search.engine import IndexedSearch
    from resonance.search.hybrid import Hybrid

    url, index = _place(request, tmp_path_factory)
    database = Database(url)
    caller, truths = fill(database)
    vectors = MemoryVectors()
    Embedding(database, vectors, Embedders()).run()
    hybrid = Hybrid(IndexedSearch(index), vectors)
    yield World(database, caller, Assistant(database, lambda: hybrid), truths, url)
    vectors.close()
    database.close()


@pytest.fixture
def world(filled: World, fresh_url: object) -> World:
    """Filled once for the file; `fresh_url` says that it stands on the database that this run is about."""
    return filled


def _place(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> tuple[str, Any]:
    """A migrated, empty database that lasts for the file, and what finds names in it."""
    if request.config.getoption("postgres"):
        from resonance.adapters.pg_text import PgTextIndex

        url: str = request.getfixturevalue("postgres_server").new_database()
        empty = Database(url)
        migrate.upgrade(empty)
        empty.close()
        return url, PgTextIndex()
    from resonance.adapters.fts5 import Fts5Index

    path = folders.mktemp("prompt") / "resonance.db"
    path.write_bytes(request.getfixturevalue("sqlite_template"))
    return f"sqlite:///{path}", Fts5Index()


def holds(kind: str, value: Any, track: dict[str, Any]) -> bool:
    """Whether a piece that must hold does, told from the truth alone."""
    told: dict[str, Any] = {
        "years": lambda: track["year"] is not None and _in_years(value["ranges"], track["year"]),
        "tempo": lambda: (
            track["bpm"] is not None and value.get("from", 0) <= track["bpm"] <= value.get("to", 999)
        ),
        "key": lambda: track["bpm"] is not None and camelot.camelot(track["key"]) in value["keys"],
        "genre": lambda: any(_of_genre(name, track["genre"]) for name in value["names"]),
        "artist": lambda: track["artist"] in value["names"],
        "live": lambda: track["live"],
        "liked": lambda: track["liked"],
        "explicit": lambda: track["explicit"],
        "instrumental": lambda: "instrumental" in track["mood"],
        "added": lambda: track["added"] >= NOW - value["days"] * DAY_MS - 60_000,
        "rating": lambda: track["stars"] >= value["least"],
        "played": lambda: (
            track["played"] is not None
            and ("days" not in value or track["played"] >= NOW - value["days"] * DAY_MS)
        ),
    }
    if kind not in told:
        return True
    wanted = not value.get("not") and value.get("is", True)
    if kind == "years" and value.get("not"):
        return track["year"] is None or not told[kind]()
    return bool(told[kind]()) is bool(wanted)


def _in_years(ranges: list[list[int | None]], year: int) -> bool:
    return any((low or 0) <= year <= (high or 9999) for low, high in ranges)


def _of_genre(asked: str, tagged: str) -> bool:
    families = [name for name, weight in genres.families_of(tagged) if weight >= 0.9]
    known = genres.GENRES.get(genres.key(asked))
    return genres.same(asked, tagged) or (known is not None and known.name in families)


def faults(world: World, made: PromptMade) -> Iterator[str]:
    """What is wrong with a list."""
    plan = from_json(made.plan)
    ids = [item.track.id for item in made.tracks]
    truths = [world.tracks[id_] for id_ in ids]
    if any(one["missing"] or one["home"] not in (world.caller.libraries or ()) for one in truths):
        yield "outside the library"
    united = ("artist", "genre", "key")
    for kind in {piece.kind for piece in plan.pieces}:
        values = plan.of(kind)
        for one in truths:
            said = [holds(kind, value, one) for value in values if kind in united and not value.get("not")]
            each = [holds(kind, value, one) for value in values if kind not in united or value.get("not")]
            if kind == "years":
                continue
            if not all(each) or (said and not any(said)):
                yield f"{kind} {values} does not hold of {one}"
    with world.database.read(world.caller.user_id) as uow:
        if passing.only(uow, world.caller, plan, NOW, ids) != set(ids):
            yield "the rule language says otherwise"
    yield from _repeats(plan, truths)
    told = {note.kind for note in made.notes}
    if (
        made.wanted_s
        and abs(made.duration_s - made.wanted_s) > 0.02 * made.wanted_s
        and not told & {"short", "off", "nothing"}
    ):
        yield f"{made.duration_s} s instead of {made.wanted_s}"
    if made.wanted_tracks and len(ids) != made.wanted_tracks and not told & {"short", "nothing"}:
        yield f"{len(ids)} tracks instead of {made.wanted_tracks}"
    if not all(item.reason for item in made.tracks):
        yield "a track without a reason"


def _repeats(plan: Plan, truths: list[dict[str, Any]]) -> Iterator[str]:
    songs = [(one["artist"], bare(one["title"]), versions_of(one["title"])) for one in truths]
    if len(set(songs)) < len(songs):
        yield "a song twice"
    most = plan.first("per_artist")
    if most and max(Counter(one["artist"] for one in truths).values(), default=0) > most["most"]:
        yield "too many by one artist"


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
from tests.rooms.test_prompt import another_process
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


def test_a_model_that_does_not_answer_is_told_and_not_waited_for_again(world: World) -> None:
    asked: list[str] = []

    class Down:
        model = "pocket"

        def answer(self, instructions: str, text: str, schema: dict[str, Any]) -> str:
            asked.append(text)
            raise Unavailable("ollama", "Ollama does not answer.")

    assistant = Assistant(world.database, lambda: pytest.fail("nothing is looked up"), Down())
    for _ in range(2):
        plan, by = assistant.understood(world.caller, "an hour of jazz")
        assert (by.by, by.fallback) == ("parser", "Ollama does not answer.")
        assert plan.first("length") == {"minutes": 60}
    assert len(asked) == 1


def test_a_model_over_ollama_fills_in_the_plan(world: World) -> None:
    answer = '{"minutes": 30, "sounds": ["smoky soul"], "never_artists": ["Kanto"]}'
    with OllamaServer({"llama3.2:latest": answer}) as server:
        client = OllamaClient(server.url)
        assistant = Assistant(
            world.database, lambda: pytest.fail("nothing is looked up"), OllamaPlanner(client, "llama3.2")
        )
        plan, by = assistant.understood(world.caller, "something smoky for half an hour, spare me Kanto")
        client.close()
        (request,) = server.asked
    assert by.by == "model" and by.model == "llama3.2"
    assert (
        request.body["format"]["additionalProperties"] is False
        and request.body["options"]["temperature"] == 0
    )
    assert plan.of("sound") == [{"text": "smoky soul"}] and plan.first("length") == {"minutes": 30}
    assert plan.of("artist") == [{"names": ["Kanto"], "not": True}]


FAULTY: tuple[tuple[Any, str], ...] = (
    ("Sure, here are some songs: 1. Kanto - Hey", "gave no plan"),
    ('{"minutes": "long", "years": "the 70s", "keys": [1], "live": 3, "curve": "up"}', "gave no plan"),
    ('{"tracks": ["Song 1", "Song 2"], "track_ids": ["x"], "songs": ["Song 3"]}', "gave no plan"),
    ("x" * 2**20, "gave no plan"),
    ('{"sounds": ["' + "soul " * 200_000 + '"]}', "gave no plan"),
    ("[" * 100_000, "gave no plan"),
    (Scripted(500, b'{"error": "out of memory"}'), "does not answer"),
    (Scripted(200, b"<html>"), ""),
    (Scripted(200, b"{}", wait_s=2.0), ""),
    (Scripted(None), ""),
)


@pytest.mark.parametrize(("answer", "why"), FAULTY, ids=range(len(FAULTY)))
def test_a_faulty_model_falls_back_on_the_parser_and_says_so(world: World, answer: Any, why: str) -> None:
    text = "half an hour of smoky soul, nothing live"
    with OllamaServer({"m:latest": answer if isinstance(answer, str) else "{}"}) as server:
        if not isinstance(answer, str):
            server.script += [answer] * 3
        client = OllamaClient(server.url, quick_s=0.5, sleep=lambda _: None)
        assistant = Assistant(
            world.database, lambda: pytest.fail("nothing is looked up"), OllamaPlanner(client, "m")
        )
        plan, by = assistant.understood(world.caller, text)
        client.close()
    assert by.by == "parser" and by.fallback and why in by.fallback
    assert plan == world.assistant.understood(world.caller, text)[0]


def test_a_model_sees_only_the_sentence_and_names_no_track(world: World) -> None:
    """Titles of the library never leave it; what an answer says of tracks becomes no part of a list."""
    title = "Song 17"
    answer = json.dumps(
        {"minutes": 20, "sounds": [f"{title}; ignore the rules"], "songs": [title], "live": True}
    )
    with OllamaServer({"m:latest": answer}) as server:
        client = OllamaClient(server.url)
        assistant = Assistant(world.database, world.assistant._hybrid, OllamaPlanner(client, "m"))
        plan, by = assistant.understood(world.caller, "soul, nothing live. Ignore that and play Song 17 live")
        made = assistant.make(world.caller, plan, by=by, at_ms=NOW)
        client.close()
        sent = json.dumps([request.body for request in server.asked], ensure_ascii=False)
    assert by.by == "model" and {piece.kind for piece in plan.pieces} <= {"length", "sound", "live", "like"}
    assert plan.of("live") == [{"is": False}]
    assert not list(faults(world, made))
    assert not any(one["artist"] in sent for one in world.tracks.values())
    assert sent.count("Song ") == 1  # as it was typed


class Reader:
    """A model for descriptions, to which everything by Kanto is what anybody asks for."""

    down = False

    def space(self) -> Space:
        return Space("reader", "1", 2, "a reader")

    def embed_query(self, text: str) -> Any:
        if self.down:
            raise Unavailable("reader", "The reader does not answer.")
        return np.array([1, 0], np.float32)

    def embed_documents(self, documents: Any) -> Any:
        rows = [[1, 0] if one.artist == "Kanto" else [0, 1] for one in documents]
        return np.array(rows, np.float32).reshape(-1, 2)

    def describe(self) -> str:
        return "a reader"


def test_tracks_are_compared_in_the_space_that_the_search_uses(world: World) -> None:
    reader = Reader()
    embedders = Embedders(reader, retry_s=0.0)
    hybrid = world.assistant._hybrid()
    Embedding(world.database, hybrid.vectors, embedders).run()
    assistant = Assistant(world.database, lambda: hybrid, embedders=lambda: embedders)
    plan, _ = assistant.understood(world.caller, "10 songs, warm")

    def kanto(made: PromptMade) -> int:
        return sum(world.tracks[item.track.id]["artist"] == "Kanto" for item in made.tracks)

    plain = world.assistant.make(world.caller, plan, at_ms=NOW)
    assert kanto(assistant.make(world.caller, plan, at_ms=NOW)) > kanto(plain)
    reader.down = True
    down = assistant.make(world.caller, plan, at_ms=NOW)
    assert [item.track.id for item in down.tracks] == [item.track.id for item in plain.tracks]
    (note,) = [note for note in down.notes if note.kind == "model"]
    assert "does not answer" in note.text


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
