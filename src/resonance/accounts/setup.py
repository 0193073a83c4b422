"""First run: the first admin is made by whoever proves to own the machine.

The proof is a request from the machine itself, or the one-time code that `serve` prints. The code lies in
DATA_DIR, so that a restart or a second process does not invent another one.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from resonance.accounts import errors, names, store
from resonance.accounts.passwords import Passwords
from resonance.accounts.records import Device, Grant, User
from resonance.accounts.sessions import Sessions
from resonance.accounts.users import add
from resonance.core.errors import Forbidden
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.model.caller import Role

audit = logger("resonance.audit")
FILE_NAME = "setup-code"
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no characters that look alike


class Setup:
    """Before the first account exists."""

    def __init__(
        self, db: Database, passwords: Passwords, sessions: Sessions, data_dir: Path, clock: Callable[[], int]
    ) -> None:
        self._db, self._passwords, self._sessions = db, passwords, sessions
        self._path, self._clock = data_dir / FILE_NAME, clock

    def required(self, uow: UnitOfWork) -> bool:
        """Whether nobody has an account yet."""
        return store.user_count(uow) == 0

    def code(self) -> str | None:
        """The code to print at start, made on first use; None once the server is set up."""
        with self._db.read() as uow:
            if not self.required(uow):
                self._path.unlink(missing_ok=True)
                return None
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._path.read_text().strip() or self._renew()
        with os.fdopen(descriptor, "w") as file:
            file.write(_new_code())
        return self._path.read_text().strip()

    def run(self, name: str, password: str, device: Device, *, code: str | None, from_here: bool) -> Grant:
        """Make the first admin and sign in.

        `from_here`: the request was made on this machine, so no code is needed. Forbidden
        `setup_code_required` or `setup_code_wrong`; Conflict when somebody was faster.
        """
        with self._db.read() as uow:
            if not self.required(uow):
                raise errors.already_set_up()
        if not from_here:
            self._check(code)
        shown, folded = names.user_name(name)
        password_hash = self._passwords.hash(password)
        with self._db.write() as uow:
            store.lock_users(uow)
            if not self.required(uow):
                raise errors.already_set_up()
            who: User = add(uow, shown, folded, Role.ADMIN, password_hash, self._clock())
            grant = self._sessions.open(uow, who, device)
        self._path.unlink(missing_ok=True)
        audit.info("setup.done", user_id=who.id, name=who.name)
        return grant

    def _check(self, given: str | None) -> None:
        if not given:
            raise Forbidden("Enter the setup code that the server printed.", code="setup_code_required")
        wanted = self.code()
        if wanted is None or not hmac.compare_digest(_bare(wanted), _bare(given)):
            audit.warning("setup.wrong_code")
            raise Forbidden("The setup code is wrong. The server printed it.", code="setup_code_wrong")

    def _renew(self) -> str:
        # An empty file is what a crash between making and writing it leaves behind.
        self._path.write_text(_new_code())
        self._path.chmod(0o600)
        return self._path.read_text().strip()


def _new_code() -> str:
    letters = [secrets.choice(_LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def _bare(code: str) -> bytes:
    return "".join(c for c in code.upper() if c.isalnum()).encode("utf-8", "replace")
