"""The same recording in another encoding, told from takes, masters and edits, with real encoders."""

from __future__ import annotations

import dataclasses
import subprocess
import wave as riff
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.audio.ear import analyse
from resonance.core.errors import Invalid
from resonance.db.engine import Database
from resonance.demo import arrange
from resonance.demo.plan import plan
from resonance.model.caller import Caller, Role
from resonance.recommend import duplicates, near, recordings
from resonance.recommend.recordings import Material, Trace, Wave, numbered, same_recordings, versions
from tests.fixtures.rows import Rows
from tests.fixtures.sounding import Sounding

ADMIN = Caller("A" * 22, "ada", Role.ADMIN)
SONGS = 2
ENCODINGS = {
    "flac": [],
    "320.mp3": ["-b:a", "320k"],
    "128.mp3": ["-b:a", "128k"],
    "opus": ["-b:a", "64k"],
    "m4a": ["-b:a", "160k"],
}
MASTER = "acompressor=threshold=-24dB:ratio=4:attack=5:release=80:makeup=2.5,alimiter=limit=0.9"
NEAR_MISSES = {
    "fast": ["-af", "atempo=1.06"],
    "master": ["-af", MASTER],
    "bass": ["-af", "equalizer=f=80:width_type=o:width=2:g=4,equalizer=f=8000:width_type=o:width=2:g=3"],
    "edit": ["-af", "volume=0:enable='between(t,10,11)'"],
}


@dataclass
class File:
    """What is measured of one file."""

    song: int
    kind: str
    path: Path
    features: analyse.Features = field(init=False)

    def __post_init__(self) -> None:
        self.features = analyse.whole(self.path, ["timbre", "loudness"])

    @property
    def encoded(self) -> bool:
        return self.kind in ENCODINGS or self.kind == "wav"

    @property
    def length_s(self) -> float:
        assert self.features.samples and self.features.sample_rate_hz
        return self.features.samples / self.features.sample_rate_hz


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[File]:
    folder = tmp_path_factory.mktemp("takes")
    found: list[File] = []
    for song, planned in enumerate(plan(1, SONGS)):
        length = planned.duration_s * planned.bars // 2 / planned.bars
        track = dataclasses.replace(planned, bars=planned.bars // 2, duration_s=length)
        source = _written(folder / f"{song}.wav", arrange.render(track))
        found.append(File(song, "wav", source))
        for kind, words in {
            **ENCODINGS,
            **{f"{name}.flac": how for name, how in NEAR_MISSES.items()},
        }.items():
            target = folder / f"{song}-{kind if '.' in kind else 'copy.' + kind}"
            subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), *words, str(target)], check=True)
            found.append(File(song, kind.removesuffix(".flac"), target))
        # Another take: the same tempo, key, chords and length, played anew.
        take = dataclasses.replace(track, seed=(track.seed[0] + 7, track.seed[1]))
        found.append(File(song, "take", _written(folder / f"{song}-take.wav", arrange.render(take))))
    return found


def _written(path: Path, sound: Any) -> Path:
    with riff.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(44100)
        out.writeframes((np.clip(sound.T, -1, 1) * 32767).astype("<i2").tobytes())
    return path


@dataclass
class Shelf:
    """The files as tracks: ids in the order of `files`."""

    index: MemoryVectors
    ids: list[str]
    bob: Caller
    hidden: int


