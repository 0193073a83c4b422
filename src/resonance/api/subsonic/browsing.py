"""Handlers: artists, albums, songs, genres, and the folder view made from them."""

from __future__ import annotations

from resonance.api.subsonic import artist_index, shapes, store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import not_found
from resonance.api.subsonic.model import (
    AlbumID3,
    AlbumInfo,
    AlbumWithSongs,
    ArtistID3,
    ArtistInfo,
    ArtistWithAlbums,
    Child,
    Directory,
    DiscTitle,
    Genre,
    Genres,
    fields,
)
from resonance.db.engine import UnitOfWork
from resonance.library import catalogue


def get_artists(call: Call, uow: UnitOfWork) -> Answer:
    """Everyone with an album of their own, under letters."""
    index = artist_index.current(uow, call.viewer(uow))
    return index.artists(_articles(call), store.marks_on_artists(uow, call.caller))


def get_indexes(call: Call, uow: UnitOfWork) -> Answer:
    """The same in the folder view; empty when nothing has changed since `ifModifiedSince`."""
    index = artist_index.current(uow, call.viewer(uow))
    since = call.params.number("ifModifiedSince", 0)
    return index.indexes(_articles(call), store.marks_on_artists(uow, call.caller), since)


def _articles(call: Call) -> str:
    words: tuple[str, ...] = call.request.app.state.settings.ignored_articles
    return " ".join(words)


def get_artist(call: Call, uow: UnitOfWork) -> Answer:
    """An artist and their albums by year."""
    who, albums = _artist(call, uow, call.params.required("id"))
    if who is None:
        raise not_found("Artist")
    return Fragment("artist", ArtistWithAlbums(**fields(who), album=albums))


def get_album(call: Call, uow: UnitOfWork) -> Answer:
    """An album and its songs in playing order."""
    album, songs = _album(call, uow, call.params.required("id"))
    if album is None:
        raise not_found("Album")
    discs = store.discs(uow, album.id)
    album.disc_titles = [DiscTitle(disc=row.disc, title=row.title) for row in discs]
    explicit = any(song.explicit_status == "explicit" for song in songs)
    album.explicit_status = "explicit" if explicit else ""
    return Fragment("album", AlbumWithSongs(**fields(album), song=songs))


def get_song(call: Call, uow: UnitOfWork) -> Answer:
    """One song."""
    return Fragment("song", song(call, uow, call.params.required("id")))


def song(call: Call, uow: UnitOfWork, song_id: str) -> Child:
    """A song the caller may hear, else fault 70."""
    found = shapes.songs(uow, call.caller, [song_id])
    if not found:
        raise not_found("Song")
    return found[0]


def get_music_directory(call: Call, uow: UnitOfWork) -> Answer:
    """The folder view: an artist holds albums, an album holds songs."""
    directory_id = call.params.required("id")
    album, songs = _album(call, uow, directory_id)
    if album is not None:
        return Fragment("directory", _directory(album, album.artist_id, songs))
    who, albums = _artist(call, uow, directory_id)
    if who is None:
        raise not_found("Directory")
    return Fragment("directory", _directory(who, None, shapes.album_children(albums)))


def _directory(thing: AlbumID3 | ArtistID3, parent: str | None, children: list[Child]) -> Directory:
    return Directory(
        id=thing.id,
        parent=parent,
        name=thing.name,
        starred=thing.starred,
        user_rating=thing.user_rating,
        play_count=thing.play_count if isinstance(thing, AlbumID3) else None,
        cover_art=thing.cover_art,
        child=children,
    )


def _artist(call: Call, uow: UnitOfWork, artist_id: str) -> tuple[ArtistID3 | None, list[AlbumID3]]:
    found = shapes.artists(uow, call.caller, [artist_id])
    if not found:
        return None, []
    ids = store.albums_of_artist(uow, call.caller, artist_id)
    return found[0], shapes.albums(uow, call.caller, ids)


def _album(call: Call, uow: UnitOfWork, album_id: str) -> tuple[AlbumID3 | None, list[Child]]:
    found = shapes.albums(uow, call.caller, [album_id])
    if not found:
        return None, []
    rows = store.tracks_of_album(uow, call.caller, album_id)
    return found[0], shapes.songs_of(uow, call.caller, rows)


def get_genres(call: Call, uow: UnitOfWork) -> Answer:
    """Every genre with how much there is of it."""
    genres = [
        Genre(song_count=genre.track_count, album_count=genre.album_count, value=genre.name)
        for genre in catalogue.genres(uow, call.caller)
    ]
    return Fragment("genres", Genres(genre=genres))


def get_artist_info(call: Call, uow: UnitOfWork) -> Answer:
    """What is known of an artist; nothing is invented, so often only the MusicBrainz id."""
    return Fragment("artistInfo", _artist_info(call, uow))


def get_artist_info2(call: Call, uow: UnitOfWork) -> Answer:
    """The same for tagged artists."""
    return Fragment("artistInfo2", _artist_info(call, uow))


def _artist_info(call: Call, uow: UnitOfWork) -> ArtistInfo:
    """Folder clients send the id of any directory or song here: it stands for its artist."""
    given = call.params.required("id")
    found = shapes.artists(uow, call.caller, [given])
    if not found:
        owner = _owner(call, uow, given)
        found = shapes.artists(uow, call.caller, [owner] if owner else [])
    if not found:
        raise not_found("Artist")
    return ArtistInfo(music_brainz_id=found[0].music_brainz_id)


def _owner(call: Call, uow: UnitOfWork, item_id: str) -> str | None:
    for album in shapes.albums(uow, call.caller, [item_id]):
        return album.artist_id
    for one in shapes.songs(uow, call.caller, [item_id]):
        return one.artist_id
    return None


def get_album_info(call: Call, uow: UnitOfWork) -> Answer:
    """What is known of an album, or of the album of a song."""
    given = call.params.required("id")
    found = shapes.albums(uow, call.caller, [given])
    if not found:
        songs = shapes.songs(uow, call.caller, [given])
        found = shapes.albums(uow, call.caller, [one.album_id for one in songs if one.album_id])
    if not found:
        raise not_found("Album")
    return Fragment("albumInfo", AlbumInfo(music_brainz_id=found[0].music_brainz_id))
