"""Every field that a rule may ask about: its kind, what may be asked, and what Navidrome calls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from resonance.model.moods import MOODS

Kind: TypeAlias = Literal["text", "number", "date", "flag", "key", "mood", "sounds_like", "playlist"]
# What a field is read from: who keeps lists up to date refreshes those that read what changed.
Reads: TypeAlias = Literal[
    "catalogue", "features", "plays", "likes", "ratings", "tags", "moods", "sounds", "playlists"
]
Group: TypeAlias = Literal["music", "album", "people", "file", "own", "measured", "other"]

_COMPARING = ("is", "is_not", "contains", "not_contains", "starts_with", "ends_with")
_KNOWN = ("missing", "present")

OPERATORS: dict[Kind, tuple[str, ...]] = {
    "text": (*_COMPARING, "has_words", *_KNOWN),
    "number": ("is", "is_not", "less", "greater", "at_least", "at_most", "between", *_KNOWN),
    "date": ("on", "before", "after", "between", "in_last", "not_in_last", *_KNOWN),
    "flag": ("is",),
    "key": ("is", "is_not", "near", *_KNOWN),
    "mood": ("at_least", "at_most"),
    "sounds_like": ("is", "is_not"),
    "playlist": ("in", "not_in"),
}
# The operators that hold exactly where another one does not, so also where nothing is known.
NEGATIVE: dict[str, str] = {
    "is_not": "is",
    "not_contains": "contains",
    "not_in_last": "in_last",
    "not_in": "in",
    "missing": "present",
}
RANDOM = "random"  # what a sort may name beside fields


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `unit` says what its numbers are in, `grain` how far `is` reaches (half of it either way).

    A track may have several values of a field that is `many`: a condition holds when one of them fits. A
    value that is not known counts as the `default` of its field, where there is one. `personal` fields are
    the asking person's own. `nsp` is Navidrome's name.
    """

    name: str
    kind: Kind
    label: str
    group: Group
    reads: Reads = "catalogue"
    nsp: str | None = None
    unit: str | None = None
    grain: float = 0.0
    default: float | None = None
    personal: bool = False
    many: bool = False
    sortable: bool = True
    always: bool = False  # known of every track, though there is no default
    exact: bool = False  # its signs count (paths, codes), only the case of A-Z does not

    @property
    def operators(self) -> tuple[str, ...]:
        """What may be asked of it."""
        known = self.always or self.default is not None
        without = (*(_KNOWN if known else ()), *(("has_words",) if self.exact else ()))
        return tuple(op for op in OPERATORS[self.kind] if op not in without)


def _people() -> list[Field]:
    roles = {
        "composer": "Composer",
        "lyricist": "Lyricist",
        "writer": "Writer",
        "conductor": "Conductor",
        "remixer": "Remixer",
        "arranger": "Arranger",
        "producer": "Producer",
        "engineer": "Engineer",
        "mixer": "Mixer",
        "djmixer": "DJ mixer",
        "performer": "Performer",
    }
    return [
        Field(name, "text", label, "people", nsp=None if name == "writer" else name, many=True)
        for name, label in roles.items()
    ]


def _own(prefix: str, label: str) -> list[Field]:
    """What a person did with a track, its album or its artists."""
    name = f"{prefix}_" if prefix else ""
    of = f"{label} " if label else ""
    many = prefix == "artist"

    def said(text: str) -> str:
        return f"{of}{text}" if of else text.capitalize()

    def named(text: str) -> str:
        return prefix + text if prefix else text[0].lower() + text[1:]

    def field(part: str, kind: Kind, text: str, reads: Reads, nsp: str, **more: Any) -> Field:
        several = many and kind != "flag"
        return Field(
            *(name + part, kind, said(text), "own", reads),
            nsp=named(nsp),
            personal=True,
            many=several,
            **more,
        )

    return [
        field("liked", "flag", "liked", "likes", "Loved"),
        field("liked_at", "date", "liked on", "likes", "DateLoved"),
        field("rating", "number", "rating", "ratings", "Rating", unit="stars", default=0),
        field("rated_at", "date", "rated on", "ratings", "DateRated"),
        field("play_count", "number", "play count", "plays", "PlayCount", unit="plays", default=0),
        field("last_played", "date", "last played", "plays", "LastPlayed"),
    ]


