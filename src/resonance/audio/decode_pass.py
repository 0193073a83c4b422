"""One pass over the decoded sound of a file: its exact length, its waveform, the silence around it.

ffmpeg decodes, numpy looks at 16-bit samples as they come; nothing is held but what Waveform keeps.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from resonance.audio import exact
from resonance.audio.ffmpeg import last_words
from resonance.audio.waveform import PEAKS, SILENCE_DBFS, Waveform, abs_peak
from resonance.core.errors import ResonanceError, Unavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["PEAKS", "SILENCE_DBFS", "Measured", "Undecodable", "count", "measure"]

TIME_LIMIT_S = 1_800.0
LONGEST_S = 48 * 3600
_READ = 1 << 19
_LARGEST_ALLOCATION = 256 << 20


class Undecodable(ResonanceError):
    """The file has no sound that ffmpeg can decode, or more of it than any music."""

    code, status = "undecodable", 422


@dataclass(frozen=True, slots=True)
class Measured:
    """What one pass found.

    `samples` of each channel at `sample_rate_hz`. `peaks`: up to PEAKS bytes, each the loudest sample of any
    channel in its part of the music, 255 being full scale. Silence is what stays at or below SILENCE_DBFS;
    music that is silent all through has it all at its start.
    """

    samples: int
    sample_rate_hz: int
    channels: int
    peaks: bytes
    lead_silence_s: float
    trail_silence_s: float


def count(
    path: str | os.PathLike[str], program: str, known: exact.Exact | None = None
) -> tuple[int, int, int]:
    """(samples of each channel, rate in Hz, channels) as ffmpeg decodes them.

    Raises Undecodable, and Unavailable when the file or ffmpeg is not there.
    """
    with _decoding(path, program, known) as sound:
        frames = sum(len(chunk) for chunk in sound)
        return _some(frames, sound), sound.rate, sound.channels


def measure(
    path: str | os.PathLike[str],
    program: str,
    known: exact.Exact | None = None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    time_limit_s: float = TIME_LIMIT_S,
) -> Measured | None:
    """Decode the whole file once; None when `cancelled` said so on the way. Raises as `count` does.

    `known` is what exact.read found; without it AAC comes with its encoder's delay or padding.
    """
    with _decoding(path, program, known, time_limit_s) as sound:
        wave = Waveform()
        for chunk in sound:
            if cancelled():
                return None
            wave.add(abs_peak(chunk))
        frames = _some(wave.frames, sound)
        lead, trail = wave.silence()
        return Measured(
            frames, sound.rate, sound.channels, wave.peaks(), lead / sound.rate, trail / sound.rate
        )


class _Decoding:
    """Iterate for 16-bit samples as arrays of (moments, channels)."""

    def __init__(
        self, process: subprocess.Popen[bytes], words: IO[bytes], path: str, expired: threading.Event
    ) -> None:
        self._process, self._words, self._path, self._expired = process, words, path, expired
        self.rate, self.channels = self._header()

    def _header(self) -> tuple[int, int]:
        head = self._read(24)
        if len(head) < 24 or head[:4] != b".snd":
            raise self.fault()
        self._read(int.from_bytes(head[4:8], "big") - 24)
        rate, channels = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
        if not rate or not channels:
            raise self.fault()
        return rate, channels

    def __iter__(self) -> Iterator[NDArray[np.int16]]:
        import numpy as np

        frame = 2 * self.channels
        frames = 0
        while data := self._read(_READ // frame * frame):
            whole = len(data) // frame
            frames += whole
            if frames > LONGEST_S * self.rate:
                raise Undecodable("The file decodes to more than two days of sound.")
            yield (
                np.frombuffer(data, ">i2", whole * self.channels).astype(np.int16).reshape(-1, self.channels)
            )
        self._process.wait()
        if self._expired.is_set():
            raise self.fault()

    def _read(self, length: int) -> bytes:
        assert self._process.stdout is not None
        data: bytes = self._process.stdout.read(length)
        return data

    def fault(self) -> Undecodable:
        if self._expired.is_set():
            return Undecodable("Decoding took too long.")
        self._process.wait()
        said = last_words(self._words, self._path)
        return Undecodable(f"ffmpeg finds no sound in the file: {said}")


def _some(frames: int, sound: _Decoding) -> int:
    if not frames:
        raise sound.fault()
    return frames


@contextmanager
def _decoding(
    path: str | os.PathLike[str],
    program: str,
    known: exact.Exact | None,
    time_limit_s: float = TIME_LIMIT_S,
) -> Iterator[_Decoding]:
    if not Path(path).is_file():
        raise Unavailable("library", "The music file cannot be read right now.")
    literal = f"file:{os.fspath(path)}"
    command = _command(literal, program, known)
    with tempfile.TemporaryFile() as words:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words
            )
        except OSError as fault:
            raise Unavailable("ffmpeg", f"ffmpeg did not start: {fault.strerror}") from fault
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        watch = threading.Timer(time_limit_s, expire)
        watch.daemon = True
        watch.start()
        try:
            yield _Decoding(process, words, literal, expired)
        finally:
            watch.cancel()
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _command(literal: str, program: str, known: exact.Exact | None) -> list[str]:
    kept = exact.filters(known)
    return [
        *(program, "-nostdin", "-hide_banner", "-v", "error", "-max_alloc", str(_LARGEST_ALLOCATION)),
        *("-protocol_whitelist", "file,pipe", "-threads", "1", *exact.input_options(known), "-i", literal),
        *("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"),
        *(["-af", ",".join(kept)] if kept else []),
        # The one container that can be streamed and tells rate and channels in 24 bytes.
        *("-c:a", "pcm_s16be", "-f", "au", "pipe:1"),
    ]
