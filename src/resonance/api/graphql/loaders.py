"""Batched reads of one operation: however many tracks ask for their album, it is one statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from strawberry.dataloader import DataLoader

from resonance.library import catalogue
from resonance.library.catalogue.batches import (
    albums_of_artists,
    appearances_of_artists,
    tracks_of_albums,
)
from resonance.model.catalogue import AlbumItem, ArtistItem, TrackItem

if TYPE_CHECKING:
    from resonance.api.graphql.context import Context

Value = TypeVar("Value")


class Loaders:
    """One loader a relation."""

    def __init__(self, context: Context) -> None:
        def by_id(found: Sequence[Value], key: Callable[[Value], str]) -> dict[str, Value]:
            return {key(item): item for item in found}

        async def albums(ids: list[str]) -> Sequence[AlbumItem | None]:
            found = by_id(catalogue.albums_by_ids(context.uow, context.caller, ids), lambda item: item.id)
            return [found.get(one) for one in ids]

        async def artists(ids: list[str]) -> Sequence[ArtistItem | None]:
            found = by_id(catalogue.artists_by_ids(context.uow, context.caller, ids), lambda item: item.id)
            return [found.get(one) for one in ids]

        async def album_tracks(ids: list[str]) -> Sequence[list[TrackItem]]:
            found = tracks_of_albums(context.uow, context.caller, ids)
            return [found.get(one, []) for one in ids]

        async def artist_albums(ids: list[str]) -> Sequence[list[AlbumItem]]:
            found = albums_of_artists(context.uow, context.caller, ids)
            return [found.get(one, []) for one in ids]

        async def appearances(ids: list[str]) -> Sequence[list[AlbumItem]]:
            found = appearances_of_artists(context.uow, context.caller, ids)
            return [found.get(one, []) for one in ids]

        self.albums: DataLoader[str, Any] = DataLoader(load_fn=albums)
        self.artists: DataLoader[str, Any] = DataLoader(load_fn=artists)
        self.album_tracks: DataLoader[str, Any] = DataLoader(load_fn=album_tracks)
        self.artist_albums: DataLoader[str, Any] = DataLoader(load_fn=artist_albums)
        self.appearances: DataLoader[str, Any] = DataLoader(load_fn=appearances)