def _measured(
    name: str, label: str, unit: str | None = None, grain: float = 0.0, nsp: str | None = None
) -> Field:
    return Field(name, "number", label, "measured", "features", nsp, unit, grain)


_ALL: list[Field] = [
    Field("title", "text", "Title", "music", nsp="title", always=True),
    Field("artist", "text", "Artist", "music", nsp="artist", many=True),
    Field("album", "text", "Album", "music", nsp="album"),
    Field("album_artist", "text", "Album artist", "music", nsp="albumArtist", many=True),
    Field("genre", "text", "Genre", "music", nsp="genre", many=True),
    Field("year", "number", "Year", "music", nsp="year"),
    Field("date", "date", "Date", "music", nsp="date"),
    Field("original_year", "number", "Original year", "music", nsp="originalYear"),
    Field("original_date", "date", "Original date", "music", nsp="originalDate"),
    Field("duration", "number", "Duration", "music", nsp="duration", unit="seconds", grain=1.0, always=True),
    Field("number", "number", "Track number", "music", nsp="trackNumber"),
    Field("disc", "number", "Disc", "music", nsp="discNumber"),
    Field("disc_subtitle", "text", "Disc subtitle", "music", nsp="discSubtitle", sortable=False),
    Field("comment", "text", "Comment", "music", nsp="comment", sortable=False),
    Field("mood_tag", "text", "Mood tag", "music", nsp="mood", many=True, sortable=False),
    Field("explicit", "flag", "Explicit", "music"),
    Field("has_lyrics", "flag", "Has lyrics", "music"),
    Field("has_cover", "flag", "Has a cover", "music", nsp="hasCoverArt"),
    Field("isrc", "text", "ISRC", "music", nsp="isrc", exact=True),
    Field("recording_mbid", "text", "MusicBrainz recording", "music", nsp="mbz_recording_id", exact=True),
    Field("track_mbid", "text", "MusicBrainz track", "music", nsp="mbz_release_track_id", exact=True),
    Field("sort_title", "text", "Title for sorting", "music", nsp="sortTitle", always=True),
    Field("sort_artist", "text", "Artist for sorting", "music", nsp="sortArtist", always=True),
    Field("gain_track", "number", "Track gain", "music", nsp="rgTrackGain", unit="dB"),
    Field("peak_track", "number", "Track peak", "music", nsp="rgTrackPeak"),
    Field("gain_album", "number", "Album gain", "music", nsp="rgAlbumGain", unit="dB"),
    Field("peak_album", "number", "Album peak", "music", nsp="rgAlbumPeak"),
    Field("added", "date", "Added", "music", nsp="dateAdded", always=True),
    Field("changed", "date", "Changed", "music", nsp="dateModified", always=True),
    Field("label", "text", "Label", "album", nsp="recordLabel", many=True, sortable=False),
    Field("release_type", "text", "Release type", "album", nsp="releaseType", many=True, sortable=False),
    Field("release_year", "number", "Year of release", "album", nsp="releaseYear"),
    Field("release_date", "date", "Date of release", "album", nsp="releaseDate"),
    Field("compilation", "flag", "Compilation", "album", nsp="compilation"),
    Field("catalog_number", "text", "Catalogue number", "album", nsp="catalogNumber", sortable=False),
    Field("album_version", "text", "Album version", "album", nsp="albumComment", sortable=False),
    Field("album_mbid", "text", "MusicBrainz release", "album", nsp="mbz_album_id", exact=True),
    Field(
        "release_group_mbid",
        "text",
        "MusicBrainz release group",
        "album",
        nsp="mbz_release_group_id",
        exact=True,
    ),
    Field("sort_album", "text", "Album for sorting", "album", nsp="sortAlbum"),
    Field("sort_album_artist", "text", "Album artist for sorting", "album", nsp="sortAlbumArtist"),
    Field(
        "album_duration", "number", "Album duration", "album", nsp="albumDuration", unit="seconds", grain=1.0
    ),
    Field("album_tracks", "number", "Tracks of the album", "album", nsp="albumSongCount"),
    Field("album_added", "date", "Album added", "album", nsp="albumDateAdded"),
    Field("album_changed", "date", "Album changed", "album", nsp="albumDateModified"),
    *_people(),
    Field("artist_mbid", "text", "MusicBrainz artist", "people", nsp="mbz_artist_id", many=True, exact=True),
    Field(
        *("album_artist_mbid", "text", "MusicBrainz album artist", "people"),
        nsp="mbz_album_artist_id",
        many=True,
        exact=True,
    ),
    Field("path", "text", "Path", "file", nsp="filePath", many=True, exact=True),
    Field("folder", "text", "Folder", "file", many=True, exact=True),
    Field("file_type", "text", "File type", "file", nsp="fileType", many=True, exact=True),
    Field("codec", "text", "Codec", "file", nsp="codec", many=True, exact=True),
    Field("bit_rate", "number", "Bit rate", "file", nsp="bitRate", unit="kbit/s", many=True),
    Field("sample_rate", "number", "Sample rate", "file", nsp="sampleRate", unit="Hz", many=True),
    Field("bit_depth", "number", "Bit depth", "file", nsp="bitDepth", unit="bits", many=True),
    Field("channels", "number", "Channels", "file", nsp="channels", many=True),
    Field("size", "number", "Size", "file", nsp="size", unit="bytes", many=True),
    Field("library", "text", "Library", "file", many=True, sortable=False),
    Field("library_number", "number", "Library number", "file", nsp="library_id", many=True),
    *_own("", ""),
    Field("tag", "text", "Own tag", "own", "tags", personal=True, many=True, sortable=False),
    Field("note", "text", "Own note", "own", "tags", personal=True, sortable=False),
    *_own("album", "Album"),
    *_own("artist", "Artist"),
    _measured("bpm", "Tempo", "BPM", 1.0, "bpm"),
    Field("key", "key", "Key", "measured", "features", "key"),
    _measured("energy", "Energy", "0 to 1", 0.01),
    _measured("danceability", "Danceability", "0 to 1", 0.01),
    _measured("brightness", "Brightness", "0 to 1", 0.01),
    _measured("acousticness", "Acousticness", "0 to 1", 0.01),
    _measured("valence", "Cheerfulness", "0 to 1", 0.01),
    _measured("loudness", "Loudness", "LUFS", 0.1),
    _measured("loudness_range", "Loudness range", "LU", 0.1),
    _measured("dynamics", "Dynamic complexity", "dB", 0.1),
    _measured("true_peak", "True peak", "dBTP", 0.1),
    _measured("onset_rate", "Notes a second", "a second", 0.1),
    _measured("bpm_stability", "Steadiness of the tempo", "0 to 1", 0.01),
    Field("analysed", "flag", "Analysed", "measured", "features"),
    *(
        Field(f"mood_{mood}", "mood", f"Mood: {mood}", "measured", "moods", personal=True, sortable=False)
        for mood in MOODS
    ),
    Field("sounds_like", "sounds_like", "Sounds like", "other", "sounds", sortable=False),
    Field("playlist", "playlist", "Playlist", "other", "playlists", sortable=False),
]
FIELDS: dict[str, Field] = {field.name: field for field in _ALL}
SORTS: tuple[str, ...] = (*(field.name for field in _ALL if field.sortable), RANDOM)
