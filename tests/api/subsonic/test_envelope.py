"""The envelope: formats, methods of HTTP, names of methods."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from resonance import __version__
from tests.api.subsonic.conftest import NAMESPACE, Server

pytestmark = pytest.mark.sqlite_only("the form of answers has nothing to do with the database")


def test_xml_is_what_one_gets_without_asking(server: Server) -> None:
    answer = server.ada.raw("ping")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{NAMESPACE}subsonic-response"
    assert root.attrib == {
        "status": "ok",
        "version": "1.16.1",
        "type": "resonance",
        "serverVersion": __version__,
        "openSubsonic": "true",
    }


@pytest.mark.parametrize("form", ["", "xml", "XML?", "yaml", "\x00"])
def test_unknown_formats_mean_xml(server: Server, form: str) -> None:
    answer = server.ada.raw("ping", f=form)
    assert answer.headers["content-type"].startswith("application/xml")
    ElementTree.fromstring(answer.content)


def test_jsonp_wraps_json_in_the_callback(server: Server) -> None:
    answer = server.ada.raw("ping", f="jsonp", callback="app.on_answer")
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    text = answer.text.removeprefix("/**/app.on_answer(").removesuffix(");")
    assert json.loads(text)["subsonic-response"]["status"] == "ok"


@pytest.mark.parametrize("callback", ["", "alert(1)//", "a;b", "<script>", "a" * 400, "1a", "é"])
def test_a_callback_that_is_no_name_is_never_echoed(server: Server, callback: str) -> None:
    answer = server.ada.raw("ping", f="jsonp", callback=callback)
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.content)["subsonic-response"]["status"] == "ok"


def test_view_suffix_and_form_posts(server: Server) -> None:
    form = {**server.ada.login(), "f": "json", "id": server.seeded["homogenic"]}
    plain = server.client.post("/rest/getAlbum", data=form).json()
    assert plain["subsonic-response"]["album"]["name"] == "Homogenic"
    assert server.client.post("/rest/getAlbum.view", data=form).json() == plain
    assert server.client.get("/rest/getAlbum.view", params=form).json() == plain


def test_query_and_form_are_one_set_of_parameters(server: Server) -> None:
    answer = server.client.post(
        "/rest/getAlbum", params={"f": "json", "id": server.seeded["help"]}, data=server.ada.login()
    )
    assert answer.json()["subsonic-response"]["album"]["name"] == "Help!"


def test_raw_utf8_in_queries(server: Server) -> None:
    login = "&".join(f"{name}={value}" for name, value in server.ada.login().items())
    for artist in ("Björk", "Bj%C3%B6rk"):
        answer = server.client.get(f"/rest/getTopSongs?{login}&f=json&artist={artist}")
        assert len(answer.json()["subsonic-response"]["topSongs"]["song"]) == 3


def test_head_says_how_long_without_sending(server: Server) -> None:
    params = {**server.ada.login(), "f": "json"}
    whole = server.client.get("/rest/getArtists", params=params)
    head = server.client.head("/rest/getArtists", params=params)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("getPodcasts", 501),
        ("createUser", 501),
        ("search", 410),
        ("getVideos.view", 410),
        ("addChatMessage", 410),
        ("nothing", 404),
        ("GETALBUM", 404),
        ("", 404),
        ("a/b/c", 404),
    ],
)
def test_methods_that_are_not_there_answer_as_navidrome_does(
    server: Server, method: str, status: int
) -> None:
    answer = server.ada.raw(method, f="json")
    assert answer.status_code == status
    inside = answer.json()["subsonic-response"]
    assert inside["status"] == "failed"
    assert inside["error"]["code"] == 0


def test_extensions_need_no_sign_in(server: Server) -> None:
    inside = server.client.get("/rest/getOpenSubsonicExtensions?f=json").json()["subsonic-response"]
    names = [extension["name"] for extension in inside["openSubsonicExtensions"]]
    assert names == sorted(names)
    assert {"formPost", "transcodeOffset", "songLyrics", "apiKeyAuthentication"} <= set(names)
    answer = server.client.post("/rest/getOpenSubsonicExtensions.view")
    assert [node.get("name") for node in ElementTree.fromstring(answer.content)] == names


def test_control_characters_do_not_break_xml(server: Server) -> None:
    song = server.ada.xml("getSong", id=server.seeded["odd"])[0]
    assert song.get("title") == "Odd & <Tag> \"quotes\" 'n' 한국어"
    assert server.ada.ok("getSong", id=server.seeded["odd"])["song"]["title"].startswith("Odd\x01 &")


def test_too_large_a_form_is_refused(server: Server) -> None:
    form = {**server.ada.login(), "comment": "x" * (9 * 2**20)}
    answer = server.client.post("/rest/ping", data=form)
    assert answer.status_code == 413
    assert ElementTree.fromstring(answer.content).get("status") == "failed"


def test_bodies_of_other_kinds_are_ignored(server: Server) -> None:
    answer = server.client.post("/rest/ping", params={**server.ada.login(), "f": "json"}, json={"u": "bob"})
    assert answer.json()["subsonic-response"]["status"] == "ok"


@pytest.mark.parametrize("method", ["getAlbum", "getMusicDirectory"])
def test_old_apps_get_no_elements_they_do_not_know(server: Server, method: str) -> None:
    """Clementine aborts its synchronisation at <genres> inside <album>."""
    params = {"id": server.seeded["homogenic"]}
    album = server.ada.xml(method, **params, c="Clementine")[0]
    assert {node.tag.removeprefix(NAMESPACE) for node in album} <= {"song", "child"}
    assert not [node for song in album for node in song]
    modern = server.ada.xml("getAlbum", **params)[0]
    assert modern.find(f"{NAMESPACE}genres") is not None
