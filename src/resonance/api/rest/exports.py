"""Playlists, sets and the whole library as files: for DJ software, players, spreadsheets."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from msgspec import Struct
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import Responses, many
from resonance.core.errors import Invalid
from resonance.playlists import playlists
from resonance.playlists.exchange import export, own_paths
from resonance.playlists.exchange.export import Export, Wish
from resonance.playlists.exchange.formats import FORMATS
from resonance.playlists.exchange.paths import Mapping, mapping

router = APIRouter(prefix="/exports", tags=["exports"])
_FILE = {"schema": {"type": "string", "format": "binary"}}
_KINDS = sorted({each.media_type.partition(";")[0] for each in FORMATS.values() if each.writes})
FILE: Responses = {
    200: {
        "description": "The file",
        "content": {
            **dict.fromkeys((*_KINDS, "application/zip", "application/octet-stream"), _FILE),
            "application/json": {"schema": {"type": "object"}},
        },
    }
}


class FormatItem(Struct, frozen=True):
    """A format. `holds` says what one file can hold: "tree" of playlists, "playlist", "table" of tracks."""

    name: str
    label: str
    extension: str
    media_type: str
    writes: bool
    reads: bool
    holds: str


def rules(
    from_: Annotated[
        list[str] | None,
        Query(
            alias="from",
            max_length=50,
            description="Folders as this side names them; see `to`. Without any, the caller's own rules "
            "count (preference `export_folders`: [{from, to}]); an empty one turns them off",
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        Query(max_length=50, description="What each `from` becomes, in the same order"),
    ] = None,
) -> Mapping | None:
    """The path rules of a request: as many `to` as `from`; None without any."""
    if from_ is None and to is None:
        return None
    sources, targets = from_ or [], to or []
    if len(sources) != len(targets):
        raise Invalid("There must be as many to as from.", field="to")
    return mapping(list(zip(sources, targets, strict=True)))


PathRules = Annotated[Mapping | None, Depends(rules)]
ProgramTimes = Annotated[
    bool,
    Query(
        description="Count times as the format's program does, not from the first sample that players play"
    ),
]


FormatName = Annotated[
    str, Query(json_schema_extra={"enum": [each.name for each in FORMATS.values() if each.writes]})
]


def wish(
    request: Request,
    caller: CallerDep,
    format: FormatName,
    paths: PathRules,
    program_times: ProgramTimes = True,
) -> Wish:
    """What a request wants written."""
    if paths is None:
        with services(request).db.read(caller.user_id) as uow:
            paths = own_paths.outwards(uow, caller)
    return export.wish(format, paths, program_times=program_times)


Wanted = Annotated[Wish, Depends(wish)]


@router.get("/formats", responses=many(FormatItem))
def list_formats(caller: CallerDep) -> Response:
    """Every format that can be written or read."""
    names = FormatItem.__struct_fields__
    return answer({"items": [{name: getattr(each, name) for name in names} for each in FORMATS.values()]})


@router.get("/all", responses=FILE)
def export_all(request: Request, caller: CallerDep, wanted: Wanted) -> StreamingResponse:
    """The whole library with the caller's playlists and their folders, or an archive of all playlists."""
    return _file(export.of_all(services(request).db, caller, wanted))


class Tracks(BaseModel):
    """A list of tracks that is no playlist: a queue, an answer."""

    name: Annotated[str, Field(max_length=playlists.LONGEST_NAME)] = "Resonance"
    track_ids: Annotated[list[str], Field(max_length=playlists.MOST_ENTRIES)]


@router.post("/tracks", responses=FILE)
def export_tracks(request: Request, caller: CallerDep, body: Tracks, wanted: Wanted) -> StreamingResponse:
    """Tracks in this order as one playlist; those out of sight are left out."""
    return _file(export.of_tracks(services(request).db, caller, body.name, body.track_ids, wanted))


@router.get("/{kind}/{item_id}", responses=FILE)
def export_one(
    request: Request, caller: CallerDep, kind: Literal["playlist", "set"], item_id: str, wanted: Wanted
) -> StreamingResponse:
    """One playlist or DJ set."""
    built = services(request)
    if kind == "playlist":
        return _file(export.of_playlist(built.db, caller, item_id, wanted))
    with built.db.read(caller.user_id) as uow:
        name, ids = built.sets.order(uow, caller, item_id)
    return _file(export.of_tracks(built.db, caller, name, ids, wanted))


def _file(made: Export) -> StreamingResponse:
    plain = made.file_name.encode("ascii", "replace").decode().replace("?", "_")
    quoted = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(made.file_name, safe='')}"
    headers = {"Content-Disposition": quoted, "Cache-Control": "private, no-store"}
    return StreamingResponse(made.pieces, media_type=made.media_type, headers=headers)
