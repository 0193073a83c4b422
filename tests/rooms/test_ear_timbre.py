"""Timbre and character: the same through encoders, ordered as the sound is, honest about what is no music."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from resonance.audio.ear import character, onset
from resonance.audio.ear.character import Character, Pulse
from resonance.audio.ear.frames import describe
from resonance.audio.ear.pool import Pool, Task
from resonance.audio.ear.spectrum import cosine_transform, magnitudes, mel_bands
from resonance.audio.ear.timbre import interval_shares, vector
from tests.fixtures.audio import demo_library
from tests.rooms.ear_kit import Sound, song

RATE = 22_050
TIME = np.arange(RATE * 20) / RATE


def character_of(mono: Sound, bpm: float | None = 120.0, mode: str | None = "minor") -> Character:
    frames, onsets = describe(mono, RATE), onset.envelope(mono)
    assert frames is not None and onsets is not None
    pulse = Pulse(onsets.total, onsets.frames_per_s, onset.rate_per_s(onsets), bpm)
    return character.describe(frames, pulse, mode, 0.8)


@cache
def music(seconds: float = 20.0, seed: int = 1, shift: int = 0) -> Sound:
    return song(seconds, rate=RATE, seed=seed, shift=shift).mean(axis=1)


def timbre(mono: Sound) -> NDArray[np.float32]:
    frames = describe(mono, RATE)
    assert frames is not None
    return vector(frames, mono, RATE)


def hits(per_second: float) -> Sound:
    """Soft noise bursts over a quiet chord."""
    random = np.random.default_rng(4)
    mono = 0.02 * sum(np.sin(2 * np.pi * hz * TIME) for hz in (220, 277, 330))
    burst = random.normal(size=1_100) * np.exp(-np.arange(1_100) / 250) * 0.3
    for at in np.arange(0, len(TIME) - 1_200, RATE / per_second).astype(int):
        mono[at : at + 1_100] += burst
    return mono.astype(np.float32)


def test_spectra_have_the_scale_they_promise() -> None:
    wave = (0.5 * np.sin(2 * np.pi * 1_076.66 * TIME)).astype(np.float32)
    blocks = list(magnitudes(wave, 2048, 1024))
    spectra = np.concatenate(blocks)
    assert len(blocks) > 0 and spectra.shape == (1 + (len(wave) - 2048) // 1024, 1025)
    assert spectra[5].argmax() == 100 and spectra[5].max() == pytest.approx(0.5, rel=0.01)
    assert list(magnitudes(wave[:2047], 2048, 1024)) == []
    bands = mel_bands(40, 2048, RATE, 40, 9_500).sums(np.ones((3, 1025), np.float32))
    assert bands.shape == (3, 40) and np.allclose(bands, 1, atol=0.02)
    flat = cosine_transform(np.ones((2, 40), np.float32), 20)
    assert flat[0, 0] == pytest.approx(np.sqrt(40), rel=1e-5) and np.abs(flat[:, 1:]).max() < 1e-5


def test_a_vector_has_64_finite_numbers() -> None:
    found = timbre(music())
    assert found.shape == (64,) and found.dtype == np.float32 and np.isfinite(found).all()
    assert found[55:61].sum() == pytest.approx(1, abs=1e-4) and found[61:].sum() == pytest.approx(1, abs=1e-4)


def test_volume_constant_offset_and_place_do_not_matter() -> None:
    whole = music(60.0)
    found = timbre(whole[: 30 * RATE])
    assert np.abs(timbre(whole[: 30 * RATE] * np.float32(0.25)) - found).max() < 1e-3
    assert np.abs(timbre(whole[: 30 * RATE] + np.float32(0.1)) - found).max() < 1e-3
    for other in (whole, whole[20 * RATE : 50 * RATE]):  # an excerpt of a steady piece is like the piece
        cosine = found @ timbre(other) / np.linalg.norm(found) / np.linalg.norm(timbre(other))
        assert cosine > 0.999
        assert np.abs(timbre(other) - found)[1:].max() < 0.3


def test_intervals_are_the_same_in_every_key_and_tuning() -> None:
    first = interval_shares(music(seed=1), RATE)
    for shift in (1, 5, 7):
        assert np.abs(interval_shares(music(shift=shift), RATE) - first).max() < 0.03
    major = (
        sum(np.sin(2 * np.pi * hz * 1.012 * TIME) for hz in (261.63, 329.63, 392.0)).astype(np.float32) / 4
    )
    shares = interval_shares(major, RATE)
    assert list(np.argsort(shares[:6])[-3:]) == [2, 3, 4] or set(np.argsort(shares[:6])[-3:]) == {2, 3, 4}
    assert shares[6] > 0.9
    assert not interval_shares(np.zeros(RATE * 4, np.float32), RATE).any()


def test_more_onsets_are_more_energy() -> None:
    energies = [character_of(hits(per_second)).energy for per_second in (1, 2, 4, 7)]
    assert energies == sorted(energies) and energies[-1] - energies[0] > 0.1


def test_a_low_pass_takes_brightness_and_energy() -> None:
    spectrum = np.fft.rfft(music())
    hz = np.fft.rfftfreq(len(music()), 1 / RATE)
    dull = [
        np.fft.irfft(spectrum / (1 + (hz / cut) ** 4)).astype(np.float32)
        for cut in (500, 1000, 2000, 4000, 9e9)
    ]
    found = [character_of(mono) for mono in dull]
    for name in ("brightness", "energy"):
        scores = [getattr(each, name) for each in found]
        assert scores == sorted(scores) and scores[-1] - scores[0] > 0.05, name
    proxies = [each.acousticness_proxy for each in found]
    assert proxies == sorted(proxies, reverse=True)


def test_compression_is_energy_and_less_dynamics() -> None:
    swell = music() * (0.15 + 0.85 * np.sin(np.pi * TIME / 10) ** 2).astype(np.float32)
    found = [character_of(np.tanh(drive * swell).astype(np.float32)) for drive in (0.5, 3, 12)]
    energies = [each.energy for each in found]
    assert energies == sorted(energies) and energies[-1] - energies[0] > 0.05
    spans = [each.dynamic_complexity for each in found]
    assert spans == sorted(spans, reverse=True)


def test_a_beat_is_more_danceable_than_none() -> None:
    random = np.random.default_rng(2)
    noise = (0.1 * random.normal(size=len(TIME))).astype(np.float32)
    pad = (0.1 * sum(np.sin(2 * np.pi * hz * TIME) for hz in (220, 277, 330))).astype(np.float32)
    free = pad.copy()
    for at in np.cumsum(random.uniform(0.15, 1.6, 24)) * RATE:
        free[int(at) : int(at) + 1_100] += 0.5 * noise[:1_100][: len(free[int(at) : int(at) + 1_100])]
    beat = character_of(music()).danceability
    assert beat is not None and beat > 0.4
    for name, other in (("noise", noise), ("free", free)):
        found = character_of(other, None).danceability
        assert found is None or found < beat - 0.15, name
    slow = character_of(music(), bpm=50.0).danceability
    assert slow is not None and slow < beat


def test_valence_is_never_sure_and_needs_a_key() -> None:
    major, minor = character_of(music(), mode="major"), character_of(music(), mode="minor")
    assert major.valence_proxy is not None and minor.valence_proxy is not None
    assert major.valence_proxy > minor.valence_proxy
    assert major.valence_confidence is not None and major.valence_confidence <= 0.3
    nothing = character_of(music(), mode=None)
    assert (nothing.valence_proxy, nothing.valence_confidence) == (None, None)


def test_what_is_no_music_has_no_character() -> None:
    assert describe(np.zeros(RATE * 5, np.float32), RATE) is None
    assert describe(np.full(RATE * 5, 0.3, np.float32), RATE) is None
    assert describe(music()[:3_000], RATE) is None
    assert describe(np.zeros(0, np.float32), RATE) is None
    noise = np.random.default_rng(1).normal(size=RATE * 5).astype(np.float32) * np.float32(0.1)
    scores = character_of(noise, None, None)
    for name in ("energy", "brightness", "acousticness_proxy"):
        assert 0 <= getattr(scores, name) <= 1


def test_a_copy_in_another_encoding_is_known_again(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, tracks = demo_library(tmp_path_factory.getbasetemp())
    encodings = (
        (".mp3", "-b:a 128k"),
        (".opus", "-b:a 64k"),
        (".ogg", "-c:a libvorbis -q:a 2 -ac 1 -ar 32000"),
    )
    tasks = []
    for number, track in enumerate(tracks):
        original = folder / track.path
        tasks.append(Task((number, ""), str(original), "quick", frozenset({"timbre"})))
        suffix, options = encodings[number % len(encodings)]
        copy = tmp_path / f"{number}{suffix}"
        encode(original, copy, options)
        tasks.append(Task((number, suffix), str(copy), "quick", frozenset({"timbre"})))
    with Pool(2, niceness=0) as pool:
        found = {o.task.tag: o.features.timbre for o in pool.run(tasks) if o.features is not None}
    originals = np.array([found[number, ""] for number in range(len(tracks))])
    copies = np.array([found[n, encodings[n % len(encodings)][0]] for n in range(len(tracks))])
    mean, deviation = originals.mean(axis=0), originals.std(axis=0) + 1e-9
    ours, theirs = ((values - mean) / deviation for values in (originals, copies))
    cosines = theirs @ ours.T / np.linalg.norm(theirs, axis=1)[:, None] / np.linalg.norm(ours, axis=1)
    assert list(cosines.argmax(axis=1)) == list(range(len(tracks)))
    # Ten tracks of one maker deviate little from each other, which enlarges what an encoder changes.
    assert np.median(np.diag(cosines)) > 0.95


def encode(source: Path, target: Path, options: str) -> None:
    import subprocess

    from resonance.audio.ffmpeg import find_ffmpeg

    command = [find_ffmpeg(), "-nostdin", "-v", "error", "-i", str(source), "-map", "0:a:0", *options.split()]
    subprocess.run([*command, str(target)], check=True)
