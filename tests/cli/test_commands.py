"""The commands that scripts rely on, as processes."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.fixtures.audio import make_tone

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`resonance ARGS...` with a data folder of its own and two songs."""
    music = tmp_path / "music"
    music.mkdir()
    make_tone(music / "one.flac", "flac", 1.0, title="One", artist="Ada", album="Numbers")
    make_tone(music / "two.mp3", "mp3", 1.0, title="Two", artist="Ada", album="Numbers")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DATA_DIR": str(tmp_path / "data"),
        "MUSIC_LIBRARY_PATH": str(music),
    }

    def call(*arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "resonance", *arguments],
            input=stdin,
            env=environment | more,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return call


def test_scan_counts(run: Run) -> None:
    first = json.loads(run("scan", "--json").stdout)
    again = json.loads(run("scan", "--json").stdout)
    assert {"files", "added", "updated", "unchanged", "missing", "broken", "seconds"} <= set(first)
    assert (first["files"], first["added"], again["added"], again["unchanged"]) == (2, 2, 0, 2)


def test_people_and_their_app_passwords(run: Run) -> None:
    assert run("user", "add", "ada", "--admin", "--password-stdin", stdin="correct horse\n").returncode == 0
    twice = run("user", "add", "Ada", "--password-stdin", stdin="correct horse\n")
    assert (twice.returncode, "Traceback" in twice.stderr) == (1, False)
    short = run("user", "add", "berta", "--password-stdin", stdin="short\n")
    assert short.returncode == 2
    listed = json.loads(run("user", "list", "--json").stdout)
    assert [(person["name"], person["role"]) for person in listed] == [("ada", "admin")]
    made = run("app-password", "ada", "--label", "Strawberry")
    assert (made.returncode, len(made.stdout.strip()) >= 16) == (0, True)
    assert run("app-password", "nobody").returncode == 3
    changed = run("user", "passwd", "ada", "--password-stdin", stdin="another horse\n")
    assert changed.returncode == 0
    assert "horse" not in changed.stdout + changed.stderr


def test_libraries(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert run("library", "add", str(other), "--name", "Other").returncode == 0
    names = {library["name"] for library in json.loads(run("library", "list", "--json").stdout)}
    assert "Other" in names
    assert run("library", "add", str(tmp_path / "gone")).returncode == 2


def test_doctor_names_what_is_wrong(run: Run, tmp_path: Path) -> None:
    run("scan")
    findings = {f["check"]: f["level"] for f in json.loads(run("doctor", "--json").stdout)}
    assert (findings["ffmpeg"], findings["Database"], findings["Library"]) == ("ok", "ok", "ok")
    (tmp_path / "music").rename(tmp_path / "away")
    ill = run("doctor", "--json", MUSIC_LIBRARY_PATH=str(tmp_path))
    assert ill.returncode == 1
    assert {f["check"]: f["level"] for f in json.loads(ill.stdout)}["Library"] == "fault"


def test_schemas_are_written_without_a_server(run: Run, tmp_path: Path) -> None:
    assert run("export-openapi", str(tmp_path / "openapi.json")).returncode == 0
    paths = json.loads((tmp_path / "openapi.json").read_text())["paths"]
    assert {"/api/v1/albums", "/api/v1/auth/sign-in", "/stream/{track_id}"} <= set(paths)
    assert "type Query" in run("export-graphql").stdout


def test_the_demo_is_the_same_for_the_same_seed(run: Run, tmp_path: Path) -> None:
    sounds = []
    for name in ("a", "b"):
        made = run("demo", "--out", str(tmp_path / name), "--tracks", "2", "--json")
        assert json.loads(made.stdout)["tracks"] == 2
        files = sorted(
            path for path in (tmp_path / name).rglob("*") if path.suffix in (".flac", ".mp3", ".opus", ".m4a")
        )
        sounds.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert sounds[0] == sounds[1]
    assert len(sounds[0]) == 2


def test_wrong_usage_exits_with_2(run: Run) -> None:
    assert run("scan", "--nonsense").returncode == 2
    assert run("demo", "--tracks", "0").returncode == 2
    assert run("scan", PORT="many").returncode == 2


def test_analyze_measures_what_is_behind(run: Run, tmp_path: Path) -> None:
    """Real files, real decoding, the same leases as the server's."""
    make_tone(tmp_path / "music" / "three.ogg", "ogg", 5.0, title="Three", artist="Ada")
    (tmp_path / "music" / "cut.flac").write_bytes((tmp_path / "music" / "one.flac").read_bytes()[:900])
    run("scan")
    limited = json.loads(run("analyze", "--limit", "1", "--json").stdout)
    assert (limited["quick"], limited["full"], limited["ended"]) == (1, 1, "done")
    first = run("analyze", "--json", ANALYSIS="false")
    told = json.loads(first.stdout)
    assert told["ended"] == "done" and told["full"] + told["failed"] == told["tracks"] - 1, first.stderr
    assert told["full_done"] + told["failed_in_all"] == told["tracks"]
    with closing(sqlite3.connect(tmp_path / "data" / "resonance.db")) as database:
        kept = "SELECT count(*), min(length(peaks)), min(etag <> '') FROM sound WHERE counted = 'header'"
        assert database.execute(kept).fetchone() == (told["full_done"], 1000, 1), "no second decode"
        timbre = "SELECT count(*), min(length(data)) FROM embedding WHERE space = 'timbre'"
        assert database.execute(timbre).fetchone() == (told["quick_done"], 4 * 64)
    nothing = run("analyze")
    assert nothing.stdout.startswith("0 analysed, 0 failed in "), nothing.stdout
    again = json.loads(run("analyze", "--force", "--group", "loudness", "--limit", "2", "--json").stdout)
    assert (again["full"], again["quick"]) == (2, 0)
    assert run("analyze", "--group", "taste").returncode == 2
