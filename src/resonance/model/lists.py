"""What every surface shows of playlist folders, shares, followed files and imports. Times are ISO-8601."""

from __future__ import annotations

from msgspec import Struct

from resonance.model.playlist import Owner


class PlaylistFolder(Struct, frozen=True):
    """A folder of one's own; `parent_id` None stands outside of all others. In the order of the list."""

    id: str
    name: str
    parent_id: str | None


class PlaylistPlace(Struct, frozen=True):
    """A playlist that was put somewhere, in the order of its folder; None is outside of all folders."""

    playlist_id: str
    folder_id: str | None


class PlaylistShelf(Struct, frozen=True):
    """How a person keeps playlists. A playlist without a place stands outside, after those with one."""

    folders: list[PlaylistFolder]
    places: list[PlaylistPlace]


class ShareItem(Struct, frozen=True, kw_only=True):
    """A link of one's own. `secret` ends its address; None where this server can no longer tell it."""

    id: str
    playlist_id: str | None
    name: str
    label: str
    plays: bool
    has_password: bool
    expires_at: str | None
    expired: bool
    created_at: str
    opened_at: str | None
    opened: int
    secret: str | None


class SharedTrack(Struct, frozen=True, kw_only=True):
    """A track as those see it who have only the link."""

    id: str
    title: str
    artist: str
    album: str
    duration_s: float
    cover_id: str | None


class SharedList(Struct, frozen=True, kw_only=True):
    """What a link opens. `plays`: whether its tracks can be heard."""

    id: str
    name: str
    comment: str
    owner: Owner
    plays: bool
    expires_at: str | None
    duration_s: float
    has_cover: bool
    tracks: list[SharedTrack]


class ShareDoor(Struct, frozen=True, kw_only=True):
    """The answer to a link: what it opens, or None while its password is still to be said."""

    needs_password: bool
    list: SharedList | None


class ListFileItem(Struct, frozen=True, kw_only=True):
    """A playlist file in a library and the playlist that follows it.

    `state`: follows; edited (here, so it follows no more); gone (the file); refused (unreadable); dropped
    (the playlist was deleted). `missing` entries have no track here; they are settled under `report_id`, told
    only to the owner of the playlist.
    """

    id: str
    library_id: str
    path: str
    playlist_id: str | None
    state: str
    note: str
    entries: int
    missing: int
    read_at: str
    report_id: str | None


class ImportItem(Struct, frozen=True, kw_only=True):
    """An import that was made, for its list."""

    id: str
    name: str
    format: str
    entries: int
    matched: int
    made_at: str
