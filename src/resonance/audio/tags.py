"""`read_tags`: one audio file to AudioFacts, or BrokenFile with a reason."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO, FileIO
from typing import Any, BinaryIO

from mutagen import MutagenError

from resonance.audio import clean, sniff, soundness
from resonance.audio.build import build_facts
from resonance.audio.facts import AudioFacts, BrokenFile
from resonance.audio.fingerprint import payload_of
from resonance.audio.raw import RawTags

__all__ = ["AudioFacts", "BrokenFile", "read_file", "read_tags"]

# No honest tag is larger; a larger declared size is an attack on memory.
MAX_READ = 64 * 1024 * 1024
_SMALL = 256 * 1024

# What parsers raise on bytes nobody wrote on purpose.
_PARSER_FAULTS = (
    MutagenError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError,
    NotImplementedError, RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


class _Bounded(BufferedReader):
    """A file that never allocates more for one read than it has or than is sane."""

    left: int = MAX_READ

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0 or size > self.left:
            size = self.left
        return super().read(size)


def read_tags(path: str | bytes) -> AudioFacts:
    """The facts of one file. Raises BrokenFile; never hangs, never reads the whole sound.

    A file is `truncated` when it ends before its own headers say so: inside the tags, before the first
    frame of sound, or inside the sound where that can be seen without decoding: FLAC (the number of the
    last frame against the header's length), MP3 with a Xing header (more than 5 % lacking), Ogg (a cut
    page), MP4, WAV, AIFF and WMA (their size fields). An MP3 of constant rate without such a header,
    and APE, WavPack and Musepack, are taken as they are. `bad_tags` is a file whose structure the parser
    cannot follow; single damaged pictures or values are left out instead.
    """
    return build_facts(read_raw(path))


def read_file(path: str | bytes) -> tuple[AudioFacts, str]:
    """`read_tags` and `fingerprint.payload_id` in one opening of the file."""
    with _opened(path) as (source, size):
        kind = _kind(source, path)
        raw = _read(source, kind, size)
        name = payload_of(source, kind, size)
    return build_facts(raw), name


def read_raw(path: str | bytes) -> RawTags:
    """As read_tags, before interpretation, with the bytes of the best picture."""
    with _opened(path) as (source, size):
        return _read(source, _kind(source, path), size)


@contextmanager
def _opened(path: str | bytes) -> Iterator[tuple[BinaryIO, int]]:
    """The file and its size. BrokenFile when the system does not let us read it, then or later."""
    try:
        with FileIO(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size == 0:
                raise BrokenFile("empty", "The file has no bytes.")
            # Parsers seek to and fro; in memory that costs nothing.
            if size <= _SMALL:
                yield BytesIO(file.read()), size
                return
            source = _Bounded(file)
            source.left = min(size, MAX_READ)
            yield source, size
    except OSError as fault:
        raise BrokenFile("unreadable", fault.strerror or str(fault)) from fault


def _kind(source: BinaryIO, path: str | bytes) -> str:
    kind = sniff.kind_of(source, os.fsencode(path))
    if kind is None:
        raise BrokenFile("not_audio", "The content is not of a known audio format.")
    return kind


def _read(source: BinaryIO, kind: str, size: int) -> RawTags:
    soundness.check(source, kind, size)
    source.seek(0)
    try:
        raw = _dispatch(source, kind)
    except OSError as fault:
        raise BrokenFile("unreadable", fault.strerror or str(fault)) from fault
    except _PARSER_FAULTS as fault:
        detail = clean.text(f"{type(fault).__name__}: {str(fault)[:300]}", 200)
        raise BrokenFile("not_audio" if "HeaderNotFound" in detail else "bad_tags", detail) from fault
    stream = raw.stream
    if not stream.bit_rate_kbps and stream.duration_s > 0:
        stream.bit_rate_kbps = round(size * 8 / stream.duration_s / 1000)
    return raw


def _dispatch(source: Any, kind: str) -> RawTags:
    # The readers import their part of mutagen when the first such file turns up.
    if kind == "mp3":
        from resonance.audio.tags_id3 import read_mp3

        return read_mp3(source)
    if kind == "flac":
        from resonance.audio.tags_vorbis import read_flac

        return read_flac(source)
    if kind == "ogg":
        from resonance.audio.tags_vorbis import read_ogg

        codec = sniff.ogg_codec(source.read(320))
        source.seek(0)
        if codec is None:
            raise BrokenFile("not_audio", "The Ogg file holds no sound of a known kind.")
        return read_ogg(source, codec)
    if kind == "m4a":
        from resonance.audio.tags_mp4 import read_mp4

        return read_mp4(source)
    from resonance.audio import tags_other

    if kind == "wma":
        return tags_other.read_asf(source)
    if kind in ("ape", "wv", "mpc"):
        return tags_other.read_ape(source, kind)
    return tags_other.read_iff(source, kind)
