"""Likes of a linked account, in both directions."""

from __future__ import annotations

from collections.abc import Mapping

from resonance.core.clock import now_ms
from resonance.library.remote.ports import ItemKind, Starred
from resonance.listens import store
from resonance.listens.remote import remote_store
from resonance.listens.remote.link import KINDS, Link, Tally


def sync(link: Link, starred: Starred) -> dict[str, int]:
    """The report."""
    tally = Tally()
    for kind in KINDS:
        _kind(link, kind, starred, tally)
    return tally.told()


def _kind(link: Link, kind: ItemKind, starred: Starred, tally: Tally) -> None:
    marks = starred.of(kind)
    with link.db.read() as uow:
        known = remote_store.here(uow, link.server_id, kind, {id_: name for id_, (name, _) in marks.items()})
        theirs = {ours: marks[id_][1] for id_, ours in known.items()}
        ours = remote_store.liked(uow, link.user_id, kind)
        seen = remote_store.seen(uow, link.link_id, kind, "like")
        there = remote_store.there(uow, link.server_id, kind, ours - theirs.keys(), known)
    tally.unmatched += len(marks) - len(known)
    only_there, only_here = sorted(theirs.keys() - ours), sorted(ours - theirs.keys())
    take = [id_ for id_ in only_there if not seen.get(id_)]
    unsend = [id_ for id_ in only_there if seen.get(id_)]
    send = [id_ for id_ in only_here if there.get(id_) and not seen.get(id_)]
    drop = [id_ for id_ in only_here if id_ in there and seen.get(id_)]
    if send:
        link.remote.star(kind, [there[id_] for id_ in send], liked=True)
    if unsend:
        # Two items there may be one here: the like goes from both.
        gone = set(unsend)
        link.remote.star(kind, [id_ for id_, one in known.items() if one in gone], liked=False)
    tally.sent += len(send) + len(unsend)
    tally.taken += len(take) + len(drop)
    agreed = dict.fromkeys([*(theirs.keys() & ours), *take, *send], 1) | dict.fromkeys(drop + unsend, 0)
    change = {id_: value for id_, value in agreed.items() if seen.get(id_, 0) != value}
    _keep(link, kind, {id_: theirs[id_] for id_ in take}, drop, change)


def _keep(
    link: Link, kind: ItemKind, take: Mapping[str, int | None], drop: list[str], agreed: dict[str, int]
) -> None:
    with link.db.write() as uow:
        for id_, at in take.items():
            store.set_like(uow, link.user_id, kind, [id_], at or now_ms())
        store.unset_like(uow, link.user_id, kind, drop)
        remote_store.remember(uow, link.link_id, kind, "like", agreed)
        link.tell(uow, "likes", kind, list(take), {"liked": True})
        link.tell(uow, "likes", kind, drop, {"liked": False})
