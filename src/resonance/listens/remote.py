"""Likes, ratings and play counts of a linked account, kept in step in both directions, field by field.

`remote_field` holds the value both sides agreed on last. The side that differs from it has changed, and the
other one takes its value. Did both change, the newest known time wins, and ours where no time is known.
Play counts only grow: what the server counts above the last seen number is added here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from resonance.core.clock import now_ms
from resonance.core.events import Event, EventBus
from resonance.db import changes
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import album, artist, carrier, track, track_artist
from resonance.db.tables.listens import like, rating, track_stat
from resonance.db.tables.remote import remote_field, remote_song
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks
from resonance.library.remote import store as songs
from resonance.library.remote.ports import ItemKind, Personal, Remote, Starred
from resonance.library.remote.servers import Servers
from resonance.library.scanning.naming import name_key
from resonance.listens import scrobbling, store

PLAYED_AT_ONCE = 200


@dataclass(slots=True)
class Tally:
    """What one field did: taken from the server, sent there, and known only there."""

    taken: int = 0
    sent: int = 0
    unmatched: int = 0
    conflicts: int = 0

    def told(self) -> dict[str, int]:
        """For the report."""
        return {name: getattr(self, name) for name in ("taken", "sent", "unmatched", "conflicts")}


@dataclass(slots=True)
class _Link:
    """Where and for whom."""

    db: Database
    events: EventBus
    server_id: str
    link_id: str
    user_id: str
    remote: Remote


def sync(
    db: Database,
    events: EventBus,
    servers: Servers,
    server: Any,
    row: Any,
    remote: Remote,
    cursor: dict[str, Any],
    *,
    ratings: bool,
) -> dict[str, Any]:
    """Everything but playlists; the report. `ratings` asks for theirs though nothing changed here."""
    link = _Link(db, events, server.id, row.id, row.user_id, remote)
    report: dict[str, Any] = {}
    if row.scrobbles:
        report["scrobbles"] = scrobbling.forward(db, row, remote)
    visible = _plays(link, cursor, report, wanted=row.plays)
    if visible is None or visible != cursor.get("visible"):
        folders = remote.folders()
        with db.write() as uow:
            servers.give_sight(uow, server.id, row.id, folders)
        cursor["visible"] = visible
    if row.likes:
        report["likes"] = _likes(link, remote.starred())
    if row.ratings and (ratings or _rated_here(link)):
        report["ratings"] = _ratings(link)
    return report


# --- likes


def _likes(link: _Link, starred: Starred) -> dict[str, int]:
    tally = Tally()
    with link.db.read() as uow:
        tracks = songs.local_ids(uow, link.server_id, starred.songs)
        albums = _albums(uow, link.server_id, starred.albums)
        artists = _artists(uow, starred.artists)
    theirs: dict[ItemKind, dict[str, int | None]] = {
        "track": {tracks[key]: at for key, at in starred.songs.items() if key in tracks},
        "album": {albums[key]: at for key, at in starred.albums.items() if key in albums},
        "artist": {artists[key]: at for key, (_, at) in starred.artists.items() if key in artists},
    }
    known = len(tracks) + len(albums) + len(artists)
    tally.unmatched = len(starred.songs) + len(starred.albums) + len(starred.artists) - known
    kinds: tuple[ItemKind, ...] = ("track", "album", "artist")
    for kind in kinds:
        _like_kind(link, kind, theirs[kind], tally)
    return tally.told()


def _like_kind(link: _Link, kind: ItemKind, theirs: Mapping[str, int | None], tally: Tally) -> None:
    with link.db.read() as uow:
        ours = _liked(uow, link.user_id, kind)
        seen = _seen(uow, link.link_id, kind, "like")
        differ = sorted(set(theirs) ^ ours)
        there = _remote_ids(uow, link.server_id, kind, differ)
    take = [id_ for id_ in differ if id_ in theirs and not seen.get(id_)]
    drop = [id_ for id_ in differ if id_ in ours and seen.get(id_)]
    send = [id_ for id_ in differ if id_ in ours and not seen.get(id_) and id_ in there]
    unsend = [id_ for id_ in differ if id_ in theirs and seen.get(id_) and id_ in there]
    for ids, liked in ((send, True), (unsend, False)):
        if ids:
            link.remote.star(kind, [there[id_] for id_ in ids], liked=liked)
            tally.sent += len(ids)
    agreed = dict.fromkeys(set(theirs) & ours | set(take) | set(send), 1) | dict.fromkeys(drop + unsend, 0)
    change = {id_: value for id_, value in agreed.items() if seen.get(id_, 0) != value}
    with link.db.write() as uow:
        for id_ in take:
            store.set_like(uow, link.user_id, kind, [id_], theirs[id_] or now_ms())
        if drop:
            store.unset_like(uow, link.user_id, kind, drop)
        _remember(uow, link.link_id, kind, "like", change)
        for ids, liked in ((take, True), (drop, False)):
            _tell(uow, link, "likes", kind, ids, {"liked": liked})
    tally.taken += len(take) + len(drop)


# --- ratings


def _rated_here(link: _Link) -> bool:
    """Whether ratings changed here since the last time."""
    with link.db.read() as uow:
        seen = _seen(uow, link.link_id, "track", "rating")
        ours = {id_: stars for id_, (stars, _) in _rated(uow, link.user_id).items()}
        there = _remote_ids(uow, link.server_id, "track", sorted(set(ours) | set(seen)))
    return any(ours.get(id_, 0) != seen.get(id_, 0) for id_ in there)


def _ratings(link: _Link) -> dict[str, int]:
    tally = Tally()
    theirs: dict[str, Personal] = {}
    start = 0
    while True:
        page = link.remote.rated(start)
        with link.db.read() as uow:
            ids = songs.local_ids(uow, link.server_id, [song.id for song in page.songs])
        theirs |= {ids[song.id]: song.personal for song in page.songs if song.id in ids}
        tally.unmatched += len(page.songs) - len(ids)
        start += len(page.songs)
        if len(page.songs) < link.remote.page_size:
            break
    known = page.total is not None  # else such a server does not list them: ours are only sent
    with link.db.read() as uow:
        ours = _rated(uow, link.user_id)
        seen = _seen(uow, link.link_id, "track", "rating")
        all_ids = sorted(set(ours) | set(theirs) | set(seen))
        there = _remote_ids(uow, link.server_id, "track", all_ids)
    agreed: dict[str, int] = {}
    take: dict[str, tuple[int, int]] = {}
    for id_ in all_ids:
        if id_ not in there:
            continue
        last, (mine, at) = seen.get(id_, 0), ours.get(id_, (0, None))
        mark = theirs.get(id_, Personal())
        other = mark.stars if known else last
        if mine != other and last not in (mine, other):
            tally.conflicts += 1
        if mine != other and _theirs_win(mine, other, last, at, mark.rated_at):
            take[id_] = (other, mark.rated_at or now_ms())
        elif mine != other:
            link.remote.rate(there[id_], mine)
            tally.sent += 1
        value = take[id_][0] if id_ in take else mine
        if value != last:
            agreed[id_] = value
    with link.db.write() as uow:
        for id_, (stars, at_) in take.items():
            store.set_rating(uow, link.user_id, "track", id_, stars, at_)
            _tell(uow, link, "ratings", "track", [id_], {"rating": stars})
        _remember(uow, link.link_id, "track", "rating", agreed)
    tally.taken = len(take)
    return tally.told()


def _theirs_win(mine: int, other: int, last: int, at: int | None, their_at: int | None) -> bool:
    """Whether the server's value counts, where the two differ."""
    if last == mine:
        return True
    if last == other:
        return False
    return their_at is not None and their_at > (at or 0)


