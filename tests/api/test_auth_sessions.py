"""Browser sessions and bearer tokens over HTTP: cookies, CSRF, Origin, limits."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from fastapi import WebSocket

from resonance.api import auth
from resonance.core.errors import ResonanceError
from resonance.model.caller import Role
from tests.api.conftest import PASSWORD, Api, Client

SIGN_IN = {"name": "ada", "password": PASSWORD}


def cookies(answer: Any) -> dict[str, Any]:
    """Set-Cookie by name, with attributes."""
    found: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        found.load(line)
    return dict(found)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def api(api: Api) -> Api:
    api.add_user("ada", Role.ADMIN)
    return api


def test_sign_in_sets_cookies_and_keeps_tokens_out_of_the_body(api: Api) -> None:
    answer = api.client().post("/api/v1/auth/sign-in", json=SIGN_IN)
    body, set_cookies = answer.json(), cookies(answer)
    assert body["user"]["name"] == "ada" and body["csrf_token"] and body["expires_at"].endswith("Z")
    assert body["access_token"] is None and body["refresh_token"] is None
    access, refresh, csrf = (set_cookies[f"resonance_{name}"] for name in ("access", "refresh", "csrf"))
    assert access["httponly"] and refresh["httponly"] and not csrf["httponly"]
    assert {c["samesite"] for c in (access, refresh, csrf)} == {"lax"}
    assert (access["path"], refresh["path"], csrf["path"]) == ("/", "/api/v1/auth", "/")
    assert int(access["max-age"]) == 900 and int(refresh["max-age"]) == 30 * 24 * 3600
    assert csrf.value == body["csrf_token"]


def test_plain_http_has_no_secure_cookie_and_no_hsts(api: Api) -> None:
    answer = api.client().post("/api/v1/auth/sign-in", json=SIGN_IN)
    assert not any(cookie["secure"] for cookie in cookies(answer).values())
    assert "strict-transport-security" not in answer.headers


def test_an_untrusted_forwarded_proto_makes_no_secure_cookie(api: Api) -> None:
    answer = api.client().post("/api/v1/auth/sign-in", json=SIGN_IN, headers={"X-Forwarded-Proto": "https"})
    assert not any(cookie["secure"] for cookie in cookies(answer).values())
    assert "strict-transport-security" not in answer.headers


def test_https_through_a_trusted_proxy_has_secure_cookies_and_hsts(make_app: Callable[..., Api]) -> None:
    api = make_app(trusted_proxies="10.0.0.0/8")
    api.add_user("ada", Role.ADMIN)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    answer = api.client(peer="10.1.2.3").post("/api/v1/auth/sign-in", json=SIGN_IN, headers=headers)
    assert answer.status_code == 200
    assert all(cookie["secure"] for cookie in cookies(answer).values())
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_a_sub_path_is_the_path_of_the_cookies(make_app: Callable[..., Api]) -> None:
    api = make_app(base_url="https://example.org/music/")
    api.add_user("ada", Role.ADMIN)
    client = api.client(base_url="http://example.org")
    set_cookies = cookies(client.post("/music/api/v1/auth/sign-in", json=SIGN_IN))
    assert {name: cookie["path"] for name, cookie in set_cookies.items()} == {
        "resonance_access": "/music",
        "resonance_refresh": "/music/api/v1/auth",
        "resonance_csrf": "/music",
    }
    assert client.get("/music/api/v1/me").json()["name"] == "ada"
    assert client.post("/music/api/v1/auth/refresh").status_code == 200
    ours = {"Origin": "https://example.org", "Host": "127.0.0.1:8080"}
    assert client.patch("/music/api/v1/me", json={"preferences": {}}, headers=ours).status_code == 200


@pytest.mark.parametrize("token", [None, "", "wrong", "ü"])
def test_a_change_by_cookie_without_the_csrf_token_is_refused(api: Api, token: str | None) -> None:
    client = api.sign_in("ada")
    headers = {} if token is None else {"X-CSRF-Token": token.encode("latin-1")}
    bare = super(Client, client).request
    for method, path in (
        ("PATCH", "/me"),
        ("POST", "/users"),
        ("DELETE", "/me/sessions"),
        ("POST", "/auth/sign-out"),
    ):
        assert code(bare(method, f"/api/v1{path}", headers=headers)) == (403, "csrf_failed"), path
    assert code(bare("POST", "/api/v1/auth/refresh", headers=headers)) == (403, "csrf_failed")
    assert client.get("/api/v1/me").status_code == 200


def test_the_csrf_token_is_bound_to_the_session(api: Api) -> None:
    mine, other = api.sign_in("ada"), api.sign_in("ada")
    foreign = other.cookies["resonance_csrf"]
    mine.cookies.set("resonance_csrf", foreign, path="/", domain="testserver.local")
    answer = mine.patch("/api/v1/me", json={"preferences": {}}, headers={"X-CSRF-Token": foreign})
    assert code(answer) == (403, "csrf_failed")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, True),  # TLS ends in a proxy that is not in TRUSTED_PROXIES
        (
            {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
            True,
        ),  # the browser itself says so
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://testserver:8081"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "http://[::"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_changes_are_taken_from_our_own_page_only(api: Api, headers: dict[str, str], allowed: bool) -> None:
    client = api.sign_in("ada")
    answer = client.patch("/api/v1/me", json={"preferences": {}}, headers=headers)
    assert answer.status_code == (200 if allowed else 403)
    entry = api.client().post("/api/v1/auth/sign-in", json=SIGN_IN, headers=headers)
    assert entry.status_code == (200 if allowed else 403)
    assert client.get("/api/v1/me", headers=headers).status_code == 200


def test_a_page_by_http_cannot_speak_to_a_server_asked_by_https(make_app: Callable[..., Api]) -> None:
    api = make_app(trusted_proxies="10.0.0.1")
    client, forwarded = (
        api.client(peer="10.0.0.1"),
        {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "example.org"},
    )
    for origin, status in (
        ("https://example.org", 401),
        ("http://example.org", 403),
        ("http://testserver", 403),
    ):
        answer = client.post("/api/v1/auth/sign-in", json=SIGN_IN, headers={**forwarded, "Origin": origin})
        assert answer.status_code == status, origin


def test_cors_lets_named_origins_in_and_nobody_else(make_app: Callable[..., Api]) -> None:
    api = make_app(cors_origins="https://app.example")
    api.add_user("ada", Role.ADMIN)
    ask = {"Origin": "https://app.example", "Access-Control-Request-Method": "PATCH"}
    allowed = api.client().options(
        "/api/v1/me", headers={**ask, "Access-Control-Request-Headers": "x-csrf-token"}
    )
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "https://app.example"
    denied = api.client().options("/api/v1/me", headers={**ask, "Origin": "https://evil.example"})
    assert denied.status_code == 400 and "access-control-allow-origin" not in denied.headers
    client = api.sign_in("ada")
    change = client.patch("/api/v1/me", json={"preferences": {}}, headers={"Origin": "https://app.example"})
    assert change.status_code == 200


def test_cors_by_wildcard_never_allows_cookies(make_app: Callable[..., Api]) -> None:
    api = make_app(cors_origins="*")
    answer = api.client().get("/api/v1/server", headers={"Origin": "https://evil.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


def test_without_cors_origins_nothing_is_allowed(api: Api) -> None:
    answer = api.client().get("/api/v1/server", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_programs_get_tokens_in_the_body_and_need_no_csrf(api: Api) -> None:
    client = api.client()
    answer = client.post(
        "/api/v1/auth/sign-in", json={**SIGN_IN, "token": True}, headers={"User-Agent": "tool/1"}
    )
    tokens = answer.json()
    assert not cookies(answer)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.patch("/api/v1/me", json={"preferences": {"x": 1}}, headers=bearer).json()[
        "preferences"
    ] == {"x": 1}
    [session] = client.get("/api/v1/me/sessions", headers=bearer).json()["items"]
    assert session["client"] == "tool/1" and session["current"]
    fresh = client.post("/api/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert fresh.json()["refresh_token"] != tokens["refresh_token"] and not cookies(fresh)
    assert client.post("/api/v1/auth/sign-out", headers=bearer).status_code == 204
    assert code(client.get("/api/v1/me", headers=bearer)) == (401, "session_revoked")


def test_wrong_credentials_in_a_header_are_not_saved_by_a_cookie(api: Api) -> None:
    client = api.sign_in("ada")
    assert code(client.get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})) == (401, "bad_token")
    assert code(client.get("/api/v1/me", headers={"Authorization": "Bearer rsk_no"})) == (401, "bad_api_key")
    assert code(client.get("/api/v1/me", headers={"X-API-Key": "no"})) == (401, "bad_api_key")
    assert code(client.get("/api/v1/me", headers={"X-API-Key": ""})) == (401, "bad_api_key")


def test_an_expired_session_says_so_and_a_refresh_mends_it(api: Api) -> None:
    client = api.sign_in("ada")
    client.cookies.delete("resonance_access")  # what a browser does after 15 minutes
    assert code(client.get("/api/v1/me")) == (401, "session_expired")
    assert client.post("/api/v1/auth/refresh").status_code == 200
    assert client.get("/api/v1/me").status_code == 200
    assert code(api.client().get("/api/v1/me")) == (401, "not_signed_in")
    assert code(api.client().post("/api/v1/auth/refresh")) == (401, "not_signed_in")


def test_a_cookie_of_another_secret_is_an_expired_session(api: Api) -> None:
    client = api.sign_in("ada")
    client.cookies.set("resonance_access", "a.b.c", path="/", domain="testserver.local")
    assert code(client.get("/api/v1/me")) == (401, "session_expired")


def test_two_tabs_share_a_cookie_jar_through_a_refresh(api: Api) -> None:
    tab = api.sign_in("ada")
    old = tab.cookies["resonance_refresh"]
    assert tab.post("/api/v1/auth/refresh").status_code == 200
    late = api.client()
    late.cookies.set("resonance_refresh", old, path="/api/v1/auth", domain="testserver.local")
    late.cookies.set("resonance_csrf", tab.cookies["resonance_csrf"], path="/", domain="testserver.local")
    assert late.post("/api/v1/auth/refresh").status_code == 200
    assert late.get("/api/v1/me").status_code == 200 and tab.get("/api/v1/me").status_code == 200


def test_sign_out_ends_the_session_and_clears_the_cookies(api: Api) -> None:
    client = api.sign_in("ada")
    access = client.cookies["resonance_access"]
    answer = client.post("/api/v1/auth/sign-out")
    assert answer.status_code == 204 and not dict(client.cookies)
    bearer = {"Authorization": f"Bearer {access}"}
    assert code(client.get("/api/v1/me", headers=bearer)) == (401, "session_revoked")
    assert api.client().post("/api/v1/auth/sign-out").status_code == 204


def test_sign_out_works_after_the_access_token_is_gone(api: Api) -> None:
    client = api.sign_in("ada")
    bearer = {"Authorization": f"Bearer {client.cookies['resonance_access']}"}
    client.cookies.delete("resonance_access")
    assert client.post("/api/v1/auth/sign-out").status_code == 204
    assert code(api.client().get("/api/v1/me", headers=bearer)) == (401, "session_revoked")


def test_sessions_are_listed_by_device_and_ended_one_by_one(api: Api) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    laptop = api.client()
    laptop.headers["User-Agent"] = agent
    laptop.post("/api/v1/auth/sign-in", json=SIGN_IN)
    phone = api.client()
    phone.post("/api/v1/auth/sign-in", json={**SIGN_IN, "device_name": "Ada's\nphone"})
    items = laptop.get("/api/v1/me/sessions").json()["items"]
    assert {(i["device_name"], i["client"], i["current"]) for i in items} == {
        ("Firefox on Linux", "web", True),
        ("Ada's phone", "web", False),
    }
    [other] = [item["id"] for item in items if not item["current"]]
    stranger = api.as_new("berta")
    assert code(stranger.delete(f"/api/v1/me/sessions/{other}")) == (404, "not_found")
    assert phone.get("/api/v1/me").status_code == 200
    assert laptop.delete(f"/api/v1/me/sessions/{other}").status_code == 204
    assert code(phone.get("/api/v1/me")) == (401, "session_revoked")
    api.sign_in("ada")
    assert laptop.delete("/api/v1/me/sessions").status_code == 204
    assert len(laptop.get("/api/v1/me/sessions").json()["items"]) == 1


def test_wrong_credentials_are_one_clear_message(api: Api) -> None:
    wrong = api.client().post("/api/v1/auth/sign-in", json={**SIGN_IN, "password": "nope nope"})
    nobody = api.client().post("/api/v1/auth/sign-in", json={**SIGN_IN, "name": "nobody"})
    assert code(wrong) == code(nobody) == (401, "wrong_credentials")
    assert wrong.json()["detail"] == nobody.json()["detail"] == "The name or the password is wrong."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *[(name, (422, "invalid")) for name in ("\0", "ada\0", "\0" * 200, "ada\ud800")],
        *[(name, (401, "wrong_credentials")) for name in ("\u2028", "\x01ada", " ", "")],
    ],
)
def test_odd_names_are_just_wrong(api: Api, name: str, expected: tuple[int, str]) -> None:
    # Escaped by hand: the client would refuse to send half a surrogate pair as it stands.
    body = json.dumps({"name": name, "password": "wrong guess"})
    headers = {"Content-Type": "application/json"}
    answer = api.client().post("/api/v1/auth/sign-in", content=body, headers=headers)
    assert code(answer) == expected


def test_nul_in_an_address_reaches_no_database(api: Api) -> None:
    client = api.sign_in("ada")
    assert code(client.delete("/api/v1/me/sessions/%00")) == (404, "not_found")
    assert client.get("/api/v1/search?q=%00").status_code == 200


def test_guessing_is_slowed_down_by_name_and_address(api: Api) -> None:
    def enter(client: Client, name: str, password: str) -> Any:
        return client.post("/api/v1/auth/sign-in", json={"name": name, "password": password})

    api.add_user("berta")
    attacker, elsewhere = api.client(peer="203.0.113.1"), api.client(peer="203.0.113.2")
    statuses = [enter(attacker, "ADA" if n % 2 else "ada", "wrong guess").status_code for n in range(11)]
    assert statuses == [401] * 10 + [429]
    held = enter(attacker, "ada", PASSWORD)
    assert code(held) == (429, "too_many_requests") and 1 <= int(held.headers["Retry-After"]) <= 300
    assert enter(attacker, "berta", PASSWORD).status_code == 200
    assert enter(elsewhere, "ada", PASSWORD).status_code == 200
    for number in range(40):
        enter(attacker, f"name{number}", "wrong guess")
    assert enter(attacker, "berta", PASSWORD).status_code == 429
    assert enter(elsewhere, "berta", PASSWORD).status_code == 200


def test_a_forged_forwarded_for_does_not_escape_the_limit(api: Api) -> None:
    client = api.client()
    for number in range(11):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        answer = client.post(
            "/api/v1/auth/sign-in", json={**SIGN_IN, "password": "wrong guess"}, headers=headers
        )
    assert answer.status_code == 429


def test_right_sign_ins_are_not_counted(api: Api) -> None:
    client = api.client()
    assert {client.post("/api/v1/auth/sign-in", json=SIGN_IN).status_code for _ in range(30)} == {200}


def test_guessing_the_present_password_is_slowed_down_too(api: Api) -> None:
    client, body = api.sign_in("ada"), {"current": "wrong guess", "new": "a new password"}
    answers = [client.post("/api/v1/me/password", json=body) for _ in range(11)]
    assert [a.status_code for a in answers] == [422] * 10 + [429]
    assert answers[0].json()["field"] == "current"


def test_a_changed_password_keeps_this_session_only(api: Api) -> None:
    here, there = api.sign_in("ada"), api.sign_in("ada")
    body = {"current": PASSWORD, "new": "a new password"}
    assert here.post("/api/v1/me/password", json=body).status_code == 204
    assert here.get("/api/v1/me").status_code == 200
    assert code(there.get("/api/v1/me")) == (401, "session_revoked")


def test_no_shared_cache_keeps_personal_answers(api: Api) -> None:
    assert api.sign_in("ada").get("/api/v1/me").headers["cache-control"] == "private, no-cache"
    assert api.client().post("/api/v1/auth/sign-in", json=SIGN_IN).headers["cache-control"] == "no-store"


def test_socket_upgrades_by_cookie_need_our_own_origin(api: Api) -> None:
    seen: list[str] = []

    @api.app.router.websocket("/ws-for-test")
    async def socket(websocket: WebSocket) -> None:
        from anyio import to_thread

        try:
            caller = await to_thread.run_sync(auth.socket_caller, websocket)
            seen.append(caller.name)
        except ResonanceError as fault:
            seen.append(fault.code)
        await websocket.accept()
        await websocket.close()

    # before the handler of everything else
    api.app.router.routes.insert(0, api.app.router.routes.pop())
    client = api.sign_in("ada")
    bearer = {"Authorization": f"Bearer {client.cookies['resonance_access']}"}
    for headers in (
        {"Origin": "http://testserver"},
        {"Origin": "http://evil.example"},
        {},
        {**bearer, "Origin": "http://evil.example"},
        bearer,
    ):
        with client.websocket_connect("/ws-for-test", headers=headers):
            pass
    with api.client().websocket_connect("/ws-for-test", headers={"Origin": "http://testserver"}):
        pass
    assert seen == ["ada", "csrf_failed", "csrf_failed", "ada", "ada", "not_signed_in"]


def test_rest_of_subsonic_never_takes_the_cookie(api: Api) -> None:
    client = api.sign_in("ada")
    answer = client.get("/rest/ping?f=json&v=1.16.1&c=x").json()["subsonic-response"]
    assert (answer["status"], answer["error"]["code"]) == ("failed", 10)


def test_signing_in_leaves_audit_lines_without_secrets(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    client = api.sign_in("ada")
    client.post("/api/v1/me/app-passwords", json={"label": "Phone"})
    api.client().post("/api/v1/auth/sign-in", json={**SIGN_IN, "password": "wrong guess"})
    said = capsys.readouterr()
    text = said.out + said.err
    assert "sign_in.done" in text and "sign_in.failed" in text and "credential.created" in text
    for secret in (PASSWORD, "wrong guess", *dict(client.cookies).values()):
        assert secret not in text
