"""The SQL of a linked account: what both sides agreed on, and which item there is which one here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, case, delete, func, literal, or_, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, artist, carrier, track, track_artist
from resonance.db.tables.listens import like, rating, track_stat
from resonance.db.tables.remote import remote_field, remote_song
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks
from resonance.library.remote import song_store
from resonance.library.remote.ports import ItemKind
from resonance.library.scanning.naming import name_key

# --- what both sides agreed on


def seen(
    uow: UnitOfWork, link_id: str, kind: ItemKind, name: str, ids: Iterable[str] | None = None
) -> dict[str, int]:
    """The value agreed on last, of these items or all; one that is not among them is 0."""
    query = select(remote_field.c.item_id, remote_field.c.value).where(*_field(link_id, kind, name))
    if ids is None:
        return {row.item_id: row.value for row in uow.execute(query)}
    found: dict[str, int] = {}
    for part in chunks(list(ids)):
        rows = uow.execute(query.where(remote_field.c.item_id.in_(part)))
        found.update((row.item_id, row.value) for row in rows)
    return found


def remember(uow: UnitOfWork, link_id: str, kind: ItemKind, name: str, values: Mapping[str, int]) -> None:
    """Keep what was agreed on."""
    mine = {"link_id": link_id, "item_kind": kind, "field": name}
    rows = [{**mine, "item_id": id_, "value": value} for id_, value in values.items() if value]
    upsert(uow, remote_field, rows, keys=["link_id", "item_kind", "item_id", "field"], update=["value"])
    for part in chunks([id_ for id_, value in values.items() if not value]):
        mine_too = (*_field(link_id, kind, name), remote_field.c.item_id.in_(part))
        uow.execute(delete(remote_field).where(*mine_too))


def forget(uow: UnitOfWork, link_id: str) -> None:
    """Nothing was agreed on."""
    uow.execute(delete(remote_field).where(remote_field.c.link_id == link_id))


def _field(link_id: str, kind: ItemKind, name: str) -> tuple[Any, ...]:
    return (
        remote_field.c.link_id == link_id,
        remote_field.c.item_kind == kind,
        remote_field.c.field == name,
    )


# --- what is here


def liked(uow: UnitOfWork, user_id: str, kind: ItemKind) -> set[str]:
    """Ids of what the user likes."""
    query = select(like.c.item_id).where(like.c.user_id == user_id, like.c.item_kind == kind)
    return set(uow.execute(query).scalars())


def rated(uow: UnitOfWork, user_id: str, kind: ItemKind) -> dict[str, tuple[int, int | None]]:
    """Stars and time (ms) of what the user rated."""
    mine = rating.c.user_id == user_id, rating.c.item_kind == kind
    query = select(rating.c.item_id, rating.c.stars, rating.c.rated_at).where(*mine)
    return {row.item_id: (row.stars, row.rated_at) for row in uow.execute(query)}


def add_plays(uow: UnitOfWork, user_id: str, track_id: str, more: int, played_at: int | None) -> None:
    """Count plays that were made elsewhere; the last one is the later of both."""
    upsert(
        uow,
        track_stat,
        [{"user_id": user_id, "track_id": track_id}],
        keys=["user_id", "track_id"],
        update=[],
    )
    mine = track_stat.c.user_id == user_id, track_stat.c.track_id == track_id
    uow.execute(update(track_stat).where(*mine).values(play_count=track_stat.c.play_count + more))
    if played_at:
        older = track_stat.c.last_played_at.is_(None) | (track_stat.c.last_played_at < played_at)
        uow.execute(update(track_stat).where(*mine, older).values(last_played_at=played_at))


# --- which is which


def here(uow: UnitOfWork, server_id: str, kind: ItemKind, named: Mapping[str, str]) -> dict[str, str]:
    """The server's ids to ours, of those known. `named`: ids with their names; artists are found by those."""
    if kind == "track":
        return song_store.local_ids(uow, server_id, named)
    return _albums_here(uow, server_id, named) if kind == "album" else _artists_here(uow, named)


def there(
    uow: UnitOfWork,
    server_id: str,
    kind: ItemKind,
    ids: Iterable[str],
    known: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Our ids to the server's, of what it has now. "" where it has the item and nobody knows by which id.

    `known` are pairs that are sure (the server's to ours): what contradicts them is left out.
    """
    pairs: dict[str, str] = {}
    for part in chunks(sorted(ids)):
        for ours, theirs, sure, _ in uow.execute(_there(server_id, kind, part)):
            told = theirs if sure and theirs else ""
            if (known or {}).get(told, ours) == ours and not pairs.get(ours):
                pairs[ours] = told
    return pairs


def _there(server_id: str, kind: ItemKind, ids: Sequence[str]) -> Any:
    """Rows of (our id, theirs, whether they are each other's, when it was seen), the last seen first."""
    source = remote_song.join(carrier, carrier.c.id == remote_song.c.carrier_id)
    sure: Any = literal(1)
    if kind == "track":
        ours, theirs = carrier.c.track_id, remote_song.c.remote_id
    elif kind == "album":
        source = source.join(track, track.c.id == carrier.c.track_id)
        ours, theirs = track.c.album_id, remote_song.c.remote_album_id
    else:
        source = source.join(track_artist, track_artist.c.track_id == carrier.c.track_id)
        ours, theirs = track_artist.c.artist_id, remote_song.c.remote_artist_id
        # The server's id is of the song's first artist, and a file may name that one in other words.
        told = or_(remote_song.c.matched.is_(None), remote_song.c.matched == "names")
        first = and_(track_artist.c.role == "artist", track_artist.c.position == 0, told)
        sure = func.max(case((first, 1), else_=0))
    last = func.max(remote_song.c.seen_at).label("last")
    here = remote_song.c.server_id == server_id, carrier.c.missing_at.is_(None), ours.in_(ids)
    query = select(ours, theirs, sure.label("sure"), last).select_from(source).where(*here)
    return query.group_by(ours, theirs).order_by(last.desc(), theirs)


def _albums_here(uow: UnitOfWork, server_id: str, ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in chunks(list(ids)):
        query = (
            select(remote_song.c.remote_album_id, track.c.album_id)
            .join(carrier, carrier.c.id == remote_song.c.carrier_id)
            .join(track, track.c.id == carrier.c.track_id)
            .join(album, album.c.id == track.c.album_id)
            .where(remote_song.c.server_id == server_id, remote_song.c.remote_album_id.in_(part))
            .order_by(carrier.c.missing_at.is_not(None), album.c.added_at, album.c.id)
        )
        for theirs, ours in uow.execute(query):
            found.setdefault(theirs, ours)
    return found


def _artists_here(uow: UnitOfWork, named: Mapping[str, str]) -> dict[str, str]:
    """By name: artists are people, not rows of a server."""
    by_name: dict[str, list[str]] = {}
    for id_, name in named.items():
        if name:
            by_name.setdefault(name_key(name), []).append(id_)
    found: dict[str, str] = {}
    for part in chunks(list(by_name)):
        query = select(artist.c.name_folded, artist.c.id).where(artist.c.name_folded.in_(part))
        for key, ours in uow.execute(query.order_by(artist.c.added_at, artist.c.id)):
            for theirs in by_name[key]:
                found.setdefault(theirs, ours)
    return found
