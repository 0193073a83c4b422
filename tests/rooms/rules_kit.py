"""Random libraries in a database and as records, and hypothesis' rules about them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from resonance.core.ids import new_id
from resonance.core.text import fold, sort_key
from resonance.db.engine import UnitOfWork
from resonance.db.tables import analysis, library, listens
from resonance.db.traits import key_place
from resonance.model import camelot
from resonance.model.caller import Caller
from resonance.model.moods import MOODS
from resonance.rules import asks, tree
from resonance.rules.fields import FIELDS, Field
from resonance.rules.scope import Need, Scope
from resonance.rules.tree import All, Condition, Like, Limit, Near, Node, Not, Rule, Sort
from tests.fixtures.rows import Rows

NOW = 1_700_000_000_000
WORDS = [
    *("Jazz", "jazz", "JÄZZ!", "Acid Jazz", "Live", "Olive", "live at Köln", "!!!", "100%", "a_b", "a b"),
    *("Straße", "Strasse", "ШУМ", "東京", "Ærø", "The The", "AC/DC", "k.d. lang", "%", "Ñ", "ｗｉｄｅ"),
]
NAMES = [word for word in WORDS if fold(word)] + ["!!!", "%"]
NUMBERS: list[Any] = [0, 1, 2, 3, 5, 79.5, 80, 80.4, 80.5, 120, 0.5, 0.25, 1990, 1991, 2000, -3, 1000, 44100]
DAYS = ["1989-12-31", "1990-01-01", "1990-05-01", "1990-05-02", "2023-10-15", "2023-11-13", "2023-11-14"]
PARTIAL = ["1990", "1990-05", "1990-05-01", "2023-11", "2023-10-20", None, None]
TIMES = [NOW, NOW - 1, NOW - asks.DAY_MS, NOW - asks.DAY_MS - 1, NOW - 30 * asks.DAY_MS, 642_000_000_000]
KEYS = ["8A", "8B", "9A", "7A", "12A", "1B", "3B"]
IDS = ["playlist-one", "playlist-two"]
LIKES = [("track", "t"), ("artist", "a"), ("text", "late night")]


@dataclass(repr=False)
class World:
    """One random library with two users; what `me` sees of it as records."""

    seed: int
    me: Caller
    libraries: list[str]
    records: list[dict[str, Any]] = field(default_factory=list)
    resolved: dict[Need, Any] = field(default_factory=dict)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text("World()")  # for hypothesis, which would print all of it

    def scope(self, *, restricted: bool) -> Scope:
        allowed = frozenset(self.libraries[:1]) if restricted else None
        return Scope(self.me.user_id, allowed, NOW, self.resolved)

    def seen(self, *, restricted: bool) -> list[dict[str, Any]]:
        """The records of the tracks in sight, with the values of the files in sight."""
        found = []
        for record in self.records:
            files = [f for f in record["files"] if not restricted or f["library_id"] == self.libraries[0]]
            if files:
                found.append(record | _of_files(files))
        return found


def _of_files(files: list[dict[str, Any]]) -> dict[str, Any]:
    columns = {
        **{"path": "path", "folder": "folder", "file_type": "format", "codec": "codec", "size": "size"},
        **{"bit_rate": "bit_rate_kbps", "sample_rate": "sample_rate_hz", "bit_depth": "bit_depth"},
        **{"channels": "channels", "library": "library", "library_number": "library_number"},
    }
    return {name: [file[column] for file in files] for name, column in columns.items()}


class Maker:
    """Fills a database from a seed."""

    def __init__(self, uow: UnitOfWork, seed: int) -> None:
        self.uow, self.seed, self.dice, self.rows = uow, seed, random.Random(seed), Rows(uow)

    def some(self, pool: list[Any], most: int = 2) -> list[Any]:
        return self.dice.sample(pool, self.dice.randint(0, min(most, len(pool))))

    def one(self, pool: list[Any]) -> Any:
        return self.dice.choice([*pool, None])

    def world(self, tracks: int) -> World:
        me, other = self.rows.user("me"), self.rows.user("other")
        homes = [self.rows.library(name) for name in ("Musik Köln", "Live")]
        world = World(self.seed, me, homes)
        self.me, self.other, self.homes = me, other, homes
        self.artists = {
            name: self.rows.artist(name, mbid=self.one(["MB-1", "mb-2"]), name_folded=asks.name_key(name))
            for name in {asks.name_key(name): name for name in NAMES}.values()
        }
        self.mbids = {row.id: row.mbid for row in self.uow.execute(library.artist.select())}
        self.genres = {
            name: self.rows.genre(name) for name in {fold(n): n for n in NAMES if fold(n)}.values()
        }
        self.albums = [self._album() for _ in range(max(tracks // 4, 2))]
        world.records = [self._track() for _ in range(tracks)]
        self._plays_beside(world.records)
        ids = [record["id"] for record in world.records]
        for id_ in IDS:
            world.resolved[Need("playlist", id_)] = set(self.dice.sample(ids, len(ids) // 3))
        for of, value in LIKES:
            some = self.dice.sample(ids, len(ids) // 2)
            world.resolved[Need(of, value)] = {id_: self.dice.choice([0.1, 0.5, 0.8, 0.81]) for id_ in some}
        return world

    def _album(self) -> dict[str, Any]:
        title, names = self.dice.choice(NAMES), self.some(list(self.artists), 2)
        shown = self.dice.choice(NAMES)
        columns = {
            **{"artist": shown, "artist_sort": sort_key(shown), "title_sort": sort_key(title)},
            **{"year": self.one([1990, 2000]), "date": self.dice.choice(PARTIAL)},
            **{
                "labels": ";".join(self.some(WORDS)),
                "release_types": ";".join(self.some(["live", "dj-mix"])),
            },
            **{"catalog_number": self.one(["CAT-1", "cat 1"]), "version": self.one(["Deluxe Edition"])},
            **{"mbid": self.one(["AL-1"]), "release_group_mbid": self.one(["RG-1"])},
            **{"added_at": self.dice.choice(TIMES), "updated_at": self.dice.choice(TIMES)},
            **{"track_count": self.dice.choice([1, 3]), "duration_s": self.dice.choice([80.5, 1000.0])},
            "compilation": False,
        }
        home = self.dice.choice(self.homes)
        cover = self.rows.cover(home) if self.dice.random() < 0.4 else None
        id_ = self.rows.album(home, title, [self.artists[n] for n in names], cover_id=cover, **columns)
        facts = {
            **{"album": title, "album_artist": names, "sort_album": columns["title_sort"]},
            **{"sort_album_artist": columns["artist_sort"], "release_year": columns["year"]},
            **{"release_date": columns["date"], "label": columns["labels"].split(";")},
            **{"release_type": columns["release_types"].split(";"), "album_version": columns["version"]},
            **{"catalog_number": columns["catalog_number"], "album_mbid": columns["mbid"]},
            **{"release_group_mbid": columns["release_group_mbid"], "album_tracks": columns["track_count"]},
            **{"album_duration": columns["duration_s"], "album_added": columns["added_at"]},
            **{"album_changed": columns["updated_at"], "has_cover": cover is not None},
            "album_artist_mbid": [self.mbids[self.artists[n]] for n in names],
        }
        return {"id": id_, "home": home, "facts": facts | self._said("album", id_)}

    def _said(self, kind: str, id_: str) -> dict[str, Any]:
        """Likes and ratings by me; those of somebody else must not count."""
        prefix = "" if kind == "track" else f"{kind}_"
        of = {"item_kind": kind, "item_id": id_}
        self.rows.insert(listens.like, user_id=self.other.user_id, liked_at=NOW, **of)
        self.rows.insert(listens.rating, user_id=self.other.user_id, stars=5, rated_at=NOW, **of)
        liked, rated, stars = self.one(TIMES), self.one(TIMES), self.dice.randint(1, 5)
        if liked is not None:
            self.rows.insert(listens.like, user_id=self.me.user_id, liked_at=liked, **of)
        if rated is not None:
            self.rows.insert(listens.rating, user_id=self.me.user_id, stars=stars, rated_at=rated, **of)
        return {
            **{f"{prefix}liked": liked is not None, f"{prefix}liked_at": liked},
            **{f"{prefix}rating": stars if rated is not None else None, f"{prefix}rated_at": rated},
        }

    def _track(self) -> dict[str, Any]:
        title, shown, album = self.dice.choice(WORDS), self.dice.choice(NAMES), self.one(self.albums)
        names, genres = self.some(list(self.artists), 3), self.some(list(self.genres), 2)
        own_cover = self.rows.cover(self.homes[0]) if self.dice.random() < 0.1 else None
        columns = {
            **{
                "title_sort": sort_key(title) or title.strip(),
                "artist": shown,
                "artist_sort": sort_key(shown),
            },
            **{"year": self.one([1990, 1991, 2000]), "date": self.dice.choice(PARTIAL)},
            **{
                "original_date": self.dice.choice(PARTIAL),
                "number": self.one([1, 2]),
                "disc": self.one([1, 2]),
            },
            **{"duration_s": self.dice.choice([79.5, 80.4, 120.0, 0.0]), "disc_subtitle": self.one(WORDS)},
            **{
                "comment": self.one(WORDS),
                "mood_tags": ";".join(self.some(WORDS)),
                "isrc": self.one(["ÄB-1"]),
            },
            **{"recording_mbid": self.one(["RE-1"]), "track_mbid": self.one(["tr-1"])},
            **{"explicit": self.dice.random() < 0.5, "compilation": self.dice.random() < 0.5},
            **{"has_lyrics": self.dice.random() < 0.5, "gain_track_db": self.one([-3.0, 0.25])},
            **{
                "peak_track": self.one([0.5, 1.0]),
                "gain_album_db": self.one([-3.0]),
                "peak_album": self.one([1.0]),
            },
            **{"added_at": self.dice.choice(TIMES), "updated_at": self.dice.choice(TIMES)},
        }
        files = [self._file() for _ in range(self.dice.randint(1, 2))]
        gone = self.dice.random() < 0.05
        id_ = self.rows.track(
            title,
            album_id=album and album["id"],
            artists=[self.artists[n] for n in names],
            genres=[self.genres[n] for n in genres],
            cover_id=own_cover,
            missing_at=NOW if gone else None,
            **columns,
        )
        for file in files:
            known = {name: value for name, value in file.items() if name not in ("library", "library_number")}
            self.rows.carrier(id_, known.pop("library_id"), **known)
        self.rows.carrier(id_, self.homes[0], path=f"gone/{new_id()}", codec="gone", missing_at=NOW)
        for role in ("composer", "remixer"):
            for at, name in enumerate(self.some(list(self.artists), 1)):
                self.rows.insert(
                    library.track_artist, track_id=id_, artist_id=self.artists[name], role=role, position=at
                )
                columns[role] = name
        renamed = {
            **{"title": title, "artist": names, "genre": genres, "sort_title": columns.pop("title_sort")},
            **{"sort_artist": columns.pop("artist_sort"), "duration": columns.pop("duration_s")},
            **{"mood_tag": columns.pop("mood_tags").split(";"), "gain_track": columns.pop("gain_track_db")},
            **{"gain_album": columns.pop("gain_album_db"), "added": columns.pop("added_at")},
            **{"changed": columns.pop("updated_at"), "files": [] if gone else files, "id": id_},
            "original_year": columns["original_date"] and int(columns["original_date"][:4]),
            "artist_mbid": [self.mbids[self.artists[n]] for n in names],
        }
        columns.pop("artist")
        record = (album["facts"] if album else {}) | columns | renamed
        record["has_cover"] = bool(record.get("has_cover")) or own_cover is not None
        record["_artists"], record["_album"] = [self.artists[n] for n in names], album and album["id"]
        return record | self._said("track", id_) | self._heard(id_) | self._own(id_)

    def _file(self) -> dict[str, Any]:
        at = self.dice.randrange(2)
        folder = self.dice.choice(["Rock/Live", "rock", "Röck", ""])
        return {
            **{"library_id": self.homes[at], "library": ("Musik Köln", "Live")[at], "library_number": at + 1},
            **{
                "folder": folder,
                "path": f"{folder}/{new_id()}_1%.flac",
                "format": self.dice.choice(["flac", "mp3"]),
            },
            **{"codec": self.dice.choice(["flac", "mp3"]), "bit_rate_kbps": self.one([80, 120, 1000])},
            **{
                "sample_rate_hz": self.one([44100]),
                "bit_depth": self.one([16, 24]),
                "channels": self.one([1, 2]),
            },
            "size": self.dice.choice([0, 1000, 400_000, 600_000]),
        }

    def _heard(self, id_: str) -> dict[str, Any]:
        """Measurements and moods."""
        found: dict[str, Any] = {}
        if self.dice.random() < 0.7:
            key = self.one(KEYS)
            tonic, mode = camelot.parse(key) if key else (None, None)
            place = key_place(tonic, mode) if key else None
            found = {
                "bpm": self.one([79.5, 80.4, 80.5, 120.0]),
                "key": key,
                "energy": self.one([0.25, 0.5, 0.8]),
            }
            values = {"bpm": found["bpm"], "energy": found["energy"], "key_place": place}
            self.rows.insert(analysis.trait, track_id=id_, key_tonic=tonic, key_mode=mode, **values)
        if self.dice.random() < 0.7:
            columns = {
                **{"danceability": "danceability", "brightness": "brightness", "loudness": "lufs_i"},
                **{"acousticness": "acousticness_proxy", "valence": "valence_proxy", "loudness_range": "lra"},
                **{
                    "dynamics": "dynamic_complexity",
                    "true_peak": "true_peak_dbtp",
                    "onset_rate": "onset_rate",
                },
                "bpm_stability": "bpm_stability",
            }
            measured = {name: self.one([0.25, 0.5, -3.0]) for name in columns}
            values = {column: measured[name] for name, column in columns.items()}
            version, problem = self.dice.choice([0, 1]), self.one(["unreadable"])
            self.rows.insert(
                analysis.features,
                **{"track_id": id_, "etag": "e", "analyser": "resonance", "analysed_at": NOW},
                **{"timbre_version": version, "problem": problem, **values},
            )
            found |= measured | {"analysed": version > 0 and problem is None}
        for mood in MOODS:
            believed = None
            for source, user in (
                *(("language_model", ""), ("audio_model", ""), ("tags", "")),
                *(("user", self.other.user_id), ("user", self.me.user_id)),
            ):
                if self.dice.random() < 0.25:
                    value = self.dice.choice([0.25, 0.5, 0.8])
                    self.rows.insert(
                        analysis.mood,
                        track_id=id_,
                        mood=mood,
                        source=source,
                        user_id=user,
                        value=value,
                        set_at=1,
                    )
                    believed = believed if user == self.other.user_id else value
            found[f"mood_{mood}"] = believed
        return found

    def _own(self, id_: str) -> dict[str, Any]:
        """Plays, tags, notes."""
        self.rows.insert(
            listens.track_stat, user_id=self.other.user_id, track_id=id_, play_count=9, last_played_at=NOW
        )
        found: dict[str, Any] = {"play_count": None, "last_played": None}
        if self.dice.random() < 0.5:
            found = {"play_count": self.dice.choice([0, 1, 3]), "last_played": self.one(TIMES)}
            self.rows.insert(
                listens.track_stat,
                **{"user_id": self.me.user_id, "track_id": id_},
                **{"play_count": found["play_count"], "last_played_at": found["last_played"]},
            )
        found["tag"] = self.some(WORDS)
        for tag in found["tag"]:
            self.rows.insert(listens.track_tag, user_id=self.me.user_id, track_id=id_, tag=tag)
        self.rows.insert(listens.track_tag, user_id=self.other.user_id, track_id=id_, tag="theirs")
        found["note"] = self.one(WORDS)
        if found["note"]:
            self.rows.insert(
                listens.track_note, user_id=self.me.user_id, track_id=id_, note=found["note"], updated_at=1
            )
        return found

    def _plays_beside(self, records: list[dict[str, Any]]) -> None:
        """What is gathered over an album, and over the tracks of an artist."""
        said = {id_: self._said("artist", id_) for id_ in self.artists.values()}

        def highest(values: list[Any]) -> Any:
            return max((value for value in values if value is not None), default=None)

        def gathered(of: list[dict[str, Any]]) -> tuple[Any, Any]:
            counts = [record["play_count"] for record in of if record["play_count"] is not None]
            return sum(counts) if counts else None, highest([record["last_played"] for record in of])

        for record in records:
            album = [other for other in records if other["_album"] == record["_album"]]
            if record["_album"]:
                record["album_play_count"], record["album_last_played"] = gathered(album)
            theirs = [gathered([o for o in records if id_ in o["_artists"]]) for id_ in record["_artists"]]
            record["artist_play_count"] = [count or 0 for count, _ in theirs]
            record["artist_last_played"] = [last for _, last in theirs]
            own = [said[id_] for id_ in record["_artists"]]
            record["artist_liked"] = any(each["artist_liked"] for each in own)
            record["artist_rating"] = [each["artist_rating"] or 0 for each in own]
            for name in ("artist_liked_at", "artist_rated_at"):
                record[name] = [each[name] for each in own]


texts = st.one_of(
    st.sampled_from(
        [*WORDS, "li", "live", "zz", "MB-1", "al-1", "CAT 1", "flac", "Rock/", "dj mix", "deluxe", "äb"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8).filter(str.strip),
)
numbers = st.one_of(
    st.sampled_from(NUMBERS),
    st.integers(-(10**15), 10**15),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)),
    st.floats(-1e15, 1e15, allow_nan=False),
)
days = st.one_of(st.sampled_from(DAYS), st.dates().map(str))
shares = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 0.8, 1.0]), st.floats(0, 1))


def pairs(each: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(each, each).map(lambda two: tuple(sorted(two)))


def condition_of(of: Field) -> st.SearchStrategy[Condition]:
    def value(op: str) -> st.SearchStrategy[Any]:
        if op in ("missing", "present"):
            return st.none()
        if op == "between":
            return pairs(numbers if of.kind == "number" else days)
        if op == "near":
            return st.builds(Near, st.sampled_from(KEYS), st.integers(0, 6))
        return {
            "text": texts,
            "number": numbers,
            "date": st.sampled_from([1, 30, 12_000]) if op.endswith("in_last") else days,
            "flag": st.booleans(),
            "key": st.sampled_from(KEYS),
            "mood": shares,
            "sounds_like": st.sampled_from(LIKES).flatmap(
                lambda like: st.builds(Like, *map(st.just, like), shares)
            ),
            "playlist": st.sampled_from(IDS),
        }[of.kind]

    return st.sampled_from(of.operators).flatmap(
        lambda op: value(op).map(lambda known: Condition(of.name, op, known))
    )


conditions = st.sampled_from(list(FIELDS.values())).flatmap(lambda of: condition_of(of))


def likely_of(name: str) -> st.SearchStrategy[Condition]:
    """Conditions that tell tracks apart, so that what is asked together has tracks on both sides."""
    of = FIELDS[name]
    return st.builds(
        lambda seed, op: some_condition(random.Random(seed), of, op),
        st.integers(0, 10**6),
        st.sampled_from(of.operators),
    )


# Fields whose values lie in the same rows, which a group looks through once for all it asks of them.
TOGETHER = [
    ["codec", "bit_rate", "folder", "size", "bit_depth", "channels", "file_type", "sample_rate", "path"],
    ["folder", "size", "channels"],
    ["library", "library_number"],
    ["bpm", "key", "energy"],
    ["danceability", "brightness", "analysed", "loudness"],
    ["album", "release_year", "label", "album_tracks", "release_type", "catalog_number"],
    ["artist", "artist_mbid"],
    ["album_artist", "album_artist_mbid"],
    ["genre"],
    ["tag"],
    ["rating", "rated_at"],
    ["play_count", "last_played"],
    ["artist_rating", "artist_rated_at", "artist_play_count"],
    ["title", "comment", "year"],
]


def _groups(inner: st.SearchStrategy[Node], most: int) -> st.SearchStrategy[Node]:
    some = st.lists(inner, max_size=most).map(tuple)
    return st.one_of(some.map(All), some.map(tree.Any), inner.map(Not))


related = st.sampled_from(TOGETHER).flatmap(
    lambda names: st.recursive(
        st.sampled_from(names).flatmap(likely_of), lambda inner: _groups(inner, 4), max_leaves=6
    )
)
nodes: st.SearchStrategy[Node] = st.recursive(
    st.one_of(conditions, related),
    lambda inner: _groups(inner, 3),
    max_leaves=8,
)
sorts = st.lists(
    st.builds(
        Sort, st.sampled_from([*(f.name for f in FIELDS.values() if f.sortable), "random"]), st.booleans()
    ),
    max_size=3,
).map(tuple)
limits = st.one_of(
    st.none(),
    st.builds(Limit, st.just("tracks"), st.integers(1, 30)),
    st.builds(Limit, st.just("minutes"), st.sampled_from([1, 2.5, 10, 20.01])),
    st.builds(Limit, st.just("megabytes"), st.sampled_from([0.5, 1, 3.7])),
)
rules = st.builds(Rule, nodes, sorts, limits, st.one_of(st.none(), st.integers(0, 2**31 - 1)))


def some_condition(dice: random.Random, of: Field, op: str) -> Condition:
    """A condition whose value is likely to tell tracks apart."""
    if op in ("missing", "present"):
        return Condition(of.name, op)
    pool: list[Any] = {
        **{
            "text": [*WORDS, "li", "MB-1", "CAT-1", "flac", "Rock/", "dj mix"],
            "number": NUMBERS,
            "date": DAYS,
        },
        **{"flag": [True, False], "key": KEYS, "mood": [0.25, 0.5, 0.8], "playlist": IDS},
        "sounds_like": [Like(*like, 0.5) for like in LIKES],
    }[of.kind]
    if op == "between":
        return Condition(of.name, op, tuple(sorted(dice.sample(pool, 2))))
    if op == "near":
        return Condition(of.name, op, Near(dice.choice(KEYS), dice.randint(0, 3)))
    return Condition(of.name, op, dice.choice([1, 30] if op.endswith("in_last") else pool))
