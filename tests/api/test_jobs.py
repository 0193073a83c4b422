"""Jobs and timers over REST."""

from __future__ import annotations

from typing import Any

import pytest

from resonance.core.clock import now_ms
from resonance.jobs import ticks
from tests.api.conftest import Api, Client


def enqueue(api: Api, name: str = "x", **more: Any) -> str:
    with api.services.db.write() as uow:
        return api.services.jobs.enqueue(uow, name, {}, **more)


def test_list_in_pages_and_by_state(api: Api, admin_client: Client) -> None:
    ids = [enqueue(api, run_at=now_ms() + 60_000) for _ in range(3)]
    first = admin_client.get("/api/v1/jobs?limit=2").json()
    rest = admin_client.get(f"/api/v1/jobs?limit=2&cursor={first['next']}").json()
    assert {job["id"] for job in first["items"] + rest["items"]} == set(ids)
    assert len(first["items"]) == 2 and rest["next"] is None
    assert set(first["items"][0]) == {
        *("id", "name", "state", "progress", "progress_text", "attempts", "max_attempts", "error"),
        *("created_at", "started_at", "finished_at"),
    }
    assert admin_client.get("/api/v1/jobs?state=failed").json() == {"items": [], "next": None}
    assert admin_client.get("/api/v1/jobs?state=lost").status_code == 422
    assert admin_client.get("/api/v1/jobs?cursor=nonsense").status_code == 422


def test_cancel_and_retry(api: Api, admin_client: Client) -> None:
    job_id = enqueue(api)
    assert admin_client.get(f"/api/v1/jobs/{job_id}").json()["state"] == "queued"
    assert admin_client.post(f"/api/v1/jobs/{job_id}/retry").status_code == 409
    assert admin_client.post(f"/api/v1/jobs/{job_id}/cancel").json()["state"] == "cancelled"
    again = admin_client.post(f"/api/v1/jobs/{job_id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "job_ended")
    assert admin_client.post(f"/api/v1/jobs/{job_id}/retry").json()["state"] == "queued"
    assert admin_client.post("/api/v1/jobs/nothing/cancel").status_code == 404


@pytest.mark.parametrize("path", ["/jobs", "/schedule", "/jobs/x"])
def test_for_admins_only(user_client: Client, visitor: Client, path: str) -> None:
    assert user_client.get(f"/api/v1{path}").status_code == 403
    assert visitor.get(f"/api/v1{path}").status_code == 401


def test_a_change_needs_the_csrf_token(api: Api, admin_client: Client) -> None:
    job_id = enqueue(api)
    answer = admin_client.post(f"/api/v1/jobs/{job_id}/cancel", headers={"X-CSRF-Token": "wrong"})
    assert answer.status_code == 403
    assert admin_client.get(f"/api/v1/jobs/{job_id}").json()["state"] == "queued"


def test_schedule_tells_the_last_tick_and_the_next(api: Api, admin_client: Client) -> None:
    now = 1_790_000_000_000
    with api.services.db.write() as uow:
        assert ticks.own(uow, "retention", 3600, now - 3_600_000)
        assert ticks.own(uow, "retention", 3600, now)
        assert not ticks.own(uow, "retention", 3600, now + 1)
    (timer,) = admin_client.get("/api/v1/schedule").json()["items"]
    assert timer == {
        "name": "retention",
        "every_s": 3600,
        "last_at": "2026-09-21T14:00:00.000Z",
        "next_at": "2026-09-21T15:00:00.000Z",
    }


def test_health_and_its_failure(api: Api, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = visitor.get("/health")
    assert (answer.status_code, answer.json()["status"], answer.json()["checks"]) == (
        200,
        "ok",
        {"database": "ok"},
    )
    path = api.services.db.sqlite_path
    if path is not None:
        api.services.db.close()
        path.unlink()
        path.mkdir()  # what is no database cannot answer
        assert visitor.get("/health").status_code == 503


def test_metrics_are_for_this_machine_or_the_token(api: Api, make_app: Any, visitor: Client) -> None:
    assert visitor.get("/metrics").status_code == 403
    guarded = make_app(metrics_token="m" * 20).client()
    assert guarded.get("/metrics").status_code == 401
    assert guarded.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert guarded.get("/metrics", headers={"Authorization": f"Bearer {'m' * 20}"}).status_code == 200


def test_metrics_count_by_route_never_by_address(api: Api, admin_client: Client) -> None:
    enqueue(api)
    for n in range(5):
        admin_client.get(f"/api/v1/jobs/{n}")
    here = api.client(base_url="http://localhost", peer="127.0.0.1")
    text = here.get("/metrics").text
    route = 'method="GET",route="/api/v1/jobs/{job_id}"'
    assert f'resonance_requests_total{{{route},status="404"}} 5.0' in text
    assert f"resonance_first_byte_seconds_count{{{route}}} 5.0" in text
    assert 'resonance_jobs{state="queued"} 1.0' in text
    assert "/jobs/3" not in text
