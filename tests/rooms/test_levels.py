"""Gains of music whose tags tell none: by what was measured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from resonance.analysis import levels
from resonance.db.engine import Database
from resonance.db.tables.analysis import features
from resonance.model.caller import Caller
from resonance.playback import manifest, source
from tests.fixtures.rows import Rows


@pytest.fixture
def rows(database: Database) -> Iterator[Rows]:
    with database.write() as uow:
        yield Rows(uow)


def measured(rows: Rows, track_id: str, lufs: float | None, peak: float | None = -1.0) -> None:
    loudness = {"lufs_i": lufs, "true_peak_dbtp": None if lufs is None else peak, "loudness_version": 1}
    rows.insert(features, track_id=track_id, etag="x", analyser="resonance", analysed_at=1, **loudness)


def test_a_track_is_brought_to_the_reference(rows: Rows) -> None:
    track = rows.track("Loud")
    assert levels.of_track(rows.uow, track) is None
    measured(rows, track, -9.5, -0.5)
    assert levels.of_track(rows.uow, track) == levels.Level(-8.5, 0.944061)


def test_an_album_is_as_loud_as_its_power_on_the_whole(rows: Rows) -> None:
    album = rows.album(rows.library("Music"), "Both", [])
    long = rows.track("Long", album_id=album, duration_s=300.0)
    short = rows.track("Short", album_id=album, duration_s=100.0)
    silent = rows.track("Silence", album_id=album, duration_s=60.0)
    measured(rows, long, -20.0, -3.0)
    measured(rows, silent, None)
    assert levels.of_album(rows.uow, album) is None, "not all of it was measured"
    measured(rows, short, -10.0, -6.0)
    found = levels.of_album(rows.uow, album)
    # (300 x 0.01 + 100 x 0.1) / 400 = 0.0325 of full power
    assert found is not None and found.gain_db == pytest.approx(-18.0 + 14.88, abs=0.01)
    assert found.peak == pytest.approx(10 ** (-3 / 20), abs=1e-6)


def test_nothing_but_silence_has_no_gain(rows: Rows) -> None:
    track = rows.track("4'33\"")
    measured(rows, track, None)
    assert levels.of_track(rows.uow, track) is None


def test_tags_count_more_than_what_was_measured(rows: Rows, admin: Caller) -> None:
    shelf = rows.library("Music")
    album = rows.album(shelf, "One", [])
    tagged = rows.track("Tagged", album_id=album, library_id=shelf, gain_track_db=-3.0, peak_track=0.5)
    bare = rows.track("Bare", album_id=album, library_id=shelf)
    for track in (tagged, bare):
        measured(rows, track, -12.0)
    assert manifest.levelled(rows.uow, source.find(rows.uow, admin, tagged)) == source.Gain(
        -3.0, 0.5, -6.0, 0.891251
    )
    assert manifest.levelled(rows.uow, source.find(rows.uow, admin, bare)) == source.Gain(
        -6.0, 0.891251, -6.0, 0.891251
    )
