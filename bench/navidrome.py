"""A sync of many songs with the fake Navidrome, measured: requests, pages, time and memory.

`python bench/navidrome.py [--songs 50000]`: first sync, an unchanged one, one with 100 changed songs; each in a
process of its own. Fails where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

MOST_MIB = 200


def child(folder: Path, server_id: str) -> None:
    """One sync, told as a line of JSON."""
    from dataclasses import asdict

    from resonance.settings import Settings
    from resonance.wiring import Wiring
    from resonance.worker import remote_sync

    built = Wiring(Settings(data_dir=folder, database_url=f"sqlite:///{folder}/resonance.db"))
    began = time.perf_counter()
    report = remote_sync.sync(built, server_id)
    # Not ru_maxrss: that one also remembers the process this one was forked from.
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    counts = asdict(report.counts)
    print(
        json.dumps({"state": report.state, "mib": peak, "s": round(time.perf_counter() - began, 2), **counts})
    )
    built.close()


def run(folder: Path, server_id: str) -> dict[str, Any]:
    """A sync in a process of its own."""
    command = [sys.executable, __file__, "--child", str(folder), server_id]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def main() -> None:
    """Measure, print, judge."""
    from tests.fixtures.navidrome import FakeNavidrome, fill

    from resonance.model.caller import OPERATOR
    from resonance.settings import Settings
    from resonance.wiring import Wiring

    parser = argparse.ArgumentParser()
    parser.add_argument("--songs", type=int, default=50_000)
    parser.add_argument("--child", nargs=2, metavar=("FOLDER", "SERVER"))
    given = parser.parse_args()
    if given.child:
        child(Path(given.child[0]), given.child[1])
        return
    with tempfile.TemporaryDirectory() as name, FakeNavidrome() as server:
        folder = Path(name)
        ids = fill(server, given.songs)
        built = Wiring(Settings(data_dir=folder, database_url=f"sqlite:///{folder}/resonance.db"))
        account = {"url": server.url, "username": "ada", "password": "secret"}
        server_id = built.servers.add(OPERATOR, name="Bench", **account)
        built.close()
        first = run(folder, server_id)
        print("first    ", first, flush=True)
        server.forget_requests()
        same = run(folder, server_id)
        print("unchanged", same, "requests there:", server.count(), flush=True)
        for id_ in ids[:100]:
            server.change(id_, title="Changed")
        server.scan()
        server.forget_requests()
        some = run(folder, server_id)
        print("changed  ", some, "pages there:", server.count("/api/song"))
        assert first["added"] == given.songs
        assert same["requests"] == 1
        assert some["updated"] == 100
        assert some["pages"] <= 3
        assert max(one["mib"] for one in (first, same, some)) <= MOST_MIB


if __name__ == "__main__":
    main()
