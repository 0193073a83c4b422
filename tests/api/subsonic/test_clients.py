"""What apps ask in the order they ask it: the synchronisation of Symfonium, Strawberry and Clementine."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from tests.api.subsonic.conftest import NAMESPACE, Server


def test_symfonium_reads_everything_by_searching_for_two_quotes(server: Server) -> None:
    """One kind at a time, pages of 500 (here 2), until a page comes back short."""
    found: dict[str, list[str]] = {}
    for kind in ("artist", "album", "song"):
        counts = dict.fromkeys(("artistCount", "albumCount", "songCount"), 0)
        ids: list[str] = []
        while True:
            page = {**counts, f"{kind}Count": 2, f"{kind}Offset": len(ids), "query": '""'}
            inside = server.ada.ok("search3", v="1.13.0", c="Symfonium", **page)["searchResult3"]
            assert all(not rows for name, rows in inside.items() if name != kind)
            ids += [row["id"] for row in inside[kind]]
            if len(inside[kind]) < 2:
                break
        found[kind] = ids
    assert {kind: len(ids) for kind, ids in found.items()} == {"artist": 5, "album": 4, "song": 6}
    assert all(len(set(ids)) == len(ids) for ids in found.values())


def test_strawberry(server: Server) -> None:
    """JSON, API 1.11.0, token; every album by its id, its cover, then plays."""
    old: dict[str, Any] = {"v": "1.11.0", "c": "Strawberry"}
    server.ada.ok("ping.view", **old)
    albums, page = [], None
    while page is None or page:
        listed = server.ada.ok(
            "getAlbumList2.view", type="alphabeticalByName", size=500, offset=len(albums), **old
        )
        page = listed["albumList2"]["album"]
        albums += page
    songs = [
        song
        for album in albums
        for song in server.ada.ok("getAlbum.view", id=album["id"], **old)["album"]["song"]
    ]
    assert len(songs) == 6
    for song in songs:
        assert {"id", "title", "album", "artist", "duration", "size", "suffix", "contentType"} <= song.keys()
    part = {**server.ada.login(), **old, "id": songs[0]["id"]}
    answer = server.client.get("/rest/stream.view", params=part, headers={"Range": "bytes=0-"})
    assert answer.status_code == 206
    server.ada.ok("scrobble.view", id=songs[0]["id"], submission="true", time="1600000000000", **old)


def test_clementine(server: Server) -> None:
    """XML, enc: passwords, and nothing beyond Subsonic inside an album."""
    login = {"u": "ada", "p": "enc:" + server.ada.password.encode().hex(), "v": "1.8.0", "c": "Clementine"}

    def ask(method: str, **params: Any) -> ElementTree.Element:
        answer = server.client.get(f"/rest/{method}.view", params={**login, **params})
        root = ElementTree.fromstring(answer.content)
        assert root.get("status") == "ok"
        return root

    ask("ping")
    listed = ask("getAlbumList2", type="alphabeticalByName", size=500, offset=0)[0]
    songs = []
    for album in listed:
        assert not list(album)
        whole = ask("getAlbum", id=album.get("id"))[0]
        assert {node.tag for node in whole} == {f"{NAMESPACE}song"}
        songs += list(whole)
    assert len(songs) == 6
