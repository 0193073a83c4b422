"""A made library whose truth is known, and what a list of it must keep to."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from resonance.assistant.answer import PromptMade
from resonance.assistant.assistant import Assistant
from resonance.assistant.making import passing
from resonance.assistant.plan import Plan, from_json
from resonance.core.ids import hashed_id
from resonance.core.text import fold, sort_key
from resonance.db import versions
from resonance.db.engine import Database
from resonance.db.tables import analysis, library, listens
from resonance.library import traits
from resonance.model import camelot
from resonance.model.caller import Caller
from resonance.recommend.recordings import bare
from resonance.recommend.recordings import versions as versions_of
from resonance.search.meaning import genres
from tests.fixtures import rows as made_rows
from tests.fixtures.rows import Rows
from tests.fixtures.sentences import GENRES

ROOT = Path(__file__).parents[3]
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
