"""DJ sets as GraphQL shows and takes them."""

from __future__ import annotations

import enum
from typing import Any

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import field, mirror, mirror_input
from resonance.model import dj_set as model
from resonance.sets.wishes import Wish


@strawberry.enum(description="Where the tracks of a set come from.")
class PoolKind(enum.Enum):
    PLAYLIST = "playlist"
    FOLDER = "folder"
    RULE = "rule"
    GENRE = "genre"
    LIKED = "liked"
    TRACKS = "tracks"
    LIBRARY = "library"


class SetMore:
    @field(description="The last 20 states, newest first.")
    def history(self: Any, info: Info) -> list[model.SetVersion]:
        return info.context.services.sets.history(info.context.uow, info.context.caller, self.id)

    @field(description="What the pool holds, and how much of it is known.")
    def pool_info(self: Any, info: Info) -> model.PoolInfo:
        context = info.context
        return context.services.set_proposals.pool(context.uow, context.caller, self.id)


mirror(model.SetPool)
mirror(model.SetLength)
mirror(model.SetCurve)
mirror(model.SetSettings)
mirror(model.SlotPlace)
mirror(model.SetSlot)
mirror(model.SetJoint, ids={"a", "b"})
mirror(model.SetLevel)
mirror(model.SetStatistics)
mirror(model.SetItem, name="SetSummary")
mirror(model.SetDetail, name="DjSet", extra=SetMore)
mirror(model.PoolLevel)
mirror(model.PoolInfo)
mirror(model.SetProposal, instead={"cost": float})
mirror(model.RunFault)
mirror(model.SetRun, instead={"best_cost": float | None})
mirror(model.SlotAlternative)
mirror(model.MendProposal)
mirror(model.SetVersion)
mirror(model.MixingTrack)
mirror(model.MixingTracks)

mirror_input(model.SetPool, instead={"kind": PoolKind})
mirror_input(model.SetLength)
mirror_input(model.SetCurve)
mirror_input(model.SetSettings)
mirror_input(model.SlotPlace, name="SlotInput")


@strawberry.input(description="0 is the first place, -1 the last.")
class PinInput:
    track_id: strawberry.ID
    place: int

    def made(self) -> tuple[str, int]:
        """As a wish has it."""
        return self.track_id, self.place


mirror_input(Wish, name="ArrangeInput", ids={"keep", "locks", "without"}, instead={"pins": list[PinInput]})
