"""Playlists, history, the queue, the first page."""

from __future__ import annotations

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.personal_types import Home, Playlist, PlayPage, SavedQueue
from resonance.api.graphql.types import shown
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery, AlbumSort
from resonance.listens import plays, queue
from resonance.playlists import playlists


@strawberry.type
class PersonalQueries:
    @strawberry.field(description="Your own playlists and everybody's public ones.")
    def playlists(self, info: Info) -> list[Playlist]:
        return shown(playlists.readable(info.context.uow, info.context.caller))

    @strawberry.field
    def playlist(self, info: Info, id: strawberry.ID) -> Playlist:
        return shown(playlists.item(info.context.uow, info.context.caller, id))

    @strawberry.field(description="Your plays, newest first.")
    def plays(self, info: Info, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> PlayPage:
        context = info.context
        return shown(plays.history(context.uow, context.caller, cursor=cursor, limit=page_size(limit)))

    @strawberry.field
    def queue(self, info: Info) -> SavedQueue:
        return shown(queue.load(info.context.uow, info.context.caller))

    @strawberry.field(description="What is new, what you played, and where you stopped.")
    def home(self, info: Info, limit: int = 20) -> Home:
        context = info.context
        size = page_size(limit)

        def albums(sort: AlbumSort) -> list[object]:
            return shown(
                catalogue.albums_at(context.uow, context.caller, AlbumQuery(sort), offset=0, count=size)
            )

        return Home(
            continue_=shown(queue.standing(context.uow, context.caller)),
            recently_added=shown(albums("added")),
            recently_played=shown(albums("recently_played")),
            most_played=shown(albums("most_played")),
        )
