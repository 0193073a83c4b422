"""What words mean, what tracks are, and that nothing unknown or untrue is said of them."""

# ruff: noqa: E501

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.analysis.embedding import Embedding
from resonance.core.clock import now_ms
from resonance.core.errors import Unavailable
from resonance.core.text import fold
from resonance.db import versions
from resonance.db.engine import Database
from resonance.db.tables import analysis, library
from resonance.db.tables.vectors import embedding
from resonance.library import traits
from resonance.model import camelot
from resonance.model.moods import MOODS
from resonance.search.engine import IndexedSearch
from resonance.search.filters import TrackFilter
from resonance.search.hybrid import Answer, Hybrid
from resonance.search.meaning import feelings, genres
from resonance.search.meaning.asking import Embedders
from resonance.search.meaning.builtin import BuiltIn, directions_of, question_vector, values
from resonance.search.meaning.ports import TrackDocument
from resonance.search.meaning.question import Question, understand
from resonance.search.meaning.reasons import reasons
from resonance.search.meaning.space import AT, DIMENSIONS, FAMILIES, FEELINGS, FILLER, WORDS
from resonance.search.vectors.ports import Space
from tests.fixtures.rows import Rows


def wishes(text: str) -> dict[str, float]:
    """What a text asks for: the main direction of each part with its weight."""
    return {
        part.genre or part.directions[0][0]: round(
            part.weight * (1 if part.genre else part.directions[0][1]), 2
        )
        for part in understand(text).parts
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("slow warm piano", {"tempo": -1, "mood:warm": 1, "sound:piano": 1}),
        ("langsame, warme Klaviermusik", {"tempo": -1, "mood:warm": 1, "sound:piano": 1}),
        ("piano lent et chaleureux", {"tempo": -1, "mood:warm": 1, "sound:piano": 1}),
        ("piano lento y cálido", {"tempo": -1, "mood:warm": 1, "sound:piano": 1}),
        ("musica triste e lenta", {"mood:sad": 1, "tempo": -1}),
        ("música triste e lenta, não agressiva", {"mood:sad": 1, "tempo": -1, "mood:aggressive": -1}),
        ("vrolijke snelle muziek", {"mood:happy": 1, "tempo": 1}),
        ("not too loud", {"loudness": -0.6}),
        ("nicht zu schnell", {"tempo": -0.6}),
        ("pas trop fort", {"loudness": -0.6}),
        ("no demasiado rápido", {"tempo": -0.6}),
        ("ohne Gesang", {"instrumental": 1}),
        ("no drums", {"sound:percussion": -1}),
        ("no drums or guitars but strings", {"sound:percussion": -1, "sound:guitar": -1, "sound:strings": 1}),
        ("rock but not metal", {"rock": 1, "metal": -1}),
        ("very dark", {"mood:dark": 1.5}),
        ("a bit dreamy", {"mood:dreamy": 0.6}),
        ("Drum'n'Bass", {"drum and bass": 1}),
        ("dnb", {"drum and bass": 1}),
        ("R&B", {"r&b": 1}),
        ("bossa nova", {"bossa nova": 1}),
        ("Tanzmusik", {"danceability": 1}),
        ("metal", {"metal": 1}),
        ("happy happy joy joy", {"mood:happy": 1}),
        ("xyzzy", {}),
        ("", {}),
    ],
)
def test_words_are_understood(text: str, wanted: dict[str, float]) -> None:
    assert wishes(text) == wanted


