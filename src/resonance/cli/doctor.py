"""`resonance doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from resonance.wiring import Wiring

LOW_SPACE = 512 * 2**20
FEW_WATCHES = 65_536


@dataclass(frozen=True, slots=True)
class Finding:
    """One check. `level` is ok, warning or fault; `advice` says what to do."""

    check: str
    level: str
    detail: str
    advice: str = ""


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check this installation; exits with 1 when something is broken."""
    from contextlib import closing

    from resonance import wiring

    with closing(wiring.for_command()) as built:
        findings = [finding for check in CHECKS for finding in check(built)]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings]))
    else:
        _print(findings)
    if any(finding.level == "fault" for finding in findings):
        raise typer.Exit(1)


def _print(findings: list[Finding]) -> None:
    signs = {"ok": "ok     ", "warning": "warning", "fault": "FAULT  "}
    for finding in findings:
        print(f"{signs[finding.level]}  {finding.check}: {finding.detail}")
        if finding.advice:
            print(f"         {finding.advice}")


def _python(_built: Wiring) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", "ok", version)


def _ffmpeg(built: Wiring) -> Iterator[Finding]:
    from resonance.audio.ffmpeg import find_ffmpeg
    from resonance.core.errors import Unavailable

    configured = built.settings.ffmpeg_path
    try:
        path = find_ffmpeg(str(configured) if configured else None)
    except Unavailable as fault:
        yield Finding("ffmpeg", "fault", fault.message, "Without it there is no transcoding.")
        return
    done = subprocess.run([path, "-hide_banner", "-encoders"], capture_output=True, text=True, timeout=20)
    lacking = [name for name in ("libmp3lame", "libopus", "aac", "flac") if name not in done.stdout]
    if done.returncode != 0 or lacking:
        missing = ", ".join(lacking) or "everything"
        yield Finding("ffmpeg", "warning", f"{path} lacks: {missing}", "Install a full build.")
    else:
        yield Finding("ffmpeg", "ok", path)


def _data_dir(built: Wiring) -> Iterator[Finding]:
    folder = built.settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        yield Finding(
            "Data folder",
            "fault",
            f"{folder} cannot be written",
            "Give the folder to the user who runs Resonance.",
        )
        return
    free = shutil.disk_usage(folder).free
    level = "warning" if free < LOW_SPACE else "ok"
    yield Finding("Data folder", level, f"{folder}, {free // 2**20:,} MiB free")


def _database(built: Wiring) -> Iterator[Finding]:
    from sqlalchemy.exc import SQLAlchemyError

    from resonance.core.errors import ResonanceError

    try:
        with built.db.read() as uow:
            if built.db.is_sqlite:
                verdict = uow.connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if verdict != "ok":
                    yield Finding(
                        "Database", "fault", str(verdict), "Restore the newest file of DATA_DIR/backups."
                    )
                    return
            yield Finding("Database", "ok", uow.dialect)
    except (SQLAlchemyError, ResonanceError) as fault:
        yield Finding("Database", "fault", str(fault).splitlines()[0], "Check DATABASE_URL.")


def _libraries(built: Wiring) -> Iterator[Finding]:
    from resonance.library import paths
    from resonance.model.caller import OPERATOR

    with built.db.read() as uow:
        libraries = built.libraries.all(uow, OPERATOR)
    if not libraries:
        advice = "Set MUSIC_LIBRARY_PATH, or add a folder in the browser."
        yield Finding("Libraries", "warning", "none yet", advice)
    for library in libraries:
        if library["kind"] != "folder":
            continue
        folder = Path(paths.to_os(library["path"]))
        if folder.is_dir() and os.access(folder, os.R_OK | os.X_OK):
            yield Finding("Library", "ok", f"{library['name']}: {folder}")
        else:
            yield Finding(
                "Library", "fault", f"{library['name']}: {folder} cannot be read", "Is the disk mounted?"
            )


def _watching(_built: Wiring) -> Iterator[Finding]:
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    if limit.exists() and int(limit.read_text()) < FEW_WATCHES:
        yield Finding(
            "File watching",
            "warning",
            f"the system allows {limit.read_text().strip()} watched folders",
            "Raise fs.inotify.max_user_watches if your library has more folders.",
        )


def _player(_built: Wiring) -> Iterator[Finding]:
    from resonance.api.web import WEBAPP

    built = (WEBAPP / "index.html").is_file()
    yield Finding(
        "Web player",
        "ok" if built else "fault",
        "built" if built else "not built",
        "" if built else "Type: make setup",
    )


CHECKS: tuple[Callable[[Wiring], Iterator[Finding]], ...] = (
    _python,
    _ffmpeg,
    _data_dir,
    _database,
    _libraries,
    _watching,
    _player,
)
