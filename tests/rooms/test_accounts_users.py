"""Accounts: names, roles, access, preferences, invitations, the last admin."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from resonance.accounts import names
from resonance.accounts.sign_in import SignUp
from resonance.core.errors import Conflict, Forbidden, Invalid, NotFound, ResonanceError
from resonance.core.ids import new_id
from resonance.db.engine import Database
from resonance.db.tables.library import library
from resonance.model.caller import OPERATOR, Caller, Role
from tests.rooms.accounts_kit import DAY, PASSWORD, WEB, Kit


@pytest.fixture
def kit(database: Database, tmp_path: Path) -> Kit:
    made = Kit(database, tmp_path / "data")
    made.add("Ada", Role.ADMIN)
    return made


@pytest.fixture
def ada(kit: Kit) -> Caller:
    return kit.caller(kit.sign_in("Ada"))


def change(kit: Kit, user_id: str, **changes: Any) -> None:
    with kit.db.write() as uow:
        kit.accounts.users.change(uow, OPERATOR, user_id, **changes)


def add_library(kit: Kit, number: int) -> str:
    row = {"id": new_id(), "number": number, "name": "x", "path": f"/{number}", "created_at": 1}
    with kit.db.write() as uow:
        uow.execute(insert(library).values(**row))
    return str(row["id"])


@pytest.mark.parametrize("taken", ["ada", "ADA", "Ádà", "ａｄａ", " Ada "])
def test_names_are_unique_however_they_are_written(kit: Kit, taken: str) -> None:
    with pytest.raises(Conflict) as caught:
        kit.add(taken)
    assert caught.value.code == "name_taken"


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 65, "a\nb", "a\tb", "a\x00", "a\u200bb", "a\u202eb", "a\u2028b", "a\u00a0b"]
)
def test_names_have_1_to_64_visible_characters(name: str) -> None:
    with pytest.raises(Invalid) as caught:
        names.user_name(name)
    assert caught.value.field == "name"


def test_names_of_symbols_and_of_other_scripts_are_fine(kit: Kit) -> None:
    for name in ("!!!", "???", "田中", "🎧", "x" * 64, "Ada Lovelace"):
        made = kit.add(name)
        assert kit.sign_in(name).user.id == made.id


def test_the_last_admin_stays(kit: Kit, ada: Caller) -> None:
    for attempt in ({"role": Role.USER}, {"role": Role.GUEST}, {"disabled": True}):
        with pytest.raises(Conflict) as caught:
            change(kit, ada.user_id, **attempt)
        assert caught.value.code == "last_admin"
    with pytest.raises(Conflict), kit.db.write() as uow:
        kit.accounts.users.remove(uow, ada, ada.user_id)
    second = kit.add("Berta", Role.ADMIN)
    change(kit, second.id, disabled=True)
    with pytest.raises(Conflict):  # a disabled admin does not count
        change(kit, ada.user_id, role=Role.USER)
    change(kit, second.id, disabled=False)
    change(kit, ada.user_id, role=Role.USER)


def test_two_admins_cannot_demote_each_other_at_once(kit: Kit, ada: Caller) -> None:
    berta = kit.add("Berta", Role.ADMIN)
    start, outcomes = threading.Barrier(2), []

    def demote(user_id: str) -> None:
        start.wait()
        try:
            change(kit, user_id, role=Role.USER)
            outcomes.append("done")
        except Conflict as fault:
            outcomes.append(fault.code)

    threads = [threading.Thread(target=demote, args=(user_id,)) for user_id in (ada.user_id, berta.id)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "last_admin"]


def test_only_admins_manage_accounts(kit: Kit, ada: Caller) -> None:
    kit.add("Berta")
    berta = kit.caller(kit.sign_in("Berta"))
    users, invitations = kit.accounts.users, kit.accounts.invitations
    with kit.db.write() as uow:
        for attempt in (
            lambda: users.everyone(uow, berta),
            lambda: users.named(uow, berta, "Ada"),
            lambda: users.create(uow, berta, "New", "hash", Role.ADMIN),
            lambda: users.change(uow, berta, berta.user_id, role=Role.ADMIN),
            lambda: users.remove(uow, berta, ada.user_id),
            lambda: invitations.create(uow, berta, Role.ADMIN, 7),
            lambda: invitations.open_ones(uow, berta),
            lambda: invitations.withdraw(uow, berta, new_id()),
            lambda: kit.accounts.sign_in.set_policy(uow, berta, SignUp.OPEN),
        ):
            with pytest.raises(Forbidden):
                attempt()
    with pytest.raises(Forbidden):
        kit.accounts.password_change.reset(berta, ada.user_id, "a new password")


def test_library_access_is_in_the_caller(kit: Kit) -> None:
    one, two = add_library(kit, 1), add_library(kit, 2)
    made = kit.add("Berta", libraries=[one])
    grant = kit.sign_in("Berta")
    assert kit.caller(grant).libraries == {one}
    change(kit, made.id, libraries=[one, two, two])
    assert kit.caller(grant).libraries == {one, two}
    change(kit, made.id, libraries=[])
    assert kit.caller(grant).libraries == frozenset()
    change(kit, made.id, role=Role.GUEST)
    assert kit.caller(grant).libraries == frozenset()  # not given: not changed
    change(kit, made.id, libraries=None)
    assert kit.caller(grant).libraries is None
    for wrong in ([new_id()], [one, "x"], ["\ud800"]):
        with pytest.raises(Invalid):
            change(kit, made.id, libraries=wrong)


def test_removing_a_user_ends_everything(kit: Kit) -> None:
    made = kit.add("Berta")
    grant = kit.sign_in("Berta")
    with kit.db.write() as uow:
        kit.accounts.users.remove(uow, OPERATOR, made.id)
    assert kit.revoked() == [(made.id, "removed")]
    with pytest.raises(ResonanceError):
        kit.caller(grant)
    with kit.db.write() as uow, pytest.raises(NotFound):
        kit.accounts.users.remove(uow, OPERATOR, made.id)
    assert kit.add("Berta").id != made.id


def prefer(kit: Kit, caller: Caller, changes: dict[str, Any]) -> dict[str, Any]:
    with kit.db.write() as uow:
        return kit.accounts.users.set_preferences(uow, caller, changes).preferences


def test_preferences_merge_and_null_removes(kit: Kit, ada: Caller) -> None:
    prefer(kit, ada, {"theme": "dark", "player": {"volume": 0.5, "eq": [1, 2]}, "x": 1})
    assert prefer(kit, ada, {"player": {"volume": 1, "gain": True}, "x": None}) == {
        "theme": "dark",
        "player": {"volume": 1, "eq": [1, 2], "gain": True},
    }
    assert kit.sign_in("Ada").user.preferences["theme"] == "dark"


def test_preferences_are_bounded(kit: Kit, ada: Caller) -> None:
    deep: dict[str, Any] = {}
    for _ in range(50):
        deep = {"a": deep}
    for wrong in ({"x": "y" * 70_000}, deep, {"x": float("nan")}):
        with pytest.raises(Invalid) as caught:
            prefer(kit, ada, wrong)
        assert caught.value.field == "preferences"
    assert prefer(kit, ada, {"x": "\ud800"}) == {"x": "\ud800"}
    half = {"x": "y" * 40_000}
    prefer(kit, ada, half)
    with pytest.raises(Invalid):  # the sum counts, not the change
        prefer(kit, ada, {"z": "y" * 40_000})


def test_guests_change_nothing_of_their_own_account(kit: Kit) -> None:
    kit.add("Gustav", Role.GUEST)
    guest = kit.caller(kit.sign_in("Gustav"))
    with pytest.raises(Forbidden):
        prefer(kit, guest, {"theme": "dark"})
    with pytest.raises(Forbidden):
        kit.accounts.password_change.own(guest, PASSWORD, "a new password")
    with pytest.raises(Forbidden), kit.db.write() as uow:
        kit.accounts.api_keys.create(uow, guest, "script")


def policy(kit: Kit, ada: Caller, value: SignUp) -> None:
    with kit.db.write() as uow:
        kit.accounts.sign_in.set_policy(uow, ada, value)


def invite(kit: Kit, ada: Caller, role: Role = Role.USER, days: int = 7) -> str:
    with kit.db.write() as uow:
        return kit.accounts.invitations.create(uow, ada, role, days)[1]


def sign_up(kit: Kit, name: str, invitation: str | None = None) -> Role:
    return kit.accounts.sign_in.sign_up(name, PASSWORD, WEB, invitation=invitation).user.role


def refused(kit: Kit, name: str, invitation: str | None = None) -> str:
    with pytest.raises(ResonanceError) as caught:
        sign_up(kit, name, invitation)
    return caught.value.code


def test_sign_up_is_closed_until_an_admin_opens_it(kit: Kit, ada: Caller) -> None:
    code = invite(kit, ada)
    assert refused(kit, "Berta") == refused(kit, "Berta", code) == "sign_up_closed"
    policy(kit, ada, SignUp.OPEN)
    assert sign_up(kit, "Berta") is Role.USER
    assert refused(kit, "Berta") == "name_taken"


def test_an_open_server_without_admin_is_still_to_be_set_up(database: Database, tmp_path: Path) -> None:
    kit = Kit(database, tmp_path / "data")
    policy(kit, OPERATOR, SignUp.OPEN)
    assert refused(kit, "Berta") == "sign_up_closed"


def test_an_invitation_is_used_once_and_decides_the_role(kit: Kit, ada: Caller) -> None:
    policy(kit, ada, SignUp.INVITATION)
    assert refused(kit, "Berta") == "invitation_required"
    assert refused(kit, "Berta", "wrong\ud800") == "invitation_invalid"
    code = invite(kit, ada, Role.GUEST)
    assert refused(kit, "Ada", code) == "name_taken"  # which does not use it up
    assert sign_up(kit, "Berta", f" {code} ") is Role.GUEST
    assert refused(kit, "Carla", code) == "invitation_invalid"
    with kit.db.read() as uow:
        assert kit.accounts.invitations.open_ones(uow, ada) == []


def test_an_invitation_expires_and_can_be_withdrawn(kit: Kit, ada: Caller) -> None:
    policy(kit, ada, SignUp.INVITATION)
    late, withdrawn = invite(kit, ada, days=1), invite(kit, ada, days=90)
    with kit.db.write() as uow:
        [first, _] = sorted(kit.accounts.invitations.open_ones(uow, ada), key=lambda i: -i.expires_at)
        kit.accounts.invitations.withdraw(uow, ada, first.id)
        with pytest.raises(NotFound):
            kit.accounts.invitations.withdraw(uow, ada, first.id)
    assert refused(kit, "Berta", withdrawn) == "invitation_invalid"
    kit.clock.now += DAY
    assert refused(kit, "Berta", late) == "invitation_invalid"
    for days in (0, 91):
        with pytest.raises(Invalid):
            invite(kit, ada, days=days)


def test_one_invitation_taken_by_two_at_once_admits_one(kit: Kit, ada: Caller) -> None:
    policy(kit, ada, SignUp.INVITATION)
    code, start, outcomes = invite(kit, ada), threading.Barrier(2), []

    def join(name: str) -> None:
        start.wait()
        try:
            outcomes.append(sign_up(kit, name, code).value)
        except Forbidden as fault:
            outcomes.append(fault.code)

    threads = [threading.Thread(target=join, args=(name,)) for name in ("Berta", "Carla")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["invitation_invalid", "user"]


def test_a_weak_hash_is_renewed_at_sign_in(kit: Kit, ada: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    from resonance.accounts import store

    def stored() -> str | None:
        with kit.db.read() as uow:
            return store.password_hash(uow, ada.user_id)

    before = stored()
    monkeypatch.setattr(kit.accounts.passwords, "outdated", lambda _: True)
    kit.sign_in("Ada")
    assert stored() != before
    assert kit.sign_in("Ada")
