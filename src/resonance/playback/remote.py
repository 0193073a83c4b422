"""Songs of music servers for playing: a file where one is at hand or must be, else a stream passed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from resonance.library.remote.bytes import Reconnecting, RemoteBytes
from resonance.playback.source import Source

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def as_file(bytes_: Callable[[], RemoteBytes] | None, source: Source) -> Source:
    """The source with a file behind it; a remote song is fetched when it must be. Slow then."""
    if not source.remote or bytes_ is None:
        return source
    return replace(source, path=bytes_().file(source.carrier_id))


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes that are sent: from `start` up to `stop`, of `size`."""

    start: int
    stop: int
    size: int
    partial: bool


class PassedOn:
    """A song on its way from the server to the listener. `size` None: the server does not tell it."""

    def __init__(self, bytes_: RemoteBytes, source: Source) -> None:
        self._bytes, self._source = bytes_, source
        self._stream: Reconnecting | None = None
        self.media_type = source.media_type
        self.etag = source.etag
        self.size = source.size

    def span(self, header: str | None) -> Span | None:
        """What a Range header asks for; None when nothing of it is there."""
        whole = Span(0, self.size, self.size, partial=False)
        found = _RANGE.fullmatch(header.strip().lower()) if header else None
        if found is None or found.groups() == ("", ""):
            return whole
        first, last = found.groups()
        if not first:
            length = min(int(last), self.size)
            return Span(self.size - length, self.size, self.size, partial=True) if length else None
        start = int(first)
        stop = min(int(last) + 1, self.size) if last else self.size
        if start >= self.size:
            return None
        return Span(start, stop, self.size, partial=True) if start < stop else whole

    def open(self, span: Span) -> Iterator[bytes]:
        """Connects at once, so that a server that does not answer is still an error."""
        place = self._bytes.place(self._source.carrier_id)
        self._stream = self._bytes.stream(place, span.start)
        return self._pieces(self._stream, span.stop - span.start)

    def close(self) -> None:
        """Leave the rest."""
        if self._stream is not None:
            self._stream.close()

    def _pieces(self, stream: Reconnecting, left: int) -> Iterator[bytes]:
        with stream:
            for chunk in stream:
                yield chunk[:left]
                left -= len(chunk)
                if left <= 0:
                    return
