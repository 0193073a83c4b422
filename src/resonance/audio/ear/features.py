"""What one file's analysis yields: the values that leave this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from resonance.audio.ear.versions import ANALYSER, GROUPS, VERSIONS
from resonance.core.errors import ResonanceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TIMBRE_DIMENSIONS = 64

PROBLEMS = (
    *("missing", "unreadable", "empty", "not_audio", "no_audio_stream", "undecodable", "no_sound"),
    *("truncated", "too_short", "too_long", "out_of_memory", "timeout", "crashed"),
)


class Unanalysable(ResonanceError):
    """A file that gives no facts. `problem` is one of PROBLEMS, `detail` a sentence.

    missing, unreadable: the system has no such file, or refuses it. empty: no bytes. not_audio: no format we
    know. no_audio_stream: a container without sound. undecodable: sound of a codec or damage that cannot be
    decoded. no_sound: it decodes to nothing. truncated: its index or most of its sound is cut off. too_short:
    less than a tenth of a second. too_long: more than two days. out_of_memory, timeout, crashed: it cost a
    worker its life (see pool).
    """

    code, status = "unanalysable", 422

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by their args; this one crosses process borders.
        return Unanalysable, (self.problem, self.detail)


class Features(Struct, frozen=True, kw_only=True):
    """Everything measured of one file; None where it was not measured or cannot be known.

    Names and units are those of the table `features`; a group's version is 0 where it was not asked for.
    Scores, confidences and strengths are 0..1. `samples` are counted per channel at `sample_rate_hz`, without
    encoder delay and padding. `peaks` as in decode_pass.Measured, silences too. `timbre` is float32 of
    (TIMBRE_DIMENSIONS,), raw. `damaged_packets` were skipped. `cpu_ms` is processor time.
    """

    analyser: str = ANALYSER
    tempo_version: int = 0
    key_version: int = 0
    timbre_version: int = 0
    loudness_version: int = 0
    bpm: float | None = None
    bpm_alt: float | None = None
    bpm_confidence: float | None = None
    bpm_stability: float | None = None
    beat_offset_s: float | None = None
    key_tonic: int | None = None
    key_mode: str | None = None
    key_strength: float | None = None
    key_alt_tonic: int | None = None
    key_alt_mode: str | None = None
    key_window: str | None = None
    tuning_cents: float | None = None
    energy: float | None = None
    danceability: float | None = None
    brightness: float | None = None
    onset_rate: float | None = None
    dynamic_complexity: float | None = None
    acousticness_proxy: float | None = None
    valence_proxy: float | None = None
    valence_confidence: float | None = None
    lufs_i: float | None = None
    lra: float | None = None
    true_peak_dbtp: float | None = None
    sample_peak_dbfs: float | None = None
    intro_end_s: float | None = None
    outro_start_s: float | None = None
    silence_head_s: float | None = None
    silence_tail_s: float | None = None
    cpu_ms: int = 0
    samples: int | None = None
    sample_rate_hz: int | None = None
    channels: int | None = None
    peaks: bytes | None = None
    duration_s: float | None = None
    damaged_packets: int = 0
    timbre: NDArray[np.float32] | None = None

    @property
    def groups(self) -> frozenset[str]:
        """The groups that were measured."""
        return frozenset(group for group in VERSIONS if getattr(self, f"{group}_version"))

    def columns(self) -> dict[str, Any]:
        """The columns of table `features` that the measured groups own, their versions, and `analyser`.

        `cpu_ms` stays out: who stores adds it to what earlier passes took.
        """
        row: dict[str, Any] = {"analyser": self.analyser}
        for group in self.groups:
            row[f"{group}_version"] = getattr(self, f"{group}_version")
            row |= {name: getattr(self, name) for name in GROUPS[group] if name not in _NOT_COLUMNS}
        return row


# They live in the tables `sound` and `embedding`.
_NOT_COLUMNS = frozenset({"timbre", "samples", "sample_rate_hz", "channels", "peaks", "duration_s"})
