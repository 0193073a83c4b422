"""From an HTTP request to a handler and back: the edge of this surface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from resonance.api.subsonic import envelope, params, sign_in
from resonance.api.subsonic.call import Alone, Answer, Call, Writes
from resonance.api.subsonic.envelope import Format
from resonance.api.subsonic.faults import Code, SubsonicFault, translate
from resonance.api.subsonic.params import Params
from resonance.api.subsonic.routes import PUBLIC, ROUTES
from resonance.core.errors import ResonanceError
from resonance.core.logs import logger

if TYPE_CHECKING:
    from resonance.services import Services

log = logger(__name__)


async def endpoint(request: Request) -> Response:
    """Every method of the API. The app's state has the services."""
    form = Format("xml")
    try:
        given = await params.read(request)
        form = envelope.wanted(given.text("f"), given.text("callback"), given.text("c"))
        name = request.path_params["method"].removesuffix(".view")
        response = await run_in_threadpool(_answer, request, given, form, name)
    except SubsonicFault as fault:
        response = envelope.failed(form, fault)
    if request.method == "HEAD" and type(response) is Response:
        response.body = b""  # Content-Length keeps what a GET would send
    return response


router = APIRouter()
router.add_route("/rest/{method:path}", endpoint, methods=["GET", "POST"], include_in_schema=False)


def _answer(request: Request, given: Params, form: Format, name: str) -> Response:
    try:
        answer = _run(request, given, name)
        if isinstance(answer, Response):
            return answer
        return envelope.ok(form, answer)
    except SubsonicFault as fault:
        return envelope.failed(form, fault)
    except ResonanceError as fault:
        return envelope.failed(form, translate(fault))
    except Exception as fault:
        # The edge: clients expect an envelope even now.
        log.error("subsonic.crashed", method=name, exc_info=fault)
        wrong = SubsonicFault(Code.GENERIC, "The server met an unexpected fault.", http_status=500)
        return envelope.failed(form, wrong)


def _run(request: Request, given: Params, name: str) -> Answer:
    if name in PUBLIC:
        return PUBLIC[name]()
    endpoint = ROUTES.get(name)
    if endpoint is None:
        raise SubsonicFault(Code.GENERIC, "There is no such method.", http_status=404)
    services: Services = request.app.state.services
    call = Call(services, request, given, sign_in.caller(services, request, given))
    if isinstance(endpoint, Alone):
        return endpoint.handler(call)
    work = services.db.write if isinstance(endpoint, Writes) else services.db.read
    with work(call.user_id) as uow:
        return endpoint.handler(call, uow)
