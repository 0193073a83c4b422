"""Loudness by EBU R128, against the cases of EBU Tech 3341 and 3342, built of tones; edges of the music."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from resonance.audio.ear.edges import LevelMeter
from resonance.audio.ear.loudness import Loudness, LoudnessMeter
from resonance.audio.ffmpeg import find_ffmpeg
from tests.rooms.ear_kit import Sound, song, tone, write

Parts = tuple[tuple[float, float], ...]


def measured(sound: Sound, rate: int, layout: str, block: int = 50_021) -> Loudness:
    meter = LoudnessMeter(rate, sound.shape[1], layout)
    for at in range(0, len(sound), block):
        meter.add(np.ascontiguousarray(sound[at : at + block].T))
    return meter.result()


def tones(parts: Parts, rate: int, channels: int = 2) -> Sound:
    return np.concatenate([tone(1000, dbfs, seconds, rate, channels) for dbfs, seconds in parts])


@pytest.mark.parametrize("layout", ["mono", "stereo"])
@pytest.mark.parametrize(
    ("case", "parts", "rate", "lufs"),
    [
        ("3341-1", ((-23, 20),), 48_000, -23.0),
        ("3341-2", ((-33, 20),), 48_000, -33.0),
        ("3341-3", ((-36, 10), (-23, 60), (-36, 10)), 48_000, -23.0),
        ("3341-4", ((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)), 48_000, -23.0),
        ("3341-5", ((-26, 20), (-20, 20.1), (-26, 20)), 48_000, -23.0),
        ("44.1 kHz", ((-23, 20),), 44_100, -23.0),
        ("96 kHz", ((-23, 10),), 96_000, -23.0),
    ],
)
def test_integrated_loudness(case: str, parts: Parts, rate: int, lufs: float, layout: str) -> None:
    found = measured(tones(parts, rate, 1 if layout == "mono" else 2), rate, layout)
    assert found.lufs_i == pytest.approx(lufs, abs=0.1), case


def test_channels_weigh_as_in_bs1770() -> None:
    # EBU Tech 3341, case 6: L and R at -28, C at -24, surround at -30, nothing in the bass channel.
    front, surround = tone(1000, -28, 20, channels=1), tone(1000, -30, 20, channels=1)
    centre, loud_bass = tone(1000, -24, 20, channels=1), tone(60, -3, 20, channels=1)
    five = np.concatenate([front, front, centre, 0 * front, surround, surround], axis=1)
    assert measured(five, 48_000, "5.1").lufs_i == pytest.approx(-23.0, abs=0.1)
    five[:, 3:4] = loud_bass
    assert measured(five, 48_000, "5.1").lufs_i == pytest.approx(-23.0, abs=0.1)
    left_only = tone(997, 0, 10)
    left_only[:, 1] = 0
    assert measured(left_only, 48_000, "stereo").lufs_i == pytest.approx(-3.01, abs=0.1)
    eight = np.repeat(front, 8, axis=1)
    assert measured(eight, 48_000, "7.1").lufs_i is not None


@pytest.mark.parametrize(
    ("case", "parts", "lra"),
    [
        ("3342-1", ((-20, 20), (-30, 20)), 10.0),
        ("3342-2", ((-20, 20), (-15, 20)), 5.0),
        ("3342-3", ((-40, 20), (-20, 20)), 20.0),
        ("3342-4", ((-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)), 15.0),
    ],
)
def test_loudness_range(case: str, parts: Parts, lra: float) -> None:
    assert measured(tones(parts, 48_000), 48_000, "stereo").lra == pytest.approx(lra, abs=0.2), case


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
@pytest.mark.parametrize("dbfs", [-6.0, 0.0, -40.0])
def test_true_peak_between_the_samples(rate: int, dbfs: float) -> None:
    fade = np.minimum(1, np.arange(rate) / (0.1 * rate))
    fade *= fade[::-1]
    for phase in (0, 45, 60, 67.5):
        wave = 10 ** (dbfs / 20) * np.sin(np.arange(rate) * np.pi / 2 + np.radians(phase)) * fade
        found = measured(np.repeat(wave[:, None], 2, axis=1).astype(np.float32), rate, "stereo")
        assert found.true_peak_dbtp is not None and found.sample_peak_dbfs is not None
        assert found.true_peak_dbtp >= found.sample_peak_dbfs
        if dbfs > -30:
            assert -0.4 <= found.true_peak_dbtp - dbfs <= 0.2, phase
        else:  # quiet: the sample peak stands in, up to 3 dB below
            assert -3.1 <= found.true_peak_dbtp - dbfs <= 0.2, phase


def test_the_true_peak_is_ffmpegs(tmp_path: Path) -> None:
    # Clipped noise overshoots by decibels; ffmpeg looks at 192 kHz, we at four times the rate.
    noise = np.random.default_rng(3).normal(size=(44_100 * 4, 2))
    loud = np.clip(0.4 * noise, -0.7, 0.7).astype(np.float32)
    for number, sound in enumerate((loud, song(8.0), 0.001 * loud)):
        path = write(tmp_path / f"{number}.wav", sound, 44_100, "-c:a", "pcm_f32le")
        command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-i", str(path), "-af", "ebur128=peak=true"]
        said = subprocess.run(
            [*command, "-f", "null", "-"], capture_output=True, text=True, check=True
        ).stderr
        peak = float(said.rpartition("Peak:")[2].split()[0])
        found = measured(sound.astype(np.float32), 44_100, "stereo")
        assert found.true_peak_dbtp == pytest.approx(peak, abs=0.25), number


def test_gain_moves_loudness_by_itself() -> None:
    music = song(15.0)
    loud, quiet = (measured(music * np.float32(gain), 44_100, "stereo") for gain in (1.0, 10 ** (-12 / 20)))
    assert loud.lufs_i is not None and quiet.lufs_i is not None
    assert quiet.lufs_i - loud.lufs_i == pytest.approx(-12.0, abs=0.1)
    assert quiet.lra == pytest.approx(loud.lra, abs=0.1)


def test_nothing_is_none_and_never_zero() -> None:
    silent = measured(np.zeros((480_000, 2), np.float32), 48_000, "stereo")
    assert silent == Loudness(None, None, None, None)
    gated = measured(tone(1000, -80, 10), 48_000, "stereo")
    assert (gated.lufs_i, gated.lra) == (None, None)
    assert gated.sample_peak_dbfs == pytest.approx(-80, abs=0.1)
    short = measured(tone(1000, -23, 1), 48_000, "stereo")
    assert short.lufs_i == pytest.approx(-23, abs=0.1)
    assert short.lra is None
    blip = measured(tone(1000, -23, 0.2), 48_000, "stereo")
    assert blip.lufs_i is None
    assert blip.sample_peak_dbfs == pytest.approx(-23, abs=0.1)


def edges(sound: Sound, rate: int = 44_100) -> tuple[float | None, float | None]:
    meter = LevelMeter(rate)
    for at in range(0, len(sound), 30_011):
        meter.add(np.ascontiguousarray(sound[at : at + 30_011].T))
    return meter.edges()


def test_the_music_proper_has_edges() -> None:
    body = song(60.0)
    assert edges(body) == (pytest.approx(0, abs=0.5), pytest.approx(60, abs=1.5))
    quiet = 10 ** (-18 / 20) * song(12.0, seed=2)
    pause = np.zeros((44_100 * 2, 2), np.float32)
    begin, end = edges(np.concatenate([pause, quiet, body, quiet[: 8 * 44_100], pause]))
    assert begin == pytest.approx(14, abs=1)
    assert end == pytest.approx(74, abs=1.5)


def test_no_edges_where_there_is_no_body() -> None:
    assert edges(np.zeros((44_100 * 60, 2), np.float32)) == (None, None)
    assert edges(song(10.0)) == (None, None)
    # Swells that come and go: which of them would be the beginning?
    swells = np.concatenate([song(5.0) * np.float32(g) for g in (0.02, 1, 0.02, 0.02, 0.02, 1, 0.02, 0.02)])
    assert edges(swells) == (None, None)
