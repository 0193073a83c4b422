"""The server's secret, what is derived from it, and what it seals."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from resonance.accounts import secrets
from resonance.accounts.secrets import Keys
from resonance.accounts.vault import Vault
from resonance.core.errors import Unavailable


def test_a_secret_is_made_once_and_readable_only_by_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = secrets.load(None, folder)
    file = folder / "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(file.read_text().strip()) >= 32
    assert secrets.load(None, folder).derive("x") == first.derive("x")
    assert [path.name for path in folder.iterdir()] == ["secret"]


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    start, found = threading.Barrier(8), []

    def load() -> None:
        start.wait()
        found.append(secrets.load(None, tmp_path).derive("x"))

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1


def test_the_setting_wins_and_writes_nothing(tmp_path: Path) -> None:
    keys = secrets.load("s" * 32, tmp_path)
    assert keys.derive("x") == Keys("s" * 32).derive("x")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_secret_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("short")
    with pytest.raises(Unavailable):
        secrets.load(None, tmp_path)


def test_keys_differ_by_purpose_and_by_secret() -> None:
    made = {Keys(root * 32).derive(purpose) for root in "ab" for purpose in ("vault", "csrf", "access-token")}
    assert len(made) == 6 and all(len(key) == 32 for key in made)


def test_sealed_text_opens_only_where_it_belongs() -> None:
    vault = Vault(Keys("s" * 32).derive("vault"))
    sealed = vault.seal("geheim ü", "row 1")
    assert vault.open(sealed, "row 1") == "geheim ü"
    assert vault.seal("geheim ü", "row 1") != sealed
    flipped = ("A" if sealed[20] != "A" else "B").join((sealed[:20], sealed[21:]))
    for text, context in (
        (sealed, "row 2"),
        (flipped, "row 1"),
        (sealed[:-4], "row 1"),
        ("", "row 1"),
        ("ä!", ""),
    ):
        assert vault.open(text, context) is None
    assert Vault(Keys("t" * 32).derive("vault")).open(sealed, "row 1") is None
