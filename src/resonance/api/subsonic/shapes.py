"""Rows as the shapes of the model."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row

from resonance.api.subsonic import store
from resonance.api.subsonic.model import (
    AlbumID3,
    Artist,
    ArtistID3,
    ArtistRef,
    Child,
    Contributor,
    ItemDate,
    Named,
    ReplayGain,
)
from resonance.core.clock import iso
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.playback.source import MEDIA_TYPES

LOSSLESS = frozenset({"flac", "alac", "pcm", "wavpack", "ape"})
INT32 = 2**31 - 1


def albums(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> list[AlbumID3]:
    """The visible ones of these albums, in order."""
    if not ids:
        return []
    rows = store.album_rows(uow, viewer, ids)
    return _with_artists(uow, viewer, rows)


def _with_artists(uow: UnitOfWork, viewer: Caller, rows: store.Rows) -> list[AlbumID3]:
    ids = [row.id for row in rows]
    artists = _grouped(store.artists_of_albums(uow, ids), "album_id")
    plays = {row.album_id: row for row in store.plays_of_albums(uow, viewer, ids)}
    return [_album(row, artists.get(row.id, []), plays.get(row.id)) for row in rows]


def _album(row: Row[Any], artists: list[ArtistRef], plays: Row[Any] | None) -> AlbumID3:
    genres = split(row.genres)
    return AlbumID3(
        id=row.id,
        name=row.title,
        version=row.version,
        artist=row.artist_display,
        artist_id=artists[0].id if artists else None,
        cover_art=row.cover_id,
        song_count=row.track_count,
        duration=seconds(row.duration_s),
        play_count=None if plays is None else int(plays.plays),
        created=iso(row.added_at),
        starred=when(row.liked_at),
        year=row.year,
        genre=genres[0] if genres else None,
        played=None if plays is None else when(plays.played_at),
        user_rating=row.stars,
        music_brainz_id=row.mbid,
        display_artist=row.artist_display,
        sort_name=row.title_sort,
        is_compilation=row.compilation,
        record_labels=named(split(row.labels)),
        genres=named(genres),
        artists=artists,
        release_types=split(row.release_types),
        moods=[],
        original_release_date=date(row.original_date),
        release_date=date(row.date),
    )


def album_children(albums: Iterable[AlbumID3]) -> list[Child]:
    """Albums as folders, for the old folder view."""
    return [
        Child(
            id=album.id,
            parent=album.artist_id,
            is_dir=True,
            title=album.name,
            album=album.name,
            artist=album.artist,
            year=album.year,
            genre=album.genre,
            cover_art=album.cover_art,
            duration=album.duration,
            is_video=False,
            user_rating=album.user_rating,
            play_count=album.play_count,
            created=album.created,
            starred=album.starred,
            artist_id=album.artist_id,
            media_type="album",
            song_count=album.song_count,
            played=album.played,
            sort_name=album.sort_name,
            music_brainz_id=album.music_brainz_id,
            display_artist=album.display_artist,
            display_album_artist=album.display_artist,
            genres=album.genres,
            artists=album.artists,
            album_artists=album.artists,
            moods=[],
        )
        for album in albums
    ]


def songs(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> list[Child]:
    """The visible ones of these songs, in order; an id that is named twice is answered twice."""
    if not ids:
        return []
    return songs_of(uow, viewer, store.track_rows(uow, viewer, ids))


def songs_of(uow: UnitOfWork, viewer: Caller, rows: store.Rows) -> list[Child]:
    """Rows of `store.track_rows` or `store.tracks_of_album` as songs."""
    ids = list({row.id for row in rows})
    files = _best_files(store.carriers(uow, viewer, ids))
    credits: dict[str, list[Row[Any]]] = defaultdict(list)
    for credit in store.artists_of_tracks(uow, ids):
        credits[credit.track_id].append(credit)
    album_ids = {row.album_id for row in rows if row.album_id}
    album_artists = _grouped(store.artists_of_albums(uow, album_ids), "album_id")
    return [
        _song(row, files.get(row.id), credits.get(row.id, []), album_artists.get(row.album_id, []))
        for row in rows
    ]


def _song(
    row: Row[Any], file: Row[Any] | None, credits: list[Row[Any]], album_artists: list[ArtistRef]
) -> Child:
    genres = split(row.genres)
    composers = split(row.composers)
    artists = [ArtistRef(id=credit.id, name=credit.name) for credit in credits if credit.role == "artist"]
    return Child(
        id=row.id,
        parent=row.album_id,
        is_dir=False,
        title=row.title,
        album=row.album_title,
        artist=row.artist_display,
        track=row.number,
        year=row.year,
        genre=genres[0] if genres else None,
        cover_art=row.cover_id or row.album_cover_id,
        **_file_facts(file),
        duration=seconds(row.duration_s),
        is_video=False,
        user_rating=row.stars,
        play_count=row.play_count or None,
        disc_number=row.disc,
        created=iso(row.added_at),
        starred=when(row.liked_at),
        album_id=row.album_id,
        artist_id=artists[0].id if artists else None,
        type="music",
        media_type="song",
        played=when(row.last_played_at),
        bpm=round(row.bpm_tag) if row.bpm_tag and math.isfinite(row.bpm_tag) else None,
        comment=row.comment,
        sort_name=row.title_sort,
        music_brainz_id=row.recording_mbid,
        display_artist=row.artist_display,
        display_album_artist=row.album_artist_display,
        display_composer=", ".join(composers) or None,
        explicit_status="explicit" if row.explicit else "",
        isrc=split(row.isrc or ""),
        genres=named(genres),
        artists=artists,
        album_artists=album_artists,
        contributors=[
            Contributor(role=credit.role, artist=ArtistRef(id=credit.id, name=credit.name))
            for credit in credits
            if credit.role != "artist"
        ],
        moods=[],
        replay_gain=_gain(row),
    )


def _file_facts(file: Row[Any] | None) -> dict[str, Any]:
    if file is None:
        return {}
    return {
        "size": file.size,
        "content_type": MEDIA_TYPES.get(file.format, "application/octet-stream"),
        "suffix": file.format,
        "bit_rate": file.bit_rate_kbps,
        "bit_depth": file.bit_depth,
        "sampling_rate": file.sample_rate_hz,
        "channel_count": file.channels,
        "path": readable(file.path),
    }


def _best_files(rows: store.Rows) -> dict[str, Row[Any]]:
    """The file that `playback.source` would choose for each track."""
    best: dict[str, Row[Any]] = {}
    for row in rows:
        known = best.get(row.track_id)
        if known is None or _preference(row) > _preference(known):
            best[row.track_id] = row
    return best


def _preference(file: Row[Any]) -> tuple[bool, int, str]:
    return (file.codec in LOSSLESS, file.bit_rate_kbps or 0, file.path)


def _gain(row: Row[Any]) -> ReplayGain | None:
    values = (row.gain_track_db, row.gain_album_db, row.peak_track, row.peak_album)
    finite = [value if value is not None and math.isfinite(value) else None for value in values]
    if not any(value is not None for value in finite):
        return None
    return ReplayGain(track_gain=finite[0], album_gain=finite[1], track_peak=finite[2], album_peak=finite[3])


def artists(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> list[ArtistID3]:
    """The visible ones of these artists, in order."""
    if not ids:
        return []
    return [artist_id3(row, row.liked_at, row.stars) for row in store.artist_rows(uow, viewer, ids)]


def artist_id3(row: Row[Any], liked_at: int | None, stars: int | None) -> ArtistID3:
    """One row with `albums` counted. The artist's id also names their picture."""
    return ArtistID3(
        id=row.id,
        name=row.name,
        cover_art=row.id,
        album_count=row.albums,
        starred=when(liked_at),
        user_rating=stars,
        music_brainz_id=row.mbid,
        sort_name=row.name_sort,
    )


