"""Playlists, history, the queue, the first page."""

from __future__ import annotations

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field
from resonance.core.paging import Page
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery, AlbumSort
from resonance.listens import plays, queue, tags
from resonance.listens.now_playing import NowPlayingItem
from resonance.model.catalogue import AlbumItem, Home
from resonance.model.playlist import PlaylistItem
from resonance.playback import queue_order
from resonance.playlists import playlists


@strawberry.type
class PersonalQueries:
    @field(description="Your own playlists and everybody's public ones.")
    def playlists(self, info: Info) -> list[PlaylistItem]:
        return playlists.readable(info.context.uow, info.context.caller)

    @field()
    def playlist(self, info: Info, id: strawberry.ID) -> PlaylistItem:
        return playlists.item(info.context.uow, info.context.caller, id)

    @field(description="Your plays, newest first.")
    def plays(
        self, info: Info, cursor: str | None = None, limit: int = DEFAULT_LIMIT
    ) -> Page[plays.PlayItem]:
        context = info.context
        return plays.history(context.uow, context.caller, cursor=cursor, limit=page_size(limit))

    @field()
    def queue(self, info: Info) -> queue.SavedQueue:
        return queue.load(info.context.uow, info.context.caller)

    @field(
        description="A shuffled order in which artists and albums keep their distance; a seed gives it again."
    )
    def shuffled(
        self, info: Info, track_ids: list[strawberry.ID], seed: float | None = None
    ) -> queue_order.QueueOrder:
        context = info.context
        chosen = None if seed is None else int(seed)
        return queue_order.order(context.uow, context.caller, track_ids, chosen)

    @field(description="What everybody plays now, as far as you may see it.")
    def now_playing(self, info: Info) -> list[NowPlayingItem]:
        context = info.context
        return context.services.now_playing.everyone(context.uow, context.caller)

    @field(description="The tags that you gave tracks.")
    def tags(self, info: Info) -> list[tags.TagItem]:
        return tags.all_tags(info.context.uow, info.context.caller)

    @field(description="What is new, what you played, and where you stopped.")
    def home(self, info: Info, limit: int = 20) -> Home:
        context = info.context
        size = page_size(limit)

        def albums(sort: AlbumSort) -> list[AlbumItem]:
            return catalogue.albums_at(context.uow, context.caller, AlbumQuery(sort), offset=0, count=size)

        return Home(
            queue.standing(context.uow, context.caller),
            albums("added"),
            albums("recently_played"),
            albums("most_played"),
        )
