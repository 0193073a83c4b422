"""Moods: who says them, whose they are, and that nobody's silence becomes a number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.analysis import mood_reading, moods
from resonance.analysis.embedding import Embedding
from resonance.core.clock import now_ms
from resonance.core.errors import Forbidden, Invalid, NotFound, Unavailable
from resonance.db import versions
from resonance.db.engine import Database
from resonance.db.tables import library
from resonance.db.tables.analysis import mood
from resonance.model.caller import Caller, Role
from resonance.model.moods import MOODS
from resonance.search.meaning import documents
from resonance.search.meaning.asking import Embedders
from tests.fixtures.rows import Rows


@dataclass
class Home:
    """A library with a few tracks and people."""

    database: Database
    tracks: list[str]
    ada: Caller
    berta: Caller
    guest: Caller
    stranger: Caller

    def stored(self, source: str) -> dict[tuple[str, str], float]:
        with self.database.read() as uow:
            rows = uow.execute(select(mood).where(mood.c.source == source))
            return {(row.track_id, row.mood): row.value for row in rows}


@pytest.fixture
def home(database: Database) -> Iterator[Home]:
    with database.write() as uow:
        rows = Rows(uow)
        place = rows.library()
        tags = ("Sad;nocturnal", "happy", "", "EUPHORIC; party", "blue", "Traurig")
        tracks = [
            rows.track(f"Track {n}", library_id=place, mood_tags=words, genres=None)
            for n, words in enumerate(tags)
        ]
        rows.insert(library.lyrics, track_id=tracks[2], source="tag", language="xxx", synced=True,
                    body="[00:01.00] Down in the dark\n[00:02.00] we cry")  # fmt: skip
        uow.execute(library.track.update().where(library.track.c.id == tracks[2]).values(has_lyrics=True))
        people = [rows.user("ada", role=Role.ADMIN), rows.user("berta"), rows.user("gustav", role=Role.GUEST)]
        stranger = rows.user("sven", libraries=[])
        rows.settle()
    yield Home(database, tracks, *people, stranger)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Sad"], {"sad": 1.0}),
        (["traurig", "relaxant"], {"sad": 1.0, "relaxed": 1.0}),
        (["euphoric"], {"happy": 0.7, "party": 0.7}),
        (["acoustic"], {"acoustic": 1.0}),
        (["nocturnal", "warm", "energetic", "blue", "", "Piano"], {}),
    ],
)
def test_only_explicit_words_set_a_mood(words: list[str], said: dict[str, float]) -> None:
    assert moods.from_tags(words) == said


def test_moods_follow_the_tags(home: Home) -> None:
    vectors = MemoryVectors()
    embed = Embedding(home.database, vectors, Embedders())
    embed.run()
    t = home.tracks
    assert home.stored("tags") == {
        (t[0], "sad"): 1.0,
        (t[1], "happy"): 1.0,
        (t[3], "happy"): 0.7,
        (t[3], "party"): 1.0,
        (t[5], "sad"): 1.0,
    }
    with home.database.write() as uow:
        later = {"mood_tags": "angry", "updated_at": 2**42}
        uow.execute(library.track.update().where(library.track.c.id == t[0]).values(**later))
        versions.bump(uow, "catalogue")
    embed.run()
    assert {key: v for key, v in home.stored("tags").items() if key[0] == t[0]} == {(t[0], "aggressive"): 1.0}
    vectors.close()


def test_people_say_what_they_hear_and_see_only_their_own(home: Home) -> None:
    track = home.tracks[2]
    with home.database.write() as uow:
        assert moods.set_own(uow, home.ada, track, {"happy": 0.9, "sad": None}) == [
            moods.MoodItem("happy", 0.9, "user", None, mine=True)
        ]
        moods.set_own(uow, home.berta, track, {"happy": 0.1})
        moods.heard(uow, {track: {"happy": 0.5, "party": 0.2}}, "clap")
    with home.database.read() as uow:
        assert [
            (i.mood, i.value, i.source, i.model, i.mine) for i in moods.of_track(uow, home.ada, track)
        ] == [
            ("happy", 0.9, "user", None, True),
            ("happy", 0.5, "audio_model", "clap", False),
            ("party", 0.2, "audio_model", "clap", False),
        ]
        (own,) = documents.documents(uow, [track], user_id=home.ada.user_id)
        (shared,) = documents.documents(uow, [track])
    assert own.moods == (("happy", 0.9, "user"), ("party", 0.2, "audio_model"))
    assert shared.moods == (("happy", 0.5, "audio_model"), ("party", 0.2, "audio_model"))
    with home.database.write() as uow:
        moods.set_own(uow, home.ada, track, {"happy": None})
    assert list(home.stored("user").values()) == [0.1]


def test_moods_are_guarded(home: Home) -> None:
    track = home.tracks[0]
    with home.database.write() as uow:
        with pytest.raises(Forbidden):
            moods.set_own(uow, home.guest, track, {"sad": 1})
        with pytest.raises(NotFound):
            moods.set_own(uow, home.stranger, track, {"sad": 1})
        with pytest.raises(NotFound):
            moods.of_track(uow, home.stranger, track)
        for wrong in ({"angry": 0.5}, {"sad": 1.01}, {"sad": float("nan")}):
            with pytest.raises(Invalid):
                moods.set_own(uow, home.ada, track, wrong)
        with pytest.raises(Invalid):
            moods.heard(uow, {track: {"sad": 1.2}}, "clap")
    assert home.stored("user") == home.stored("audio_model") == {}


def test_moods_of_tracks_that_went_are_passed_over(home: Home) -> None:
    with home.database.write() as uow:
        moods.heard(uow, {"x" * 22: {"sad": 0.5}, home.tracks[1]: {"sad": 0.25}}, "clap")
    assert home.stored("audio_model") == {(home.tracks[1], "sad"): 0.25}


# --- a language model that reads


class FakeModel:
    """Answers as models do: well, wrapped in words, with nulls, with nonsense, or not at all."""

    model = "fake"

    def __init__(self, answers: dict[str, str], *, fails_at: int | None = None) -> None:
        self.answers, self.fails_at, self.read = answers, fails_at, list[str]()

    def answer(self, instructions: str, text: str, schema: dict[str, Any]) -> str:
        assert all(name in instructions and name in schema["properties"] for name in MOODS)
        if self.fails_at == len(self.read):
            raise Unavailable("fake", "Gone.")
        self.read.append(text)
        return next((answer for word, answer in self.answers.items() if word in text), "{}")


def test_a_model_reads_tags_and_lyrics(home: Home) -> None:
    model = FakeModel(
        {
            "nocturnal": '{"sad": 0.9, "happy": 0.0, "party": null}',
            "we cry": 'Here you are:\n```json\n{"sad": 1, "relaxed": "very", "aggressive": 7}\n```',
            "Track 1": "I cannot tell.",
        }
    )
    done = mood_reading.run(home.database, model, limit=100)
    assert (done.asked, done.told, done.unclear) == (6, 2, 4)
    assert home.stored("language_model") == {
        (home.tracks[0], "sad"): 0.9,
        (home.tracks[0], "happy"): 0.0,
        (home.tracks[2], "sad"): 1.0,
    }
    assert any("Lyrics: Down in the dark we cry" in text for text in model.read)
    # Nothing is asked again, also where the model could not tell; another model is, and a changed track.
    assert mood_reading.run(home.database, model, limit=100).asked == 0
    other = FakeModel({})
    other.model = "other"
    assert mood_reading.run(home.database, other, limit=100).asked == 6
    with home.database.write() as uow:
        uow.execute(
            update(library.track).where(library.track.c.id == home.tracks[0]).values(updated_at=now_ms() + 1)
        )
    assert mood_reading.run(home.database, model, limit=100).asked == 1


def test_a_model_that_goes_leaves_what_it_told(home: Home) -> None:
    model = FakeModel({"Track": '{"sad": 0.5}'}, fails_at=2)
    with pytest.raises(Unavailable):
        mood_reading.run(home.database, model, limit=100)
    assert len(home.stored("language_model")) == 2
    assert mood_reading.run(home.database, FakeModel({"Track": '{"sad": 0.5}'}), limit=1).asked == 1


@given(st.one_of(st.text(), st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MOODS), inner, max_size=4),
    max_leaves=8,
).map(json.dumps)))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_answer_is_read_and_nothing_is_filled_in(answer: str) -> None:
    found = mood_reading.parse(answer)
    assert set(found) <= set(MOODS) and all(0 <= value <= 1 for value in found.values())
    assert all(name in answer for name in found)
