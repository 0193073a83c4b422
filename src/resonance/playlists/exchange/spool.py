"""Records put aside in a temporary file: as many as a document holds, a few at a time in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from struct import Struct as Head
from typing import Generic, TypeVar

import msgspec

from resonance.core.errors import Invalid
from resonance.playlists.exchange.crate import Entry

MOST_TRACKS = 1_000_000
T = TypeVar("T")
_IN_MEMORY = 2 * 2**20
_LENGTH = Head("<I")
_AT_ONCE = 1 << 18


class Spool(Generic[T]):
    """A sequence of records of one msgspec type: filled first, then read any number of times, in order."""

    def __init__(self, kind: type[T]) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed with its owner
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._encoder = msgspec.msgpack.Encoder()
        self._count = 0

    def add(self, record: T) -> None:
        """Put a record at the end."""
        packed = self._encoder.encode(record)
        self._file.write(_LENGTH.pack(len(packed)))
        self._file.write(packed)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        """All records. Only one reader at a time, and nothing is added meanwhile."""
        held, place = b"", 0
        self._file.seek(0)
        for _ in range(self._count):
            while len(held) - place < _LENGTH.size or len(held) - place < self._whole(held, place):
                held, place = held[place:] + self._file.read(_AT_ONCE), 0
            end = place + self._whole(held, place)
            yield self._decoder.decode(memoryview(held)[place + _LENGTH.size : end])
            place = end

    @staticmethod
    def _whole(held: bytes, place: int) -> int:
        return _LENGTH.size + int(_LENGTH.unpack_from(held, place)[0])


def add_track(tracks: Spool[Entry], entry: Entry) -> None:
    """Put a track of a document aside. Invalid when there are more than any library has."""
    if len(tracks) >= MOST_TRACKS:
        raise Invalid(f"A library has up to {MOST_TRACKS:,} tracks.", field="file")
    tracks.add(entry)
