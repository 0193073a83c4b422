"""What apps change: likes, ratings, plays, playlists, the queue, scans."""

from __future__ import annotations

import time

import pytest

from resonance.library import lyrics
from tests.api.subsonic.conftest import App, Server


def names(app: App, playlist_id: str) -> list[str]:
    entries = app.ok("getPlaylist", id=playlist_id)["playlist"]["entry"]
    return [entry["title"] for entry in entries]


def test_star_takes_every_kind_of_id(server: Server) -> None:
    ada, ids = server.bob, server.seeded
    ada.ok("star", id=[ids["hunter"], ids["help"], ids["bjork"]])
    ada.ok("star", albumId=ids["homogenic"], artistId=ids["beatles"])
    found = ada.ok("getStarred2")["starred2"]
    assert [song["title"] for song in found["song"]] == ["Hunter"]
    assert {album["name"] for album in found["album"]} == {"Help!", "Homogenic"}
    assert {artist["name"] for artist in found["artist"]} == {"Björk", "The Beatles"}
    assert ada.ok("getAlbum", id=ids["help"])["album"]["starred"]
    ada.ok("unstar", id=[ids["hunter"], ids["help"], ids["bjork"]])
    ada.ok("unstar", albumId=ids["homogenic"], artistId=ids["beatles"])
    assert ada.ok("getStarred2")["starred2"] == {"artist": [], "album": [], "song": []}


def test_star_faults(server: Server) -> None:
    assert server.bob.fault("star") == 10
    assert server.bob.fault("star", id="nothing") == 70
    assert server.bob.fault("star", id=[server.seeded["hunter"], server.seeded["tape"]]) == 70
    assert server.bob.ok("getStarred2")["starred2"]["song"] == []
    assert server.gus.fault("star", id=server.seeded["hunter"]) == 50


def test_ratings(server: Server) -> None:
    song = server.seeded["song"]
    server.bob.ok("setRating", id=song, rating=5)
    assert server.bob.ok("getSong", id=song)["song"]["userRating"] == 5
    server.bob.ok("setRating", id=song, rating=0)
    assert "userRating" not in server.bob.ok("getSong", id=song)["song"]
    assert server.bob.fault("setRating", id=song, rating=6) == 0
    assert server.bob.fault("setRating", id=song) == 10
    assert server.bob.fault("setRating", id=song, rating="five") == 0
    assert server.bob.fault("setRating", id=server.seeded["tape"], rating=1) == 70
    server.bob.ok("setRating", id=server.seeded["help"], rating=3)
    best = server.bob.ok("getAlbumList2", type="highest")["albumList2"]["album"]
    assert [album["name"] for album in best] == ["Help!"]


def test_scrobbles_count_and_move_lists(server: Server) -> None:
    ids, bob = server.seeded, server.bob
    bob.ok("scrobble", id=ids["odd"])
    bob.ok("scrobble", id=[ids["hunter"], ids["song"]], time=[1_600_000_000_000, 1_600_000_001_000])
    bob.ok("scrobble", id=ids["hunter"], time=1_600_000_500)  # seconds, as some clients send them
    assert bob.ok("getSong", id=ids["hunter"])["song"]["playCount"] == 2
    assert bob.ok("getSong", id=ids["hunter"])["song"]["played"].startswith("2020-09-13T12:35:00")
    frequent = bob.ok("getAlbumList2", type="frequent")["albumList2"]["album"]
    assert frequent[0]["name"] == "Homogenic"
    recent = bob.ok("getAlbumList2", type="recent")["albumList2"]["album"]
    assert recent[0]["name"] == "Bridge & <Water>"
    assert bob.fault("scrobble") == 10
    assert bob.fault("scrobble", id=ids["tape"]) == 70
    assert server.gus.fault("scrobble", id=ids["odd"]) == 50


def test_now_playing_is_seen_by_those_who_may(server: Server) -> None:
    server.ada.ok("scrobble", id=server.seeded["song"], submission="false")
    entries = server.bob.ok("getNowPlaying")["nowPlaying"]["entry"]
    assert [(entry["username"], entry["title"], entry["minutesAgo"]) for entry in entries] == [
        ("ada", "Help!", 0)
    ]
    assert entries[0]["playerName"] == "tests"
    assert "playCount" not in entries[0], "not a play yet"
    server.ada.ok("scrobble", id=server.seeded["tape"], submission="false")
    assert server.bob.ok("getNowPlaying")["nowPlaying"]["entry"] == []


