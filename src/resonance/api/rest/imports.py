"""Lists and libraries of other programs, brought in."""

from __future__ import annotations

import tempfile
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.rest.exports import PathRules, ProgramTimes
from resonance.api.shapes import Responses, one
from resonance.core.errors import Invalid, ResonanceError
from resonance.model.caller import Caller
from resonance.playlists.exchange import importing, own_paths
from resonance.playlists.exchange.importing import Choice, Imported, Marks, Stars
from resonance.playlists.exchange.paths import Mapping
from resonance.playlists.exchange.shelf import Lists

router = APIRouter(prefix="/imports", tags=["exports"])
MOST_BYTES = 256 * 2**20  # a Rekordbox library of 100,000 tracks
_IN_MEMORY = 4 * 2**20
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file as it is",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
TOO_LARGE: Responses = {413: {"description": "The file is too large"}}


class TooLarge(ResonanceError):
    """More bytes than an import may have."""

    code, status = "too_large", 413


@router.post("", responses={**one(Imported), **TOO_LARGE}, openapi_extra=_BODY)
async def import_file(
    request: Request,
    caller: CallerDep,
    paths: PathRules,
    format: Annotated[str | None, Query(description="One of /exports/formats; found out without it")] = None,
    name: Annotated[str, Query(max_length=300, description="What the file is called")] = "",
    dry_run: Annotated[bool, Query(description="Change nothing, only tell")] = False,
    lists: Annotated[
        Lists, Query(description="A playlist of the same name is kept beside, or replaced")
    ] = "add",
    cues: Annotated[Marks, Query(description="merge: what contradicts nothing is added")] = "merge",
    ratings: Annotated[Stars, Query(description="keep: only what has no rating is rated")] = "keep",
    grids: Annotated[bool, Query(description="Take beat grids as well")] = True,
    program_times: ProgramTimes = True,
) -> Response:
    """Bring in playlists, cues and ratings of a file, and tell what was found and missed."""
    caller.must_write()
    choice = Choice(
        mapping=await run_in_threadpool(_own, request, caller) if paths is None else paths,
        lists=lists,
        cues=cues,
        stars=ratings,
        grids=grids,
        program_times=program_times,
        dry_run=dry_run,
    )
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        size = 0
        async for piece in request.stream():
            size += len(piece)
            if size > MOST_BYTES:
                raise TooLarge(f"An import may have up to {MOST_BYTES // 2**20} MiB.")
            file.write(piece)
        if not size:
            raise Invalid("There is no file in this request.", field="body")
        file.seek(0)
        done = await run_in_threadpool(_import, request, caller, file, format, name, choice)  # type: ignore[arg-type]
    return answer(done)


def _own(request: Request, caller: Caller) -> Mapping:
    with services(request).db.read(caller.user_id) as uow:
        return own_paths.inwards(uow, caller)


def _import(
    request: Request, caller: Caller, file: BinaryIO, format: str | None, name: str, choice: Choice
) -> Imported:
    built = services(request)
    found, crate = importing.read(file, name=name, format=format)
    title = name.rpartition("/")[2].rpartition(".")[0] or name
    return importing.run(built.db, built.events, caller, found, crate, choice, name=title)
