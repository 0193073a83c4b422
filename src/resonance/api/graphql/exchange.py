"""Cues and exports."""

from __future__ import annotations

import enum
from urllib.parse import quote, urlencode

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import field, mirror, mirror_input, mutation
from resonance.listens import cues as cue_service
from resonance.model.cue import Cue
from resonance.playlists import playlists
from resonance.playlists.exchange import export
from resonance.playlists.exchange.formats import FORMATS, Format
from resonance.playlists.exchange.paths import mapping

mirror(Cue)
mirror_input(Cue)
mirror(
    Format,
    name="ExchangeFormat",
    omit={"clock"},
    description="`holds` says what one file can hold: a tree of playlists, a playlist, a table.",
)


@strawberry.input(description="What begins with `from` begins with `to` for who reads the file.")
class PathRule:
    from_: str = strawberry.field(name="from")
    to: str


@strawberry.enum
class ExportKind(enum.Enum):
    """What is exported; `all` needs no id."""

    PLAYLIST = "playlist"
    SET = "set"
    ALL = "all"


@strawberry.type
class ExchangeQueries:
    @field(description="Your cues of a track, in the order of time.")
    def cues(self, info: Info, track_id: strawberry.ID) -> list[Cue]:
        return cue_service.of_track(info.context.uow, info.context.caller, track_id)

    @field(description="Every format that can be written or read.")
    def exchange_formats(self) -> list[Format]:
        return list(FORMATS.values())

    @field(description="The address of a file, relative to this server; it wants your credentials.")
    def export_address(
        self,
        info: Info,
        kind: ExportKind,
        format: str,
        id: strawberry.ID | None = None,
        paths: list[PathRule] | None = None,
    ) -> str:
        context = info.context
        pairs = [(rule.from_, rule.to) for rule in paths or []]
        mapping(pairs)
        export.wish(format)
        if kind is ExportKind.PLAYLIST:
            playlists.item(context.uow, context.caller, id or "")
        elif kind is ExportKind.SET:
            context.services.sets.opened(context.uow, context.caller, id or "")
        named = [part for source, target in pairs for part in (("from", source), ("to", target))]
        query = urlencode([("format", format), *named])
        place = "all" if kind is ExportKind.ALL else f"{kind.value}/{quote(id or '', safe='')}"
        return f"/api/v1/exports/{place}?{query}"


@strawberry.type
class ExchangeMutations:
    @mutation(description="Give a track exactly these cues.")
    def set_cues(self, info: Info, track_id: strawberry.ID, cues: list[Cue]) -> list[Cue]:
        context = info.context
        with context.write() as uow:
            return cue_service.replace(uow, context.caller, track_id, cues)
