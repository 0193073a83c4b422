"""/graphql: POST for queries and mutations, a WebSocket (graphql-transport-ws) for subscriptions."""

from __future__ import annotations

import re
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Request, Response, WebSocket
from pydantic import BaseModel, Field

from resonance.api.deps import CallerDep, services
from resonance.api.graphql import explorer
from resonance.api.realtime.door import admit
from resonance.core.errors import Invalid
from resonance.model.caller import Caller

router = APIRouter(tags=["graphql"])
router.include_router(explorer.router)
PROTOCOL = "graphql-transport-ws"
# GraphQL has escapes of its own inside the JSON that api/bodies.py has looked through.
_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u(?:0000|\{0+\})")


class Operation(BaseModel):
    """A GraphQL request. One a request; there is no batching."""

    query: Annotated[str, Field(max_length=100_000)]
    variables: dict[str, Any] | None = None
    operation_name: Annotated[str | None, Field(alias="operationName", max_length=200)] = None


@router.post("/graphql")
def graphql(request: Request, caller: CallerDep, operation: Operation) -> Response:
    """Run a query or mutation. Errors come as GraphQL errors with `extensions.code`."""
    from resonance.api.graphql import execution

    if _ESCAPED_NUL.search(operation.query):
        raise Invalid("Text must be without NUL.", field="query")
    body = execution.run(
        services(request), caller, operation.query, operation.variables, operation.operation_name
    )
    return Response(body, media_type="application/json")


@router.websocket("/graphql")
async def subscriptions(websocket: WebSocket) -> None:
    """Serve subscriptions to the signed-in caller."""
    caller: Caller | None = await admit(websocket, subprotocol=PROTOCOL)
    if caller is None:
        return
    execution = await anyio.to_thread.run_sync(_load)
    await execution.serve_socket(websocket.app.state.services, caller, websocket)


def _load() -> Any:
    from resonance.api.graphql import execution

    return execution
