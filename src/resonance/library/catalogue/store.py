"""The SQL that turns ids into items: whole pages at a time, never row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Select, and_, bindparam, func, select

from resonance.core.clock import iso
from resonance.db import traits
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import trait
from resonance.db.tables.library import album, album_artist, artist, carrier, cover, track, track_artist
from resonance.db.tables.listens import like, rating, track_stat
from resonance.library.catalogue.access import chunks, tested
from resonance.model import camelot
from resonance.model.caller import Caller
from resonance.model.catalogue import Accent, AlbumItem, ArtistRef, TrackItem
from resonance.model.quality import soundness

ME: Any = bindparam("me")  # the caller's id, in every statement here


def own_like(kind: str, item: Any) -> Any:
    """The join condition of the caller's like of `item`."""
    return and_(like.c.user_id == ME, like.c.item_kind == kind, like.c.item_id == item)


def own_rating(kind: str, item: Any) -> Any:
    """The join condition of the caller's rating of `item`."""
    return and_(rating.c.user_id == ME, rating.c.item_kind == kind, rating.c.item_id == item)


def own_stat() -> Any:
    """The join condition of the caller's plays of a track."""
    return and_(track_stat.c.user_id == ME, track_stat.c.track_id == track.c.id)


ALBUMS: Select[Any] = select(
    album.c.id,
    album.c.title,
    album.c.artist_display,
    album.c.year,
    album.c.original_date,
    album.c.cover_id,
    cover.c.palette,
    cover.c.placeholder,
    album.c.track_count,
    album.c.duration_s,
    album.c.genres,
    album.c.added_at,
    like.c.liked_at,
    rating.c.stars,
    album.c.compilation,
    album.c.title_sort,
    album.c.mbid,
).select_from(
    album.outerjoin(cover, cover.c.id == album.c.cover_id)
    .outerjoin(like, own_like("album", album.c.id))
    .outerjoin(rating, own_rating("album", album.c.id))
)
# NULL comes first on one database and last on the other, so it is given a number: of a disc the first, of a
# track the last, which is where people look for what has none.
ALBUM_ORDER: tuple[Any, ...] = (
    func.coalesce(track.c.disc, 1),
    func.coalesce(track.c.number, 2**31 - 1),
    track.c.title_sort,
    track.c.id,
)
_TRACK_COVER = func.coalesce(track.c.cover_id, album.c.cover_id)
TRACKS: Select[Any] = select(
    track.c.id,
    track.c.title,
    track.c.artist_display,
    track.c.album_id,
    album.c.title.label("album"),
    album.c.artist_display.label("album_artist"),
    album.c.library_id,
    _TRACK_COVER.label("cover_id"),
    cover.c.palette,
    track.c.disc,
    track.c.number,
    track.c.duration_s,
    track.c.year,
    track.c.genres,
    track.c.bpm_tag,
    track.c.key_tag,
    track.c.gain_track_db,
    track.c.peak_track,
    track.c.gain_album_db,
    track.c.peak_album,
    track.c.has_lyrics,
    track.c.explicit,
    track.c.added_at,
    like.c.liked_at,
    rating.c.stars,
    track_stat.c.play_count,
    track_stat.c.last_played_at,
    track.c.title_sort,
    track.c.recording_mbid,
    *(column.label(f"trait_{column.name}") for column in traits.COLUMNS),
).select_from(
    track.outerjoin(album, album.c.id == track.c.album_id)
    .outerjoin(cover, cover.c.id == _TRACK_COVER)
    .outerjoin(like, own_like("track", track.c.id))
    .outerjoin(rating, own_rating("track", track.c.id))
    .outerjoin(track_stat, own_stat())
    .outerjoin(trait, traits.own(track.c.id))
)


def album_items(uow: UnitOfWork, rows: Sequence[Sequence[Any]]) -> list[AlbumItem]:
    """Rows of ALBUMS as items, with their artists."""
    credits = _credits(uow, album_artist, album_artist.c.album_id, [row[0] for row in rows])
    return [AlbumItem(**album_fields(row, credits)) for row in rows]


