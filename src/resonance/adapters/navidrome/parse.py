"""From a server's JSON to our words. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from resonance.audio import clean
from resonance.audio.facts import AudioFacts
from resonance.library.remote.ports import Page, Personal, PlaylistHead, Song

_CODECS = {"ogg": "vorbis", "m4a": "aac", "wav": "pcm", "aif": "pcm", "aiff": "pcm", "wv": "wavpack"}
_FORMATS = {"aif": "aiff", "oga": "ogg", "mp4": "m4a", "m4b": "m4a"}
_ROLES = frozenset(
    {"remixer", "conductor", "producer", "performer", "arranger", "lyricist", "mixer", "djmixer"}
)


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


def native_page(body: bytes, total: str | None) -> Page:
    """A page of /api/song. Raises msgspec.DecodeError (ValidationError) for anything else."""
    songs = [native_song(row) for row in _SONGS.decode(body)]
    return Page(songs, int(total) if total is not None and total.isdigit() else None)


def native_song(row: NativeSong) -> Song:
    """One row."""
    return _song(
        id=row.id,
        library_id=str(row.library_id),
        library_path=row.library_path,
        path=row.path,
        album_id=row.album_id or None,
        artist_id=row.artist_id or None,
        size=row.size,
        changed_at=row.updated_at,
        added_at=row.created_at,
        missing=row.missing,
        has_cover=row.has_cover_art,
        facts=_native_facts(row),
        personal=Personal(
            row.starred,
            ms(row.starred_at),
            _stars(row.rating),
            ms(row.rated_at),
            max(row.play_count, 0),
            ms(row.play_date),
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
        if role in _ROLES
        for name in clean.texts(person.name for person in listed)
    )
    return AudioFacts(
        **_sound(
            row.suffix, row.codec, row.duration, row.bit_rate, row.sample_rate, row.bit_depth, row.channels
        ),
        title=clean.text(row.title) or None,
        title_sort=clean.text(row.sort_title) or None,
        artists=artists,
        artist_display=clean.text(row.artist) or None,
        artist_sorts=clean.texts([row.sort_artist_name]) if len(artists) == 1 else (),
        album=_album(row.album),
        album_sort=clean.text(row.sort_album_name) or None,
        album_artists=album_artists,
        album_artist_display=clean.text(row.album_artist) or None,
        album_artist_sorts=clean.texts([row.sort_album_artist_name]) if len(album_artists) == 1 else (),
        genres=clean.genres(tags.get("genre", ())),
        composers=names("composer", ""),
        moods=clean.texts(tags.get("mood", ())),
        credits=credits,
        disc=row.disc_number or None,
        disc_total=None,
        number=row.track_number or None,
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
        recording_mbid=_mbid(row.mbz_recording_id),
        track_mbid=_mbid(row.mbz_release_track_id),
        release_mbid=_mbid(row.mbz_album_id),
        release_group_mbid=_mbid(row.mbz_release_group_id),
        artist_mbids=clean.mbids(tags.get("musicbrainz_artistid", ()) or [row.mbz_artist_id]),
        album_artist_mbids=clean.mbids(
            tags.get("musicbrainz_albumartistid", ()) or [row.mbz_album_artist_id]
        ),
        isrc=next(iter(clean.texts(tags.get("isrc", ()))), None),
        comment=clean.long_text(row.comment) or None,
        explicit=row.explicit_status == "e",
        bpm=float(row.bpm) if row.bpm else None,
        key=next(iter(clean.texts([*tags.get("key", ()), *tags.get("initialkey", ())])), None),
        gain_track_db=_gain(row.rg_track_gain, row.rg_track_peak),
        peak_track=row.rg_track_peak,
        gain_album_db=_gain(row.rg_album_gain, row.rg_album_peak),
        peak_album=row.rg_album_peak,
        lyrics=(),
        cover=None,
    )  # fmt: skip


def subsonic_song(row: dict[str, Any], library_id: str) -> Song:
    """A `Child` of the Subsonic interface."""
    facts = _subsonic_facts(row)
    path = (
        _text(row, "path").lstrip("/") or f"{facts.artist_display or '?'}/{facts.album or '?'}/{facts.title}"
    )
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    # Paths here may be made up, and the same for two songs: the id keeps them apart.
    unique = f"{stem or name} [{row['id']}]" + (f".{suffix}" if stem and dot else "")
    return _song(
        id=str(row["id"]),
        library_id=library_id,
        library_path="",
        path=f"{folder}/{unique}" if folder else unique,
        album_id=_text(row, "albumId") or _text(row, "parent") or None,
        artist_id=_text(row, "artistId") or None,
        size=int(row.get("size") or 0),
        changed_at=_text(row, "created"),
        added_at=_text(row, "created"),
        missing=False,
        has_cover=bool(row.get("coverArt")),
        facts=facts,
        personal=Personal(
            bool(row.get("starred")),
            ms(row.get("starred")),
            _stars(row.get("userRating") or 0),
            None,
            max(int(row.get("playCount") or 0), 0),
            ms(row.get("played")),
        ),
    )


def _subsonic_facts(row: dict[str, Any]) -> AudioFacts:
    gain = row.get("replayGain") or {}
    artists = clean.texts(one.get("name", "") for one in row.get("artists") or ())
    display = _text(row, "displayArtist") or _text(row, "artist")
    album_artists = clean.texts(one.get("name", "") for one in row.get("albumArtists") or ())
    genres = [one.get("name", "") for one in row.get("genres") or ()] or [_text(row, "genre")]
    people = row.get("contributors") or ()
    roles = [(one.get("role", ""), (one.get("artist") or {}).get("name", "")) for one in people]
    year = int(row.get("year") or 0)
    mbids = clean.mbids([_text(row, "musicBrainzId")])
    return AudioFacts(
        **_sound(
            _text(row, "suffix"), "", float(row.get("duration") or 0), int(row.get("bitRate") or 0),
            int(row.get("samplingRate") or 0), row.get("bitDepth"), int(row.get("channelCount") or 0),
        ),
        title=clean.text(_text(row, "title")) or None,
        title_sort=clean.text(_text(row, "sortName")) or None,
        artists=artists or clean.texts([display] if display else ()),
        artist_display=clean.text(display) or None,
        artist_sorts=(),
        album=_album(_text(row, "album")),
        album_sort=None,
        album_artists=album_artists,
        album_artist_display=clean.text(_text(row, "displayAlbumArtist")) or None,
        album_artist_sorts=(),
        genres=clean.genres(genre for genre in genres if genre),
        composers=clean.texts(name for role, name in roles if role == "composer"),
        moods=clean.texts(row.get("moods") or ()),
        credits=tuple((role, word) for role, name in roles if role in _ROLES and (word := clean.text(name))),
        disc=int(row.get("discNumber") or 0) or None,
        disc_total=None,
        number=int(row.get("track") or 0) or None,
        number_total=None,
        disc_subtitle=None,
        date=None,
        original_date=None,
        release_date=None,
        year=year if 1000 <= year <= 2999 else None,
        labels=(),
        catalog_number=None,
        release_types=(),
        version=None,
        compilation=False,
        recording_mbid=mbids[0] if mbids else None,
        track_mbid=None,
        release_mbid=None,
        release_group_mbid=None,
        artist_mbids=(),
        album_artist_mbids=(),
        isrc=next(iter(clean.texts(row.get("isrc") or ())), None),
        comment=clean.long_text(_text(row, "comment")) or None,
        explicit=row.get("explicitStatus") == "explicit",
        bpm=float(row["bpm"]) if row.get("bpm") else None,
        key=None,
        gain_track_db=_gain(gain.get("trackGain"), gain.get("trackPeak")),
        peak_track=gain.get("trackPeak"),
        gain_album_db=_gain(gain.get("albumGain"), gain.get("albumPeak")),
        peak_album=gain.get("albumPeak"),
        lyrics=(),
        cover=None,
    )  # fmt: skip


def native_playlist(row: dict[str, Any], user_id: str | None) -> PlaylistHead:
    """A row of /api/playlist."""
    smart = bool(row.get("rules"))
    return PlaylistHead(
        id=str(row["id"]),
        name=clean.text(_text(row, "name")) or "?",
        comment=clean.long_text(_text(row, "comment"), 2000),
        public=bool(row.get("public")),
        mine=user_id is None or row.get("ownerId") == user_id,
        fixed=smart or bool(row.get("sync")),
        # A smart one changes with the music, which its own time does not tell.
        changed_at=_text(row, "updatedAt") + (f" {_text(row, 'evaluatedAt')}" if smart else ""),
        count=int(row.get("songCount") or 0),
    )


def subsonic_playlist(row: dict[str, Any], username: str) -> PlaylistHead:
    """A playlist of getPlaylists."""
    return PlaylistHead(
        id=str(row["id"]),
        name=clean.text(_text(row, "name")) or "?",
        comment=clean.long_text(_text(row, "comment"), 2000),
        public=bool(row.get("public")),
        mine=_text(row, "owner") in ("", username),
        fixed=bool(row.get("readonly")),
        changed_at=_text(row, "changed"),
        count=int(row.get("songCount") or 0),
    )


def ms(text: str | None) -> int | None:
    """An ISO time in milliseconds; None for none, nonsense, and Go's zero time."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return round(moment.timestamp() * 1000) if moment.year > 1 and moment.tzinfo else None


