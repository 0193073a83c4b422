"""What every surface shows of DJ sets. Places count from 0; the joint at place i leads from slot i on."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from resonance.model.catalogue import TrackItem


class SetPool(Struct, frozen=True, kw_only=True):
    """Where the tracks come from.

    `kind`: playlist, folder of playlists or genre (`id`), rule, tracks (`track_ids`), liked, library.
    """

    kind: str
    id: str | None = None
    rule: dict[str, Any] | None = None
    track_ids: list[str] | None = None


class SetLength(Struct, frozen=True, kw_only=True):
    """How many tracks, or how many minutes; neither: the whole pool."""

    tracks: int | None = None
    minutes: float | None = None


class SetCurve(Struct, frozen=True, kw_only=True):
    """What a set follows from beginning to end: a named curve, or points (share of the set, level), 0..1.

    `of`: energy, or a mood. A level is a percentile of the pool.
    """

    name: str | None = None
    points: list[list[float]] | None = None
    of: str = "energy"


class SetSettings(Struct, frozen=True, kw_only=True):
    """`ignore`: what joints are not judged by (tempo, key, jump, sound, mix). Gaps are tracks between."""

    max_per_artist: int | None = None
    artist_gap: int = 3
    album_gap: int = 1
    ignore: list[str] = []
    seed: int = 0


class SlotPlace(Struct, frozen=True, kw_only=True):
    """A track in its place. Locked, it stays in the place; joined, it stays right before the next one."""

    track_id: str
    locked: bool = False
    joined: bool = False


class SetSlot(Struct, frozen=True, kw_only=True):
    """A slot as it is shown. `track` is null while its file is missing or out of the caller's sight."""

    track_id: str
    locked: bool
    joined: bool
    track: TrackItem | None


class SetJoint(Struct, frozen=True, kw_only=True):
    """Going from one track to the next. `score` 0..100: 85 and more is good, below 60 weak.

    `weak_reason` of a weak one: tempo, key, energy, artist, album, sound, mix or unknown. `tempo_change_pct`
    is how much the second must be sped up, `tempo_factor` what its beats are counted as (0.5, 1, 2 times).
    """

    a: str
    b: str
    score: int
    weak_reason: str | None
    tempo_change_pct: float | None
    tempo_factor: float | None
    relation: str | None
    compatible: bool | None
    costs: dict[str, int]


class SetLevel(Struct, frozen=True):
    """What the curve asks for in a slot, and what its track has; percentiles of the pool, 0..1."""

    wanted: float
    level: float | None


class SetStatistics(Struct, frozen=True, kw_only=True):
    """A set at a glance. Scores are of joints, null with fewer than two tracks."""

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


class SetItem(Struct, frozen=True, kw_only=True):
    """A set in a list. `average_score` and `weak` are those of the last change."""

    id: str
    name: str
    version: int
    created_at: str
    changed_at: str
    pool: SetPool
    track_count: int
    duration_s: float
    cover_ids: list[str]
    average_score: int | None
    weak: int


class SetDetail(SetItem, frozen=True, kw_only=True):
    """A set with everything that is drawn of it; `energy` has an entry a slot, `joints` one fewer."""

    length: SetLength
    curve: SetCurve
    settings: SetSettings
    slots: list[SetSlot]
    joints: list[SetJoint]
    energy: list[SetLevel]
    statistics: SetStatistics


class PoolLevel(Struct, frozen=True):
    """How many tracks of a pool have a value of what a curve may be about: energy, or a mood."""

    of: str
    tracks: int


class PoolInfo(Struct, frozen=True, kw_only=True):
    """What a pool holds. Of more than can be compared, `used` says how many are; `note` says how.

    `levels`: energy, then the moods that any of those used have; `without_level` is of the set's own curve.
    """

    tracks: int
    used: int
    without_tempo: int
    without_key: int
    without_level: int
    levels: list[PoolLevel]
    duration_s: float
    note: str | None


class SetProposal(Struct, frozen=True, kw_only=True):
    """An order that was found and not yet taken: putting its slots takes it."""

    slots: list[SetSlot]
    joints: list[SetJoint]
    energy: list[SetLevel]
    statistics: SetStatistics
    pool: PoolInfo
    seed: int
    cost: int
    exact: bool
    reproducible: bool


class RunFault(Struct, frozen=True):
    """Why a run found nothing, and which wish was at fault."""

    code: str
    detail: str
    field: str | None


class SetRun(Struct, frozen=True, kw_only=True):
    """An arrangement under way. `state`: waiting, running, done, cancelled or failed.

    A cancelled run keeps the best order so far as its result, if there is one; it is not reproducible.
    """

    run_id: str
    set_id: str
    state: str
    progress: float
    best_score: int | None
    best_cost: int | None
    seconds: float
    reproducible: bool
    result: SetProposal | None
    fault: RunFault | None


class SlotAlternative(Struct, frozen=True, kw_only=True):
    """Another track for a slot. `score` is that of its weaker joint, `gain` what that is more than now."""

    track: TrackItem
    joint_before: SetJoint | None
    joint_after: SetJoint | None
    level: float | None
    score: int
    gain: int


class MendProposal(Struct, frozen=True, kw_only=True):
    """A way to mend a weak joint: putting its slots takes it.

    `kind`: swap (the tracks at `position` and `other` change places), move (the track at `position` goes to
    `other`), insert (`track` comes in at `position`), replace (`track` takes the place of the one there).
    Scores are those of the weakest joint that the change touches; averages of the whole set.
    """

    kind: str
    position: int
    other: int | None
    track: TrackItem | None
    slots: list[SlotPlace]
    score_before: int
    score_after: int
    average_before: int | None
    average_after: int | None
    weak_after: int


class SetVersion(Struct, frozen=True, kw_only=True):
    """An earlier state that can be restored. `change`: made, arranged, edited, settings or restored."""

    version: int
    changed_at: str
    change: str
    name: str
    tracks: int
    average_score: int | None


class MixingTrack(Struct, frozen=True):
    """A track that mixes well, and how."""

    track: TrackItem
    joint: SetJoint


class MixingTracks(Struct, frozen=True):
    """Best first. `note` says why there are none, or what was not known."""

    items: list[MixingTrack]
    note: str | None
