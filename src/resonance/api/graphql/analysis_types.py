"""GraphQL's view of the analysis. Fields are read off the structs of the service layer."""

from __future__ import annotations

from typing import Any

import strawberry


@strawberry.type(description="A part of the server's local day; the first is from, the second to.")
class Hours:
    from_: str = strawberry.field(name="from")
    to: str


@strawberry.type(
    description="How far the analysis is. Speed and time left are of the present stage, null while unknown."
)
class Analysis:
    state: str = strawberry.field(description="running, waiting, paused or idle.")
    reason: str | None = strawberry.field(description="Why it does not run: off, paused, hours, queued.")
    tracks: int
    quick_done: int
    full_done: int
    failed: int
    stage: str | None
    per_minute: float | None
    eta_s: int | None
    workers: int
    hours: Hours | None
    analysers: list[str]


@strawberry.type(description="What was heard; units stand in the REST description. Null where unknown.")
class Measured:
    bpm: float | None
    bpm_alt: float | None
    bpm_confidence: float | None
    bpm_stability: float | None
    beat_offset_s: float | None
    key: str | None
    camelot: str | None
    key_tonic: int | None
    key_mode: str | None
    key_strength: float | None
    key_alt: str | None
    key_window: str | None
    tuning_cents: float | None
    energy: float | None
    danceability: float | None
    brightness: float | None
    onset_rate: float | None
    dynamic_complexity: float | None
    acousticness_proxy: float | None
    valence_proxy: float | None
    valence_confidence: float | None
    lufs_i: float | None
    lra: float | None
    true_peak_dbtp: float | None
    sample_peak_dbfs: float | None
    intro_end_s: float | None
    outro_start_s: float | None
    silence_head_s: float | None
    silence_tail_s: float | None


@strawberry.type(description="Which method measured each group; 0 where none did.")
class GroupVersions:
    tempo: int
    key: int
    timbre: int
    loudness: int


@strawberry.type(description="What the file's tags say.")
class TagValues:
    bpm: float | None
    key: str | None


@strawberry.type(description="What somebody corrected.")
class TrackEdit:
    bpm: float | None
    key: str | None
    edited_by: str | None
    edited_at: str


@strawberry.type(description="What counts of edit, measurement and tag, and which of them it is.")
class Effective:
    bpm: float | None
    bpm_source: str | None
    key: str | None
    camelot: str | None
    key_source: str | None
    energy: float | None


@strawberry.type(description="How much of a mood there is (0..1), and who says so.")
class Mood:
    mood: str
    value: float
    source: str
    model: str | None
    mine: bool


@strawberry.type
class TrackAnalysis:
    state: str = strawberry.field(description="measured, partly, pending or failed.")
    problem: str | None
    detail: str | None
    analyser: str | None
    analysed_at: str | None
    versions: GroupVersions
    measured: Measured | None
    tags: TagValues
    edits: TrackEdit | None
    effective: Effective
    moods: list[Mood]


def shown(value: Any) -> Any:
    """A struct of the service layer where a GraphQL type is declared."""
    return value
