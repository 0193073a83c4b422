"""Fragmented MP4 (ISO/IEC 14496-12) with one audio track: what MediaSource takes FLAC and Opus in."""

from __future__ import annotations

from collections.abc import Sequence
from struct import pack

__all__ = ["flac_entry", "fragment", "init_segment", "opus_entry", "stream_info"]

_UNITY = pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_EVERY_SAMPLE_STANDS_ALONE = 0x02000000
_BASE_IS_MOOF = 0x020000
_OFFSET_DURATION_SIZE = 0x000301


def flac_entry(stream_info: bytes, sample_rate_hz: int, channels: int, bit_depth: int) -> bytes:
    """The sample entry of FLAC; `stream_info` is the 34 bytes of that block."""
    blocks = bytes((0x80, 0, 0, len(stream_info))) + stream_info
    return _audio_entry(b"fLaC", sample_rate_hz, channels, bit_depth, _full(b"dfLa", 0, blocks))


def opus_entry(channels: int, pre_skip: int, input_rate_hz: int) -> bytes:
    """The sample entry of mono or stereo Opus; `pre_skip` in samples of 48 kHz is what decoders drop."""
    config = pack(">BBHIhB", 0, channels, pre_skip, input_rate_hz, 0, 0)
    return _audio_entry(b"Opus", 48000, channels, 16, _box(b"dOps", config))


def init_segment(entry: bytes, time_scale: int) -> bytes:
    """ftyp and moov. Times in fragments count in `time_scale` parts of a second."""
    return _box(b"ftyp", b"iso6", pack(">I", 0), b"iso6", b"mp41") + _box(
        b"moov",
        _full(b"mvhd", 0, pack(">4I", 0, 0, time_scale, 0), pack(">IH10x", 0x10000, 0x100), _UNITY,
              bytes(24), pack(">I", 2)),
        _track(entry, time_scale),
        _box(b"mvex", _full(b"trex", 0, pack(">5I", 1, 1, 0, 0, _EVERY_SAMPLE_STANDS_ALONE))),
    )  # fmt: skip


def fragment(number: int, time: int, sizes: Sequence[int], durations: Sequence[int], data: bytes) -> bytes:
    """moof and mdat. `time` is where the first sample begins in the track; `data` is of these sizes."""
    if len(sizes) != len(durations) or sum(sizes) != len(data):
        raise ValueError("the samples are not the data")
    table = b"".join(pack(">II", *one) for one in zip(durations, sizes, strict=True))

    def moof(data_offset: int) -> bytes:
        run = pack(">Ii", len(sizes), data_offset) + table
        return _box(
            b"moof",
            _full(b"mfhd", 0, pack(">I", number)),
            _box(
                b"traf",
                _full(b"tfhd", _BASE_IS_MOOF, pack(">I", 1)),
                _full(b"tfdt", 1 << 24, pack(">Q", time)),
                _full(b"trun", _OFFSET_DURATION_SIZE, run),
            ),
        )

    return moof(len(moof(0)) + 8) + _box(b"mdat", data)


def _track(entry: bytes, time_scale: int) -> bytes:
    tables = (
        _full(b"stsd", 0, pack(">I", 1), entry),
        *(_full(kind, 0, pack(">I", 0)) for kind in (b"stts", b"stsc")),
        _full(b"stsz", 0, pack(">II", 0, 0)),
        _full(b"stco", 0, pack(">I", 0)),
    )
    data = _box(b"dinf", _full(b"dref", 0, pack(">I", 1), _full(b"url ", 1)))
    return _box(
        b"trak",
        _full(b"tkhd", 3, pack(">5I8xhhHH", 0, 0, 1, 0, 0, 0, 1, 0x100, 0), _UNITY, bytes(8)),
        _box(
            b"mdia",
            _full(b"mdhd", 0, pack(">4I", 0, 0, time_scale, 0), pack(">HH", 0x55C4, 0)),
            _full(b"hdlr", 0, pack(">I4s12x", 0, b"soun"), b"sound\0"),
            _box(b"minf", _full(b"smhd", 0, bytes(4)), data, _box(b"stbl", *tables)),
        ),
    )


def _audio_entry(kind: bytes, sample_rate_hz: int, channels: int, bit_depth: int, config: bytes) -> bytes:
    # The field has 16 bits for the rate; higher ones stand in the codec's own box alone.
    rate = sample_rate_hz << 16 if sample_rate_hz < 1 << 16 else 0
    return _box(kind, pack(">6xH8xHH4xI", 1, channels, bit_depth, rate), config)


def _full(kind: bytes, version_and_flags: int, *parts: bytes) -> bytes:
    return _box(kind, pack(">I", version_and_flags), *parts)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return pack(">I4s", len(body) + 8, kind) + body


def stream_info(block: int, sample_rate_hz: int, channels: int, bit_depth: int, samples: int) -> bytes:
    """FLAC's STREAMINFO for frames of `block` samples whose sizes and checksum nobody knows yet."""
    packed = sample_rate_hz << 44 | channels - 1 << 41 | bit_depth - 1 << 36 | samples
    return pack(">HH6xQ16x", block, block, packed)
