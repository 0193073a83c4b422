"""From the JSON of the OpenSubsonic interface to our words. Pure."""

from __future__ import annotations

from typing import Any

from resonance.adapters.navidrome import words
from resonance.audio import clean
from resonance.audio.facts import AudioFacts
from resonance.library.remote.ports import Liked, Personal, PlaylistHead, Song


def subsonic_song(row: dict[str, Any], library_id: str) -> Song:
    """A `Child` of the Subsonic interface."""
    facts = _subsonic_facts(row)
    path = (
        words.text(row, "path").lstrip("/")
        or f"{facts.artist_display or '?'}/{facts.album or '?'}/{facts.title}"
    )
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    # Paths here may be made up, and the same for two songs: the id keeps them apart.
    unique = f"{stem or name} [{row['id']}]" + (f".{suffix}" if stem and dot else "")
    return words.song(
        id=words.item_id(row["id"]),
        library_id=library_id,
        library_path="",
        path=f"{folder}/{unique}" if folder else unique,
        album_id=words.item_id(words.text(row, "albumId") or words.text(row, "parent")) or None,
        artist_id=words.item_id(words.text(row, "artistId")) or None,
        size=int(row.get("size") or 0),
        changed_at=words.text(row, "created"),
        added_at=words.text(row, "created"),
        missing=False,
        has_cover=bool(row.get("coverArt")),
        facts=facts,
        personal=Personal(
            bool(row.get("starred")),
            words.ms(row.get("starred")),
            words.stars(row.get("userRating") or 0),
            None,
            words.number(row.get("playCount")),
            words.ms(row.get("played")),
        ),
    )


def _subsonic_facts(row: dict[str, Any]) -> AudioFacts:
    gains = row.get("replayGain") or {}
    artists = clean.texts(one.get("name", "") for one in row.get("artists") or ())
    display = words.text(row, "displayArtist") or words.text(row, "artist")
    album_artists = clean.texts(one.get("name", "") for one in row.get("albumArtists") or ())
    genres = [one.get("name", "") for one in row.get("genres") or ()] or [words.text(row, "genre")]
    people = row.get("contributors") or ()
    roles = [(one.get("role", ""), (one.get("artist") or {}).get("name", "")) for one in people]
    year = int(row.get("year") or 0)
    mbids = clean.mbids([words.text(row, "musicBrainzId")])
    return AudioFacts(
        **words.sound(
            words.text(row, "suffix"), "", float(row.get("duration") or 0), int(row.get("bitRate") or 0),
            int(row.get("samplingRate") or 0), row.get("bitDepth"), int(row.get("channelCount") or 0),
        ),
        title=clean.text(words.text(row, "title")) or None,
        title_sort=clean.text(words.text(row, "sortName")) or None,
        artists=artists or clean.texts([display] if display else ()),
        artist_display=clean.text(display) or None,
        artist_sorts=(),
        album=words.album(words.text(row, "album")),
        album_sort=None,
        album_artists=album_artists,
        album_artist_display=clean.text(words.text(row, "displayAlbumArtist")) or None,
        album_artist_sorts=(),
        genres=clean.genres(genre for genre in genres if genre),
        composers=clean.texts(name for role, name in roles if role == "composer"),
        moods=clean.texts(row.get("moods") or ()),
        credits=tuple(
            (role, word) for role, name in roles if role in words.ROLES and (word := clean.text(name))
        ),
        disc=words.number(row.get("discNumber")) or None,
        disc_total=None,
        number=words.number(row.get("track")) or None,
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
        comment=clean.long_text(words.text(row, "comment")) or None,
        explicit=row.get("explicitStatus") == "explicit",
        bpm=float(row["bpm"]) if row.get("bpm") else None,
        key=None,
        gain_track_db=words.gain(gains.get("trackGain"), gains.get("trackPeak")),
        peak_track=gains.get("trackPeak"),
        gain_album_db=words.gain(gains.get("albumGain"), gains.get("albumPeak")),
        peak_album=gains.get("albumPeak"),
        lyrics=(),
        cover=None,
    )  # fmt: skip


def subsonic_liked(rows: Any) -> Liked:
    """A list of getStarred2."""
    return {
        id_: (words.text(row, "name") or words.text(row, "title"), words.ms(row.get("starred")))
        for row in rows or ()
        if (id_ := words.item_id(row["id"]))
    }


def subsonic_playlist(row: dict[str, Any], username: str) -> PlaylistHead:
    """A playlist of getPlaylists."""
    return PlaylistHead(
        id=str(row["id"]),
        name=clean.text(words.text(row, "name")) or "?",
        comment=clean.long_text(words.text(row, "comment"), 2000),
        public=bool(row.get("public")),
        mine=words.text(row, "owner") in ("", username),
        fixed=bool(row.get("readonly")),
        changed_at=words.text(row, "changed"),
        count=int(row.get("songCount") or 0),
    )
