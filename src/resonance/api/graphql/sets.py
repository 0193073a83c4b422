"""DJ sets, as GraphQL has them. A set is private to its owner."""

from __future__ import annotations

import enum
from typing import Any

import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import page_size
from resonance.api.graphql.personal_types import Playlist
from resonance.api.graphql.types import Track, shown
from resonance.core.errors import Invalid
from resonance.model import dj_set as model
from resonance.playlists import playlists
from resonance.sets.proposing import MOST_PAIRS
from resonance.sets.wishes import Wish

FEW = 20
MOST = 100


@strawberry.enum(description="Where the tracks of a set come from.")
class PoolKind(enum.Enum):
    PLAYLIST = "playlist"
    FOLDER = "folder"
    RULE = "rule"
    GENRE = "genre"
    LIKED = "liked"
    TRACKS = "tracks"
    LIBRARY = "library"


@strawberry.type
class SetPool:
    kind: str
    id: strawberry.ID | None
    rule: JSON | None
    track_ids: list[strawberry.ID] | None


@strawberry.type(description="How many tracks, or how many minutes; neither: the whole pool.")
class SetLength:
    tracks: int | None
    minutes: float | None


@strawberry.type(description="A name, or points (share of the set, level), 0..1; of energy or a mood.")
class SetCurve:
    name: str | None
    points: list[list[float]] | None
    of: str


@strawberry.type
class SetSettings:
    max_per_artist: int | None
    artist_gap: int
    album_gap: int
    ignore: list[str]
    seed: int


@strawberry.type(description="Locked it stays in its place, joined right before the next one.")
class SetSlot:
    track_id: strawberry.ID
    locked: bool
    joined: bool
    track: Track | None = strawberry.field(description="Null while it is missing or out of your sight.")


@strawberry.type(description="`score` 0..100: 85 and more is good, below 60 weak, with `weakReason`.")
class SetJoint:
    a: strawberry.ID
    b: strawberry.ID
    score: int
    weak_reason: str | None
    tempo_change_pct: float | None
    tempo_factor: float | None
    relation: str | None
    compatible: bool | None
    costs: JSON


@strawberry.type(description="Percentiles of the pool, 0..1.")
class SetLevel:
    wanted: float
    level: float | None


@strawberry.type
class SetStatistics:
    tracks: int
    duration_s: float
    average_score: int | None
    lowest_score: int | None
    weak: int
    fair: int
    good: int
    compatible: int
    keys_known: int
    tempo_near: int
    tempo_known: int
    bpm_low: float | None
    bpm_high: float | None
    energy_error: float | None
    artists: int
    most_by_one_artist: int


@strawberry.type(description="How many tracks of a pool have a value of energy, or of a mood.")
class PoolLevel:
    of: str
    tracks: int


@strawberry.type(description="`note` says how a large pool was narrowed.")
class PoolInfo:
    tracks: int
    used: int
    without_tempo: int
    without_key: int
    without_level: int
    levels: list[PoolLevel]
    duration_s: float
    note: str | None


@strawberry.type(description="An order that was found and not yet taken: `putSetSlots` takes it.")
class SetProposal:
    slots: list[SetSlot]
    joints: list[SetJoint]
    energy: list[SetLevel]
    statistics: SetStatistics
    pool: PoolInfo
    seed: int
    cost: float
    exact: bool
    reproducible: bool


@strawberry.type
class RunFault:
    code: str
    detail: str
    field: str | None


@strawberry.type(description="`state` is waiting, running, done, cancelled or failed.")
class SetRun:
    run_id: strawberry.ID
    set_id: strawberry.ID
    state: str
    progress: float
    best_score: int | None
    best_cost: float | None
    seconds: float
    reproducible: bool
    result: SetProposal | None
    fault: RunFault | None


@strawberry.type(description="`score` is that of its weaker joint, `gain` what that is more than now.")
class SlotAlternative:
    track: Track
    joint_before: SetJoint | None
    joint_after: SetJoint | None
    level: float | None
    score: int
    gain: int


@strawberry.type
class SlotPlace:
    track_id: strawberry.ID
    locked: bool
    joined: bool


@strawberry.type(description="`kind`: swap, move, insert or replace; `putSetSlots` with its slots takes it.")
class MendProposal:
    kind: str
    position: int
    other: int | None
    track: Track | None
    slots: list[SlotPlace]
    score_before: int
    score_after: int
    average_before: int | None
    average_after: int | None
    weak_after: int


@strawberry.type(description="An earlier state that can be restored.")
class SetVersion:
    version: int
    changed_at: str
    change: str
    name: str
    tracks: int
    average_score: int | None


@strawberry.type(description="A DJ set in a list.")
class SetSummary:
    id: strawberry.ID
    name: str
    version: int
    created_at: str
    changed_at: str
    pool: SetPool
    track_count: int
    duration_s: float
    cover_ids: list[strawberry.ID]
    average_score: int | None
    weak: int


