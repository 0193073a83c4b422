"""`resonance embed` and `resonance search`, as processes over files that were scanned."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_commands import Run, run
from tests.fixtures.audio import make_tone

__all__ = ["run"]


def test_music_is_found_by_what_its_tags_say(run: Run, tmp_path: Path) -> None:
    make_tone(
        tmp_path / "music" / "three.flac", "flac", 1.0,
        title="Three", artist="Ada", album="Numbers", genre="Trip-Hop", date="1996",
        mood=["Nocturnal", "sad"],
    )  # fmt: skip
    assert run("scan").returncode == 0
    assert json.loads(run("embed", "--json").stdout) == {"read": 3, "written": 3, "problem": None}
    assert run("embed").stdout == "0 tracks read, 0 new vectors\n"
    found = json.loads(run("search", "sad", "music", "at", "night", "from", "the", "90s", "--json").stdout)
    assert [item["track"]["title"] for item in found["items"]] == ["Three"]
    assert [reason["text"] for reason in found["items"][0]["reasons"]] == [
        "year 1996",
        "mood tag: sad",
        "mood tag: Nocturnal",
    ]
    told = run("search", "two")
    assert told.stdout.splitlines() == ["1.00  Ada - Two  (name: Two)"]
