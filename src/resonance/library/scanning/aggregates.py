"""Numbers and lists derived from tracks, for the albums, artists and genres that a scan touched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import (
    album,
    album_artist,
    artist,
    carrier,
    cover,
    genre,
    library_folder,
    track,
    track_artist,
    track_genre,
)
from resonance.library.ports import NameIndex
from resonance.library.scanning.naming import album_folder
from resonance.library.scanning.people import chunks
from resonance.search.text import Document


@dataclass(slots=True)
class Touched:
    """What a scan has touched since the numbers were last made."""

    artists: set[str] = field(default_factory=set)
    genres: set[str] = field(default_factory=set)

    def clear(self) -> None:
        """All numbers are made."""
        self.artists.clear()
        self.genres.clear()


def refresh_albums(
    uow: UnitOfWork, index: NameIndex, ids: Collection[str], described: Collection[str] = ()
) -> None:
    """Counts, duration, discs, genres and cover of albums; `described` ones got new names."""
    for part in chunks(ids):
        _refresh_albums(uow, index, part, frozenset(described))


def _refresh_albums(uow: UnitOfWork, index: NameIndex, ids: list[str], described: frozenset[str]) -> None:
    before = {
        row.id: row
        for row in uow.execute(
            select(album.c.id, album.c.title, album.c.artist_display, album.c.track_count).where(
                album.c.id.in_(ids)
            )
        )
    }
    rows = defaultdict(list)
    present = (
        select(track.c.album_id, track.c.id, track.c.disc, track.c.duration_s, track.c.genres)
        .where(track.c.album_id.in_(ids), track.c.missing_at.is_(None))
        .order_by(track.c.album_id, track.c.disc, track.c.number, track.c.title_sort, track.c.id)
    )
    for row in uow.execute(present).all():
        rows[row.album_id].append(row)
    covers = _album_covers(uow, ids)
    values = []
    for album_id in before:
        tracks = rows[album_id]
        names = Counter(name for row in tracks for name in row.genres.split(";") if name)
        values.append(
            {
                "row_id": album_id,
                "track_count": len(tracks),
                "duration_s": round(sum(row.duration_s for row in tracks), 3),
                "disc_count": len({row.disc or 1 for row in tracks}) or 1,
                "genres": ";".join(name for name, _ in names.most_common()),
                "cover_id": covers.get(album_id),
            }
        )
    if values:
        names_to_set: dict[str, Any] = {name: bindparam(name) for name in values[0] if name != "row_id"}
        uow.execute(update(album).where(album.c.id == bindparam("row_id")).values(names_to_set), values)
    counts = {row["row_id"]: row["track_count"] for row in values}
    hidden = [i for i, row in before.items() if row.track_count and not counts[i]]
    shown = [i for i, row in before.items() if counts[i] and (not row.track_count or i in described)]
    index.remove(uow, "album", hidden)
    index.index(
        uow, [Document("album", i, before[i].title, (before[i].artist_display,), counts[i]) for i in shown]
    )


def _album_covers(uow: UnitOfWork, ids: list[str]) -> dict[str, str]:
    """The picture of each album: the album folder's own, else that of its first file with one."""
    query = (
        select(track.c.album_id, carrier.c.library_id, carrier.c.folder, carrier.c.cover_id, cover.c.source)
        .join(carrier, carrier.c.track_id == track.c.id)
        .join(cover, cover.c.id == carrier.c.cover_id)
        .where(track.c.album_id.in_(ids), carrier.c.missing_at.is_(None))
        .order_by(track.c.album_id, track.c.disc, track.c.number, carrier.c.path)
    )
    first: dict[str, str] = {}
    above: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in uow.execute(query).all():
        first.setdefault(row.album_id, row.cover_id)
        parent = album_folder(row.folder)
        if parent != row.folder:
            above[(row.library_id, parent)].add(row.album_id)
    for part in chunks(above):
        folders = {folder for _, folder in part}
        pictured = select(library_folder.c.library_id, library_folder.c.path, library_folder.c.cover_id)
        for library_id, folder, cover_id in uow.execute(pictured.where(library_folder.c.path.in_(folders))):
            for album_id in above.get((library_id, folder), ()):
                if cover_id:
                    first[album_id] = cover_id
    return first


