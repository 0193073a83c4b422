"""What was measured of the sound itself."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table

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