@pytest.fixture
def shelf(database: Database, files: list[File]) -> Iterator[Shelf]:
    index = MemoryVectors()
    ids: list[str] = []
    hidden = next(place for place, file in enumerate(files) if (file.song, file.kind) == (0, "128.mp3"))
    with database.write() as uow:
        rows = Rows(uow)
        sounding = Sounding(rows)
        shared, own = rows.library(), rows.library()
        artist = rows.artist("Somebody")
        dice = np.random.default_rng(2)
        for place, file in enumerate(files):
            lossy = file.path.suffix not in (".wav", ".flac")
            ids.append(rows.track(f"Song {file.song}", artists=[artist], duration_s=file.length_s))
            carrier = rows.carrier(
                ids[-1],
                own if place == hidden else shared,
                format=file.path.suffix[1:],
                codec={".wav": "pcm", ".m4a": "aac"}.get(file.path.suffix, file.path.suffix[1:]),
                bit_depth=None if lossy else 16,
                sample_rate_hz=44100,
                bit_rate_kbps={"320.mp3": 320, "128.mp3": 128, "opus": 64, "m4a": 160}.get(file.kind, 800),
                duration_s=file.length_s,
            )
            found = file.features
            sounding.heard(ids[-1], found.timbre, lufs=found.lufs_i)
            assert found.peaks is not None
            sounding.wave(
                carrier,
                found.peaks,
                file.length_s,
                samples=found.samples,
                sample_rate_hz=found.sample_rate_hz,
                lead_silence_s=found.silence_head_s,
                trail_silence_s=found.silence_tail_s,
            )
        for number in range(40):  # a library to stand out from
            other = rows.track(f"Other {number}", library_id=shared, duration_s=20.0 + number)
            sounding.heard(other, sounding.vectors[ids[0]] + dice.normal(size=64) * 2)
        bob = rows.user("bob", libraries=[shared])
        sounding.settle(index)
    yield Shelf(index, ids, bob, hidden)
    index.close()


def test_encodings_are_one_recording_and_near_misses_are_not(
    database: Database, shelf: Shelf, files: list[File]
) -> None:
    with database.read() as uow:
        number = near.recording_numbers(uow, shelf.index, shelf.ids)
    missed, wrong = [], []
    for one, other in combinations(range(len(files)), 2):
        a, b = files[one], files[other]
        same = a.song == b.song and a.encoded and b.encoded
        if same and number[one] != number[other]:
            missed.append((a.path.name, b.path.name))
        if not same and number[one] == number[other]:
            wrong.append((a.path.name, b.path.name))
    assert not wrong
    assert not missed


def test_the_list_has_the_best_file_first(database: Database, shelf: Shelf, files: list[File]) -> None:
    with database.read() as uow:
        page = duplicates.page(uow, ADMIN, shelf.index)
        assert page.total == SONGS and page.next is None
        assert (
            page.note == "Some tracks have not been listened to yet and may be missing here."
            or page.note is None
        )
        for item in page.items:
            assert item.kind == "same_recording" and 0.97 < item.similarity <= 1
            kinds = [copy.quality.codec for copy in item.tracks]
            assert set(kinds[:2]) == {"pcm", "flac"} and kinds[2:] == ["mp3", "aac", "mp3", "opus"]
            assert [copy.best for copy in item.tracks] == [True] + [False] * 5
            assert all(copy.path for copy in item.tracks)
        pages, cursor = [], None
        while True:
            part = duplicates.page(uow, ADMIN, shelf.index, cursor=cursor, limit=2)
            pages += part.items
            cursor = part.next
            if cursor is None:
                break
        assert pages == page.items
        for wrong in ({"cursor": "junk"}, {"limit": 0}):
            with pytest.raises(Invalid):
                duplicates.page(uow, ADMIN, shelf.index, **wrong)  # type: ignore[arg-type]


def test_files_out_of_sight_are_not_told(database: Database, shelf: Shelf) -> None:
    with database.read() as uow:
        page = duplicates.page(uow, shelf.bob, shelf.index)
        assert page.total == SONGS
        copies = [copy for item in page.items for copy in item.tracks]
        assert shelf.ids[shelf.hidden] not in [copy.track.id for copy in copies]
        assert all(copy.path is None for copy in copies)
        nobody = Caller(shelf.bob.user_id, "bob", Role.USER, frozenset())
        assert duplicates.page(uow, nobody, shelf.index).total == 0


def noise(seed: int, count: int = 1000) -> bytes:
    dice = np.random.default_rng(seed)
    course = np.interp(np.arange(count), np.linspace(0, count, 25), dice.uniform(40, 250, 25))
    return np.clip(course * dice.normal(1, 0.08, count), 0, 255).astype(np.uint8).tobytes()


