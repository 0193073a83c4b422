"""First run: who may make the first admin."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable

import pytest

from tests.api.conftest import Api, Client

BODY = {"name": "Ada", "password": "a long password"}
LOOPBACK = {"base_url": "http://localhost:8080", "peer": "127.0.0.1"}


def test_a_new_server_asks_for_setup_and_for_the_code_from_afar(api: Api, visitor: Client) -> None:
    said = visitor.get("/api/v1/server").json()
    assert said["setup_required"] and said["setup_code_required"]
    assert said["sign_up"] == "closed" and said["oidc"] is None
    assert api.client(**LOOPBACK).get("/api/v1/server").json()["setup_code_required"] is False


def test_setup_with_the_printed_code_signs_the_first_admin_in(api: Api, visitor: Client) -> None:
    code = api.accounts.setup.code()
    assert code and api.accounts.setup.code() == code
    file = api.services.settings.data_dir / "setup-code"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    answer = visitor.post("/api/v1/setup", json={**BODY, "setup_code": code.lower().replace("-", " ")})
    assert answer.status_code == 200, answer.text
    assert answer.json()["user"]["role"] == "admin"
    assert "access_token" not in {name for name, value in answer.json().items() if value}
    assert visitor.get("/api/v1/me").json()["name"] == "Ada"
    assert visitor.get("/api/v1/server").json()["setup_required"] is False
    assert api.accounts.setup.code() is None
    assert not file.exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [(None, "setup_code_required"), ("AAAA-AAAA", "setup_code_wrong"), ("ünïcödé", "setup_code_wrong")],
)
def test_setup_from_afar_needs_the_right_code(visitor: Client, code: str | None, said: str) -> None:
    answer = visitor.post("/api/v1/setup", json={**BODY, "setup_code": code})
    assert (answer.status_code, answer.json()["code"]) == (403, said)
    assert visitor.get("/api/v1/server").json()["setup_required"] is True


def test_the_machine_itself_needs_no_code(api: Api) -> None:
    assert api.client(**LOOPBACK).post("/api/v1/setup", json=BODY).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-For": "198.51.100.7"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"X-Forwarded-Proto": "https"},
        {"Host": "music.example.org"},
    ],
)
def test_loopback_through_a_proxy_is_not_the_machine_itself(api: Api, headers: dict[str, str]) -> None:
    answer = api.client(**LOOPBACK).post("/api/v1/setup", json=BODY, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "setup_code_required")


def test_an_untrusted_address_cannot_claim_to_be_loopback(api: Api) -> None:
    far = api.client(base_url="http://localhost:8080", peer="203.0.113.9")
    answer = far.post("/api/v1/setup", json=BODY, headers={"X-Forwarded-For": "127.0.0.1"})
    assert answer.json()["code"] == "setup_code_required"


def test_a_trusted_proxy_on_this_machine_does_not_make_its_visitors_local(
    make_app: Callable[..., Api],
) -> None:
    api = make_app(trusted_proxies="127.0.0.1")
    for headers in ({}, {"X-Forwarded-For": "198.51.100.7"}, {"X-Forwarded-For": "127.0.0.1"}):
        answer = api.client(**LOOPBACK).post("/api/v1/setup", json=BODY, headers=headers)
        assert answer.json()["code"] == "setup_code_required", headers


def test_two_setups_at_once_make_one_admin(api: Api) -> None:
    start, answers = threading.Barrier(2), []

    def run(name: str) -> None:
        client = api.client(**LOOPBACK)
        start.wait()
        answers.append(client.post("/api/v1/setup", json={**BODY, "name": name}).status_code)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409]
    again = api.client(**LOOPBACK).post("/api/v1/setup", json=BODY)
    assert (again.status_code, again.json()["code"]) == (409, "already_set_up")


def test_guessing_the_code_is_slowed_down(visitor: Client) -> None:
    answers = [visitor.post("/api/v1/setup", json={**BODY, "setup_code": "x"}) for _ in range(11)]
    assert [a.status_code for a in answers] == [403] * 10 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 300


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " \t "}, "name"),
        ({"name": "x" * 65}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"password": "1234567"}, "password"),
        ({"password": "x" * 1025}, "password"),
    ],
)
def test_names_and_passwords_have_rules(api: Api, change: dict[str, str], field: str) -> None:
    answer = api.client(**LOOPBACK).post("/api/v1/setup", json={**BODY, **change})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_half_a_surrogate_pair_is_refused_not_a_crash(api: Api) -> None:
    raw = b'{"name": "a\\ud800", "password": "long enough\\udfff"}'
    answer = api.client(**LOOPBACK).post(
        "/api/v1/setup", content=raw, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