@strawberry.type(description="A DJ set; `energy` has an entry a slot, `joints` one fewer.")
class DjSet(SetSummary):
    length: SetLength
    curve: SetCurve
    settings: SetSettings
    slots: list[SetSlot]
    joints: list[SetJoint]
    energy: list[SetLevel]
    statistics: SetStatistics

    @strawberry.field(description="The last 20 states, newest first.")
    def history(self: Any, info: Info) -> list[SetVersion]:
        return shown(info.context.services.sets.history(info.context.uow, info.context.caller, self.id))

    @strawberry.field(description="What the pool holds, and how much of it is known.")
    def pool_info(self: Any, info: Info) -> PoolInfo:
        context = info.context
        return shown(context.services.set_proposals.pool(context.uow, context.caller, self.id))


@strawberry.type
class MixingTrack:
    track: Track
    joint: SetJoint


@strawberry.type
class MixingTracks:
    items: list[MixingTrack]
    note: str | None


@strawberry.input
class SetPoolInput:
    kind: PoolKind
    id: strawberry.ID | None = None
    rule: JSON | None = None
    track_ids: list[strawberry.ID] | None = None

    def made(self) -> model.SetPool:
        if self.rule is not None and not isinstance(self.rule, dict):
            raise Invalid("A rule is an object.", field="pool.rule")
        ids = None if self.track_ids is None else [str(id_) for id_ in self.track_ids]
        return model.SetPool(kind=self.kind.value, id=self.id, rule=self.rule, track_ids=ids)


@strawberry.input
class SetLengthInput:
    tracks: int | None = None
    minutes: float | None = None

    def made(self) -> model.SetLength:
        return model.SetLength(tracks=self.tracks, minutes=self.minutes)


@strawberry.input
class SetCurveInput:
    name: str | None = None
    points: list[list[float]] | None = None
    of: str = "energy"

    def made(self) -> model.SetCurve:
        return model.SetCurve(name=self.name, points=self.points, of=self.of)


@strawberry.input
class SetSettingsInput:
    max_per_artist: int | None = None
    artist_gap: int = 3
    album_gap: int = 1
    ignore: list[str] = strawberry.field(default_factory=list)
    seed: int = 0

    def made(self) -> model.SetSettings:
        return model.SetSettings(**vars(self))


@strawberry.input
class SlotInput:
    track_id: strawberry.ID
    locked: bool = False
    joined: bool = False


@strawberry.input(description="0 is the first place, -1 the last.")
class PinInput:
    track_id: strawberry.ID
    place: int


@strawberry.input(description="What an arrangement asks for beyond the set; null is as the set has it.")
class ArrangeInput:
    length: SetLengthInput | None = None
    curve: SetCurveInput | None = None
    pins: list[PinInput] = strawberry.field(default_factory=list)
    locks: list[list[strawberry.ID]] = strawberry.field(default_factory=list)
    keep: list[strawberry.ID] = strawberry.field(default_factory=list)
    without: list[strawberry.ID] = strawberry.field(default_factory=list)
    seed: int | None = None
    time_limit_s: float | None = None

    def made(self) -> Wish:
        return Wish(
            length=self.length.made() if self.length else None,
            curve=self.curve.made() if self.curve else None,
            pins=[(pin.track_id, pin.place) for pin in self.pins],
            locks=self.locks,
            keep=self.keep,
            without=self.without,
            seed=self.seed,
            time_limit_s=self.time_limit_s,
        )


@strawberry.type
class SetQueries:
    @strawberry.field(description="Your sets, by name.")
    def dj_sets(self, info: Info) -> list[SetSummary]:
        return shown(info.context.services.sets.all(info.context.uow, info.context.caller))

    @strawberry.field
    def dj_set(self, info: Info, id: strawberry.ID) -> DjSet:
        return shown(info.context.services.sets.detail(info.context.uow, info.context.caller, id))

    @strawberry.field(description="How an arrangement stands; known for a quarter of an hour after its end.")
    def set_run(self, info: Info, run_id: strawberry.ID) -> SetRun:
        context = info.context
        return shown(context.services.set_proposals.run(context.uow, context.caller, run_id))

    @strawberry.field(description="Tracks of the pool that would fit into a slot, best first.")
    def slot_alternatives(
        self, info: Info, id: strawberry.ID, position: int, limit: int = FEW
    ) -> list[SlotAlternative]:
        context = info.context
        size = min(page_size(limit), MOST)
        proposals = context.services.set_proposals
        return shown(proposals.alternatives(context.uow, context.caller, id, position, size))

    @strawberry.field(description="Ways to mend the joint between a slot and the next one, best first.")
    def joint_mends(self, info: Info, id: strawberry.ID, position: int) -> list[MendProposal]:
        context = info.context
        return shown(context.services.set_proposals.mends(context.uow, context.caller, id, position))

    @strawberry.field(description="Tracks that follow one well; among liked, playlist:ID, genre:ID, set:ID.")
    def mixes_well(
        self, info: Info, id: strawberry.ID, among: str | None = None, limit: int = FEW
    ) -> MixingTracks:
        context = info.context
        size = min(page_size(limit), MOST)
        proposals = context.services.set_proposals
        return shown(proposals.mixes_well(context.uow, context.caller, id, limit=size, among=among))

    @strawberry.field(description="What it is to go from the first track of each pair to the second.")
    def joints(self, info: Info, pairs: list[list[strawberry.ID]]) -> list[SetJoint]:
        if len(pairs) > MOST_PAIRS or any(len(pair) != 2 for pair in pairs):
            raise Invalid(f"Up to {MOST_PAIRS} pairs of two tracks.", field="pairs")
        context = info.context
        wanted = [(a, b) for a, b in pairs]
        return shown(context.services.set_proposals.joints(context.uow, context.caller, wanted))


