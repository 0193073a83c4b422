"""Genres and years: the short lists one chooses from."""

from __future__ import annotations

from sqlalchemy import func, select

from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, genre, track, track_genre
from resonance.library.catalogue.access import album_seen, mask, track_seen
from resonance.library.catalogue.cache import catalogue_mark, remembered
from resonance.model.caller import Caller
from resonance.model.catalogue import GenreItem, YearItem


def genres(uow: UnitOfWork, caller: Caller) -> list[GenreItem]:
    """Every genre with something to hear, by name."""

    def make() -> list[GenreItem]:
        if caller.libraries is None:
            statement = select(genre.c.id, genre.c.name, genre.c.album_count, genre.c.track_count).where(
                genre.c.track_count > 0
            )
        else:
            albums, tracks = func.count(track.c.album_id.distinct()), func.count()
            statement = (
                select(genre.c.id, genre.c.name, albums.label("album_count"), tracks.label("track_count"))
                .join(track_genre, track_genre.c.genre_id == genre.c.id)
                .join(track, track.c.id == track_genre.c.track_id)
                .where(*track_seen(caller))
                .group_by(genre.c.id, genre.c.name, genre.c.name_folded)
            )
        rows = uow.execute(statement.order_by(genre.c.name_folded, genre.c.id))
        return [GenreItem(row.id, row.name, row.album_count, row.track_count) for row in rows]

    return remembered(uow, ("genres", mask(caller)), catalogue_mark(uow), make, lambda made: 200 * len(made))


def genre_named(uow: UnitOfWork, name: str) -> str | None:
    """The id of a genre by its name, however it is written."""
    found: str | None = uow.execute(select(genre.c.id).where(genre.c.name_folded == fold(name))).scalar()
    return found


def years(uow: UnitOfWork, caller: Caller) -> list[YearItem]:
    """Every year an album came out in, newest first."""

    def make() -> list[YearItem]:
        statement = (
            select(album.c.year, func.count().label("albums"))
            .where(album.c.year.is_not(None), *album_seen(caller))
            .group_by(album.c.year)
            .order_by(album.c.year.desc())
        )
        return [YearItem(row.year, row.albums) for row in uow.execute(statement)]

    return remembered(uow, ("years", mask(caller)), catalogue_mark(uow), make)
