"""ffmpeg's arguments for a tier from any of its fragments on, on the grid of the run that began at 0."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from resonance.audio import exact
from resonance.audio.transcode import encoder_command
from resonance.playback.tiers import Recipe, Sound, Tier, made_channels

# Where ffmpeg's seek lands on the very sample (measured; tests/rooms/test_playback_runs.py holds it to that).
# Other files are decoded from their start.
_SEEKS = frozenset({"flac", "pcm", "alac", "aac", "mp3", "opus", "vorbis", "wavpack"})
_WARM_UP_S = 1  # what a decoder or resampler says first after a jump is dropped


@dataclass(frozen=True, slots=True)
class Start:
    """Where a run begins: its first fragment, and how many packets it drops before that."""

    fragment: int
    dropped: int
    sample: int  # of the tier's rate


def start_at(tier: Tier, recipe: Recipe, fragment: int) -> Start:
    """A run that begins at `fragment`, a few packets earlier so that its encoder has found its pace."""
    first = fragment * tier.fragment_samples // recipe.frame
    begun = max(0, first - recipe.pre_roll) // recipe.period * recipe.period
    return Start(fragment, first - begun, begun * recipe.frame)


def command(path: str, tier: Tier, recipe: Recipe, sound: Sound, start: Start, program: str) -> list[str]:
    """Writes the tier from `start` on to standard output."""
    seek, kept = _cut(tier, sound, start)
    shape = ["-ac", str(made_channels(recipe, sound))] if recipe.most_channels == 2 else []
    if tier.name == "flac":
        deep = tier.bit_depth == 24
        shape = ["-sample_fmt", "s32", "-bits_per_raw_sample", "24"] if deep else ["-sample_fmt", "s16"]
    options = [*(["-af", ",".join(kept)] if kept else []), *shape, *recipe.options]
    given = [*seek, *exact.input_options(sound.length), "-threads", "1"]
    return encoder_command(path, options, input_options=given, program=program)


def _cut(tier: Tier, sound: Sound, start: Start) -> tuple[list[str], list[str]]:
    """(options before the input, filters) that give the samples from `start` to the end of the music."""
    rate, made = sound.length.sample_rate_hz, tier.sample_rate_hz
    resampled = [] if rate == made else [f"aresample={made}"]
    length = f"end_sample={tier.samples - start.sample}"
    if start.sample == 0:
        return [], [*exact.filters(sound.length), *resampled, f"atrim={length}"]
    # The resampler's grid is the main run's only where both rates have a sample at the same time.
    step = rate // gcd(rate, made)
    first = max(0, start.sample * rate // made - _WARM_UP_S * rate) // step * step
    rest = start.sample - first * made // rate
    last = f"atrim=start_sample={rest}:end_sample={rest + tier.samples - start.sample}"
    delay = sound.length.encoder_delay if sound.length.cut else 0
    jump = first + delay - _WARM_UP_S * rate
    if jump <= 0 or sound.codec not in _SEEKS or (sound.codec == "aac" and not sound.length.cut):
        return [], [*exact.filters(sound.length, first=first), "asetpts=N/SR/TB", *resampled, last]
    warm = f"atrim=start_sample={_WARM_UP_S * rate}"
    return ["-ss", f"{jump / rate:.6f}"], [warm, "asetpts=N/SR/TB", *resampled, last]