VERSION = "With `version`, a conflict when the set has another one by now."


@strawberry.type
class SetMutations:
    @strawberry.mutation(description="Make a set; a list of tracks without a length gives its first order.")
    def create_set(
        self,
        info: Info,
        name: str,
        pool: SetPoolInput,
        length: SetLengthInput | None = None,
        curve: SetCurveInput | None = None,
        settings: SetSettingsInput | None = None,
    ) -> DjSet:
        context = info.context
        with context.write() as uow:
            made = context.services.sets.create(
                uow,
                context.caller,
                name,
                pool.made(),
                length=length.made() if length else None,
                curve=curve.made() if curve else None,
                settings=settings.made() if settings else None,
            )
            return shown(made)

    @strawberry.mutation(description=f"What is null stays as it is. {VERSION}")
    def change_set(
        self,
        info: Info,
        id: strawberry.ID,
        name: str | None = None,
        pool: SetPoolInput | None = None,
        length: SetLengthInput | None = None,
        curve: SetCurveInput | None = None,
        settings: SetSettingsInput | None = None,
        version: int | None = None,
    ) -> DjSet:
        context = info.context
        with context.write() as uow:
            changed = context.services.sets.change(
                uow,
                context.caller,
                id,
                version=version,
                name=name,
                pool=pool.made() if pool else None,
                length=length.made() if length else None,
                curve=curve.made() if curve else None,
                settings=settings.made() if settings else None,
            )
            return shown(changed)

    @strawberry.mutation(description=f"Give a set this order, by hand or from a proposal. {VERSION}")
    def put_set_slots(
        self,
        info: Info,
        id: strawberry.ID,
        slots: list[SlotInput],
        arranged: bool = False,
        version: int | None = None,
    ) -> DjSet:
        context = info.context
        places = [model.SlotPlace(**vars(slot)) for slot in slots]
        with context.write() as uow:
            return shown(
                context.services.sets.put_slots(
                    uow, context.caller, id, places, version=version, arranged=arranged
                )
            )

    @strawberry.mutation(description=f"Take back an earlier state. {VERSION}")
    def restore_set(
        self, info: Info, id: strawberry.ID, to_version: int, version: int | None = None
    ) -> DjSet:
        context = info.context
        with context.write() as uow:
            return shown(context.services.sets.restore(uow, context.caller, id, to_version, version=version))

    @strawberry.mutation(description=VERSION)
    def delete_set(self, info: Info, id: strawberry.ID, version: int | None = None) -> bool:
        context = info.context
        with context.write() as uow:
            context.services.sets.delete(uow, context.caller, id, version=version)
        return True

    @strawberry.mutation(description="Start choosing and ordering; the set stays until the result is put.")
    def arrange_set(self, info: Info, id: strawberry.ID, wish: ArrangeInput | None = None) -> SetRun:
        context = info.context
        asked = wish.made() if wish else Wish()
        return shown(context.services.set_proposals.arrange(context.uow, context.caller, id, asked))

    @strawberry.mutation(description="Stop an arrangement; the best order so far is its result.")
    def cancel_set_run(self, info: Info, run_id: strawberry.ID) -> SetRun:
        context = info.context
        return shown(context.services.set_proposals.cancel(context.uow, context.caller, run_id))

    @strawberry.mutation(description="Make a playlist of a set's order.")
    def save_set_as_playlist(
        self, info: Info, id: strawberry.ID, name: str | None = None, public: bool = False
    ) -> Playlist:
        context = info.context
        with context.write() as uow:
            own, track_ids = context.services.sets.order(uow, context.caller, id)
            made = playlists.create(
                uow,
                context.services.events,
                context.caller,
                own if name is None else name,
                public=public,
                track_ids=track_ids,
            )
            return shown(made)
