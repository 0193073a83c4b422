"""Songs around something: what a radio of a song, an album or an artist plays; and an artist's top songs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from resonance.core.errors import NotFound
from resonance.library import catalogue
from resonance.library.catalogue.access import Kind
from resonance.recommend import around_store, groups, similar, store
from resonance.recommend.spacing import spaced
from resonance.search.vectors.ports import VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller

NEIGHBOURS = 25  # albums or artists that songs are taken from
OF_EACH = 40  # songs of each


def track_ids(uow: UnitOfWork, caller: Caller, index: VectorIndex, item_id: str, *, count: int) -> list[str]:
    """Up to `count` songs like a song; of an artist and similar ones; of albums like an album. NotFound."""
    if count <= 0:
        return []
    kind = _kind(uow, caller, item_id)
    if kind == "track":
        found = similar.tracks(uow, caller, index, item_id, limit=count)
        return [item.track.id for item in found.items]
    if kind == "artist":
        near = groups.artists(uow, caller, index, item_id, limit=NEIGHBOURS)
        sources = [item_id, *(item.artist.id for item in near.items)]
        songs = [top_song_ids(uow, caller, one, count=OF_EACH) for one in sources]
    else:
        albums = groups.albums(uow, caller, index, item_id, limit=NEIGHBOURS)
        songs = around_store.album_songs(uow, caller, [item.album.id for item in albums.items])
    return _mixed(uow, songs, count)


def top_song_ids(uow: UnitOfWork, caller: Caller, artist_id: str, *, count: int) -> list[str]:
    """An artist's songs: what is played most here, then by the caller, then best rated, then in album order.

    Never empty for an artist of whom the caller may hear something.
    """
    return around_store.top_songs(uow, caller, artist_id, count) if count > 0 else []


def _kind(uow: UnitOfWork, caller: Caller, item_id: str) -> Kind:
    kinds: tuple[Kind, ...] = ("track", "album", "artist")
    for kind in kinds:
        if catalogue.visible(uow, caller, kind, [item_id]):
            return kind
    raise NotFound("There is no such song, album or artist.")


def _mixed(uow: UnitOfWork, songs: Sequence[Sequence[str]], count: int) -> list[str]:
    """One of each in turn."""
    order = [item for turn in zip_longest(*songs) for item in turn if item is not None]
    order = list(dict.fromkeys(order))[: count * 3]
    known = store.facts(uow, order)
    return spaced(order, lambda item: known[item].artist_id, limit=count)