# --- play counts


def _plays(link: _Link, cursor: dict[str, Any], report: dict[str, Any], *, wanted: bool) -> int | None:
    """Add what the server counted; how many songs the account sees there, None when that is not told."""
    until, newest = int(cursor.get("played_at") or 0), int(cursor.get("played_at") or 0)
    tally, start, total = Tally(), 0, None
    while True:
        page = link.remote.played(start, PLAYED_AT_ONCE)
        total = page.total if page.total is not None else total
        played = [song for song in page.songs if song.personal.plays]
        with link.db.read() as uow:
            ids = songs.local_ids(uow, link.server_id, [song.id for song in played])
            seen = _seen(uow, link.link_id, "track", "plays", ids.values())
        news = {
            ids[song.id]: song.personal
            for song in played
            if song.id in ids and seen.get(ids[song.id], 0) != song.personal.plays
        }
        if wanted and news:
            _add_plays(link, news, seen)
            tally.taken += sum(max(mark.plays - seen.get(id_, 0), 0) for id_, mark in news.items())
        tally.unmatched += len(played) - len(ids)
        newest = max([newest, *(song.personal.played_at or 0 for song in played)])
        start += len(page.songs)
        last = played[-1].personal.played_at if played else None
        over = len(played) < PLAYED_AT_ONCE or (last is not None and last < until)
        if over or not wanted:
            break
    if wanted and total is not None:
        cursor["played_at"] = newest
        report["plays"] = tally.told()
    return total


def _add_plays(link: _Link, news: Mapping[str, Personal], seen: Mapping[str, int]) -> None:
    with link.db.write() as uow:
        for id_, mark in news.items():
            more = max(mark.plays - seen.get(id_, 0), 0)
            key = {"user_id": link.user_id, "track_id": id_}
            upsert(uow, track_stat, [key], keys=["user_id", "track_id"], update=[])
            mine = track_stat.c.user_id == link.user_id, track_stat.c.track_id == id_
            uow.execute(update(track_stat).where(*mine).values(play_count=track_stat.c.play_count + more))
            if mark.played_at:
                older = track_stat.c.last_played_at.is_(None) | (track_stat.c.last_played_at < mark.played_at)
                uow.execute(update(track_stat).where(*mine, older).values(last_played_at=mark.played_at))
        _remember(uow, link.link_id, "track", "plays", {id_: mark.plays for id_, mark in news.items()})
        store.touched(uow, link.user_id)
        changes.note(uow, "plays", news, link.user_id)


