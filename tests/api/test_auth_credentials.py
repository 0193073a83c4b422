"""App passwords, API keys, users and invitations over HTTP; what guests and strangers may not."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import pytest

from resonance.core.ids import new_id
from resonance.model.caller import Role
from tests.api.conftest import PASSWORD, Api, Client


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_an_app_password_is_shown_once_with_address_and_qr(user_client: Client) -> None:
    made = user_client.post("/api/v1/me/app-passwords", json={"label": " My  phone "})
    assert made.status_code == 201
    body = made.json()
    assert body["label"] == "My phone" and len(body["password"]) == 20
    assert body["server_url"] == "http://testserver"
    picture = ElementTree.fromstring(body["qr_svg"])
    assert picture.tag.endswith("svg") and body["password"] not in body["qr_svg"]
    [listed] = user_client.get("/api/v1/me/app-passwords").json()["items"]
    assert listed["id"] == body["id"] and "password" not in listed and listed["last_used_at"] is None
    ping = {"u": "berta", "p": body["password"], "c": "Test", "v": "1.16.1", "f": "json"}
    assert user_client.get("/rest/ping", params=ping).json()["subsonic-response"]["status"] == "ok"
    assert user_client.delete(f"/api/v1/me/app-passwords/{body['id']}").status_code == 204
    answer = user_client.get("/rest/ping", params=ping).json()["subsonic-response"]
    assert answer["error"]["code"] == 40


@pytest.mark.parametrize(
    ("settings", "asked", "shown"),
    [
        ({"base_url": "https://example.org/music"}, "http://10.0.0.5:8080", "https://example.org/music"),
        ({"base_url": "/music"}, "http://10.0.0.5:8080", "http://10.0.0.5:8080/music"),
    ],
)
def test_the_address_for_apps_is_the_public_one(
    make_app: Callable[..., Api], settings: dict[str, str], asked: str, shown: str
) -> None:
    api = make_app(**settings)
    api.add_user("ada", Role.ADMIN)
    client = api.client(base_url=asked)
    client.post("/music/api/v1/auth/sign-in", json={"name": "ada", "password": PASSWORD})
    made = client.post("/music/api/v1/me/app-passwords", json={"label": "Phone"})
    assert made.json()["server_url"] == shown


def test_the_qr_code_holds_what_an_app_asks_for(user_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import segno

    held: list[str] = []
    make = segno.make
    monkeypatch.setattr(segno, "make", lambda text, **how: held.append(text) or make(text, **how))
    body = user_client.post("/api/v1/me/app-passwords", json={"label": "Phone"}).json()
    assert held == [f"http://testserver\nberta\n{body['password']}"]


@pytest.mark.parametrize("kind", ["app-passwords", "api-keys"])
def test_credentials_of_others_are_not_found(kind: str, user_client: Client, admin_client: Client) -> None:
    made = user_client.post(f"/api/v1/me/{kind}", json={"label": "Mine"}).json()
    for path in (made["id"], new_id(), "x"):
        assert code(admin_client.delete(f"/api/v1/me/{kind}/{path}")) == (404, "not_found")
    assert admin_client.get(f"/api/v1/me/{kind}").json()["items"] == []
    assert [one["id"] for one in user_client.get(f"/api/v1/me/{kind}").json()["items"]] == [made["id"]]


def test_credentials_have_labels_and_a_limit(user_client: Client) -> None:
    for label in ("", "  \n", "\u200b"):
        answer = user_client.post("/api/v1/me/api-keys", json={"label": label})
        assert (answer.status_code, answer.json()["field"]) == (422, "label")
    statuses = [user_client.post("/api/v1/me/api-keys", json={"label": "x"}).status_code for _ in range(51)]
    assert statuses == [201] * 50 + [409]


def test_an_api_key_acts_as_its_owner_without_csrf(api: Api, user_client: Client) -> None:
    made = user_client.post("/api/v1/me/api-keys", json={"label": "Script"}).json()
    assert made["key"].startswith("rsk_") and len(made["key"]) == 26
    [listed] = user_client.get("/api/v1/me/api-keys").json()["items"]
    assert listed["hint"] == made["key"][-4:] and "key" not in listed
    program = api.client()
    for headers in ({"Authorization": f"Bearer {made['key']}"}, {"X-API-Key": made["key"]}):
        assert program.get("/api/v1/me", headers=headers).json()["name"] == "berta"
        changed = program.patch("/api/v1/me", json={"preferences": {"x": 1}}, headers=headers)
        assert changed.status_code == 200
        assert code(program.get("/api/v1/users", headers=headers)) == (403, "forbidden")
    api.accounts.seen.flush()
    assert user_client.get("/api/v1/me/api-keys").json()["items"][0]["last_used_at"]
    user_client.delete(f"/api/v1/me/api-keys/{made['id']}")
    assert code(program.get("/api/v1/me", headers=headers)) == (401, "bad_api_key")


def test_guests_change_nothing(guest_client: Client) -> None:
    for method, path, body in (
        ("PATCH", "/me", {"preferences": {"theme": "dark"}}),
        ("POST", "/me/password", {"current": PASSWORD, "new": "a new password"}),
        ("POST", "/me/app-passwords", {"label": "Phone"}),
        ("POST", "/me/api-keys", {"label": "Script"}),
        ("DELETE", f"/me/app-passwords/{new_id()}", None),
        ("DELETE", f"/me/api-keys/{new_id()}", None),
        ("POST", "/users", {"name": "new", "password": PASSWORD}),
        ("POST", "/invitations", {}),
        ("PATCH", "/server", {"sign_up": "open"}),
    ):
        assert code(guest_client.request(method, f"/api/v1{path}", json=body)) == (403, "forbidden"), path
    assert guest_client.get("/api/v1/me").json()["role"] == "guest"
    assert guest_client.get("/api/v1/me/sessions").status_code == 200


def test_users_are_managed_by_admins(api: Api, admin_client: Client) -> None:
    made = admin_client.post("/api/v1/users", json={"name": "Carla", "password": PASSWORD, "role": "guest"})
    assert made.status_code == 201
    user = made.json()
    assert (user["role"], user["all_libraries"], user["disabled_at"]) == ("guest", True, None)
    path = f"/api/v1/users/{user['id']}"
    carla = api.sign_in("Carla")
    assert admin_client.patch(path, json={"libraries": []}).json()["all_libraries"] is False
    assert carla.get("/api/v1/me").json()["libraries"] == []
    assert admin_client.patch(path, json={"role": "user"}).json()["all_libraries"] is False
    assert admin_client.patch(path, json={"libraries": None}).json()["all_libraries"] is True
    assert admin_client.patch(path, json={}).status_code == 422
    assert admin_client.patch(path, json={"disabled": True}).json()["disabled_at"]
    assert code(carla.get("/api/v1/me")) == (401, "session_revoked")
    entry = {"name": "Carla", "password": PASSWORD}
    assert code(api.client().post("/api/v1/auth/sign-in", json=entry)) == (401, "account_disabled")
    assert admin_client.patch(path, json={"disabled": False}).json()["disabled_at"] is None
    assert admin_client.post(f"{path}/password", json={"password": "a new password"}).status_code == 204
    assert code(api.client().post("/api/v1/auth/sign-in", json=entry)) == (401, "wrong_credentials")
    assert [u["name"] for u in admin_client.get("/api/v1/users").json()["items"]] == ["ada", "Carla"]
    assert admin_client.delete(path).status_code == 204
    assert code(admin_client.delete(path)) == (404, "not_found")


def test_the_preferences_of_others_stay_theirs(user_client: Client, admin_client: Client) -> None:
    user_client.patch("/api/v1/me", json={"preferences": {"diary": "secret"}})
    assert "diary" not in admin_client.get("/api/v1/users").text
    assert user_client.get("/api/v1/me").json()["preferences"] == {"diary": "secret"}


def test_the_last_admin_stays(admin_client: Client) -> None:
    path = f"/api/v1/users/{admin_client.get('/api/v1/me').json()['id']}"
    for answer in (
        admin_client.patch(path, json={"role": "user"}),
        admin_client.patch(path, json={"disabled": True}),
        admin_client.delete(path),
    ):
        assert code(answer) == (409, "last_admin")


def test_users_do_not_manage_accounts(user_client: Client) -> None:
    someone = new_id()
    for method, path, body in (
        ("GET", "/users", None),
        ("POST", "/users", {"name": "new", "password": PASSWORD}),
        ("PATCH", f"/users/{someone}", {"role": "admin"}),
        ("DELETE", f"/users/{someone}", None),
        ("POST", f"/users/{someone}/password", {"password": PASSWORD}),
        ("GET", "/invitations", None),
        ("POST", "/invitations", {"role": "admin"}),
        ("DELETE", f"/invitations/{someone}", None),
        ("PATCH", "/server", {"sign_up": "open"}),
    ):
        assert code(user_client.request(method, f"/api/v1{path}", json=body)) == (403, "forbidden"), path


def test_sign_up_follows_the_servers_policy(api: Api, admin_client: Client) -> None:
    body = {"name": "Carla", "password": PASSWORD}
    assert code(api.client().post("/api/v1/auth/sign-up", json=body)) == (403, "sign_up_closed")
    assert (
        admin_client.patch("/api/v1/server", json={"sign_up": "invitation"}).json()["sign_up"] == "invitation"
    )
    assert code(api.client().post("/api/v1/auth/sign-up", json=body)) == (403, "invitation_required")
    made = admin_client.post("/api/v1/invitations", json={"role": "guest", "days": 3}).json()
    [listed] = admin_client.get("/api/v1/invitations").json()["items"]
    assert listed["id"] == made["id"] and "code" not in listed
    carla = api.client()
    joined = carla.post("/api/v1/auth/sign-up", json={**body, "invitation": made["code"]})
    assert joined.json()["user"]["role"] == "guest"
    assert carla.get("/api/v1/me").json()["name"] == "Carla"
    again = api.client().post(
        "/api/v1/auth/sign-up", json={"name": "Dora", "password": PASSWORD, "invitation": made["code"]}
    )
    assert code(again) == (403, "invitation_invalid")
    admin_client.patch("/api/v1/server", json={"sign_up": "open"})
    assert api.client().get("/api/v1/server").json()["sign_up"] == "open"
    assert (
        api.client().post("/api/v1/auth/sign-up", json={**body, "name": "Dora"}).json()["user"]["role"]
        == "user"
    )
    assert code(api.client().post("/api/v1/auth/sign-up", json=body)) == (409, "name_taken")
    assert admin_client.patch("/api/v1/server", json={"sign_up": "maybe"}).status_code == 422


def test_preferences_merge_over_http(user_client: Client) -> None:
    user_client.patch("/api/v1/me", json={"preferences": {"theme": "dark", "a": 1}})
    body = user_client.patch("/api/v1/me", json={"preferences": {"a": None, "b": {"c": 2}}}).json()
    assert body["preferences"] == {"theme": "dark", "b": {"c": 2}}
    answer = user_client.patch("/api/v1/me", json={"preferences": {"x": "y" * 70_000}})
    assert (answer.status_code, answer.json()["field"]) == (422, "preferences")
