"""The one secret of this server, and the keys derived from it for each purpose."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from resonance.core.errors import Unavailable

FILE_NAME = "secret"


class Keys:
    """Independent 32-byte keys from one root, so that no key serves two purposes."""

    def __init__(self, root: str) -> None:
        self._root = root.encode()

    def derive(self, purpose: str) -> bytes:
        """The key of `purpose`, always the same for the same root."""
        return HKDF(SHA256(), 32, salt=None, info=f"resonance/{purpose}".encode()).derive(self._root)


def load(setting: str | None, data_dir: Path) -> Keys:
    """Keys from JWT_SECRET, else from a file made once in DATA_DIR and readable only by its owner."""
    if setting is not None:
        return Keys(setting)
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = data_dir / FILE_NAME
    _make(path)
    text = path.read_text().strip()
    if len(text) < 32:
        raise Unavailable("secret", f"{path} is damaged. Restore it, or delete it to sign everybody out.")
    return Keys(text)


def _make(path: Path) -> None:
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when a second process was faster: then its secret is the one
    except FileExistsError:
        pass
    finally:
        draft.unlink()
