"""A sentence into a playlist, as GraphQL has it."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.personal_types import Playlist
from resonance.api.graphql.types import Track, shown
from resonance.assistant.plan import from_json


@strawberry.type(description="A piece of a plan. `words` are those it came from.")
class PromptChip:
    kind: str
    label: str
    text: str
    words: str
    value: JSON
    sure: bool
    never: bool
    editable: bool


@strawberry.type(description="Something to know of the list; `kind` is a stable word.")
class PromptNote:
    kind: str
    text: str


@strawberry.type(description="`by` is parser or model; `fallback` is why the model did not do it.")
class PlannedBy:
    by: str
    model: str | None
    fallback: str | None


@strawberry.type(description="A sentence understood. `plan` may be changed and made.")
class PromptPlan:
    plan: JSON
    chips: list[PromptChip]
    leftovers: list[str]
    notes: list[PromptNote]
    by: PlannedBy


@strawberry.type(description="`level` is where its energy stands among the candidates, `wanted` the curve's.")
class PromptTrack:
    track: Track
    reason: str
    reasons: list[str]
    energy: float | None
    level: float | None
    wanted: float
    locked: bool


@strawberry.type
class PromptCurve:
    name: str
    points: list[list[float]]
    asked: bool


@strawberry.type(description="A list made of a plan: of one seed and library always the same.")
class PromptList:
    plan: JSON
    chips: list[PromptChip]
    leftovers: list[str]
    tracks: list[PromptTrack]
    curve: PromptCurve
    duration_s: float
    wanted_s: float | None
    wanted_tracks: int | None
    fitting: int
    considered: int
    in_key: int
    joints: int
    notes: list[PromptNote]
    seed: int
    by: PlannedBy


@strawberry.type(description="`leftOut` are the kinds of pieces that a rule cannot follow.")
class SavedPrompt:
    playlist: Playlist
    live: bool
    left_out: list[str]


@strawberry.type
class PromptQueries:
    @strawberry.field(
        description='What a sentence asks for: "90 minutes, dinner jazz to disco, nothing live".'
    )
    def prompt_plan(self, info: Info, text: str) -> PromptPlan:
        context = info.context
        return shown(context.services.assistant.plan(context.caller, text))

    @strawberry.field(description="The list of a plan or, without one, of a sentence.")
    def prompt_list(self, info: Info, text: str = "", plan: JSON | None = None, seed: int = 1) -> PromptList:
        assistant, caller = info.context.services.assistant, info.context.caller
        if plan is not None:
            return shown(assistant.make(caller, from_json(plan), seed=seed))
        made, by = assistant.understood(caller, text)
        return shown(assistant.make(caller, made, seed=seed, by=by))


@strawberry.type
class PromptMutations:
    @strawberry.mutation(description="Keep a list: as it is, or live, as a rule that a playlist follows.")
    def save_prompt(
        self, info: Info, plan: JSON, name: str, seed: int = 1, live: bool = False
    ) -> SavedPrompt:
        context = info.context
        assistant = context.services.assistant
        context.close()
        return shown(assistant.save(context.caller, from_json(plan), seed=seed, name=name, live=live))
