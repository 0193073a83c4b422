"""Links to playlists: what they open, to whom, for how long, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from resonance.core.clock import now_ms
from resonance.db.tables.accounts import user
from resonance.db.tables.library import library
from resonance.db.tables.lists import playlist_share
from resonance.db.tables.playlists import playlist
from tests.api.conftest import Api, Client
from tests.fixtures.audio import make_tone, picture
from tests.fixtures.rows import Rows


@dataclass
class Shop:
    """Three songs, two of them in Berta's list."""

    api: Api
    berta: Client
    tracks: list[str]
    cover: str
    list_id: str
    file: Path

    def share(self, **more: Any) -> dict[str, Any]:
        made = self.berta.post(f"/api/v1/playlists/{self.list_id}/shares", json=more)
        assert made.status_code == 201, made.text
        return dict(made.json())

    def knock(self, share: dict[str, Any], client: Client | None = None, **more: Any) -> Any:
        asking = client or self.api.client()
        return asking.post("/api/v1/shared/open", json={"token": share["secret"], **more})

    def opened(self, share: dict[str, Any]) -> tuple[Client, str]:
        """A stranger's browser with the link open, and the address of the share."""
        stranger = self.api.client()
        answer = self.knock(share, stranger)
        assert answer.status_code == 200, answer.text
        return stranger, f"/api/v1/shared/{answer.json()['list']['id']}"


@pytest.fixture
def shop(api: Api, user_client: Client, tmp_path: Path) -> Shop:
    root = tmp_path / "music"
    root.mkdir()
    file = root / "tone.mp3"
    make_tone(file, "mp3", 1.0)
    (root / "cover.jpg").write_bytes(picture("#204060", kind="JPEG"))
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        uow.execute(update(library).values(path=str(root)))
        cover = rows.cover(home)
        album = rows.album(home, "Night", cover_id=cover)
        tracks = [
            rows.track(
                f"t{n}", album_id=album, library_id=home, file={"path": f"{n}/../tone.mp3", "format": "mp3"}
            )
            for n in range(3)
        ]
        rows.settle()
    made = user_client.post("/api/v1/playlists", json={"name": "Mix", "track_ids": tracks[:2]}).json()
    return Shop(api, user_client, tracks, cover, made["id"], file)


def test_a_link_opens_its_tracks_and_nothing_else(shop: Shop) -> None:
    (shop.file.parent / "0").mkdir()
    share = shop.share(label="For Carl")
    stranger = shop.api.client()
    door = shop.knock(share, stranger).json()
    assert door["needs_password"] is False
    shown = door["list"]
    assert (shown["name"], shown["owner"]["name"], shown["plays"]) == ("Mix", "berta", True)
    assert [track["id"] for track in shown["tracks"]] == shop.tracks[:2]
    base = f"/api/v1/shared/{shown['id']}"
    whole = stranger.get(f"{base}/stream/{shop.tracks[0]}")
    assert (whole.status_code, whole.content) == (200, shop.file.read_bytes())
    part = stranger.get(f"{base}/stream/{shop.tracks[0]}", headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.content)) == (206, 10)
    for path in (f"{base}/stream/{shop.tracks[2]}", f"{base}/stream/{'x' * 22}", f"{base}/covers/{'x' * 22}"):
        assert stranger.get(path).status_code == 404, path
    for path in (
        f"/stream/{shop.tracks[0]}",
        f"/api/v1/playlists/{shop.list_id}",
        "/api/v1/shares",
        "/api/v1/me",
    ):
        assert stranger.get(path).status_code == 401, path
    # Without the cookie of this very share nothing opens, and the cookie goes nowhere else.
    assert shop.api.client().get(f"{base}/stream/{shop.tracks[0]}").status_code == 404
    other = shop.share()
    assert stranger.get(f"/api/v1/shared/{other['id']}/stream/{shop.tracks[0]}").status_code == 404
    cookie = next(cookie for cookie in stranger.cookies.jar if cookie.name == "resonance_share")
    assert cookie.path == base and cookie.has_nonstandard_attr("HttpOnly")


def test_only_the_hash_is_kept_and_wrong_tokens_open_nothing(shop: Shop) -> None:
    share = shop.share()
    with shop.api.services.db.read() as uow:
        row = uow.execute(select(playlist_share)).one()
    assert share["secret"] not in str(tuple(row)) and len(share["secret"]) >= 30
    assert shop.berta.get("/api/v1/shares").json()["items"][0]["secret"] == share["secret"]
    for token in ("", "x", share["secret"][:-1], share["id"], row.token_hash, "\ud7ff" * 5):
        answer = shop.knock({"secret": token})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), token


