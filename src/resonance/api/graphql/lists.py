"""Playlist folders, whole edits, links, followed files and reports of imports."""

from __future__ import annotations

import enum
from datetime import UTC, datetime

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.personal_mutations import VERSION
from resonance.api.graphql.personal_types import Playlist
from resonance.api.graphql.types import shown
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


@strawberry.type(description="A folder of yours; without `parentId` it stands outside of all others.")
class PlaylistFolder:
    id: strawberry.ID
    name: str
    parent_id: strawberry.ID | None


@strawberry.type(description="Where you keep a playlist.")
class PlaylistPlace:
    playlist_id: strawberry.ID
    folder_id: strawberry.ID | None


@strawberry.type
class PlaylistShelf:
    folders: list[PlaylistFolder]
    places: list[PlaylistPlace]


@strawberry.type(description="A link of yours: <server>/share#<secret> opens it.")
class Share:
    id: strawberry.ID
    playlist_id: strawberry.ID | None
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


@strawberry.type(description="A playlist file in a library, and the playlist that follows it.")
class PlaylistFile:
    id: strawberry.ID
    library_id: strawberry.ID
    path: str
    playlist_id: strawberry.ID | None
    state: str
    note: str
    entries: int
    missing: int
    read_at: str


@strawberry.type(description="An import that you made.")
class ImportSummary:
    id: strawberry.ID
    name: str
    format: str
    entries: int
    matched: int
    made_at: str


@strawberry.type
class ListQueries:
    @strawberry.field(description="Your folders of playlists.")
    def playlist_folders(self, info: Info) -> PlaylistShelf:
        return shown(folders.tree(info.context.uow, info.context.caller))

    @strawberry.field(description="Your links, the newest first.")
    def shares(self, info: Info) -> list[Share]:
        return shown(info.context.services.shares.mine(info.context.uow, info.context.caller))

    @strawberry.field(description="Which of these tracks stand in the playlist already.")
    def already_in_playlist(
        self, info: Info, id: strawberry.ID, track_ids: list[strawberry.ID]
    ) -> list[strawberry.ID]:
        found = bulk.already_in(info.context.uow, info.context.caller, id, track_ids)
        return [strawberry.ID(one) for one in found]

    @strawberry.field(description="Playlist files in libraries, for admins.")
    def playlist_files(self, info: Info) -> list[PlaylistFile]:
        return shown(watched.all_files(info.context.uow, info.context.caller))

    @strawberry.field(description="Your imports, the newest first.")
    def past_imports(self, info: Info) -> list[ImportSummary]:
        return shown(reports.mine(info.context.uow, info.context.caller))


@strawberry.type
class ListMutations:
    @strawberry.mutation
    def create_playlist_folder(
        self, info: Info, name: str, parent_id: strawberry.ID | None = None
    ) -> PlaylistFolder:
        context = info.context
        with context.write() as uow:
            return shown(
                folders.create(uow, context.services.events, context.caller, name, parent_id=parent_id)
            )

    @strawberry.mutation
    def rename_playlist_folder(self, info: Info, id: strawberry.ID, name: str) -> PlaylistFolder:
        context = info.context
        with context.write() as uow:
            return shown(folders.rename(uow, context.services.events, context.caller, id, name))

    @strawberry.mutation(description="Into another folder (without one outside), before one that lies there.")
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
            return shown(folders.move(uow, events, caller, id, parent_id=parent_id, before=before))

    @strawberry.mutation(description="What lies in it moves to where it stood.")
    def delete_playlist_folder(self, info: Info, id: strawberry.ID) -> PlaylistShelf:
        context = info.context
        with context.write() as uow:
            return shown(folders.delete(uow, context.services.events, context.caller, id))

    @strawberry.mutation(description="Into a folder (without one outside), before one that lies there.")
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
            return shown(folders.put(uow, events, caller, ids, folder_id=folder_id, before=before))

    @strawberry.mutation(description=f"What has no value comes last. {VERSION}")
    def sort_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        by: PlaylistColumn,
        descending: bool = False,
        version: int | None = None,
    ) -> Playlist:
        context = info.context
        events, caller = context.services.events, context.caller
        column: bulk.Column = by.value
        with context.write() as uow:
            return shown(bulk.sort(uow, events, caller, id, column, descending=descending, version=version))

    @strawberry.mutation(description=f"Leave each track only its first place. {VERSION}")
    def dedupe_playlist(self, info: Info, id: strawberry.ID, version: int | None = None) -> Playlist:
        context = info.context
        with context.write() as uow:
            return shown(bulk.dedupe(uow, context.services.events, context.caller, id, version=version))

    @strawberry.mutation(description="Take back the last removal, reordering or deletion, within an hour.")
    def undo_playlist_change(self, info: Info, id: strawberry.ID) -> Playlist:
        context = info.context
        with context.write() as uow:
            return shown(undo(uow, context.services.events, context.caller, id))

    @strawberry.mutation(description="A link that opens a playlist without an account.")
    def share_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        label: str = "",
        plays: bool = True,
        expires_at: datetime | None = None,
        password: str | None = None,
    ) -> Share:
        context = info.context
        context.caller.must_write()
        shares = context.services.shares
        hashed = shares.hashed(password)
        until = None
        if expires_at is not None:
            moment = expires_at if expires_at.tzinfo else expires_at.replace(tzinfo=UTC)
            until = int(moment.timestamp() * 1000)
        with context.write() as uow:
            return shown(
                shares.create(
                    uow,
                    context.caller,
                    playlist_id=id,
                    label=label,
                    plays=plays,
                    expires_at=until,
                    password_hash=hashed,
                )
            )

    @strawberry.mutation(description="The link opens nothing from now on.")
    def end_share(self, info: Info, id: strawberry.ID) -> bool:
        context = info.context
        with context.write() as uow:
            context.services.shares.end(uow, context.caller, id)
        return True

    @strawberry.mutation(description="What was imported stays.")
    def forget_import(self, info: Info, id: strawberry.ID) -> bool:
        context = info.context
        with context.write() as uow:
            reports.forget(uow, context.caller, id)
        return True