@pytest.mark.parametrize(
    ("text", "tempo"),
    [
        ("120 bpm", (117.6, 122.4)),
        ("around 125 BPM", (120.0, 130.0)),
        ("100-110 bpm", (100, 110)),
        ("between 100 and 110 bpm", (100, 110)),
        ("unter 90 bpm", (1, 90)),
        ("über 140 bpm", (140, 999)),
        ("plus de 140 bpm", (140, 999)),
        ("bpm: 93", (91.14, 94.86)),
        ("999 bpm", None),
        ("1999", None),
    ],
)
def test_tempi_are_conditions(text: str, tempo: tuple[float, float] | None) -> None:
    assert understand(text).tempo == tempo


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("80s", (1980, 1989)),
        ("the 1980's", (1980, 1989)),
        ("80er Jahre", (1980, 1989)),
        ("aus den Achtzigern", (1980, 1989)),
        ("années 80", (1980, 1989)),
        ("años 2000", (2000, 2009)),
        ("anni '70", (1970, 1979)),
        ("00s", (2000, 2009)),
        ("late 90s", (1995, 1999)),
        ("70s and 80s", (1970, 1989)),
        ("from 1975", (1975, 1975)),
        ("1970-1975", (1970, 1975)),
        ("before 1965", (0, 1964)),
        ("nach 2010", (2011, 9999)),
        ("since 1990", (1990, 9999)),
        ("1999 km", (1999, 1999)),
        ("12345", None),
    ],
)
def test_years_are_conditions(text: str, years: tuple[int, int] | None) -> None:
    assert understand(text).years == years


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("in A minor", {(9, "minor")}),
        ("fis-moll", {(6, "minor")}),
        ("La mineur", {(9, "minor")}),
        ("8A", {(9, "minor")}),
        ("key F#m", {(6, "minor")}),
        ("Gbm", {(6, "minor")}),
        ("compatible with 8A", {(9, "minor"), (4, "minor"), (2, "minor"), (0, "major")}),
        ("in a minor key", {(tonic, "minor") for tonic in range(12)}),
        ("in Dur", {(tonic, "major") for tonic in range(12)}),
        ("Am Abend", set()),
        ("a major hit", set()),
        ("A", set()),
    ],
)
def test_keys_are_conditions(text: str, keys: set[tuple[int, str]]) -> None:
    assert understand(text).keys == frozenset(keys)


def test_what_is_no_word_of_feeling_is_a_name() -> None:
    assert understand("Taylor Swift love songs").names == ("taylor", "swift")
    rain = understand("slow warm piano for rain")
    assert (rain.names, rain.themes) == ((), ("rain",))
    assert understand("give me some music please").names == ()


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_understood_somehow(text: str) -> None:
    question = understand(text)
    vector = question_vector(question)
    assert vector.shape == (DIMENSIONS,) and np.isfinite(vector).all()
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-4) or not vector.any()


def test_the_tables_are_whole() -> None:
    assert DIMENSIONS <= 128
    for sense in feelings.SENSES.values():
        assert sense.phrase and all(name in AT for name, _ in sense.directions), sense
    for genre in genres.GENRES.values():
        assert all(family in FAMILIES and 0 < weight <= 1 for family, weight in genre.families)
    reached = {name for sense in feelings.SENSES.values() for name, weight in sense.directions if weight > 0}
    assert {f"mood:{feeling}" for feeling in FEELINGS} <= reached
    assert len(feelings.SENSES) > 1500 and len(genres.GENRES) > 600


@pytest.mark.parametrize(
    ("tagged", "family"),
    [
        ("Nordic Dub Techno", "techno"),
        ("Melodic Death Metal", "metal"),
        ("Drum & Bass", "breaks"),
        ("Hip-Hop", "hiphop"),
        ("Blackened Doom", "metal"),
        ("Klassik", "classical"),
        ("Singer/Songwriter", "folk"),
    ],
)
def test_genres_have_families(tagged: str, family: str) -> None:
    assert genres.families_of(tagged)[0][0] == family


# --- tracks


def number(low: float, high: float) -> st.SearchStrategy[float | None]:
    return st.none() | st.floats(low, high).map(lambda value: round(value, 2))


DOCUMENTS = st.builds(
    TrackDocument,
    track_id=st.just("T"),
    title=st.sampled_from(["Rain", "Slow Hands", "Piano Street", "夜の港", "1999"]),
    artist=st.sampled_from(["Ana", "The Rain Dogs"]),
    album=st.sampled_from(["", "Summer Rain"]),
    genres=st.lists(st.sampled_from(["Solo Piano", "Techno", "Thrash Metal", "Salsa", "?"]), max_size=2).map(
        tuple
    ),
    year=st.none() | st.integers(1900, 2030),
    moods=st.lists(
        st.tuples(st.sampled_from(MOODS), st.floats(0, 1), st.sampled_from(["user", "tags", "audio_model"])),
        max_size=2,
        unique_by=lambda mood: mood[0],
    ).map(tuple),
    words=st.lists(st.sampled_from(["sad", "Wistful", "party", "dark", "???"]), max_size=2).map(tuple),
    bpm=number(40, 220),
    bpm_confidence=number(0, 1),
    key_tonic=st.none() | st.integers(0, 11),
    key_mode=st.sampled_from([None, "major", "minor"]),
    energy=number(0, 1),
    danceability=number(0, 1),
    brightness=number(0, 1),
    acousticness=number(0, 1),
    loudness_lufs=number(-40, -4),
    loudness_range=number(0, 25),
    onset_rate=number(0, 12),
    instrumental=st.sampled_from([None, True]),
)
QUESTIONS = st.lists(
    st.sampled_from([*sorted(feelings.SENSES), "techno", "metal", "not", "piano", "120 bpm", "80s", "8A", "in a minor key"]),
    min_size=1,
    max_size=4,
).map(" ".join)  # fmt: skip


