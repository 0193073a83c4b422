"""Music of every kind to play, and a ruler for what comes out of fragments."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resonance.audio import exact
from resonance.db.engine import Database
from resonance.db.tables.library import library
from resonance.model.caller import Caller
from resonance.playback.fragment_cache import FragmentCache
from resonance.playback.fragments import Playback
from resonance.playback.manifest import PlaybackManifest
from resonance.playback.places import Places
from resonance.playback.tiers import Tier
from tests.fixtures.rows import Rows

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Kind:
    """A kind of file: what ffmpeg is told to make it, and what the scan would say of it."""

    suffix: str
    options: str
    codec: str
    format: str = ""
    rate: int = 44100
    channels: int = 2
    bits: int | None = None

    @property
    def form(self) -> str:
        return self.format or self.suffix


KINDS = {
    "flac": Kind("flac", "-c:a flac", "flac", bits=16),
    "flac-hi": Kind("flac", "-c:a flac -sample_fmt s32 -bits_per_raw_sample 24", "flac", rate=96000, bits=24),
    "flac-mono": Kind("flac", "-c:a flac -frame_size 1024", "flac", channels=1, bits=16),
    "flac-surround": Kind("flac", "-c:a flac", "flac", channels=6, rate=48000, bits=16),
    "mp3-cbr": Kind("mp3", "-c:a libmp3lame -b:a 192k", "mp3"),
    "mp3-vbr": Kind("mp3", "-c:a libmp3lame -q:a 4", "mp3", rate=48000),
    "mp3-bare": Kind("mp3", "-c:a libmp3lame -b:a 128k -write_xing 0 -id3v2_version 0", "mp3"),
    "mp3-low": Kind("mp3", "-c:a libmp3lame -b:a 64k", "mp3", rate=22050, channels=1),
    "aac": Kind("m4a", "-c:a aac -b:a 160k", "aac"),
    "alac": Kind("m4a", "-c:a alac -sample_fmt s16p", "alac", bits=16),
    "alac-hi": Kind("m4a", "-c:a alac -sample_fmt s32p -bits_per_raw_sample 24", "alac", rate=88200, bits=24),
    "opus": Kind("opus", "-c:a libopus -b:a 128k", "opus", rate=48000),
    "vorbis": Kind("ogg", "-c:a libvorbis -q:a 5", "vorbis"),
    "wav": Kind("wav", "-c:a pcm_s16le", "pcm", bits=16),
    "wavpack": Kind("wv", "-c:a wavpack", "wavpack", bits=16),
}


def make(path: Path, kind: Kind, seconds: float, seed: int = 1) -> Path:
    """Noise: nothing in it is alike at any two moments."""
    path.write_bytes(_made(kind, seconds, seed))
    return path


@lru_cache(maxsize=32)
def _made(kind: Kind, seconds: float, seed: int) -> bytes:
    sources = [
        f"anoisesrc=d={seconds}:r={kind.rate}:a=0.2:c=pink:seed={seed + n}" for n in range(kind.channels)
    ]
    inputs = [part for source in sources for part in ("-f", "lavfi", "-i", source)]
    mix = ["-filter_complex", f"amerge=inputs={kind.channels}"] if kind.channels > 1 else []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"a.{kind.suffix}"
        how = ["-ac", str(kind.channels), *kind.options.split(), str(out)]
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *inputs, *mix, *how], check=True)
        return out.read_bytes()


@dataclass
class Player:
    """Plays files as the web player would, without the web."""

    database: Database
    caller: Caller
    root: Path
    playback: Playback
    library_id: str

    @classmethod
    def of(cls, database: Database, caller: Caller, folder: Path, per_user: int = 3) -> Player:
        root = folder / "music"
        root.mkdir()
        with database.write() as uow:
            library_id = Rows(uow).library()
            uow.execute(library.update().values(path=str(root)))
        cache = FragmentCache(folder / "fragments", 2**30)
        return cls(database, caller, root, Playback(database, cache, Places(per_user)), library_id)

    def add(self, name: str, kind: Kind, seconds: float) -> str:
        """Make a file and its track; the track's id."""
        make(self.root / name, kind, seconds)
        return self.register(name, kind)

    def register(self, name: str, kind: Kind) -> str:
        """A file that lies there becomes a track."""
        facts = {
            "path": name,
            "format": kind.form,
            "codec": kind.codec,
            "sample_rate_hz": kind.rate,
            "channels": kind.channels,
            "bit_depth": kind.bits,
        }
        with self.database.write() as uow:
            return Rows(uow).track(name, library_id=self.library_id, file=facts)

    def manifest(self, track: str) -> PlaybackManifest:
        return self.playback.manifest(self.caller, track)

    def tier(self, track: str, name: str) -> Tier:
        return next(tier for tier in self.manifest(track).tiers if tier.name == name)

    def bytes(self, track: str, name: str, numbers: Sequence[int] | None = None) -> bytes:
        """Init and fragments, in the order asked for but put together in theirs."""
        manifest, tier = self.manifest(track), self.tier(track, name)
        wanted = range(tier.fragments) if numbers is None else numbers
        parts = {
            n: self.playback.fragment(self.caller, track, name, n, manifest.version).data for n in wanted
        }
        init = self.playback.init(self.caller, track, name, manifest.version).data if tier.init else b""
        return init + b"".join(parts[number] for number in sorted(parts))


def heard(
    source: bytes | Path, kind: Kind | None = None, rate: int | None = None, channels: int = 0
) -> Samples:
    """The decoded sound, -1..1, (moments, channels). A file with its `kind` is trimmed to the music."""
    path = source if isinstance(source, Path) else None
    told = exact.read(path, kind.form, kind.codec) if path and kind else None
    kept = exact.filters(told)
    command = [
        *("ffmpeg", "-nostdin", "-v", "error", *exact.input_options(told), "-i", str(path or "pipe:0")),
        *(["-af", ",".join(kept)] if kept else []),
        *(["-ar", str(rate)] if rate else []),
        *(["-ac", str(channels)] if channels else []),
        *("-c:a", "pcm_s32be", "-f", "au", "pipe:1"),
    ]
    given = b"" if path else source
    assert isinstance(given, bytes)
    data = subprocess.run(command, input=given, capture_output=True, check=True).stdout
    offset, count = int.from_bytes(data[4:8], "big"), int.from_bytes(data[20:24], "big")
    return np.frombuffer(data[offset:], ">i4").reshape(-1, count).astype(np.float64) / 2**31


def lag(found: Samples, wanted: Samples) -> tuple[int, float]:
    """(how many samples later `found` is, how alike they are then: 1 is the same)."""
    length = min(len(found), len(wanted))
    a, b = found[:length].mean(axis=1), wanted[:length].mean(axis=1)
    size = 1 << (2 * length - 1).bit_length()
    cross = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    at = int(np.argmax(cross))
    likeness = cross[at] / np.sqrt((a**2).sum() * (b**2).sum())
    return (at if at < size // 2 else at - size), float(likeness)
