"""A server's song in the words of the scan: where it is kept, its carrier, its entry."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from resonance.library.paths import folder_of, to_stored
from resonance.library.remote.ports import Song
from resonance.library.scanning.naming import Entry, name_entry
from resonance.library.scanning.sides import Picture

KIND = "remote"


def stored_path(song: Song) -> str:
    """The path as a carrier keeps it."""
    root = song.library_path.rstrip("/")
    path = song.path[len(root) + 1 :] if root and song.path.startswith(f"{root}/") else song.path
    return to_stored(path.lstrip("/")) or song.id


def carrier_values(song: Song) -> dict[str, Any]:
    """The columns of a remote carrier that the server tells. What is heard has to be found out anew."""
    facts, path = song.facts, stored_path(song)
    return {
        "path": path,
        "folder": folder_of(path),
        "size": song.size,
        "mtime_ns": _nanoseconds(song.changed_at),
        "payload_id": None,
        "format": facts.format,
        "codec": facts.codec,
        "bit_rate_kbps": facts.bit_rate_kbps,
        "sample_rate_hz": facts.sample_rate_hz,
        "bit_depth": facts.bit_depth,
        "channels": facts.channels,
        "duration_s": facts.duration_s,
    }


def as_entry(song: Song, server_id: str, *, always_cover: bool) -> Entry:
    """For the scan's writer. `always_cover`: the server's flag is about pictures inside files alone."""
    made = name_entry(stored_path(song), song.size, _nanoseconds(song.changed_at), song.facts, None, None)
    if song.album_id and (song.has_cover or always_cover):
        mark = hashlib.blake2b(f"{server_id} {song.album_id}".encode(), digest_size=16).hexdigest()
        made.picture = Picture(mark, song.album_id, 0, KIND)
        made.cover_id = made.picture.cover_id
    return made


def milliseconds(text: str) -> int | None:
    """A time as a server writes it; None for none."""
    try:
        return int(datetime.fromisoformat(text).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def _nanoseconds(text: str) -> int:
    return (milliseconds(text) or 0) * 1_000_000
