"""Playlist folders, edits of whole playlists, and the files that some follow."""

from __future__ import annotations

import enum

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.api.graphql.personal_mutations import VERSION
from resonance.model import lists as model
from resonance.model.lists import PlaylistFolder, PlaylistShelf
from resonance.model.playlist import PlaylistItem
from resonance.playlists import bulk, covers, folders, watched
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
mirror(model.ListFileItem, name="PlaylistFile")


@strawberry.type
class ListQueries:
    @field(description="Your folders of playlists.")
    def playlist_folders(self, info: Info) -> PlaylistShelf:
        return folders.tree(info.context.uow, info.context.caller)

    @field(description="Which of these tracks stand in the playlist already.")
    def already_in_playlist(
        self, info: Info, id: strawberry.ID, track_ids: list[strawberry.ID]
    ) -> list[strawberry.ID]:
        found = bulk.already_in(info.context.uow, info.context.caller, id, track_ids)
        return [strawberry.ID(one) for one in found]

    @field(description="The file that a playlist follows or followed.")
    def playlist_file(self, info: Info, id: strawberry.ID) -> model.ListFileItem:
        return watched.of_playlist(info.context.uow, info.context.caller, id)

    @field(description="Playlist files in libraries, for admins.")
    def playlist_files(self, info: Info) -> list[model.ListFileItem]:
        return watched.all_files(info.context.uow, info.context.caller)


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

    @mutation(description="Show the mosaic of covers again. A picture is put with PUT, as bytes.")
    def remove_playlist_cover(self, info: Info, id: strawberry.ID) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            return covers.remove(uow, context.services.events, context.caller, id)