@given(DOCUMENTS)
@settings(max_examples=100, deadline=None)
def test_a_track_is_one_unit_vector_of_what_is_known(document: TrackDocument) -> None:
    (vector,) = BuiltIn().embed_documents([document])
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5)
    known = {**values(document), FILLER: 1.0}
    for name, place in AT.items():
        assert (vector[place] == 0) or name in known


def test_the_unknown_says_nothing() -> None:
    nothing = TrackDocument("T", "Slow Happy Techno", "Sad Piano", "Fast")
    assert values(nothing) == {}
    (vector,) = BuiltIn().embed_documents([nothing])
    for text in ("slow happy techno", "sad piano", "fast", "old", "loud"):
        assert float(vector @ question_vector(understand(text))) == 0


@given(DOCUMENTS, number(0, 1))
@settings(max_examples=60, deadline=None)
def test_what_is_not_asked_for_changes_nothing(document: TrackDocument, energy: float | None) -> None:
    one, other = BuiltIn().embed_documents([document, replace(document, energy=energy, year=None)])
    query = question_vector(understand("slow"))
    assert float(one @ query) == pytest.approx(float(other @ query), abs=1e-6)


def is_true(text: str, document: TrackDocument, question: Question) -> bool:
    """Whether a reason is true of a track: read from its words alone, by other code than wrote it."""
    head, _, tail = text.rpartition(": ")
    figure = float(found[0]) if (found := re.search(r"-?\d+\.?\d*", tail)) else None

    def says(value: float | None, low: float, high: float, digits: float = 0.006) -> bool:
        return (
            value is not None
            and figure is not None
            and low <= value <= high
            and abs(value - figure) <= digits
        )

    checks: dict[str, bool] = {
        "slow": says(document.bpm, 0, 96, 0.51),
        "fast": says(document.bpm, 118, 999, 0.51),
        "medium tempo": says(document.bpm, 90, 125, 0.51),
        "energetic, energy": says(document.energy, 0.55, 1),
        "calm, energy": says(document.energy, 0, 0.45),
        "bright sound": says(document.brightness, 0.55, 1),
        "dull sound": says(document.brightness, 0, 0.45),
        "danceable": says(document.danceability, 0.55, 1),
        "hardly danceable": says(document.danceability, 0, 0.45),
        "sounds acoustic": says(document.acousticness, 0.55, 1),
        "sounds electric": says(document.acousticness, 0, 0.45),
        "loud": says(document.loudness_lufs, -11, 0, 0.051),
        "quiet": says(document.loudness_lufs, -99, -16, 0.051),
        "dynamic": says(document.loudness_range, 9, 99, 0.051),
        "steady": says(document.loudness_range, 0, 5, 0.051),
        "busy": says(document.onset_rate, 4, 99, 0.051),
        "sparse": says(document.onset_rate, 0, 2, 0.051),
        "old": says(document.year, 0, 1990),
        "new": says(document.year, 2010, 9999),
        "name": tail in (document.title, document.artist, document.album),
        "genre": tail in document.genres,
        "mood tag": tail in document.words,
    }
    if head in checks:
        return checks[head]
    if head.endswith((" in genre", " in mood tag")):
        listed = document.genres if head.endswith("genre") else document.words
        return tail in listed and head.split()[0] in fold(tail)
    if head in ("major key", "minor key"):
        assert document.key_tonic is not None
        key = (document.key_tonic, head.split()[0])
        return document.key_mode == head.split()[0] and camelot.parse(tail) == key
    if head.startswith("not "):
        return tail in document.genres and not genres.same(head.removeprefix("not "), tail)
    if text.endswith(" BPM"):
        return document.bpm is not None and abs(float(text.split()[0]) - document.bpm) <= 0.51
    if text.startswith("year "):
        return document.year == int(text.split()[1])
    if text == "instrumental, by its tags":
        return document.instrumental is True
    if camelot.parse(text.partition(" (")[0]) is not None:
        return camelot.parse(text.partition(" (")[0]) == (document.key_tonic, document.key_mode)
    mood = re.fullmatch(r"(\w+) ([01]\.\d), (you say|model hears)", text)
    sources = {"you say": "user", "model hears": "audio_model"}
    return mood is not None and any(
        (name, source) == (mood[1], sources[mood[3]])
        and value >= 0.5
        and abs(value - float(mood[2])) <= 0.051
        for name, value, source in document.moods
    )


