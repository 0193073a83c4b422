"""What is proposed for a set: whole orders, other tracks, mended joints, and what mixes well with a track."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resonance.core.errors import Invalid
from resonance.core.ids import is_id
from resonance.library import catalogue
from resonance.model.dj_set import MixingTrack, MixingTracks, PoolInfo, SetPool
from resonance.recommend import mixing
from resonance.sets import alternatives, arranging, board, mending, pools, view, wishes
from resonance.sets.runs import Runs

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.model.dj_set import MendProposal, SetJoint, SetProposal, SetRun, SlotAlternative
    from resonance.playlists.ports import Likeness
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sequencing.items import Arrangement
    from resonance.sets.board import Board
    from resonance.sets.sets import SetDesk
    from resonance.sets.wishes import Posed, Wish

MOST_PAIRS = 500


class Proposer:
    """Nothing here changes a set. Each verb is a function of its own module; see there for what it raises."""

    def __init__(self, desk: SetDesk, index: VectorIndex, likeness: Likeness) -> None:
        self._desk, self._index, self._likeness = desk, index, likeness
        self._runs = Runs()

    def arrange(self, uow: UnitOfWork, caller: Caller, set_id: str, wish: Wish) -> SetRun:
        """Start arranging."""
        caller.must_write()
        made_of = self._desk.opened(uow, caller, set_id)
        return arranging.start(uow, caller, self._index, self._likeness, self._runs, set_id, made_of, wish)

    def posed(self, uow: UnitOfWork, caller: Caller, set_id: str, wish: Wish) -> Posed:
        """What an arrangement would search for: for who searches in a process of their own."""
        made_of = self._desk.opened(uow, caller, set_id)
        return wishes.posed(uow, caller, self._index, self._likeness, made_of, wish)

    def proposal(self, uow: UnitOfWork, caller: Caller, posed: Posed, found: Arrangement) -> SetProposal:
        """What was found, as it would be shown."""
        return arranging.proposal(uow, caller, self._index, posed, found)

    def run(self, uow: UnitOfWork, caller: Caller, run_id: str) -> SetRun:
        """How an arrangement stands. NotFound unless it is the caller's."""
        return arranging.told(uow, caller, self._index, self._runs.get(caller.user_id, run_id))

    def cancel(self, uow: UnitOfWork, caller: Caller, run_id: str) -> SetRun:
        """Stop an arrangement; the best order so far is its result."""
        return arranging.told(uow, caller, self._index, self._runs.cancel(caller.user_id, run_id))

    def pool(self, uow: UnitOfWork, caller: Caller, set_id: str) -> PoolInfo:
        """What the pool of a set holds."""
        made_of = self._desk.opened(uow, caller, set_id)
        pool = pools.opened(uow, caller, self._likeness, made_of.pool, seed=made_of.settings.seed)
        items = view.items(uow, caller, self._index, pool.track_ids, made_of.curve.of)
        return pools.described(uow, caller, pool, items)

    def alternatives(
        self, uow: UnitOfWork, caller: Caller, set_id: str, place: int, limit: int
    ) -> list[SlotAlternative]:
        """Other tracks for a slot."""
        return alternatives.best(uow, caller, self._on(uow, caller, set_id), place, limit)

    def mends(self, uow: UnitOfWork, caller: Caller, set_id: str, place: int) -> list[MendProposal]:
        """Ways to mend a joint."""
        return mending.mends(uow, caller, self._on(uow, caller, set_id), place)

    def joints(self, uow: UnitOfWork, caller: Caller, pairs: Sequence[tuple[str, str]]) -> list[SetJoint]:
        """The joints of pairs of tracks."""
        return view.pairs(uow, caller, self._index, pairs)

    def mixes_well(
        self, uow: UnitOfWork, caller: Caller, track_id: str, *, limit: int, among: str | None = None
    ) -> MixingTracks:
        """What mixes well after a track: of the library, or of `among` ("liked", "playlist:ID", "set:ID")."""
        chosen = None if among is None else self._among(uow, caller, among)
        joints, note = mixing.following(uow, caller, self._index, track_id, limit=limit, among=chosen)
        tracks = {
            track.id: track for track in catalogue.tracks_by_ids(uow, caller, [joint.b for joint in joints])
        }
        items = [MixingTrack(tracks[one.b], view.joint(one)) for one in joints if one.b in tracks]
        return MixingTracks(items, note)

    def _among(self, uow: UnitOfWork, caller: Caller, among: str) -> list[str]:
        kind, _, id_ = among.partition(":")
        if among == "liked":
            return pools.track_ids(uow, caller, self._likeness, SetPool(kind="liked"))
        if kind in ("playlist", "set", "genre") and is_id(id_):
            if kind == "set":
                return self._desk.order(uow, caller, id_)[1]
            return pools.track_ids(uow, caller, self._likeness, SetPool(kind=kind, id=id_))
        raise Invalid("Say liked, playlist:ID, genre:ID or set:ID.", field="among")

    def _on(self, uow: UnitOfWork, caller: Caller, set_id: str) -> Board:
        made_of = self._desk.opened(uow, caller, set_id)
        return board.laid_out(uow, caller, self._index, self._likeness, made_of)

    def close(self) -> None:
        """Stop what runs."""
        self._runs.close()
