"""Scans that meet trouble: killed, cancelled, hostile files, vanished folders, two at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from resonance.audio.sniff import AUDIO_EXTENSIONS
from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, NotFound, Unavailable
from resonance.core.events import Event
from resonance.db.engine import Database
from resonance.db.tables.library import (
    album,
    artist,
    broken_file,
    carrier,
    genre,
    library_lease,
    scan,
    track,
    track_artist,
    track_genre,
)
from resonance.library.paths import absolute, to_os, to_stored
from resonance.library.scanning import lease, parse
from resonance.library.scanning.parse import Parser
from resonance.library.scanning.runs import close_interrupted
from resonance.library.scanning.scan import Scanner
from tests.fixtures.audio import encoded, make_tone, picture, tag_file
from tests.fixtures.scanned import ADMIN, Scanned, make_libraries, make_scanner


def add(database: Database, root: Path, base: Path) -> str:
    with database.write() as uow:
        return make_libraries(database, base / "data").add(uow, ADMIN, "M", str(root))


def listing(root: Path) -> list[tuple[str, int, int, int]]:
    return sorted(
        (str(path), path.lstat().st_size, path.lstat().st_mtime_ns, path.lstat().st_ctime_ns)
        for path in (root, *root.rglob("*"))
    )


def broken(database: Database) -> dict[str, str]:
    with database.read() as uow:
        return {row.path: row.reason for row in uow.execute(select(broken_file))}


def consistent(database: Database) -> None:
    """Every derived number agrees with the rows it is derived from."""
    with database.read() as uow:
        present = track.c.missing_at.is_(None)
        counts = dict(
            uow.execute(
                select(track.c.album_id, func.count()).where(present).group_by(track.c.album_id)
            ).all()
        )
        for row in uow.execute(select(album)):
            assert row.track_count == counts.get(row.id, 0), row.title
        query = (
            select(track_artist.c.artist_id, func.count())
            .join(track, track.c.id == track_artist.c.track_id)
            .where(present, track_artist.c.role == "artist")
            .group_by(track_artist.c.artist_id)
        )
        counts = dict(uow.execute(query).all())
        for row in uow.execute(select(artist)):
            assert row.track_count == counts.get(row.id, 0), row.name
        query = (
            select(track_genre.c.genre_id, func.count())
            .join(track, track.c.id == track_genre.c.track_id)
            .where(present)
            .group_by(track_genre.c.genre_id)
        )
        counts = dict(uow.execute(query).all())
        for row in uow.execute(select(genre)):
            assert row.track_count == counts.get(row.id, 0), row.name
        carried = select(carrier.c.track_id).where(carrier.c.missing_at.is_(None))
        for row in uow.execute(select(track.c.id, track.c.missing_at)):
            has_file = row.id in set(uow.execute(carried).scalars())
            assert (row.missing_at is None) == has_file
        documents = uow.execute(text("SELECT kind, item_id FROM search_document")).all()
        wanted = {("track", i) for i in uow.execute(select(track.c.id).where(present)).scalars()}
        wanted |= {
            ("album", i) for i in uow.execute(select(album.c.id).where(album.c.track_count > 0)).scalars()
        }
        found = {(row[0], row[1]) for row in documents}
        assert {pair for pair in found if pair[0] != "artist"} == wanted


def many(root: Path, count: int) -> None:
    """Distinct small files; only the first bytes of each differ from the next in sound."""
    base = bytearray(encoded("wav", 0.3))
    for number in range(count):
        folder = root / f"Artist {number // 50}" / f"Album {number // 10}"
        folder.mkdir(parents=True, exist_ok=True)
        base[200:204] = number.to_bytes(4, "little")
        (folder / f"{number % 10 + 1:02d} Song {number}.wav").write_bytes(base)


_KILLED = """
import os, sys
from pathlib import Path
from resonance.db.engine import Database
from tests.fixtures.scanned import make_scanner
import resonance.library.scanning.scan as module
from resonance.library.scanning import runs
module.BATCH = 200
runs.PROGRESS_EVERY_S = 0.0
def stop(counts):
    if counts.added >= int(sys.argv[3]):
        print("now", flush=True)
        import time; time.sleep(60)
