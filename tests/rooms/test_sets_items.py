"""Tracks of the library as what is put in order: what counts of each, and nothing invented."""

from __future__ import annotations

import numpy as np

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.core.ids import new_id
from resonance.db.engine import Database
from resonance.db.tables.analysis import features, trait
from resonance.recommend.items import items
from resonance.search.vectors.ports import TIMBRE, Space
from resonance.sequencing.arrange import arrange
from resonance.sequencing.items import Request
from tests.fixtures.rows import Rows


def test_what_counts_of_each_track_and_what_is_not_known(database: Database) -> None:
    index = MemoryVectors()
    dice = np.random.default_rng(0)
    with database.write() as uow:
        rows = Rows(uow)
        library, artist = rows.library(), rows.artist("Nara")
        album = rows.album(library, "Tides", [artist])
        sure = rows.track("Sure", album_id=album, library_id=library, artists=[artist], duration_s=301.5)
        unsure = rows.track("Unsure", library_id=library)
        blank = rows.track("Blank", library_id=library, duration_s=0.0)
        rows.insert(
            trait, track_id=sure, bpm=124.0, bpm_source="tag", key_tonic=9, key_mode="minor",
            key_place=16, key_source="user", energy=0.7,
        )  # fmt: skip
        rows.insert(
            trait, track_id=unsure, bpm=5000.0, bpm_source="tag", key_tonic=0, key_mode="major",
            key_place=17, key_source="measured", key_confidence=0.1,
        )  # fmt: skip
        rows.insert(
            features, track_id=sure, analyser="resonance", etag="x", intro_end_s=8.0, outro_start_s=280.0,
            analysed_at=0,
        )  # fmt: skip
        space = Space(TIMBRE, "1", 8, "built-in")
        index.put(uow, space, [(id_, dice.normal(size=8), "m") for id_ in (sure, unsure)])
    with database.read() as uow:
        found = items(uow, [blank, sure, new_id(), unsure, sure], index)
        without = items(uow, [sure])
    assert [item.id for item in found] == [blank, sure, unsure]
    nothing, known, doubtful = found
    assert (known.artist, known.album, known.bpm, known.key) == (artist, album, 124.0, (9, "minor"))
    assert (known.energy, known.duration_s) == (0.7, 301.5)
    assert (known.intro_end_s, known.outro_start_s) == (8.0, 280.0)
    assert known.vector is not None and len(known.vector) == 8 and without[0].vector is None
    assert doubtful.bpm is None and doubtful.key is None and doubtful.vector is not None
    assert nothing.duration_s is None and nothing.artist is None and nothing.vector is None
    assert len(arrange(Request(found)).order) == 3
