"""What one audio file says of itself: the values that leave this room."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from resonance.core.errors import ResonanceError

REASONS = ("empty", "truncated", "unreadable", "not_audio", "bad_tags")


class BrokenFile(ResonanceError):
    """A file that cannot go into the library. `reason` is one of REASONS, `detail` a sentence.

    empty: no bytes. truncated: it ends before its own headers say so. unreadable: the system refuses to
    read it. not_audio: the content is no audio format we know, whatever the name says. bad_tags: audio,
    but its metadata is so damaged or oversized that reading on would be unsafe.
    """

    code, status = "broken_file", 422

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by their args; this one crosses process borders.
        return BrokenFile, (self.reason, self.detail)


def content_hash(data: bytes) -> str:
    """The name of a picture's bytes, 32 hex digits. Folder covers use the same one as embedded ones."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class EmbeddedCover:
    """The best picture in a file (front cover first), without its bytes. `size` is in bytes."""

    content_hash: str
    size: int
    mime: str


@dataclass(frozen=True, slots=True)
class Lyrics:
    """One text. `body` is plain lines, or canonical LRC where `synced`. `language` is ISO 639-2 or "xxx"."""

    language: str
    synced: bool
    body: str


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """Everything the scan wants of one file.

    Strings are NFC, free of control characters and bounded; a missing one is None, a missing list is ().
    Dates are YYYY, YYYY-MM or YYYY-MM-DD. MusicBrainz artist ids belong to the artists by position only
    where both lists have the same length.
    """

    format: str  # mp3 | flac | ogg | opus | m4a | aac | wav | aiff | wma | ape | wv | mpc | dsf | tta
    codec: str  # mp3 | mp2 | flac | vorbis | opus | speex | aac | alac | pcm | wma | ape | wavpack | ...
    duration_s: float
    bit_rate_kbps: int | None
    sample_rate_hz: int | None
    bit_depth: int | None
    channels: int | None
    title: str | None
    title_sort: str | None
    artists: tuple[str, ...]  # including those named by "feat."
    artist_display: str | None  # as the file writes it
    artist_sorts: tuple[str, ...]
    album: str | None
    album_sort: str | None
    album_artists: tuple[str, ...]
    album_artist_display: str | None
    album_artist_sorts: tuple[str, ...]
    genres: tuple[str, ...]
    composers: tuple[str, ...]
    moods: tuple[str, ...]  # mood words
    credits: tuple[tuple[str, str], ...]  # (role, name): remixer, conductor, producer, performer, ...
    disc: int | None
    disc_total: int | None
    number: int | None
    number_total: int | None
    disc_subtitle: str | None
    date: str | None
    original_date: str | None
    release_date: str | None
    year: int | None
    labels: tuple[str, ...]
    catalog_number: str | None
    release_types: tuple[str, ...]  # lower case
    version: str | None  # of the release: "Deluxe Edition"
    compilation: bool
    recording_mbid: str | None
    track_mbid: str | None
    release_mbid: str | None
    release_group_mbid: str | None
    artist_mbids: tuple[str, ...]
    album_artist_mbids: tuple[str, ...]
    isrc: str | None
    comment: str | None
    explicit: bool
    bpm: float | None  # as tagged
    key: str | None  # as tagged
    gain_track_db: float | None  # to the ReplayGain 2 reference (-18 LUFS)
    peak_track: float | None  # linear, 1.0 is full scale
    gain_album_db: float | None
    peak_album: float | None
    lyrics: tuple[Lyrics, ...]
    cover: EmbeddedCover | None

    @property
    def untagged(self) -> bool:
        """Whether the file says neither its title nor its artist nor its album."""
        return not (self.title or self.artists or self.album)
