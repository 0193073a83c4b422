"""What every surface shows of an import's entries and of the choices that a person makes for them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from resonance.model.catalogue import TrackItem
from resonance.model.playlist import PlaylistItem

Likeness: TypeAlias = Literal["same", "alike", "other", "unsaid"]
EntryState: TypeAlias = Literal["matched", "open", "chosen", "none"]


class Candidate(Struct, frozen=True, kw_only=True):
    """A track that an entry may mean, and how it compares with what the file says.

    "unsaid": the file says nothing of it, or the track has none. `longer_s` is the track's length less the
    file's. `why` says all of it in a sentence.
    """

    track: TrackItem
    title: Likeness
    artist: Likeness
    album: Likeness
    longer_s: float | None
    why: str


class ImportEntry(Struct, frozen=True, kw_only=True):
    """An entry of an imported list: what the file says, what became of it, and what it may mean.

    `list` counts the import's playlists from 0, `number` the entries of one from 1. `state`: "matched" by
    itself, "open", "chosen" by a person, "none" when a person said that it is no track here. `how`, `score`
    and `reason` are those of the report. `track` is None also where it went out of sight.
    """

    list: int
    number: int
    list_name: str
    playlist_id: str | None
    title: str
    artist: str
    album: str
    path: str
    duration_s: float | None
    state: EntryState
    how: str
    score: float
    reason: str | None
    track: TrackItem | None
    candidates: tuple[Candidate, ...]


class ImportEntries(Struct, frozen=True, kw_only=True):
    """A page of an import's entries in the order of the file; `total` of the state that was asked for."""

    items: list[ImportEntry]
    next: str | None
    total: int


class Settled(Struct, frozen=True, kw_only=True):
    """What choices did: the entries concerned, the playlists that changed, and the counts of the import."""

    entries: list[ImportEntry]
    playlists: list[PlaylistItem]
    open: int
    matched: int
