"""The whole library as Rekordbox XML, NML and CSV, and brought in again: CPU time, size, memory.

    python bench/exchange.py [--tracks 200000] [--database FILE]

Every track has a measured grid, every fifth four cues; 200 playlists of 100. The files themselves are not there,
so what opening their first kilobytes costs is told apart: with --files N, N small MP3 files are looked into.
Each export and import is a process of its own; memory is its peak, also above an idle one.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from bench.catalogue_rows import EPOCH, Synthesis  # noqa: E402
from bench.metering import load  # noqa: E402
from bench.report import Goal, Row, table  # noqa: E402
from resonance.adapters.memory_bus import MemoryBus  # noqa: E402
from resonance.db import migrate  # noqa: E402
from resonance.db.engine import Database  # noqa: E402
from resonance.db.tables import accounts, analysis, cues, library, playlists  # noqa: E402
from resonance.db.traits import key_place  # noqa: E402
from resonance.model.caller import Caller, Role  # noqa: E402

FORMATS = ("rekordbox", "nml", "csv")


def fill(database: Database, tracks: int) -> None:
    user, _ = Synthesis(1).fill(database, tracks)
    dice = random.Random(2)
    made = Synthesis(3)
    with database.write() as uow:
        ids = list(uow.execute(library.track.select().with_only_columns(library.track.c.id)).scalars())
        rows: dict[str, list[dict[str, object]]] = {
            "trait": [],
            "features": [],
            "cue": [],
            "entry": [],
            "list": [],
        }
        for number, id_ in enumerate(ids):
            bpm, tonic, mode = dice.uniform(70, 170), dice.randrange(12), dice.choice(["major", "minor"])
            rows["trait"].append(
                {
                    "track_id": id_,
                    "bpm": bpm,
                    "bpm_source": "measured",
                    "energy": dice.random(),
                    "key_tonic": tonic,
                }
                | {"key_mode": mode, "key_place": key_place(tonic, mode)}
            )
            rows["features"].append(
                {"track_id": id_, "etag": "e", "analyser": "resonance", "bpm": bpm, "analysed_at": EPOCH}
                | {"beat_offset_s": dice.uniform(0, 0.4)}
            )
            for pad in range(4 if number % 5 == 0 else 0):
                rows["cue"].append(
                    {
                        "id": made.id(),
                        "user_id": user,
                        "track_id": id_,
                        "kind": "cue",
                        "number": pad,
                        "name": "Drop",
                    }
                    | {"start_s": dice.uniform(0, 200), "colour": "#28e214", "changed_at": EPOCH}
                )
        for number in range(200):
            id_ = made.id()
            rows["list"].append(
                {"id": id_, "owner_id": user, "name": f"List {number}", "name_sort": f"list {number:04}"}
                | {"created_at": EPOCH, "changed_at": EPOCH}
            )
            for place, track_id in enumerate(dice.sample(ids, min(100, len(ids)))):
                rows["entry"].append(
                    {
                        "id": made.id(),
                        "playlist_id": id_,
                        "position": place,
                        "track_id": track_id,
                        "added_at": EPOCH,
                    }
                )
        uow.execute(analysis.trait.insert(), rows["trait"])
        uow.execute(analysis.features.insert(), rows["features"])
        uow.execute(cues.cue.insert(), rows["cue"])
        uow.execute(playlists.playlist.insert(), rows["list"])
        uow.execute(playlists.playlist_entry.insert(), rows["entry"])
        uow.connection.exec_driver_sql("ANALYZE")


def one(database_file: Path, what: str, format: str, folder: Path) -> None:
    """What a process of its own does; prints CPU seconds, peak and base MiB."""
    from resonance.playlists.exchange import export, importing
    from resonance.playlists.exchange.paths import mapping

    database = Database(f"sqlite:///{database_file}")
    with database.read() as uow:
        row = uow.execute(accounts.user.select()).first()
    assert row is not None
    caller = Caller(row.id, row.name, Role.ADMIN)
    path = folder / f"all.{format}"
    before, began = peak(), time.process_time()
    if what == "export":
        wanted = export.wish(format, mapping([("/bench", "D:/Music")]))
        with path.open("wb") as file:
            for piece in export.of_all(database, caller, wanted).pieces:
                file.write(piece)
    elif what == "import":
        with path.open("rb") as file:
            found, crate = importing.read(file, format=format)
            choice = importing.Choice(mapping=mapping([("D:/Music", "/bench")]), dry_run=True)
            done = importing.run(database, MemoryBus(), caller, found, crate, choice)
        assert done.matched == done.tracks and done.cues.added == 0, (done.matched, done.tracks, done.cues)
    print(time.process_time() - began, peak(), before)


def peak() -> float:
    """MiB; a process that was just started has no other peak than its own."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def heads(count: int, folder: Path) -> float:
    """Seconds to look into so many MP3 files."""
    from tests.fixtures.audio import encoded

    from resonance.audio.mp3_start import start_of

    body = encoded("mp3", 5.0)
    paths = [folder / f"{number}.mp3" for number in range(count)]
    for path in paths:
        path.write_bytes(body)
    began = time.perf_counter()
    for path in paths:
        assert start_of(path) is not None
    return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tracks", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--database", type=Path, help="the SQLite file to use, made where it is not there")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.database, given.one[0], given.one[1], Path(given.one[2]))
        return 0
    print(f"load {load():.1f}", flush=True)
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = given.database or folder / "bench.db"
        if not file.exists():
            database = Database(f"sqlite:///{file}")
            migrate.upgrade(database)
            fill(database, given.tracks)
        for what, format in [
            *(("export", each) for each in FORMATS),
            ("import", "rekordbox"),
            ("import", "nml"),
        ]:
            command = [sys.executable, __file__, "--database", str(file), "--one", what, format, place]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, most, base = map(float, done.stdout.split())
            name = f"{what} {format}, {given.tracks:,} tracks"
            found.append(Row(f"{name}: CPU", "s", seconds))
            goal = Goal(150 if what == "export" else 250)
            found.append(Row(f"{name}: memory at its peak", "MiB", most, goal=goal))
            found.append(Row(f"{name}: above start", "MiB", most - base))
            if what == "export":
                found.append(Row(f"{name}: size", "MiB", (folder / f"all.{format}").stat().st_size / 2**20))
            print(found[-1].measure, flush=True)
        found.append(Row("a look into an MP3", "ms", heads(given.files, folder) / given.files * 1000))
    print(f"\n{table(found)}\nload {load():.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
