"""Tracks, albums and artists that go together, and what is said of why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.core.errors import Invalid, NotFound
from resonance.db.engine import Database
from resonance.model.caller import Caller, Role
from resonance.model.similar import SimilarTracks
from resonance.recommend import blend, groups, similar
from resonance.recommend.around import top_song_ids, track_ids
from resonance.recommend.spacing import spaced
from resonance.recommend.wishes import narrowed
from resonance.search.vectors.ports import TIMBRE
from tests.fixtures.rows import Rows
from tests.fixtures.sounding import Sounding, manner, timbres

GROUPS, ARTISTS, EACH = 5, 4, 6  # manners of sound, artists of each, tracks of each artist
GENRES = ("Deep House", "Folk", "Ambient", "Metal", "Bossa Nova")
ADMIN = Caller("A" * 22, "ada", Role.ADMIN)


@dataclass
class Planted:
    """Ids by (manner, artist, number), and what else a test needs."""

    index: MemoryVectors
    tracks: dict[tuple[int, int, int], str] = field(default_factory=dict)
    artists: dict[tuple[int, int], str] = field(default_factory=dict)
    albums: dict[tuple[int, int], str] = field(default_factory=dict)
    genres: list[str] = field(default_factory=list)
    bpm: dict[str, float] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)
    unheard: str = ""
    bare: str = ""
    copy: str = ""
    hidden: str = ""
    restricted: Caller = ADMIN

    @property
    def of(self) -> dict[str, tuple[int, int, int]]:
        return {track_id: place for place, track_id in self.tracks.items()}


@pytest.fixture
def planted(database: Database) -> Iterator[Planted]:
    dice = np.random.default_rng(3)
    made = Planted(MemoryVectors())
    middles = manner(dice, GROUPS)
    with database.write() as uow:
        rows = Rows(uow)
        sounding = Sounding(rows)
        made.libraries = [rows.library("Music"), rows.library("Vault")]
        made.genres = [rows.genre(name) for name in GENRES]
        for group in range(GROUPS):
            for artist in range(ARTISTS):
                _artist(made, rows, sounding, dice, middles[group], (group, artist))
        first = made.tracks[0, 0, 0]
        made.unheard = rows.track(
            "Unheard",
            library_id=made.libraries[0],
            artists=[made.artists[0, 0]],
            genres=[made.genres[0]],
            year=1990,
        )
        made.bare = rows.track("Bare", library_id=made.libraries[0])
        # The first track once more as another file, and once in a library that not everybody hears.
        made.copy = rows.track(
            "Song 0.0.0",
            duration_s=180.0,
            library_id=made.libraries[0],
            artists=[made.artists[0, 0]],
            genres=[made.genres[0]],
            year=1990,
        )
        sounding.heard(made.copy, sounding.vectors[first] * 1.001, bpm=made.bpm[first])
        made.hidden = rows.track(
            "Hidden",
            library_id=made.libraries[1],
            artists=[made.artists[0, 1]],
            genres=[made.genres[0]],
            year=1990,
            duration_s=99.0,
        )
        sounding.heard(made.hidden, sounding.vectors[first] + 0.01, bpm=made.bpm[first])
        made.restricted = rows.user("bob", libraries=[made.libraries[0]])
        sounding.settle(made.index)
    yield made
    made.index.close()


def _artist(
    made: Planted,
    rows: Rows,
    sounding: Sounding,
    dice: np.random.Generator,
    middle: np.ndarray,
    place: tuple[int, int],
) -> None:
    group, artist = place
    who = made.artists[place] = rows.artist(f"Artist {group}.{artist}")
    album = made.albums[place] = rows.album(
        made.libraries[0], f"Album {group}.{artist}", [who], artist=f"Artist {group}.{artist}"
    )
    vectors = timbres(dice, middle + 0.5 * dice.normal(size=(EACH, len(middle))))
    for number in range(EACH):
        id_ = made.tracks[group, artist, number] = rows.track(
            f"Song {group}.{artist}.{number}",
            album_id=album,
            library_id=made.libraries[0],
            artists=[who],
            genres=[made.genres[group]],
            year=1990 + group * 7,
            number=number,
            duration_s=180.0 + 5 * number + artist,
        )
        made.bpm[id_] = 90.0 + 12 * group + number
        sounding.heard(
            id_, vectors[number], bpm=made.bpm[id_], key=(7 * number % 12, "minor"), energy=0.1 + 0.2 * group
        )


def test_by_sound_the_same_manner_comes_first_and_artists_are_spaced(
    database: Database, planted: Planted
) -> None:
    right = total = 0
    with database.read() as uow:
        for place in [(group, 1, 2) for group in range(GROUPS)]:
            found = similar.tracks(uow, ADMIN, planted.index, planted.tracks[place], by="sound", limit=15)
            assert (found.by, found.note, len(found.items)) == ("sound", None, 15)
            ids = [item.track.id for item in found.items]
            assert planted.tracks[place] not in ids and len(set(ids)) == 15
            right += sum(planted.of.get(one, (place[0],))[0] == place[0] for one in ids)
            total += len(ids)
            artists = [item.track.artists[0].id for item in found.items]
            assert all(one != other for one, other in pairwise([planted.artists[place[:2]], *artists]))
            scores = [item.score for item in found.items]
            assert all(0 <= score <= 1 for score in scores)
    assert right / total >= 0.9


def test_never_itself_in_another_encoding_and_one_encoding_of_each(
    database: Database, planted: Planted
) -> None:
    first = planted.tracks[0, 0, 0]
    with database.read() as uow:
        for by in ("sound", "tags", "mixed"):
            own = similar.tracks(uow, ADMIN, planted.index, first, by=by, limit=100)  # type: ignore[arg-type]
            assert {first, planted.copy}.isdisjoint(item.track.id for item in own.items), by
        near = similar.tracks(uow, ADMIN, planted.index, planted.tracks[0, 1, 0], by="sound", limit=100)
        shown = [item.track.id for item in near.items]
        assert len({first, planted.copy} & set(shown)) == 1


def test_filters_and_the_most_of_one_artist(database: Database, planted: Planted) -> None:
    seed = planted.tracks[2, 0, 0]
    with database.read() as uow:
        found = similar.tracks(
            uow,
            ADMIN,
            planted.index,
            seed,
            limit=50,
            per_artist=1,
            filters=narrowed(bpm_min=100, bpm_max=120, year_from=1997, genre_id=planted.genres[1]),
        )
        assert found.items
        for item in found.items:
            assert item.track.bpm is not None and 100 <= item.track.bpm <= 120
            assert item.track.genres == [] or planted.of[item.track.id][0] == 1
        assert max(Counter(item.track.artists[0].id for item in found.items).values()) == 1
        keyed = similar.tracks(
            uow, ADMIN, planted.index, seed, by="tags", filters=narrowed(keys=["8A"]), limit=50
        )
        assert keyed.items and {item.track.camelot for item in keyed.items} == {"8A"}
    with pytest.raises(Invalid):
        narrowed(keys=["Q"])
    with pytest.raises(Invalid):
        narrowed(bpm_min=120, bpm_max=100)


def test_not_listened_to_means_tags_alone_and_says_so(database: Database, planted: Planted) -> None:
    with database.read() as uow:
        found = similar.tracks(uow, ADMIN, planted.index, planted.unheard, by="sound", limit=10)
        assert found.by == "tags" and found.note == similar.TAGS_ONLY
        assert all(planted.of.get(item.track.id, (0,))[0] == 0 for item in found.items)
        nothing = similar.tracks(uow, ADMIN, planted.index, planted.bare, limit=10)
        assert nothing.items == [] and nothing.note == similar.NO_TAGS


def test_reasons_are_true(database: Database, planted: Planted) -> None:
    seed = planted.tracks[1, 0, 3]
    with database.read() as uow:
        found = similar.tracks(uow, ADMIN, planted.index, seed, limit=60)
        kinds: Counter[str] = Counter()
        for item in found.items:
            for reason in item.reasons:
                kinds[reason.kind] += 1
                if reason.kind == "tempo" and reason.text.startswith("same tempo"):
                    assert abs(planted.bpm[item.track.id] / planted.bpm[seed] - 1) <= 0.012
                    assert reason.text == f"same tempo: {planted.bpm[item.track.id]:.0f} BPM"
                if reason.kind == "genre":
                    assert reason.text == "both Folk" and planted.of[item.track.id][0] == 1
                if reason.kind == "artist":
                    assert item.track.artists[0].id == planted.artists[1, 0]
                if reason.kind == "year":
                    assert reason.text in ("both from 1997", "both from the 1990s")
                if reason.text.startswith("same key"):
                    assert item.track.camelot is not None and item.track.camelot in reason.text
        assert {"sound", "tempo", "genre", "artist", "year"} <= set(kinds)


def test_an_unsure_tempo_is_no_reason(database: Database, planted: Planted) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        sounding = Sounding(rows)
        one, other = (rows.track(name, library_id=planted.libraries[0]) for name in ("Noise", "Hiss"))
        for number, id_ in enumerate((one, other)):
            sounding.heard(id_, np.full(64, 9.0 + number), bpm=100.0, confidence=0.1)
        sounding.settle(planted.index)
    with database.read() as uow:
        found = similar.tracks(uow, ADMIN, planted.index, one, by="sound", limit=3)
        nearest = next(item for item in found.items if item.track.id == other)
        assert [reason.kind for reason in nearest.reasons] == ["sound"]


def test_what_may_not_be_heard_shows_nowhere(database: Database, planted: Planted) -> None:
    bob, first = planted.restricted, planted.tracks[0, 0, 0]
    with database.read() as uow:
        for by in ("sound", "tags", "mixed"):
            everyone = similar.tracks(uow, ADMIN, planted.index, first, by=by, limit=200)  # type: ignore[arg-type]
            assert planted.hidden in [item.track.id for item in everyone.items], by
            found = similar.tracks(uow, bob, planted.index, first, by=by, limit=200)  # type: ignore[arg-type]
            assert planted.hidden not in [item.track.id for item in found.items], by
        with pytest.raises(NotFound):
            similar.tracks(uow, bob, planted.index, planted.hidden)
        with pytest.raises(NotFound):
            blend.tracks(uow, bob, planted.index, [first], [planted.hidden])
        mixed = blend.tracks(uow, bob, planted.index, [planted.tracks[0, 1, 0]], limit=200)
        assert planted.hidden not in [item.track.id for item in mixed.items]
        nobody = Caller(bob.user_id, "bob", Role.USER, frozenset())
        with pytest.raises(NotFound):
            similar.tracks(uow, nobody, planted.index, first)
        assert planted.hidden not in track_ids(uow, bob, planted.index, planted.artists[0, 1], count=200)
        assert planted.hidden in track_ids(uow, ADMIN, planted.index, planted.artists[0, 1], count=200)


def test_albums_and_artists_like_one(database: Database, planted: Planted) -> None:
    with database.read() as uow:
        for by in ("sound", "tags", "mixed"):
            for group in range(GROUPS):
                albums = groups.albums(uow, ADMIN, planted.index, planted.albums[group, 2], by=by, limit=3)  # type: ignore[arg-type]
                found = {item.album.id for item in albums.items}
                assert found == {planted.albums[group, one] for one in (0, 1, 3)}, by
                artists = groups.artists(uow, ADMIN, planted.index, planted.artists[group, 2], by=by, limit=3)  # type: ignore[arg-type]
                assert {item.artist.id for item in artists.items} == {
                    planted.artists[group, one] for one in (0, 1, 3)
                }, by
                assert any(reason.text == f"both {GENRES[group]}" for reason in albums.items[0].reasons)
        with pytest.raises(NotFound):
            groups.albums(uow, ADMIN, planted.index, planted.artists[0, 0])


def test_albums_out_of_sight_are_not_weighed(database: Database, planted: Planted) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        sounding = Sounding(rows)
        secret = rows.artist("Secret")
        album = rows.album(planted.libraries[1], "Secret Tapes", [secret])
        for number in range(3):
            id_ = rows.track(
                f"S{number}",
                album_id=album,
                library_id=planted.libraries[1],
                artists=[secret],
                genres=planted.genres[:1],
            )
            sounding.heard(id_, np.full(64, 0.1 * number))
        sounding.settle(planted.index)
    with database.read() as uow:
        everyone = groups.artists(uow, ADMIN, planted.index, planted.artists[0, 0], limit=50)
        assert secret in [item.artist.id for item in everyone.items]
        mine = groups.artists(uow, planted.restricted, planted.index, planted.artists[0, 0], limit=50)
        assert secret not in [item.artist.id for item in mine.items]
        albums = groups.albums(uow, planted.restricted, planted.index, planted.albums[0, 0], limit=50)
        assert album not in [item.album.id for item in albums.items]


def test_blend_goes_towards_and_away(database: Database, planted: Planted) -> None:
    like = [planted.tracks[0, 0, 1], planted.tracks[1, 0, 1]]
    unlike = planted.tracks[0, 2, 2]
    with database.read() as uow:
        both = blend.tracks(uow, ADMIN, planted.index, like, limit=20)
        alone = blend.tracks(uow, ADMIN, planted.index, like[:1], limit=20)
        away = blend.tracks(uow, ADMIN, planted.index, like, [unlike], limit=20)

        def cosines(found: SimilarTracks, seeds: list[str]) -> np.ndarray:
            ids = [item.track.id for item in found.items]
            vectors = planted.index.vectors(uow, TIMBRE, [*ids, *seeds])
            return np.array([[vectors[one] @ vectors[seed] for seed in seeds] for one in ids])

        weakest = [cosines(found, like).min(axis=1).mean() for found in (both, alone)]
        assert weakest[0] > weakest[1] + 0.1  # near both, not near one of them
        left = [cosines(found, [unlike]).mean() for found in (both, away)]
        assert left[1] < left[0] - 0.2
        assert cosines(away, like).max(axis=1).mean() > 0.4
        assert {*like, unlike}.isdisjoint(item.track.id for item in away.items)
        silent = blend.tracks(uow, ADMIN, planted.index, [planted.unheard])
        assert silent.items == [] and silent.note == blend.UNHEARD
        partly = blend.tracks(uow, ADMIN, planted.index, [planted.unheard, *like], limit=5)
        assert partly.items and partly.note == blend.SOME_UNHEARD
        for wrong in (([], []), ([like[0]], [like[0]])):
            with pytest.raises(Invalid):
                blend.tracks(uow, ADMIN, planted.index, *wrong)


def test_top_songs_and_what_plays_around_things(database: Database, planted: Planted) -> None:
    who, place = planted.artists[3, 1], (3, 1)
    mine = [planted.tracks[(*place, number)] for number in range(EACH)]
    with database.write() as uow:
        rows = Rows(uow)
        other = rows.user("carl")
        from resonance.db.tables import listens

        for user, track, count in (
            (other, mine[4], 9),
            (planted.restricted, mine[2], 3),
            (other, mine[3], 3),
        ):
            rows.insert(listens.track_stat, user_id=user.user_id, track_id=track, play_count=count)
        rows.insert(
            listens.rating,
            user_id=planted.restricted.user_id,
            item_kind="track",
            item_id=mine[5],
            stars=5,
            rated_at=1,
        )
    with database.read() as uow:
        bob = planted.restricted
        order = [mine[number] for number in (4, 2, 3, 5, 0, 1)]
        assert top_song_ids(uow, bob, who, count=50) == order
        assert top_song_ids(uow, bob, who, count=0) == []
        song = track_ids(uow, bob, planted.index, mine[0], count=7)
        assert len(song) == 7 and mine[0] not in song
        around = track_ids(uow, bob, planted.index, who, count=12)
        assert around[0] == mine[4] and len({planted.of[one][:2] for one in around}) >= 4
        album = track_ids(uow, bob, planted.index, planted.albums[place], count=9)
        assert len(album) == 9 and not set(album) & set(mine)
        with pytest.raises(NotFound):
            track_ids(uow, bob, planted.index, "X" * 22, count=3)


def test_words_join_the_tags_where_there_are_vectors_of_words(database: Database, planted: Planted) -> None:
    from resonance.search.vectors.ports import Space

    seed, twin = planted.tracks[0, 0, 0], planted.tracks[4, 3, 5]
    words = Space(similar.WORDS, "1", 4, "built-in")
    rows = [(track, np.array([0, 1, 0, 0], np.float32), "m") for track in planted.tracks.values()]
    near = np.array([1, 0, 0, 0], np.float32)
    with database.write() as uow:
        planted.index.put(uow, words, [row for row in rows if row[0] not in (seed, twin)])
        planted.index.put(uow, words, [(seed, near, "m"), (twin, near, "m")])
    with database.read() as uow:
        found = similar.tracks(uow, ADMIN, planted.index, seed, by="tags", limit=30)
        assert twin in [item.track.id for item in found.items]


def test_spacing_is_pure_and_gives_way_only_at_the_end() -> None:
    items = ["a1", "a2", "a3", "b1", "a4", "c1"]
    order = spaced(items, lambda item: item[0], limit=10)
    assert order == ["a1", "b1", "a2", "c1", "a3", "a4"]
    assert spaced(items, lambda item: item[0], limit=10, per_artist=2) == ["a1", "b1", "a2", "c1"]
    assert spaced(items, lambda item: item[0], limit=2, before="a") == ["b1", "a1"]
    assert spaced([], lambda item: item, limit=3) == []
