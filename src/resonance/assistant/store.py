"""The SQL of this room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import artist, genre, track, track_artist
from resonance.library.catalogue.access import artist_seen, chunks, track_seen
from resonance.model.caller import Caller

LOOKED_AT = 300  # tracks of an artist whose middle is compared


class LibraryNames:
    """parser.Known: what the caller's library has by a name."""

    def __init__(self, uow: UnitOfWork, caller: Caller) -> None:
        self._uow, self._caller = uow, caller

    def artists(self, folded: Sequence[str]) -> dict[str, str]:
        """See Known."""
        found: dict[str, str] = {}
        for some in chunks(folded):
            rows = select(artist.c.name_folded, artist.c.name).where(
                artist.c.name_folded.in_(some), *artist_seen(self._caller)
            )
            for key, name in self._uow.execute(rows.order_by(artist.c.id)):
                found.setdefault(key, name)
        return found

    def genres(self, folded: Sequence[str]) -> dict[str, str]:
        """See Known."""
        return {
            key: name
            for some in chunks(folded)
            for key, name in self._uow.execute(
                select(genre.c.name_folded, genre.c.name).where(genre.c.name_folded.in_(some))
            )
        }


def tracks_of_artist(uow: UnitOfWork, caller: Caller, name: str) -> list[str]:
    """Tracks that the caller may hear by whoever is called so."""
    found = (
        select(track.c.id)
        .join(track_artist, track_artist.c.track_id == track.c.id)
        .join(artist, artist.c.id == track_artist.c.artist_id)
        .where(artist.c.name_folded == fold(name), track_artist.c.role == "artist", *track_seen(caller))
    )
    return list(uow.execute(found.distinct().order_by(track.c.id).limit(LOOKED_AT)).scalars())


def artist_id(uow: UnitOfWork, caller: Caller, name: str) -> str | None:
    """The artist of that name whom the caller may see."""
    found = select(artist.c.id).where(artist.c.name_folded == fold(name), *artist_seen(caller))
    return uow.execute(found.order_by(artist.c.id).limit(1)).scalar()


_SONG = (track.c.id, track.c.title, track.c.artist_display, track.c.isrc, track.c.recording_mbid)


def songs(uow: UnitOfWork, track_ids: Sequence[str]) -> dict[str, Row[Any]]:
    """What tells that two tracks are one song: (id, title, artist_display, isrc, recording_mbid)."""
    return {
        row.id: row
        for some in chunks(track_ids)
        for row in uow.execute(select(*_SONG).where(track.c.id.in_(some)))
    }
