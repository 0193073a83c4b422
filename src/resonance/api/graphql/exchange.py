"""Cues, exports and imports, as GraphQL has them."""

from __future__ import annotations

import enum
import io
from urllib.parse import quote, urlencode

import msgspec
import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.types import shown
from resonance.core.errors import Invalid
from resonance.listens import cues as cue_service
from resonance.model import cue as model
from resonance.playlists import playlists
from resonance.playlists.exchange import export, importing
from resonance.playlists.exchange.formats import FORMATS
from resonance.playlists.exchange.paths import mapping


@strawberry.type(
    description="A marked place in a track, in seconds. `kind` is cue, loop, grid, fade_in, fade_out or "
    "load; `number` the pad it lies on, from 0; `colour` #rrggbb. Tempo and beats are a grid's."
)
class Cue:
    kind: str
    start_s: float
    end_s: float | None
    number: int | None
    name: str
    colour: str | None
    bpm: float | None
    beat: int | None
    beats: int | None


@strawberry.input(description="See Cue.")
class CueInput:
    kind: str
    start_s: float
    end_s: float | None = None
    number: int | None = None
    name: str = ""
    colour: str | None = None
    bpm: float | None = None
    beat: int | None = None
    beats: int | None = None

    def made(self) -> model.Cue:
        """As the service has it."""
        try:
            return msgspec.convert(strawberry.asdict(self), model.Cue)
        except msgspec.ValidationError:
            raise Invalid(f"A cue is one of {', '.join(model.CUE_KINDS)}.", field="kind") from None


@strawberry.type(description="`holds` says what one file can hold: a tree of playlists, a playlist, a table.")
class ExchangeFormat:
    name: str
    label: str
    extension: str
    media_type: str
    writes: bool
    reads: bool
    holds: str


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
    @strawberry.field(description="Your cues of a track, in the order of time.")
    def cues(self, info: Info, track_id: strawberry.ID) -> list[Cue]:
        return shown(cue_service.of_track(info.context.uow, info.context.caller, track_id))

    @strawberry.field(description="Every format that can be written or read.")
    def exchange_formats(self) -> list[ExchangeFormat]:
        return shown(list(FORMATS.values()))

    @strawberry.field(
        description="The address of a file, relative to this server; it wants your credentials."
    )
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
    @strawberry.mutation(description="Give a track exactly these cues.")
    def set_cues(self, info: Info, track_id: strawberry.ID, cues: list[CueInput]) -> list[Cue]:
        context = info.context
        given = [each.made() for each in cues]
        with context.write() as uow:
            return shown(cue_service.replace(uow, context.caller, track_id, given))

    @strawberry.mutation(
        description="Bring in the text of a playlist file, Rekordbox XML or NML; the answer is the report "
        "that POST /api/v1/imports gives, which also takes larger files. `lists` is add, replace or skip, "
        "`cues` merge, replace or skip, `ratings` keep, replace or skip."
    )
    def import_text(
        self,
        info: Info,
        text: str,
        format: str | None = None,
        name: str = "",
        paths: list[PathRule] | None = None,
        lists: str = "add",
        cues: str = "merge",
        ratings: str = "keep",
        dry_run: bool = False,
    ) -> JSON:
        context = info.context
        context.close()
        choice = importing.choice(
            mapping=mapping([(rule.from_, rule.to) for rule in paths or []]),
            lists=lists,
            cues=cues,
            stars=ratings,
            dry_run=dry_run,
        )
        found, crate = importing.read(io.BytesIO(text.encode()), name=name, format=format)
        built = context.services
        done = importing.run(built.db, built.events, context.caller, found, crate, choice, name=name)
        return shown(msgspec.to_builtins(done))
