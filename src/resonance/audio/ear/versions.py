"""What is measured together, and how often its method has changed.

Raising a version measures that group of the library again and leaves the others as they are. A version covers
everything its figures depend on, the downmix and the resampling of `decode` included.
"""

from __future__ import annotations

from importlib.util import find_spec

ANALYSER = "resonance"
ESSENTIA = "essentia"  # where its extra is installed

VERSIONS = {"tempo": 1, "key": 1, "timbre": 1, "loudness": 1}

GROUPS: dict[str, tuple[str, ...]] = {
    "tempo": ("bpm", "bpm_alt", "bpm_confidence", "bpm_stability", "beat_offset_s", "onset_rate"),
    "key": (
        *("key_tonic", "key_mode", "key_strength", "key_alt_tonic", "key_alt_mode"),
        *("key_window", "tuning_cents"),
    ),
    "timbre": (
        *("energy", "danceability", "brightness", "dynamic_complexity"),
        *("acousticness_proxy", "valence_proxy", "valence_confidence", "timbre"),
    ),
    "loudness": (
        *("lufs_i", "lra", "true_peak_dbtp", "sample_peak_dbfs"),
        *("intro_end_s", "outro_start_s", "silence_head_s", "silence_tail_s"),
        *("samples", "sample_rate_hz", "channels", "peaks", "duration_s"),
    ),
}

QUICK = frozenset({"tempo", "timbre", "key"})  # heard in the middle of a track; its key is provisional
FULL = frozenset({"loudness", "key"})  # needs the whole track
ALL = frozenset(VERSIONS)


def essentia_installed() -> bool:
    """Whether the extra is there; nothing is imported to know."""
    return find_spec(ESSENTIA) is not None
