"""`resonance analyze-file` as a process: no database, a line a file, nothing that ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.audio import encoded
from tests.rooms.ear_kit import song, write


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "DATA_DIR": str(folder / "data")}
    command = [sys.executable, "-m", "resonance", "analyze-file", *arguments]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=200)


def objects(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def library(folder: Path) -> Path:
    music = folder / "music"
    (music / "album" / ".hidden").mkdir(parents=True)
    write(music / "album" / "b song.mp3", song(15.0), 44_100)
    write(music / "album" / ".hidden" / "x.mp3", song(15.0), 44_100)
    (music / "a cut.m4a").write_bytes(encoded("m4a", 2.0)[:-3_000])
    (music / "cover.jpg").write_bytes(b"\xff\xd8\xff")
    (music / "z.flac").write_bytes(b"")
    return music


def test_an_object_a_file_in_the_order_given(tmp_path: Path) -> None:
    music = library(tmp_path)
    done = run(tmp_path, "--json", "--workers", "2", "music/album/b song.mp3", str(music), "gone.ogg")
    assert (done.returncode, done.stderr) == (0, "")
    found = objects(done)
    files = [each["file"] for each in found]
    assert files == [
        "music/album/b song.mp3",
        *(str(music / name) for name in ("a cut.m4a", "z.flac", "album/b song.mp3")),
        "gone.ogg",
    ]
    assert [each["error"] for each in found] == [None, "truncated", "empty", None, "missing"]
    assert all(each.keys() == found[0].keys() for each in found)
    first = found[0]
    assert abs(first["bpm"] - 120) < 0.2 and first["key_window"] == "whole"
    assert (first["key"], first["camelot"], first["key_tonic"], first["key_mode"]) == ("Am", "8A", 9, "minor")
    assert abs(first["rg_track_gain_db"] - (-18 - first["lufs_i"])) < 0.011
    assert abs(first["duration_s"] - 15) < 0.05 and first["samples"] == 15 * 44_100
    for name in (
        "energy",
        "danceability",
        "brightness",
        "acousticness_proxy",
        "bpm_confidence",
        "key_strength",
    ):
        assert 0 <= first[name] <= 1, name
    for name in (
        "bpm_alt",
        "beat_offset_s",
        "lra",
        "true_peak_dbtp",
        "tuning_cents",
        "silence_head_s",
        "outro_start_s",
    ):
        assert name in first
    failed = found[1]
    assert failed["bpm"] is None and failed["lufs_i"] is None and failed["error_detail"]
    assert not (tmp_path / "data").exists()
    equal = {key: value for key, value in first.items() if key not in ("file", "cpu_ms")}
    assert equal == {key: value for key, value in found[3].items() if key not in ("file", "cpu_ms")}


def test_quick_leaves_loudness_out_and_timbre_comes_when_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ogg", song(12.0), 44_100)
    (found,) = objects(run(tmp_path, "--json", "--quick", "--timbre", str(path)))
    assert found["bpm"] is not None and found["key_window"] == "excerpt" and len(found["timbre"]) == 64
    assert found["lufs_i"] is None and found["rg_track_gain_db"] is None and found["loudness_version"] == 0


def test_a_table_for_people_and_exit_codes(tmp_path: Path) -> None:
    music = library(tmp_path)
    done = run(tmp_path, str(music))
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert "BPM" in lines[0] and len(lines) == 4
    assert "120.0" in lines[3] and "8A" in lines[3] and "0:15" in lines[3] and lines[3].endswith("b song.mp3")
    assert "truncated" in lines[1] and "empty" in lines[2]
    nothing = run(tmp_path, "--json", str(music / "z.flac"))
    assert (nothing.returncode, objects(nothing)[0]["error"]) == (1, "empty")
    (tmp_path / "void").mkdir()
    assert run(tmp_path, "void").returncode == 3
    assert run(tmp_path).returncode == 2


def test_a_hanging_file_is_a_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp3")
    write(tmp_path / "b.flac", song(3.0), 44_100)
    found = objects(run(tmp_path, "--json", "--time-limit", "3", "--workers", "1", "a.mp3", "b.flac"))
    assert [each["error"] for each in found] == ["timeout", None]


def test_essentia_decides_where_it_is_installed_and_asked(tmp_path: Path) -> None:
    pytest.importorskip("essentia", reason="the extra essentia is not installed")
    write(tmp_path / "song.flac", song(15.0), 44_100)
    done = run(tmp_path, "--json", "--essentia", "song.flac")
    (found,) = objects(done)
    assert (found["error"], found["analyser"], found["camelot"]) == (None, "essentia", "8A")
    assert abs(found["bpm"] - 120) < 1.2
