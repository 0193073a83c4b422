"""Who may open a socket."""

from __future__ import annotations

import anyio.to_thread
from fastapi import WebSocket

from resonance.api import auth
from resonance.core.errors import ResonanceError, Unauthorized
from resonance.core.logs import logger
from resonance.model.caller import Caller

log = logger(__name__)

# Close codes of ours: 44xx as the HTTP status 4xx.
NOT_SIGNED_IN, TOO_MANY = 4401, 4429


async def admit(websocket: WebSocket, *, subprotocol: str | None = None) -> Caller | None:
    """The signed-in caller, or None once the socket is closed. The socket is not accepted yet."""
    try:
        return await anyio.to_thread.run_sync(auth.socket_caller, websocket)
    except Unauthorized as fault:
        # A refused upgrade tells a browser nothing; this code tells it to refresh its session.
        await websocket.accept(subprotocol)
        await websocket.close(NOT_SIGNED_IN, fault.code)
    except ResonanceError as fault:
        log.info("socket.refused", code=fault.code)
        await websocket.close(4400 + fault.status % 100, fault.code)
    return None
