"""Arrangements of sets: asked for, watched, stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resonance.model.dj_set import RunFault, SetProposal, SetRun, SlotPlace
from resonance.sequencing import score
from resonance.sequencing.arrange import check_wishes
from resonance.sequencing.joints import along
from resonance.sets import view, wishes

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.playlists.ports import Likeness
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sequencing.items import Arrangement
    from resonance.sets.document import Document
    from resonance.sets.runs import Run, Runs
    from resonance.sets.wishes import Posed, Wish


def start(
    uow: UnitOfWork,
    caller: Caller,
    index: VectorIndex,
    likeness: Likeness,
    runs: Runs,
    set_id: str,
    made_of: Document,
    wish: Wish,
) -> SetRun:
    """Start arranging a set; it stays as it is. Errors of the wish are told at once, others by the run."""
    caller.must_write()
    posed = wishes.posed(uow, caller, index, likeness, made_of, wish)
    check_wishes(posed.request)
    return told(uow, caller, index, runs.start(caller.user_id, set_id, posed))


def told(uow: UnitOfWork, caller: Caller, index: VectorIndex, run: Run) -> SetRun:
    """How a run stands, and its result once it has ended."""
    state, found, so_far, fault = run.state, run.found, run.told, run.fault
    order = found.order if found is not None else so_far.order if so_far is not None else ()
    ended = state in ("done", "cancelled", "failed")
    return SetRun(
        run_id=run.id,
        set_id=run.set_id,
        state=state,
        progress=1.0 if ended else so_far.share if so_far is not None else 0.0,
        best_score=_average(run.posed, order),
        best_cost=found.cost if found is not None else so_far.cost if so_far is not None else None,
        seconds=round(run.seconds, 2),
        reproducible=found.reproducible if found is not None else not run.asked_to_stop,
        result=None if found is None else proposal(uow, caller, index, run.posed, found),
        fault=None if fault is None else RunFault(fault.code, fault.detail, fault.field),
    )


def proposal(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, posed: Posed, found: Arrangement
) -> SetProposal:
    """An order as it would be shown."""
    slots = [
        SlotPlace(track_id=id_, locked=id_ in posed.locked, joined=id_ in posed.joined) for id_ in found.order
    ]
    seen = view.shown(uow, caller, index, posed.made_of, slots)
    return SetProposal(
        slots=seen.slots,
        joints=seen.joints,
        energy=seen.energy,
        statistics=seen.statistics,
        pool=posed.info,
        seed=posed.request.seed,
        cost=found.cost,
        exact=found.exact,
        reproducible=found.reproducible,
    )


def _average(posed: Posed, order: tuple[str, ...]) -> int | None:
    """The mean score of an order's joints."""
    items = {item.id: item for item in posed.request.pool}
    joints = along([items[id_] for id_ in order], posed.request.ignored)
    return score.average([score.score(joint).points for joint in joints])
