"""Sound out of files, as it is needed: float blocks of all channels, and one mono line of RATE for the ear.

The mono line is the plain mean of all channels but the low-frequency one, ours and not a resampler's: those
weight channels differently from version to version. Both belong to the versions of every group.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from resonance.audio import exact, sniff, soundness
from resonance.audio.ear.features import Unanalysable
from resonance.audio.facts import BrokenFile

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from numpy.typing import NDArray

RATE = 22_050
LONGEST_S = 48 * 3600
_BLOCK = 1 << 16  # samples a channel; a second or so
_PREROLL_S = 0.5  # codecs need some sound before the wanted one to be in step
_SKIP_MANUAL = 1 << 29  # AV_CODEC_FLAG2_SKIP_MANUAL: delay and padding are left in
_MOST_CHANNELS = 64
_MOST_PLANES = 7
_DEMUXERS = {
    "mp3": "mp3",
    "flac": "flac",
    "ogg": "ogg",
    "m4a": "mov,mp4,m4a,3gp,3g2,mj2",
    "aac": "aac",
    "wav": "wav",
    "aiff": "aiff",
    "wma": "asf",
    "ape": "ape",
    "wv": "wv",
    "mpc": "mpc,mpc8",
    "dsf": "dsf",
    "tta": "tta",
}
# How full scale is written in each sample type.
_SCALES = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0, "s64": 2.0**63, "flt": 1.0, "dbl": 1.0}
_EXACT_CODECS = {
    "mp3": ("mp3",),
    "flac": ("flac",),
    "wav": ("pcm",),
    "aiff": ("pcm",),
    "m4a": ("aac", "alac"),
    "ogg": ("opus", "vorbis", "flac"),
}
_ASTRAY = ("asf",)  # the first frame after a seek says a wrong time
# Their durations are guesses from bit rate and size, or lacking.
_GUESSED = ("mp3", "aac")


class Sound:
    """An open file. Iterate `blocks` once; `damaged` then says how many packets were skipped."""

    def __init__(self, container: InputContainer, stream: AudioStream, known: exact.Exact | None) -> None:
        self._container, self._stream, self._known = container, stream, known
        codec: AudioCodecContext = stream.codec_context
        self.rate, self.channels = codec.sample_rate, codec.channels
        self.layout = codec.layout.name
        self.main_channels = _main_channels(codec)
        self.damaged = 0
        self._converter: AudioResampler | None = None
        self._other_form: tuple[str, str, int] | None = None
        if not 0 < self.rate <= 1_000_000 or not 0 < self.channels <= _MOST_CHANNELS:
            raise Unanalysable("undecodable", "The sound has no rate or channels.")

    def length_s(self) -> float | None:
        """The length by the headers, or by all packets where headers only guess; None if neither knows.

        Reads packets, not sound; `blocks` starts anew afterwards.
        """
        if self._known is not None:
            return self._known.duration_s
        if self._container.format.name not in _GUESSED and self._container.duration:
            return self._container.duration / av.time_base
        base = self._stream.time_base
        ticks = sum(packet.duration or 0 for packet in self._packets())
        self._container.seek(0)
        return float(ticks * base) if ticks and base else None

    def blocks(self, start_s: float = 0.0, seconds: float | None = None) -> Iterator[NDArray[np.float32]]:
        """The sound from `start_s` on, for `seconds` or to its end.

        Arrays are (channels, samples) of about a second, full scale is 1. Raises Unanalysable when there are
        more than two days of it.
        """
        delay = self._known.encoder_delay if self._known and self._known.cut else 0
        first = delay + round(max(0.0, start_s) * self.rate)
        last = delay + LONGEST_S * self.rate if self._end is None else self._end
        if seconds is not None:
            last = min(last, first + round(seconds * self.rate))
        pending: list[NDArray[np.float32]] = []
        held = 0
        for place, piece in self._pieces(start_s):
            if place >= last:
                if last - delay == LONGEST_S * self.rate:
                    raise Unanalysable("too_long", "The file decodes to more than two days of sound.")
                break
            piece = piece[:, max(0, first - place) : last - place]
            if not piece.shape[1]:
                continue
            pending.append(piece)
            held += piece.shape[1]
            if held >= _BLOCK:
                yield np.concatenate(pending, axis=1)
                pending, held = [], 0
        if pending:
            yield np.concatenate(pending, axis=1)

    @property
    def _end(self) -> int | None:
        known = self._known
        return known.encoder_delay + known.samples if known and known.cut else None

    def _pieces(self, start_s: float) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """(sample at which it starts, sound) of every decoded frame, from some time before `start_s` on."""
        place = self._sought(start_s) if start_s > _PREROLL_S else 0
        for frame in self._frames():
            if place is None:
                place = self._place_of(frame)
                if place > round(start_s * self.rate):
                    # The seek went too far: from the start, then.
                    self._container.seek(0)
                    yield from self._pieces(0.0)
                    return
            for alike in self._alike(frame):
                sound = _as_float(alike)
                yield place, sound
                place += sound.shape[1]

    def _sought(self, start_s: float) -> int | None:
        """Seek near before `start_s`. None: the first frame will tell where that is; else the place."""
        if self._container.format.name in _ASTRAY:
            return 0
        before = max(0.0, start_s - _PREROLL_S)
        try:
            self._container.seek(int((before + self._start_s()) * av.time_base))
        except (av.error.FFmpegError, OSError):
            self._container.seek(0)
            return 0
        return None

    def _start_s(self) -> float:
        base, start = self._stream.time_base, self._stream.start_time
        return float(start * base) if base and start and start > 0 else 0.0

    def _place_of(self, frame: AudioFrame) -> int:
        time = frame.time
        return 0 if time is None else round((time - self._start_s()) * self.rate)

    def _packets(self) -> Iterator[av.Packet[AudioStream]]:
        try:
            for packet in self._container.demux(self._stream):
                if packet.size:
                    yield packet
        except (av.error.InvalidDataError, av.error.EOFError, OSError):
            self.damaged += 1

    def _frames(self) -> Iterator[AudioFrame]:
        for packet in self._packets():
            yield from self._decoded(packet)
        yield from self._decoded(None)

    def _decoded(self, packet: av.Packet[AudioStream] | None) -> list[AudioFrame]:
        try:
            return self._stream.codec_context.decode(packet)
        except MemoryError:
            raise
        except av.error.FFmpegError:
            # Decoders say all sorts of things of a damaged packet; the next one may be whole.
            self.damaged += 1
            return []

    def _alike(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """The frame in the form of the first one; joined files change theirs on the way."""
        channels = len(frame.layout.channels)
        # PyAV looks for a plane too many in frames of more than seven.
        crowded = frame.format.is_planar and channels > _MOST_PLANES
        if frame.sample_rate == self.rate and channels == self.channels and not crowded:
            yield frame
            return
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._other_form or self._converter is None:
            self._converter = AudioResampler(format="flt", layout=self.layout, rate=self.rate)
            self._other_form = form
        frame.pts = None
        yield from self._converter.resample(frame)


def _main_channels(codec: AudioCodecContext) -> list[int]:
    names = [channel.name for channel in codec.layout.channels]
    main = [number for number, name in enumerate(names) if not name.startswith("LFE")]
    return main or list(range(codec.channels))


def _as_float(frame: AudioFrame) -> NDArray[np.float32]:
    """(channels, samples), full scale 1."""
    name = frame.format.name
    kind = name.removesuffix("p")
    values: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        values = values.reshape(-1, len(frame.layout.channels)).T
    sound: NDArray[np.float32] = values.astype(np.float32)
    if kind == "u8":
        sound -= 128.0
    if _SCALES[kind] != 1.0:
        sound *= np.float32(1.0 / _SCALES[kind])
    return sound


class MonoLine:
    """Blocks of all channels in, mono of RATE out."""

    def __init__(self, sound: Sound) -> None:
        self._rate, self._main, self._all = sound.rate, sound.main_channels, sound.channels
        same = sound.rate == RATE
        self._resampler = None if same else AudioResampler(format="flt", layout="mono", rate=RATE)

    def add(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """The mono samples that are ready; they lag a little behind."""
        mono: NDArray[np.float32] = block[0]
        if self._all > 1:
            mono = block[self._main].mean(axis=0, dtype=np.float32)
        if self._resampler is None:
            return mono
        frame = AudioFrame.from_ndarray(mono[np.newaxis], "flt", "mono")
        frame.sample_rate = self._rate
        return _joined(self._resampler.resample(frame))

    def finish(self) -> NDArray[np.float32]:
        """The last of them."""
        return np.zeros(0, np.float32) if self._resampler is None else _joined(self._resampler.resample(None))


def _joined(frames: list[AudioFrame]) -> NDArray[np.float32]:
    parts = [frame.to_ndarray()[0] for frame in frames]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[Sound]:
    """The first sound in a file. Raises Unanalysable, saying why there is none.

    Pictures and video are left alone; nothing but this file is read, whatever it refers to.
    """
    kind = _checked(path)
    options = {"protocol_whitelist": "file", "format_whitelist": _DEMUXERS[kind]}
    literal = f"file:{os.fspath(path)}"
    known = _known(path, kind)
    if known is not None and known.cut:
        options["ignore_editlist"] = "1"
    try:
        container = av.open(literal, options=options)
    except (av.error.FFmpegError, OSError, ValueError) as fault:
        raise _undecodable(fault) from fault
    with container:
        if not container.streams.audio:
            raise Unanalysable("no_audio_stream", "There is no sound in the file.")
        stream = container.streams.audio[0]
        codec = stream.codec_context
        codec.thread_count = 1
        if known is not None and known.cut:
            codec.flags2 |= _SKIP_MANUAL
        try:
            yield Sound(container, stream, known)
        except (av.error.FFmpegError, OSError) as fault:
            raise _undecodable(fault) from fault


def _undecodable(fault: Exception) -> Unanalysable:
    said = getattr(fault, "strerror", None) or type(fault).__name__
    return Unanalysable("undecodable", f"The sound cannot be decoded: {said}.")


def _known(path: str | os.PathLike[str], kind: str) -> exact.Exact | None:
    for codec in _EXACT_CODECS.get(kind, ()):
        try:
            found = exact.read(path, kind, codec)
        except OSError:
            return None
        if found is not None:
            return found
    return None


def _checked(path: str | os.PathLike[str]) -> str:
    """What kind of file it is, by its content; its structure is sound as far as cheap looks tell."""
    try:
        with open(path, "rb") as source:  # noqa: PTH123
            size = os.fstat(source.fileno()).st_size
            if not size:
                raise Unanalysable("empty", "The file has no bytes.")
            return _sound_kind(source, path, size)
    except FileNotFoundError as fault:
        raise Unanalysable("missing", "There is no such file.") from fault
    except OSError as fault:
        raise Unanalysable("unreadable", f"The file cannot be read: {fault.strerror}.") from fault
    except BrokenFile as fault:
        problem = fault.reason if fault.reason != "bad_tags" else "undecodable"
        raise Unanalysable(problem, fault.detail) from fault


def _sound_kind(source: BinaryIO, path: str | os.PathLike[str], size: int) -> str:
    kind = sniff.kind_of(source, os.fsencode(path))
    if kind is None:
        raise Unanalysable("not_audio", "The content is no audio format we know.")
    soundness.check(source, kind, size)
    return kind
