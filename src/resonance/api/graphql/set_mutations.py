"""DJ sets: making, arranging and changing them. A set is private to its owner."""

from __future__ import annotations

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import mutation
from resonance.model import dj_set as model
from resonance.model.playlist import PlaylistItem
from resonance.playlists import playlists
from resonance.sets.wishes import Wish

VERSION = "With `version`, a conflict when the set has another one by now."


@strawberry.type
class SetMutations:
    @mutation(description="Make a set; a list of tracks without a length gives its first order.")
    def create_set(
        self,
        info: Info,
        name: str,
        pool: model.SetPool,
        length: model.SetLength | None = None,
        curve: model.SetCurve | None = None,
        settings: model.SetSettings | None = None,
    ) -> model.SetDetail:
        context = info.context
        with context.write() as uow:
            return context.services.sets.create(
                uow,
                context.caller,
                name,
                pool,
                length=length,
                curve=curve,
                settings=settings,
            )

    @mutation(description=f"What is null stays as it is. {VERSION}")
    def change_set(
        self,
        info: Info,
        id: strawberry.ID,
        name: str | None = None,
        pool: model.SetPool | None = None,
        length: model.SetLength | None = None,
        curve: model.SetCurve | None = None,
        settings: model.SetSettings | None = None,
        version: int | None = None,
    ) -> model.SetDetail:
        context = info.context
        with context.write() as uow:
            return context.services.sets.change(
                uow,
                context.caller,
                id,
                version=version,
                name=name,
                pool=pool,
                length=length,
                curve=curve,
                settings=settings,
            )

    @mutation(description=f"Give a set this order, by hand or from a proposal. {VERSION}")
    def put_set_slots(
        self,
        info: Info,
        id: strawberry.ID,
        slots: list[model.SlotPlace],
        arranged: bool = False,
        version: int | None = None,
    ) -> model.SetDetail:
        context = info.context
        with context.write() as uow:
            return context.services.sets.put_slots(
                uow, context.caller, id, slots, version=version, arranged=arranged
            )

    @mutation(description=f"Take back an earlier state. {VERSION}")
    def restore_set(
        self, info: Info, id: strawberry.ID, to_version: int, version: int | None = None
    ) -> model.SetDetail:
        context = info.context
        with context.write() as uow:
            return context.services.sets.restore(uow, context.caller, id, to_version, version=version)

    @mutation(description=VERSION)
    def delete_set(self, info: Info, id: strawberry.ID, version: int | None = None) -> bool:
        context = info.context
        with context.write() as uow:
            context.services.sets.delete(uow, context.caller, id, version=version)
        return True

    @mutation(description="Start choosing and ordering; the set stays until the result is put.")
    def arrange_set(self, info: Info, id: strawberry.ID, wish: Wish | None = None) -> model.SetRun:
        context = info.context
        return context.services.set_proposals.arrange(context.uow, context.caller, id, wish or Wish())

    @mutation(description="Stop an arrangement; the best order so far is its result.")
    def cancel_set_run(self, info: Info, run_id: strawberry.ID) -> model.SetRun:
        context = info.context
        return context.services.set_proposals.cancel(context.uow, context.caller, run_id)

    @mutation(description="Make a playlist of a set's order.")
    def save_set_as_playlist(
        self, info: Info, id: strawberry.ID, name: str | None = None, public: bool = False
    ) -> PlaylistItem:
        context = info.context
        with context.write() as uow:
            own, track_ids = context.services.sets.order(uow, context.caller, id)
            return playlists.create(
                uow,
                context.services.events,
                context.caller,
                own if name is None else name,
                public=public,
                track_ids=track_ids,
            )