@given(DOCUMENTS, QUESTIONS)
@settings(max_examples=400, deadline=None)
def test_every_reason_is_true_of_the_track(document: TrackDocument, text: str) -> None:
    question = understand(text)
    for reason in reasons(document, question, exact=("year", "tempo", "key")):
        assert is_true(reason.text, document, question), (reason, document, text)
        assert len(reason.text) <= 60


def test_reasons_follow_what_was_asked() -> None:
    document = TrackDocument(
        "T", "Rain on Vinyl", "Ada", genres=("Solo Piano",), words=("warm",), bpm=71.2, energy=0.2, year=1984
    )
    found = [reason.text for reason in reasons(document, understand("slow warm piano for rain from the 80s"))]
    assert found == [
        "name: Rain on Vinyl",
        "year 1984",
        "slow: 71 BPM",
        "mood tag: warm",
        "piano in genre: Solo Piano",
    ]
    assert reasons(document, understand("fast loud techno")) == []
    assert [r.text for r in reasons(document, understand("not techno"))] == ["not techno: Solo Piano"]
    assert directions_of("nocturnal") == (("mood:nocturnal", 1.0),)


# --- vectors in step with the library


class Model:
    """A text embedder of a model's shape: bags of hashed words."""

    def __init__(self) -> None:
        self.fails_after: int | None = None
        self.read = 0

    def space(self) -> Space:
        return Space("words:bag", "bag 1", 64, "a bag of words")

    def describe(self) -> str:
        return "a bag of words"

    def embed_query(self, text: str) -> Any:
        if self.fails_after is not None:
            raise Unavailable("bag", "The bag is closed.")
        return self._bag(text)

    def embed_documents(self, documents: Sequence[TrackDocument]) -> Any:
        if self.fails_after is not None and self.read >= self.fails_after:
            raise Unavailable("bag", "The bag is closed.")
        self.read += len(documents)
        return np.stack([self._bag(document.text()) for document in documents])

    @staticmethod
    def _bag(text: str) -> Any:
        bag = np.full(64, 1e-3, dtype=np.float32)
        for word in fold(text).split():
            bag[hashlib.sha256(word.encode()).digest()[0] % 64] += 1
        return bag / np.linalg.norm(bag)


class Shelf:
    """A library of a few tracks with everything that embeds and finds them."""

    def __init__(self, database: Database, names: IndexedSearch, model: Model | None = None) -> None:
        self.database = database
        self.vectors = MemoryVectors()
        self.model = model
        self.embedders = Embedders(model, retry_s=0)
        self.embedding = Embedding(database, self.vectors, self.embedders)
        self.hybrid = Hybrid(names, self.vectors)
        with database.write() as uow:
            rows = Rows(uow)
            home = rows.library()
            self.tracks = [
                rows.track(f"Track {n:04}", library_id=home, genres=None, **{"year": 1960 + n % 60})
                for n in range(1200)
            ]
            rows.settle()

    def ask(self, text: str, limit: int = 5) -> Answer:
        asked = self.embedders.ask(text)
        with self.database.read() as uow:
            return self.hybrid.search(uow, asked, TrackFilter(), limit=limit)

    def change(self, track_id: str, **values: Any) -> None:
        with self.database.write() as uow:
            values["updated_at"] = now_ms() + 1
            uow.execute(update(library.track).where(library.track.c.id == track_id).values(**values))
            versions.bump(uow, "catalogue")

    def marks(self, space: str = "words") -> dict[str, str]:
        with self.database.read() as uow:
            rows = uow.execute(select(embedding).where(embedding.c.space == space))
            return {row.track_id: row.source_mark for row in rows}


@pytest.fixture
def names(database: Database) -> IndexedSearch:
    from tests.fixtures.scanned import _terms

    return IndexedSearch(_terms(database))


@pytest.fixture
def shelf(database: Database, names: IndexedSearch) -> Iterator[Shelf]:
    made = Shelf(database, names)
    yield made
    made.vectors.close()


