"""Libraries, scans, broken files and missing tracks over REST."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from resonance.db.tables.library import track
from resonance.model.caller import Role
from tests.api.conftest import Api, Client
from tests.fixtures.audio import make_tone

V1 = "/api/v1"


@pytest.fixture
def music(tmp_path: Path) -> Path:
    root = tmp_path / "music"
    for number in (1, 2):
        make_tone(root / "a" / f"{number}.wav", hertz=300 + number, title=f"T{number}", artist="A", album="B")
    (root / "broken.flac").write_bytes(b"fLaC")
    return root


def add(client: Client, path: Path, name: str = "Mine") -> dict[str, Any]:
    answer = client.post(f"{V1}/libraries", json={"name": name, "path": str(path)})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_add_scan_and_read(api: Api, admin_client: Client, music: Path) -> None:
    made = add(admin_client, music)
    assert (made["name"], made["number"], made["path"], made["tracks"]) == ("Mine", 1, str(music), 0)
    assert made["last_scan"] is None
    queued = admin_client.post(f"{V1}/libraries/{made['id']}/scan", json={"full": False})
    assert queued.status_code == 202
    assert queued.json()["state"] == "queued"
    jobs = admin_client.get(f"{V1}/jobs").json()["items"]
    assert [job["name"] for job in jobs].count("scan") >= 1
    counts = api.services.scanner.scan(made["id"])
    assert (counts.added, counts.broken) == (2, 1)
    listed = admin_client.get(f"{V1}/libraries").json()["items"]
    assert listed[0]["tracks"] == 2
    assert listed[0]["last_scan"]["state"] == "done"
    assert {"files", "seen", "added", "updated", "unchanged", "missing", "broken", "reason", "error"} <= set(
        listed[0]["last_scan"]
    )
    assert listed[0]["last_scan"]["started_at"].endswith("Z")
    scans = admin_client.get(f"{V1}/scans", params={"library_id": made["id"]}).json()
    assert [item["added"] for item in scans["items"]] == [2]
    assert admin_client.get(f"{V1}/scans/current").json() == {"items": []}
    broken = admin_client.get(f"{V1}/broken-files").json()["items"]
    assert [(item["path"], item["reason"], item["size"]) for item in broken] == [
        ("broken.flac", "truncated", 4)
    ]


def test_the_queued_scan_runs(make_app: Any, music: Path) -> None:
    from resonance.worker.run import Worker

    api: Api = make_app()
    client = api.as_new("ada", Role.ADMIN)
    worker = Worker(api.services, api.services.settings)
    worker.start()
    try:
        made = add(client, music)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if client.get(f"{V1}/libraries").json()["items"][0]["tracks"] == 2:
                break
            time.sleep(0.1)
        last = client.get(f"{V1}/libraries").json()["items"][0]["last_scan"]
        assert (last["library_id"], last["added"]) == (made["id"], 2)
    finally:
        worker.stop()


@pytest.mark.parametrize(
    ("make", "field", "code"),
    [
        (lambda base: base / "nowhere", "path", "invalid"),
        (lambda base: base / "file", "path", "invalid"),
        (lambda base: Path("relative"), "path", "invalid"),
        (lambda base: base / "music", None, "overlaps"),
        (lambda base: base / "music" / "a", None, "overlaps"),
        (lambda base: base / "link", None, "overlaps"),
        (lambda base: base / "data0", "path", "invalid"),
        (lambda base: base, None, None),
    ],
)
def test_paths_that_are_no_libraries(
    admin_client: Client, music: Path, tmp_path: Path, make: Any, field: str | None, code: str | None
) -> None:
    add(admin_client, music)
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(music)
    body = {"name": "x", "path": str(make(tmp_path))}
    answer = admin_client.post(f"{V1}/libraries", json=body)
    assert answer.status_code in (409, 422)
    if code:
        assert answer.json()["code"] == code
    if field:
        assert answer.json()["field"] == field
    checked = admin_client.post(f"{V1}/libraries/check", json={"path": body["path"]}).json()
    assert checked["ok"] is False
    assert checked["reason"]
    assert len(admin_client.get(f"{V1}/libraries").json()["items"]) == 1


def test_check_estimates(admin_client: Client, music: Path) -> None:
    answer = admin_client.post(f"{V1}/libraries/check", json={"path": str(music)}).json()
    assert answer == {"ok": True, "reason": None, "audio_files_estimate": 3}


def test_change_and_remove(api: Api, admin_client: Client, music: Path, tmp_path: Path) -> None:
    made = add(admin_client, music)
    api.services.scanner.scan(made["id"])
    with api.services.db.read() as uow:
        before = set(uow.execute(select(track.c.id)).scalars())
    moved = tmp_path / "moved"
    music.rename(moved)
    body = {"name": "New", "path": str(moved), "watch": False}
    changed = admin_client.patch(f"{V1}/libraries/{made['id']}", json=body).json()
    assert (changed["name"], changed["path"], changed["watch"]) == ("New", str(moved), False)
    counts = api.services.scanner.scan(made["id"])
    assert (counts.unchanged, counts.added) == (2, 0)
    with api.services.db.read() as uow:
        assert set(uow.execute(select(track.c.id)).scalars()) == before
    assert admin_client.delete(f"{V1}/libraries/{made['id']}").status_code == 204
    assert admin_client.get(f"{V1}/libraries").json()["items"] == []
    assert admin_client.get(f"{V1}/search", params={"q": "T1"}).json()["tracks"] == []
    with api.services.db.read() as uow:
        assert uow.execute(select(track)).all() == []
    assert (moved / "a" / "1.wav").exists()
    assert admin_client.delete(f"{V1}/libraries/{made['id']}").status_code == 404


def test_missing_and_purge(api: Api, admin_client: Client, music: Path) -> None:
    made = add(admin_client, music)
    api.services.scanner.scan(made["id"])
    (music / "a" / "1.wav").unlink()
    assert api.services.scanner.scan(made["id"]).missing == 1
    listed = admin_client.get(f"{V1}/missing-tracks").json()["items"]
    assert [(item["title"], item["path"]) for item in listed] == [("T1", "a/1.wav")]
    with api.services.db.read() as uow:
        present = uow.execute(select(track.c.id).where(track.c.title == "T2")).scalar_one()
    answer = admin_client.post(f"{V1}/missing-tracks/purge", json={"ids": [present]})
    assert answer.json() == {"purged": 0}
    assert admin_client.post(f"{V1}/missing-tracks/purge", json={"ids": "all"}).json() == {"purged": 1}
    assert admin_client.get(f"{V1}/missing-tracks").json()["items"] == []
    with api.services.db.read() as uow:
        assert uow.execute(select(track.c.title)).scalars().all() == ["T2"]


def test_pages(api: Api, admin_client: Client, music: Path) -> None:
    for number in range(5):
        (music / f"bad{number}.flac").write_bytes(b"fLaC")
    made = add(admin_client, music)
    api.services.scanner.scan(made["id"])
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": 4, **({"cursor": cursor} if cursor else {})}
        page = admin_client.get(f"{V1}/broken-files", params=params).json()
        seen += [item["path"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [*(f"bad{n}.flac" for n in range(5)), "broken.flac"]


def test_who_may_see_what(api: Api, admin_client: Client, music: Path, tmp_path: Path) -> None:
    one = add(admin_client, music)
    other_root = tmp_path / "other"
    other_root.mkdir()
    add(admin_client, other_root, "Other")
    for library in admin_client.get(f"{V1}/libraries").json()["items"]:
        api.services.scanner.scan(library["id"])
    limited = api.as_new("lena", libraries=[one["id"]])
    items = limited.get(f"{V1}/libraries").json()["items"]
    assert [item["id"] for item in items] == [one["id"]]
    assert "path" not in items[0]
    assert {scan["library_id"] for scan in limited.get(f"{V1}/scans").json()["items"]} == {one["id"]}
    for method, path, body in (
        ("POST", "/libraries", {"path": str(tmp_path)}),
        ("POST", "/libraries/check", {"path": "/"}),
        ("PATCH", f"/libraries/{one['id']}", {"name": "x"}),
        ("DELETE", f"/libraries/{one['id']}", None),
        ("POST", f"/libraries/{one['id']}/scan", {}),
        ("GET", "/broken-files", None),
        ("GET", "/missing-tracks", None),
        ("POST", "/missing-tracks/purge", {"ids": "all"}),
    ):
        assert limited.request(method, V1 + path, json=body).status_code == 403, path
    visitor = api.client()
    assert visitor.get(f"{V1}/libraries").status_code == 401
