"""A sync of many songs with the fake Navidrome, measured: requests, pages and memory.

`python bench/navidrome.py [--songs 50000]`: a first sync that is killed (SIGKILL) in the middle and run again, compared with one
that was not; then syncs that find nothing, beside a linked account that rated a tenth of the songs; then one
with 100 changed songs. Each sync is a process of its own. Fails where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

MOST_MIB = 200
MOST_FOR_A_LINK = 3
MOST_PAGES = 3
ACCOUNT = {"username": "ada", "password": "secret"}


def open_home(folder: Path) -> Any:
    """The services over a folder."""
    from resonance.settings import Settings
    from resonance.wiring import Wiring

    return Wiring(Settings(data_dir=folder, database_url=f"sqlite:///{folder}/resonance.db"))


def child(folder: Path, server_id: str) -> None:
    """One sync, told as a line of JSON."""
    from dataclasses import asdict

    from resonance.worker import remote_sync

    built = open_home(folder)
    began, cpu = time.perf_counter(), time.process_time()
    report = remote_sync.sync(built, server_id)
    # Not ru_maxrss: that one also remembers the process this one was forked from.
    status = Path("/proc/self/status").read_text()
    told = {
        "state": report.state,
        "mib": int(status.partition("VmHWM:")[2].split()[0]) // 1024,
        "s": round(time.perf_counter() - began, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        **asdict(report.counts),
        "people": [one["requests"] for one in report.people],
    }
    print(json.dumps(told))
    built.close()


def command(folder: Path, server_id: str) -> list[str]:
    """A sync in a process of its own."""
    return [sys.executable, __file__, "--child", str(folder), server_id]


def run(name: str, folder: Path, server_id: str) -> dict[str, Any]:
    """That process to its end; what it told."""
    told = subprocess.run(command(folder, server_id), stdout=subprocess.PIPE, check=True, text=True).stdout
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    print(f"{name:10}", {key: value for key, value in found.items() if value not in (0, [])}, flush=True)
    return found


def start(folder: Path, server: Any) -> str:
    """The server, added in a fresh home."""
    folder.mkdir()
    built = open_home(folder)
    server_id: str = built.servers.add(_operator(), name="Bench", url=server.url, **ACCOUNT)
    built.close()
    return server_id


def killed(folder: Path, server: Any, server_id: str) -> None:
    """A first sync that ends by SIGKILL in its middle."""
    server.forget_requests()
    process = subprocess.Popen(command(folder, server_id), stdout=subprocess.DEVNULL)
    half = len(server.songs) // 2000 or 1
    while server.count("/api/song") < half and process.poll() is None:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    print("killed     after", server.count("/api/song"), "pages", flush=True)


def state(folder: Path) -> list[Any]:
    """What a sync leaves, without ids and times."""
    import sqlite3

    with sqlite3.connect(folder / "resonance.db") as database:
        query = (
            "SELECT s.remote_id, s.stamp, t.title, t.artist_display, a.title, a.track_count, c.path,"
            " c.missing_at IS NULL FROM remote_song s JOIN carrier c ON c.id = s.carrier_id"
            " JOIN track t ON t.id = c.track_id LEFT JOIN album a ON a.id = t.album_id ORDER BY s.remote_id"
        )
        rows = database.execute(query).fetchall()
        return [rows, database.execute("SELECT count(*) FROM track").fetchone()]


def link(folder: Path, server: Any, server_id: str, ids: list[str]) -> None:
    """A person whose account there rated, liked and played a lot."""
    from resonance.accounts import users
    from resonance.model.caller import Caller, Role

    account = server.accounts["ada"]
    for at, id_ in enumerate(ids[::10]):
        mark = account.mark(id_)
        mark.rating, mark.rated, mark.plays, mark.played = at % 5 + 1, 1_700_000_000_000 + at, 1, at + 1
        mark.starred = 1_700_000_000_000 if at % 10 == 0 else None
    for row in list(server.songs.values())[::120]:
        account.mark(row["albumId"]).rating = account.mark(row["artistId"]).rating = 4
    built = open_home(folder)
    with built.db.write() as uow:
        made = users.add(uow, "Berta", "berta", Role.USER, None, 1)
    built.servers.links.link(Caller(made.id, "Berta", Role.USER), server_id, **ACCOUNT)
    built.close()


def _operator() -> Any:
    from resonance.model.caller import OPERATOR

    return OPERATOR


def main() -> None:
    """Measure, print, judge."""
    from tests.fixtures.navidrome import FakeNavidrome, fill

    parser = argparse.ArgumentParser()
    parser.add_argument("--songs", type=int, default=50_000)
    parser.add_argument("--child", nargs=2, metavar=("FOLDER", "SERVER"))
    given = parser.parse_args()
    if given.child:
        child(Path(given.child[0]), given.child[1])
        return
    with tempfile.TemporaryDirectory() as name, FakeNavidrome() as server:
        ids = fill(server, given.songs)
        whole, broken = Path(name, "whole"), Path(name, "broken")
        server_id, other_id = start(whole, server), start(broken, server)
        told = [run("first", whole, server_id)]
        assert told[0]["added"] == given.songs
        killed(broken, server, other_id)
        told.append(run("again", broken, other_id))
        assert state(broken) == state(whole), "the same end state as without the kill"

        server.forget_requests()
        told.append(run("unchanged", whole, server_id))
        assert server.count() == 1
        link(whole, server, server_id, ids)
        told.append(run("linked", whole, server_id))
        for turn in range(6):
            server.forget_requests()
            told.append(run(f"turn {turn + 1}", whole, server_id))
            assert server.count() <= 1 + MOST_FOR_A_LINK
            assert "POST /auth/login" not in server.log

        for id_ in ids[:100]:
            server.change(id_, title="Changed")
        server.scan()
        server.forget_requests()
        some = run("changed", whole, server_id)
        assert some["updated"] == 100
        assert some["pages"] <= MOST_PAGES
        assert max(one["mib"] for one in [*told, some]) <= MOST_MIB
        print("most memory", max(one["mib"] for one in [*told, some]), "MiB")


if __name__ == "__main__":
    main()
