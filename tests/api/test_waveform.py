"""The waveform over REST: pending, measured by the job, told on the socket; nobody else's files."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import select, update

from resonance.db.tables.jobs import job
from resonance.db.tables.library import library
from resonance.model.caller import Role
from resonance.worker.handlers import HANDLERS
from tests.api.conftest import Api, Client
from tests.fixtures.audio import make_tone
from tests.fixtures.rows import Rows


def add_track(api: Api, folder: Path, name: str = "a.flac", data: bytes | None = None) -> tuple[str, str]:
    """(track id, library id)."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    if data is None:
        make_tone(path)
    else:
        path.write_bytes(data)
    stat = path.stat()
    kind = path.suffix[1:]
    file = {"path": name, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "format": kind, "codec": kind}
    with api.services.db.write() as uow:
        rows = Rows(uow)
        library_id = rows.library()
        uow.execute(update(library).where(library.c.id == library_id).values(path=str(folder)))
        return rows.track("A", library_id=library_id, file=file), library_id


def run_jobs(api: Api) -> None:
    """Let the runner work until a waveform's job is done."""
    from functools import partial

    api.services.jobs.start({name: partial(handler, api.services) for name, handler in HANDLERS.items()})
    api.services.jobs.stop(20) if _ended(api) else pytest.fail("the job did not end")


def _ended(api: Api) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        page = api.sign_in("ada").get("/api/v1/jobs").json()["items"]
        if page and all(item["state"] in ("done", "failed") for item in page):
            return True
        time.sleep(0.1)
    return False


def test_pending_then_ready_and_told(api: Api, admin_client: Client, tmp_path: Path) -> None:
    track_id, library_id = add_track(api, tmp_path / "m")
    first = admin_client.get(f"/api/v1/tracks/{track_id}/waveform")
    assert (first.status_code, first.json()) == (202, {"state": "pending"})
    assert admin_client.get(f"/api/v1/tracks/{track_id}/waveform").status_code == 202
    jobs = admin_client.get("/api/v1/jobs").json()["items"]
    assert [item["name"] for item in jobs] == ["sound.measure"]

    async def told() -> dict[str, str]:
        with api.services.events.subscribe(lambda event: event.topic == "sound.measured") as events:
            await asyncio.to_thread(run_jobs, api)
            return (await asyncio.wait_for(events.__anext__(), 10)).data

    assert asyncio.run(told()) == {"track_id": track_id, "library_id": library_id}
    ready = admin_client.get(f"/api/v1/tracks/{track_id}/waveform")
    body = ready.json()
    assert (ready.status_code, body["state"]) == (200, "ready")
    assert set(body) == {"state", "peaks", "lead_silence_s", "trail_silence_s"}
    assert len(body["peaks"]) == 1000 and 50 < max(body["peaks"]) <= 255
    assert 0 <= body["lead_silence_s"] < 0.01


def test_failed_says_why(api: Api, admin_client: Client, tmp_path: Path) -> None:
    track_id, _ = add_track(api, tmp_path / "m", "a.mp3", b"no music " * 500)
    admin_client.get(f"/api/v1/tracks/{track_id}/waveform")
    run_jobs(api)
    body = admin_client.get(f"/api/v1/tracks/{track_id}/waveform")
    assert body.status_code == 200 and body.json()["state"] == "failed"
    assert "ffmpeg finds no sound" in body.json()["reason"]


def test_only_what_the_caller_may_hear(
    api: Api, admin_client: Client, visitor: Client, tmp_path: Path
) -> None:
    track_id, _ = add_track(api, tmp_path / "m")
    with api.services.db.write() as uow:
        other = Rows(uow).library("Other")
    stranger = api.as_new("stella", Role.USER, [other])
    for client, status in ((stranger, 404), (visitor, 401)):
        assert client.get(f"/api/v1/tracks/{track_id}/waveform").status_code == status
    assert admin_client.get("/api/v1/tracks/nonsense/waveform").status_code == 404
    with api.services.db.read() as uow:
        assert uow.execute(select(job)).all() == []
