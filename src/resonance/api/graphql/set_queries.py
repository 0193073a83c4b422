"""DJ sets: what can be asked of them. A set is private to its owner."""

from __future__ import annotations

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import page_size
from resonance.api.graphql.mirrors import field
from resonance.core.errors import Invalid
from resonance.model import dj_set as model
from resonance.sets.proposing import MOST_PAIRS

FEW = 20
MOST = 100


@strawberry.type
class SetQueries:
    @field(description="Your sets, by name.")
    def dj_sets(self, info: Info) -> list[model.SetItem]:
        return info.context.services.sets.all(info.context.uow, info.context.caller)

    @field()
    def dj_set(self, info: Info, id: strawberry.ID) -> model.SetDetail:
        return info.context.services.sets.detail(info.context.uow, info.context.caller, id)

    @field(description="How an arrangement stands; known for a quarter of an hour after its end.")
    def set_run(self, info: Info, run_id: strawberry.ID) -> model.SetRun:
        context = info.context
        return context.services.set_proposals.run(context.uow, context.caller, run_id)

    @field(description="Tracks of the pool that would fit into a slot, best first.")
    def slot_alternatives(
        self, info: Info, id: strawberry.ID, position: int, limit: int = FEW
    ) -> list[model.SlotAlternative]:
        context = info.context
        size = min(page_size(limit), MOST)
        proposals = context.services.set_proposals
        return proposals.alternatives(context.uow, context.caller, id, position, size)

    @field(description="Ways to mend the joint between a slot and the next one, best first.")
    def joint_mends(self, info: Info, id: strawberry.ID, position: int) -> list[model.MendProposal]:
        context = info.context
        return context.services.set_proposals.mends(context.uow, context.caller, id, position)

    @field(description="Tracks that follow one well; among liked, playlist:ID, genre:ID, set:ID.")
    def mixes_well(
        self, info: Info, id: strawberry.ID, among: str | None = None, limit: int = FEW
    ) -> model.MixingTracks:
        context = info.context
        size = min(page_size(limit), MOST)
        proposals = context.services.set_proposals
        return proposals.mixes_well(context.uow, context.caller, id, limit=size, among=among)

    @field(description="What it is to go from the first track of each pair to the second.")
    def joints(self, info: Info, pairs: list[list[strawberry.ID]]) -> list[model.SetJoint]:
        if len(pairs) > MOST_PAIRS or any(len(pair) != 2 for pair in pairs):
            raise Invalid(f"Up to {MOST_PAIRS} pairs of two tracks.", field="pairs")
        context = info.context
        wanted = [(a, b) for a, b in pairs]
        return context.services.set_proposals.joints(context.uow, context.caller, wanted)
