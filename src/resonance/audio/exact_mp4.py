"""The exact length of AAC and ALAC in MP4: iTunes' own note, else edit list and sample times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from resonance.audio.exact_pcm import Counted
from resonance.audio.regions import at

_ATOMS = 10_000
_MOST_INDEX = 64 << 20  # an index longer than this is no music
_SMPB = re.compile(rb"iTunSMPB.{0,24}? [0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{8}) ([0-9A-F]{16})", re.DOTALL)
_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_LOW_COMPLEXITY = 2


@dataclass(frozen=True, slots=True)
class _Track:
    """The sound's own track. Times in its timescale but for the edits, which are in the movie's."""

    timescale: int
    movie_scale: int
    total: int  # of all sample times
    edits: list[tuple[int, int]]  # (length, media time)
    description: bytes  # the sample entry


def alac(source: BinaryIO, size: int) -> Counted | None:
    """The sum of the sample times; lossless, so nothing is padded."""
    moov = _moov(source, size)
    track = _track(moov) if moov is not None else None
    config = track.description.find(b"alac", 8) if track else -1
    if track is None or config < 0:
        return None
    cookie = track.description[config + 8 :]
    rate = int.from_bytes(cookie[20:24], "big")
    return Counted(track.total, rate, cookie[9]) if len(cookie) >= 24 and rate == track.timescale else None


def aac(source: BinaryIO, size: int) -> Counted | None:
    """Low-complexity AAC only: in the others half of the rate may be implied."""
    moov = _moov(source, size)
    track = _track(moov) if moov is not None else None
    form = _aac_form(track.description) if track else None
    if moov is None or track is None or form is None or form[0] != track.timescale:
        return None
    rate, channels = form
    span = _noted(moov, track) or _edited(track)
    if span is None:
        return None
    delay, samples = span
    return Counted(samples, rate, channels, delay, track.total - delay - samples)


def _noted(moov: bytes, track: _Track) -> tuple[int, int] | None:
    note = _SMPB.search(moov)
    if note is None:
        return None
    delay, _padding, samples = (int(part, 16) for part in note.groups())
    # A note that was copied from another file promises more than there is.
    return (delay, samples) if samples and delay + samples <= track.total else None


def _edited(track: _Track) -> tuple[int, int] | None:
    if len(track.edits) > 1 or any(start < 0 for _, start in track.edits):
        return None
    if not track.edits:
        return 0, track.total
    length, delay = track.edits[0]
    rest = track.total - delay
    tick = track.timescale / track.movie_scale
    # An edit is rounded to the movie's ticks; one that reaches the end within a tick or two means the end.
    wanted = length * tick
    return delay, rest if not length or wanted > rest - 2 * max(1.0, tick) else round(wanted)


def _aac_form(description: bytes) -> tuple[int, int] | None:
    """(rate, channels) by the decoder's configuration."""
    place = description.find(b"esds")
    # Elementary stream descriptor 3, decoder configuration 4, its specific part 5; lengths of 1-4 bytes.
    found = re.search(rb"\x05(?:[\x80-\xff]{0,3})([\x02-\x7f])(..)", description[place + 12 :], re.DOTALL)
    if place < 0 or found is None:
        return None
    bits = int.from_bytes(found[2], "big")
    kind, rate, channels = bits >> 11, bits >> 7 & 15, bits >> 3 & 15
    if kind != _LOW_COMPLEXITY or rate >= len(_AAC_RATES) or not 1 <= channels <= 7:
        return None
    # Below this, spectral bands may be replicated without a word, which doubles the rate.
    if _AAC_RATES[rate] <= 24000:
        return None
    return _AAC_RATES[rate], 8 if channels == 7 else channels


def _moov(source: BinaryIO, size: int) -> bytes | None:
    place = 0
    for _ in range(_ATOMS):
        head = at(source, place, 16)
        if len(head) < 8:
            return None
        length, body = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, body = int.from_bytes(head[8:16], "big"), 16
        length = length or size - place
        if length < body:
            return None
        if head[4:8] == b"moov":
            return at(source, place + body, length - body) if length <= _MOST_INDEX else None
        place += length
    return None


def _track(moov: bytes) -> _Track | None:
    """The first sound track; None when anything of it lacks."""
    header = next(_inside(moov, b"mvhd"), b"")
    movie_scale = _scale(header)
    for trak in _inside(moov, b"trak"):
        media = next(_inside(trak, b"mdia"), b"")
        handler = next(_inside(media, b"hdlr"), b"")
        if handler[8:12] != b"soun":
            continue
        tables = next(_inside(next(_inside(media, b"minf"), b""), b"stbl"), b"")
        times, description = next(_inside(tables, b"stts"), b""), next(_inside(tables, b"stsd"), b"")
        timescale, total = _scale(next(_inside(media, b"mdhd"), b"")), _total(times)
        if not timescale or not movie_scale or not total:
            return None
        edits = _edits(next(_inside(next(_inside(trak, b"edts"), b""), b"elst"), b""))
        return None if edits is None else _Track(timescale, movie_scale, total, edits, description[8:])
    return None


def _inside(data: bytes, name: bytes) -> Iterator[bytes]:
    """The bodies of the atoms of this name."""
    place = 0
    for _ in range(_ATOMS):
        length = int.from_bytes(data[place : place + 4], "big")
        if place + 8 > len(data) or length < 8:
            return
        if data[place + 4 : place + 8] == name:
            yield data[place + 8 : place + length]
        place += length


def _scale(header: bytes) -> int:
    place = 20 if header[:1] == b"\x01" else 12
    return int.from_bytes(header[place : place + 4], "big")


def _total(times: bytes) -> int:
    count = min(int.from_bytes(times[4:8], "big"), (len(times) - 8) // 8)
    entries = (times[8 + 8 * number : 16 + 8 * number] for number in range(count))
    return sum(int.from_bytes(e[:4], "big") * int.from_bytes(e[4:], "big") for e in entries)


def _edits(table: bytes) -> list[tuple[int, int]] | None:
    """None when the table has more edits than honest music (a pause before it, and the music)."""
    count, long = int.from_bytes(table[4:8], "big"), table[:1] == b"\x01"
    width, step = (8, 20) if long else (4, 12)
    if count > 2 or len(table) < 8 + step * count:
        return [] if not table else None
    starts = [8 + step * number for number in range(count)]
    return [
        (
            int.from_bytes(table[place : place + width], "big"),
            int.from_bytes(table[place + width : place + 2 * width], "big", signed=True),
        )
        for place in starts
    ]