def test_each_way_a_link_ends(shop: Shop) -> None:
    db = shop.api.services.db

    def works(share: dict[str, Any], browser: Client, base: str) -> bool:
        statuses = {
            shop.knock(share).status_code,
            browser.get(f"{base}/stream/{shop.tracks[0]}").status_code,
        }
        assert len(statuses) == 1 and statuses <= {200, 404}
        return statuses == {200}

    (shop.file.parent / "0").mkdir()
    share = shop.share()
    browser, base = shop.opened(share)
    assert works(share, browser, base)
    with db.write() as uow:
        uow.execute(update(user).where(user.c.name == "berta").values(disabled_at=now_ms()))
    assert not works(share, browser, base)
    with db.write() as uow:
        uow.execute(update(user).values(disabled_at=None))
        uow.execute(update(user).where(user.c.name == "berta").values(all_libraries=False))
    assert browser.get(f"{base}/stream/{shop.tracks[0]}").status_code == 404
    assert shop.knock(share).json()["list"]["tracks"] == []
    with db.write() as uow:
        uow.execute(update(user).values(all_libraries=True))
    assert works(share, browser, base)
    with db.write() as uow:
        uow.execute(update(playlist_share).values(expires_at=now_ms() - 1))
    assert not works(share, browser, base)
    assert shop.berta.get("/api/v1/shares").json()["items"][0]["expired"] is True
    assert (
        shop.berta.patch(f"/api/v1/shares/{share['id']}", json={"expires_at": None}).json()["expires_at"]
        is None
    )
    assert works(share, browser, base)
    detail = shop.berta.get(f"/api/v1/playlists/{shop.list_id}").json()["entries"]
    shop.berta.request(
        "DELETE", f"/api/v1/playlists/{shop.list_id}/entries", json={"entry_ids": [detail[0]["id"]]}
    )
    assert browser.get(f"{base}/stream/{shop.tracks[0]}").status_code == 404
    shop.berta.post(f"/api/v1/playlists/{shop.list_id}/undo")
    assert works(share, browser, base)
    assert shop.berta.delete(f"/api/v1/shares/{share['id']}").status_code == 204
    assert not works(share, browser, base)


def test_a_link_to_anothers_list_ends_when_it_turns_private(shop: Shop) -> None:
    shop.berta.patch(f"/api/v1/playlists/{shop.list_id}", json={"public": True})
    carl = shop.api.as_new("carl")
    share = carl.post(f"/api/v1/playlists/{shop.list_id}/shares", json={}).json()
    assert shop.knock(share).status_code == 200
    with shop.api.services.db.write() as uow:
        uow.execute(update(playlist).values(public=False))
    assert shop.knock(share).status_code == 404


def test_a_link_may_only_show(shop: Shop) -> None:
    share = shop.share(plays=False)
    browser, base = shop.opened(share)
    assert shop.knock(share).json()["list"]["plays"] is False
    assert browser.get(f"{base}/stream/{shop.tracks[0]}").status_code == 404
    assert browser.get(f"{base}/stream/{shop.tracks[0]}?format=mp3").status_code == 404


def test_a_password_is_asked_for_and_tried_a_few_times_only(shop: Shop) -> None:
    share = shop.share(password="open sesame")
    assert share["has_password"] is True and "password" not in share
    assert shop.knock(share).json() == {"needs_password": True, "list": None}
    wrong = shop.knock(share, password="open barley")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_password")
    assert shop.knock(share, password="open sesame").json()["list"]["name"] == "Mix"
    statuses = [shop.knock(share, password=f"guess number {n}").status_code for n in range(12)]
    assert statuses[0] == 401 and statuses[-1] == 429


def test_a_password_is_exchanged_and_taken_away(shop: Shop) -> None:
    (shop.file.parent / "0").mkdir()
    share = shop.share(password="open sesame")
    stranger = shop.api.client()
    assert shop.knock(share, stranger, password="open sesame").status_code == 200
    place = f"/api/v1/shared/{share['id']}/stream/{shop.tracks[0]}"
    assert stranger.get(place).status_code == 200

    kept = shop.berta.patch(f"/api/v1/shares/{share['id']}", json={"label": "Mara"}).json()
    assert (kept["label"], kept["has_password"]) == ("Mara", True)
    assert (
        shop.berta.patch(f"/api/v1/shares/{share['id']}", json={"password": "close sesame"}).status_code
        == 200
    )
    assert stranger.get(place).status_code == 404
    assert shop.knock(share, password="open sesame").status_code == 401
    assert shop.knock(share, password="close sesame").json()["list"]

    bare = shop.berta.patch(f"/api/v1/shares/{share['id']}", json={"password": None}).json()
    assert not bare["has_password"]
    assert shop.knock(share).json()["list"]


def test_pictures_of_a_link(shop: Shop) -> None:
    browser, base = shop.opened(shop.share())
    put = shop.berta.put(
        f"/api/v1/playlists/{shop.list_id}/cover",
        content=picture("#ff0000"),
        headers={"Content-Type": "image/png"},
    )
    assert put.status_code == 200 and put.json()["cover"]
    answer = browser.get(f"{base}/cover?size=96")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert shop.api.client().get(f"{base}/cover").status_code == 404


def test_links_belong_to_one_person(shop: Shop, admin_client: Client) -> None:
    share = shop.share()
    carl = shop.api.as_new("carl")
    for other in (carl, admin_client):
        assert other.get("/api/v1/shares").json()["items"] == []
        assert other.patch(f"/api/v1/shares/{share['id']}", json={"plays": False}).status_code == 404
        assert other.delete(f"/api/v1/shares/{share['id']}").status_code == 404
        made = other.post(f"/api/v1/playlists/{shop.list_id}/shares", json={})
        assert made.status_code == 404
    past = shop.berta.post(
        f"/api/v1/playlists/{shop.list_id}/shares", json={"expires_at": "2001-01-01T00:00:00Z"}
    )
    assert (past.status_code, past.json()["field"]) == (422, "expires_at")
