"""/stream and /download: cookies or a bearer sign these in, so no address ever carries a secret."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from resonance.api.deps import CallerDep, services
from resonance.api.media import file_answer, passed_on_answer, transcode_answer
from resonance.playback.remote import PassedOn
from resonance.playback.streams import File, Wanted

router = APIRouter(tags=["streaming"])
ANSWERS: dict[int | str, dict[str, str]] = {
    206: {"description": "The range that was asked for"},
    503: {"description": "The folder of the library cannot be reached, or nothing can transcode now"},
}


@router.head("/stream/{track_id}", include_in_schema=False)
@router.get("/stream/{track_id}", response_class=Response, responses=ANSWERS)
def stream(
    request: Request,
    caller: CallerDep,
    track_id: str,
    format: Annotated[str | None, Query(max_length=20, description="mp3, opus, aac, flac or raw")] = None,
    bit_rate: Annotated[int | None, Query(ge=0, le=10_000, description="At most this many kbit/s")] = None,
    offset_s: Annotated[
        float, Query(ge=0, le=86_400, description="Start here; the answer is a transcode")
    ] = 0,
) -> Response:
    """The track's bytes: the file itself with ranges, or a transcode."""
    opened = services(request).streams.open(caller, track_id, Wanted(format, bit_rate, offset_s))
    if isinstance(opened, File):
        return file_answer(request, opened)
    if isinstance(opened, PassedOn):
        return passed_on_answer(request, opened)
    return transcode_answer(opened)


@router.head("/download/{track_id}", include_in_schema=False)
@router.get("/download/{track_id}", response_class=Response, responses=ANSWERS)
def download(request: Request, caller: CallerDep, track_id: str) -> Response:
    """The original file under the name "Artist - Title"."""
    source = services(request).streams.source(caller, track_id)
    opened = services(request).streams.open(caller, track_id, Wanted("raw"))
    if isinstance(opened, PassedOn):
        return passed_on_answer(request, opened, download_name=source.file_name)
    assert isinstance(opened, File)
    return file_answer(request, opened, download_name=source.file_name)
