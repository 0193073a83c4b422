"""Sessions: sign in, rotate, detect reuse, end."""

from __future__ import annotations

import threading
from pathlib import Path

import jwt
import pytest
from sqlalchemy import select, update

from resonance.core.errors import Forbidden, Invalid, NotFound, ResonanceError, Unauthorized
from resonance.db.engine import Database
from resonance.db.tables.accounts import refresh_token, session, user
from resonance.model.caller import OPERATOR, Role
from tests.rooms.accounts_kit import DAY, MINUTE, PASSWORD, SECOND, Kit


@pytest.fixture
def kit(database: Database, tmp_path: Path) -> Kit:
    made = Kit(database, tmp_path / "data")
    made.add("Ada", Role.ADMIN)
    made.add("Berta")
    return made


def code_of(call: object) -> str:
    with pytest.raises(ResonanceError) as caught:
        call()  # type: ignore[operator]
    return caught.value.code


def test_the_right_password_opens_a_session_under_any_spelling_of_the_name(kit: Kit) -> None:
    grant = kit.sign_in("ÁDA ")
    caller = kit.caller(grant)
    assert (caller.name, caller.role, caller.libraries, caller.client) == ("Ada", Role.ADMIN, None, "web")
    assert caller.session_id == grant.session_id


def test_a_wrong_password_and_an_unknown_name_say_the_same(kit: Kit) -> None:
    said = []
    for name in ("Ada", "nobody", "", "x" * 5000, "a\ud800"):
        with pytest.raises(Unauthorized) as caught:
            kit.sign_in(name, "wrong password")
        said.append((caught.value.code, caught.value.message))
    assert set(said) == {("wrong_credentials", "The name or the password is wrong.")}


def test_an_access_token_lasts_15_minutes(kit: Kit) -> None:
    grant = kit.sign_in("Ada")
    assert grant.access.expires_at - kit.clock.now == 15 * MINUTE
    kit.clock.now += 15 * MINUTE - 2 * SECOND
    assert kit.caller(grant).name == "Ada"
    kit.clock.now += 2 * SECOND
    assert code_of(lambda: kit.caller(grant)) == "session_expired"


def test_foreign_and_altered_access_tokens_are_refused(kit: Kit) -> None:
    grant = kit.sign_in("Ada")
    head, body, signature = grant.access.text.split(".")
    claims = jwt.decode(grant.access.text, options={"verify_signature": False})
    unsigned = jwt.encode(claims, None, algorithm="none")
    others = jwt.encode(claims, "x" * 32, algorithm="HS256")
    for token in (
        "",
        "abc",
        f"{head}.{body}.",
        f"{head}.{body}.{signature[::-1]}",
        unsigned,
        others,
        "a.b.c",
    ):
        assert code_of(lambda token=token: kit.accounts.sessions.caller(token)) == "bad_token", token


def test_no_refresh_token_is_stored_in_clear(kit: Kit) -> None:
    grant = kit.sign_in("Ada")
    with kit.db.read() as uow:
        stored = list(uow.execute(select(refresh_token.c.token_hash)).scalars())
    assert len(stored) == 1 and len(stored[0]) == 64 and grant.refresh_token not in stored


