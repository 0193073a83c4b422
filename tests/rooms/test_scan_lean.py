"""`resonance scan` starts lean, needs nothing but two settings, and prints what scripts rely on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.fixtures.scanned import Scanned

HEAVY = ("fastapi", "starlette", "strawberry", "av", "numpy", "PIL", "alembic", "mutagen", "rich.progress")


def run(data: Path, music: Path, *words: str) -> subprocess.CompletedProcess[str]:
    script = (
        "import sys\n"
        "from resonance.cli.main import main\n"
        "code = 0\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    code = end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    environment = {
        **os.environ, "DATA_DIR": str(data), "MUSIC_LIBRARY_PATH": str(music),
    }  # fmt: skip
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def test_scan_command(scanned_library: Scanned, tmp_path: Path) -> None:
    first = run(tmp_path / "data", scanned_library.root, "scan", "--json")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert {name: told[name] for name in ("files", "added", "updated", "unchanged", "missing", "broken")} == {
        "files": 16, "added": 16, "updated": 0, "unchanged": 0, "missing": 0, "broken": 0,
    }  # fmt: skip
    assert told["seconds"] > 0
    second = run(tmp_path / "data", scanned_library.root, "scan", "--json")
    assert json.loads(second.stdout)["unchanged"] == 16
    assert second.stderr.strip().splitlines()[-1] == "[]", (
        "an existing database needs none of the heavy parts"
    )
    full = run(tmp_path / "data", scanned_library.root, "scan", "--full")
    assert full.stdout.startswith("16 files, 0 added, 16 updated, 0 unchanged, 0 missing, 0 broken in ")
    listed = run(tmp_path / "data", scanned_library.root, "library", "list", "--json")
    items = json.loads(listed.stdout)
    assert [(item["tracks"], item["path"]) for item in items] == [(16, str(scanned_library.root))]
    nothing = run(tmp_path / "data", scanned_library.root, "scan", "--library", "no such")
    assert nothing.returncode == 3


def test_a_vanished_folder_is_a_failure(tmp_path: Path, scanned_library: Scanned) -> None:
    music = tmp_path / "music"

    shutil.copytree(scanned_library.root, music)
    assert run(tmp_path / "data", music, "scan", "--json").returncode == 0
    shutil.rmtree(music)
    music.mkdir()
    failed = run(tmp_path / "data", music, "scan", "--json")
    assert failed.returncode == 4
    assert "suddenly empty" in failed.stderr
