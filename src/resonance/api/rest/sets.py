"""DJ sets. A set is private to its owner."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.rest.playlists import SeenVersion
from resonance.api.rest.set_models import ArrangeBody, AsPlaylist, NewSet, Restored, SetChange, Slots
from resonance.api.shapes import many, one
from resonance.model.dj_set import (
    MendProposal,
    PoolInfo,
    SetDetail,
    SetItem,
    SetRun,
    SetVersion,
    SlotAlternative,
)
from resonance.model.playlist import PlaylistItem
from resonance.playlists import playlists
from resonance.sets.document import MOST_SLOTS

router = APIRouter(prefix="/sets", tags=["sets"])
Position = Annotated[int, Path(ge=0, le=MOST_SLOTS)]


@router.get("", responses=many(SetItem))
def list_sets(request: Request, caller: CallerDep) -> Response:
    """The caller's sets, by name."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.sets.all(uow, caller)})


@router.post("", status_code=201, responses=one(SetDetail, 201))
def create_set(request: Request, caller: CallerDep, body: NewSet) -> Response:
    """Make a set."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        made = built.sets.create(
            uow,
            caller,
            body.name,
            body.pool.made(),
            length=body.length.made() if body.length else None,
            curve=body.curve.made() if body.curve else None,
            settings=body.settings.made() if body.settings else None,
        )
    return answer(made, 201)


@router.get("/runs/{run_id}", responses=one(SetRun))
def get_run(request: Request, caller: CallerDep, run_id: str) -> Response:
    """How an arrangement stands; its result once it has ended. Known for a quarter of an hour."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.set_proposals.run(uow, caller, run_id))


@router.delete("/runs/{run_id}", responses=one(SetRun))
def cancel_run(request: Request, caller: CallerDep, run_id: str) -> Response:
    """Stop an arrangement; the best order so far becomes its result, marked as not reproducible."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.set_proposals.cancel(uow, caller, run_id))


@router.get("/{set_id}", responses=one(SetDetail))
def get_set(request: Request, caller: CallerDep, set_id: str) -> Response:
    """One set: its order, its joints, how it follows its curve."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.sets.detail(uow, caller, set_id))


@router.patch("/{set_id}", responses=one(SetDetail))
def change_set(
    request: Request, caller: CallerDep, set_id: str, body: SetChange, seen: SeenVersion
) -> Response:
    """Change what a set is made of. 409 on another version than that of If-Match."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        changed = built.sets.change(
            uow,
            caller,
            set_id,
            version=seen,
            name=body.name,
            pool=body.pool.made() if body.pool else None,
            length=body.length.made() if body.length else None,
            curve=body.curve.made() if body.curve else None,
            settings=body.settings.made() if body.settings else None,
        )
    return answer(changed)


@router.delete("/{set_id}", status_code=204)
def delete_set(request: Request, caller: CallerDep, set_id: str, seen: SeenVersion) -> Response:
    """Delete a set."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        built.sets.delete(uow, caller, set_id, version=seen)
    return Response(status_code=204)


@router.put("/{set_id}/slots", responses=one(SetDetail))
def put_slots(request: Request, caller: CallerDep, set_id: str, body: Slots, seen: SeenVersion) -> Response:
    """Give a set this order: by hand, or to take a proposal."""
    built = services(request)
    version = body.version if body.version is not None else seen
    with built.db.write(caller.user_id) as uow:
        changed = built.sets.put_slots(
            uow,
            caller,
            set_id,
            [slot.made() for slot in body.slots],
            version=version,
            arranged=body.arranged,
        )
    return answer(changed)


@router.get("/{set_id}/pool", responses=one(PoolInfo))
def get_pool(request: Request, caller: CallerDep, set_id: str) -> Response:
    """What the pool holds, and how much of it is known."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.set_proposals.pool(uow, caller, set_id))


@router.post("/{set_id}/arrange", status_code=202, responses=one(SetRun, 202))
def arrange_set(request: Request, caller: CallerDep, set_id: str, body: ArrangeBody) -> Response:
    """Start choosing and ordering. The set stays as it is until the result is put into its slots."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.set_proposals.arrange(uow, caller, set_id, body.made()), 202)


@router.get("/{set_id}/slots/{position}/alternatives", responses=many(SlotAlternative))
def get_alternatives(
    request: Request,
    caller: CallerDep,
    set_id: str,
    position: Position,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> Response:
    """Tracks of the pool that would fit into a slot, best first."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        found = built.set_proposals.alternatives(uow, caller, set_id, position, limit)
        return answer({"items": found})


@router.get("/{set_id}/joints/{position}/swaps", responses=many(MendProposal))
def get_mends(request: Request, caller: CallerDep, set_id: str, position: Position) -> Response:
    """Ways to mend the joint between a slot and the next one, best first."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.set_proposals.mends(uow, caller, set_id, position)})


@router.get("/{set_id}/history", responses=many(SetVersion))
def get_history(request: Request, caller: CallerDep, set_id: str) -> Response:
    """The last 20 states, newest first; the first is the present one."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.sets.history(uow, caller, set_id)})


@router.post("/{set_id}/restore", responses=one(SetDetail))
def restore_set(
    request: Request, caller: CallerDep, set_id: str, body: Restored, seen: SeenVersion
) -> Response:
    """Take back an earlier state, as a new version."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        return answer(built.sets.restore(uow, caller, set_id, body.version, version=seen))


@router.post("/{set_id}/playlist", status_code=201, responses=one(PlaylistItem, 201))
def save_as_playlist(request: Request, caller: CallerDep, set_id: str, body: AsPlaylist) -> Response:
    """Make a playlist of the order."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        name, track_ids = built.sets.order(uow, caller, set_id)
        made = playlists.create(
            uow,
            built.events,
            caller,
            name if body.name is None else body.name,
            public=body.public,
            track_ids=track_ids,
        )
    return answer(made, 201)
