"""Folders, whole edits and pictures of playlists over HTTP."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.api.conftest import Api, Client
from tests.fixtures.audio import picture
from tests.fixtures.rows import Rows


@pytest.fixture
def mix(api: Api, user_client: Client) -> str:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        tracks = [rows.track(f"s{at}", library_id=home) for at in range(4)]
        rows.settle()
    order = [tracks[n] for n in (2, 0, 1, 0)]
    made = user_client.post("/api/v1/playlists", json={"name": "Mix", "track_ids": order})
    return str(made.json()["id"])


def titles(client: Client, mix: str) -> list[str]:
    return [one["track"]["title"] for one in client.get(f"/api/v1/playlists/{mix}").json()["entries"]]


def test_folders(user_client: Client, guest_client: Client, mix: str) -> None:
    root = "/api/v1/playlist-folders"
    work = user_client.post(root, json={"name": "Work"}).json()
    calm = user_client.post(root, json={"name": "Calm", "parent_id": work["id"]}).json()
    put = user_client.post(f"{root}/places", json={"playlist_ids": [mix], "folder_id": calm["id"]})
    assert put.json()["places"] == [{"playlist_id": mix, "folder_id": calm["id"]}]
    assert user_client.post(f"{root}/{work['id']}/move", json={"parent_id": calm["id"]}).status_code == 409
    assert user_client.patch(f"{root}/{work['id']}", json={"name": "Desk"}).json()["name"] == "Desk"
    first = user_client.get(root)
    assert user_client.get(root, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    after = user_client.delete(f"{root}/{calm['id']}").json()
    assert after["places"] == [{"playlist_id": mix, "folder_id": work["id"]}]
    assert user_client.get(root).json() == after
    assert guest_client.post(root, json={"name": "x"}).status_code == 403
    assert guest_client.get(root).json() == {"folders": [], "places": []}


def test_whole_edits_and_their_undo(user_client: Client, mix: str) -> None:
    url = f"/api/v1/playlists/{mix}"
    assert user_client.post(f"{url}/sort", json={"by": "title"}).status_code == 200
    assert titles(user_client, mix) == ["s0", "s0", "s1", "s2"]
    assert user_client.post(f"{url}/dedupe").json()["track_count"] == 3
    for before in (["s0", "s0", "s1", "s2"], ["s2", "s0", "s1", "s0"]):
        assert user_client.post(f"{url}/undo").status_code == 200
        assert titles(user_client, mix) == before
    assert user_client.post(f"{url}/undo").json()["code"] == "nothing_to_undo"
    tracks = [one["track"]["id"] for one in user_client.get(url).json()["entries"]]
    asked = user_client.post(f"{url}/already-in", json={"track_ids": [tracks[1], "x" * 22]})
    assert asked.json() == {"track_ids": [tracks[1]]}
    assert user_client.post(f"{url}/sort", json={"by": "path"}).status_code == 422
    assert user_client.delete(url).status_code == 204
    assert user_client.post(f"{url}/undo").json()["track_count"] == 4
    assert titles(user_client, mix) == ["s2", "s0", "s1", "s0"]


def test_a_picture_of_its_own(user_client: Client, guest_client: Client, mix: str) -> None:
    url = f"/api/v1/playlists/{mix}/cover"
    assert user_client.get(url).status_code == 404
    big = io.BytesIO()
    image = Image.new("RGB", (3000, 2000), "#c02040")
    exif = image.getexif()
    exif[0x010E] = "a secret place"
    image.save(big, "JPEG", exif=exif)
    kind = {"Content-Type": "image/jpeg"}
    first = user_client.put(url, content=big.getvalue(), headers=kind)
    assert first.status_code == 200, first.text
    shown = user_client.get(f"{url}?size=320")
    with Image.open(io.BytesIO(shown.content)) as made:
        assert (made.format, made.size, not made.getexif()) == ("WEBP", (320, 213), True)
    second = user_client.put(url, content=picture("#00ff00"), headers={"Content-Type": "image/png"})
    assert second.json()["cover"] not in (None, first.json()["cover"])
    for data in (b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 50, big.getvalue()[:2000]):
        refused = user_client.put(url, content=data, headers=kind)
        assert refused.status_code == 422, data[:10]
    for kind_of in ("PNG", "JPEG"):
        huge = io.BytesIO()
        Image.new("L", (10_000, 10_000)).save(huge, kind_of)
        refused = user_client.put(url, content=huge.getvalue(), headers=kind)
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_picture")
        assert "megapixels" in refused.json()["detail"]
    assert user_client.put(url, content=b"x" * (9 * 2**20), headers=kind).status_code in (413, 422)
    assert guest_client.put(url, content=picture("#00ff00"), headers=kind).status_code == 403
    assert user_client.delete(url).json()["cover"] is None
    assert user_client.get(url).status_code == 404


def test_an_import_and_its_report(api: Api, user_client: Client, guest_client: Client, mix: str) -> None:
    text = "#EXTM3U\n#EXTINF:200,Somebody - s1\n/x/s1.mp3\n#EXTINF:9,=cmd() - Nobody Knows\nC:\\x\\no.mp3\n"
    url = "/api/v1/imports?name=Old%20List.m3u"
    kind = {"Content-Type": "application/octet-stream"}
    tried = user_client.post(f"{url}&dry_run=true", content=text.encode(), headers=kind).json()
    assert tried["report_id"] is None and user_client.get("/api/v1/imports").json()["items"] == []
    done = user_client.post(url, content=text.encode(), headers=kind).json()
    [made] = done["playlists"]
    assert titles(user_client, made["playlist_id"]) == ["s1"]
    [kept] = user_client.get("/api/v1/imports").json()["items"]
    assert (kept["id"], kept["entries"], kept["matched"]) == (done["report_id"], 2, 1)
    report = user_client.get(f"/api/v1/imports/{kept['id']}").json()
    assert report["playlists"] == done["playlists"]
    [missing] = made["missing"]
    assert (missing["number"], missing["path"], missing["how"]) == (2, "C:/x/no.mp3", "none")
    assert missing["reason"] == "Nothing like it is here."
    table = user_client.get(f"/api/v1/imports/{kept['id']}/file")
    assert "Old List" in table.headers["content-disposition"] and table.content.startswith(b"\xef\xbb\xbf")
    rows = table.content.decode("utf-8-sig").split("\r\n")
    assert rows[1].split(",")[2:4] == ["matched", "names"] and ",'=cmd()," in rows[2]
    assert guest_client.get(f"/api/v1/imports/{kept['id']}").status_code == 404
    assert user_client.delete(f"/api/v1/imports/{kept['id']}").status_code == 204
    assert user_client.get("/api/v1/imports").json()["items"] == []
    assert user_client.get(f"/api/v1/playlists/{mix}/file").status_code == 404
    assert user_client.get("/api/v1/playlist-files").status_code == 403
