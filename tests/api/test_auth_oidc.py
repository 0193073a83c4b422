"""Single sign-on against a real issuer on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from resonance.model.caller import Role
from tests.api.conftest import PASSWORD, Api, Client
from tests.api.fake_oidc import CLIENT_ID, CLIENT_SECRET, Issuer, running

LIES = [
    "expired",
    "other nonce",
    "other audience",
    "several audiences",
    "other party",
    "other iss",
    "other key",
    "hmac",
    "none",
    "no subject",
    "no id_token",
]


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running() as made:
        yield made


@pytest.fixture
def make(make_app: Callable[..., Api], issuer: Issuer) -> Callable[..., Api]:
    def build(**settings: Any) -> Api:
        api = make_app(
            oidc_issuer=issuer.url,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
            oidc_label="Our house",
            **settings,
        )
        api.add_user("ada", Role.ADMIN)
        return api

    return build


@pytest.fixture
def api(make: Callable[..., Api]) -> Api:
    return make(oidc_create_users=True)


def leave(client: Client) -> str:
    """Begin in the browser; the issuer's address."""
    answer = client.get("/api/v1/auth/oidc/start", follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def at_the_issuer(address: str) -> str:
    """What the issuer answers the browser: the address to come back to."""
    return str(httpx.get(address).headers["location"])


def come_back(client: Client, address: str) -> str:
    """Where the browser ends up."""
    answer = client.get(address, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    assert "resonance_oidc" not in dict(client.cookies)
    return str(answer.headers["location"])


def travel(client: Client) -> str:
    return come_back(client, at_the_issuer(leave(client)))


def test_the_button_is_offered_where_an_issuer_is_set(api: Api, make_app: Callable[..., Api]) -> None:
    assert api.client().get("/api/v1/server").json()["oidc"] == {"label": "Our house"}
    without = make_app().client()
    assert without.get("/api/v1/server").json()["oidc"] is None
    assert leave(without) == "/sign-in?error=oidc_off"


def test_a_first_sign_in_makes_an_account_and_the_next_finds_it(api: Api) -> None:
    first, second = api.client(), api.client()
    assert travel(first) == "/"
    user = first.get("/api/v1/me").json()
    assert (user["name"], user["role"], user["has_password"]) == ("Olga", "user", False)
    assert travel(second) == "/"
    assert second.get("/api/v1/me").json()["id"] == user["id"]


def test_what_is_asked_of_the_issuer(api: Api, issuer: Issuer) -> None:
    address = leave(api.client())
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert query["redirect_uri"] == "http://testserver/api/v1/auth/oidc/callback"
    assert query["theme"] == "dark" and query["code_challenge_method"] == "S256"
    assert len(query["state"]) >= 20 and len(query["nonce"]) >= 20 and "code_verifier" not in query


def test_the_journeys_cookie_is_short_sealed_and_for_the_callback_only(api: Api) -> None:
    answer = api.client().get("/api/v1/auth/oidc/start", follow_redirects=False)
    cookie = SimpleCookie(answer.headers["set-cookie"])["resonance_oidc"]
    assert cookie["httponly"] and cookie["samesite"] == "lax" and not cookie["secure"]
    assert cookie["path"] == "/api/v1/auth/oidc" and cookie["max-age"] == "600"
    state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
    assert state not in cookie.value


@pytest.mark.parametrize("lie", LIES)
def test_an_issuer_that_lies_signs_nobody_in(api: Api, issuer: Issuer, lie: str) -> None:
    client = api.client()
    issuer.twist = lie
    assert travel(client) == "/sign-in?error=oidc_failed"
    assert client.get("/api/v1/me").status_code == 401


def test_another_browsers_answer_signs_nobody_in(api: Api) -> None:
    mine, attacker = api.client(), api.client()
    stolen = at_the_issuer(leave(attacker))
    assert come_back(mine, stolen) == "/sign-in?error=oidc_failed"  # mine never left
    leave(mine)
    assert come_back(mine, stolen) == "/sign-in?error=oidc_failed"  # mine left with another state
    assert mine.get("/api/v1/me").status_code == 401


def test_a_code_of_another_journey_fails_by_pkce(api: Api) -> None:
    mine, attacker = api.client(), api.client()
    stolen = parse_qs(urlsplit(at_the_issuer(leave(attacker))).query)["code"][0]
    back = urlsplit(at_the_issuer(leave(mine)))
    state = parse_qs(back.query)["state"][0]
    address = f"/api/v1/auth/oidc/callback?code={stolen}&state={state}"
    assert come_back(mine, address) == "/sign-in?error=oidc_failed"


def test_a_journey_ends_once_and_after_ten_minutes(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    client = api.client()
    back = at_the_issuer(leave(client))
    assert come_back(client, back) == "/"
    assert come_back(client, back) == "/sign-in?error=oidc_failed"
    back = at_the_issuer(leave(client))
    oidc = api.accounts.oidc
    assert oidc is not None
    late = oidc._clock() + 10 * 60 * 1000 + 1
    monkeypatch.setattr(oidc, "_clock", lambda: late)
    assert come_back(client, back) == "/sign-in?error=oidc_failed"


def test_a_refusal_at_the_issuer_is_told(api: Api) -> None:
    client = api.client()
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    address = f"/api/v1/auth/oidc/callback?error=access_denied&state={state}"
    assert come_back(client, address) == "/sign-in?error=oidc_failed"


def test_an_issuer_that_is_down_is_told(api: Api, issuer: Issuer) -> None:
    for twist in ("down", "other issuer"):
        issuer.twist = twist
        assert leave(api.client()) == "/sign-in?error=unavailable"
    issuer.twist = ""
    assert travel(api.client()) == "/"


def test_new_keys_of_the_issuer_are_fetched(api: Api, issuer: Issuer) -> None:
    assert travel(api.client()) == "/"
    issuer.rotate()
    assert travel(api.client()) == "/"
    assert issuer.asked.count("/jwks") == 2
    assert issuer.asked.count("/.well-known/openid-configuration") == 1


def test_an_equal_name_is_not_the_same_person(api: Api, issuer: Issuer) -> None:
    issuer.name = "ADA"
    client = api.client()
    assert travel(client) == "/"
    user = client.get("/api/v1/me").json()
    assert (user["name"], user["role"]) == ("ADA 2", "user")


@pytest.mark.parametrize("name", ["", "\n\u202e", "x" * 200])
def test_odd_names_still_make_an_account(api: Api, issuer: Issuer, name: str) -> None:
    issuer.name = name
    client = api.client()
    assert travel(client) == "/"
    assert 1 <= len(client.get("/api/v1/me").json()["name"]) <= 64


def test_without_create_users_only_linked_people_come_in(make: Callable[..., Api]) -> None:
    api = make()
    assert travel(api.client()) == "/sign-in?error=oidc_no_account"
    api.add_user("berta")
    berta = api.sign_in("berta")
    assert link(berta) == "/settings?linked=oidc"
    assert [i["issuer"] for i in berta.get("/api/v1/me/oidc").json()["items"]] == [
        api.services.settings.oidc_issuer
    ]
    other = api.client()
    assert travel(other) == "/"
    assert other.get("/api/v1/me").json()["name"] == "berta"
    assert link(berta) == "/settings?linked=oidc"
    ada = api.sign_in("ada")
    assert link(ada) == "/settings?error=oidc_linked_elsewhere"
    assert berta.delete("/api/v1/me/oidc").status_code == 204
    assert berta.delete("/api/v1/me/oidc").status_code == 404
    assert travel(api.client()) == "/sign-in?error=oidc_no_account"


def link(client: Client) -> str:
    begun = client.post("/api/v1/me/oidc")
    assert begun.status_code == 200, begun.text
    return come_back(client, at_the_issuer(begun.json()["url"]))


def test_linking_is_a_change_that_foreign_pages_cannot_begin(api: Api) -> None:
    client = api.sign_in("ada")
    for headers in ({"X-CSRF-Token": "wrong"}, {"Origin": "http://evil.example"}):
        assert client.post("/api/v1/me/oidc", headers=headers).json()["code"] == "csrf_failed"
    assert api.client().post("/api/v1/me/oidc").status_code == 401
    guest = api.as_new("gustav", Role.GUEST)
    assert guest.post("/api/v1/me/oidc").status_code == 403


def test_a_disabled_account_stays_out_and_setup_comes_first(
    api: Api, make_app: Callable[..., Api], issuer: Issuer
) -> None:
    client = api.client()
    travel(client)
    admin = api.sign_in("ada")
    user_id = client.get("/api/v1/me").json()["id"]
    admin.patch(f"/api/v1/users/{user_id}", json={"disabled": True})
    assert travel(api.client()) == "/sign-in?error=account_disabled"
    empty = make_app(
        oidc_issuer=issuer.url,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
        oidc_create_users=True,
    )
    assert travel(empty.client()) == "/sign-in?error=oidc_no_account"


def test_an_account_without_password_can_set_one_and_only_then_unlink(api: Api) -> None:
    client = api.client()
    travel(client)
    refused = client.delete("/api/v1/me/oidc")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_password")
    for name in ("Olga", "olga"):
        entry = {"name": name, "password": ""}
        assert api.client().post("/api/v1/auth/sign-in", json=entry).json()["code"] == "wrong_credentials"
    assert client.post("/api/v1/me/password", json={"new": PASSWORD}).status_code == 204
    assert api.sign_in("Olga").get("/api/v1/me").json()["has_password"] is True
    assert client.delete("/api/v1/me/oidc").status_code == 204


def test_under_a_sub_path_with_a_public_address(make: Callable[..., Api]) -> None:
    api = make(base_url="https://example.org/music", oidc_create_users=True, trusted_proxies="10.0.0.1")
    client = api.client(base_url="https://example.org", peer="10.0.0.1")
    forwarded = {"X-Forwarded-Proto": "https"}
    begun = client.get("/music/api/v1/auth/oidc/start", headers=forwarded, follow_redirects=False)
    back = at_the_issuer(begun.headers["location"])
    assert back.startswith("https://example.org/music/api/v1/auth/oidc/callback?")
    answer = client.get(back, headers=forwarded, follow_redirects=False)
    assert answer.headers["location"] == "/music/"
    assert all("Secure" in line for line in answer.headers.get_list("set-cookie"))
