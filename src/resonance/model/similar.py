"""What goes with what, as every surface shows it. Field names are those of the REST contract.

Scores and similarities are 0..1; of two sounds 1 is the same, a half unrelated. A reason's `kind` is a stable
word, its `text` a few words that are true of both: "same tempo: 124 BPM".
"""

from __future__ import annotations

from msgspec import Struct

from resonance.model.catalogue import AlbumItem, ArtistItem, TrackItem


class SharedTrait(Struct, frozen=True):
    """Why something is there: sound, tempo, key, genre, artist, year, energy or mood."""

    kind: str
    text: str


class SimilarTrack(Struct, frozen=True):
    """A track and how near it is."""

    track: TrackItem
    score: float
    reasons: list[SharedTrait]


class SimilarTracks(Struct, frozen=True):
    """Best first, no two neighbours by one artist where that can be. `by` says what was compared."""

    items: list[SimilarTrack]
    by: str
    note: str | None


class SimilarAlbum(Struct, frozen=True):
    """An album and how near it is."""

    album: AlbumItem
    score: float
    reasons: list[SharedTrait]


class SimilarAlbums(Struct, frozen=True):
    """Best first."""

    items: list[SimilarAlbum]
    by: str
    note: str | None


class SimilarArtist(Struct, frozen=True):
    """An artist and how near they are."""

    artist: ArtistItem
    score: float
    reasons: list[SharedTrait]


class SimilarArtists(Struct, frozen=True):
    """Best first."""

    items: list[SimilarArtist]
    by: str
    note: str | None


class PathStep(Struct, frozen=True):
    """A track on the way. `step_similarity` and reasons are towards the one before; null for the first.

    `similarity` is towards the start.
    """

    track: TrackItem
    step_similarity: float | None
    similarity: float
    reasons: list[SharedTrait]


class SonicPath(Struct, frozen=True):
    """The way between two tracks. `note` says why it is shorter than asked for, or where it had to jump."""

    items: list[PathStep]
    note: str | None


class FileQuality(Struct, frozen=True, kw_only=True):
    """The sound of one file."""

    format: str
    codec: str
    lossless: bool
    bit_depth: int | None
    sample_rate_hz: int | None
    bit_rate_kbps: int | None
    channels: int | None
    size: int
    duration_s: float


class RecordingCopy(Struct, frozen=True, kw_only=True):
    """One file of a recording. `path` (relative to its library) is told to admins only."""

    track: TrackItem
    quality: FileQuality
    best: bool
    path: str | None


class Duplicate(Struct, frozen=True):
    """One recording that is there more than once, the best file first."""

    similarity: float
    kind: str
    tracks: list[RecordingCopy]


class DuplicatePage(Struct, frozen=True):
    """One page; `note` says when some tracks have not been listened to yet."""

    items: list[Duplicate]
    next: str | None
    total: int
    note: str | None


class MapRegion(Struct, frozen=True):
    """A neighbourhood of the map. x and y are 0..1; `label` is "" where nothing true sets it apart."""

    number: int
    label: str
    x: float
    y: float
    tracks: int
    hue: int
    cover_ids: list[str]


class MapState(Struct, frozen=True):
    """`state`: ready, drawing, too_few or none. `layout` names exactly these points in this order."""

    layout: int
    state: str
    space: str | None
    count: int
    drawn_at: str | None
    regions: list[MapRegion]


class MapPlace(Struct, frozen=True):
    """Where a track lies: its index among the points, x and y 0..1."""

    layout: int
    index: int
    x: float
    y: float
