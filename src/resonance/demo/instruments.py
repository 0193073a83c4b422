"""Sound sources: each turns a pitch and a length into samples. All vectorised, mono, 44.1 kHz, float32."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
Signal = NDArray[np.float32]
_TABLE = 2048


def frequency(pitch: float) -> float:
    """Hertz of a MIDI pitch, A4 = 440."""
    return float(440.0 * 2.0 ** ((pitch - 69) / 12))


def _seconds(length_s: float) -> Signal:
    return (np.arange(int(length_s * RATE)) / RATE).astype(np.float32)


def _envelope(count: int, attack_s: float, release_s: float) -> Signal:
    """Straight up and smoothly down, so that no note clicks."""
    envelope = np.ones(count, np.float32)
    rise = min(count // 2, max(16, int(attack_s * RATE)))
    fall = min(count // 2, max(64, int(release_s * RATE)))
    envelope[:rise] = np.linspace(0, 1, rise, dtype=np.float32)
    envelope[count - fall :] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
    return envelope


@lru_cache(maxsize=64)
def _table(harmonics: int, slope: float, odd: bool) -> Signal:
    phase = np.arange(_TABLE + 1) / _TABLE * 2 * np.pi
    partials = range(1, harmonics + 1, 2 if odd else 1)
    wave = np.sum([np.sin(phase * h) / h**slope for h in partials], axis=0)
    return np.asarray((wave / np.abs(wave).max()), np.float32)


def _cycle(table: Signal, phase: NDArray[np.float64]) -> Signal:
    """The table read at `phase` (in cycles)."""
    place = (phase % 1.0) * _TABLE
    index = place.astype(np.int32)
    part = (place - index).astype(np.float32)
    return table[index] * (1 - part) + table[index + 1] * part


def _harmonics(hertz: float, limit: int) -> int:
    return max(1, min(limit, int(9_000 / hertz)))


def bass(pitch: int, length_s: float) -> Signal:
    """A round, slightly growling bass that darkens while it sounds."""
    hertz, time = frequency(pitch), _seconds(length_s)
    phase = time.astype(np.float64) * hertz
    dark = _cycle(_table(2, 1.6, False), phase)
    bright = _cycle(_table(_harmonics(hertz, 9), 1.3, False), phase)
    edge = np.exp(-time * 9)
    return (dark * (1 - 0.6 * edge) + bright * 0.6 * edge) * _envelope(len(time), 0.004, 0.05)


def pad(pitch: int, length_s: float, detune_cents: float) -> Signal:
    """A soft string-like tone of two voices that beat slowly."""
    hertz, time = frequency(pitch), _seconds(length_s).astype(np.float64)
    table = _table(_harmonics(hertz, 10), 1.7, False)
    ratio = 2 ** (detune_cents / 1200)
    wave = _cycle(table, time * hertz * ratio) + _cycle(table, time * hertz / ratio + 0.37)
    return 0.5 * wave * _envelope(len(time), 0.25, 0.5)


def keys(pitch: int, length_s: float) -> Signal:
    """An electric piano: two sines, one bending the other, and a small bell at the start."""
    hertz, time = frequency(pitch), _seconds(length_s + 0.35)
    turn = (2 * np.pi * hertz) * time
    body = np.sin(turn + 1.3 * np.exp(-time * 3.5) * np.sin(turn))
    bell = np.sin(min(14 * hertz, 9_000.0) * 2 * np.pi * time) * np.exp(-time * 22) * 0.08
    tremolo = 1 - 0.12 * (0.5 + 0.5 * np.sin(2 * np.pi * 4.6 * time))
    wave = (body * np.exp(-time * 1.5) + bell) * tremolo * _envelope(len(time), 0.003, 0.3)
    return np.asarray(wave, np.float32)


@lru_cache(maxsize=128)
def pluck(pitch: int) -> Signal:
    """A plucked string: high partials die first."""
    hertz, time = frequency(pitch), _seconds(1.6)
    wave = np.zeros(len(time), np.float32)
    for h in range(1, _harmonics(hertz, 9) + 1):
        stretch = hertz * h * (1 + 0.0003 * h * h)
        wave += (np.sin(2 * np.pi * stretch * time) * np.exp(-time * (1.6 + 1.1 * h)) / h**0.9).astype(
            np.float32
        )
    return 0.6 * wave * _envelope(len(time), 0.002, 0.3)


@lru_cache(maxsize=64)
def bell(pitch: int) -> Signal:
    """A glassy bell with a long tail."""
    hertz, time = frequency(pitch), _seconds(2.2)
    turn = 2 * np.pi * hertz * time
    wave = np.sin(turn + 1.1 * np.exp(-time * 4) * np.sin(3.01 * turn)) * np.exp(-time * 2.4)
    return np.asarray((wave * _envelope(len(time), 0.004, 0.6)), np.float32)


def lead(pitch: int, length_s: float, soft: bool) -> Signal:
    """A singing line: a hollow tone with late vibrato; `soft` makes it nearly a flute."""
    hertz, time = frequency(pitch), _seconds(length_s + 0.12).astype(np.float64)
    depth = 0.0035 * np.clip((time - 0.22) * 4, 0, 1)
    phase = hertz * (time + depth * np.sin(2 * np.pi * 5.3 * time) / (2 * np.pi * 5.3))
    table = _table(_harmonics(hertz, 5 if soft else 11), 2.1 if soft else 1.4, True)
    return _cycle(table, phase) * _envelope(len(time), 0.03 if soft else 0.012, 0.12)


@lru_cache(maxsize=8)
def kick(soft: bool) -> Signal:
    """A drum whose pitch falls from a knock to a thud."""
    time = _seconds(0.34)
    sweep = 48 * time + 105 * (1 - np.exp(-time * 34)) / 34
    body = np.sin(2 * np.pi * sweep) * np.exp(-time * (9 if soft else 12))
    click = np.exp(-time * 260) * (0.1 if soft else 0.3)
    return ((body + click) * _envelope(len(time), 0.0005, 0.08)).astype(np.float32)


@lru_cache(maxsize=16)
def noise_hit(kind: str, variant: int) -> Signal:
    """snare | clap | hat | open | shaker | rim; `variant` gives slightly different hits."""
    lengths = {"snare": 0.22, "clap": 0.24, "hat": 0.06, "open": 0.28, "shaker": 0.09, "rim": 0.07}
    time = _seconds(lengths[kind])
    noise = (
        np.random.default_rng([variant, len(kind), len(time)]).standard_normal(len(time)).astype(np.float32)
    )
    bright = np.diff(noise, prepend=np.float32(0))
    if kind == "snare":
        tone = np.sin(2 * np.pi * (182 * time + 4 * (1 - np.exp(-time * 40)))) * np.exp(-time * 22)
        wave = 0.75 * tone + 0.28 * bright * np.exp(-time * 19)
    elif kind == "clap":
        bursts = (
            sum(np.exp(-np.abs(time - at) * 330) for at in (0.004, 0.014, 0.025)) + np.exp(-time * 20) * 0.5
        )
        wave = 0.3 * bright * bursts
    elif kind == "rim":
        wave = np.sin(2 * np.pi * 1_720 * time) * np.exp(-time * 90) * 0.6 + 0.1 * bright * np.exp(
            -time * 120
        )
    elif kind == "shaker":
        wave = 0.2 * bright * np.sin(np.pi * np.minimum(1, time / 0.09)) ** 2
    else:
        wave = 0.24 * np.diff(bright, prepend=np.float32(0)) * np.exp(-time * (75 if kind == "hat" else 13))
    return np.asarray((wave * _envelope(len(time), 0.0006, 0.02)), np.float32)
