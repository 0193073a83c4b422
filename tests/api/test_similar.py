"""What goes with what over REST and GraphQL: shapes, filters, who may see what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from resonance.model.caller import Role
from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows
from tests.fixtures.sounding import Sounding, manner, timbres


@dataclass
class Town:
    """Two manners of music in the open library, one track of the first in a closed one."""

    api: Api
    ada: Client
    bob: Client
    ids: list[str] = field(default_factory=list)
    hidden: str = ""
    albums: list[str] = field(default_factory=list)
    artists: list[str] = field(default_factory=list)
    genre: str = ""


@pytest.fixture
def town(make_app: Callable[..., Api]) -> Town:
    api = make_app()
    ada = api.as_new("ada", Role.ADMIN)
    made = Town(api, ada, ada)
    dice = np.random.default_rng(4)
    middles = manner(dice, 2)
    with api.services.db.write() as uow:
        rows = Rows(uow)
        sounding = Sounding(rows)
        shared, own = rows.library("Music"), rows.library("Vault")
        made.genre = rows.genre("House")
        for group in range(2):
            for number in range(3):
                who = rows.artist(f"Artist {group}.{number}")
                album = rows.album(shared, f"Album {group}.{number}", [who])
                made.artists.append(who)
                made.albums.append(album)
                for vector in timbres(dice, middles[group] + 0.4 * dice.normal(size=(5, 8))):
                    made.ids.append(
                        rows.track(
                            f"Song {len(made.ids)}",
                            album_id=album,
                            library_id=shared,
                            artists=[who],
                            genres=[made.genre] if group else [],
                            duration_s=150.0 + 7 * len(made.ids),
                        )
                    )
                    bpm = 100.0 + len(made.ids)
                    sounding.heard(made.ids[-1], vector, bpm=bpm, key=(9, "minor"), energy=0.5)
        made.hidden = rows.track("Hidden", library_id=own, artists=made.artists[:1], duration_s=99)
        sounding.heard(made.hidden, sounding.vectors[made.ids[0]] + 0.01, bpm=101.0)
        sounding.settle(api.services.vectors)
    made.bob = api.as_new("bob", libraries=[shared])
    return made


def good(answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_similar_tracks(town: Town) -> None:
    url = f"/api/v1/tracks/{town.ids[0]}/similar"
    found = good(town.ada.get(url, params={"by": "sound", "limit": 8}))
    assert (found["by"], found["note"], len(found["items"])) == ("sound", None, 8)
    first = found["items"][0]
    assert set(first) == {"track", "score", "reasons"} and 0 <= first["score"] <= 1
    assert all(set(reason) == {"kind", "text"} for item in found["items"] for reason in item["reasons"])
    assert {reason["kind"] for reason in first["reasons"]} >= {"key"}
    narrow = good(
        town.ada.get(url, params={"genre_id": town.genre, "bpm_min": 118, "bpm_max": 122, "key": "8A"})
    )
    assert narrow["items"] and all(118 <= item["track"]["bpm"] <= 122 for item in narrow["items"])
    for wrong in (
        {"by": "luck"},
        {"limit": 0},
        {"key": "Q"},
        {"bpm_min": 9, "bpm_max": 8},
        {"per_artist": 0},
    ):
        assert town.ada.get(url, params=wrong).status_code == 422, wrong
    assert town.ada.get("/api/v1/tracks/nothing/similar").status_code == 404


def test_similar_albums_and_artists(town: Town) -> None:
    albums = good(town.ada.get(f"/api/v1/albums/{town.albums[0]}/similar", params={"limit": 2}))
    assert {item["album"]["id"] for item in albums["items"]} == set(town.albums[1:3])
    artists = good(town.ada.get(f"/api/v1/artists/{town.artists[4]}/similar", params={"limit": 2}))
    assert {item["artist"]["id"] for item in artists["items"]} == {town.artists[3], town.artists[5]}
    assert town.ada.get(f"/api/v1/albums/{town.artists[0]}/similar").status_code == 404


def test_path_and_blend(town: Town) -> None:
    body = {"from_id": town.ids[0], "to_id": town.ids[29], "length": 7, "per_artist": 3}
    path = good(town.ada.post("/api/v1/sonic/path", json=body))
    ids = [item["track"]["id"] for item in path["items"]]
    assert (ids[0], ids[-1], len(ids), len(set(ids))) == (town.ids[0], town.ids[29], 7, 7)
    assert path["items"][0]["step_similarity"] is None and path["note"] is None
    blend = good(town.ada.post("/api/v1/sonic/blend", json={"like": town.ids[:2], "unlike": [town.ids[29]]}))
    assert blend["items"] and not {*town.ids[:2], town.ids[29]} & {
        one["track"]["id"] for one in blend["items"]
    }
    tight = {"filters": {"bpm_min": 100, "bpm_max": 105, "key": ["8A", "Am"]}}
    some = good(town.ada.post("/api/v1/sonic/blend", json={"like": [town.ids[9]], **tight}))
    assert some["items"] and all(one["track"]["bpm"] <= 105 for one in some["items"])
    for url, wrong in (
        ("path", {**body, "length": 2}),
        ("path", {**body, "to_id": town.ids[0]}),
        ("path", {**body, "filters": {"key": ["Q"]}}),
        ("path", {**body, "bpm_step": 0}),
        ("blend", {"like": []}),
        ("blend", {"like": [town.ids[0]], "unlike": [town.ids[0]]}),
    ):
        assert town.ada.post(f"/api/v1/sonic/{url}", json=wrong).status_code == 422, (url, wrong)


def test_nobody_learns_of_what_they_may_not_hear(town: Town) -> None:
    asked: list[Callable[[Client], Any]] = [
        *(
            lambda who, by=by: who.get(f"/api/v1/tracks/{town.ids[0]}/similar?by={by}&limit=500")
            for by in ("sound", "tags", "mixed")
        ),
        lambda who: who.post("/api/v1/sonic/blend", json={"like": [town.ids[1]], "limit": 500}),
    ]
    for ask in asked:
        assert town.hidden in ask(town.ada).text
        mine = ask(town.bob)
        assert mine.status_code == 200 and town.hidden not in mine.text
    closed = {"from_id": town.ids[0], "to_id": town.hidden}
    assert town.bob.get(f"/api/v1/tracks/{town.hidden}/similar").status_code == 404
    assert town.bob.post("/api/v1/sonic/path", json=closed).status_code == 404
    assert town.bob.post("/api/v1/sonic/blend", json={"like": [town.hidden]}).status_code == 404
    visitor = town.api.client()
    assert visitor.get(f"/api/v1/tracks/{town.ids[0]}/similar").status_code == 401
    assert visitor.get("/api/v1/duplicates").status_code == 401


def test_duplicates(town: Town) -> None:
    assert good(town.ada.get("/api/v1/duplicates"))["items"] == []
    with town.api.services.db.write() as uow:
        rows = Rows(uow)
        library = good(town.ada.get("/api/v1/libraries"))["items"][0]["id"]
        twins = [rows.track("Twin", duration_s=10) for _ in range(2)]
        for track, codec, bits in zip(twins, ("mp3", "flac"), (None, 24), strict=True):
            rows.carrier(track, library, payload_id="same", codec=codec, format=codec, bit_depth=bits)
        rows.settle()
    page = good(town.ada.get("/api/v1/duplicates"))
    assert (page["total"], page["next"]) == (1, None)
    item = page["items"][0]
    assert (item["kind"], item["similarity"]) == ("same_recording", 1.0)
    assert [(copy["quality"]["codec"], copy["best"]) for copy in item["tracks"]] == [
        ("flac", True),
        ("mp3", False),
    ]
    assert all(copy["path"] for copy in item["tracks"])
    mine = good(town.bob.get("/api/v1/duplicates"))
    assert all(copy["path"] is None for copy in mine["items"][0]["tracks"])
    assert town.ada.get("/api/v1/duplicates?cursor=x").status_code == 422


def test_graphql_says_the_same(town: Town) -> None:
    query = """query($id: ID!, $to: ID!, $like: [ID!]!, $album: ID!, $artist: ID!) {
      similarTracks(id: $id, by: SOUND, limit: 5) { note items { track { id } reasons { kind text } } }
      similarAlbums(id: $album, limit: 2) { items { album { id } } }
      similarArtists(id: $artist, limit: 2) { items { artist { id } } }
      sonicPath(fromId: $id, toId: $to, limit: 5) { note items { stepSimilarity track { id } } }
      sonicBlend(like: $like, limit: 3, filters: {keys: ["8A"]}) { items { track { id } } }
      duplicates { total items { kind } }
      musicMap { state count regions { label } }
    }"""
    ids = {"id": town.ids[0], "to": town.ids[29], "like": town.ids[:2]}
    ids |= {"album": town.albums[0], "artist": town.artists[0]}
    answer = good(town.bob.post("/graphql", json={"query": query, "variables": ids}))
    assert "errors" not in answer, answer
    data = answer["data"]
    rest = good(town.bob.get(f"/api/v1/tracks/{town.ids[0]}/similar?by=sound&limit=5"))
    assert [one["track"]["id"] for one in data["similarTracks"]["items"]] == [
        one["track"]["id"] for one in rest["items"]
    ]
    assert data["similarTracks"]["items"][0]["reasons"] == rest["items"][0]["reasons"]
    assert len(data["sonicPath"]["items"]) == 5 and len(data["sonicBlend"]["items"]) == 3
    assert data["duplicates"] == {"total": 0, "items": []} and data["musicMap"]["state"] == "none"
    refused = good(town.bob.post("/graphql", json={"query": "mutation { drawMap { id } }"}))
    assert refused["errors"][0]["extensions"]["code"] == "forbidden"
    drawn = good(town.ada.post("/graphql", json={"query": "mutation { drawMap { name state } }"}))
    assert drawn["data"]["drawMap"] == {"name": "map.draw", "state": "queued"}
