"""Likes."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.deps import CallerDep, services
from resonance.library.catalogue.access import Kind
from resonance.listens import likes

router = APIRouter(tags=["personal"])


@router.put("/likes/{kind}/{item_id}", status_code=204)
def like(request: Request, caller: CallerDep, kind: Kind, item_id: str) -> Response:
    """Like a track, an album or an artist."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        likes.set(uow, built.events, caller, kind, [item_id])
    return Response(status_code=204)


@router.delete("/likes/{kind}/{item_id}", status_code=204)
def unlike(request: Request, caller: CallerDep, kind: Kind, item_id: str) -> Response:
    """Take a like back."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        likes.unset(uow, built.events, caller, kind, [item_id])
    return Response(status_code=204)
