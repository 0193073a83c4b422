"""Running operations. Imported at the first of them: Strawberry takes a fifth of a second to load."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from strawberry.exceptions import MissingQueryError
from strawberry.fastapi import GraphQLRouter
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.graphql import OperationType

from resonance.api.graphql.context import Context
from resonance.api.graphql.schema import schema
from resonance.core.errors import Invalid

if TYPE_CHECKING:
    from fastapi import WebSocket

    from resonance.model.caller import Caller
    from resonance.services import Services

_ANSWERED = {OperationType.QUERY, OperationType.MUTATION}
_encoder = msgspec.json.Encoder()


def run(
    services: Services, caller: Caller, query: str, variables: dict[str, Any] | None, name: str | None
) -> bytes:
    """The JSON answer to a query or mutation. Call it in a thread that may wait.

    Resolvers read the database where they stand, so they get an event loop of their own in this thread: the
    loaders need one to batch, and the server's loop stays free.
    """
    context = Context(services, caller)
    try:
        result = asyncio.run(
            schema.execute(
                query,
                variable_values=variables,
                operation_name=name,
                context_value=context,
                allowed_operation_types=_ANSWERED,
            )
        )
    except (MissingQueryError, CannotGetOperationTypeError) as fault:
        raise Invalid("Name the operation that is to be run.", field="operationName") from fault
    except InvalidOperationTypeError as fault:
        raise Invalid("Subscriptions are served over a WebSocket.", field="query") from fault
    finally:
        context.close()
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [error.formatted for error in result.errors]
    return _encoder.encode(answer)


class _Sockets(GraphQLRouter[Context, None]):
    """Strawberry's protocol handler, behind our own door."""

    def is_websocket_origin_allowed(self, _request: Any, _origin: str) -> bool:
        return True  # the door has looked


_sockets = _Sockets(
    schema,
    graphql_ide=None,
    subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
    context_getter=lambda: None,
)


async def serve_socket(services: Services, caller: Caller, websocket: WebSocket) -> None:
    """Serve subscriptions until one side leaves."""
    context = Context(services, caller, socket=True)
    await _sockets.run(websocket, context=context, root_value=None)