make_scanner(Database(sys.argv[1]), workers=1).scan(sys.argv[2], progress=stop)
print("done", flush=True)
"""


def test_killed_in_the_middle_then_scanned_again(database: Database, tmp_path: Path) -> None:
    root = tmp_path / "music"
    many(root, 1500)
    library_id = add(database, root, tmp_path)
    url = database.url.render_as_string(hide_password=False)
    for limit in ("200", "700"):
        process = subprocess.Popen(
            [sys.executable, "-c", _KILLED, url, library_id, limit], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        said = process.stdout.readline().strip()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert said == "now"
        with database.read() as uow:
            done = uow.execute(select(func.count()).select_from(track)).scalar_one()
            assert int(limit) <= done < 1500
            assert (
                uow.execute(select(scan.c.state).order_by(scan.c.started_at.desc())).scalars().first()
                == "running"
            )
        ids = set()
        with database.read() as uow:
            ids = set(uow.execute(select(track.c.id)).scalars())
    counts = make_scanner(database).scan(library_id)
    assert counts.added == 1500 - len(ids)
    assert counts.state == "done"
    with database.read() as uow:
        assert uow.execute(select(func.count()).select_from(track)).scalar() == 1500
        assert uow.execute(select(func.count()).select_from(carrier)).scalar() == 1500
        assert ids <= set(uow.execute(select(track.c.id)).scalars())
        states = list(uow.execute(select(scan.c.state).order_by(scan.c.started_at)).scalars())
        assert states == ["failed", "failed", "done"]
        assert uow.execute(select(library_lease)).all() == []
    consistent(database)


def test_stale_rows_are_closed_at_the_next_start(scanned_library: Scanned) -> None:
    database = scanned_library.database
    with database.write() as uow:
        uow.execute(update(scan).values(state="running", finished_at=None))
        assert close_interrupted(uow) == 1
        row = uow.execute(select(scan)).one()
        assert (row.state, row.error) == ("failed", "The scan was interrupted.")


def test_one_scan_at_a_time(scanned_library: Scanned) -> None:
    database, library_id = scanned_library.database, scanned_library.library_id
    with database.write() as uow:
        held = lease.acquire(database, uow, library_id)
    with pytest.raises(Conflict) as fault:
        scanned_library.scanner().scan(library_id)
    assert fault.value.code == "scan_running"
    with database.write() as uow:  # of another machine, still alive
        uow.execute(update(library_lease).values(holder="elsewhere|1|2|x"))
    with pytest.raises(Conflict):
        scanned_library.scanner().scan(library_id)
    with database.write() as uow:  # of another machine, silent for too long
        uow.execute(update(library_lease).values(lease_until=now_ms() - 1))
    scanned_library.scanner().scan(library_id)
    with database.write() as uow, pytest.raises(Unavailable):  # a scan that lost its lease stops
        held.renew(uow)
    with pytest.raises(NotFound):
        scanned_library.scanner().scan("x" * 22)


def test_cancelled(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resonance.library.scanning.scan.BATCH", 200)
    monkeypatch.setattr("resonance.library.scanning.runs.PROGRESS_EVERY_S", 0.0)
    root = tmp_path / "music"
    many(root, 700)
    library_id = add(database, root, tmp_path)
    told: list[Event] = []

    class Bus:
        def publish(self, event: Event) -> None:
            told.append(event)

    scanner = Scanner(database, Bus(), make_scanner(database).index, workers=1)
    counts = scanner.scan(library_id, cancelled=lambda: bool(told) and told[-1].data["added"] >= 200)
    assert counts.state == "cancelled"
    assert 200 <= counts.added < 700
    assert told[-1].data["state"] == "cancelled"
    assert make_scanner(database).scan(library_id).added == 700 - counts.added
    consistent(database)


def test_unreadable_or_empty_root_marks_nothing(scanned_library: Scanned, tmp_path: Path) -> None:
    root = scanned_library.copy(tmp_path)
    scanner, library_id = scanned_library.scanner(), scanned_library.library_id
    away = tmp_path / "away"
    root.rename(away)
    with pytest.raises(Unavailable):
        scanner.scan(library_id)
    root.mkdir()
    with pytest.raises(Unavailable, match="suddenly empty"):
        scanner.scan(library_id)
    (root / "Empty Folder").mkdir()
    with pytest.raises(Unavailable, match="suddenly empty"):
        scanner.scan(library_id)
    root.joinpath("Empty Folder").rmdir()
    root.rmdir()
    root.write_text("a file now")
    with pytest.raises(Unavailable):
        scanner.scan(library_id)
    with scanned_library.database.read() as uow:
        assert not uow.execute(select(carrier).where(carrier.c.missing_at.is_not(None))).all()
        rows = uow.execute(select(scan).where(scan.c.state == "failed")).all()
        assert len(rows) == 4
        assert all(row.error for row in rows)
    root.unlink()
    away.rename(root)
    assert scanner.scan(library_id).unchanged == 16


def test_an_unreadable_folder_hides_nothing(
    scanned_library: Scanned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned_library.copy(tmp_path)
    real = os.scandir

    def failing(path: str):  # type: ignore[no-untyped-def]
        # Root reads everything, so the fault of a dying disk has to be made by hand.
        if str(path).endswith("The Harbor Lights"):
            raise OSError(5, "Input/output error")
        return real(path)

    monkeypatch.setattr("resonance.library.scanning.walk.os.scandir", failing)
    counts = scanned_library.scanner().scan(scanned_library.library_id)
    assert (counts.missing, counts.broken) == (0, 1)
    assert broken(scanned_library.database) == {"The Harbor Lights": "unreadable"}
    monkeypatch.undo()
    counts = scanned_library.scanner().scan(scanned_library.library_id)
    assert (counts.unchanged, counts.updated, counts.broken) == (16, 0, 0)
    assert broken(scanned_library.database) == {}


def test_links(database: Database, tmp_path: Path) -> None:
    root, outside = tmp_path / "music", tmp_path / "outside"
    make_tone(root / "a" / "one.wav", hertz=500)
    make_tone(outside / "secret.wav", hertz=501)
    (root / "a" / "leads-out").symlink_to(outside)
    (root / "a" / "file-out.wav").symlink_to(outside / "secret.wav")
    (root / "a" / "up").symlink_to(root)
    (root / "a" / "self").symlink_to(root / "a")
    (root / "a" / "nothing.mp3").symlink_to(root / "not-there")
    (root / "b").symlink_to(root / "a")
    os.mkfifo(root / "a" / "pipe.mp3")
    (root / "a" / "folder.flac").mkdir()
    library_id = add(database, root, tmp_path)
    make_scanner(database).scan(library_id)
    with database.read() as uow:
        assert set(uow.execute(select(carrier.c.path)).scalars()) == {"a/one.wav", "b/one.wav"}
    found = broken(database)
    assert {path: reason for path, reason in found.items() if path.startswith("a/")} == {
        "a/leads-out": "outside",
        "a/file-out.wav": "outside",
        "a/up": "loop",
        "a/self": "loop",
        "a/nothing.mp3": "unreadable",
        "a/pipe.mp3": "unreadable",
    }
    assert set(found.values()) <= {"outside", "loop", "unreadable"}
    counts = make_scanner(database).scan(library_id)
    assert (counts.unchanged, counts.updated, counts.broken) == (2, 0, len(found))


def test_ignored_folders(database: Database, tmp_path: Path) -> None:
    root = tmp_path / "music"
    for folder in (".hidden", "@eaDir", "#recycle", ".Trash-1000", "x/.git", "quiet"):
        make_tone(root / folder / "a.wav")
    make_tone(root / "seen" / "a.wav")
    make_tone(root / "seen" / "._a.wav")
    (root / "quiet" / ".nomedia").touch()
    library_id = add(database, root, tmp_path)
    assert make_scanner(database).scan(library_id).files == 1


def test_any_file_name_is_kept_reversibly(database: Database, tmp_path: Path) -> None:
    root = tmp_path / "music"
    root.mkdir()
    names = [
        b"latin \xe9\xff.wav", b"new\nline \x01\x7f.wav", "private \uf7e9 use.wav".encode(), b"\xc3(.wav",
        b"cesu \xed\xa0\x80.wav", "Cafe\u0301.wav".encode(), "Caf\u00e9.wav".encode(), b"quote'\"\\%_.wav",
        "\U0001f3b5 \u202egnp.wav".encode(), b"-rf.wav", b"dir \xfe/in \xfe.wav",
    ]  # fmt: skip
    data = bytearray(encoded("wav", 0.3))
    for number, name in enumerate(names):
        data[200] = number
        path = os.path.join(os.fsencode(root), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(data)
    library_id = add(database, root, tmp_path)
    counts = make_scanner(database).scan(library_id)
    assert (counts.added, counts.broken) == (len(names), 0)
    with database.read() as uow:
        stored = list(uow.execute(select(carrier.c.path)).scalars())
        titles = list(uow.execute(select(track.c.title)).scalars())
    assert sorted(os.fsencode(to_os(path)) for path in stored) == sorted(names)
    for path in stored:
        assert os.path.exists(absolute(str(root), path))
        path.encode()  # storable anywhere
    assert all(title.isprintable() for title in titles)
    assert make_scanner(database).scan(library_id).unchanged == len(names)


def test_escape_is_reversible_for_any_bytes() -> None:
    chance = random.Random(5)
    for _ in range(3000):
        raw = bytes(chance.choice([*range(1, 256), 0xEF, 0x9E, 0x80, 0xC3, 0xED]) for _ in range(12))
        raw = raw.replace(b"/", b"x")
        name = os.fsdecode(raw)
        stored = to_stored(name)
        stored.encode("utf-8")
        assert os.fsencode(to_os(stored)) == raw


def test_worker_that_dies_or_hangs_costs_one_file(tmp_path: Path) -> None:
    good = [make_tone(tmp_path / f"{n}.wav", hertz=300 + n, seconds=0.2) for n in range(10)]
    items = [(os.fsencode(path), None) for path in good]
    killer = tmp_path / "crash.wav"
    killer.write_bytes(good[0].read_bytes())
    sleeper = tmp_path / "sleep.wav"
    sleeper.write_bytes(good[0].read_bytes())
    items[3:3] = [(os.fsencode(killer), None)]
    items[7:7] = [(os.fsencode(sleeper), None)]
    hook = tmp_path / "hook"
    hook.mkdir()
    # A worker as ever, but two files are poison to it.
    (hook / "sitecustomize.py").write_text(
        "import os, sys, time\n"
        "if 'resonance.library.scanning.parse_worker' in ' '.join(sys.orig_argv):\n"
        "    import resonance.audio.tags as tags\n"
        "    real = tags.read_file\n"
        "    def poisoned(path):\n"
        "        if b'crash' in path: os.kill(os.getpid(), 11)\n"
        "        if b'sleep' in path: time.sleep(60)\n"
        "        return real(path)\n"
        "    tags.read_file = poisoned\n"
    )
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(hook)
    try:
        began = time.monotonic()
        with Parser(2, file_limit_s=1.5) as parser:
            answers = {answer.number: answer for answer in parser.read(items, lambda: None)}
    finally:
        os.environ.pop("PYTHONPATH")
        if before:
            os.environ["PYTHONPATH"] = before
    assert time.monotonic() - began < 45
    assert sorted(answers) == list(range(12))
    bad = {os.path.basename(items[n][0]): a.detail for n, a in answers.items() if a.facts is None}
    assert bad.keys() == {b"crash.wav", b"sleep.wav"}
    assert "crashed" in bad[b"crash.wav"]
    assert "longer than" in bad[b"sleep.wav"]


@pytest.mark.timeout(60)
def test_long_names_and_long_answers_do_not_block_both_sides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "SEND_BUFFER", 104 * 1024)  # the kernel doubles it
    folder = tmp_path / "/".join("d" * 240 for _ in range(12))
    folder.mkdir(parents=True)
    song = make_tone(folder / "song.wav", seconds=0.1)
    words = song.with_suffix(".lrc")
    words.write_text("la " * 25_000)
    items = [(os.fsencode(song), os.fsencode(words))] * 500
    with Parser(1) as parser:
        answers = list(parser.read(items, lambda: None))
    assert [answer.number for answer in answers] == list(range(500))
    assert all(answer.lyrics for answer in answers)


def hostile(root: Path) -> set[str]:
    """200 bad files; returns their names."""
    chance = random.Random(1)
    made: set[str] = set()
    kinds = ("mp3", "flac", "ogg", "opus", "m4a", "wav", "aiff", "wma", "wv")
    endings = {"mp3": ".mp3", "flac": ".flac", "ogg": ".ogg", "opus": ".opus", "m4a": ".m4a"}
    bodies: dict[str, bytes] = {}
    for kind in kinds:
        path = root / f"made.{kind}"
        make_tone(path, kind, 0.5, title="T", artist="A", album="B", comment="c" * 300)
        if kind in endings or kind in ("wav", "aiff"):
            tag_file(path, cover=picture())
        bodies[kind] = path.read_bytes()
        path.unlink()

    def put(name: str, data: bytes) -> None:
        (root / name).write_bytes(data)
        made.add(name)

    for kind, body in bodies.items():
        for cut in (0, 1, 3, 4, 9, 11, 20, 40, 63):
            put(f"cut {cut} of {kind}.{kind}", body[:cut])
    loud = sorted(AUDIO_EXTENSIONS - {".mp3", ".mp2", ".mpga", ".aac"})
    for number in range(40):
        put(f"noise {number}{chance.choice(loud)}", chance.randbytes(500))
    other = (picture(), b"<html>" * 50, b"\0" * 4096, b"PK\x03\x04" + b"x" * 99, b"%PDF-1.4")
    for number, data in enumerate(other):
        for ending in ("flac", "ogg", "m4a", "wav", "wma", "ape"):
            put(f"wrong {number}.{ending}", data)
    put("huge size.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"\0" * 100)
    put("huge atom.m4a", b"\xff\xff\xff\xf0ftypM4A \0\0\0\0" + b"\xff" * 200)
    put("huge chunk.wav", b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff" + b"\0" * 50)
    put("deep.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + b"\0\0\0\x08moov" * 3000)
    for number in range(200 - len(made)):
        put(f"control \x01\x1b[31m\n{number} \u202e.flac", b"fLaC" + chance.randbytes(50))
    return made


def test_two_hundred_hostile_files(database: Database, tmp_path: Path) -> None:
    root = tmp_path / "music"
    good = make_tone(root / "good.flac", title="Good", artist="A", album="B")
    bad = hostile(root)
    assert len(bad) >= 200
    # Large but honest: a cover of 20 MB and a tag of a million characters stay readable.
    make_tone(root / "big cover.flac", hertz=800, title="Big", cover=picture() + os.urandom(14_000_000))
    make_tone(root / "big cover.mp3", hertz=801, title="Big", cover=picture() + os.urandom(20_000_000))
    make_tone(root / "big tag.mp3", hertz=802, title="x" * 1_000_000, artist="y" * 100_000)
    library_id = add(database, root, tmp_path)
    before = listing(root)
    counts = make_scanner(database).scan(library_id)
    assert counts.state == "done"
    found = broken(database)
    with database.read() as uow:
        indexed = set(uow.execute(select(carrier.c.path)).scalars())
    assert {good.name, "big cover.flac", "big cover.mp3", "big tag.mp3"} <= indexed
    assert set(map(to_stored, bad)) - set(found) == set(), "each hostile file is listed"
    assert set(found.values()) <= {"empty", "truncated", "unreadable", "not_audio", "bad_tags"}
    assert listing(root) == before, "the music folder is never written"
    again = make_scanner(database).scan(library_id)
    assert (again.added, again.updated, again.broken) == (0, 0, counts.broken)


def test_a_file_that_breaks_is_hidden_and_comes_back_mended(scanned_library: Scanned, tmp_path: Path) -> None:
    root = scanned_library.copy(tmp_path)
    path = root / "The Harbor Lights" / "1999 - Night Ferry" / "03 Arrival.flac"
    name = str(path.relative_to(root))
    query = select(track.c.id, track.c.missing_at).where(track.c.title == "Arrival")
    with scanned_library.database.read() as uow:
        before = uow.execute(query).one()
    whole = path.read_bytes()
    path.write_bytes(whole[:20])
    counts = scanned_library.scanner().scan(scanned_library.library_id)
    assert (counts.broken, counts.missing) == (1, 1)
    assert list(broken(scanned_library.database)) == [name]
    with scanned_library.database.read() as uow:
        assert uow.execute(query).one().missing_at is not None
    path.write_bytes(whole)
    counts = scanned_library.scanner().scan(scanned_library.library_id)
    assert (counts.broken, counts.updated, counts.added) == (0, 1, 0)
    with scanned_library.database.read() as uow:
        assert tuple(uow.execute(query).one()) == (before.id, None)
    assert broken(scanned_library.database) == {}
    consistent(scanned_library.database)
