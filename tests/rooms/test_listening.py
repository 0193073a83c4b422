"""What a supplied model hears goes where the rest finds it: vectors, moods, and what is not tried again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select, update

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.analysis import listening
from resonance.audio.ear.features import Unanalysable
from resonance.core.errors import Unavailable
from resonance.db.engine import Database
from resonance.db.tables import library as tables
from resonance.db.tables.analysis import mood
from resonance.search.vectors.ports import Space
from tests.fixtures.rows import Rows


class Ear:
    """Hears the size of a file; a real model is in test_onnx."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.fails_after = 1000

    def space(self) -> Space:
        return Space("audio", "1", 2, "model: ear")

    def describe(self) -> str:
        return "model: ear"

    def hear(self, path: str | os.PathLike[str]) -> Any:
        if len(self.heard) >= self.fails_after:
            raise Unavailable("model", "gone")
        self.heard.append(Path(path).name)
        size = Path(path).stat().st_size if Path(path).exists() else 0
        if not size:
            raise Unanalysable("empty", "The file has no bytes.")
        return np.array([size, 1.0], dtype=np.float32)

    def moods(self, vector: Any) -> dict[str, float]:
        return {"happy": 0.25, "sad": 0.75}


@pytest.fixture
def ids(database: Database, tmp_path: Path) -> list[str]:
    made = []
    with database.write() as uow:
        rows = Rows(uow)
        library = rows.library()
        uow.execute(update(tables.library).values(path=str(tmp_path)))
        for number in range(4):
            made.append(
                rows.track(f"t{number}", library_id=library, file={"path": f"{number}.wav", "size": 10})
            )
            (tmp_path / f"{number}.wav").write_bytes(b"x" * number * 100)
        rows.carrier(made[1], library, path="1.mp3", size=5)
        rows.settle()
    return made


def test_everything_is_heard_once_and_again_when_its_bytes_change(database: Database, ids: list[str]) -> None:
    index, ear = MemoryVectors(), Ear()
    done = listening.run(database, index, ear)
    assert (done.heard, done.failed) == (3, 1), "the first file is empty"
    assert sorted(ear.heard) == ["0.wav", "1.wav", "2.wav", "3.wav"], "of two files the larger one"
    with database.read() as uow:
        assert {hit.track_id for hit in index.nearest(uow, "audio", np.ones(2, np.float32), 9)} == set(
            ids[1:]
        )
        said = uow.execute(
            select(mood.c.track_id, mood.c.mood, mood.c.value, mood.c.source, mood.c.model)
        ).all()
    assert {row.track_id for row in said} == set(ids[1:]) and len(said) == 6
    assert {(row.mood, row.value, row.source, row.model) for row in said} == {
        ("happy", 0.25, "audio_model", "model: ear"),
        ("sad", 0.75, "audio_model", "model: ear"),
    }
    assert listening.run(database, index, ear).heard == 0 and len(ear.heard) == 4
    with database.write() as uow:
        uow.execute(update(tables.carrier).where(tables.carrier.c.path == "2.wav").values(mtime_ns=77))
    assert listening.run(database, index, ear).heard == 1 and ear.heard[-1] == "2.wav"
    index.close()


def test_what_was_heard_before_a_fault_is_kept(database: Database, ids: list[str]) -> None:
    index, ear = MemoryVectors(), Ear()
    ear.fails_after = 2
    with pytest.raises(Unavailable):
        listening.run(database, index, ear)
    ear.fails_after = 1000
    assert listening.run(database, index, ear, cancelled=lambda: True).heard == 0
    progress: list[float | None] = []
    listening.run(database, index, ear, progress=lambda done, _text: progress.append(done))
    assert len(ear.heard) == 4 and progress == [0.5, 1.0]
    index.close()
