"""Search by meaning, and moods, as GraphQL has them."""

from __future__ import annotations

import strawberry

from resonance.analysis import moods
from resonance.analysis.moods import MoodItem
from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.core.errors import Invalid
from resonance.library.ask import LONGEST, AnsweredBy, FoundTrack, TrackAnswer, Wish, ask
from resonance.search.hybrid import Understood
from resonance.search.meaning.reasons import Reason

mirror(Reason, name="SearchReason")
mirror(Understood)
mirror(FoundTrack)
mirror(AnsweredBy)
mirror(TrackAnswer)


@strawberry.input(description="Conditions that all hold; keys in any spelling.")
class TrackWish:
    genre_id: strawberry.ID | None = None
    year_from: int | None = None
    year_to: int | None = None
    bpm_min: float | None = None
    bpm_max: float | None = None
    keys: list[str] | None = None
    key_compatible: bool = False
    energy_min: float | None = None
    energy_max: float | None = None
    rated_min: int | None = None
    liked: bool | None = None
    analysed: bool | None = None

    def as_wish(self) -> Wish:
        return Wish(
            *(self.genre_id, self.year_from, self.year_to, self.bpm_min, self.bpm_max),
            *(tuple(self.keys or ()), self.key_compatible, self.energy_min, self.energy_max),
            *(self.rated_min, self.liked, self.analysed),
        )


@strawberry.input(description="0 is not at all, 1 very much; null takes your word back.")
class OwnMoods:
    happy: float | None = strawberry.UNSET
    sad: float | None = strawberry.UNSET
    aggressive: float | None = strawberry.UNSET
    relaxed: float | None = strawberry.UNSET
    party: float | None = strawberry.UNSET
    acoustic: float | None = strawberry.UNSET

    def named(self) -> dict[str, float | None]:
        return {name: value for name, value in vars(self).items() if value is not strawberry.UNSET}


@strawberry.type
class MeaningQueries:
    @field(description='Tracks by name and by meaning ("slow warm piano for rain"), with reasons.')
    def search_tracks(
        self,
        info: Info,
        q: str = "",
        where: TrackWish | None = None,
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> TrackAnswer:
        context = info.context
        if len(q) > LONGEST:
            raise Invalid(f"A question has up to {LONGEST} characters.", field="q")
        wish = where.as_wish() if where else Wish()
        asked = context.services.embedders.ask(q)
        return ask(
            context.uow,
            context.caller,
            context.services.hybrid,
            asked,
            wish,
            cursor=cursor,
            limit=page_size(limit),
        )

    @field(description="Everything said of a track's mood, your own word first.")
    def moods(self, info: Info, track_id: strawberry.ID) -> list[MoodItem]:
        return moods.of_track(info.context.uow, info.context.caller, track_id)


@strawberry.type
class MoodMutations:
    @mutation(description="Say how you hear a track; everything said of it afterwards.")
    def set_moods(self, info: Info, track_id: strawberry.ID, said: OwnMoods) -> list[MoodItem]:
        context = info.context
        with context.write() as uow:
            return moods.set_own(uow, context.caller, track_id, said.named())
