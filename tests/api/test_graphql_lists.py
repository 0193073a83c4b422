"""Lists and what surrounds them over GraphQL: imports settled, links changed, words, tags, orders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.api.belongings import Belongings, belongings, server
from tests.api.conftest import Client
from tests.api.test_graphql import code, data

__all__ = ["belongings", "server"]
NSP = '{"name": "Old", "all": [{"gt": {"year": 1900}}, {"is": {"moonphase": "full"}}], "sort": "title"}'


def test_an_import_is_read_and_settled(belongings: Belongings) -> None:
    berta, ids = belongings.berta, belongings.ids
    report = """query ($id: ID!) { importReport(id: $id) { entries matched
        playlists { name playlistId missing { title settled } } }
        importEntries(id: $id) { total items { list number title state track { id } } } }"""
    before = data(berta, report, id=ids["report"])
    assert before["importEntries"]["total"] == 1 and before["importReport"]["matched"] == 0
    entry = before["importEntries"]["items"][0]
    assert (entry["title"], entry["state"], entry["track"]) == ("Nothing like it", "open", None)
    settle = """mutation ($id: ID!, $choices: [ImportChoice!]!) { settleImport(id: $id, choices: $choices) {
        open matched entries { state how track { id } } playlists { entries { track { id } } } } }"""
    place = {"list": entry["list"], "number": entry["number"]}
    done = data(berta, settle, id=ids["report"], choices=[{**place, "trackId": ids["track"]}])["settleImport"]
    assert (done["open"], done["matched"]) == (0, 1)
    assert done["entries"] == [{"state": "chosen", "how": "hand", "track": {"id": ids["track"]}}]
    assert done["playlists"] == [{"entries": [{"track": {"id": ids["track"]}}]}]
    undone = data(berta, settle, id=ids["report"], choices=[{**place, "undo": True}])["settleImport"]
    assert undone["open"] == 1 and undone["playlists"] == [{"entries": []}]
    assert code(berta, settle, id=ids["report"], choices=[]) == "invalid"
    assert code(berta, settle, id=ids["report"], choices=[{"list": 7, "number": 1}]) == "not_found"


def test_a_link_is_changed(belongings: Belongings) -> None:
    def change(wanted: str = "label plays expiresAt", **given: Any) -> dict[str, Any]:
        types = {"label": "String", "expiresAt": "DateTime", "plays": "Boolean", "password": "String"}
        head = "".join(f", ${name}: {types[name]}" for name in given)
        body = "".join(f", {name}: ${name}" for name in given)
        query = f"mutation ($id: ID!{head}) {{ changeShare(id: $id{body}) {{ {wanted} }} }}"
        changed: dict[str, Any] = data(belongings.berta, query, id=belongings.ids["share"], **given)
        return changed["changeShare"]  # type: ignore[no-any-return]

    end = "2100-01-02T03:04:05Z"
    assert change(label="For Carl", expiresAt=end) == {
        "label": "For Carl",
        "plays": True,
        "expiresAt": "2100-01-02T03:04:05.000Z",
    }
    assert change(plays=False)["expiresAt"] is not None, "what is left out stays"
    assert change("hasPassword", password="open sesame") == {"hasPassword": True}
    assert change("hasPassword", label="For Carl") == {"hasPassword": True}
    assert change("hasPassword", password=None) == {"hasPassword": False}
    assert change(expiresAt=None) == {"label": "For Carl", "plays": False, "expiresAt": None}


def test_words_tags_and_orders(belongings: Belongings) -> None:
    berta, ids = belongings.berta, belongings.ids
    track, second = ids["track"], ids["second"]
    lyrics = "{ source lines { text startMs words { text } } }"
    own = data(berta, f"query ($t: ID!) {{ lyrics(trackId: $t) {lyrics} }}", t=track)["lyrics"]
    assert own == [{"source": "user", "lines": [{"text": "Berta's words", "startMs": None, "words": None}]}]
    timed = "[00:01.00]<00:01.00>One <00:01.50>two"
    write = f"mutation ($t: ID!, $text: String!) {{ writeLyrics(trackId: $t, text: $text) {lyrics} }}"
    line = data(berta, write, t=track, text=timed)["writeLyrics"][0]["lines"][0]
    assert line["startMs"] == 1000 and "".join(word["text"] for word in line["words"]) == line["text"]
    offset = "mutation ($t: ID!) { offsetLyrics(trackId: $t, offsetMs: -250) { offsetMs } }"
    assert data(berta, offset, t=track)["offsetLyrics"] == [{"offsetMs": -250}]
    assert data(berta, "mutation ($t: ID!) { forgetLyrics(trackId: $t) { source } }", t=track) == {
        "forgetLyrics": []
    }

    said = 'mutation ($t: ID!) { setTags(trackId: $t, tags: ["dusk"]) setNote(trackId: $t, note: "slow") }'
    assert data(berta, said, t=track) == {"setTags": ["dusk"], "setNote": "slow"}
    read = "query ($t: ID!) { tags { tag trackCount } track(id: $t) { detail { tags note } } }"
    assert data(berta, read, t=track) == {
        "tags": [{"tag": "dusk", "trackCount": 1}],
        "track": {"detail": {"tags": ["dusk"], "note": "slow"}},
    }

    shuffled = "query ($ids: [ID!]!) { shuffled(trackIds: $ids, seed: 7) { order seed } }"
    order = data(berta, shuffled, ids=[track, second])["shuffled"]
    assert sorted(order["order"]) == [0, 1] and order["seed"] == 7.0
    by_ids = "query ($ids: [ID!]!) { tracksByIds(ids: $ids) { id } }"
    assert data(berta, by_ids, ids=[second, track])["tracksByIds"] == [{"id": second}, {"id": track}]
    now = "mutation ($t: ID) { reportNowPlaying(trackId: $t, positionMs: 5) }"
    data(berta, now, t=track)
    playing = "{ nowPlaying { userName track { id } positionMs } }"
    assert data(belongings.carl, playing)["nowPlaying"] == [
        {"userName": "berta", "track": {"id": track}, "positionMs": 5.0}
    ]
    data(berta, now, t=None)
    assert data(berta, playing)["nowPlaying"] == []


def test_playlists_are_copied_and_replaced(belongings: Belongings) -> None:
    berta, ids = belongings.berta, belongings.ids
    copied = "mutation ($id: ID!) { duplicatePlaylist(id: $id) { id name trackCount version } }"
    copy = data(berta, copied, id=ids["playlist"])["duplicatePlaylist"]
    assert copy["trackCount"] == 3
    replace = """mutation ($id: ID!, $ids: [ID!]!, $v: Int) {
        replacePlaylist(id: $id, trackIds: $ids, version: $v) { entries { track { id } } } }"""
    wanted = {"id": copy["id"], "ids": [ids["second"]], "v": copy["version"]}
    done = data(berta, replace, **wanted)["replacePlaylist"]
    assert done["entries"] == [{"track": {"id": ids["second"]}}]
    assert code(berta, replace, **wanted) == "stale_version"
    bare = data(berta, "mutation ($id: ID!) { removePlaylistCover(id: $id) { cover } }", id=ids["playlist"])
    assert bare["removePlaylistCover"] == {"cover": None}


def test_folders_rules_and_servers(
    belongings: Belongings, admin_client: Client, server: Any, tmp_path: Path
) -> None:
    berta = belongings.berta
    root = data(berta, "{ folder { folders { libraryId name } } years { year } }")
    assert belongings.ids["library"] in {each["libraryId"] for each in root["folder"]["folders"]}
    preview = "query ($nsp: String) { rulePreview(nsp: $nsp) { count unknown sentence } }"
    found = data(berta, preview, nsp=NSP)["rulePreview"]
    assert len(found["unknown"]) == 1 and "moonphase" in found["unknown"][0]
    test = """mutation ($url: String!) { testMusicServer(url: $url, username: "ada", password: "secret") {
        kind libraries } }"""
    assert data(admin_client, test, url=server.url)["testMusicServer"]["kind"] == "navidrome"
    assert code(berta, test, url=server.url) == "forbidden"
    check = """mutation ($id: ID!, $here: String!) {
        checkMappings(id: $id, mappings: [{remote: "/music", local: $here}]) { tried found } }"""
    told = data(admin_client, check, id=belongings.ids["server"], here=str(tmp_path))["checkMappings"]
    assert told["found"] == 0
