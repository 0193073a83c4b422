"""Resonance as a person runs it: its command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.metering import Meter, free_port

COMMAND = str(Path(sys.executable).with_name("resonance"))
NAME, PASSWORD = "bench", "a password of the bench"


class Resonance:
    """One data folder over one library."""

    name = "resonance"

    def __init__(self, library: Path, work: Path) -> None:
        work.mkdir(parents=True, exist_ok=True)
        self._environment = {
            **{key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")},
            "MUSIC_LIBRARY_PATH": str(library),
            "DATA_DIR": str(work),
            "HOST": "127.0.0.1",
            "LOG_LEVEL": "warning",
        }

    def run(self, *arguments: str, typed: str = "") -> str:
        done = subprocess.run(
            [COMMAND, *arguments], env=self._environment, input=typed, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"bench: resonance {arguments[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout.strip()

    def scan(self) -> dict[str, float]:
        """Wall and CPU seconds, seconds inside the command, peak MiB, files."""
        began = time.perf_counter()
        process = subprocess.Popen(
            [COMMAND, "scan", "--json"], env=self._environment, stdout=subprocess.PIPE, text=True
        )
        meter = Meter(process.pid)
        output, _ = process.communicate()
        wall = time.perf_counter() - began
        peak, cpu = meter.stop()
        if process.returncode:
            sys.exit(f"bench: resonance scan ended with {process.returncode}")
        told = json.loads(output)
        return {
            "wall": wall,
            "inside": told["scan_seconds"],
            "cpu": cpu,
            "peak_mib": peak,
            "files": told["files"],
        }

    def app_password(self) -> str:
        """Add the bench's user, once for a data folder, and make a password for /rest."""
        people = json.loads(self.run("user", "list", "--json"))
        if not any(person["name"] == NAME for person in people):
            self.run("user", "add", NAME, "--admin", "--password-stdin", typed=PASSWORD)
        return self.run("app-password", NAME, "--label", "bench")

    def serve(self) -> tuple[subprocess.Popen[bytes], str]:
        """(process, base URL); it may not answer yet."""
        port = free_port()
        process = subprocess.Popen(
            [COMMAND, "serve"],
            env={**self._environment, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
        )
        return process, f"http://127.0.0.1:{port}"

    def close(self) -> None:
        pass
