"""Shares through an app, opened by somebody without an account."""

from __future__ import annotations

from tests.api.subsonic.conftest import Server


def test_the_life_of_a_share(server: Server) -> None:
    bob, ids = server.bob, server.seeded
    [made] = bob.ok("createShare", id=[ids["hunter"], ids["help"]], description="For you")["shares"]["share"]
    assert (made["description"], made["username"], made["visitCount"]) == ("For you", "bob", 0)
    assert made["entry"][0]["title"] == "Hunter" and len(made["entry"]) > 1
    page, _, token = made["url"].partition("#")
    assert page.endswith("/share") and len(token) >= 30
    opened = server.bob.client.post("/api/v1/shared/open", json={"token": token}).json()["list"]
    assert [one["id"] for one in opened["tracks"]] == [song["id"] for song in made["entry"]]
    assert opened["name"] == "For you" and opened["has_cover"] is False
    [listed] = bob.ok("getShares")["shares"]["share"]
    assert (listed["id"], listed["url"], listed["visitCount"]) == (made["id"], made["url"], 1)
    assert server.ada.ok("getShares")["shares"]["share"] == []
    bob.ok("updateShare", id=made["id"], description="Other", expires=4_000_000_000_000)
    [changed] = bob.ok("getShares")["shares"]["share"]
    assert (changed["description"], changed["expires"][:4]) == ("Other", "2096")
    bob.ok("updateShare", id=made["id"], expires=0)
    assert "expires" not in bob.ok("getShares")["shares"]["share"][0]
    assert server.ada.fault("deleteShare", id=made["id"]) == 70
    bob.ok("deleteShare", id=made["id"])
    assert bob.ok("getShares")["shares"]["share"] == []
    assert server.bob.client.post("/api/v1/shared/open", json={"token": token}).status_code == 404


def test_a_share_of_a_playlist_follows_it(server: Server) -> None:
    bob, ids = server.bob, server.seeded
    playlist = bob.ok("createPlaylist", name="Mix", songId=[ids["hunter"]])["playlist"]["id"]
    [made] = bob.ok("createShare", id=playlist)["shares"]["share"]
    assert [song["title"] for song in made["entry"]] == ["Hunter"]
    bob.ok("updatePlaylist", playlistId=playlist, songIdToAdd=[ids["song"]])
    assert len(bob.ok("getShares")["shares"]["share"][0]["entry"]) == 2


def test_what_cannot_be_shared(server: Server) -> None:
    bob = server.bob
    assert bob.fault("createShare") == 10
    assert bob.fault("createShare", id="nothing") == 70
    assert bob.fault("createShare", id=server.seeded["tape"]) == 70
    assert server.gus.fault("createShare", id=server.seeded["hunter"]) == 50
    assert bob.fault("updateShare", id="nothing") == 70
