"""One track's analysis as people see it: measured, tagged, corrected, and what counts of these."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Row, select

from resonance.analysis import moods, store
from resonance.analysis.moods import MoodItem
from resonance.audio.ear.versions import VERSIONS
from resonance.core.clock import iso
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import user
from resonance.db.tables.analysis import track_edit
from resonance.db.tables.library import track
from resonance.library.catalogue.access import must_see
from resonance.model import camelot
from resonance.model.caller import Caller


class Measured(Struct, frozen=True, kw_only=True):
    """What was heard, null where unknown. Scores, strengths and confidences are 0..1.

    BPM; seconds; cents from A = 440 Hz; LUFS, LU, dBTP, dBFS. `key_window` "excerpt": a first key, from the
    middle of the track. The proxies are hints of a quality, not the quality.
    """

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


class GroupVersions(Struct, frozen=True):
    """Which method measured each group; 0 where none did."""

    tempo: int
    key: int
    timbre: int
    loudness: int


class TagValues(Struct, frozen=True):
    """What the file's tags say, as they say it."""

    bpm: float | None
    key: str | None


class EditItem(Struct, frozen=True):
    """What somebody corrected."""

    bpm: float | None
    key: str | None
    edited_by: str | None
    edited_at: str


class Effective(Struct, frozen=True, kw_only=True):
    """What counts: the edit, else what was measured surely, else the tag, else what was measured."""

    bpm: float | None
    bpm_source: str | None
    key: str | None
    camelot: str | None
    key_source: str | None
    energy: float | None


class TrackAnalysis(Struct, frozen=True, kw_only=True):
    """`problem` is a stable word for why a file cannot be analysed, `detail` a sentence."""

    track_id: str
    state: Literal["measured", "partly", "pending", "failed"]
    problem: str | None
    detail: str | None
    analyser: str | None
    analysed_at: str | None
    versions: GroupVersions
    measured: Measured | None
    tags: TagValues
    edits: EditItem | None
    effective: Effective
    moods: list[MoodItem]


def of_track(uow: UnitOfWork, caller: Caller, track_id: str) -> TrackAnalysis:
    """Everything known of a track's sound. NotFound when the caller cannot see it."""
    must_see(uow, caller, "track", [track_id])
    row = store.facts(uow, track_id)
    tags = uow.execute(select(track.c.bpm_tag, track.c.key_tag).where(track.c.id == track_id)).one()
    levels = {group: getattr(row, f"{group}_version") if row else 0 for group in VERSIONS}
    return TrackAnalysis(
        track_id=track_id,
        state=_state(row, levels),
        problem=row.problem if row else None,
        detail=row.problem_detail if row else None,
        analyser=row.analyser if row else None,
        analysed_at=iso(row.analysed_at) if row else None,
        versions=GroupVersions(**levels),
        measured=_measured(row) if row else None,
        tags=TagValues(tags.bpm_tag, tags.key_tag),
        edits=_edit(uow, track_id),
        effective=_effective(store.traits_of(uow, track_id)),
        moods=moods.of_track(uow, caller, track_id),
    )


def _state(
    row: Row[Any] | None, levels: dict[str, int]
) -> Literal["measured", "partly", "pending", "failed"]:
    if row is None:
        return "pending"
    if row.problem is not None:
        return "failed"
    if row.key_window != "excerpt" and all(levels[group] >= VERSIONS[group] for group in VERSIONS):
        return "measured"
    return "partly" if any(levels.values()) else "pending"


def _measured(row: Row[Any]) -> Measured:
    derived: dict[str, Any] = {
        "key": _name(row.key_tonic, row.key_mode),
        "camelot": _camelot(row.key_tonic, row.key_mode),
        "key_alt": _name(row.key_alt_tonic, row.key_alt_mode),
    }
    values = {name: getattr(row, name) for name in Measured.__struct_fields__ if name not in derived}
    return Measured(**values, **derived)


def _edit(uow: UnitOfWork, track_id: str) -> EditItem | None:
    statement = (
        select(track_edit, user.c.name)
        .outerjoin(user, user.c.id == track_edit.c.user_id)
        .where(track_edit.c.track_id == track_id)
    )
    row = uow.execute(statement).one_or_none()
    if row is None:
        return None
    return EditItem(row.bpm, _name(row.key_tonic, row.key_mode), row.name, iso(row.changed_at))


def _effective(row: Row[Any] | None) -> Effective:
    return Effective(
        bpm=row.bpm if row else None,
        bpm_source=row.bpm_source if row else None,
        key=_name(row.key_tonic, row.key_mode) if row else None,
        camelot=_camelot(row.key_tonic, row.key_mode) if row else None,
        key_source=row.key_source if row else None,
        energy=row.energy if row else None,
    )


def _name(tonic: int | None, mode: str | None) -> str | None:
    return None if tonic is None or mode is None else camelot.name((tonic, mode))


def _camelot(tonic: int | None, mode: str | None) -> str | None:
    return None if tonic is None or mode is None else camelot.camelot((tonic, mode))
