"""Subsonic credentials in all their forms."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import event, select

from resonance.accounts.passwords import Passwords
from resonance.accounts.subsonic import Credentials
from resonance.core.errors import Forbidden, NotFound, ResonanceError, TooMany
from resonance.db.engine import Database
from resonance.db.tables.accounts import app_password
from resonance.model.caller import OPERATOR, Caller, Role
from tests.rooms.accounts_kit import MINUTE, PASSWORD, Kit

SALT = "c19b2d"


@pytest.fixture
def kit(database: Database, tmp_path: Path) -> Kit:
    made = Kit(database, tmp_path / "data")
    made.add("Ada", Role.ADMIN)
    made.add("Berta")
    return made


@pytest.fixture
def berta(kit: Kit) -> Caller:
    return kit.caller(kit.sign_in("Berta"))


@pytest.fixture
def secret(kit: Kit, berta: Caller) -> str:
    return make(kit, berta)


def make(kit: Kit, caller: Caller, label: str = "Phone") -> str:
    with kit.db.write() as uow:
        return kit.accounts.app_passwords.create(uow, caller, label)[1]


def token(secret: str, salt: str = SALT) -> str:
    return hashlib.md5((secret + salt).encode()).hexdigest()


def enter(kit: Kit, client: str = "Strawberry", address: str = "192.0.2.1", **given: str | None) -> Caller:
    return kit.accounts.subsonic.caller(Credentials(**given), client=client, address=address)


def refused(kit: Kit, **given: str | None) -> str:
    with pytest.raises(ResonanceError) as caught:
        enter(kit, **given)
    return caught.value.code


def encoded(password: str) -> str:
    return "enc:" + password.encode().hex()


def test_every_form_of_an_app_password_signs_in(kit: Kit, secret: str) -> None:
    for given in (
        {"password": secret},
        {"password": encoded(secret)},
        {"token": token(secret), "salt": SALT},
        {"token": token(secret).upper(), "salt": SALT},
        {"token": token(secret, "ü!"), "salt": "ü!"},
        {"password": "", "token": token(secret), "salt": SALT},
    ):
        caller = enter(kit, name="BERTA", **given)
        assert (caller.name, caller.role, caller.client, caller.session_id) == (
            "Berta",
            Role.USER,
            "Strawberry",
            None,
        )


def test_the_login_password_signs_in_by_p_only(kit: Kit, secret: str) -> None:
    assert enter(kit, name="Berta", password=PASSWORD).name == "Berta"
    assert enter(kit, name="Berta", password=encoded(PASSWORD)).name == "Berta"
    assert refused(kit, name="Berta", token=token(PASSWORD), salt=SALT) == "wrong_credentials"


def test_41_is_only_for_users_without_any_app_password(kit: Kit, secret: str) -> None:
    assert refused(kit, name="Ada", token=token(PASSWORD), salt=SALT) == "token_unsupported"
    assert refused(kit, name="Berta", token=token("wrong"), salt=SALT) == "wrong_credentials"
    assert refused(kit, name="nobody", token=token("wrong"), salt=SALT) == "wrong_credentials"


def test_any_of_several_app_passwords_fits(kit: Kit, berta: Caller, secret: str) -> None:
    second = make(kit, berta, "Car")
    for one in (secret, second):
        assert enter(kit, name="Berta", token=token(one), salt=SALT)


def test_an_app_password_is_nobody_elses(kit: Kit, secret: str) -> None:
    make(kit, kit.caller(kit.sign_in("Ada")))
    assert refused(kit, name="Ada", password=secret) == "wrong_credentials"
    assert refused(kit, name="Ada", token=token(secret), salt=SALT) == "wrong_credentials"


def test_a_revoked_app_password_is_out_at_once_and_alone(kit: Kit, berta: Caller, secret: str) -> None:
    second = make(kit, berta, "Car")
    ada = kit.caller(kit.sign_in("Ada"))
    with kit.db.read() as uow:
        phone = next(one for one in kit.accounts.app_passwords.mine(uow, berta) if one.label == "Phone")
    with kit.db.write() as uow, pytest.raises(NotFound):
        kit.accounts.app_passwords.revoke(uow, ada, phone.id)
    with kit.db.write() as uow:
        kit.accounts.app_passwords.revoke(uow, berta, phone.id)
    assert refused(kit, name="Berta", token=token(secret), salt=SALT) == "wrong_credentials"
    assert enter(kit, name="Berta", token=token(second), salt=SALT)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "missing_parameter"),
        ({"name": ""}, "missing_parameter"),
        ({"name": "Berta"}, "missing_parameter"),
        ({"password": "x"}, "missing_parameter"),
        ({"name": "Berta", "token": "abc"}, "missing_parameter"),
        ({"name": "Berta", "password": "x", "token": "abc", "salt": "s"}, "conflicting_auth"),
        ({"name": "Berta", "api_key": "rsk_x"}, "conflicting_auth"),
        ({"api_key": "rsk_x", "password": "x"}, "conflicting_auth"),
        ({"api_key": "rsk_x", "token": "x", "salt": "y"}, "conflicting_auth"),
        ({"api_key": "rsk_unknown"}, "bad_api_key"),
        ({"name": "Berta", "password": "enc:zz"}, "wrong_credentials"),
        ({"name": "Berta", "password": "enc:ff"}, "wrong_credentials"),
        ({"name": "Berta", "password": "\ud800"}, "wrong_credentials"),
        ({"name": "Berta", "token": "ü\ud800", "salt": "\ud800"}, "wrong_credentials"),
        ({"name": "x" * 9999, "password": "y" * 9999}, "wrong_credentials"),
    ],
)
def test_bad_credentials_have_their_code(kit: Kit, secret: str, given: dict[str, str], code: str) -> None:
    assert refused(kit, **given) == code


def test_an_api_key_signs_in_alone(kit: Kit, berta: Caller) -> None:
    with kit.db.write() as uow:
        made, key = kit.accounts.api_keys.create(uow, berta, "script")
    assert key.startswith("rsk_") and len(key) == 26 and made.hint == key[-4:]
    assert enter(kit, api_key=key).name == "Berta"
    with kit.db.write() as uow:
        kit.accounts.api_keys.revoke(uow, berta, made.id)
    assert refused(kit, api_key=key) == "bad_api_key"


def test_a_disabled_user_is_out_with_every_credential(kit: Kit, berta: Caller, secret: str) -> None:
    with kit.db.write() as uow:
        key = kit.accounts.api_keys.create(uow, berta, "script")[1]
    enter(kit, name="Berta", password=PASSWORD)  # now remembered
    with kit.db.write() as uow:
        kit.accounts.users.change(uow, OPERATOR, berta.user_id, disabled=True)
    assert refused(kit, name="Berta", password=secret) == "account_disabled"
    assert refused(kit, name="Berta", password=PASSWORD) == "account_disabled"
    assert refused(kit, api_key=key) == "account_disabled"
    assert refused(kit, name="Berta", password="wrong") == "wrong_credentials"


def test_the_caller_sees_only_their_libraries(kit: Kit) -> None:
    kit.add("Carla", libraries=[])
    assert enter(kit, name="Carla", password=PASSWORD).libraries == frozenset()


def test_app_passwords_are_encrypted_and_bound_to_their_row(kit: Kit, berta: Caller, secret: str) -> None:
    ada = kit.caller(kit.sign_in("Ada"))
    make(kit, ada)
    with kit.db.read() as uow:
        sealed = {row.user_id: row for row in uow.execute(select(app_password))}
    mine, hers = sealed[berta.user_id], sealed[ada.user_id]
    assert secret not in mine.secret_encrypted
    context = f"app_password:{mine.id}"
    assert kit.accounts.vault.open(mine.secret_encrypted, context) == secret
    assert kit.accounts.vault.open(hers.secret_encrypted, context) is None


def test_a_new_server_secret_locks_apps_out_without_a_crash(kit: Kit, secret: str) -> None:
    other = kit.again("another secret, also long enough")
    with pytest.raises(ResonanceError) as caught:
        other.subsonic.caller(Credentials("Berta", token=token(secret), salt=SALT), client="x", address="x")
    assert caught.value.code == "wrong_credentials"


def test_use_of_an_app_password_is_shown(kit: Kit, berta: Caller, secret: str) -> None:
    enter(kit, client="Sym\nfonium", name="Berta", token=token(secret), salt=SALT)
    kit.accounts.seen.flush()
    with kit.db.read() as uow:
        [one] = kit.accounts.app_passwords.mine(uow, berta)
    assert (one.last_used_at, one.last_client) == (kit.clock.now, "Sym fonium")


def test_guests_make_no_app_passwords_but_an_admin_may_for_them(kit: Kit) -> None:
    guest = kit.add("Gustav", Role.GUEST)
    caller = kit.caller(kit.sign_in("Gustav"))
    with kit.db.write() as uow, pytest.raises(Forbidden):
        kit.accounts.app_passwords.create(uow, caller, "Phone")
    with kit.db.write() as uow:
        made = kit.accounts.app_passwords.create(uow, OPERATOR, "Phone", owner_id=guest.id)[1]
    assert enter(kit, name="Gustav", token=token(made), salt=SALT).role is Role.GUEST


def test_nobody_else_makes_app_passwords_for_others(kit: Kit, berta: Caller) -> None:
    guest = kit.add("Gustav", Role.GUEST)
    with kit.db.write() as uow, pytest.raises(Forbidden):
        kit.accounts.app_passwords.create(uow, berta, "Phone", owner_id=guest.id)


def test_failures_are_limited_but_a_right_app_password_is_never_held_back(kit: Kit, secret: str) -> None:
    for _ in range(20):
        assert refused(kit, name="Berta", password="wrong") == "wrong_credentials"
    with pytest.raises(TooMany) as caught:
        enter(kit, name="Berta", password="wrong")
    assert 1 <= caught.value.retry_after <= 60
    with pytest.raises(TooMany):
        enter(kit, name="Berta", password=PASSWORD)
    assert enter(kit, name="Berta", password=secret)
    assert enter(kit, name="Berta", token=token(secret), salt=SALT)
    assert enter(kit, name="Berta", password=PASSWORD, address="192.0.2.2")


def test_a_verified_login_password_is_remembered_for_a_minute_only(
    kit: Kit, berta: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    verify = kit.accounts.passwords.verify
    monkeypatch.setattr(
        kit.accounts.passwords, "verify", lambda p, stored: asked.append(p) or verify(p, stored)
    )
    for _ in range(3):
        enter(kit, name="Berta", password=PASSWORD)
    assert len(asked) == 1
    kit.clock.now += MINUTE
    enter(kit, name="Berta", password=PASSWORD)
    assert len(asked) == 2
    kit.accounts.password_change.reset(kit.caller(kit.sign_in("Ada")), berta.user_id, "another password")
    assert refused(kit, name="Berta", password=PASSWORD) == "wrong_credentials"


def test_a_warm_sign_in_reads_once_and_hashes_no_password(
    kit: Kit, berta: Caller, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        make(kit, berta, f"device {number}")
    enter(kit, name="Berta", password=PASSWORD)
    statements: list[str] = []
    event.listen(kit.db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    monkeypatch.setattr(Passwords, "verify", lambda *_given: pytest.fail("a password is hashed again"))
    for given in ({"token": token(secret), "salt": SALT}, {"password": PASSWORD}):
        statements.clear()
        enter(kit, name="Berta", **given)
        reads = [text for text in statements if " FROM " in text.replace("\n", " ")]
        assert len(reads) == 1, reads