def album_fields(row: Sequence[Any], credits: dict[str, list[ArtistRef]]) -> dict[str, Any]:
    """The fields of one AlbumItem."""
    (
        id_, title, shown, year, original, cover_id, palette, placeholder, tracks, duration, genres, added,
        liked_at, stars, compilation, title_sort, mbid,
    ) = row[:17]  # fmt: skip
    return {
        "id": id_,
        "title": title,
        "artist": shown,
        "artists": credits.get(id_, []),
        "year": year,
        "original_year": year_of(original),
        "cover_id": cover_id,
        "accent": accent(palette),
        "placeholder": placeholder,
        "track_count": tracks,
        "duration_s": duration,
        "genres": split(genres),
        "added_at": _iso(added),
        "liked": liked_at is not None,
        "liked_at": when(liked_at),
        "rating": stars or 0,
        "compilation": compilation,
        "sort_title": title_sort,
        "mbid": mbid,
    }


def track_items(uow: UnitOfWork, caller: Caller, rows: Sequence[Sequence[Any]]) -> list[TrackItem]:
    """Rows of TRACKS as items, with their artists and best carriers."""
    ids = [row[0] for row in rows]
    credits = track_credits(uow, ids)
    sound = best_carriers(uow, caller, ids)
    return [TrackItem(**track_fields(row, credits, sound, caller)) for row in rows]


def track_fields(
    row: Sequence[Any], credits: dict[str, list[ArtistRef]], sound: dict[str, Sequence[Any]], caller: Caller
) -> dict[str, Any]:
    """The fields of one TrackItem."""
    (
        id_, title, shown, album_id, album_title, album_artist_, library_id, cover_id, palette, disc, number,
        duration, year, genres, bpm_tag, key_tag, gain_track, peak_track, gain_album, peak_album, has_lyrics,
        explicit, added, liked_at, stars, play_count, last_played, title_sort, mbid,
        bpm, bpm_source, bpm_confidence, tonic, mode, key_source, key_confidence, energy,
    ) = row[:37]  # fmt: skip
    key = (tonic, mode) if tonic is not None else None
    file = sound.get(id_)
    _, format_, codec, bit_rate, rate, depth, channels, size = file if file is not None else (None,) * 8
    # A track can be heard from a library whose album lies in another, which the caller must not be led to.
    album_open = caller.libraries is None or library_id in caller.libraries
    return {
        "id": id_,
        "title": title,
        "artist": shown,
        "artists": credits.get(id_, []),
        "album_id": album_id if album_open else None,
        "album": album_title,
        "album_artist": album_artist_,
        "cover_id": cover_id,
        "accent": accent(palette),
        "disc": disc,
        "number": number,
        "duration_s": duration,
        "year": year,
        "genres": split(genres),
        "bpm_tag": bpm_tag,
        "key_tag": key_tag,
        "bpm": bpm,
        "bpm_source": bpm_source,
        "bpm_confidence": bpm_confidence,
        "key": camelot.name(key) if key else None,
        "camelot": camelot.camelot(key) if key else None,
        "key_source": key_source,
        "key_confidence": key_confidence,
        "energy": energy,
        "format": format_,
        "codec": codec,
        "bit_rate_kbps": bit_rate,
        "sample_rate_hz": rate,
        "bit_depth": depth,
        "channels": channels,
        "size": size,
        "gain_track_db": gain_track,
        "peak_track": peak_track,
        "gain_album_db": gain_album,
        "peak_album": peak_album,
        "has_lyrics": has_lyrics,
        "explicit": explicit,
        "added_at": _iso(added),
        "liked": liked_at is not None,
        "liked_at": when(liked_at),
        "rating": stars or 0,
        "play_count": play_count or 0,
        "last_played_at": when(last_played),
        "sort_title": title_sort,
        "mbid": mbid,
    }


