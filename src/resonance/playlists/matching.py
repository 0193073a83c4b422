"""The entries of a foreign list and the tracks here that they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from resonance.db.engine import UnitOfWork
from resonance.library.match import Match, Wanted, match
from resonance.library.paths import to_stored
from resonance.model.caller import Caller
from resonance.playlists.exchange import report
from resonance.playlists.exchange.crate import Entry
from resonance.playlists.exchange.paths import Mapping, resolved, tidy

_NO_RULES = Mapping()


def match_entries(
    uow: UnitOfWork,
    caller: Caller,
    entries: Sequence[Entry],
    *,
    mapping: Mapping = _NO_RULES,
    folder: str = "",
) -> list[Match]:
    """A match for each entry, in order, among what the caller can see.

    `folder` is where the list lies (absolute, stored form), from which its relative paths are seen.
    """
    wanted = [_wanted(entry, mapping, folder) for entry in entries]
    found = match(uow, caller, wanted)
    # Some players write paths as addresses without saying so.
    quoted = [at for at, one in enumerate(found) if one.track_id is None and "%" in (wanted[at].path or "")]
    again = match(uow, caller, [replace(wanted[at], path=_unquoted(wanted[at].path or "")) for at in quoted])
    for at, second in zip(quoted, again, strict=True):
        if second.track_id is not None:
            found[at] = second
    return found


def _wanted(entry: Entry, mapping: Mapping, folder: str) -> Wanted:
    path = tidy(mapping.apply(entry.path)) if entry.path else ""
    is_address = path.lower().startswith(("http://", "https://"))
    return report.wanted(entry, None if is_address or not path else resolved(path, folder))


def _unquoted(path: str) -> str:
    return to_stored(
        unquote_to_bytes(path.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")
    )
