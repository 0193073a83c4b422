"""Hot answers: msgspec structs to bytes, with an ETag where the versions behind them are cheap to read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import Request, Response

from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import mask
from resonance.library.catalogue.cache import marks, personal
from resonance.model.caller import Caller

_encoder = msgspec.json.Encoder()
_STATE = ("catalogue", "artwork", "playlists", "lyrics", "features")


def answer(value: Any, status: int = 200) -> Response:
    """`value` as JSON."""
    return Response(_encoder.encode(value), status, media_type="application/json")


def versioned(request: Request, uow: UnitOfWork, caller: Caller, make: Callable[[], Any]) -> Response:
    """`make()` as JSON under an ETag; 304 without making anything when the client has it already.

    The tag covers the catalogue, the caller's own state and what the caller may see.
    """
    state = (
        request.url.path,
        request.url.query,
        caller.user_id,
        caller.role,
        mask(caller),
        marks(uow, *_STATE, personal(caller.user_id)),
    )
    tag = f'W/"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in (part.strip() for part in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(_encoder.encode(make()), media_type="application/json", headers=headers)
