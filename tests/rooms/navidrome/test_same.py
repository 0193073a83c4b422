"""One track of a song on a server and a file here: in either order, never by guess, and back again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from resonance.core.errors import Conflict, NotFound
from resonance.db.tables.library import album, carrier, track
from resonance.library.catalogue.access import visible
from resonance.library.remote import joining, store
from resonance.model.caller import OPERATOR, Caller, Role
from resonance.playback import source as sources
from tests.fixtures.audio import make_tone
from tests.fixtures.navidrome import FakeNavidrome
from tests.rooms.navidrome.kit import Home


@pytest.fixture
def server() -> Iterator[FakeNavidrome]:
    with FakeNavidrome() as running:
        yield running


def tone(
    folder: Path, title: str, number: int = 1, *, album: str = "First Light", seconds: float = 1.0
) -> Path:
    path = folder / "Nova" / album / f"{number:02d} {title}.mp3"
    pitch = 200.0 + sum(map(ord, title))  # two titles never sound alike
    words = {"title": title, "artist": "Nova", "album": album, "number": str(number), "genre": "Jazz"}
    return make_tone(path, seconds=seconds, hertz=pitch, **words)


def test_a_song_that_lies_here_is_the_same_track(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    tone(folder, "Harbour")
    home.services.scanner.scan(library_id)
    before = home.track("Harbour")
    server.add("Harbour", seconds=1.0)
    server.add("Lantern", number=2, seconds=1.0)
    server_id = home.add(server)
    report = home.sync(server_id)
    assert (report.counts.joined, report.counts.added) == (1, 1)
    assert home.track("Harbour").id == before.id
    assert home.carriers(before.id) == ["file", "remote"]
    assert ("joined", "Harbour", "the same names, place and length") in home.notes(report)
    with home.services.db.read() as uow:
        assert not sources.find(uow, OPERATOR, before.id).remote, "the file goes first"
    # The file goes: the song is still there to hear, under the same id.
    shutil.rmtree(folder / "Nova")
    (folder / "left.txt").write_text("so that the folder is not empty")
    tone(folder, "Other", album="Else")
    home.services.scanner.scan(library_id)
    assert home.track("Harbour").id == before.id
    assert home.carriers(before.id) == ["remote"]
    assert home.sync(server_id, full=True).counts.updated == 1
    with home.services.db.read() as uow:
        assert sources.find(uow, OPERATOR, before.id).remote


def test_a_file_that_comes_later_is_the_same_track(home: Home, server: FakeNavidrome) -> None:
    server.add("Harbour", seconds=1.0)
    server.add("Lantern", number=2, seconds=1.0)
    server_id = home.add(server)
    home.sync(server_id)
    before = home.track("Harbour")
    person = home.person("berta")
    home.like(person, "track", before.id)
    home.like(person, "album", before.album_id)
    library_id, folder = home.folder_library()
    tone(folder, "Harbour")
    tone(folder, "Lantern", 2)
    home.services.scanner.scan(library_id)
    assert len(home.tracks("Harbour")) == 2
    assert joining.join_all(home.services.db, home.services.search) == 2
    after = home.track("Harbour")
    assert (after.id, home.carriers(after.id)) == (before.id, ["file", "remote"])
    assert home.liked(person) == {before.id}
    assert home.liked(person, "album") == {after.album_id}
    assert home.count(album, album.c.track_count > 0) == 1
    # Neither the next scan nor the next sync takes them apart again.
    home.services.scanner.scan(library_id, full=True)
    home.sync(server_id, full=True)
    assert home.carriers(home.track("Harbour").id) == ["file", "remote"]
    assert home.titles() == ["Harbour", "Lantern"]


def test_what_only_resembles_stays_apart(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    tone(folder, "Harbour")
    tone(folder, "Lantern", 2)
    tone(folder, "Copper", 3)
    home.services.scanner.scan(library_id)
    server.add("Harbour", album="Greatest Hits", seconds=1.0)
    server.add("Lantern", number=2, seconds=9.0)
    server.add("Copper", number=7, seconds=1.0)
    report = home.sync(home.add(server))
    assert (report.counts.joined, report.counts.added) == (0, 3)
    whys = {title: why for action, title, why in home.notes(report) if action == "unmatched"}
    assert "First Light" in whys["Harbour"]
    assert len(home.titles()) == 6


def test_two_songs_that_fit_one_file_are_not_guessed_at(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    tone(folder, "Harbour")
    home.services.scanner.scan(library_id)
    server.add("Harbour", seconds=1.0, path="a/Harbour.mp3")
    server.add("Harbour", seconds=1.0, path="b/Harbour.mp3")
    report = home.sync(home.add(server))
    assert report.counts.joined == 0
    assert report.counts.unmatched == 2


def test_a_mapped_path_is_sure_whatever_the_names_say(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    path = tone(folder, "Harbour")
    home.services.scanner.scan(library_id)
    before = home.track("Harbour")
    inside = path.relative_to(folder).as_posix()
    server.add("Other name", seconds=1.0, path=inside, size=path.stat().st_size)
    server_id = home.add(server, mappings=[("/music1", str(folder))])
    report = home.sync(server_id)
    assert ("joined", "Other name", "the same file, by its mapped path") in home.notes(report)
    assert home.carriers(before.id) == ["file", "remote"]


def test_a_song_can_be_set_apart_and_stays_so(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    tone(folder, "Harbour")
    home.services.scanner.scan(library_id)
    remote_id = server.add("Harbour", seconds=1.0)
    lone = server.add("Lantern", number=2)
    server_id = home.add(server)
    home.sync(server_id)
    before = home.track("Harbour")
    with home.services.db.write() as uow:
        fresh = joining.part(uow, home.services.search, server_id, remote_id)
        with pytest.raises(Conflict):
            joining.part(uow, home.services.search, server_id, lone)
        with pytest.raises(NotFound):
            joining.part(uow, home.services.search, server_id, "nothing")
    for _ in range(2):
        home.sync(server_id, full=True)
        joining.join(home.services.db, home.services.search, None, server_id, everything=True)
        assert {row.id for row in home.tracks("Harbour")} == {before.id, fresh}
        assert (home.carriers(before.id), home.carriers(fresh)) == (["file"], ["remote"])
    assert home.count(album, album.c.title == "First Light", album.c.track_count > 0) == 2


def test_a_library_that_goes_leaves_what_others_have(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    tone(folder, "Harbour")
    home.services.scanner.scan(library_id)
    server.add("Harbour", seconds=1.0)
    server_id = home.add(server)
    home.sync(server_id)
    before = home.track("Harbour")
    with home.services.db.write() as uow:
        home.services.libraries.remove(uow, OPERATOR, library_id)
    assert (home.track("Harbour").id, home.carriers(before.id)) == (before.id, ["remote"])
    home.sync(server_id)
    assert home.track("Harbour").album_id is not None, "the server tells its album now"
    home.services.servers.remove(OPERATOR, server_id)
    assert home.count(track) == home.count(carrier) == 0


def test_who_sees_one_of_the_two_libraries_hears_what_lies_there(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    tone(folder, "Harbour")
    home.services.scanner.scan(library_id)
    server.add("Harbour", seconds=1.0)
    server_id = home.add(server)
    assert home.sync(server_id).counts.joined == 1
    both = home.track("Harbour")
    with home.services.db.read() as uow:
        there = next(iter(store.libraries(uow, server_id).values())).library_id
        for seen, remote, albums in ((library_id, False, {both.album_id}), (there, True, set())):
            caller = Caller("somebody", "somebody", Role.USER, frozenset({seen}))
            assert visible(uow, caller, "track", [both.id]) == {both.id}
            assert sources.find(uow, caller, both.id).remote is remote
            assert visible(uow, caller, "album", [both.album_id]) == albums
        nobody = Caller("somebody", "somebody", Role.USER, frozenset())
        assert visible(uow, nobody, "track", [both.id]) == set()