def found(
    traces: list[Trace], waves: dict[str, Wave], vectors: np.ndarray | None = None
) -> set[tuple[int, int]]:
    rows = np.ones((len(traces), 4), np.float32) / 2 if vectors is None else vectors
    material = Material(traces, rows, lambda ids: {one: waves[one] for one in ids if one in waves})
    return {(pair.one, pair.other) for pair in same_recordings(material)}


def test_equal_files_need_no_ear() -> None:
    traces = [Trace("a", 10, payloads=frozenset({"x"})), Trace("b", 300, payloads=frozenset({"x", "y"}))]
    assert found(traces, {}, np.zeros((2, 4), np.float32)) == {(0, 1)}


def test_without_a_waveform_everything_must_agree() -> None:
    base = Trace("a", 200.0, "Blue", frozenset({"z"}), lufs=-10, bpm=120)
    same = dataclasses.replace(base, track_id="b", duration_s=200.2)
    assert found([base, same], {}) == {(0, 1)}
    for change in (
        {"duration_s": 201.0},
        {"title": "Blue (Live)"},
        {"title": "Red"},
        {"artists": frozenset({"y"})},
        {"lufs": -12.0},
        {"bpm": 122.0},
        {"title": ""},
    ):
        assert found([base, dataclasses.replace(same, **change)], {}) == set(), change
    apart = np.array([[1, 0], [0.9, 0.4359]], np.float32)
    assert found([base, same], {}, apart) == set()


def test_silence_at_the_ends_and_volume_do_not_matter_and_length_does() -> None:
    peaks = noise(1)
    softer = (np.frombuffer(peaks, np.uint8) * 0.7).astype(np.uint8).tobytes()
    silent = bytes(10) + peaks + bytes(5)
    waves = {
        "a": Wave(peaks, 200.0),
        "b": Wave(softer, 200.0),
        "c": Wave(silent, 203.0, 2.0, 1.0),
        "d": Wave(peaks, 197.0),
        "e": Wave(noise(2), 200.0),
    }
    lengths = {"a": 200.0, "b": 200.1, "c": 201.9, "d": 198.5, "e": 200.0}
    traces = [Trace(one, lengths[one]) for one in waves]
    assert found(traces, waves) == {(0, 1), (0, 2), (1, 2)}


def test_words_of_another_version() -> None:
    assert versions("Blue (Live at the Dome)") == {"live"}
    assert versions("Blue – 2011 Remaster") == {"remaster"}
    assert versions("Live and Let Die") == frozenset()


def test_many_tracks_of_one_length_stay_cheap_in_memory() -> None:
    """6,000 tracks, a tenth of them within two seconds of each other, 50 planted copies."""
    dice = np.random.default_rng(0)
    count, copies = 6_000, 50
    lengths = np.r_[dice.normal(220, 8, count - copies), np.zeros(copies)]
    peaks = [noise(number % 997 + 7, 96) for number in range(count - copies)]
    source = dice.choice(997, copies, replace=False)
    lengths[-copies:] = lengths[source] + 0.05
    peaks += [peaks[one] for one in source]
    # Tracks of one waveform but far apart in timbre: another check than the planted ones.
    vectors = dice.normal(size=(count, 16)).astype(np.float32)
    vectors[-copies:] = vectors[source]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    traces = [Trace(f"{number}", float(lengths[number])) for number in range(count)]
    waves = lambda ids: {one: Wave(peaks[int(one)], float(lengths[int(one)])) for one in ids}  # noqa: E731
    pairs = same_recordings(Material(traces, vectors, waves))
    planted = {(int(one), count - copies + place) for place, one in enumerate(source)}
    known = {(pair.one, pair.other) for pair in pairs}
    assert planted <= known
    number = numbered(count, pairs)
    assert all(number[one] == number[other] for one, other in planted)


def test_the_judge_hears_a_dropped_second() -> None:
    peaks = np.frombuffer(noise(3), np.uint8).copy()
    cut = peaks.copy()
    cut[500:506] = 0
    away = recordings.shape_difference(Wave(peaks.tobytes(), 200.0), Wave(cut.tobytes(), 200.0))
    assert away[2] > recordings.STRAY_DB