def folder_artists(artists: Iterable[ArtistID3]) -> list[Artist]:
    """Artists as they stand in the folder view."""
    return [
        Artist(
            id=artist.id,
            name=artist.name,
            cover_art=artist.cover_art,
            starred=artist.starred,
            user_rating=artist.user_rating,
        )
        for artist in artists
    ]


def split(words: str) -> list[str]:
    """A column of ";"-joined words."""
    return [word for part in words.split(";") if (word := part.strip())] if words else []


def named(words: Iterable[str]) -> list[Named]:
    """Words as {name}."""
    return [Named(name=word) for word in words]


def when(ms: int | None) -> str | None:
    """A time, if there is one."""
    return None if ms is None else iso(ms)


def seconds(duration: float) -> int:
    """Whole seconds, as clients count them."""
    return min(round(duration), INT32) if math.isfinite(duration) and duration > 0 else 0


def date(text: str | None) -> ItemDate | None:
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    parts = [int(part) for part in (text or "").split("-") if part.isascii() and part.isdigit()][:3]
    if not parts:
        return None
    year, month, day = (*parts, 0, 0)[:3]
    return ItemDate(year=year, month=month or None, day=day or None)


def readable(path: str) -> str:
    """A path with what is not UTF-8 replaced, as JSON and XML need it."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _grouped(rows: store.Rows, by: str) -> dict[str, list[ArtistRef]]:
    groups: dict[str, list[ArtistRef]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(ArtistRef(id=row.id, name=row.name))
    return groups
