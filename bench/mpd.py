"""MPD's database update, asked for over its protocol."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import IO

from bench.metering import Meter, cpu_seconds, free_port

LACK = "mpd is not installed (apt-get install mpd)"


def version() -> str | None:
    """None where it is not installed."""
    if shutil.which("mpd") is None:
        return None
    told = subprocess.run(["mpd", "--version"], capture_output=True, text=True, check=True).stdout
    return told.partition("(")[2].partition(")")[0]


class Mpd:
    name = "mpd"

    def __init__(self, library: Path, work: Path) -> None:
        work.mkdir(parents=True)
        self._port = free_port()
        config = work / "mpd.conf"
        config.write_text(
            f'music_directory "{library}"\ndb_file "{work}/db"\nlog_file "{work}/log"\n'
            f'bind_to_address "127.0.0.1"\nport "{self._port}"\nauto_update "no"\nzeroconf_enabled "no"\n'
            'audio_output {\n type "null"\n name "none"\n}\n'
            'input {\n plugin "curl"\n enabled "no"\n}\n'
        )
        self._command = ["mpd", "--no-daemon", str(config)]
        self._process: subprocess.Popen[bytes] | None = None

    def scan(self) -> dict[str, float]:
        """The first one includes MPD's own start."""
        began = time.perf_counter()
        before = 0.0
        if self._process is None:
            self._process = subprocess.Popen(
                self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        else:
            before = cpu_seconds(self._process.pid)
        meter = Meter(self._process.pid)
        self._update()
        wall = time.perf_counter() - began
        peak, cpu = meter.stop()
        return {"wall": wall, "inside": wall, "cpu": cpu - before, "peak_mib": peak}

    def _update(self) -> None:
        while True:
            try:
                link = socket.create_connection(("127.0.0.1", self._port), 1)
                break
            except OSError:
                time.sleep(0.005)
        with link, link.makefile("rwb") as stream:
            stream.readline()
            self._ask(stream, "update")
            while any(line.startswith("updating_db") for line in self._ask(stream, "status")):
                time.sleep(0.01)

    def _ask(self, stream: IO[bytes], command: str) -> list[str]:
        stream.write(f"{command}\n".encode())
        stream.flush()
        lines: list[str] = []
        while not (line := stream.readline().decode().strip()).startswith(("OK", "ACK")):
            lines.append(line)
        return lines

    def close(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
