"""Playlist folders, whole edits, links, followed files and reports of imports."""

from __future__ import annotations

import enum
from datetime import UTC, datetime

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.api.graphql.personal_mutations import VERSION
from resonance.model import lists as model
from resonance.model.lists import PlaylistFolder, PlaylistShelf, ShareItem
from resonance.model.playlist import PlaylistItem
from resonance.playlists import bulk, folders, reports, watched
from resonance.playlists.undo import undo


@strawberry.enum(description="What a playlist can be sorted by.")
class PlaylistColumn(enum.Enum):
    TITLE = "title"
    ARTIST = "artist"
    ALBUM = "album"
    YEAR = "year"
    DURATION = "duration"
    ADDED = "added"
    BPM = "bpm"
    KEY = "key"
    ENERGY = "energy"


mirror(model.PlaylistFolder)
mirror(model.PlaylistPlace)
mirror(model.PlaylistShelf)
mirror(model.ShareItem, name="Share")
mirror(model.ListFileItem, name="PlaylistFile")
mirror(model.ImportItem, name="ImportSummary")


@strawberry.type
class ListQueries:
    @field(description="Your folders of playlists.")
    def playlist_folders(self, info: Info) -> PlaylistShelf:
        return folders.tree(info.context.uow, info.context.caller)

    @field(description="Your links, the newest first.")
    def shares(self, info: Info) -> list[ShareItem]:
        return info.context.services.shares.mine(info.context.uow, info.context.caller)

    @field(description="Which of these tracks stand in the playlist already.")
    def already_in_playlist(
        self, info: Info, id: strawberry.ID, track_ids: list[strawberry.ID]
    ) -> list[strawberry.ID]:
        found = bulk.already_in(info.context.uow, info.context.caller, id, track_ids)
        return [strawberry.ID(one) for one in found]

    @field(description="Playlist files in libraries, for admins.")
    def playlist_files(self, info: Info) -> list[model.ListFileItem]:
        return watched.all_files(info.context.uow, info.context.caller)

    @field(description="Your imports, the newest first.")
    def past_imports(self, info: Info) -> list[model.ImportItem]:
        return reports.mine(info.context.uow, info.context.caller)


@strawberry.type
class ListMutations:
    @mutation()
    def create_playlist_folder(
        self, info: Info, name: str, parent_id: strawberry.ID | None = None
    ) -> PlaylistFolder:
        context = info.context
        with context.write() as uow:
            return folders.create(uow, context.services.events, context.caller, name, parent_id=parent_id)

    @mutation()
    def rename_playlist_folder(self, info: Info, id: strawberry.ID, name: str) -> PlaylistFolder:
        context = info.context
        with context.write() as uow:
            return folders.rename(uow, context.services.events, context.caller, id, name)

    @mutation(description="Into another folder (without one outside), before one that lies there.")
    def move_playlist_folder(
        self,
        info: Info,
        id: strawberry.ID,
        parent_id: strawberry.ID | None = None,
        before: strawberry.ID | None = None,
    ) -> PlaylistShelf:
        context = info.context
        events, caller = context.services.events, context.caller
        with context.write() as uow:
            return folders.move(uow, events, caller, id, parent_id=parent_id, before=before)

    @mutation(description="What lies in it moves to where it stood.")
    def delete_playlist_folder(self, info: Info, id: strawberry.ID) -> PlaylistShelf:
        context = info.context
        with context.write() as uow:
            return folders.delete(uow, context.services.events, context.caller, id)

    @mutation(description="Into a folder (without one outside), before one that lies there.")
    def put_playlists(
        self,
        info: Info,
        ids: list[strawberry.ID],
        folder_id: strawberry.ID | None = None,
        before: strawberry.ID | None = None,
    ) -> PlaylistShelf:
        context = info.context
        events, caller = context.services.events, context.caller
        with context.write() as uow:
            return folders.put(uow, events, caller, ids, folder_id=folder_id, before=before)

    @mutation(description=f"What has no value comes last. {VERSION}")
    def sort_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        by: PlaylistColumn,
        descending: bool = False,
        version: int | None = None,
    ) -> PlaylistItem:
        context = info.context
        events, caller = context.services.events, context.caller
        column: bulk.Column = by.value
        with context.write() as uow:
            return bulk.sort(uow, events, caller, id, column, descending=descending, version=version)

    @mutation(description=f"Leave each track only its first place. {VERSION}")
    def dedupe_playlist(self, info: Info, id: strawberry.ID, version: int | None = None) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            return bulk.dedupe(uow, context.services.events, context.caller, id, version=version)

    @mutation(description="Take back the last removal, reordering or deletion, within an hour.")
    def undo_playlist_change(self, info: Info, id: strawberry.ID) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            return undo(uow, context.services.events, context.caller, id)

    @mutation(description="A link that opens a playlist without an account.")
    def share_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        label: str = "",
        plays: bool = True,
        expires_at: datetime | None = None,
        password: str | None = None,
    ) -> ShareItem:
        context = info.context
        context.caller.must_write()
        shares = context.services.shares
        hashed = shares.hashed(password)
        until = None
        if expires_at is not None:
            moment = expires_at if expires_at.tzinfo else expires_at.replace(tzinfo=UTC)
            until = int(moment.timestamp() * 1000)
        with context.write() as uow:
            return shares.create(
                uow,
                context.caller,
                playlist_id=id,
                label=label,
                plays=plays,
                expires_at=until,
                password_hash=hashed,
            )

    @mutation(description="The link opens nothing from now on.")
    def end_share(self, info: Info, id: strawberry.ID) -> bool:
        context = info.context
        with context.write() as uow:
            context.services.shares.end(uow, context.caller, id)
        return True

    @mutation(description="What was imported stays.")
    def forget_import(self, info: Info, id: strawberry.ID) -> bool:
        context = info.context
        with context.write() as uow:
            reports.forget(uow, context.caller, id)
        return True
