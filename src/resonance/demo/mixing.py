"""The mixing desk: stereo buses, echo, room, and a master at a wanted loudness."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from resonance.demo.instruments import RATE, Signal

Stereo = NDArray[np.float32]  # shape (2, samples)
_BLOCK = 65_536


def bus(samples: int) -> Stereo:
    """Silence to mix into."""
    return np.zeros((2, samples), np.float32)


def put(target: Stereo, at_s: float, sound: Signal, gain: float = 1.0, pan: float = 0.0) -> None:
    """Add a mono sound at a time; `pan` -1 is left, 1 right, at equal power."""
    start = round(at_s * RATE)
    if start < 0 or start >= target.shape[1]:
        return
    sound = sound[: target.shape[1] - start]
    angle = (pan + 1) * np.pi / 4
    target[0, start : start + len(sound)] += np.float32(gain * np.cos(angle) * 1.4142) * sound
    target[1, start : start + len(sound)] += np.float32(gain * np.sin(angle) * 1.4142) * sound


def echo(source: Stereo, delay_s: float, feedback: float) -> Stereo:
    """Repeats that change sides, each quieter."""
    out = np.zeros_like(source)
    for repeat in range(1, 5):
        shift = round(delay_s * repeat * RATE)
        if shift >= source.shape[1]:
            break
        sides = source[::-1] if repeat % 2 else source
        out[:, shift:] += np.float32(feedback**repeat) * sides[:, : source.shape[1] - shift]
    return out


def room(source: Stereo, seconds: float, seed: int) -> Stereo:
    """Reverberation: convolution with decaying noise, darker as it fades."""
    rng = np.random.default_rng([seed, 7])
    count = int(seconds * RATE)
    time = np.arange(count) / RATE
    tail = rng.standard_normal((2, count)).astype(np.float32) * np.exp(-6.2 * time / seconds).astype(
        np.float32
    )
    smooth = np.cumsum(tail, axis=1, dtype=np.float64)
    width = 9
    dark = np.zeros_like(tail)
    dark[:, width:] = ((smooth[:, width:] - smooth[:, :-width]) / width).astype(np.float32)
    mix = np.clip(time / (0.35 * seconds), 0, 1).astype(np.float32)
    response = (tail * (1 - mix) * 0.5 + dark * (0.5 + mix)) * np.clip(time / 0.012, 0, 1).astype(np.float32)
    response /= np.sqrt((response**2).sum(axis=1, keepdims=True))
    size = _fast_length(source.shape[1] + count)
    wet = np.fft.irfft(np.fft.rfft(source, size) * np.fft.rfft(response, size), size)
    return wet[:, : source.shape[1]].astype(np.float32)


def duck(samples: int, hits_s: list[float], depth: float) -> Signal:
    """A gain curve that dips at every hit and comes back within a fifth of a second."""
    curve = np.ones(samples, np.float32)
    shape = (1 - depth * np.exp(-np.arange(int(0.32 * RATE)) / RATE * 11)).astype(np.float32)
    for at in hits_s:
        start = round(at * RATE)
        part = curve[start : start + len(shape)]
        np.minimum(part, shape[: len(part)], out=part)
    return curve


def loudness_lufs(sound: Stereo) -> float:
    """Integrated loudness by ITU-R BS.1770-4 (K weighting in the frequency domain, both gates)."""
    weighted = _k_weighted(sound)
    step = RATE // 10
    count = weighted.shape[1] // step
    if count < 4:
        return -70.0
    tenths = (weighted[:, : count * step] ** 2).reshape(2, count, step).mean(axis=2).sum(axis=0)
    blocks = np.convolve(tenths, np.full(4, 0.25), "valid")
    levels = -0.691 + 10 * np.log10(np.maximum(blocks, 1e-12))
    loud = blocks[levels > -70]
    if not len(loud):
        return -70.0
    gate = -0.691 + 10 * np.log10(loud.mean()) - 10
    kept = blocks[(levels > -70) & (levels > gate)]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _k_weighted(sound: Stereo) -> Stereo:
    """Overlap-save in blocks; the filter's memory is far shorter than the overlap."""
    overlap = _BLOCK // 8
    step = _BLOCK - overlap
    count = -(-sound.shape[1] // step)
    padded = np.zeros((2, overlap + count * step), np.float32)
    padded[:, overlap : overlap + sound.shape[1]] = sound
    frames = np.lib.stride_tricks.sliding_window_view(padded, _BLOCK, axis=1)[:, ::step]
    filtered = np.fft.irfft(np.fft.rfft(frames) * _k_weighting(_BLOCK), _BLOCK)[:, :, overlap:]
    return filtered.reshape(2, -1)[:, : sound.shape[1]].astype(np.float32, copy=False)


@lru_cache(maxsize=2)
def _k_weighting(size: int) -> NDArray[np.complex64]:
    # The two biquads of BS.1770, designed for 44.1 kHz from their analogue form.
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    gain, quality, warp = (
        10 ** (3.999843853973347 / 20),
        0.7071752369554196,
        np.tan(np.pi * 1681.974450955533 / RATE),
    )
    root = gain**0.4996667741545416
    a0 = 1 + warp / quality + warp**2
    shelf = (
        (gain + root * warp / quality + warp**2)
        + 2 * (warp**2 - gain) * turn
        + (gain - root * warp / quality + warp**2) * turn**2
    ) / (a0 + 2 * (warp**2 - 1) * turn + (1 - warp / quality + warp**2) * turn**2)
    quality, warp = 0.5003270373238773, np.tan(np.pi * 38.13547087602444 / RATE)
    a0 = 1 + warp / quality + warp**2
    high = (1 - 2 * turn + turn**2) / (
        1 + 2 * (warp**2 - 1) / a0 * turn + (1 - warp / quality + warp**2) / a0 * turn**2
    )
    return np.asarray(shelf * high, np.complex64)


def master(mix: Stereo, target_lufs: float) -> Stereo:
    """The mix, softly limited below -1 dBFS, at the target within 0.1 LU."""
    clean = mix / np.float32(max(1e-6, float(np.abs(mix).max())))
    gain = 10 ** ((target_lufs - loudness_lufs(clean)) / 20)
    limited = clean
    for _ in range(8):
        limited = _limit(clean * np.float32(gain))
        error = target_lufs - loudness_lufs(limited)
        if abs(error) < 0.08:
            break
        gain *= 10 ** (error / 20)
    return limited


def _limit(sound: Stereo) -> Stereo:
    # Straight up to the knee, then bent towards the ceiling.
    knee, ceiling = 0.6, 0.88
    size = np.abs(sound)
    over = np.maximum(size - knee, 0) / (ceiling - knee)
    return np.sign(sound) * np.where(size > knee, knee + (ceiling - knee) * np.tanh(over), size).astype(
        np.float32
    )


def _fast_length(count: int) -> int:
    """The next length whose only factors are 2, 3 and 5."""
    best = 1 << (count - 1).bit_length()
    power5 = 1
    while power5 < best:
        power35 = power5
        while power35 < best:
            length = power35 * (1 << max(0, (-(-count // power35) - 1).bit_length()))
            if count <= length < best:
                best = length
            power35 *= 3
        power5 *= 5
    return best
