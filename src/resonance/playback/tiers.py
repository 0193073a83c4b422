"""The forms in which a track can be sent to the player, and how each is cut into fragments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from resonance.audio.flac_frames import FlacFile

FRAGMENT_S = 4

Container = Literal["fmp4", "mp3", "adts"]


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
    """What has to be known of a file to send it. `exact` says that `samples` were counted, not estimated."""

    samples: int
    sample_rate_hz: int
    channels: int
    bit_depth: int | None
    bit_rate_kbps: int | None
    lossless: bool
    flac: FlacFile | None


def tiers_of(sound: Sound) -> list[Tier]:
    """Best first."""
    found = []
    if sound.flac is not None:
        found.append(_own_flac(sound.flac, sound.bit_rate_kbps))
    return found


def fragment_frames(rate: int, frame: int) -> int:
    """How many frames of `frame` samples a fragment has."""
    return max(1, round(FRAGMENT_S * rate / frame))


def _own_flac(flac: FlacFile, kbps: int | None) -> Tier:
    info = flac.info
    block = flac.fixed_block or info.largest_block
    # Whole blocks where they are equal; else a fragment is at least as long as a block, so none is empty.
    length = fragment_frames(info.sample_rate_hz, block) * block
    return Tier(
        name="flac",
        mime='audio/mp4; codecs="flac"',
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
