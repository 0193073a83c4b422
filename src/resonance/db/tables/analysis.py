"""What was measured of the music itself, by whom, and what people say instead."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table

from resonance.db.tables.base import big, flag, integer, metadata, real, ref, string

# One row a file. First what its headers tell, later what one decoding pass found; `etag` names the bytes.
sound = Table(
    "sound",
    metadata,
    ref("carrier_id", "carrier", primary_key=True),
    string("etag"),
    big("samples", null=True),  # of each channel, without encoder delay and padding
    integer("sample_rate_hz", null=True),
    integer("channels", null=True),
    integer("encoder_delay", server_default="0"),  # samples
    integer("padding", server_default="0"),  # samples
    flag("cut"),  # whether ffmpeg must be told to leave delay and padding out
    string("counted", null=True),  # header | decoded
    Column("peaks", LargeBinary, nullable=True),  # a byte each, 255 is full scale
    real("lead_silence_s", null=True),
    real("trail_silence_s", null=True),
    string("problem", null=True),  # why it cannot be measured
    big("measured_at"),
)

# One row a track: what was measured of its best file. The version of a group is 0 until it is measured;
# a group whose version is behind the code's is measured again, the others stay.
features = Table(
    "features",
    metadata,
    ref("track_id", "track", primary_key=True),
    ref("carrier_id", "carrier", null=True, cascade=False),  # whose bytes these facts are of
    string("etag"),
    string("payload_id", null=True),  # new tags change the file, not this
    string("analyser"),  # resonance | essentia
    integer("tempo_version", server_default="0"),
    integer("key_version", server_default="0"),
    integer("timbre_version", server_default="0"),
    integer("loudness_version", server_default="0"),
    real("bpm", null=True),
    real("bpm_alt", null=True),
    real("bpm_confidence", null=True),  # 0..1, as all confidences and strengths
    real("bpm_stability", null=True),
    real("beat_offset_s", null=True),
    integer("key_tonic", null=True),  # 0 is C, 11 is B
    string("key_mode", null=True),  # major | minor
    real("key_strength", null=True),
    integer("key_alt_tonic", null=True),
    string("key_alt_mode", null=True),
    string("key_window", null=True),  # excerpt | whole: a key heard in an excerpt is provisional
    real("tuning_cents", null=True),  # from A = 440 Hz
    real("energy", null=True),
    real("danceability", null=True),
    real("brightness", null=True),
    real("onset_rate", null=True),  # a second
    real("dynamic_complexity", null=True),  # dB
    real("acousticness_proxy", null=True),
    real("valence_proxy", null=True),
    real("valence_confidence", null=True),
    real("lufs_i", null=True),
    real("lra", null=True),  # LU
    real("true_peak_dbtp", null=True),
    real("sample_peak_dbfs", null=True),
    real("intro_end_s", null=True),
    real("outro_start_s", null=True),
    real("silence_head_s", null=True),
    real("silence_tail_s", null=True),
    string("problem", null=True),  # why a file cannot be analysed: a stable word
    string("problem_detail", null=True),
    integer("cpu_ms", server_default="0"),
    big("analysed_at"),
    # All that tells how far the analysis is, so that counting reads no rows.
    Index(
        "ix_features_state",
        *("tempo_version", "timbre_version", "key_version", "loudness_version", "key_window", "problem"),
        "track_id",
    ),
)

# Tracks in hand. A row outlives its worker, so a file that kills workers is known by its attempts.
analysis_claim = Table(
    "analysis_claim",
    metadata,
    ref("track_id", "track", primary_key=True),
    string("stage"),  # quick | full
    string("holder"),
    big("lease_until"),
    integer("attempts", server_default="0"),
)

# One row: what an administrator decided about the analysis.
analysis_policy = Table(
    "analysis_policy",
    metadata,
    integer("id", primary_key=True),
    flag("paused"),
    integer("from_minute", null=True),  # of the server's local day; both null: at any time
    integer("to_minute", null=True),
    big("changed_at"),
)

# What people corrected. It wins over what is measured and outlives every analysis.
track_edit = Table(
    "track_edit",
    metadata,
    ref("track_id", "track", primary_key=True),
    real("bpm", null=True),
    integer("key_tonic", null=True),
    string("key_mode", null=True),
    ref("user_id", "user_account", null=True, cascade=False),
    big("changed_at"),
)

# What counts of a track, made by library.traits from the edit, the measurement and the tag, so that lists can
# follow an index. A track without any of them has no row.
trait = Table(
    "trait",
    metadata,
    ref("track_id", "track", primary_key=True),
    real("bpm", null=True),
    string("bpm_source", null=True),  # user | measured | tag
    real("bpm_confidence", null=True),  # of a measured one
    integer("key_tonic", null=True),
    string("key_mode", null=True),
    integer("key_place", null=True),  # on the Camelot wheel: 2 for 1A, 3 for 1B ... 25 for 12B
    string("key_source", null=True),
    real("key_confidence", null=True),
    real("energy", null=True),
    Index("ix_trait_bpm", "bpm", "track_id"),
    Index("ix_trait_key", "key_place", "track_id"),
    Index("ix_trait_energy", "energy", "track_id"),
)

# A mood never stands without its source. `user_id` is "" for all sources but "user".
mood = Table(
    "mood",
    metadata,
    ref("track_id", "track", primary_key=True),
    string("mood", primary_key=True),  # happy | sad | aggressive | relaxed | party | acoustic
    string("source", primary_key=True),  # tags | user | language_model | audio_model
    string("user_id", primary_key=True, server_default=""),
    real("value"),  # 0..1
    string("model", null=True),
    big("set_at"),
    Index("ix_mood_mood", "mood", "track_id"),
)

# Tracks that a language model was asked about, whatever it told: asking costs seconds.
mood_reading = Table(
    "mood_reading",
    metadata,
    ref("track_id", "track", primary_key=True),
    string("model", primary_key=True),
    big("read_at"),
)
