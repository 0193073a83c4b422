"""From the JSON of Navidrome's own interface to our words. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from resonance.adapters.navidrome import words
from resonance.audio import clean
from resonance.audio.facts import AudioFacts
from resonance.library.remote.ports import Mark, Page, Personal, PlaylistHead, Song


class _Person(msgspec.Struct):
    name: str = ""
    id: str = ""
    sub_role: str = msgspec.field(name="subRole", default="")


class NativeSong(msgspec.Struct, rename="camel"):
    """A row of /api/song, as far as it is read."""

    id: str
    library_id: int = 1
    library_path: str = ""
    path: str = ""
    title: str = ""
    album: str = ""
    artist: str = ""
    artist_id: str = ""
    album_artist: str = ""
    album_id: str = ""
    has_cover_art: bool = False
    track_number: int = 0
    disc_number: int = 0
    disc_subtitle: str = ""
    year: int = 0
    date: str = ""
    original_date: str = ""
    release_date: str = ""
    size: int = 0
    suffix: str = ""
    duration: float = 0.0
    bit_rate: int = 0
    sample_rate: int = 0
    bit_depth: int | None = None
    channels: int = 0
    codec: str = ""
    sort_title: str = ""
    sort_album_name: str = ""
    sort_artist_name: str = ""
    sort_album_artist_name: str = ""
    compilation: bool = False
    comment: str = ""
    bpm: float | None = None
    explicit_status: str = ""
    catalog_num: str = ""
    mbz_recording_id: str = msgspec.field(name="mbzRecordingID", default="")
    mbz_release_track_id: str = ""
    mbz_album_id: str = ""
    mbz_release_group_id: str = ""
    mbz_artist_id: str = ""
    mbz_album_artist_id: str = ""
    mbz_album_type: str = ""
    rg_album_gain: float | None = None
    rg_album_peak: float | None = None
    rg_track_gain: float | None = None
    rg_track_peak: float | None = None
    tags: dict[str, list[str]] | None = None
    participants: dict[str, list[_Person]] | None = None
    missing: bool = False
    created_at: str = ""
    updated_at: str = ""
    play_count: int = 0
    play_date: str | None = None
    rating: int = 0
    rated_at: str | None = None
    starred: bool = False
    starred_at: str | None = None


_SONGS = msgspec.json.Decoder(list[NativeSong])


class _RatedRow(msgspec.Struct, rename="camel"):
    """A row of any list there, as far as its rating is read."""

    id: str
    name: str = ""
    rating: int = 0
    rated_at: str | None = None


_RATED = msgspec.json.Decoder(list[_RatedRow])


def native_marks(body: bytes) -> tuple[list[Mark], int, bool]:
    """The rated rows of a page, how many rows it has, and whether some are not rated.

    Raises msgspec.DecodeError for anything else.
    """
    rows = _RATED.decode(body)
    marks = [
        Mark(id_, row.name, words.stars(row.rating), words.ms(row.rated_at))
        for row in rows
        if row.rating > 0 and (id_ := words.item_id(row.id))
    ]
    return marks, len(rows), any(row.rating <= 0 for row in rows)


def native_page(body: bytes, total: str | None) -> Page:
    """A page of /api/song. Raises msgspec.DecodeError (ValidationError) for anything else."""
    songs = [native_song(row) for row in _SONGS.decode(body)]
    return Page(songs, int(total) if total is not None and total.isdigit() else None)


def native_song(row: NativeSong) -> Song:
    """One row."""
    return words.song(
        id=words.item_id(row.id),
        library_id=str(row.library_id),
        library_path=row.library_path,
        path=row.path,
        album_id=words.item_id(row.album_id) or None,
        artist_id=words.item_id(row.artist_id) or None,
        size=row.size,
        changed_at=row.updated_at,
        added_at=row.created_at,
        missing=row.missing,
        has_cover=row.has_cover_art,
        facts=_native_facts(row),
        personal=Personal(
            row.starred,
            words.ms(row.starred_at),
            words.stars(row.rating),
            words.ms(row.rated_at),
            words.number(row.play_count),
            words.ms(row.play_date),
        ),
    )


def _native_facts(row: NativeSong) -> AudioFacts:
    tags = row.tags or {}
    people = row.participants or {}

    def names(role: str, display: str) -> tuple[str, ...]:
        listed = clean.texts(person.name for person in people.get(role, ()))
        return listed or clean.texts([display] if display else ())

    artists, album_artists = names("artist", row.artist), names("albumartist", row.album_artist)
    credits = tuple(
        (role, name)
        for role, listed in people.items()
        if role in words.ROLES
        for name in clean.texts(person.name for person in listed)
    )
    return AudioFacts(
        **words.sound(
            row.suffix, row.codec, row.duration, row.bit_rate, row.sample_rate, row.bit_depth, row.channels
        ),
        title=clean.text(row.title) or None,
        title_sort=clean.text(row.sort_title) or None,
        artists=artists,
        artist_display=clean.text(row.artist) or None,
        artist_sorts=clean.texts([row.sort_artist_name]) if len(artists) == 1 else (),
        album=words.album(row.album),
        album_sort=clean.text(row.sort_album_name) or None,
        album_artists=album_artists,
        album_artist_display=clean.text(row.album_artist) or None,
        album_artist_sorts=clean.texts([row.sort_album_artist_name]) if len(album_artists) == 1 else (),
        genres=clean.genres(tags.get("genre", ())),
        composers=names("composer", ""),
        moods=clean.texts(tags.get("mood", ())),
        credits=credits,
        disc=words.number(row.disc_number) or None,
        disc_total=None,
        number=words.number(row.track_number) or None,
        number_total=None,
        disc_subtitle=clean.text(row.disc_subtitle) or None,
        date=clean.date(row.date) if row.date else None,
        original_date=clean.date(row.original_date) if row.original_date else None,
        release_date=clean.date(row.release_date) if row.release_date else None,
        year=row.year if 1000 <= row.year <= 2999 else None,
        labels=clean.texts(tags.get("recordlabel", ())),
        catalog_number=clean.text(row.catalog_num) or None,
        release_types=tuple(word.lower() for word in clean.texts(tags.get("releasetype", ()))),
        version=next(iter(clean.texts(tags.get("albumversion", ()))), None),
        compilation=row.compilation,
        recording_mbid=words.mbid(row.mbz_recording_id),
        track_mbid=words.mbid(row.mbz_release_track_id),
        release_mbid=words.mbid(row.mbz_album_id),
        release_group_mbid=words.mbid(row.mbz_release_group_id),
        artist_mbids=clean.mbids(tags.get("musicbrainz_artistid", ()) or [row.mbz_artist_id]),
        album_artist_mbids=clean.mbids(
            tags.get("musicbrainz_albumartistid", ()) or [row.mbz_album_artist_id]
        ),
        isrc=next(iter(clean.texts(tags.get("isrc", ()))), None),
        comment=clean.long_text(row.comment) or None,
        explicit=row.explicit_status == "e",
        bpm=float(row.bpm) if row.bpm else None,
        key=next(iter(clean.texts([*tags.get("key", ()), *tags.get("initialkey", ())])), None),
        gain_track_db=words.gain(row.rg_track_gain, row.rg_track_peak),
        peak_track=row.rg_track_peak,
        gain_album_db=words.gain(row.rg_album_gain, row.rg_album_peak),
        peak_album=row.rg_album_peak,
        lyrics=(),
        cover=None,
    )  # fmt: skip


def native_playlist(row: dict[str, Any], user_id: str | None) -> PlaylistHead:
    """A row of /api/playlist."""
    smart = bool(row.get("rules"))
    return PlaylistHead(
        id=str(row["id"]),
        name=clean.text(words.text(row, "name")) or "?",
        comment=clean.long_text(words.text(row, "comment"), 2000),
        public=bool(row.get("public")),
        mine=user_id is None or row.get("ownerId") == user_id,
        fixed=smart or bool(row.get("sync")),
        # A smart one changes with the music, which its own time does not tell.
        changed_at=words.text(row, "updatedAt") + (f" {words.text(row, 'evaluatedAt')}" if smart else ""),
        count=int(row.get("songCount") or 0),
    )
