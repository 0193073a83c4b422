"""WebSocket /ws: what happens, as it happens, to every tab of a user.

The server sends {"topic", "data", "at"}; the client may send {"type": "ping"} and gets the topic "pong".
"events.missed" says that the client should fetch again what it shows.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from resonance.api.realtime.audience import ends_session, may_hear
from resonance.api.realtime.door import NOT_SIGNED_IN, TOO_MANY, admit
from resonance.core.clock import iso, now_ms
from resonance.core.events import Event
from resonance.core.logs import logger
from resonance.model.caller import Caller

router = APIRouter()
log = logger(__name__)

HEARTBEAT_S = 30.0
RECHECK_S = 300.0
MAX_MESSAGE = 4096
SOCKETS_PER_USER = 50


@router.websocket("/ws")
async def socket(websocket: WebSocket) -> None:
    """Accept the signed-in caller's socket and serve it until one side leaves."""
    caller = await admit(websocket)
    if caller is None:
        return
    await websocket.accept()
    open_sockets: Counter[str] = websocket.app.state.open_sockets
    if open_sockets[caller.user_id] >= SOCKETS_PER_USER:
        await websocket.close(TOO_MANY, "too_many_requests")
        return
    open_sockets[caller.user_id] += 1
    try:
        await _serve(websocket, caller)
    finally:
        open_sockets[caller.user_id] -= 1


async def _serve(websocket: WebSocket, caller: Caller) -> None:
    tasks = {
        asyncio.create_task(_push(websocket, caller)),
        asyncio.create_task(_receive(websocket)),
        asyncio.create_task(_recheck(websocket, caller)),
    }
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    except (WebSocketDisconnect, RuntimeError) as fault:
        # Starlette raises RuntimeError for a send that crossed the client's close.
        log.debug("socket.closed", reason=str(fault))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _push(websocket: WebSocket, caller: Caller) -> None:
    with websocket.app.state.services.events.subscribe(may_hear(caller)) as events:
        await _send(websocket, "hello", {"heartbeat_s": HEARTBEAT_S})
        while True:
            try:
                event = await asyncio.wait_for(events.__anext__(), HEARTBEAT_S)
            except TimeoutError:
                event = Event("heartbeat")
            except StopAsyncIteration:
                await websocket.close(1012)
                return
            await _send(websocket, event.topic, event.data)
            if ends_session(event, caller):
                await websocket.close(NOT_SIGNED_IN, "session_revoked")
                return


async def _receive(websocket: WebSocket) -> None:
    while True:
        text = await websocket.receive_text()
        if len(text) > MAX_MESSAGE:
            await websocket.close(1009)
            return
        try:
            message = json.loads(text)
        except ValueError:
            await websocket.close(1003)
            return
        if isinstance(message, dict) and message.get("type") == "ping":
            await _send(websocket, "pong", {})


async def _recheck(websocket: WebSocket, caller: Caller) -> None:
    """End the socket of a session that another process ended (the command line publishes no events)."""
    while await _is_live(websocket, caller):
        await asyncio.sleep(RECHECK_S)
    await websocket.close(NOT_SIGNED_IN, "session_revoked")


async def _is_live(websocket: WebSocket, caller: Caller) -> bool:
    if caller.session_id is None:
        return True
    services = websocket.app.state.services

    def look() -> bool:
        with services.db.read(caller.user_id) as uow:
            return any(
                session.id == caller.session_id for session in services.accounts.sessions.mine(uow, caller)
            )

    return await anyio.to_thread.run_sync(look)


async def _send(websocket: WebSocket, topic: str, data: dict[str, Any]) -> None:
    await websocket.send_text(json.dumps({"topic": topic, "data": data, "at": iso(now_ms())}, default=str))