def _song(*, facts: AudioFacts, personal: Personal, **words: Any) -> Song:
    told = [words[name] for name in ("library_id", "path", "album_id", "size", "changed_at", "has_cover")]
    stamp = hashlib.blake2b(msgspec.msgpack.encode([*told, facts]), digest_size=12).hexdigest()
    return Song(facts=facts, personal=personal, stamp=stamp, **words)


def _sound(
    suffix: str, codec: str, duration: float, kbps: int, rate: int, depth: Any, channels: int
) -> dict[str, Any]:
    name = suffix.lower().lstrip(".")
    form = _FORMATS.get(name, name) or "mp3"
    return {
        "format": form,
        "codec": codec.lower() or _CODECS.get(form, form),
        "duration_s": max(duration, 0.0),
        "bit_rate_kbps": kbps or None,
        "sample_rate_hz": rate or None,
        "bit_depth": int(depth) if depth else None,
        "channels": channels or None,
    }


def _album(title: str) -> str | None:
    cleaned = clean.text(title)
    return None if cleaned in ("", "[Unknown Album]") else cleaned


def _gain(db: float | None, peak: float | None) -> float | None:
    """Some versions tell 0 dB and a peak of 1 where a file says nothing."""
    return None if db is None or (db == 0 and peak in (None, 1)) else db


def _mbid(text: str) -> str | None:
    found = clean.mbids([text]) if text else ()
    return found[0] if found else None


def _stars(value: Any) -> int:
    return min(max(int(value), 0), 5)


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)
