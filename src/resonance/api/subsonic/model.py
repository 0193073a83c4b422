"""Every shape that /rest answers with. Field names are camel-cased on the wire; None is left out.

Times are ISO 8601 text, durations whole seconds, positions milliseconds, bit rates kbit/s. Lists without
a None default are required by the specification; OpenSubsonic's own lists are sent even when empty, which
tells clients that the server knows the field.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec


class Shape(msgspec.Struct, omit_defaults=True, kw_only=True, rename="camel", gc=False):
    """Base of every answer."""

    TEXT: ClassVar[str | None] = None
    ELEMENTS: ClassVar[frozenset[str]] = frozenset()
    BEYOND: ClassVar[frozenset[str]] = frozenset()


def fields(shape: Shape) -> dict[str, Any]:
    """The fields of a shape by their Python names, to build a larger shape from it."""
    return msgspec.structs.asdict(shape)


class Fault(Shape, kw_only=True):
    code: int
    message: str


class License(Shape, kw_only=True):
    valid: bool


class Extension(Shape, kw_only=True):
    name: str
    versions: list[int]


class TokenInfo(Shape, kw_only=True):
    username: str


class MusicFolder(Shape, kw_only=True):
    id: int
    name: str


class MusicFolders(Shape, kw_only=True):
    music_folder: list[MusicFolder]


class Genre(Shape, kw_only=True):
    TEXT: ClassVar[str | None] = "value"
    song_count: int
    album_count: int
    value: str


class Genres(Shape, kw_only=True):
    genre: list[Genre]


class Named(Shape, kw_only=True):
    """ItemGenre and RecordLabel."""

    name: str


class ItemDate(Shape, kw_only=True):
    year: int | None = None
    month: int | None = None
    day: int | None = None


class DiscTitle(Shape, kw_only=True):
    disc: int
    title: str


class ReplayGain(Shape, kw_only=True):
    track_gain: float | None = None
    album_gain: float | None = None
    track_peak: float | None = None
    album_peak: float | None = None


class ArtistRef(Shape, kw_only=True):
    """An ArtistID3 inside another thing: who, and nothing more."""

    id: str
    name: str


class Contributor(Shape, kw_only=True):
    role: str
    sub_role: str | None = None
    artist: ArtistRef


class Artist(Shape, kw_only=True):
    """An artist in the folder view."""

    id: str
    name: str
    cover_art: str | None = None
    artist_image_url: str | None = None
    starred: str | None = None
    user_rating: int | None = None


class ArtistID3(Shape, kw_only=True):
    BEYOND: ClassVar[frozenset[str]] = frozenset({"roles"})
    id: str
    name: str
    cover_art: str | None = None
    artist_image_url: str | None = None
    album_count: int
    starred: str | None = None
    user_rating: int | None = None
    music_brainz_id: str | None = None
    sort_name: str | None = None
    roles: list[str] | None = None


class AlbumID3(Shape, kw_only=True):
    BEYOND: ClassVar[frozenset[str]] = frozenset(
        {
            "record_labels",
            "genres",
            "artists",
            "release_types",
            "moods",
            "original_release_date",
            "release_date",
            "disc_titles",
        }
    )
    id: str
    name: str
    version: str | None = None
    artist: str | None = None
    artist_id: str | None = None
    cover_art: str | None = None
    song_count: int
    duration: int
    play_count: int | None = None
    created: str
    starred: str | None = None
    year: int | None = None
    genre: str | None = None
    played: str | None = None
    user_rating: int | None = None
    music_brainz_id: str | None = None
    display_artist: str | None = None
    sort_name: str | None = None
    is_compilation: bool | None = None
    explicit_status: str | None = None
    record_labels: list[Named] | None = None
    genres: list[Named] | None = None
    artists: list[ArtistRef] | None = None
    release_types: list[str] | None = None
    moods: list[str] | None = None
    original_release_date: ItemDate | None = None
    release_date: ItemDate | None = None
    disc_titles: list[DiscTitle] | None = None


class Child(Shape, kw_only=True):
    """A song; in the folder view also an album, with `is_dir` set."""

    BEYOND: ClassVar[frozenset[str]] = frozenset(
        {"isrc", "genres", "artists", "album_artists", "contributors", "moods", "replay_gain"}
    )

    id: str
    parent: str | None = None
    is_dir: bool
    title: str
    album: str | None = None
    artist: str | None = None
    track: int | None = None
    year: int | None = None
    genre: str | None = None
    cover_art: str | None = None
    size: int | None = None
    content_type: str | None = None
    suffix: str | None = None
    duration: int | None = None
    bit_rate: int | None = None
    bit_depth: int | None = None
    sampling_rate: int | None = None
    channel_count: int | None = None
    path: str | None = None
    is_video: bool | None = None
    user_rating: int | None = None
    play_count: int | None = None
    disc_number: int | None = None
    created: str | None = None
    starred: str | None = None
    album_id: str | None = None
    artist_id: str | None = None
    type: str | None = None
    media_type: str | None = None
    song_count: int | None = None
    played: str | None = None
    bpm: int | None = None
    comment: str | None = None
    sort_name: str | None = None
    music_brainz_id: str | None = None
    display_artist: str | None = None
    display_album_artist: str | None = None
    display_composer: str | None = None
    explicit_status: str | None = None
    isrc: list[str] | None = None
    genres: list[Named] | None = None
    artists: list[ArtistRef] | None = None
    album_artists: list[ArtistRef] | None = None
    contributors: list[Contributor] | None = None
    moods: list[str] | None = None
    replay_gain: ReplayGain | None = None


class AlbumWithSongs(AlbumID3, kw_only=True):
    song: list[Child]


class ArtistWithAlbums(ArtistID3, kw_only=True):
    album: list[AlbumID3]


class IndexID3(Shape, kw_only=True):
    name: str
    artist: list[ArtistID3]


class ArtistsID3(Shape, kw_only=True):
    """Its `index` (IndexID3 items) is encoded apart: see `artist_index.py`."""

    ignored_articles: str
    last_modified: int


class Index(Shape, kw_only=True):
    name: str
    artist: list[Artist]


class Indexes(Shape, kw_only=True):
    """Its `index` (Index items) is encoded apart."""

    ignored_articles: str
    last_modified: int


class Directory(Shape, kw_only=True):
    id: str
    parent: str | None = None
    name: str
    starred: str | None = None
    user_rating: int | None = None
    play_count: int | None = None
    cover_art: str | None = None
    child: list[Child]


class AlbumList(Shape, kw_only=True):
    album: list[Child]


class AlbumList2(Shape, kw_only=True):
    album: list[AlbumID3]


class Songs(Shape, kw_only=True):
    song: list[Child]


class SonicMatch(Shape, kw_only=True):
    """A song and how near it sounds, 0..1."""

    similarity: float
    entry: Child


class SearchResult2(Shape, kw_only=True):
    """Also the shape of `starred`."""

    artist: list[Artist]
    album: list[Child]
    song: list[Child]


class SearchResult3(Shape, kw_only=True):
    """Also the shape of `starred2`."""

    artist: list[ArtistID3]
    album: list[AlbumID3]
    song: list[Child]


class ArtistInfo(Shape, kw_only=True):
    ELEMENTS: ClassVar[frozenset[str]] = frozenset(
        {
            "biography",
            "music_brainz_id",
            "last_fm_url",
            "small_image_url",
            "medium_image_url",
            "large_image_url",
        }
    )
    biography: str | None = None
    music_brainz_id: str | None = None
    last_fm_url: str | None = None
    small_image_url: str | None = None
    medium_image_url: str | None = None
    large_image_url: str | None = None


class AlbumInfo(Shape, kw_only=True):
    ELEMENTS: ClassVar[frozenset[str]] = frozenset(
        {"notes", "music_brainz_id", "last_fm_url", "small_image_url", "medium_image_url", "large_image_url"}
    )
    notes: str | None = None
    music_brainz_id: str | None = None
    last_fm_url: str | None = None
    small_image_url: str | None = None
    medium_image_url: str | None = None
    large_image_url: str | None = None


class Lyrics(Shape, kw_only=True):
    TEXT: ClassVar[str | None] = "value"
    artist: str | None = None
    title: str | None = None
    value: str


class Line(Shape, kw_only=True):
    TEXT: ClassVar[str | None] = "value"
    start: int | None = None
    value: str


class StructuredLyrics(Shape, kw_only=True):
    lang: str
    synced: bool
    display_artist: str | None = None
    display_title: str | None = None
    offset: int | None = None
    line: list[Line]


class LyricsList(Shape, kw_only=True):
    structured_lyrics: list[StructuredLyrics]


class Playlist(Shape, kw_only=True):
    id: str
    name: str
    comment: str | None = None
    owner: str
    public: bool
    song_count: int
    duration: int
    created: str
    changed: str
    cover_art: str
    readonly: bool | None = None
    valid_until: str | None = None


class PlaylistWithSongs(Playlist, kw_only=True):
    entry: list[Child]


class Playlists(Shape, kw_only=True):
    playlist: list[Playlist]


class Share(Shape, kw_only=True):
    id: str
    url: str
    description: str | None = None
    username: str
    created: str
    expires: str | None = None
    last_visited: str | None = None
    visit_count: int
    entry: list[Child]


class Shares(Shape, kw_only=True):
    share: list[Share]


class PlayQueue(Shape, kw_only=True):
    current: str | None = None
    position: int | None = None
    username: str
    changed: str
    changed_by: str
    entry: list[Child]


class PlayQueueByIndex(Shape, kw_only=True):
    current_index: int | None = None
    position: int | None = None
    username: str
    changed: str
    changed_by: str
    entry: list[Child]


class NowPlayingEntry(Child, kw_only=True):
    username: str
    minutes_ago: int
    player_id: int
    player_name: str | None = None


class NowPlaying(Shape, kw_only=True):
    entry: list[NowPlayingEntry]


class ScanStatus(Shape, kw_only=True):
    scanning: bool
    count: int
    folder_count: int | None = None
    last_scan: str | None = None


class User(Shape, kw_only=True):
    username: str
    scrobbling_enabled: bool
    admin_role: bool
    settings_role: bool
    download_role: bool
    upload_role: bool
    playlist_role: bool
    cover_art_role: bool
    comment_role: bool
    podcast_role: bool
    stream_role: bool
    jukebox_role: bool
    share_role: bool
    video_conversion_role: bool
    folder: list[int]


class Users(Shape, kw_only=True):
    user: list[User]