def test_playlists_from_beginning_to_end(server: Server) -> None:
    ids, bob = server.seeded, server.bob
    made = bob.ok("createPlaylist", name="Roads", songId=[ids["song"], ids["hunter"]])["playlist"]
    assert (made["songCount"], made["owner"], made["public"]) == (2, "bob", False)
    assert made["coverArt"]
    bob.ok("updatePlaylist", playlistId=made["id"], songIdToAdd=[ids["odd"], ids["song"]])
    bob.ok("updatePlaylist", playlistId=made["id"], songIndexToRemove=[0, 2], songIdToAdd=ids["hunter"])
    assert names(bob, made["id"]) == ["Hunter", "Help!", "Hunter"]
    bob.ok("updatePlaylist", playlistId=made["id"], name="Streets", comment="c", public="true")
    assert server.ada.ok("getPlaylist", id=made["id"])["playlist"]["name"] == "Streets"
    bob.ok("createPlaylist", playlistId=made["id"], songId=ids["odd"])
    assert len(names(bob, made["id"])) == 1
    assert server.ada.fault("deletePlaylist", id=made["id"]) == 50
    bob.ok("deletePlaylist", id=made["id"])
    assert bob.fault("getPlaylist", id=made["id"]) == 70


def test_playlist_faults(server: Server) -> None:
    ids = server.seeded
    assert server.bob.fault("createPlaylist") == 10
    assert server.bob.fault("createPlaylist", name="x", songId=ids["tape"]) == 70
    assert server.bob.fault("getPlaylist", id=ids["Mix"]) == 70
    assert server.bob.fault("updatePlaylist", playlistId=ids["Mix"], name="mine") == 70
    assert server.ada.fault("updatePlaylist", playlistId=ids["Everybody's"], name="mine") == 50
    assert server.ada.fault("updatePlaylist", playlistId=ids["Mix"], songIndexToRemove="x") == 0
    assert server.gus.fault("createPlaylist", name="x") == 50
    server.ada.ok("updatePlaylist", playlistId=ids["Mix"], songIndexToRemove=[99, -1])
    assert len(names(server.ada, ids["Mix"])) == 3


def test_a_failed_change_changes_nothing(server: Server) -> None:
    mix = server.seeded["Mix"]
    assert server.ada.fault("updatePlaylist", playlistId=mix, songIndexToRemove=0, songIdToAdd="no") == 70
    assert len(names(server.ada, mix)) == 3


def test_the_queue_by_id_and_by_index(server: Server) -> None:
    ids, bob = server.seeded, server.bob
    empty = bob.ok("getPlayQueue")["playQueue"]
    assert (empty["entry"], empty["username"]) == ([], "bob")
    bob.ok("savePlayQueue", id=[ids["song"], ids["hunter"]], current=ids["hunter"], position=4242)
    saved = bob.ok("getPlayQueue")["playQueue"]
    assert (saved["current"], saved["position"], saved["changedBy"]) == (ids["hunter"], 4242, "tests")
    twice = [ids["song"], ids["hunter"], ids["song"]]
    bob.ok("savePlayQueueByIndex", id=twice, currentIndex=2, position=1)
    saved = bob.ok("getPlayQueueByIndex")["playQueueByIndex"]
    assert (saved["currentIndex"], len(saved["entry"])) == (2, 3)
    assert bob.fault("savePlayQueueByIndex", id=twice) == 10
    assert bob.fault("savePlayQueueByIndex", id=twice, currentIndex=3) == 10
    assert bob.fault("savePlayQueue", id=twice, current=ids["odd"]) == 0
    assert bob.fault("savePlayQueue", id="nothing") == 70
    bob.ok("savePlayQueue")
    assert bob.ok("getPlayQueue")["playQueue"]["entry"] == []


def test_only_admins_start_scans(server: Server) -> None:
    assert server.bob.fault("startScan") == 50
    assert server.ada.ok("startScan")["scanStatus"]["scanning"] is True
    with server.services.db.read() as uow:
        from sqlalchemy import select

        from resonance.db.tables.jobs import job

        names = list(uow.execute(select(job.c.name)).scalars())
    assert names == ["scan", "scan"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_writes_answer_with_an_empty_envelope(server: Server, form: str) -> None:
    answer = server.ada.raw("star", id=server.seeded["song"], f=form)
    assert answer.status_code == 200
    assert b"error" not in answer.content


def test_plays_at_the_same_moment_count_once(server: Server) -> None:
    at = int(time.time() * 1000) - 60_000
    for _ in range(3):
        server.bob.ok("scrobble", id=server.seeded["odd"], time=at)
    assert server.bob.ok("getSong", id=server.seeded["odd"])["song"]["playCount"] == 1


def test_ones_own_words_come_first_and_move_for_oneself_only(server: Server) -> None:
    song = server.seeded["song"]
    before = server.bob.ok("getLyricsBySongId", id=song)["lyricsList"]["structuredLyrics"]
    with server.services.db.write() as uow:
        lyrics.write(uow, server.seeded.ada, song, "[00:03.00]Mine")
        lyrics.set_offset(uow, server.seeded.ada, song, -200)
    mine = server.ada.ok("getLyricsBySongId", id=song)["lyricsList"]["structuredLyrics"]
    assert mine[0]["line"] == [{"start": 3000, "value": "Mine"}]
    assert [text["offset"] for text in mine] == [-200] * (len(before) + 1)
    assert server.bob.ok("getLyricsBySongId", id=song)["lyricsList"]["structuredLyrics"] == before
    assert server.ada.xml("getLyricsBySongId", id=song)[0][0].attrib["offset"] == "-200"
