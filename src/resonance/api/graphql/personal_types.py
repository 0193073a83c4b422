"""What belongs to a person, as GraphQL shows it: playlists, plays, the queue, the first page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field, mirror
from resonance.api.graphql.moments import as_ms
from resonance.core.paging import Page
from resonance.listens.now_playing import NowPlayingItem
from resonance.listens.plays import NewPlay, PlayItem, Recorded
from resonance.listens.queue import SavedQueue
from resonance.listens.tags import TagItem
from resonance.model import catalogue, playlist
from resonance.playback.queue_order import QueueOrder
from resonance.playlists import playlists


class PlaylistMore:
    @field(description="In order, from the one at `offset` on.")
    def entries(
        self: Any, info: Info, offset: int = 0, limit: int = DEFAULT_LIMIT
    ) -> list[playlist.EntryItem]:
        found = playlists.detail(info.context.uow, info.context.caller, self.id).entries
        return found[max(0, offset) : max(0, offset) + page_size(limit)]


mirror(playlist.Owner)
mirror(playlist.EntryItem, name="PlaylistEntry")
mirror(playlist.PlaylistItem, name="Playlist", extra=PlaylistMore)
mirror(PlayItem, name="Play")
mirror(Page[PlayItem], name="PlayPage")
mirror(Recorded)
mirror(QueueOrder, instead={"seed": float})
mirror(SavedQueue, instead={"position_ms": float})
mirror(NowPlayingItem, name="NowPlaying", instead={"position_ms": float})
mirror(TagItem, name="Tag")
mirror(catalogue.Continue, name="Standing", instead={"position_ms": float})
mirror(catalogue.Home)


@strawberry.input(description="One play; `id` is the client's own, so that sending it again counts once.")
class PlayInput:
    track_id: strawberry.ID
    started_at: datetime
    played_s: float | None = None
    id: str | None = None
    client: str = ""

    def made(self) -> NewPlay:
        """The same in the words of the service."""
        return NewPlay(self.track_id, as_ms(self.started_at), self.played_s, self.id, self.client)
