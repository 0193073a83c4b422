"""Rows as the shapes of the model."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

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

INT32 = 2**31 - 1
_NO_GAIN = (None, None, None, None)
# A scan gives thousands of rows one time, and formatting it is the dearest step of a row.
_iso = lru_cache(maxsize=4096)(iso)


def albums(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> list[AlbumID3]:
    """The visible ones of these albums, in order."""
    if not ids:
        return []
    rows = store.album_rows(uow, viewer, ids)
    return _with_artists(uow, viewer, rows)


def _with_artists(uow: UnitOfWork, viewer: Caller, rows: store.Rows) -> list[AlbumID3]:
    ids = [row.id for row in rows]
    artists = _grouped(store.artists_of_albums(uow, ids))
    plays = {row.album_id: row for row in store.plays_of_albums(uow, viewer, ids)}
    return [_album(row, artists.get(row.id, []), plays.get(row.id)) for row in rows]


def _album(row: store.AnyRow, artists: list[ArtistRef], plays: store.AnyRow | None) -> AlbumID3:
    genres = _genres(row.genres)
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
        created=_iso(row.added_at),
        starred=when(row.liked_at),
        year=row.year,
        genre=genres[0].name if genres else None,
        played=None if plays is None else when(plays.played_at),
        user_rating=row.stars,
        music_brainz_id=row.mbid,
        display_artist=row.artist_display,
        sort_name=row.title_sort,
        is_compilation=row.compilation,
        record_labels=named(split(row.labels)),
        genres=genres,
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
    people: dict[str, ArtistRef] = {}
    performers: dict[str, list[ArtistRef]] = {}
    contributors: dict[str, list[Contributor]] = {}
    for track_id, role, artist_id, name in store.artists_of_tracks(uow, [row[0] for row in rows]):
        person = people.get(artist_id)
        if person is None:
            person = people[artist_id] = ArtistRef(id=artist_id, name=name)
        if role == "artist":
            performers.setdefault(track_id, []).append(person)
        else:
            contributors.setdefault(track_id, []).append(Contributor(role=role, artist=person))
    hosts = _grouped(store.artists_of_albums(uow, {row[1] for row in rows if row[1]}))
    return [
        _song(row, performers.get(row[0], []), contributors.get(row[0], []), hosts.get(row[1], []))
        for row in rows
    ]


def _song(
    row: store.AnyRow,
    artists: list[ArtistRef],
    contributors: list[Contributor],
    album_artists: list[ArtistRef],
) -> Child:
    (
        id_, album_id, title, title_sort, artist, disc, number, duration, year, genre_words, composers,
        comment, isrc, mbid, explicit, gain_track, gain_album, peak_track, peak_album, added_at,
        cover_id, album_title, album_artist, play_count, played_at, liked_at, stars, path, size, format_, _,
        bit_rate, sample_rate, bit_depth, channels, _, moods, bpm,
    ) = row  # fmt: skip
    genres = _genres(genre_words)
    return Child(
        id=id_,
        parent=album_id,
        is_dir=False,
        title=title,
        album=album_title,
        artist=artist,
        track=number,
        year=year,
        genre=genres[0].name if genres else None,
        cover_art=cover_id,
        size=size,
        content_type=None if format_ is None else MEDIA_TYPES.get(format_, "application/octet-stream"),
        suffix=format_,
        duration=seconds(duration),
        bit_rate=bit_rate,
        bit_depth=bit_depth,
        sampling_rate=sample_rate,
        channel_count=channels,
        path=None if path is None else readable(path),
        is_video=False,
        user_rating=stars,
        play_count=play_count or None,
        disc_number=disc,
        created=_iso(added_at),
        starred=when(liked_at),
        album_id=album_id,
        artist_id=artists[0].id if artists else None,
        type="music",
        media_type="song",
        played=when(played_at),
        bpm=round(bpm) if bpm and math.isfinite(bpm) else None,
        comment=comment,
        sort_name=title_sort,
        music_brainz_id=mbid,
        display_artist=artist,
        display_album_artist=album_artist,
        display_composer=", ".join(split(composers)) or None,
        explicit_status="explicit" if explicit else "",
        isrc=split(isrc),
        genres=genres,
        artists=artists,
        album_artists=album_artists,
        contributors=contributors,
        moods=split(moods),
        replay_gain=_gain(gain_track, gain_album, peak_track, peak_album),
    )


def _gain(*values: float | None) -> ReplayGain | None:
    if values == _NO_GAIN:
        return None
    finite = [value if value is not None and math.isfinite(value) else None for value in values]
    if not any(value is not None for value in finite):
        return None
    return ReplayGain(track_gain=finite[0], album_gain=finite[1], track_peak=finite[2], album_peak=finite[3])


def artists(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> list[ArtistID3]:
    """The visible ones of these artists, in order."""
    if not ids:
        return []
    return [artist_id3(row, row.liked_at, row.stars) for row in store.artist_rows(uow, viewer, ids)]


def artist_id3(row: store.AnyRow, liked_at: int | None, stars: int | None) -> ArtistID3:
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


def split(words: str | None) -> list[str]:
    """A column of ";"-joined words."""
    return [word for part in words.split(";") if (word := part.strip())] if words else []


def named(words: Iterable[str]) -> list[Named]:
    """Words as {name}."""
    return [Named(name=word) for word in words]


@lru_cache(maxsize=4096)
def _genres(words: str) -> list[Named]:
    return named(split(words))


def when(ms: int | None) -> str | None:
    """A time, if there is one."""
    return None if ms is None else _iso(ms)


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
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _grouped(rows: store.Rows) -> dict[str, list[ArtistRef]]:
    groups: dict[str, list[ArtistRef]] = defaultdict(list)
    for album_id, artist_id, name in rows:
        groups[album_id].append(ArtistRef(id=artist_id, name=name))
    return groups
