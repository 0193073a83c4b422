"""GraphQL's view of what belongs to a person: playlists, plays, the queue, the first page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.types import Album, Track, shown
from resonance.listens.plays import NewPlay
from resonance.playlists import playlists


@strawberry.type
class Owner:
    id: strawberry.ID
    name: str


@strawberry.type(description="One place in a playlist: the same track may stand in several.")
class PlaylistEntry:
    id: strawberry.ID
    track: Track
    added_at: str


@strawberry.type(description="Counts and covers are of what you can see; `version` grows with each change.")
class Playlist:
    id: strawberry.ID
    name: str
    comment: str
    public: bool
    owner: Owner
    mine: bool
    track_count: int
    duration_s: float
    cover_ids: list[strawberry.ID]
    changed_at: str
    version: int
    smart: bool
    valid_until: str | None
    cover: str | None
    follows_file: bool

    @strawberry.field(description="In order, from the one at `offset` on.")
    def entries(self: Any, info: Info, offset: int = 0, limit: int = DEFAULT_LIMIT) -> list[PlaylistEntry]:
        found = playlists.detail(info.context.uow, info.context.caller, self.id).entries
        return shown(found[max(0, offset) : max(0, offset) + page_size(limit)])


@strawberry.type(description="One line of your history.")
class Play:
    id: strawberry.ID
    track: Track
    started_at: str
    played_s: float | None
    client: str


@strawberry.type
class PlayPage:
    items: list[Play]
    next: str | None


@strawberry.input(description="One play; `id` is the client's own, so that sending it again counts once.")
class PlayInput:
    track_id: strawberry.ID
    started_at: datetime
    played_s: float | None = None
    id: str | None = None
    client: str = ""

    def as_play(self) -> NewPlay:
        """The same in the words of the service."""
        moment = self.started_at if self.started_at.tzinfo else self.started_at.replace(tzinfo=UTC)
        return NewPlay(self.track_id, int(moment.timestamp() * 1000), self.played_s, self.id, self.client)


@strawberry.type(description="`accepted` plays count; `new` of them were not known yet.")
class Recorded:
    accepted: int
    new: int


@strawberry.type(description="What you last had in the player, on whatever device.")
class SavedQueue:
    track_ids: list[strawberry.ID]
    current_index: int | None
    position_ms: float
    changed_by: str


@strawberry.type(description="Where you stopped.")
class Standing:
    track: Track
    position_ms: float


@strawberry.type
class Home:
    continue_: Standing | None = strawberry.field(name="continue")
    recently_added: list[Album]
    recently_played: list[Album]
    most_played: list[Album]
