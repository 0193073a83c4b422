"""The saved play queue."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.listens import queue
from resonance.playback import queue_order

router = APIRouter(tags=["personal"])


class Queue(BaseModel):
    """A whole queue; it replaces the one before."""

    track_ids: Annotated[list[str], Field(max_length=queue.MOST_TRACKS)]
    current_index: int | None = None
    position_ms: int = Field(default=0, ge=0, le=2**52)
    changed_by: str | None = Field(default=None, max_length=100)


class Unordered(BaseModel):
    """Tracks to shuffle. Without `seed` one is chosen."""

    track_ids: Annotated[list[str], Field(max_length=queue_order.MOST_TRACKS)]
    seed: int | None = Field(default=None, ge=0, le=queue_order.LARGEST_SEED)


@router.get("/queue", responses=one(queue.SavedQueue))
def get_queue(request: Request, caller: CallerDep) -> Response:
    """Where the caller stopped."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(queue.load(uow, caller))


@router.put("/queue", responses=one(queue.SavedQueue))
def put_queue(request: Request, caller: CallerDep, body: Queue) -> Response:
    """Keep where the caller stopped."""
    with services(request).db.write(caller.user_id) as uow:
        queue.save(
            uow,
            caller,
            body.track_ids,
            current_index=body.current_index,
            position_ms=body.position_ms,
            changed_by=body.changed_by or "",
        )
        return answer(queue.load(uow, caller))


@router.post("/queue/order", responses=one(queue_order.QueueOrder))
def order_queue(request: Request, caller: CallerDep, body: Unordered) -> Response:
    """A shuffled order in which artists and albums keep their distance; the same seed gives the same one."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(queue_order.order(uow, caller, body.track_ids, body.seed))
