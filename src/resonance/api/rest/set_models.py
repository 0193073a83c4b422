"""What the routes of DJ sets take."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from resonance.model.dj_set import SetCurve, SetLength, SetPool, SetSettings, SlotPlace
from resonance.sets.document import MOST_SLOTS
from resonance.sets.wishes import Wish

Ids = Annotated[list[str], Field(max_length=MOST_SLOTS)]
Place = Annotated[int, Field(ge=-MOST_SLOTS, le=MOST_SLOTS)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]
Share = Annotated[float, Field(ge=0, le=1)]
Point = Annotated[list[Share], Field(min_length=2, max_length=2)]
Term = Literal["tempo", "key", "jump", "sound", "mix"]


class PoolBody(BaseModel):
    """Where tracks come from: `id` of a playlist, folder of playlists or genre, `rule` or `track_ids`."""

    kind: Literal["playlist", "folder", "rule", "genre", "liked", "tracks", "library"]
    id: str | None = None
    rule: dict[str, Any] | None = None
    track_ids: Ids | None = None

    def made(self) -> SetPool:
        """The same in the words of the service."""
        return SetPool(**self.model_dump())


class LengthBody(BaseModel):
    """How many tracks, or how many minutes; neither: the whole pool."""

    tracks: Annotated[int | None, Field(ge=1, le=MOST_SLOTS)] = None
    minutes: Annotated[float | None, Field(ge=0.1, le=10_080)] = None

    def made(self) -> SetLength:
        """The same in the words of the service."""
        return SetLength(**self.model_dump())


class CurveBody(BaseModel):
    """A name, or points (share of the set, level) going forward; of energy or a mood."""

    name: Literal["rise", "fall", "arc", "wave", "flat"] | None = None
    points: Annotated[list[Point] | None, Field(min_length=1, max_length=500)] = None
    of: Literal["energy", "happy", "sad", "aggressive", "relaxed", "party", "acoustic"] = "energy"

    def made(self) -> SetCurve:
        """The same in the words of the service."""
        return SetCurve(**self.model_dump())


class SettingsBody(BaseModel):
    """What counts in a set. `ignore`: terms that joints are not judged by."""

    max_per_artist: Annotated[int | None, Field(ge=1, le=MOST_SLOTS)] = None
    artist_gap: Annotated[int, Field(ge=0, le=20)] = 3
    album_gap: Annotated[int, Field(ge=0, le=20)] = 1
    ignore: Annotated[list[Term], Field(max_length=5)] = []
    seed: Seed = 0

    def made(self) -> SetSettings:
        """The same in the words of the service."""
        return SetSettings(**self.model_dump())


class NewSet(BaseModel):
    """A set to make. A playlist or list of tracks without a length gives it its first order."""

    name: str
    pool: PoolBody
    length: LengthBody | None = None
    curve: CurveBody | None = None
    settings: SettingsBody | None = None


class SetChange(BaseModel):
    """What to change; absent leaves as is. The slots stay."""

    name: str | None = None
    pool: PoolBody | None = None
    length: LengthBody | None = None
    curve: CurveBody | None = None
    settings: SettingsBody | None = None


class SlotBody(BaseModel):
    """A track in its place; locked it stays there, joined it stays right before the next one."""

    track_id: str
    locked: bool = False
    joined: bool = False

    def made(self) -> SlotPlace:
        """The same in the words of the service."""
        return SlotPlace(track_id=self.track_id, locked=self.locked, joined=self.joined)


class Slots(BaseModel):
    """The order to have; `version` is the one it was made from. `arranged`: it came out of a run."""

    slots: Annotated[list[SlotBody], Field(max_length=MOST_SLOTS)]
    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    arranged: bool = False


class Pin(BaseModel):
    """A track and its place: 0 is the first, -1 the last."""

    track_id: str
    place: Place


class ArrangeBody(BaseModel):
    """What this arrangement asks for beyond the set; absent is as the set has it.

    `locks`: runs that stay together. `keep`: tracks to have anywhere. `without`: tracks not to have.
    Locked and joined slots of the set hold as well.
    """

    length: LengthBody | None = None
    curve: CurveBody | None = None
    pins: Annotated[list[Pin], Field(max_length=MOST_SLOTS)] = []
    locks: Annotated[list[Ids], Field(max_length=200)] = []
    keep: Ids = []
    without: Ids = []
    seed: Seed | None = None
    time_limit_s: Annotated[float | None, Field(gt=0, le=120)] = None

    def made(self) -> Wish:
        """The same in the words of the service."""
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


class Restored(BaseModel):
    """Which version to take back."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class AsPlaylist(BaseModel):
    """How to call the playlist; absent: as the set."""

    name: str | None = None
    public: bool = False


class Pairs(BaseModel):
    """Pairs of tracks, [from, to]."""

    pairs: Annotated[list[Annotated[list[str], Field(min_length=2, max_length=2)]], Field(max_length=500)]
