"""How a playlist was before a change, kept for a while so that the change can be taken back."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any, NamedTuple

from resonance.core.ids import new_id
from resonance.db.engine import UnitOfWork
from resonance.playlists import step_store

KEPT_MS = 60 * 60 * 1000
MOST = 20  # of one playlist


def entries(uow: UnitOfWork, playlist_id: str) -> bytes:
    """The entries as they are, packed."""
    return _pack({"entries": step_store.entries(uow, playlist_id)})


class Whole(NamedTuple):
    """A playlist, packed, and the ids of the files it follows."""

    body: bytes
    files: list[str]


def whole(uow: UnitOfWork, playlist_id: str) -> Whole:
    """The playlist with all that goes when it goes."""
    row, tables = step_store.of_playlist(uow, playlist_id), step_store.owned(uow, playlist_id)
    files = step_store.files(uow, playlist_id)
    return Whole(_pack({"playlist": row, "tables": tables, "files": files}), files)


def keep(
    uow: UnitOfWork,
    user_id: str,
    playlist_id: str,
    what: str,
    versions: tuple[int, int],
    body: bytes,
    at: int,
) -> None:
    """Remember a change: how it was, and the versions before and after. Old ones are forgotten."""
    row = {
        "id": new_id(),
        "playlist_id": playlist_id,
        "user_id": user_id,
        "what": what,
        "body": body,
        "version_before": versions[0],
        "version_after": versions[1],
        "at": at,
    }
    step_store.keep(uow, row, since=at - KEPT_MS, most=MOST)


def last(uow: UnitOfWork, user_id: str, playlist_id: str, now: int) -> Any:
    """The latest change that this person can take back, or None."""
    return step_store.last(uow, user_id, playlist_id, now - KEPT_MS)


def taken_back(uow: UnitOfWork, step: Any, version: int) -> None:
    """Forget a step; the one before it can be taken back from `version` on."""
    step_store.taken_back(uow, step, version)


def put_entries(uow: UnitOfWork, body: bytes) -> int:
    """Put the entries back as they were (tracks that are gone for good stay away); how many."""
    return step_store.put_entries(uow, _unpack(body)["entries"])


def put_whole(uow: UnitOfWork, body: bytes) -> None:
    """Put a deleted playlist back."""
    held = _unpack(body)
    step_store.put_whole(uow, held["playlist"], held["tables"], held["files"])


def _pack(value: object) -> bytes:
    def as_text(data: object) -> dict[str, str]:
        if isinstance(data, bytes):
            return {"b64": base64.b64encode(data).decode()}
        raise TypeError(type(data))

    return zlib.compress(json.dumps(value, default=as_text, separators=(",", ":")).encode(), 3)


def _unpack(body: bytes) -> Any:
    def as_bytes(held: dict[str, Any]) -> Any:
        return base64.b64decode(held["b64"]) if held.keys() == {"b64"} else held

    return json.loads(zlib.decompress(body), object_hook=as_bytes)
