"""Measured sound: what is kept for which bytes, and the job that measures."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from resonance.analysis import sound
from resonance.analysis.measuring import Sounds
from resonance.audio.exact import Exact
from resonance.core.errors import Unavailable
from resonance.core.events import Event
from resonance.db.engine import Database
from resonance.db.tables.analysis import sound as table
from resonance.db.tables.library import carrier, library
from resonance.model.caller import OPERATOR
from resonance.playback import source as sources
from tests.fixtures.audio import make_tone
from tests.fixtures.rows import Rows
from tests.fixtures.scanned import Scanned


class Heard:
    """A bus that remembers."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def publish(self, event: Event) -> None:
        self.events.append(event)


def row(database: Database, carrier_id: str) -> Any:
    with database.read() as uow:
        return uow.execute(select(carrier).where(carrier.c.id == carrier_id)).one()


def known(database: Database, carrier_id: str) -> sound.Sound | None:
    found = row(database, carrier_id)
    with database.read() as uow:
        return sound.known(uow, carrier_id, sound.etag_of(found.size, found.mtime_ns))


def carriers(database: Database) -> list[Any]:
    with database.read() as uow:
        return list(
            uow.execute(select(carrier).where(carrier.c.missing_at.is_(None)).order_by(carrier.c.path))
        )


def test_every_kind_of_file_is_measured_and_the_rescan_keeps_it(
    scanned_library: Scanned, tmp_path: Path
) -> None:
    music = scanned_library.copy(tmp_path)
    database, bus = scanned_library.database, Heard()
    sounds = Sounds(database, bus)
    for file in carriers(database):
        sounds.measure(file.id)
        found = known(database, file.id)
        assert found is not None and found.state == "ready" and found.peaks, file.path
        assert found.exact is not None and found.exact.duration_s == pytest.approx(1.0, abs=0.06), file.path
        assert 40 < max(found.peaks) < 140, file.path
    assert {event.topic for event in bus.events} == {"sound.measured"}
    assert {event.data["track_id"] for event in bus.events} == {file.track_id for file in carriers(database)}
    first = carriers(database)[0]
    scanned_library.scanner().scan(scanned_library.library_id, full=True)
    assert known(database, first.id) is not None
    # Other bytes: what was known is known no more, and a new pass takes its place.
    make_tone(music / first.path, seconds=2.0, hertz=777)
    sounds.measure(first.id)  # changed since its scan: left alone
    assert known(database, first.id) is not None
    scanned_library.scanner().scan(scanned_library.library_id)
    changed = next(file for file in carriers(database) if file.path == first.path)
    assert known(database, changed.id) is None
    sounds.measure(changed.id)
    found = known(database, changed.id)
    assert found is not None and found.exact is not None
    assert found.exact.duration_s == pytest.approx(2.0, abs=0.06)


def one_file(database: Database, folder: Path, name: str, data: bytes | None = None) -> tuple[str, str]:
    """(track id, carrier id) of a file in a library of its own."""
    path = folder / name
    if data is None:
        make_tone(path)
    else:
        path.write_bytes(data)
    stat = path.stat()
    with database.write() as uow:
        rows = Rows(uow)
        library_id = rows.library()
        uow.execute(update(library).where(library.c.id == library_id).values(path=str(folder)))
        track_id = rows.track("A", library_id=library_id, file={
            "path": name, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "format": path.suffix[1:],
            "codec": path.suffix[1:],
        })  # fmt: skip
        carrier_id = uow.execute(select(carrier.c.id).where(carrier.c.track_id == track_id)).scalar_one()
    return track_id, carrier_id


def test_the_version_is_the_one_that_playing_uses(database: Database, tmp_path: Path) -> None:
    track_id, carrier_id = one_file(database, tmp_path, "a.flac")
    with database.read() as uow:
        source = sources.find(uow, OPERATOR, track_id)
    assert source.carrier_id == carrier_id
    assert source.etag.strip('"') == sound.etag_of(source.size, source.mtime_ns)


