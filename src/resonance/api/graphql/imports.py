"""Imports: bringing in a text, what it found and missed, and settling what it left open."""

from __future__ import annotations

import enum
import io

import msgspec
import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.exchange import PathRule
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field, mirror, mirror_input, mutation
from resonance.core.errors import Invalid
from resonance.model import imports as model
from resonance.model.lists import ImportItem
from resonance.playlists import reports, settling
from resonance.playlists.exchange import importing, own_paths, report
from resonance.playlists.exchange.paths import mapping

mirror(ImportItem, name="ImportSummary")
mirror(report.Report, name="ImportReport")
mirror(report.ListReport, name="ImportedList")
mirror(report.Line, name="ImportLine", ids={"candidates"})
mirror(report.Before, name="ImportMatch")
mirror(model.Candidate, name="ImportCandidate")
mirror(model.ImportEntry)
mirror(model.ImportEntries, name="ImportEntryPage")
mirror(model.Settled, name="SettledImport")
mirror_input(settling.Choice, name="ImportChoice")


@strawberry.enum
class EntryState(enum.Enum):
    """Open ones have no track yet; settled ones are those that you decided."""

    OPEN = "open"
    SETTLED = "settled"
    MATCHED = "matched"
    ALL = "all"


@strawberry.type
class ImportQueries:
    @field(description="Your imports, the newest first.")
    def past_imports(self, info: Info) -> list[ImportItem]:
        return reports.mine(info.context.uow, info.context.caller)

    @field(description="What an import of yours found and missed, line by line.")
    def import_report(self, info: Info, id: strawberry.ID) -> report.Report:
        return reports.one(info.context.uow, info.context.caller, id)

    @field(description="Its entries in the order of the file, with the tracks that each may mean.")
    def import_entries(
        self,
        info: Info,
        id: strawberry.ID,
        state: EntryState = EntryState.OPEN,
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> model.ImportEntries:
        context = info.context
        size = page_size(limit)
        wanted: settling.State = state.value
        return settling.entries(context.uow, context.caller, id, state=wanted, cursor=cursor, limit=size)


@strawberry.type
class ImportMutations:
    @mutation(
        description="Bring in the text of a playlist file, Rekordbox XML or NML; the answer is the report "
        "that POST /api/v1/imports gives, which also takes larger files. `lists` is add, replace or skip, "
        "`cues` merge, replace or skip, `ratings` keep, replace or skip. Without `paths` your own count."
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
        grids: bool = True,
        program_times: bool = True,
        dry_run: bool = False,
    ) -> JSON:
        context = info.context
        if paths is None:
            rules = own_paths.inwards(context.uow, context.caller)
        else:
            rules = mapping([(rule.from_, rule.to) for rule in paths])
        context.close()
        choice = importing.choice(
            mapping=rules,
            lists=lists,
            cues=cues,
            stars=ratings,
            grids=grids,
            program_times=program_times,
            dry_run=dry_run,
        )
        found, crate = importing.read(io.BytesIO(text.encode()), name=name, format=format)
        built = context.services
        done = importing.run(built.db, built.events, context.caller, found, crate, choice, name=name)
        return JSON(msgspec.to_builtins(done))

    @mutation(description="Say what entries mean: all of these choices are taken, or none.")
    def settle_import(self, info: Info, id: strawberry.ID, choices: list[settling.Choice]) -> model.Settled:
        context = info.context
        if not 1 <= len(choices) <= settling.MOST_CHOICES:
            raise Invalid(f"There are 1 to {settling.MOST_CHOICES} choices at once.", field="choices")
        with context.write() as uow:
            return settling.settle(uow, context.services.events, context.caller, id, choices)

    @mutation(description="Delete a report; what was imported stays.")
    def forget_import(self, info: Info, id: strawberry.ID) -> bool:
        context = info.context
        with context.write() as uow:
            reports.forget(uow, context.caller, id)
        return True
