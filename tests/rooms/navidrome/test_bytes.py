"""The bytes of remote songs: streams that reconnect, copies, mapped files, analysis; and other servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from resonance.core.errors import Invalid, NotFound, Unavailable
from resonance.db.tables.analysis import sound
from resonance.db.tables.library import carrier, track
from resonance.library.remote import mapping
from resonance.library.remote.ports import Refused
from resonance.model.caller import OPERATOR
from resonance.playback import source as sources
from resonance.playback.streams import File, Wanted
from tests.conftest import FreshUrl
from tests.fixtures.audio import encoded
from tests.fixtures.navidrome import FakeNavidrome, Playlist, fill
from tests.rooms.navidrome.kit import Home

TONE = encoded("mp3", 6.0)


@pytest.fixture
def server() -> Iterator[FakeNavidrome]:
    with FakeNavidrome() as running:
        running.add_sound(running.add("Harbour", seconds=6.0), TONE)
        yield running


def carrier_id(home: Home) -> str:
    with home.services.db.read() as uow:
        found: str = uow.execute(select(carrier.c.id)).scalar_one()
        return found


def test_a_stream_goes_on_where_it_broke_off(home: Home, server: FakeNavidrome) -> None:
    home.sync(home.add(server))
    bytes_ = home.services.remote_bytes
    place = bytes_.place(carrier_id(home))
    server.cut = [10_000, 1, 20_000]
    with bytes_.stream(place, 500) as stream:
        assert b"".join(stream) == TONE[500:]
    assert server.count("/rest/stream") == 4
    # A server that sends nothing more is given up.
    server.cut = [100] + [0] * 10
    with pytest.raises(Unavailable), bytes_.stream(place, 0) as stream:
        b"".join(stream)
    server.cut = []
    server.lose(next(iter(server.songs)))
    with pytest.raises(NotFound):
        bytes_.stream(place, 0)


def test_a_song_is_fetched_once_and_kept(home: Home, server: FakeNavidrome) -> None:
    home.sync(home.add(server))
    bytes_ = home.services.remote_bytes
    server.cut = [30_000]
    path = bytes_.file(carrier_id(home))
    assert path.read_bytes() == TONE
    assert bytes_.file(carrier_id(home)) == path
    assert server.count("/rest/stream") == 2
    opened = home.services.streams.open(OPERATOR, home.track("Harbour").id, Wanted())
    assert isinstance(opened, File), "what was fetched is not asked for again"
    home.services.sounds.measure(carrier_id(home))
    with home.services.db.read() as uow:
        row = uow.execute(select(sound)).one()
    assert row.problem is None
    assert row.samples == pytest.approx(6 * 44_100, rel=0.02)


def test_the_analysis_hears_songs_of_a_server(home: Home, server: FakeNavidrome) -> None:
    from resonance.db.tables.analysis import features

    home.sync(home.add(server))
    summary = home.services.analyser.run()
    assert (summary.quick, summary.failed, summary.put_off) == (1, 0, 0)
    with home.services.db.read() as uow:
        assert uow.execute(select(features.c.loudness_version)).scalar_one() > 0


def test_a_mapped_file_is_played_and_nothing_fetched(
    home: Home, server: FakeNavidrome, tmp_path: Path
) -> None:
    row = next(iter(server.songs.values()))
    path = tmp_path / "disk" / row["path"]
    path.parent.mkdir(parents=True)
    path.write_bytes(TONE)
    server_id = home.add(server, mappings=[("/music1", str(tmp_path / "disk"))])
    home.sync(server_id)
    bytes_ = home.services.remote_bytes
    assert bytes_.file(carrier_id(home)) == path
    opened = home.services.streams.open(OPERATOR, home.track("Harbour").id, Wanted())
    assert isinstance(opened, File)
    assert opened.path == path
    assert server.count("/rest/stream") == 0
    # Another file in its place is not taken for it.
    path.write_bytes(TONE + b"more")
    assert bytes_.file(carrier_id(home)) != path
    with pytest.raises(Invalid):
        home.services.servers.change(OPERATOR, server_id, mappings=[("/music1", str(tmp_path / "nowhere"))])


def test_a_mapping_leads_nowhere_else(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "x.mp3").write_bytes(b"x")
    (inside / "link.mp3").symlink_to(outside / "x.mp3")
    pairs = [("/music", str(inside))]
    assert mapping.local_path(pairs, "/music", "../out/x.mp3") is None
    assert mapping.local_path(pairs, "/musical", "x.mp3") is None
    assert mapping.present(mapping.local_path(pairs, "/music", "link.mp3"), pairs, 1) is None
    assert mapping.local_path(pairs, "/music", "a/b.mp3") == inside / "a/b.mp3"


@pytest.mark.parametrize("tokens", [True, False])
def test_any_opensubsonic_server_will_do(tmp_path: Path, fresh_url: FreshUrl, tokens: bool) -> None:
    home = Home.at(tmp_path, fresh_url(tmp_path))
    try:
        with FakeNavidrome(native=False, tokens=tokens) as server:
            ids = fill(server, 24)
            server.add("Doubled", number=3, path="one.mp3")
            server.add("Doubled", number=3, path="two.mp3")
            server_id = home.add(server)
            assert home.server(server_id).kind == "opensubsonic"
            assert home.sync(server_id).counts.added == 26
            server.forget_requests()
            assert (home.sync(server_id).state, server.count()) == ("unchanged", 1 if tokens else 2)
            server.forget(ids[3])
            server.change(ids[4], title="Renamed")
            server.scan()
            report = home.sync(server_id)
            assert (report.counts.removed, report.counts.updated) == (1, 1)
            person = home.person("berta")
            server.accounts["ada"].mark(ids[0]).starred = 5
            server.playlists["p"] = Playlist("p", "ada", "Mine", ids[:2])
            home.link(person, server_id)
            told = home.sync(server_id).people[0]
            assert (told["likes"]["taken"], told["playlists"]["taken"]) == (1, 1)
            with pytest.raises(Refused):
                home.services.servers.links.link(person, server_id, "ada", "wrong")
    finally:
        home.services.close()


def test_an_address_must_be_one(home: Home) -> None:
    for url in (
        "ftp://host",
        "file:///etc/passwd",
        "http://",
        "http://u:p@host",
        "http://host/?q",
        "javascript:1",
    ):
        with pytest.raises((Invalid, Unavailable)):
            home.services.servers.test(OPERATOR, url, "ada", "secret")


CHILD = """
import sys
from pathlib import Path
from tests.rooms.navidrome.kit import Home
home = Home.at(Path(sys.argv[1]), sys.argv[2])
print("ready", flush=True)
home.sync(sys.argv[3])
"""


def test_a_killed_sync_leaves_what_the_next_one_completes(
    tmp_path: Path, fresh_url: FreshUrl, server: FakeNavidrome
) -> None:
    fill(server, 250)
    url = fresh_url(tmp_path)
    home = Home.at(tmp_path, url)
    try:
        server_id = home.add(server)
        server.delay_s = 0.03
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path), url, server_id], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        deadline = time.monotonic() + 30
        while server.count("/api/song") < 4 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        server.delay_s = 0.0
        before = home.count(track)
        assert 0 < before < 251
        asked = server.count("/api/song")
        report = home.sync(server_id)
        assert report.state == "done"
        assert home.count(track) == 251
        assert server.count("/api/song") - asked < 6, "it went on where it was"
        killed = home.state()
    finally:
        home.services.close()
    other = tmp_path / "other"
    other.mkdir()
    whole = Home.at(other, fresh_url(other))
    try:
        whole.sync(whole.add(server))
        assert killed == whole.state(), "the same end state as without the kill"
    finally:
        whole.services.close()


def test_the_source_of_a_song_is_its_best_file(home: Home, server: FakeNavidrome) -> None:
    home.sync(home.add(server))
    with home.services.db.read() as uow:
        found = sources.find(uow, OPERATOR, home.track("Harbour").id)
    assert (found.remote, found.format, found.file_name) == (True, "mp3", "Nova - Harbour.mp3")
