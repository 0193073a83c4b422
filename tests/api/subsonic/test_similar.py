"""Similar songs, sonic paths and top songs as apps ask for them."""

from __future__ import annotations

from resonance.api.subsonic.system import EXTENSIONS
from tests.api.subsonic.conftest import Server


def test_the_extension_is_advertised_and_both_methods_answer(server: Server) -> None:
    assert {"sonicSimilarity", "topSongsByArtistId"} <= {one.name for one in EXTENSIONS}
    ids = server.seeded
    near = server.ada.ok("getSonicSimilarTracks", id=ids["hunter"], count=2)["sonicMatch"]
    assert {match["entry"]["id"] for match in near} == {ids["jóga"], ids["bachelorette"]}
    assert near[0]["similarity"] >= near[1]["similarity"] > 0.5
    assert all(0 <= match["similarity"] <= 1 for match in near) and len(near) == 2
    assert ids["hunter"] not in [match["entry"]["id"] for match in near]
    path = server.ada.ok("findSonicPath", startSongId=ids["hunter"], endSongId=ids["tape"])["sonicMatch"]
    assert (path[0]["entry"]["id"], path[-1]["entry"]["id"]) == (ids["hunter"], ids["tape"])
    assert path[0]["similarity"] == 1.0 and path[-1]["similarity"] < 0.5
    for count in (1, 2, 3):
        short = {"startSongId": ids["hunter"], "endSongId": ids["tape"], "count": count}
        assert len(server.ada.ok("findSonicPath", **short)["sonicMatch"]) == count
    alone = server.ada.ok("findSonicPath", startSongId=ids["song"], endSongId=ids["song"])["sonicMatch"]
    assert [match["entry"]["id"] for match in alone] == [ids["song"]]
    assert server.ada.ok("getSonicSimilarTracks", id=ids["hunter"], count=0)["sonicMatch"] == []


def test_what_bob_may_not_hear_is_not_there(server: Server) -> None:
    ids = server.seeded
    for method, params in (
        ("getSimilarSongs", {"id": ids["hunter"]}),
        ("getSimilarSongs2", {"id": ids["beatles"]}),
        ("getSonicSimilarTracks", {"id": ids["odd"]}),
        ("findSonicPath", {"startSongId": ids["hunter"], "endSongId": ids["odd"]}),
    ):
        assert ids["tape"] in server.ada.raw(method, f="json", **params).text, method
        answer = server.bob.raw(method, f="json", **params)
        assert '"status":"ok"' in answer.text and ids["tape"] not in answer.text, method
    for method, params in (
        ("getSimilarSongs", {"id": ids["tape"]}),
        ("getSimilarSongs2", {"id": ids["secret"]}),
        ("getSimilarSongs", {"id": ids["hidden"]}),
        ("getSonicSimilarTracks", {"id": ids["tape"]}),
        ("findSonicPath", {"startSongId": ids["hunter"], "endSongId": ids["tape"]}),
        ("findSonicPath", {"startSongId": ids["tape"], "endSongId": ids["tape"]}),
        ("getTopSongs", {"id": ids["secret"]}),
    ):
        assert server.bob.fault(method, **params) == 70, method


def test_missing_parameters_and_unknown_ids(server: Server) -> None:
    for method in (
        "getSimilarSongs",
        "getSimilarSongs2",
        "getSonicSimilarTracks",
        "findSonicPath",
        "getTopSongs",
    ):
        assert server.ada.fault(method) == 10, method
    assert server.ada.fault("getSimilarSongs", id="nothing") == 70
    assert server.ada.fault("findSonicPath", startSongId=server.seeded["hunter"]) == 10


def test_top_songs_by_name_and_by_id(server: Server) -> None:
    ids = server.seeded
    by_name = server.ada.ok("getTopSongs", artist="bjork")["topSongs"]["song"]
    assert [song["id"] for song in by_name] == [ids["hunter"], ids["jóga"], ids["bachelorette"]]
    by_id = server.ada.ok("getTopSongs", id=ids["bjork"], artist="The Beatles")["topSongs"]["song"]
    assert by_id == by_name
    assert server.ada.ok("getTopSongs", artist="Nobody")["topSongs"]["song"] == []
    assert [song["id"] for song in server.bob.ok("getTopSongs", id=ids["bjork"])["topSongs"]["song"]] == [
        song["id"] for song in by_name
    ]
