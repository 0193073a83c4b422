"""Time, CPU and memory of a scan, beside Debian's MPD on the same folder in the same run.

    python bench/scan.py LIBRARY [--rounds 3] [--json FILE] [--check]

Phases: `cold` (empty database), `same` (nothing changed), `touch1` (1 % of the files have a new time). Only
the ratios mean something: both programs are run in turn, so that other load hits both. `inside` is what the
command itself measures, `wall` includes the start of its process. Needs psutil; MPD is left out when it is
not installed. The folder's files get new modification times in `touch1`; nothing else is written there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

AUDIO = {".mp3", ".flac", ".ogg", ".opus", ".m4a", ".wav"}
# What the project promises: (phase, figure, what it is measured against, limit)
GOALS = (
    ("cold", "wall", "mpd", 1.5),
    ("cold", "peak_mib", None, 250),
    ("same", "inside", None, 0.6),
    ("same", "wall", None, 1.2),
    ("touch1", "inside", None, 1.5),
    ("touch1", "wall", None, 2.0),
)


class Meter:
    """Highest memory and summed CPU time of a process with its children, sampled every 10 ms."""

    def __init__(self, pid: int) -> None:
        self.root = psutil.Process(pid)
        self.peak = 0
        self.cpu: dict[int, float] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.sample, daemon=True)
        self.thread.start()

    def sample(self) -> None:
        while not self.over.wait(0.01):
            try:
                family = [self.root, *self.root.children(recursive=True)]
            except psutil.Error:
                return
            total = 0
            for process in family:
                try:
                    total += process.memory_info().rss
                    times = process.cpu_times()
                    self.cpu[process.pid] = times.user + times.system
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)

    def stop(self) -> tuple[float, float]:
        self.over.set()
        self.thread.join()
        return self.peak / 2**20, sum(self.cpu.values())


class Resonance:
    """`resonance scan --json` in a process of its own, as a person runs it."""

    name = "resonance"

    def __init__(self, library: Path, work: Path) -> None:
        command = shutil.which("resonance", path=str(Path(sys.executable).parent))
        self.command = [command or "resonance", "scan", "--json"]
        self.environment = {**os.environ, "MUSIC_LIBRARY_PATH": str(library), "DATA_DIR": str(work)}

    def run(self) -> dict[str, float]:
        began = time.perf_counter()
        process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.PIPE)
        meter = Meter(process.pid)
        output, _ = process.communicate()
        wall = time.perf_counter() - began
        peak, cpu = meter.stop()
        if process.returncode:
            sys.exit(f"resonance scan ended with {process.returncode}")
        told = json.loads(output)
        return {
            "wall": wall,
            "inside": told["scan_seconds"],
            "cpu": cpu,
            "peak_mib": peak,
            "files": told["files"],
        }

    def close(self) -> None:
        pass


class Mpd:
    """MPD's database update, asked for over its protocol."""

    name = "mpd"

    def __init__(self, library: Path, work: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        config = work / "mpd.conf"
        config.write_text(
            f'music_directory "{library}"\ndb_file "{work}/db"\nlog_file "{work}/log"\n'
            f'bind_to_address "127.0.0.1"\nport "{self.port}"\nauto_update "no"\nzeroconf_enabled "no"\n'
            'audio_output {\n type "null"\n name "none"\n}\n'
            'input {\n plugin "curl"\n enabled "no"\n}\n'
        )
        self.command = ["mpd", "--no-daemon", str(config)]
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> dict[str, float]:
        began = time.perf_counter()
        before = 0.0
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        else:
            before = sum(psutil.Process(self.process.pid).cpu_times()[:2])
        meter = Meter(self.process.pid)
        self.update()
        wall = time.perf_counter() - began
        peak, cpu = meter.stop()
        return {"wall": wall, "inside": wall, "cpu": cpu - before, "peak_mib": peak}

    def update(self) -> None:
        while True:
            try:
                link = socket.create_connection(("127.0.0.1", self.port), 1)
                break
            except OSError:
                time.sleep(0.005)
        with link, link.makefile("rwb") as stream:
            stream.readline()
            self.ask(stream, "update")
            while any(line.startswith("updating_db") for line in self.ask(stream, "status")):
                time.sleep(0.01)

    def ask(self, stream: Any, command: str) -> list[str]:
        stream.write(f"{command}\n".encode())
        stream.flush()
        lines: list[str] = []
        while not (line := stream.readline().decode().strip()).startswith(("OK", "ACK")):
            lines.append(line)
        return lines

    def close(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()


def touch(library: Path) -> None:
    files = sorted(path for path in library.rglob("*") if path.suffix in AUDIO)
    now = time.time() - 5
    for path in files[::100]:
        os.utime(path, (now, now))


def measure(library: Path, rounds: int) -> list[dict[str, Any]]:
    kinds: list[type[Resonance] | type[Mpd]] = [Resonance]
    if shutil.which("mpd"):
        kinds.insert(0, Mpd)
    rows: list[dict[str, Any]] = []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            programs = []
            for kind in kinds:
                work = Path(folder) / kind.name
                work.mkdir()
                programs.append(kind(library, work))
            try:
                for phase in ("cold", "same", "touch1"):
                    if phase == "touch1":
                        touch(library)
                    for program in programs:
                        rows.append(
                            {"round": number, "phase": phase, "program": program.name}
                            | program.run()
                            | {"load": os.getloadavg()[0]}
                        )
                        show(rows[-1])
            finally:
                for program in programs:
                    program.close()
    return rows


def show(row: dict[str, Any]) -> None:
    print(
        f"| {row['program']:<9} | {row['phase']:<6} | {row['wall']:7.2f} | {row['inside']:7.2f} "
        f"| {row['cpu']:6.1f} | {row['peak_mib']:5.0f} | {row['load']:5.1f} |",
        flush=True,
    )


def judge(rows: list[dict[str, Any]]) -> bool:
    """Print each goal with its median over the rounds; whether all are met."""
    fine = True
    for phase, figure, against, limit in GOALS:
        values = []
        for row in rows:
            if row["phase"] != phase or row["program"] != "resonance":
                continue
            other = [
                r[figure]
                for r in rows
                if (r["program"], r["phase"], r["round"]) == (against, phase, row["round"])
            ]
            if against and not other:
                continue
            values.append(row[figure] / other[0] if other else row[figure])
        if not values:
            continue
        median = statistics.median(values)
        fine &= median <= limit
        name = f"{phase} {figure}" + (f" / {against}" if against else "")
        print(f"{name:<20} {median:8.2f}  (goal {limit})  {'ok' if median <= limit else 'MISSED'}")
    return fine


def main() -> int:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("library", type=Path)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--check", action="store_true", help="exit 1 when a goal is missed")
    given = arguments.parse_args()
    print("| program   | phase  |  wall s | inside s |  cpu s |   MiB |  load |", flush=True)
    rows = measure(given.library.resolve(), given.rounds)
    fine = judge(rows)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1))
    return 0 if fine or not given.check else 1


if __name__ == "__main__":
    sys.exit(main())
