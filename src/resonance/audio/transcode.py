"""ffmpeg as a stream of bytes: one process a listener, ended when the listener leaves."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from resonance.audio.ffmpeg import find_ffmpeg, last_words
from resonance.core.errors import Invalid, Unavailable

__all__ = ["TARGETS", "Target", "Transcoder", "encoder_command", "ffmpeg_command", "find_ffmpeg"]

CHUNK = 64 * 1024
_GRACE_S = 2.0


@dataclass(frozen=True, slots=True)
class Target:
    """A format we can make. Bit rates in kbit/s; None where the format has none."""

    content_type: str
    extension: str
    options: tuple[str, ...]
    default_kbps: int | None
    min_kbps: int = 0
    max_kbps: int = 0


TARGETS = {
    "mp3": Target(
        "audio/mpeg", "mp3", ("-c:a", "libmp3lame", "-id3v2_version", "0", "-f", "mp3"), 192, 32, 320
    ),
    "opus": Target("audio/ogg", "opus", ("-c:a", "libopus", "-vbr", "on", "-f", "ogg"), 128, 16, 256),
    "aac": Target("audio/aac", "aac", ("-c:a", "aac", "-f", "adts"), 192, 32, 320),
    "flac": Target("audio/flac", "flac", ("-c:a", "flac", "-compression_level", "2", "-f", "flac"), None),
}


def clamp_bit_rate(target: str, bit_rate_kbps: int | None) -> int | None:
    """The bit rate that will be used. Raises Invalid for a target we do not make."""
    made = _target(target)
    if made.default_kbps is None:
        return None
    wanted = bit_rate_kbps or made.default_kbps
    return max(made.min_kbps, min(made.max_kbps, wanted))


def ffmpeg_command(
    path: str,
    target: str,
    bit_rate_kbps: int | None = None,
    offset_s: float = 0.0,
    *,
    program: str | None = None,
) -> list[str]:
    """The argument list that writes the target to standard output.

    `path` is taken literally: behind "file:" a name like "-i" or "concat:x" is only a name. Pictures and
    private metadata are left out. Raises Invalid for an unknown target or a negative offset.
    """
    made = _target(target)
    if not 0 <= offset_s < 1_000_000:
        raise Invalid("The offset lies outside the track.", field="offset_s")
    kbps = clamp_bit_rate(target, bit_rate_kbps)
    seek = ["-ss", f"{offset_s:.3f}"] if offset_s else []
    rate = ["-b:a", f"{kbps}k"] if kbps else []
    return encoder_command(path, [*made.options, *rate], input_options=seek, program=program)


def encoder_command(
    path: str,
    options: Sequence[str],
    *,
    input_options: Sequence[str] = (),
    program: str | None = None,
) -> list[str]:
    """The argument list that writes a file's sound to standard output as `options` say."""
    return [
        *(program or find_ffmpeg(), "-nostdin", "-hide_banner", "-v", "error"),
        *("-protocol_whitelist", "file,pipe", *input_options, "-i", f"file:{path}"),
        *("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
        *(*options, "-flush_packets", "1", "pipe:1"),
    ]


def _target(name: str) -> Target:
    if name not in TARGETS:
        raise Invalid(f"Cannot transcode to {name!r}; possible: {', '.join(TARGETS)}.", field="format")
    return TARGETS[name]


class Transcoder:
    """A running ffmpeg. Iterate for its chunks; always `close` (or use it as a context manager).

    `open` returns after the first bytes have arrived. A failure before them raises Unavailable with
    ffmpeg's last words; one after them ends the iteration and leaves `complete` False.
    """

    def __init__(self, process: subprocess.Popen[bytes], words: IO[bytes], source: str) -> None:
        self._process = process
        self._words = words
        self._source = source
        self._first = b""
        self.complete = False

    @classmethod
    def open(
        cls,
        path: str,
        target: str,
        bit_rate_kbps: int | None = None,
        offset_s: float = 0.0,
        *,
        program: str | None = None,
    ) -> Transcoder:
        """Start ffmpeg. Raises Invalid (target, offset), Unavailable (no ffmpeg, or it failed)."""
        made = cls.start(path, ffmpeg_command(path, target, bit_rate_kbps, offset_s, program=program))
        try:
            made._first = made._read()
            if not made._first:
                made._process.wait()
                raise Unavailable("ffmpeg", f"ffmpeg made no sound: {last_words(made._words, made._source)}")
        except BaseException:
            made.close()
            raise
        return made

    @classmethod
    def start(cls, path: str, command: Sequence[str]) -> Transcoder:
        """Start a command of `encoder_command` for this file without waiting for its bytes."""
        if not Path(path).is_file():
            raise Unavailable("ffmpeg", "The file to transcode is gone.")
        # A file, not a pipe: nobody reads it while the sound flows, and a full pipe would stop ffmpeg.
        words = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the transcoder
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words
            )
        except OSError as fault:
            words.close()
            raise Unavailable("ffmpeg", f"ffmpeg did not start: {fault.strerror}") from fault
        return cls(process, words, f"file:{path}")

    def __iter__(self) -> Iterator[bytes]:
        """Chunks of at least 64 KiB, but for the last one."""
        chunk, self._first = self._first or self._read(), b""
        while chunk:
            yield chunk
            chunk = self._read()
        self.complete = self._process.wait() == 0

    def _read(self) -> bytes:
        stream = self._process.stdout
        return stream.read(CHUNK) if stream is not None and not stream.closed else b""

    @property
    def problem(self) -> str | None:
        """What went wrong once the process has ended, None while it runs or when all went well."""
        failed = self._process.poll() and not self._words.closed
        return last_words(self._words, self._source) if failed else None

    @property
    def exit_code(self) -> int | None:
        """None while it runs, negative when a signal ended it."""
        return self._process.poll()

    def kill(self) -> None:
        """End ffmpeg at once. Its reader then comes to the end of the chunks."""
        self._process.kill()

    @property
    def pid(self) -> int:
        """ffmpeg's process id."""
        return self._process.pid

    def close(self) -> None:
        """End ffmpeg: ask, and after two seconds insist. Safe to call twice and from another thread."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        if not self._words.closed:
            self._words.close()

    def __enter__(self) -> Transcoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