def test_a_header_is_kept_until_the_pass_and_never_after_it(database: Database, tmp_path: Path) -> None:
    _, carrier_id = one_file(database, tmp_path, "a.flac")
    etag = sound.etag_of(row(database, carrier_id).size, row(database, carrier_id).mtime_ns)
    header = Exact(44_100, 44_100, 2)
    with database.write() as uow:
        sound.keep_counted(uow, carrier_id, etag, header, "header")
    found = known(database, carrier_id)
    assert found is not None and (found.state, found.exact, found.counted) == ("pending", header, "header")
    Sounds(database, Heard()).measure(carrier_id)
    with database.write() as uow:
        sound.keep_counted(uow, carrier_id, etag, Exact(1, 1, 1), "header")
    found = known(database, carrier_id)
    assert found is not None and (found.state, found.exact) == ("ready", header)


def test_a_lying_header_gives_way_to_what_is_decoded(database: Database, tmp_path: Path) -> None:
    data = bytearray(make_tone(tmp_path / "b.flac", seconds=1.0).read_bytes())
    data[25] ^= 0x40  # other samples than there are
    _, carrier_id = one_file(database, tmp_path, "a.flac", bytes(data))
    Sounds(database, Heard()).measure(carrier_id)
    found = known(database, carrier_id)
    assert found is not None and (found.samples, found.counted) == (44_100, "decoded")


def test_what_cannot_be_decoded_is_said_so_once(database: Database, tmp_path: Path) -> None:
    _, carrier_id = one_file(database, tmp_path, "a.mp3", b"no music at all " * 100)
    bus = Heard()
    sounds = Sounds(database, bus)
    sounds.measure(carrier_id)
    found = known(database, carrier_id)
    assert found is not None and found.state == "failed" and found.exact is None
    assert found.problem is not None and str(tmp_path) not in found.problem
    assert len(bus.events) == 1


def test_a_missing_file_or_program_is_tried_again_later(database: Database, tmp_path: Path) -> None:
    _, carrier_id = one_file(database, tmp_path, "a.flac")
    with pytest.raises(Unavailable):
        Sounds(database, Heard(), str(tmp_path / "no-ffmpeg")).measure(carrier_id)
    os.unlink(tmp_path / "a.flac")
    with pytest.raises(Unavailable):
        Sounds(database, Heard()).measure(carrier_id)
    assert known(database, carrier_id) is None
    Sounds(database, Heard()).measure("x" * 22)  # gone from the catalogue: nothing to do


def test_a_cancelled_pass_keeps_nothing(database: Database, tmp_path: Path) -> None:
    _, carrier_id = one_file(database, tmp_path, "a.flac")
    bus = Heard()
    Sounds(database, bus).measure(carrier_id, cancelled=lambda: True)
    assert known(database, carrier_id) is None and bus.events == []


def test_a_link_out_of_the_library_is_not_followed(database: Database, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    outside = make_tone(tmp_path / "outside.flac")
    _, carrier_id = one_file(database, tmp_path / "library", "a.flac")
    os.unlink(tmp_path / "library/a.flac")
    (tmp_path / "library/a.flac").symlink_to(outside)
    Sounds(database, Heard()).measure(carrier_id)
    assert known(database, carrier_id) is None


def test_one_job_for_many_requests_and_rows_go_with_their_file(database: Database, tmp_path: Path) -> None:
    from resonance.adapters.sqlite_jobs import SqliteJobs

    track_id, carrier_id = one_file(database, tmp_path, "a.flac")
    if database.is_sqlite:
        jobs = SqliteJobs(database, Heard())
        with database.write() as uow:
            ids = {sound.request(uow, jobs, track_id, carrier_id) for _ in range(3)}
        assert len(ids) == 1
    sounds = Sounds(database, Heard())
    threads = [threading.Thread(target=sounds.measure, args=(carrier_id,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.write() as uow:
        assert len(uow.execute(select(table)).all()) == 1
        uow.execute(carrier.delete().where(carrier.c.id == carrier_id))
        assert uow.execute(select(table)).all() == []
