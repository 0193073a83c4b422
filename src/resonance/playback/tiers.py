"""The forms in which a track can be sent to the player, and how each is cut into fragments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from resonance.audio import fmp4, packets
from resonance.audio.exact import Exact
from resonance.audio.flac_frames import FlacFile
from resonance.audio.mp3_frames import Mp3File

FRAGMENT_S = 4

Container = Literal["fmp4", "mp3", "adts"]
_FLAC = 'audio/mp4; codecs="flac"'
_FLAC_RATES = 192_000


class Tier(Struct, frozen=True, kw_only=True):
    """One form of a track.

    `delay_samples`, `samples` and `fragment_samples` are at the tier's own rate. `delay_samples` is how far
    the first decodable sample lies before the music. Fragment n has the frames that begin in
    [n * fragment_samples, (n + 1) * fragment_samples). `original`: the file's own frames, not encoded anew.
    `splice`: joins without a gap with a neighbour of the same `mime`.
    """

    name: str
    mime: str
    container: Container
    original: bool
    splice: bool
    lossless: bool
    sample_rate_hz: int
    bit_depth: int | None
    bit_rate_kbps: int | None
    delay_samples: int
    samples: int
    fragment_samples: int
    fragments: int
    init: bool


@dataclass(frozen=True, slots=True)
class Sound:
    """What has to be known of a file to send it.

    `length` counts the music. `flac` and `mp3` are there when the file's own frames can be sent;
    `mp3_frames` is how many of them there are.
    """

    length: Exact
    codec: str
    lossless: bool
    bit_depth: int | None
    bit_rate_kbps: int | None
    flac: FlacFile | None = None
    mp3: Mp3File | None = None
    mp3_frames: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How ffmpeg makes a tier.

    `frame` in samples. `latency`: how many samples more than the music has must be decoded. `pre_roll`:
    frames that a run in the middle makes and drops, so that from then on its bits are those of a run from
    the start (measured for LAME and Opus; ffmpeg's AAC takes minutes to settle, these bring it near).
    `period`: runs begin at multiples of so many frames.
    """

    mime: str
    container: Container
    frame: int
    options: tuple[str, ...]
    split: Callable[[], packets.Packets]
    kbps: int | None = None
    delay: int = 0
    latency: int = 0
    pre_roll: int = 0
    period: int = 1
    most_channels: int = 2
    splice: bool = False


_BARE = ("-write_xing", "0", "-id3v2_version", "0", "-f", "mp3")


def _mp3(kbps: int, *options: str) -> Recipe:
    # Without the reservoir every frame can be decoded without those before it.
    return Recipe(
        mime="audio/mpeg",
        container="mp3",
        frame=1152,
        options=("-c:a", "libmp3lame", *options, "-reservoir", "0", *_BARE),
        split=lambda: packets.SizedPackets(packets.mp3),
        kbps=kbps,
        delay=576,  # browsers take the decoder's own 529 away themselves
        latency=1105,
        pre_roll=40,
        period=49,  # at 44.1 kHz the frames' lengths repeat after so many
        splice=True,
    )


RECIPES = {
    "flac": Recipe(
        mime=_FLAC,
        container="fmp4",
        frame=4096,
        options=("-c:a", "flac", "-frame_size", "4096", "-f", "flac"),
        split=packets.FlacPackets,
        most_channels=8,
        splice=True,
    ),
    "mp3-320": _mp3(320, "-b:a", "320k"),
    "mp3-v2": _mp3(190, "-q:a", "2"),
    "opus-128": Recipe(
        mime='audio/mp4; codecs="opus"',
        container="fmp4",
        frame=960,
        options=(
            *("-c:a", "libopus", "-b:a", "128k", "-vbr", "on", "-frame_duration", "20"),
            *("-f", "ogg", "-page_duration", "200000"),
        ),
        split=packets.OpusPackets,
        kbps=128,
        delay=312,
        latency=312,
        pre_roll=40,
    ),
    "aac-192": Recipe(
        mime="audio/aac",
        container="adts",
        frame=1024,
        options=("-c:a", "aac", "-b:a", "192k", "-f", "adts"),
        split=lambda: packets.SizedPackets(packets.adts),
        kbps=192,
        delay=1024,
        latency=1024,
        pre_roll=80,
    ),
}


