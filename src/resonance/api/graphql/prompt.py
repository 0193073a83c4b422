"""A sentence into a playlist, as GraphQL has it."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.assistant import answer
from resonance.assistant.plan import from_json
from resonance.assistant.saving import PromptSaved

mirror(answer.PromptChip)
mirror(answer.PromptNote)
mirror(answer.PlannedBy)
mirror(answer.PromptPlanned, name="PromptPlan")
mirror(answer.PromptTrack)
mirror(answer.PromptCurve)
mirror(answer.PromptMade, name="PromptList")
mirror(PromptSaved, name="SavedPrompt")


@strawberry.type
class PromptQueries:
    @field(description='What a sentence asks for: "90 minutes, dinner jazz to disco, nothing live".')
    def prompt_plan(self, info: Info, text: str) -> answer.PromptPlanned:
        context = info.context
        return context.services.assistant.plan(context.caller, text)

    @field(description="The list of a plan or, without one, of a sentence.")
    def prompt_list(
        self, info: Info, text: str = "", plan: JSON | None = None, seed: int = 1
    ) -> answer.PromptMade:
        assistant, caller = info.context.services.assistant, info.context.caller
        if plan is not None:
            return assistant.make(caller, from_json(plan), seed=seed)
        made, by = assistant.understood(caller, text)
        return assistant.make(caller, made, seed=seed, by=by)


@strawberry.type
class PromptMutations:
    @mutation(description="Keep a list: as it is, or live, as a rule that a playlist follows.")
    def save_prompt(
        self, info: Info, plan: JSON, name: str, seed: int = 1, live: bool = False
    ) -> PromptSaved:
        context = info.context
        assistant = context.services.assistant
        context.close()
        return assistant.save(context.caller, from_json(plan), seed=seed, name=name, live=live)
