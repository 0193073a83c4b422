"""What bob may not see is not there, whichever way he asks."""

from __future__ import annotations

import pytest

from tests.api.subsonic.conftest import Server


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("getAlbum", "hidden"),
        ("getSong", "tape"),
        ("getArtist", "secret"),
        ("getMusicDirectory", "hidden"),
        ("getMusicDirectory", "secret"),
        ("getLyricsBySongId", "tape"),
        ("stream", "tape"),
        ("download", "tape"),
        ("getAlbumInfo2", "hidden"),
        ("getArtistInfo2", "secret"),
        ("getSong", "gone"),
    ],
)
def test_what_is_not_yours_is_not_found(server: Server, method: str, name: str) -> None:
    assert server.bob.fault(method, id=server.seeded[name]) == 70
    if name != "gone":
        answer = server.ada.raw(method, id=server.seeded[name], f="json")
        assert answer.status_code == 200
        assert b'"failed"' not in answer.content[:200]


def test_lists_leave_it_out(server: Server) -> None:
    mine = server.bob.ok("getAlbumList2", type="alphabeticalByName", size=500)["albumList2"]["album"]
    assert [album["name"] for album in mine] == ["Bridge & <Water>", "Help!", "Homogenic"]
    everything = server.bob.ok("search3", query='""', songCount=500)["searchResult3"]
    assert len(everything["song"]) == 5
    assert len(server.ada.ok("search3", query="", songCount=500)["searchResult3"]["song"]) == 6
    names = [
        artist["name"]
        for index in server.bob.ok("getArtists")["artists"]["index"]
        for artist in index["artist"]
    ]
    assert "Secret Band" not in names
    assert server.bob.ok("getMusicFolders")["musicFolders"]["musicFolder"] == [{"id": 1, "name": "Music"}]
    assert len(server.bob.ok("getRandomSongs", size=500)["randomSongs"]["song"]) == 5


def test_music_folders_narrow_every_list(server: Server) -> None:
    vault = {"musicFolderId": 2}
    albums = server.ada.ok("getAlbumList2", type="newest", **vault)["albumList2"]["album"]
    assert [album["name"] for album in albums] == ["Hidden Tapes"]
    index = server.ada.ok("getArtists", **vault)["artists"]["index"]
    assert [artist["name"] for letter in index for artist in letter["artist"]] == ["Secret Band"]
    assert len(server.ada.ok("getRandomSongs", size=500, **vault)["randomSongs"]["song"]) == 1
    assert server.bob.fault("getArtists", **vault) == 70
    assert server.ada.fault("getArtists", musicFolderId=77) == 70
    assert server.ada.ok("getArtists", musicFolderId="junk")


def test_marks_are_ones_own(server: Server) -> None:
    assert server.ada.ok("getSong", id=server.seeded["hunter"])["song"]["starred"]
    assert "starred" not in server.bob.ok("getSong", id=server.seeded["hunter"])["song"]
    starred = server.bob.ok("getStarred2")["starred2"]
    assert starred == {"artist": [], "album": [], "song": []}
    mine = {
        artist["name"]: artist
        for letter in server.ada.ok("getArtists")["artists"]["index"]
        for artist in letter["artist"]
    }
    assert mine["Björk"]["starred"] == "2023-11-14T22:13:20.003Z"
    assert "starred" not in mine["The Beatles"]
    theirs = server.bob.raw("getArtists", f="json").text
    assert "starred" not in theirs


def test_the_artist_index_follows_the_catalogue(server: Server) -> None:
    from sqlalchemy import update

    from resonance.db import versions
    from resonance.db.tables import library

    assert "Björk" in server.ada.raw("getArtists").text
    with server.services.db.write() as uow:
        uow.execute(update(library.artist).where(library.artist.c.name == "Björk").values(name="Bjork G."))
        versions.bump(uow, "catalogue")
    assert "Bjork G." in server.ada.raw("getArtists").text


def test_users_see_themselves_only(server: Server) -> None:
    assert server.bob.ok("getUser", username="bob")["user"]["folder"] == [1]
    assert server.bob.fault("getUser", username="ada") == 50
    assert [user["username"] for user in server.bob.ok("getUsers")["users"]["user"]] == ["bob"]
    assert server.ada.ok("getUser", username="gus")["user"]["playlistRole"] is False
    assert len(server.ada.ok("getUsers")["users"]["user"]) == 3
    assert server.ada.fault("getUser", username="nobody") == 70