def refresh_track_covers(uow: UnitOfWork, album_ids: Collection[str]) -> None:
    """A track names a picture only where it differs from its album's."""
    for part in chunks(album_ids):
        own = (
            select(func.min(carrier.c.cover_id))
            .where(carrier.c.track_id == track.c.id, carrier.c.missing_at.is_(None))
            .scalar_subquery()
        )
        query = (
            select(track.c.id, track.c.cover_id, own.label("own"), album.c.cover_id.label("shared"))
            .join(album, album.c.id == track.c.album_id)
            .where(track.c.album_id.in_(part))
        )
        rows = [
            {"row_id": row.id, "cover_id": None if row.own == row.shared else row.own}
            for row in uow.execute(query).all()
            if row.cover_id != (None if row.own == row.shared else row.own)
        ]
        if rows:
            change = update(track).where(track.c.id == bindparam("row_id"))
            uow.execute(change.values(cover_id=bindparam("cover_id")), rows)


def refresh_artists(uow: UnitOfWork, index: NameIndex, ids: Iterable[str]) -> None:
    """Album and track counts of artists; names enter and leave the text index with them."""
    for part in chunks(ids):
        albums = _counts(
            uow,
            select(album_artist.c.artist_id, func.count())
            .join(album, album.c.id == album_artist.c.album_id)
            .where(album_artist.c.artist_id.in_(part), album.c.track_count > 0)
            .group_by(album_artist.c.artist_id),
        )
        tracks = _counts(
            uow,
            select(track_artist.c.artist_id, func.count())
            .join(track, track.c.id == track_artist.c.track_id)
            .where(
                track_artist.c.artist_id.in_(part),
                track_artist.c.role == "artist",
                track.c.missing_at.is_(None),
            )
            .group_by(track_artist.c.artist_id),
        )
        credited = _counts(
            uow,
            select(track_artist.c.artist_id, func.count())
            .join(track, track.c.id == track_artist.c.track_id)
            .where(track_artist.c.artist_id.in_(part), track.c.missing_at.is_(None))
            .group_by(track_artist.c.artist_id),
        )
        rows = [{"row_id": i, "album_count": albums.get(i, 0), "track_count": tracks.get(i, 0)} for i in part]
        change = update(artist).where(artist.c.id == bindparam("row_id"))
        uow.execute(
            change.values(album_count=bindparam("album_count"), track_count=bindparam("track_count")), rows
        )
        weights = {i: albums.get(i, 0) + tracks.get(i, 0) + credited.get(i, 0) for i in part}
        index.remove(uow, "artist", [i for i, weight in weights.items() if not weight])
        names = select(artist.c.id, artist.c.name).where(artist.c.id.in_(part))
        index.index(
            uow,
            [Document("artist", i, name, (), weights[i]) for i, name in uow.execute(names) if weights[i]],
        )


def refresh_genres(uow: UnitOfWork, ids: Iterable[str]) -> None:
    """Album and track counts of genres."""
    for part in chunks(ids):
        query = (
            select(track_genre.c.genre_id, func.count(), func.count(track.c.album_id.distinct()))
            .join(track, track.c.id == track_genre.c.track_id)
            .where(track_genre.c.genre_id.in_(part), track.c.missing_at.is_(None))
            .group_by(track_genre.c.genre_id)
        )
        counts = {row[0]: (row[1], row[2]) for row in uow.execute(query)}
        rows: list[dict[str, Any]] = [
            {"row_id": i, "tracks": counts.get(i, (0, 0))[0], "albums": counts.get(i, (0, 0))[1]}
            for i in part
        ]
        change = update(genre).where(genre.c.id == bindparam("row_id"))
        uow.execute(change.values(track_count=bindparam("tracks"), album_count=bindparam("albums")), rows)


def _counts(uow: UnitOfWork, query: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in uow.execute(query)}
