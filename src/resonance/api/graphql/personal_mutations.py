"""Likes, ratings, plays, the queue, playlists. Each mutation is one transaction."""

from __future__ import annotations

import enum

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import mutation
from resonance.api.graphql.personal_types import PlayInput
from resonance.listens import likes, plays, queue, ratings
from resonance.listens import tags as own_tags
from resonance.model.playlist import PlaylistItem
from resonance.playlists import playlists


@strawberry.enum
class Kind(enum.Enum):
    """What can be liked and rated."""

    TRACK = "track"
    ALBUM = "album"
    ARTIST = "artist"


@strawberry.type
class PersonalMutations:
    @mutation()
    def like(self, info: Info, kind: Kind, ids: list[strawberry.ID]) -> bool:
        context = info.context
        with context.write() as uow:
            likes.set(uow, context.services.events, context.caller, kind.value, ids)
        return True

    @mutation()
    def unlike(self, info: Info, kind: Kind, ids: list[strawberry.ID]) -> bool:
        context = info.context
        with context.write() as uow:
            likes.unset(uow, context.services.events, context.caller, kind.value, ids)
        return True

    @mutation(description="1 to 5 stars; 0 takes the rating away.")
    def rate(self, info: Info, kind: Kind, id: strawberry.ID, stars: int) -> bool:
        context = info.context
        with context.write() as uow:
            ratings.set(uow, context.services.events, context.caller, kind.value, id, stars)
        return True

    @mutation(description="A play counts after half the track or four minutes.")
    def record_plays(self, info: Info, items: list[PlayInput]) -> plays.Recorded:
        context = info.context
        with context.write() as uow:
            return plays.record(uow, context.caller, [item.made() for item in items])

    @mutation()
    def save_queue(
        self,
        info: Info,
        track_ids: list[strawberry.ID],
        current_index: int | None = None,
        position_ms: int = 0,
        changed_by: str = "",
    ) -> bool:
        context = info.context
        with context.write() as uow:
            queue.save(
                uow,
                context.caller,
                track_ids,
                current_index=current_index,
                position_ms=position_ms,
                changed_by=changed_by,
            )
        return True

    @mutation(description="Say what plays now; without a track nothing does any more.")
    def report_now_playing(
        self, info: Info, track_id: strawberry.ID | None = None, position_ms: int = 0, client: str = ""
    ) -> bool:
        context = info.context
        playing = context.services.now_playing
        if track_id is None:
            playing.stop(context.caller, client=client)
            return True
        playing.report(context.uow, context.caller, track_id, position_ms=position_ms, client=client)
        context.close()
        context.services.lyrics.wish(context.caller, context.services.jobs, track_id)
        return True

    @mutation(description="Your tags of a track, instead of those before; as they are kept.")
    def set_tags(self, info: Info, track_id: strawberry.ID, tags: list[str]) -> list[str]:
        context = info.context
        with context.write() as uow:
            return own_tags.set_tags(uow, context.caller, track_id, tags)

    @mutation(description="Your note on a track.")
    def set_note(self, info: Info, track_id: strawberry.ID, note: str) -> str:
        context = info.context
        with context.write() as uow:
            return own_tags.set_note(uow, context.caller, track_id, note)


VERSION = "With `version`, a playlist that was changed since is left alone (code stale_version)."


@strawberry.type
class PlaylistMutations:
    @mutation()
    def create_playlist(
        self,
        info: Info,
        name: str,
        comment: str = "",
        public: bool = False,
        track_ids: list[strawberry.ID] | None = None,
    ) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            return playlists.create(
                uow,
                context.services.events,
                context.caller,
                name,
                comment=comment,
                public=public,
                track_ids=track_ids or [],
            )

    @mutation(description=f"Rename, describe or publish. {VERSION}")
    def change_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        name: str | None = None,
        comment: str | None = None,
        public: bool | None = None,
        version: int | None = None,
    ) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            return playlists.change(
                uow,
                context.services.events,
                context.caller,
                id,
                name=name,
                comment=comment,
                public=public,
                version=version,
            )

    @mutation(description=f"Before the entry at `position`, else at the end. {VERSION}")
    def add_to_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        track_ids: list[strawberry.ID],
        position: int | None = None,
        version: int | None = None,
    ) -> PlaylistItem:
        context = info.context
        events, caller = context.services.events, context.caller
        with context.write() as uow:
            return playlists.add(uow, events, caller, id, track_ids, position=position, version=version)

    @mutation(description=VERSION)
    def remove_from_playlist(
        self, info: Info, id: strawberry.ID, entry_ids: list[strawberry.ID], version: int | None = None
    ) -> PlaylistItem:
        context = info.context
        events, caller = context.services.events, context.caller
        with context.write() as uow:
            return playlists.remove(uow, events, caller, id, entry_ids=entry_ids, version=version)

    @mutation(description=f"Before another entry, without one to the end. {VERSION}")
    def move_in_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        entry_ids: list[strawberry.ID],
        before: strawberry.ID | None = None,
        version: int | None = None,
    ) -> PlaylistItem:
        context = info.context
        events, caller = context.services.events, context.caller
        with context.write() as uow:
            return playlists.move(uow, events, caller, id, entry_ids, before=before, version=version)

    @mutation(description=f"Give a playlist exactly these tracks. {VERSION}")
    def replace_playlist(
        self, info: Info, id: strawberry.ID, track_ids: list[strawberry.ID], version: int | None = None
    ) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            return playlists.replace(
                uow, context.services.events, context.caller, id, track_ids, version=version
            )

    @mutation(description="A private copy, called as the original where it is given no name.")
    def duplicate_playlist(self, info: Info, id: strawberry.ID, name: str | None = None) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            return playlists.duplicate(uow, context.services.events, context.caller, id, name=name)

    @mutation(description=VERSION)
    def delete_playlist(self, info: Info, id: strawberry.ID, version: int | None = None) -> bool:
        context = info.context
        with context.write() as uow:
            playlists.delete(uow, context.services.events, context.caller, id, version=version)
        return True