def tiers_of(sound: Sound) -> list[Tier]:
    """Best first."""
    found = []
    if sound.flac is not None:
        found.append(_own_flac(sound.flac, sound.bit_rate_kbps))
    if sound.mp3 is not None:
        found.append(_own_mp3(sound.mp3, sound))
    made = (name for name in RECIPES if name != "flac" or sound.flac is None)
    return [*found, *(_made(name, RECIPES[name], sound) for name in made)]


def made_channels(recipe: Recipe, sound: Sound) -> int:
    """How many channels ffmpeg makes."""
    return min(sound.length.channels, recipe.most_channels)


def init_of(tier: Tier, sound: Sound) -> bytes:
    """The init segment of a tier in fragmented MP4."""
    if tier.original and sound.flac is not None:
        info = sound.flac.info
        entry = fmp4.flac_entry(info.raw, info.sample_rate_hz, info.channels, info.bit_depth)
    elif tier.name == "flac":
        channels, depth = made_channels(RECIPES["flac"], sound), tier.bit_depth or 16
        raw = fmp4.stream_info(RECIPES["flac"].frame, tier.sample_rate_hz, channels, depth, tier.samples)
        entry = fmp4.flac_entry(raw, tier.sample_rate_hz, channels, depth)
    else:
        # Told of no pre-skip, every decoder keeps those samples, and times stay those of the packets.
        entry = fmp4.opus_entry(made_channels(RECIPES[tier.name], sound), 0, tier.sample_rate_hz)
    return fmp4.init_segment(entry, tier.sample_rate_hz)


def _own_flac(flac: FlacFile, kbps: int | None) -> Tier:
    info = flac.info
    block = flac.fixed_block or info.largest_block
    # Whole blocks where they are equal; else a fragment is at least as long as a block, so none is empty.
    length = _frames(info.sample_rate_hz, block) * block
    return Tier(
        name="flac",
        mime=_FLAC,
        container="fmp4",
        original=True,
        splice=True,
        lossless=True,
        sample_rate_hz=info.sample_rate_hz,
        bit_depth=info.bit_depth,
        bit_rate_kbps=kbps,
        delay_samples=0,
        samples=flac.samples,
        fragment_samples=length,
        fragments=flac.last_start // length + 1,
        init=True,
    )


def _own_mp3(mp3: Mp3File, sound: Sound) -> Tier:
    frame, length = mp3.form.frame_samples, sound.length
    per_fragment = _frames(length.sample_rate_hz, frame)
    return Tier(
        name="mp3",
        mime="audio/mpeg",
        container="mp3",
        original=True,
        splice=True,
        lossless=False,
        sample_rate_hz=length.sample_rate_hz,
        bit_depth=None,
        bit_rate_kbps=sound.bit_rate_kbps,
        delay_samples=length.encoder_delay,
        samples=length.samples,
        fragment_samples=per_fragment * frame,
        fragments=-(-sound.mp3_frames // per_fragment),
        init=False,
    )


def _made(name: str, recipe: Recipe, sound: Sound) -> Tier:
    rate = _rate(name, sound.length.sample_rate_hz)
    samples = -(-sound.length.samples * rate // sound.length.sample_rate_hz)
    per_fragment = _frames(rate, recipe.frame)
    frames = -(-(samples + recipe.latency) // recipe.frame)
    return Tier(
        name=name,
        mime=recipe.mime,
        container=recipe.container,
        original=False,
        splice=recipe.splice,
        lossless=name == "flac" and sound.lossless and rate == sound.length.sample_rate_hz,
        sample_rate_hz=rate,
        bit_depth=_depth(sound) if name == "flac" else None,
        bit_rate_kbps=recipe.kbps,
        delay_samples=recipe.delay,
        samples=samples,
        fragment_samples=per_fragment * recipe.frame,
        fragments=-(-frames // per_fragment),
        init=recipe.container == "fmp4",
    )


def _rate(name: str, source: int) -> int:
    if name == "opus-128":
        return 48000
    if name == "flac":
        # Only DSD is beyond: its bits, counted as samples, say nothing above these rates.
        return source if source <= _FLAC_RATES else 88200 if source % 11025 == 0 else 96000
    if source in (32000, 44100, 48000):
        return source
    return 44100 if source % 11025 == 0 else 48000


def _depth(sound: Sound) -> int:
    """Bits of a FLAC made of this file; what a lossy codec gives has no more than 16 worth keeping."""
    return 24 if sound.lossless and (sound.bit_depth or 16) > 16 else 16


def _frames(rate: int, frame: int) -> int:
    """How many frames a fragment has."""
    return max(1, round(FRAGMENT_S * rate / frame))