def test_only_what_changed_is_embedded_again(shelf: Shelf) -> None:
    first = shelf.embedding.run()
    assert (first.read, first.written) == (1200, 1200)
    again = shelf.embedding.run()
    assert (again.read, again.written) == (0, 0)
    shelf.change(shelf.tracks[0], mood_tags="sad;nocturnal")
    shelf.change(shelf.tracks[1])  # touched, but no fact is another
    changed = shelf.embedding.run()
    assert (changed.read, changed.written) == (2, 1)
    assert shelf.ask("sad at night").items[0].track_id == shelf.tracks[0]
    later = shelf.embedding.run()
    assert later.read <= 2 and later.written == 0  # their time lies a moment ahead


def test_a_measurement_brings_a_new_vector(shelf: Shelf) -> None:
    shelf.embedding.run()
    with shelf.database.write() as uow:
        row = {"track_id": shelf.tracks[7], "etag": "e", "analyser": "resonance", "analysed_at": now_ms() + 1}
        uow.execute(analysis.features.insert(), [row | {"bpm": 180.0, "bpm_confidence": 0.9, "energy": 0.9}])
        traits.refresh(uow, [shelf.tracks[7]])
        versions.bump(uow, "features")
    assert shelf.embedding.run().written == 1
    assert shelf.ask("fast and energetic").items[0].track_id == shelf.tracks[7]


def test_a_cancelled_run_goes_on_where_it_was(shelf: Shelf) -> None:
    told: list[str] = []
    done = shelf.embedding.run(
        progress=lambda fraction, text: told.append(f"{fraction:.2f} {text}"),
        cancelled=lambda: len(told) == 2,
    )
    assert 0 < done.written < 1200
    assert told == ["0.00 built-in: 0 of 1200 tracks", "0.42 built-in: 500 of 1200 tracks"]
    assert shelf.embedding.run().written == 1200 - done.written
    assert shelf.embedding.run(limit=10).written == 0


def test_another_version_of_the_space_is_made_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.embedding.run(limit=100)
    monkeypatch.setattr(BuiltIn, "space", lambda _self: replace(WORDS, version="built-in next"))
    assert shelf.embedding.run().written == 1200


def test_a_model_answers_and_is_named(database: Database, names: IndexedSearch) -> None:
    shelf = Shelf(database, names, Model())
    assert shelf.embedding.run().written == 2400
    shelf.change(shelf.tracks[3], mood_tags="sad")
    shelf.embedding.run()
    answer = shelf.ask("mood sad")
    assert (answer.by.embedder, answer.by.fallback) == ("a bag of words", None)
    assert answer.items[0].track_id == shelf.tracks[3]
    assert any(reason.text.startswith("close in meaning: 0.") for reason in answer.items[0].reasons)
    # Nothing that the built-in one understands: the model alone answers.
    assert len(shelf.ask("zebra 0007").items) == 5
    shelf.vectors.close()


def test_without_the_model_the_built_in_one_answers_and_says_so(
    database: Database, names: IndexedSearch
) -> None:
    model = Model()
    shelf = Shelf(database, names, model)
    model.fails_after = 128
    done = shelf.embedding.run()
    assert (done.written, done.problem) == (1200 + 128, "The bag is closed.")
    shelf.change(shelf.tracks[3], mood_tags="sad")
    shelf.embedding.run()
    answer = shelf.ask("sad")
    assert (answer.by.embedder, answer.by.fallback) == ("built-in", "The bag is closed.")
    assert answer.items[0].track_id == shelf.tracks[3]
    model.fails_after = None
    assert shelf.ask("sad").by.fallback is None
    assert shelf.embedding.run().problem is None
    assert len(shelf.marks("words:bag")) == 1200
    shelf.vectors.close()


def test_a_model_that_has_read_nothing_yet_does_not_answer(database: Database, names: IndexedSearch) -> None:
    shelf = Shelf(database, names, Model())
    Embedding(database, shelf.vectors, Embedders()).run()
    answer = shelf.ask("old")
    assert (answer.by.embedder, answer.by.fallback) == ("built-in", "a bag of words has read no tracks yet")
    assert len(answer.items) == 5
    shelf.vectors.close()


def test_documents_in_plain_words_hold_only_what_is_known() -> None:
    assert TrackDocument("T", "Rain").text() == "Rain"
    text = TrackDocument(
        "T", "Rain", "Ada", year=1984, bpm=71.0, words=("sad",), moods=(("party", 0.2, "tags"),)
    )
    assert text.text() == "Rain by Ada. mood: sad. slow, 71 BPM. year 1984, 1980s"
    assert text.mark() == replace(text, track_id="other").mark() != replace(text, bpm=72.0).mark()
