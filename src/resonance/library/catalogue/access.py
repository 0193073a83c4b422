"""Which rows of the catalogue a caller may see.

`caller.libraries` None is the common case and adds no condition beyond "present".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from sqlalchemy import ColumnElement, exists, false, or_, select

from resonance.core.errors import NotFound
from resonance.core.ids import is_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, artist, carrier, track, track_artist
from resonance.model.caller import Caller

Kind = Literal["track", "album", "artist"]
KINDS: tuple[Kind, ...] = ("track", "album", "artist")
CHUNK = 500
# By a name of its own, so that the condition also fits into statements that join carriers themselves.
_heard = carrier.alias("heard")


def mask(caller: Caller) -> tuple[str, ...] | None:
    """The caller's libraries in a form that can key a cache."""
    return None if caller.libraries is None else tuple(sorted(caller.libraries))


def tested(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column to be compared row by row and never looked up.

    A library holds much of everything: driven by an index on it, SQLite reads and sorts all of that.
    """
    return column.concat("")


def album_seen(caller: Caller) -> list[ColumnElement[bool]]:
    """Conditions on `album`."""
    conditions: list[ColumnElement[bool]] = [album.c.track_count > 0]
    libraries = mask(caller)
    if libraries is not None:
        conditions.append(tested(album.c.library_id).in_(libraries) if libraries else false())
    return conditions


def track_seen(caller: Caller) -> list[ColumnElement[bool]]:
    """Conditions on `track`."""
    libraries = mask(caller)
    present = track.c.missing_at.is_(None)
    if libraries is None:
        return [present]
    if not libraries:
        return [false()]
    here = exists().where(*_carried(libraries), _heard.c.missing_at.is_(None))
    return [present, here]


def track_known(caller: Caller) -> list[ColumnElement[bool]]:
    """Conditions on `track` like `track_seen`, but with those whose files are missing at the moment."""
    libraries = mask(caller)
    if libraries is None:
        return []
    if not libraries:
        return [false()]
    return [exists().where(*_carried(libraries))]


def _carried(libraries: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [_heard.c.track_id == track.c.id, tested(_heard.c.library_id).in_(libraries)]


def artist_seen(caller: Caller) -> list[ColumnElement[bool]]:
    """Conditions on `artist`: credited on something the caller can see."""
    if caller.libraries is None:
        return [or_(artist.c.album_count > 0, artist.c.track_count > 0)]
    if not caller.libraries:
        return [false()]
    on_album = exists().where(
        album_artist.c.artist_id == artist.c.id, album_artist.c.album_id == album.c.id, *album_seen(caller)
    )
    on_track = exists().where(
        track_artist.c.artist_id == artist.c.id, track_artist.c.track_id == track.c.id, *track_seen(caller)
    )
    return [or_(on_album, on_track)]


def visible(uow: UnitOfWork, caller: Caller, kind: Kind, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that exist and that the caller may see."""
    wanted = [item for item in dict.fromkeys(ids) if is_id(item)]
    column, conditions = {
        "track": (track.c.id, track_seen),
        "album": (album.c.id, album_seen),
        "artist": (artist.c.id, artist_seen),
    }[kind]
    found: set[str] = set()
    for some in chunks(wanted):
        found.update(uow.execute(select(column).where(column.in_(some), *conditions(caller))).scalars())
    return found


def must_see(uow: UnitOfWork, caller: Caller, kind: Kind, ids: Sequence[str]) -> None:
    """NotFound unless the caller may see every one of `ids`."""
    if set(ids) - visible(uow, caller, kind, ids):
        raise not_found(kind)


def not_found(kind: str) -> NotFound:
    """The one answer for "does not exist" and "not for you"."""
    return NotFound(f"There is no such {kind}.")


def chunks(items: Sequence[str], size: int = CHUNK) -> Iterable[Sequence[str]]:
    """`items` in runs that fit one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
