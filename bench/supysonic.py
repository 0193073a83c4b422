"""supysonic from PyPI in a venv of its own, with SQLite and waitress."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

from bench.metering import Meter, free_port
from bench.subsonic_client import App

VERSION = "0.7.9"
NAME, PASSWORD = "bench", "bench"


def install(cache: Path) -> Path | None:
    """The folder of its commands, made on first use; None when it cannot be had."""
    home = cache / "supysonic"
    if not (home / ".ready").exists():
        print(f"installing supysonic {VERSION}, once", flush=True)
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "pip"), "install", "--quiet", f"supysonic=={VERSION}", "waitress==3.0.2"]
        if subprocess.run(pip).returncode:
            return None
        (home / ".ready").touch()
    return home / "bin"


def app(url: str) -> App:
    """It keeps hashes of passwords, so it takes them in clear."""
    return App(url, NAME, PASSWORD, token=False)


class Supysonic:
    """One database over one library. Its configuration is read from the folder it runs in."""

    name = "supysonic"

    def __init__(self, library: Path, work: Path, commands: Path) -> None:
        self._work, self._commands = work, commands
        self._environment = {**os.environ, "HOME": str(work)}
        self.scanned = (work / "scanned").exists()
        if (work / "supysonic.conf").exists():
            return
        work.mkdir(parents=True, exist_ok=True)
        (work / "supysonic.conf").write_text(
            f"[base]\ndatabase_uri = sqlite:///{work}/supysonic.db\n[webapp]\ncache_dir = {work}/cache\n"
            f"log_file = {work}/log\n[daemon]\nsocket = {work}/no.sock\nrun_watcher = no\n"
        )
        self._run("folder", "add", "music", str(library))
        self._run("user", "add", NAME, "-p", PASSWORD)

    def _run(self, *arguments: str) -> None:
        subprocess.run(
            [self._commands / "supysonic-cli", *arguments],
            cwd=self._work,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def scan(self) -> dict[str, float]:
        began = time.perf_counter()
        process = subprocess.Popen(
            [self._commands / "supysonic-cli", "folder", "scan", "--foreground", "music"],
            cwd=self._work,
            env=self._environment,
            stdout=subprocess.DEVNULL,
        )
        meter = Meter(process.pid)
        if process.wait():
            sys.exit("bench: supysonic's scan failed")
        wall = time.perf_counter() - began
        peak, cpu = meter.stop()
        (self._work / "scanned").touch()
        self.scanned = True
        return {"wall": wall, "inside": wall, "cpu": cpu, "peak_mib": peak}

    def serve(self) -> tuple[subprocess.Popen[bytes], str]:
        """(process, base URL), without thumbnails of an earlier run; it may not answer yet."""
        shutil.rmtree(self._work / "cache", ignore_errors=True)
        port = free_port()
        process = subprocess.Popen(
            [self._commands / "supysonic-server", "-S", "waitress", "-h", "127.0.0.1", "-p", str(port)],
            cwd=self._work,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return process, f"http://127.0.0.1:{port}"

    def close(self) -> None:
        pass
