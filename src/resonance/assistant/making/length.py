"""How long a list is to be, and how lengths are told."""

from __future__ import annotations

from dataclasses import dataclass

from resonance.assistant.plan import Plan
from resonance.sequencing.items import Item

DEFAULT_MINUTES = 60.0
USUAL_S = 225.0  # a track, for a first guess at how many


@dataclass(frozen=True)
class Length:
    """How long: minutes or a number of tracks; `said` unless it is the default."""

    minutes: float | None
    tracks: int | None
    said: bool

    @property
    def wanted_ms(self) -> int | None:
        """The wanted length, where it is one of time."""
        return None if self.minutes is None else round(self.minutes * 60_000)

    @property
    def about(self) -> int:
        """How many tracks that may be."""
        return self.tracks or max(1, round((self.minutes or 0) * 60 / USUAL_S))


def length_of(plan: Plan) -> Length:
    """What the plan says of the length."""
    value = plan.first("length")
    if value is None:
        return Length(DEFAULT_MINUTES, None, False)
    return Length(value.get("minutes"), value.get("tracks"), True)


def milliseconds(item: Item) -> int:
    """How long a track is."""
    return round((item.duration_s or 0) * 1000)


def clock(length_ms: float) -> str:
    """1:02:03 or 2:03."""
    seconds = round(length_ms / 1000)
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
