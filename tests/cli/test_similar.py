"""`resonance similar`, `path`, `blend`, `duplicates` over a folder that is scanned and heard."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from resonance.db.engine import Database
from resonance.db.tables.library import track
from resonance.settings import Settings
from resonance.wiring import Wiring
from tests.fixtures.audio import make_tone
from tests.fixtures.sounding import put

pytestmark = pytest.mark.sqlite_only("the rooms show that the answers are the same on PostgreSQL")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATA_DIR": str(folder / "data"),
        "MUSIC_LIBRARY_PATH": str(folder / "music"),
    }
    return subprocess.run(
        [sys.executable, "-m", "resonance", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six tones on a line of sound, and the first of them once more as MP3 of the same name and length."""
    folder = tmp_path_factory.mktemp("cli")
    music = folder / "music"
    music.mkdir()
    for number in range(6):
        made = make_tone(
            music / f"{number}.flac",
            "flac",
            1.0 + number,
            title=f"Tone {number}",
            artist=f"Artist {number % 3}",
            genre="Tones",
        )
        assert made.is_file()
    (music / "copy.flac").write_bytes((music / "0.flac").read_bytes())
    assert run(folder, "scan", "--json").returncode == 0
    built = Wiring(Settings(data_dir=folder / "data", music_library_path=music))
    _listen(built.db, built)
    built.close()
    return folder


def _listen(database: Database, built: Wiring) -> None:
    dice = np.random.default_rng(0)
    one, other = dice.normal(size=(2, 64))
    with database.write() as uow:
        rows = uow.execute(track.select()).all()
        vectors = {}
        for row in rows:
            share = int(row.title.split()[1]) / 5
            vectors[row.id] = (one * (1 - share) + other * share).astype(np.float32)
        put(uow, built.vectors, vectors)


def test_similar_by_title(heard: Path) -> None:
    told = json.loads(run(heard, "similar", "Tone 0", "--by", "sound", "--json").stdout)
    titles = [item["track"]["title"] for item in told["items"]]
    assert "Tone 0" not in titles and titles[0] in ("Tone 1", "Tone 2") and told["by"] == "sound"
    shown = run(heard, "similar", "Tone 0", "--limit", "2")
    assert shown.returncode == 0 and "both Tones" in shown.stdout
    assert run(heard, "similar", "Zzyzx").returncode == 3
    assert run(heard, "similar", "Tone 0", "--by", "luck").returncode == 2
    assert run(heard, "similar", "Tone 0", "--key", "Q").returncode == 2


def test_path_and_blend(heard: Path) -> None:
    told = json.loads(run(heard, "path", "Tone 0", "Tone 5", "--length", "4", "--json").stdout)
    numbers = [int(item["track"]["title"].split()[1]) for item in told["items"]]
    assert numbers[0] == 0 and numbers[-1] == 5 and numbers == sorted(numbers)
    assert run(heard, "path", "Tone 0", "Tone 5", "--length", "2").returncode == 2
    blend = json.loads(run(heard, "blend", "Tone 4", "--not", "Tone 0", "--json").stdout)
    assert blend["items"][0]["track"]["title"] in ("Tone 3", "Tone 5")


def test_duplicates(heard: Path) -> None:
    told = json.loads(run(heard, "duplicates", "--json").stdout)
    assert told["total"] == 1
    assert {copy["path"] for copy in told["items"][0]["tracks"]} == {"0.flac", "copy.flac"}
    shown = run(heard, "duplicates").stdout
    assert "Tone 0" in shown and "* flac" in shown