# --- what is stored


def _seen(
    uow: UnitOfWork, link_id: str, kind: str, name: str, ids: Iterable[str] | None = None
) -> dict[str, int]:
    query = select(remote_field.c.item_id, remote_field.c.value).where(
        remote_field.c.link_id == link_id, remote_field.c.item_kind == kind, remote_field.c.field == name
    )
    if ids is None:
        return {row.item_id: row.value for row in uow.execute(query)}
    found: dict[str, int] = {}
    for part in chunks(list(ids)):
        rows = uow.execute(query.where(remote_field.c.item_id.in_(part)))
        found.update((row.item_id, row.value) for row in rows)
    return found


def _remember(uow: UnitOfWork, link_id: str, kind: str, name: str, values: Mapping[str, int]) -> None:
    mine = {"link_id": link_id, "item_kind": kind, "field": name}
    rows = [{**mine, "item_id": id_, "value": value} for id_, value in values.items() if value]
    upsert(uow, remote_field, rows, keys=["link_id", "item_kind", "item_id", "field"], update=["value"])
    gone = [id_ for id_, value in values.items() if not value]
    for part in chunks(gone):
        here = (remote_field.c.link_id == link_id, remote_field.c.item_kind == kind)
        these = remote_field.c.field == name, remote_field.c.item_id.in_(part)
        uow.execute(delete(remote_field).where(*here, *these))


def _liked(uow: UnitOfWork, user_id: str, kind: str) -> set[str]:
    query = select(like.c.item_id).where(like.c.user_id == user_id, like.c.item_kind == kind)
    return set(uow.execute(query).scalars())


def _rated(uow: UnitOfWork, user_id: str) -> dict[str, tuple[int, int | None]]:
    mine = rating.c.user_id == user_id, rating.c.item_kind == "track"
    query = select(rating.c.item_id, rating.c.stars, rating.c.rated_at).where(*mine)
    return {row.item_id: (row.stars, row.rated_at) for row in uow.execute(query)}


def _remote_ids(uow: UnitOfWork, server_id: str, kind: ItemKind, ids: Sequence[str]) -> dict[str, str]:
    """Our ids to the server's, of what it has."""
    if kind == "track":
        return songs.remote_ids(uow, server_id, ids)
    found: dict[str, str] = {}
    for part in chunks(ids):
        if kind == "album":
            query = (
                select(track.c.album_id, remote_song.c.remote_album_id)
                .select_from(remote_song)
                .join(carrier, carrier.c.id == remote_song.c.carrier_id)
                .join(track, track.c.id == carrier.c.track_id)
                .where(remote_song.c.server_id == server_id, track.c.album_id.in_(part))
            )
        else:
            query = (
                select(track_artist.c.artist_id, remote_song.c.remote_artist_id)
                .select_from(remote_song)
                .join(carrier, carrier.c.id == remote_song.c.carrier_id)
                .join(track_artist, track_artist.c.track_id == carrier.c.track_id)
                .where(
                    remote_song.c.server_id == server_id,
                    track_artist.c.artist_id.in_(part),
                    track_artist.c.role == "artist",
                    track_artist.c.position == 0,
                )
            )
        for ours, theirs in uow.execute(query.order_by(remote_song.c.carrier_id)):
            if theirs:
                found.setdefault(ours, theirs)
    return found


def _albums(uow: UnitOfWork, server_id: str, ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in chunks(list(ids)):
        query = (
            select(remote_song.c.remote_album_id, track.c.album_id)
            .join(carrier, carrier.c.id == remote_song.c.carrier_id)
            .join(track, track.c.id == carrier.c.track_id)
            .join(album, album.c.id == track.c.album_id)
            .where(remote_song.c.server_id == server_id, remote_song.c.remote_album_id.in_(part))
            .order_by(album.c.added_at, album.c.id)
        )
        for theirs, ours in uow.execute(query):
            found.setdefault(theirs, ours)
    return found


def _artists(uow: UnitOfWork, named: Mapping[str, tuple[str, int | None]]) -> dict[str, str]:
    """By name: artists are people, not rows of a server."""
    keys = {name_key(name): id_ for id_, (name, _) in named.items() if name}
    found: dict[str, str] = {}
    for part in chunks(list(keys)):
        query = select(artist.c.name_folded, artist.c.id).where(artist.c.name_folded.in_(part))
        for key, ours in uow.execute(query.order_by(artist.c.added_at, artist.c.id)):
            found.setdefault(keys[key], ours)
    return found


def _tell(
    uow: UnitOfWork, link: _Link, what: Any, kind: str, ids: Sequence[str], more: dict[str, Any]
) -> None:
    if not ids:
        return
    store.touched(uow, link.user_id)
    if kind == "track":
        changes.note(uow, what, ids, link.user_id)
    event = Event("like.changed", {"kind": kind, "ids": list(ids), **more}, link.user_id)
    uow.after_commit(lambda: link.events.publish(event))
