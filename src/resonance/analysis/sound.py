"""The measured sound of files: exact length, waveform, silence. One row a carrier and state of its bytes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from sqlalchemy import select

from resonance.audio.decode_pass import Measured
from resonance.audio.exact import Exact
from resonance.core.clock import now_ms
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import sound
from resonance.db.upsert import upsert
from resonance.jobs.ports import Jobs

JOB = "sound.measure"
TOPIC = "sound.measured"
PRIORITY = 50  # somebody looks at the empty waveform now


class Sound(Struct, frozen=True, kw_only=True):
    """One file's sound. Samples are counted per channel; silences in seconds, None until measured.

    `counted` says where `samples` is from, None while it is unknown. `problem` is why it cannot be measured.
    """

    carrier_id: str
    etag: str
    samples: int | None = None
    sample_rate_hz: int | None = None
    channels: int | None = None
    encoder_delay: int = 0
    padding: int = 0
    cut: bool = False
    counted: Literal["header", "decoded"] | None = None
    peaks: bytes | None = None
    lead_silence_s: float | None = None
    trail_silence_s: float | None = None
    problem: str | None = None

    @property
    def state(self) -> Literal["ready", "pending", "failed"]:
        """Whether there is a waveform."""
        return "failed" if self.problem is not None else "pending" if self.peaks is None else "ready"

    @property
    def exact(self) -> Exact | None:
        """The exact length, None while it is unknown."""
        if self.samples is None or self.sample_rate_hz is None or self.channels is None:
            return None
        return Exact(
            self.samples, self.sample_rate_hz, self.channels, self.encoder_delay, self.padding, self.cut
        )


_COLUMNS = [sound.c[name] for name in Sound.__struct_fields__]


def etag_of(size: int, mtime_ns: int) -> str:
    """Changes with a file's bytes as far as its size and time tell."""
    return f"{size:x}-{mtime_ns:x}"


def known(uow: UnitOfWork, carrier_id: str, etag: str) -> Sound | None:
    """What is known of these bytes; None when nothing is, or only of older ones."""
    row = uow.execute(select(*_COLUMNS).where(sound.c.carrier_id == carrier_id, sound.c.etag == etag)).first()
    return Sound(**row._mapping) if row is not None else None


def keep(uow: UnitOfWork, found: Sound) -> None:
    """Keep `found` in place of what was known of this file."""
    row = {name: getattr(found, name) for name in Sound.__struct_fields__} | {"measured_at": now_ms()}
    upsert(uow, sound, [row], keys=["carrier_id"], update=[name for name in row if name != "carrier_id"])


def keep_counted(
    uow: UnitOfWork, carrier_id: str, etag: str, exact: Exact, counted: Literal["header", "decoded"]
) -> None:
    """Keep an exact length that came before the whole pass; what is measured already stays."""
    if known(uow, carrier_id, etag) is None:
        keep(uow, of_exact(carrier_id, etag, exact, counted))


def of_exact(carrier_id: str, etag: str, exact: Exact, counted: Literal["header", "decoded"]) -> Sound:
    """A sound of which only the length is known."""
    return Sound(
        carrier_id=carrier_id,
        etag=etag,
        samples=exact.samples,
        sample_rate_hz=exact.sample_rate_hz,
        channels=exact.channels,
        encoder_delay=exact.encoder_delay,
        padding=exact.padding,
        cut=exact.cut,
        counted=counted,
    )


def of_pass(carrier_id: str, etag: str, header: Exact | None, measured: Measured) -> Sound:
    """A whole sound. Where header and pass disagree, the file is damaged and the pass is right."""
    agrees = header is not None and header.samples == measured.samples
    return Sound(
        carrier_id=carrier_id,
        etag=etag,
        samples=measured.samples,
        sample_rate_hz=measured.sample_rate_hz,
        channels=measured.channels,
        encoder_delay=header.encoder_delay if header else 0,
        padding=header.padding if header and agrees else 0,
        cut=bool(header and header.cut),
        counted="header" if agrees else "decoded",
        peaks=measured.peaks,
        lead_silence_s=measured.lead_silence_s,
        trail_silence_s=measured.trail_silence_s,
    )


def request(uow: UnitOfWork, jobs: Jobs, track_id: str, carrier_id: str) -> str:
    """Queue the pass over a track's file; the id of the job. While one waits or runs, no second is made."""
    args = {"track_id": track_id, "carrier_id": carrier_id}
    return jobs.enqueue(uow, JOB, args, unique_key=f"{JOB}:{carrier_id}", priority=PRIORITY)
