"""Every way to say who one is, and every way to get it wrong."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from resonance.api.subsonic.envelope import wanted
from tests.api.subsonic.conftest import Server


def code(server: Server, **params: Any) -> int | None:
    answer = server.client.get("/rest/ping", params={"f": "json", "v": "1.16.1", "c": "tests", **params})
    assert answer.status_code == 200
    inside = answer.json()["subsonic-response"]
    assert inside["status"] == ("failed" if "error" in inside else "ok")
    return inside["error"]["code"] if "error" in inside else None


def test_plain_and_hex_passwords(server: Server) -> None:
    password = server.ada.password
    assert code(server, u="ada", p=password) is None
    assert code(server, u="ADA", p=f"enc:{password.encode().hex()}") is None
    assert code(server, u="ada", p="enc:zz") == 40
    assert code(server, u="ada", p="wrong") == 40
    assert code(server, u="nobody", p="wrong") == 40


def test_salted_tokens(server: Server) -> None:
    login = server.ada.login()
    assert code(server, **login) is None
    assert code(server, **{**login, "t": login["t"].upper()}) is None
    assert code(server, **{**login, "s": "other"}) == 40
    assert code(server, **{**login, "u": "bob"}) == 40


def test_the_login_password_works_in_plain_only(server: Server) -> None:
    accounts = server.services.accounts
    hashed = accounts.passwords.hash("correct horse battery")
    from sqlalchemy import update

    from resonance.db.tables.accounts import app_password, user

    with server.services.db.write() as uow:
        uow.execute(update(user).where(user.c.name == "gus").values(password_hash=hashed))
        uow.execute(app_password.delete().where(app_password.c.user_id == server.seeded.gus.user_id))
    assert code(server, u="gus", p="correct horse battery") is None
    token = hashlib.md5(b"correct horse batterypepper").hexdigest()
    assert code(server, u="gus", t=token, s="pepper") == 41


def test_api_keys_stand_alone(server: Server) -> None:
    with server.services.db.write() as uow:
        _, key = server.services.accounts.api_keys.create(uow, server.seeded.ada, "phone")
    assert code(server, apiKey=key) is None
    assert code(server, apiKey=key, u="ada") == 43
    assert code(server, apiKey=key, u="ada", p=server.ada.password) == 43
    assert code(server, apiKey=key[:-1] + "x") == 44
    info = server.client.get("/rest/tokenInfo", params={"apiKey": key, "f": "json"}).json()
    assert info["subsonic-response"]["tokenInfo"] == {"username": "ada"}


def test_missing_parts(server: Server) -> None:
    assert code(server) == 10
    assert code(server, u="ada") == 10
    assert code(server, p="x") == 10
    assert code(server, u="ada", t="abc") == 10
    assert code(server, u="", p="") == 10


@pytest.mark.parametrize("version", ["", "0.0.0", "1.8.0", "1.99.0", "2.0.0", "junk"])
def test_any_version_may_talk(server: Server, version: str) -> None:
    assert code(server, u="ada", p=server.ada.password, v=version) is None


def test_the_browsers_cookie_is_no_credential(server: Server) -> None:
    from resonance.accounts.records import Device

    accounts = server.services.accounts
    with server.services.db.write() as uow:
        who = accounts.users.me(uow, server.seeded.ada)
        grant = accounts.sessions.open(uow, who, Device("browser", "web"))
    cookies = {"Cookie": f"resonance_access={grant.access.text}; resonance_refresh={grant.refresh_token}"}
    answer = server.client.get("/rest/ping?f=json", headers=cookies)
    assert answer.json()["subsonic-response"]["error"]["code"] == 10


def test_guessing_is_slowed_down(server: Server) -> None:
    found = set()
    for number in range(40):
        params = {"u": "ada", "p": f"guess{number}", "f": "json"}
        answer = server.client.get("/rest/ping", params=params)
        found.add(answer.status_code)
        assert answer.json()["subsonic-response"]["status"] == "failed"
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) > 0
    assert found == {200, 429}
    assert server.ada.ok("ping"), "the right app password is never held back"


def test_a_disabled_account_is_shut_out(server: Server) -> None:
    from sqlalchemy import update

    from resonance.db.tables.accounts import user

    with server.services.db.write() as uow:
        uow.execute(update(user).where(user.c.name == "bob").values(disabled_at=1))
    assert server.bob.fault("ping") == 40


def test_formats_are_chosen_before_anybody_signs_in(server: Server) -> None:
    answer = server.client.get("/rest/ping", params={"f": "jsonp", "callback": "cb"})
    assert answer.text.startswith("/**/cb(")
    assert '"code":10' in answer.text
    assert wanted(None, None).is_xml
