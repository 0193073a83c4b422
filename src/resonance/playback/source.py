"""Which file a track is played from, and whether it may be sent as it is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from resonance.core.errors import NotFound, Unavailable
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import carrier, library, track
from resonance.library import paths
from resonance.model.caller import Caller
from resonance.model.quality import LOSSLESS, soundness

# What a player is told a file is. The extension may lie; the scan looked inside.
MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "wav": "audio/wav",
    "aiff": "audio/aiff",
    "wma": "audio/x-ms-wma",
    "ape": "audio/x-ape",
    "wv": "audio/x-wavpack",
    "mpc": "audio/x-musepack",
    "dsf": "audio/x-dsf",
}


# Kinds of carriers that can be played.
HEARD = ("file", "remote")


class Gain(Struct, frozen=True):
    """How much louder to play: ReplayGain in dB, peaks linear with 1.0 as full scale."""

    track_db: float | None
    track_peak: float | None
    album_db: float | None
    album_peak: float | None


@dataclass(frozen=True, slots=True)
class Source:
    """A present file of a track. `bit_rate_kbps` is None where the file does not say."""

    track_id: str
    title: str
    artist: str
    path: Path
    stored: str  # the path as the catalogue has it
    format: str
    codec: str
    bit_rate_kbps: int | None
    duration_s: float
    payload_id: str | None
    size: int
    mtime_ns: int
    carrier_id: str
    sample_rate_hz: int | None
    bit_depth: int | None
    channels: int | None
    gain: Gain  # as the tags say
    album_id: str | None
    remote: bool = False  # it lies on a music server: see playback.remote for where its bytes are

    @property
    def lossless(self) -> bool:
        """Whether the codec keeps every sample."""
        return self.codec in LOSSLESS

    @property
    def media_type(self) -> str:
        """For Content-Type."""
        return MEDIA_TYPES.get(self.format, "application/octet-stream")

    @property
    def file_name(self) -> str:
        """What a download is called: "Artist - Title.ext"."""
        words = f"{self.artist} - {self.title}" if self.artist else self.title
        safe = "".join("_" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in words).strip(" .")
        return f"{safe[:180] or self.track_id}{PurePath(self.stored).suffix.lower()}"

    @property
    def etag(self) -> str:
        """Changes with the file's bytes as far as its size and time tell."""
        return f'"{self.size:x}-{self.mtime_ns:x}"'


def find(uow: UnitOfWork, caller: Caller, track_id: str) -> Source:
    """The best present file of a track the caller may hear.

    NotFound when there is none or it is not the caller's to hear.
    """
    wanted = (
        select(
            track.c.id.label("track_id"),
            track.c.title,
            track.c.artist_display,
            track.c.album_id,
            carrier.c.kind,
            carrier.c.path,
            carrier.c.format,
            carrier.c.codec,
            carrier.c.bit_rate_kbps,
            carrier.c.duration_s,
            carrier.c.payload_id,
            carrier.c.size,
            carrier.c.mtime_ns,
            carrier.c.id.label("carrier_id"),
            carrier.c.sample_rate_hz,
            carrier.c.bit_depth,
            carrier.c.channels,
            track.c.gain_track_db,
            track.c.peak_track,
            track.c.gain_album_db,
            track.c.peak_album,
            library.c.path.label("root"),
        )
        .join(carrier, carrier.c.track_id == track.c.id)
        .join(library, library.c.id == carrier.c.library_id)
        .where(track.c.id == track_id, carrier.c.missing_at.is_(None), carrier.c.kind.in_(HEARD))
    )
    if caller.libraries is not None:
        wanted = wanted.where(carrier.c.library_id.in_(caller.libraries))
    rows = uow.execute(wanted.order_by(carrier.c.id)).all()
    if not rows:
        raise NotFound("There is no such track.")
    best = max(rows, key=_soundness)
    remote = best.kind != "file"
    path = Path(best.path) if remote else paths.inside(best.root, best.path)
    if path is None:
        raise NotFound("There is no such track.")
    return Source(
        track_id=best.track_id,
        title=best.title,
        artist=best.artist_display,
        path=path,
        stored=best.path,
        format=best.format,
        codec=best.codec,
        bit_rate_kbps=best.bit_rate_kbps,
        duration_s=best.duration_s,
        payload_id=best.payload_id,
        size=best.size,
        mtime_ns=best.mtime_ns,
        carrier_id=best.carrier_id,
        sample_rate_hz=best.sample_rate_hz,
        bit_depth=best.bit_depth,
        channels=best.channels,
        gain=Gain(best.gain_track_db, best.peak_track, best.gain_album_db, best.peak_album),
        album_id=best.album_id,
        remote=remote,
    )


def _soundness(row: Any) -> tuple[bool, bool, int, int, int]:
    """A file here goes before a song that must be fetched."""
    heard = soundness(row.codec, row.bit_rate_kbps, row.sample_rate_hz, row.bit_depth)
    return (row.kind == "file", *heard)


def present(source: Source) -> os.stat_result:
    """The file's state now; Unavailable when the disk does not give it."""
    try:
        return source.path.stat()
    except OSError as fault:
        raise Unavailable("library", "The music file cannot be read right now.") from fault
