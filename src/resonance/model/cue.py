"""Places in a track that somebody marked."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

CueKind: TypeAlias = Literal["cue", "loop", "grid", "fade_in", "fade_out", "load"]
CUE_KINDS: tuple[CueKind, ...] = ("cue", "loop", "grid", "fade_in", "fade_out", "load")


class Cue(Struct, frozen=True, kw_only=True):
    """A marked place, or with `end_s` a marked stretch; seconds from the start of the sound.

    `number` is the pad it lies on, 0 the first; null: on none, as a "memory cue". `colour` is "#rrggbb".
    A "grid" is a beat that the beat grid starts from; `bpm` is its tempo, `beat` which beat of the bar it is
    (1 is the first), `beats` how many the bar has.
    """

    kind: CueKind
    start_s: float
    end_s: float | None = None
    number: int | None = None
    name: str = ""
    colour: str | None = None
    bpm: float | None = None
    beat: int | None = None
    beats: int | None = None
