"""Pools: which tracks a set may choose from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resonance.core.errors import Invalid, NotFound
from resonance.core.ids import hashed_id
from resonance.library import catalogue
from resonance.library.catalogue import TrackQuery
from resonance.model.dj_set import PoolInfo, PoolLevel, SetPool
from resonance.model.moods import MOODS
from resonance.playlists import folders, playlists, smart_members
from resonance.playlists import store as playlist_store
from resonance.rules.scope import needs
from resonance.rules.tree import from_json
from resonance.sets import store

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.playlists.ports import Likeness
    from resonance.sequencing.items import Item

# Every pair of tracks is priced: time and memory grow with the square. Choosing 30 of so many is not better.
COMPARED = 800


@dataclass(frozen=True)
class Pool:
    """The tracks to choose from, of `total` there are; `note` says how they were narrowed."""

    track_ids: list[str]
    total: int
    note: str | None


def track_ids(uow: UnitOfWork, caller: Caller, likeness: Likeness, pool: SetPool) -> list[str]:
    """All tracks of a pool that the caller may hear, each once. NotFound when the pool is out of sight."""
    if pool.kind == "playlist":
        playlists.item(uow, caller, pool.id or "")
        found = _of_playlist(uow, caller, pool.id or "")
    elif pool.kind == "folder":
        inside = _inside(uow, caller, pool.id or "")
        found = [id_ for playlist_id in inside for id_ in _of_playlist(uow, caller, playlist_id)]
    elif pool.kind == "rule":
        rule = from_json(pool.rule, path="pool.rule")
        found = smart_members.all_of(uow, smart_members.asked(uow, caller, rule, likeness))
    elif pool.kind == "tracks":
        seen = catalogue.visible(uow, caller, "track", pool.track_ids or ())
        found = [id_ for id_ in pool.track_ids or () if id_ in seen]
    else:
        query = TrackQuery(
            genre_id=pool.id if pool.kind == "genre" else None,
            liked=True if pool.kind == "liked" else None,
            sort="added",
        )
        ids = catalogue.track_ids(uow, caller, query)
        found = ids.slice(0, len(ids))
    return list(dict.fromkeys(found))


def _of_playlist(uow: UnitOfWork, caller: Caller, playlist_id: str) -> list[str]:
    return [row.track_id for row in playlist_store.shown(uow, caller, playlist_id)]


def _inside(uow: UnitOfWork, caller: Caller, folder_id: str) -> list[str]:
    """The playlists in a folder of the caller's and in those it holds."""
    shelf = folders.tree(uow, caller)
    parents = {folder.id: folder.parent_id for folder in shelf.folders}
    if folder_id not in parents:
        raise NotFound("There is no such folder.")

    def within(id_: str | None) -> bool:
        while id_ is not None and id_ != folder_id:
            id_ = parents.get(id_)
        return id_ is not None

    return [place.playlist_id for place in shelf.places if within(place.folder_id)]


def quickly_told(pool: SetPool) -> bool:
    """Whether the tracks of a pool can be told inside a writing transaction, without waiting for a model."""
    rule = from_json(pool.rule, path="pool.rule") if pool.kind == "rule" else None
    return rule is None or all(need.of == "playlist" for need in needs(rule))


def opened(
    uow: UnitOfWork,
    caller: Caller,
    likeness: Likeness,
    pool: SetPool,
    *,
    seed: int,
    kept: Collection[str] = (),
    without: Collection[str] = (),
    whole: bool = False,
) -> Pool:
    """A pool with those of `kept` in it, narrowed to what can be compared. Invalid when it is empty.

    `whole`: nothing is chosen, so nothing may be left out; Invalid when that is too much.
    """
    every = dict.fromkeys([*track_ids(uow, caller, likeness, pool), *kept])
    found = [id_ for id_ in every if id_ not in without]
    if not found:
        raise Invalid("There are no tracks in this pool.", field="pool")
    if whole or len(found) <= COMPARED:
        return Pool(found, len(found), None)
    return _narrowed(uow, found, seed, kept)


def _narrowed(uow: UnitOfWork, found: Sequence[str], seed: int, kept: Collection[str]) -> Pool:
    known, wanted = store.well_known(uow), set(kept)

    def rank(id_: str) -> tuple[bool, bool, str]:
        return id_ not in wanted, id_ not in known, hashed_id(str(seed), id_)

    chosen = sorted(found, key=rank)[:COMPARED]
    unknown = len([id_ for id_ in chosen if id_ not in known])
    how = "all of known tempo and key" if not unknown else "first those of known tempo and key"
    note = f"Of {len(found):,} tracks {COMPARED} were compared: {how}, drawn by the seed."
    return Pool(chosen, len(found), note)


def described(uow: UnitOfWork, caller: Caller, pool: Pool, items: Sequence[Item]) -> PoolInfo:
    """What a pool holds; `items` are those of its tracks."""
    known = store.known_levels(uow, caller.user_id, [item.id for item in items])
    return PoolInfo(
        tracks=pool.total,
        used=len(items),
        without_tempo=sum(item.bpm is None for item in items),
        without_key=sum(item.key is None for item in items),
        without_level=sum(item.energy is None for item in items),
        levels=[PoolLevel(of, known[of]) for of in ("energy", *MOODS) if known[of] or of == "energy"],
        duration_s=sum(item.duration_s or 0.0 for item in items),
        note=pool.note,
    )
