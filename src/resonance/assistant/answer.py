"""What a made list looks like to every surface. Field names are those of REST."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from resonance.model.catalogue import TrackItem


class PromptChip(Struct, frozen=True, kw_only=True):
    """A piece as it is shown: `label` and `text` are English, `words` what was typed (empty: added since).

    `never` marks what is left out; `unsure` what may mean something else; `value` is the piece's own.
    """

    kind: str
    label: str
    text: str
    words: str
    value: dict[str, Any]
    sure: bool
    never: bool
    editable: bool


class PromptNote(Struct, frozen=True):
    """Something to know of the list. `kind` is a stable word, `values` are what the text has in it."""

    kind: str
    text: str
    values: dict[str, Any] = {}


class PlannedBy(Struct, frozen=True):
    """ "parser" or "model"; `model` names it, `fallback` is why the configured one did not do it."""

    by: str
    model: str | None = None
    fallback: str | None = None


class PromptPlanned(Struct, frozen=True):
    """A sentence understood."""

    plan: dict[str, Any]
    chips: list[PromptChip]
    leftovers: list[str]
    notes: list[PromptNote]
    by: PlannedBy


class PromptTrack(Struct, frozen=True, kw_only=True):
    """A track of the list. `energy` is its own (0..1, null unknown), `level` where that stands among all
    candidates, `wanted` what the curve asks at its place.
    """

    track: TrackItem
    reason: str
    reasons: list[str]
    energy: float | None
    level: float | None
    wanted: float
    locked: bool


class PromptCurve(Struct, frozen=True):
    """The course of energy: `name` of a known one, "drawn", or "said" for a beginning and an end in words."""

    name: str
    points: list[list[float]]
    asked: bool


class PromptMade(Struct, frozen=True, kw_only=True):
    """A list. `fitting` tracks passed all that must hold; `in_key` of `joints` follow each other in key."""

    plan: dict[str, Any]
    chips: list[PromptChip]
    leftovers: list[str]
    tracks: list[PromptTrack]
    curve: PromptCurve
    duration_s: float
    wanted_s: float | None
    wanted_tracks: int | None
    fitting: int
    considered: int
    in_key: int
    joints: int
    notes: list[PromptNote]
    seed: int
    by: PlannedBy
