"""Search by meaning and moods over REST and GraphQL, and what each caller may find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from resonance.core.errors import Unavailable
from resonance.db.tables import analysis
from resonance.library import traits
from resonance.search.meaning.builtin import BuiltIn
from resonance.search.text import Document
from tests.api.conftest import Api, Client
from tests.api.test_graphql import ask
from tests.fixtures.rows import EPOCH, Rows


@dataclass
class Music:
    """Two libraries; the tracks by title."""

    first: str
    second: str
    jazz: str
    tracks: dict[str, str]


def feature(track_id: str, **values: Any) -> dict[str, Any]:
    row = {
        "track_id": track_id,
        "etag": "e",
        "analyser": "resonance",
        "analysed_at": EPOCH,
        "timbre_version": 1,
    }
    return (
        row
        | {"bpm": None, "bpm_confidence": None, "key_tonic": None, "key_mode": None, "energy": None}
        | values
    )


@pytest.fixture
def music(api: Api) -> Music:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        first, second = rows.library("First"), rows.library("Second")
        jazz, metal = rows.genre("Cool Jazz"), rows.genre("Thrash Metal")
        tracks = {
            "Lamp": rows.track("Lamp", library_id=first, genres=[jazz], year=1961),
            "Kettle": rows.track("Kettle", library_id=first, genres=[jazz], year=1988),
            "Anvil": rows.track("Anvil", library_id=first, genres=[metal], year=1986),
            "Cellar": rows.track("Cellar", library_id=second, genres=[jazz], year=1962),
            "Unknown": rows.track("Unknown", library_id=first),
        }
        said = {
            "Lamp": ("Cool Jazz", "calm"),
            "Kettle": ("Cool Jazz", "happy"),
            "Anvil": ("Thrash Metal", "angry"),
        }
        said["Cellar"] = ("Cool Jazz", "calm")
        for title, (genre, mood) in said.items():
            uow.connection.exec_driver_sql(
                f"UPDATE track SET genres = '{genre}', mood_tags = '{mood}' WHERE id = '{tracks[title]}'"
            )
        uow.execute(
            analysis.features.insert(),
            [
                feature(
                    tracks["Lamp"], bpm=70.0, bpm_confidence=0.9, key_tonic=9, key_mode="minor", energy=0.2
                ),
                feature(
                    tracks["Kettle"], bpm=180.0, bpm_confidence=0.9, key_tonic=0, key_mode="major", energy=0.6
                ),
                feature(
                    tracks["Anvil"], bpm=172.0, bpm_confidence=0.9, key_tonic=4, key_mode="minor", energy=0.95
                ),
                feature(
                    tracks["Cellar"], bpm=68.0, bpm_confidence=0.9, key_tonic=9, key_mode="minor", energy=0.2
                ),
            ],
        )
        traits.refresh(uow, tracks.values())
        api.services.search.index(uow, [Document("track", id_, title) for title, id_ in tracks.items()])
        rows.settle()
    api.services.embedding.run()
    return Music(first, second, jazz, tracks)


def titles(answer: dict[str, Any]) -> list[str]:
    return [item["track"]["title"] for item in answer["items"]]


def search(client: Client, **params: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/search/tracks", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_meaning_ranks_and_tells_why(music: Music, admin_client: Client) -> None:
    found = search(admin_client, q="slow calm jazz")
    assert set(titles(found)[:2]) == {"Lamp", "Cellar"}
    lamp = next(item for item in found["items"] if item["track"]["title"] == "Lamp")
    assert {(r["kind"], r["text"]) for r in lamp["reasons"]} >= {
        ("meaning", "slow: 70 BPM"),
        ("meaning", "genre: Cool Jazz"),
    }
    assert {u["word"] for u in found["understood"]} == {"slow", "calm", "jazz"}
    assert found["by"] == {"embedder": "built-in", "fallback": None}
    assert found["total"] == len(found["items"]) == 5
    assert found["next"] is None


def test_what_is_exact_filters_and_is_told(music: Music, admin_client: Client) -> None:
    found = search(admin_client, q="jazz from the 60s in A minor under 69 bpm")
    assert titles(found) == ["Cellar"]
    assert [r["text"] for r in found["items"][0]["reasons"] if r["kind"] == "filter"] == [
        "68 BPM",
        "A minor (8A)",
        "year 1962",
    ]
    assert titles(search(admin_client, q="", bpm_min=170, bpm_max=175)) == ["Anvil"]
    assert set(titles(search(admin_client, q="", key="8B", key_compatible=True))) == {
        "Lamp",
        "Kettle",
        "Cellar",
    }
    assert set(titles(search(admin_client, q="", key=["8A", "C"]))) == {"Lamp", "Kettle", "Cellar"}
    assert "Unknown" not in titles(search(admin_client, q="music", analysed=True, limit=50))
    assert titles(search(admin_client, q="slow", analysed=False)) == ["Unknown"]
    assert titles(search(admin_client, q="loud", genre_id=music.jazz, year_to=1961)) == ["Lamp"]


def test_a_name_goes_before_its_meaning(music: Music, admin_client: Client) -> None:
    found = search(admin_client, q="anvil")
    assert titles(found) == ["Anvil"]
    assert found["items"][0]["reasons"] == [{"kind": "name", "text": "name: Anvil"}]
    # A filter from outside still holds; what the words say does not hide the name.
    assert titles(search(admin_client, q="anvil", year_to=1970)) == []


def test_pages_follow_each_other(music: Music, admin_client: Client) -> None:
    whole = titles(search(admin_client, q="slow calm jazz"))
    first = search(admin_client, q="slow calm jazz", limit=2)
    rest = search(admin_client, q="slow calm jazz", limit=3, cursor=first["next"])
    assert titles(first) + titles(rest) == whole
    assert rest["next"] is None


def test_only_what_may_be_heard_is_found(api: Api, music: Music, admin_client: Client) -> None:
    client = api.as_new("carla", libraries=[music.first])
    assert "Cellar" not in titles(search(client, q="slow calm jazz"))
    assert "Cellar" not in titles(search(client, q="cellar"))
    assert "Cellar" not in titles(search(client, q="", bpm_max=69))
    nobody = api.as_new("nobody", libraries=[])
    assert search(nobody, q="slow calm jazz")["items"] == []


def test_likes_and_ratings_narrow(music: Music, admin_client: Client) -> None:
    assert titles(search(admin_client, q="jazz", liked=True)) == []
    admin_client.put(f"/api/v1/likes/track/{music.tracks['Kettle']}")
    admin_client.put(f"/api/v1/ratings/track/{music.tracks['Lamp']}", json={"stars": 4})
    assert titles(search(admin_client, q="jazz", liked=True)) == ["Kettle"]
    assert "Kettle" not in titles(search(admin_client, q="jazz", liked=False))
    assert titles(search(admin_client, q="jazz", rated_min=4)) == ["Lamp"]


@pytest.mark.parametrize(
    ("params", "field"),
    [({"key": "H9"}, "key"), ({"cursor": "x"}, "cursor"), ({"bpm_min": 120, "bpm_max": 100}, "bpm_min")],
)
def test_wrong_filters_are_named(
    music: Music, admin_client: Client, params: dict[str, Any], field: str
) -> None:
    answer = admin_client.get("/api/v1/search/tracks", params={"q": "jazz", **params})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_a_model_that_is_down_is_told(api: Api, music: Music, admin_client: Client) -> None:
    class Down(BuiltIn):
        def describe(self) -> str:
            return "a model"

        def embed_query(self, text: str) -> Any:
            raise Unavailable("ollama", "Ollama does not answer.")

    api.services.embedders.configured = Down()
    found = search(admin_client, q="slow calm jazz")
    assert found["by"] == {"embedder": "built-in", "fallback": "Ollama does not answer."}
    assert set(titles(found)[:2]) == {"Lamp", "Cellar"}


def test_own_moods_are_set_and_taken_back(api: Api, music: Music, admin_client: Client) -> None:
    path = f"/api/v1/tracks/{music.tracks['Lamp']}/moods"
    berta = api.as_new("berta")
    items = berta.put(path, json={"sad": 0.8, "happy": 0.1}).json()["items"]
    assert {(i["mood"], i["value"], i["source"], i["mine"]) for i in items} == {
        ("happy", 0.1, "user", True),
        ("sad", 0.8, "user", True),
        ("relaxed", 1.0, "tags", False),
    }
    # What people feel is theirs alone.
    items = admin_client.put(path, json={"party": 0.4}).json()["items"]
    assert {(i["mood"], i["source"], i["mine"]) for i in items} == {
        ("relaxed", "tags", False),
        ("party", "user", True),
    }
    items = berta.put(path, json={"sad": None}).json()["items"]
    assert ("sad", True) not in {(i["mood"], i["mine"]) for i in items}
    assert ("happy", 0.1) in {(i["mood"], i["value"]) for i in items}


def test_moods_are_guarded(api: Api, music: Music, admin_client: Client, guest_client: Client) -> None:
    path = f"/api/v1/tracks/{music.tracks['Cellar']}/moods"
    assert guest_client.put(path, json={"sad": 1}).status_code == 403
    assert api.as_new("carla", libraries=[music.first]).put(path, json={"sad": 1}).status_code == 404
    assert api.client().put(path, json={"sad": 1}).status_code == 401
    for wrong in ({"sad": 2}, {"sad": "much"}, {"angry": 1}, []):
        assert admin_client.put(path, json=wrong).status_code == 422
    assert admin_client.put(path, json={}).status_code == 200


def test_own_moods_change_what_oneself_finds(api: Api, music: Music, admin_client: Client) -> None:
    lamp = music.tracks["Lamp"]
    berta = api.as_new("berta")
    before = search(berta, q="party")
    assert before["items"][0]["track"]["id"] != lamp
    admin_client.put(f"/api/v1/tracks/{lamp}/moods", json={"party": 1.0})
    api.services.embedding.run()
    found = search(admin_client, q="party")
    assert found["items"][0]["track"]["id"] == lamp
    assert {"kind": "meaning", "text": "party 1.0, you say"} in found["items"][0]["reasons"]
    assert search(berta, q="party") == before
    limited = api.as_new("carla", libraries=[music.second])
    limited.put(f"/api/v1/tracks/{music.tracks['Cellar']}/moods", json={"party": 1.0})
    assert titles(search(limited, q="party")) == ["Cellar"]
    assert titles(search(limited, q="party", year_from=1970)) == []


def test_graphql_answers_alike(music: Music, admin_client: Client) -> None:
    query = """query($q: String!, $where: TrackWish) { searchTracks(q: $q, where: $where, limit: 5) {
        items { track { id title } score reasons { kind text } } understood { word means }
        by { embedder fallback } total next } }"""
    answer = ask(admin_client, query, q="slow calm jazz", where={"yearTo": 1970})["data"]["searchTracks"]
    rest = search(admin_client, q="slow calm jazz", year_to=1970, limit=5)
    assert [item["track"]["title"] for item in answer["items"]] == titles(rest)
    assert [item["reasons"] for item in answer["items"]] == [item["reasons"] for item in rest["items"]]
    assert (answer["understood"], answer["by"]) == (rest["understood"], rest["by"])
    mutation = """mutation($id: ID!) { setMoods(trackId: $id, said: {happy: 0.5, sad: null}) {
        mood value source mine } }"""
    said = ask(admin_client, mutation, id=music.tracks["Kettle"])["data"]["setMoods"]
    assert {"mood": "happy", "value": 0.5, "source": "user", "mine": True} in said
    moods = ask(
        admin_client, "query($id: ID!) { moods(trackId: $id) { mood source } }", id=music.tracks["Kettle"]
    )
    assert moods["data"]["moods"][0] == {"mood": "happy", "source": "user"}
