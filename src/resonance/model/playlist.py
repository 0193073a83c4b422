"""What every surface shows of playlists. Counts and covers are of what the caller can see."""

from __future__ import annotations

from msgspec import Struct

from resonance.model.catalogue import TrackItem


class Owner(Struct, frozen=True):
    """Whose playlist it is."""

    id: str
    name: str


class PlaylistItem(Struct, frozen=True, kw_only=True):
    """A playlist in a list. `cover_ids`: the first four different ones. `version` grows with each change.

    A `smart` one follows a rule; `valid_until` is when it is made anew though nothing else changed. `cover`
    is there when it has a picture of its own, and changes with it. `follows_file`: a library's file fills it.
    """

    id: str
    name: str
    comment: str
    public: bool
    owner: Owner
    mine: bool
    track_count: int
    duration_s: float
    cover_ids: list[str]
    created_at: str
    changed_at: str
    version: int
    smart: bool = False
    valid_until: str | None = None
    cover: str | None = None
    follows_file: bool = False


class EntryItem(Struct, frozen=True):
    """One place in a playlist: the same track may stand in several."""

    id: str
    track: TrackItem
    added_at: str


class PlaylistDetail(PlaylistItem, frozen=True, kw_only=True):
    """A playlist with its entries in order."""

    entries: list[EntryItem]
