"""The SQL of values that the library has of a field: of what the caller may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Row, case, exists, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, artist, carrier, library, track, track_artist
from resonance.library.catalogue.access import album_seen, artist_seen, mask, track_seen
from resonance.model.caller import Caller

Joined = Literal["label", "release_type", "mood_tag"]
OfFile = Literal["codec", "file_type"]
_JOINED: dict[Joined, tuple[Any, Any]] = {
    "label": (album.c.labels, album_seen),
    "release_type": (album.c.release_types, album_seen),
    "mood_tag": (track.c.mood_tags, track_seen),
}
_OF_FILE: dict[OfFile, Any] = {"codec": carrier.c.codec, "file_type": carrier.c.format}


def people(uow: UnitOfWork, caller: Caller, role: str, words: str, most: int) -> Sequence[Row[Any]]:
    """(name, track_count) of artists with these words, those that begin so and have most tracks first.

    `role` is one of a track ("artist", "composer", ...), or "album" for those of albums.
    """
    conditions = [artist.c.name_folded.contains(words, autoescape=True), *artist_seen(caller)]
    if role == "album":
        conditions.append(artist.c.album_count > 0)
    elif role != "artist":
        theirs = track_artist.c.artist_id == artist.c.id, track_artist.c.role == role
        conditions.append(exists().where(*theirs))
    begins = case((artist.c.name_folded.startswith(words, autoescape=True), 0), else_=1)
    statement = select(artist.c.name, artist.c.track_count).where(*conditions)
    return uow.execute(statement.order_by(begins, artist.c.track_count.desc(), artist.c.id).limit(most)).all()


def albums(uow: UnitOfWork, caller: Caller, words: str, most: int) -> Sequence[Row[Any]]:
    """(title, track_count) of albums with these words, those that begin so first."""
    begins = case((album.c.title_folded.startswith(words, autoescape=True), 0), else_=1)
    fits = album.c.title_folded.contains(words, autoescape=True)
    statement = select(album.c.title, album.c.track_count).where(fits, *album_seen(caller))
    return uow.execute(statement.order_by(begins, album.c.title_sort, album.c.id).limit(most)).all()


def joined(uow: UnitOfWork, caller: Caller, name: Joined) -> Iterable[str]:
    """Texts that hold several values with ";" between them, each text once."""
    column, seen = _JOINED[name]
    return uow.execute(select(column).distinct().where(column != "", *seen(caller))).scalars()


def of_files(uow: UnitOfWork, caller: Caller, name: OfFile) -> Iterable[str]:
    """What the present files are, each once."""
    statement = select(_OF_FILE[name]).distinct().where(carrier.c.missing_at.is_(None))
    if (mine := mask(caller)) is not None:
        statement = statement.where(carrier.c.library_id.in_(mine))
    return uow.execute(statement).scalars()


def libraries(uow: UnitOfWork, caller: Caller) -> Iterable[str]:
    """The names of the libraries that the caller may hear."""
    statement = select(library.c.name)
    if (mine := mask(caller)) is not None:
        statement = statement.where(library.c.id.in_(mine))
    return uow.execute(statement).scalars()
