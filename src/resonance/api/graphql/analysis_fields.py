"""The analysis: how far it is, steering it, correcting what it found."""

from __future__ import annotations

from typing import Any

import strawberry

from resonance.analysis import edits, facts, progress, requests
from resonance.analysis.moods import MoodItem
from resonance.analysis.policy import Hours
from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.core.paging import Page

mirror(progress.HoursItem, name="Hours")
mirror(progress.Status, name="Analysis")
mirror(facts.Measured)
mirror(facts.GroupVersions)
mirror(facts.TagValues)
mirror(facts.EditItem, name="TrackEdit")
mirror(facts.Effective)
mirror(facts.TrackAnalysis)
mirror(MoodItem, name="Mood")
mirror(requests.Failure, name="AnalysisFailure")
mirror(Page[requests.Failure], name="AnalysisFailurePage")


@strawberry.input(description="A part of the server's local day, such as from 23:00 to 06:00.")
class HoursInput:
    from_: str = strawberry.field(name="from")
    to: str


@strawberry.type
class AnalysisQueries:
    @field(description="How far the analysis is, in tracks you may see.")
    def analysis(self, info: Info) -> progress.Status:
        return _status(info)

    @field(description="Tracks whose files cannot be analysed. For admins.")
    def analysis_failures(
        self, info: Info, cursor: str | None = None, limit: int = DEFAULT_LIMIT
    ) -> Page[requests.Failure]:
        context = info.context
        size = page_size(limit)
        return requests.failures(context.uow, context.caller, cursor=cursor, limit=size)


@strawberry.type
class AnalysisMutations:
    @mutation(
        description="Pause or resume, or set the hours; null hours allow any time, and what is left out "
        "stays as it is. For admins."
    )
    def steer_analysis(
        self, info: Info, paused: bool | None = None, hours: HoursInput | None = strawberry.UNSET
    ) -> progress.Status:
        context = info.context
        more: dict[str, Any] = {}
        if hours is not strawberry.UNSET:
            more["hours"] = Hours.parse(hours.from_, hours.to) if hours else None
        with context.write() as uow:
            requests.steer(uow, context.caller, context.services.jobs, paused=paused, **more)
        return _status(info)

    @mutation(
        description="Work on what is behind. `force` measures again: these groups (tempo, key, timbre, "
        "loudness) of these tracks, all of them where none are named. For admins."
    )
    def start_analysis(
        self,
        info: Info,
        force: bool = False,
        groups: list[str] | None = None,
        track_ids: list[strawberry.ID] | None = None,
    ) -> progress.Status:
        context = info.context
        with context.write() as uow:
            requests.start(
                uow,
                context.caller,
                context.services.jobs,
                force=force,
                groups=groups or (),
                track_ids=track_ids,
            )
        return _status(info)

    @mutation(
        description="Correct tempo or key (F#m, 11A). It wins over what is measured, for everybody; null "
        "takes it back, and what is left out stays as it is."
    )
    def correct_track(
        self,
        info: Info,
        id: strawberry.ID,
        bpm: float | None = strawberry.UNSET,
        key: str | None = strawberry.UNSET,
    ) -> facts.TrackAnalysis:
        context = info.context
        given = {"bpm": bpm, "key": key}
        said: dict[str, Any] = {name: value for name, value in given.items() if value is not strawberry.UNSET}
        with context.write() as uow:
            edit = edits.Edit(frozenset(said), **said)
            edits.change(uow, context.services.events, context.caller, id, edit)
            return facts.of_track(uow, context.caller, id)


def _status(info: Info) -> progress.Status:
    context = info.context
    return context.services.analyser.status(context.uow, context.caller)
