"""Sounds to measure: tones and a small song, made by formula, and files of them in any format."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resonance.audio.ffmpeg import find_ffmpeg

Sound = NDArray[np.float32]
A_MINOR = ((57, 60, 64), (53, 57, 60), (50, 53, 57), (52, 56, 59))  # i VI iv V


def tone(hz: float, dbfs: float, seconds: float, rate: int = 48_000, channels: int = 2) -> Sound:
    """(samples, channels) of a sine, the same in each channel."""
    time = np.arange(round(seconds * rate)) / rate
    wave = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * time)
    return np.repeat(wave[:, None], channels, axis=1).astype(np.float32)


@lru_cache(maxsize=8)
def song(
    seconds: float = 40.0, bpm: float = 120.0, rate: int = 44_100, seed: int = 1, shift: int = 0
) -> Sound:
    """(samples, 2): drums at `bpm`, a bass and chords in A minor, `shift` semitones up."""
    random = np.random.default_rng(seed)
    beat = 60 / bpm
    left, right = np.zeros((2, round(seconds * rate) + rate))
    hit = np.arange(round(0.2 * rate)) / rate
    kick = np.sin(2 * np.pi * (50 * hit + 2 * (1 - np.exp(-30 * hit)))) * np.exp(-18 * hit)
    # Soft above 11 kHz, so that a file of 22,050 Hz holds nearly all of it.
    dull = np.ones(max(2, rate // 11_025)) / np.sqrt(max(2, rate // 11_025))
    noise = [np.convolve(random.normal(size=len(hit)), dull, "same") for _ in range(2)]
    snare, hat = np.array(noise) * np.exp(np.outer([-25.0, -90.0], hit))
    for number in range(int(seconds / beat)):
        _put(left, right, kick if number % 2 == 0 else 0.4 * snare, number * beat, rate, 0.0)
        for half in (0.0, 0.5):
            _put(left, right, 0.2 * hat, (number + half) * beat, rate, 0.3)
    length = 4 * beat
    time = np.arange(round(length * rate)) / rate
    shape = np.minimum(1, time / 0.02) * np.exp(-0.6 * time)
    for bar in range(int(seconds / length) + 1):
        notes = A_MINOR[bar % 4] if bar % 8 < 7 else A_MINOR[0]
        for side, note in enumerate((notes[0] - 12, *notes)):
            hz = 440 * 2 ** ((note + shift - 69) / 12)
            wave = sum(np.sin(2 * np.pi * hz * h * time + random.uniform(0, 6)) / h**1.3 for h in range(1, 8))
            _put(left, right, 0.12 * shape * wave, bar * length, rate, (side - 1.5) / 4)
    sound = np.stack([left, right], axis=1)[: round(seconds * rate)]
    return (0.6 * sound / np.abs(sound).max()).astype(np.float32)


def _put(left: NDArray, right: NDArray, wave: NDArray, at_s: float, rate: int, pan: float) -> None:
    at = round(at_s * rate)
    wave = wave[: max(0, len(left) - at)]
    left[at : at + len(wave)] += (1 - pan) * wave
    right[at : at + len(wave)] += (1 + pan) * wave


def write(path: Path, sound: Sound, rate: int, *options: str) -> Path:
    """Encode (samples, channels) as the suffix of `path` says, with ffmpeg's output `options`."""
    command = [find_ffmpeg(), "-v", "error", "-y", "-f", "f32le", "-ar", str(rate)]
    command += ["-ac", str(sound.shape[1]), "-i", "pipe:0", *options, str(path)]
    subprocess.run(command, input=np.ascontiguousarray(sound, "<f4").tobytes(), check=True)
    return path
