"""What every surface shows of the catalogue. Field names are those of the REST contract.

Times are ISO 8601 UTC, durations seconds, `rating` is 0 (none) to 5; `liked`, `rating` and play counts are
the caller's own.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class ArtistRef(Struct, frozen=True, gc=False):
    """An artist as credited on something."""

    id: str
    name: str


class Accent(Struct, frozen=True, gc=False):
    """A cover's colour in OKLCH: hue in degrees, chroma, lightness 0..1."""

    h: float
    c: float
    l: float  # noqa: E741 - the letter of the colour space and of the contract


class AlbumItem(Struct, frozen=True, kw_only=True):
    """An album in a list."""

    id: str
    title: str
    artist: str
    artists: list[ArtistRef]
    year: int | None
    original_year: int | None
    cover_id: str | None
    accent: Accent | None
    placeholder: str | None
    track_count: int
    duration_s: float
    genres: list[str]
    added_at: str
    liked: bool
    liked_at: str | None
    rating: int
    compilation: bool
    sort_title: str
    mbid: str | None


class TrackItem(Struct, frozen=True, kw_only=True):
    """A track in a list. Sound facts are those of its best carrier the caller may hear.

    `bpm` and `key` ("F#m", `camelot` "11A") are what counts of edit, measurement and tag. Their source is
    "user", "measured" or "tag"; only what is measured has a confidence (0..1). `energy` is 0..1.
    """

    id: str
    title: str
    artist: str
    artists: list[ArtistRef]
    album_id: str | None
    album: str | None
    album_artist: str | None
    cover_id: str | None
    accent: Accent | None
    disc: int | None
    number: int | None
    duration_s: float
    year: int | None
    genres: list[str]
    bpm_tag: float | None
    key_tag: str | None
    bpm: float | None
    bpm_source: str | None
    bpm_confidence: float | None
    key: str | None
    camelot: str | None
    key_source: str | None
    key_confidence: float | None
    energy: float | None
    format: str | None
    codec: str | None
    bit_rate_kbps: int | None
    sample_rate_hz: int | None
    bit_depth: int | None
    channels: int | None
    size: int | None
    gain_track_db: float | None
    peak_track: float | None
    gain_album_db: float | None
    peak_album: float | None
    has_lyrics: bool
    explicit: bool
    added_at: str
    liked: bool
    liked_at: str | None
    rating: int
    play_count: int
    last_played_at: str | None
    sort_title: str
    mbid: str | None


class Disc(Struct, frozen=True):
    """One disc of an album; `disc` is null where the tags name none."""

    disc: int | None
    subtitle: str | None
    tracks: list[TrackItem]


class Quality(Struct, frozen=True):
    """The sound of an album at a glance: best values over its tracks, `size` in bytes for all of them."""

    formats: list[str]
    lossless: bool
    sample_rate_hz: int | None
    bit_depth: int | None
    bit_rate_kbps: int | None
    size: int


class AlbumDetail(AlbumItem, frozen=True, kw_only=True):
    """One album with its tracks."""

    discs: list[Disc]
    labels: list[str]
    release_types: list[str]
    catalog_number: str | None
    date: str | None
    original_date: str | None
    version: str | None
    release_group_mbid: str | None
    palette: dict[str, Any] | None
    quality: Quality | None
    play_count: int
    last_played_at: str | None


class CarrierItem(Struct, frozen=True, kw_only=True):
    """Where a track lies. `path` (relative to the library) is told to admins only."""

    id: str
    library_id: str
    kind: str
    path: str | None
    format: str
    codec: str
    size: int
    bit_rate_kbps: int | None
    sample_rate_hz: int | None
    bit_depth: int | None
    channels: int | None
    duration_s: float
    missing: bool


class TrackMbids(Struct, frozen=True, kw_only=True):
    """MusicBrainz ids of a track."""

    recording: str | None
    track: str | None
    album: str | None
    release_group: str | None


class TrackDetail(TrackItem, frozen=True, kw_only=True):
    """One track with everything known of it and what the caller wrote on it."""

    path: str | None
    comment: str | None
    composers: list[str]
    isrc: str | None
    date: str | None
    original_date: str | None
    mbids: TrackMbids
    tags: list[str]
    note: str
    carriers: list[CarrierItem]


class ArtistItem(Struct, frozen=True, kw_only=True):
    """An artist in a list. `image_id` is set where /artist-images has a picture; `cover_id` stands in."""

    id: str
    name: str
    sort_name: str
    letter: str
    album_count: int
    track_count: int
    image_id: str | None
    cover_id: str | None
    liked: bool
    liked_at: str | None
    rating: int
    mbid: str | None


class ArtistDetail(ArtistItem, frozen=True, kw_only=True):
    """One artist with their own albums, those they appear on, and what the caller plays most of them."""

    albums: list[AlbumItem]
    appears_on: list[AlbumItem]
    top_tracks: list[TrackItem]


class ArtistIndex(Struct, frozen=True):
    """Artists under one letter (A-Z or #)."""

    letter: str
    artists: list[ArtistItem]


class GenreItem(Struct, frozen=True):
    """A genre and how much of it there is."""

    id: str
    name: str
    album_count: int
    track_count: int


class YearItem(Struct, frozen=True):
    """A year and how many albums came out in it."""

    year: int
    album_count: int


class FolderItem(Struct, frozen=True):
    """A folder below a library; `path` is relative to it, "" for the library itself."""

    id: str
    library_id: str
    name: str
    path: str


class FolderPage(Struct, frozen=True):
    """What lies directly in a folder."""

    folder: FolderItem | None
    folders: list[FolderItem]
    tracks: list[TrackItem]


class Continue(Struct, frozen=True):
    """Where the caller's saved queue stands."""

    track: TrackItem
    position_ms: int
    index: int
    changed_at: str


class Home(Struct, frozen=True, rename={"continue_": "continue"}):
    """The first page."""

    continue_: Continue | None
    recently_added: list[AlbumItem]
    recently_played: list[AlbumItem]
    most_played: list[AlbumItem]


class CataloguePage(Struct, frozen=True):
    """One page of a list; `next` continues it, `total` counts the whole list."""

    items: list[Any]
    next: str | None
    total: int | None