def album_credits(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, list[ArtistRef]]:
    """The artists of albums, in the order of the credit."""
    return _credits(uow, album_artist, album_artist.c.album_id, ids)


def track_credits(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, list[ArtistRef]]:
    """The performers of tracks, in the order of the credit."""
    return _credits(uow, track_artist, track_artist.c.track_id, ids, track_artist.c.role == "artist")


def _credits(
    uow: UnitOfWork, credit: Any, owner: Any, ids: Sequence[str], *conditions: Any
) -> dict[str, list[ArtistRef]]:
    found: dict[str, list[ArtistRef]] = defaultdict(list)
    known: dict[str, ArtistRef] = {}
    for some in chunks(ids):
        statement = (
            select(owner, credit.c.artist_id, artist.c.name)
            .join_from(credit, artist, artist.c.id == credit.c.artist_id)
            .where(owner.in_(some), *conditions)
            .order_by(owner, credit.c.position, credit.c.artist_id)
        )
        for row in uow.execute(statement).all():
            artist_id = row.artist_id
            found[row[0]].append(known.setdefault(artist_id, ArtistRef(artist_id, row.name)))
    return found


def best_carriers(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> dict[str, Sequence[Any]]:
    """For each track the present carrier of the best sound among the caller's libraries.

    Rows are (track_id, format, codec, bit_rate_kbps, sample_rate_hz, bit_depth, channels, size).
    """
    best: dict[str, Sequence[Any]] = {}
    for some in chunks(ids):
        statement = select(
            carrier.c.track_id,
            carrier.c.format,
            carrier.c.codec,
            carrier.c.bit_rate_kbps,
            carrier.c.sample_rate_hz,
            carrier.c.bit_depth,
            carrier.c.channels,
            carrier.c.size,
        ).where(carrier.c.track_id.in_(some), carrier.c.missing_at.is_(None))
        if caller.libraries is not None:
            statement = statement.where(tested(carrier.c.library_id).in_(sorted(caller.libraries)))
        for row in uow.execute(statement.order_by(carrier.c.track_id, carrier.c.id)).all():
            held = best.get(row[0])
            if held is None or soundness(*row[2:6]) > soundness(*held[2:6]):
                best[row[0]] = row
    return best


def rows_by_ids(
    uow: UnitOfWork,
    caller: Caller,
    statement: Select[Any],
    column: Any,
    conditions: Iterable[Any],
    ids: Sequence[str],
) -> list[Sequence[Any]]:
    """The rows of `ids` in their order, repeated as often as they are named, without those out of sight."""
    wanted = list(dict.fromkeys(ids))
    known: dict[str, Sequence[Any]] = {}
    narrowed = statement.where(*conditions)
    for some in chunks(wanted):
        rows = uow.execute(narrowed.where(column.in_(some)), {"me": caller.user_id}).all()
        known.update((row[0], row) for row in rows)
    return [known[item] for item in ids if item in known]


# A scan gives thousands of rows one time, and formatting it is the dearest step of a row.
_iso = lru_cache(maxsize=4096)(iso)


class _Palette(msgspec.Struct):
    accent: Accent | None = None


@lru_cache(maxsize=4096)
def accent(palette: str | None) -> Accent | None:
    """The accent colour of a cover's palette JSON."""
    if palette is None:
        return None
    return msgspec.json.decode(palette, type=_Palette).accent


@lru_cache(maxsize=4096)
def _split(joined: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in joined.split(";")) if part)


def split(joined: str) -> list[str]:
    """The parts of a ";"-joined display column."""
    return list(_split(joined))


def year_of(date: str | None) -> int | None:
    """The year of a date as precise as known."""
    return int(date[:4]) if date and date[:4].isdigit() else None


def when(ms: int | None) -> str | None:
    """A time that may be absent, as ISO text."""
    return None if ms is None else _iso(ms)
