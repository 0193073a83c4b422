"""Ratings of a linked account, in both directions: of songs, albums and artists alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from resonance.core.clock import now_ms
from resonance.library.remote.ports import ItemKind, Mark
from resonance.listens import store
from resonance.listens.remote import remote_store
from resonance.listens.remote.link import KINDS, Link, Tally


def sync(
    link: Link, cursor: dict[str, Any], look_at: Collection[ItemKind], *, whole: bool
) -> dict[str, int] | None:
    """The report; None when nothing was looked at. What changed here is always looked at whole."""
    tally, looked = Tally(), False
    places: dict[str, int] = cursor.setdefault("rated", {})
    for kind in KINDS:
        news = _changed_here(link, kind)
        if news or kind in look_at:
            looked = True
            told = _ask(link, kind, 0 if whole or news else places.get(kind, 0), whole=whole or news)
            places[kind] = told.following
            _settle(link, kind, told, tally)
    return tally.told() if looked else None


@dataclass(slots=True)
class _Told:
    """Ratings there, of all items or of some."""

    marks: dict[str, Mark] = field(default_factory=dict)
    low: str | None = (
        None  # ids at and after it, up to `high`, that are missing have no rating; None: none do
    )
    high: str | None = None  # None: to the end
    following: int = 0

    def stars(self, id_: str, last: int) -> int:
        """The stars there, `last` where it was not told."""
        if id_ in self.marks:
            return self.marks[id_].stars
        within = self.low is not None and id_ >= self.low and (self.high is None or id_ <= self.high)
        return 0 if within else last


def _ask(link: Link, kind: ItemKind, start: int, *, whole: bool) -> _Told:
    """One page from `start` on, or all there is."""
    told, began = _Told(), start
    first: str | None = None
    while True:
        page = link.remote.rated(kind, start)
        if page is None:
            return told  # such a server does not list them: ours are only sent
        before = len(told.marks)
        told.marks |= {mark.id: mark for mark in page.marks}
        first = first or next((mark.id for mark in page.marks), None)
        start += page.rows
        if page.last or not whole or len(told.marks) == before:
            break
    # The next page begins with the last row of this one, so that nothing lies unseen between the two.
    told.following = 0 if page.last else max(start - 1, 0)
    ids = list(told.marks)
    if page.last and began == 0:
        told.low = ""
    elif page.by_id and ids == sorted(ids):
        told.low, told.high = first if began else "", None if page.last else ids[-1]
    return told


def _changed_here(link: Link, kind: ItemKind) -> bool:
    with link.db.read() as uow:
        seen = remote_store.seen(uow, link.link_id, kind, "rating")
        ours = {id_: stars for id_, (stars, _) in remote_store.rated(uow, link.user_id, kind).items()}
        differ = [id_ for id_ in ours.keys() | seen.keys() if ours.get(id_, 0) != seen.get(id_, 0)]
        return any(remote_store.there(uow, link.server_id, kind, differ).values())


def _settle(link: Link, kind: ItemKind, told: _Told, tally: Tally) -> None:
    with link.db.read() as uow:
        names = {mark.id: mark.name for mark in told.marks.values() if mark.stars}
        known = remote_store.here(uow, link.server_id, kind, names)
        ours = remote_store.rated(uow, link.user_id, kind)
        seen = remote_store.seen(uow, link.link_id, kind, "rating")
        untold = (ours.keys() | seen.keys()) - set(known.values())
        there = remote_store.there(uow, link.server_id, kind, untold, known)
    tally.unmatched += len(names) - len(known)
    agreed: dict[str, int] = {}
    take: dict[str, tuple[int, int]] = {}
    pairs = {id_: remote_id for id_, remote_id in there.items() if remote_id}
    pairs |= {ours_: remote_id for remote_id, ours_ in reversed(known.items())}
    for id_, remote_id in sorted(pairs.items()):
        last, (mine, at) = seen.get(id_, 0), ours.get(id_, (0, None))
        other = told.stars(remote_id, last)
        if mine != other:
            mark = told.marks.get(remote_id)
            their_at = mark.rated_at if mark else None
            tally.conflicts += last not in (mine, other)
            if _theirs_win(mine, other, last, at, their_at):
                take[id_] = (other, their_at or now_ms())
            else:
                link.remote.rate(remote_id, mine)
                tally.sent += 1
        value = take[id_][0] if id_ in take else mine
        if value != last:
            agreed[id_] = value
    tally.taken += len(take)
    with link.db.write() as uow:
        for id_, (stars, at_) in take.items():
            store.set_rating(uow, link.user_id, kind, id_, stars, at_)
            link.tell(uow, "ratings", kind, [id_], {"rating": stars})
        remote_store.remember(uow, link.link_id, kind, "rating", agreed)


def _theirs_win(mine: int, other: int, last: int, at: int | None, their_at: int | None) -> bool:
    """Whether the server's value counts, where the two differ."""
    if last == mine:
        return True
    if last == other:
        return False
    return their_at is not None and their_at > (at or 0)