def test_two_tabs_that_refresh_at_once_both_stay_signed_in(kit: Kit) -> None:
    first = kit.sign_in("Ada")
    start, grants = threading.Barrier(2), []

    def refresh() -> None:
        start.wait()
        grants.append(kit.accounts.sessions.refresh(first.refresh_token))

    tabs = [threading.Thread(target=refresh) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len({grant.refresh_token for grant in grants}) == 2
    for grant in grants:
        assert kit.caller(grant).session_id == first.session_id
        assert kit.accounts.sessions.refresh(grant.refresh_token)


def test_a_lost_answer_can_be_asked_for_again_within_30_seconds(kit: Kit) -> None:
    first = kit.sign_in("Ada")
    kit.accounts.sessions.refresh(first.refresh_token)  # the answer is lost
    kit.clock.now += 30 * SECOND
    again = kit.accounts.sessions.refresh(first.refresh_token)
    assert kit.caller(again).name == "Ada"


def test_grace_does_not_slide_with_use(kit: Kit) -> None:
    first = kit.sign_in("Ada")
    kit.accounts.sessions.refresh(first.refresh_token)
    kit.clock.now += 20 * SECOND
    kit.accounts.sessions.refresh(first.refresh_token)
    kit.clock.now += 20 * SECOND
    assert code_of(lambda: kit.accounts.sessions.refresh(first.refresh_token)) == "session_revoked"


def test_reuse_after_30_seconds_ends_the_whole_family(kit: Kit) -> None:
    first, other = kit.sign_in("Ada"), kit.sign_in("Ada")
    second = kit.accounts.sessions.refresh(first.refresh_token)
    third = kit.accounts.sessions.refresh(second.refresh_token)
    kit.clock.now += 30 * SECOND + 1
    assert code_of(lambda: kit.accounts.sessions.refresh(first.refresh_token)) == "session_revoked"
    for token in (third.refresh_token, second.refresh_token):
        assert code_of(lambda token=token: kit.accounts.sessions.refresh(token)) == "session_revoked"
    assert code_of(lambda: kit.caller(third)) == "session_revoked"
    assert kit.caller(other).name == "Ada"
    assert [why for _, why in kit.revoked()] == ["token_reuse"]


def test_a_session_lives_as_long_as_it_is_refreshed_every_30_days(kit: Kit) -> None:
    grant = kit.sign_in("Ada")
    for _ in range(3):
        kit.clock.now += 29 * DAY
        grant = kit.accounts.sessions.refresh(grant.refresh_token)
    kit.clock.now += 30 * DAY
    assert code_of(lambda: kit.accounts.sessions.refresh(grant.refresh_token)) == "session_expired"
    kit.sign_in("Ada")
    with kit.db.read() as uow:
        assert len(uow.execute(select(session.c.id)).all()) == 1  # the dead one was cleared away


def test_unknown_refresh_tokens_are_just_expired(kit: Kit) -> None:
    for token in ("", "rsr_nothing", "ä\ud800"):
        assert code_of(lambda token=token: kit.accounts.sessions.refresh(token)) == "session_expired"


def test_revoking_a_device_ends_it_at_once_and_is_told(kit: Kit) -> None:
    phone, laptop = kit.sign_in("Berta"), kit.sign_in("Berta")
    ada = kit.caller(kit.sign_in("Ada"))
    berta = kit.caller(laptop)
    with kit.db.write() as uow, pytest.raises(NotFound):
        kit.accounts.sessions.revoke(uow, ada, phone.session_id)
    with kit.db.write() as uow:
        kit.accounts.sessions.revoke(uow, berta, phone.session_id)
        assert kit.revoked() == []  # not before the commit
    assert kit.revoked() == [(berta.user_id, "signed_out")]
    assert code_of(lambda: kit.caller(phone)) == "session_revoked"
    assert code_of(lambda: kit.accounts.sessions.refresh(phone.refresh_token)) == "session_revoked"
    with kit.db.read() as uow:
        assert [s.id for s in kit.accounts.sessions.mine(uow, berta)] == [laptop.session_id]


def test_changing_the_own_password_needs_the_present_one_and_ends_other_sessions(kit: Kit) -> None:
    phone, laptop = kit.sign_in("Berta"), kit.sign_in("Berta")
    berta = kit.caller(laptop)
    with pytest.raises(Invalid) as caught:
        kit.accounts.password_change.own(berta, "not mine", "a new password")
    assert caught.value.field == "current"
    with pytest.raises(Invalid) as caught:
        kit.accounts.password_change.own(berta, PASSWORD, "short")
    assert caught.value.field == "new"
    kit.accounts.password_change.own(berta, PASSWORD, "a new password")
    assert kit.caller(laptop).name == "Berta"
    assert code_of(lambda: kit.caller(phone)) == "session_revoked"
    assert code_of(lambda: kit.sign_in("Berta")) == "wrong_credentials"
    assert kit.sign_in("Berta", "a new password")


def test_an_admins_reset_ends_all_sessions_of_that_user(kit: Kit) -> None:
    berta, ada = kit.sign_in("Berta"), kit.sign_in("Ada")
    with pytest.raises(Forbidden):
        kit.accounts.password_change.reset(kit.caller(berta), ada.user.id, "a new password")
    kit.accounts.password_change.reset(kit.caller(ada), berta.user.id, "a new password")
    assert code_of(lambda: kit.caller(berta)) == "session_revoked"
    assert kit.caller(ada).name == "Ada"
    assert kit.sign_in("Berta", "a new password")


def test_disabling_ends_sessions_and_is_said_only_to_the_right_password(kit: Kit) -> None:
    berta = kit.sign_in("Berta")
    with kit.db.write() as uow:
        kit.accounts.users.change(uow, OPERATOR, berta.user.id, disabled=True)
    assert code_of(lambda: kit.caller(berta)) == "session_revoked"
    assert code_of(lambda: kit.sign_in("Berta")) == "account_disabled"
    assert code_of(lambda: kit.sign_in("Berta", "wrong password")) == "wrong_credentials"
    with kit.db.write() as uow:
        kit.accounts.users.change(uow, OPERATOR, berta.user.id, disabled=False)
    assert kit.sign_in("Berta")


def test_disabling_in_another_process_counts_at_once(kit: Kit) -> None:
    berta = kit.sign_in("Berta")
    with kit.db.write() as uow:
        uow.execute(update(user).where(user.c.id == berta.user.id).values(disabled_at=1))
    assert code_of(lambda: kit.caller(berta)) == "account_disabled"
    assert code_of(lambda: kit.accounts.sessions.refresh(berta.refresh_token)) == "account_disabled"


def test_a_changed_role_counts_for_tokens_that_are_out(kit: Kit) -> None:
    berta = kit.sign_in("Berta")
    with kit.db.write() as uow:
        kit.accounts.users.change(uow, OPERATOR, berta.user.id, role=Role.GUEST)
    assert kit.caller(berta).role is Role.GUEST


def test_last_seen_is_written_late_and_once_a_minute(kit: Kit) -> None:
    grant = kit.sign_in("Berta")

    def seen() -> int:
        with kit.db.read() as uow:
            at: int = uow.execute(select(session.c.last_seen_at)).scalar_one()
        return at

    signed_in_at = kit.clock.now
    kit.clock.now += 59 * SECOND
    kit.caller(grant)
    kit.accounts.seen.flush()
    assert seen() == signed_in_at
    kit.clock.now += SECOND
    with kit.db.write():  # a scan holds the only writer: reading must not wait for it
        kit.caller(grant)
    assert seen() == signed_in_at
    kit.accounts.seen.flush()
    assert seen() == kit.clock.now


def test_sessions_of_another_secret_are_not_accepted(kit: Kit) -> None:
    grant = kit.sign_in("Ada")
    with pytest.raises(Unauthorized):
        kit.again("another secret, also long enough").sessions.caller(grant.access.text)
