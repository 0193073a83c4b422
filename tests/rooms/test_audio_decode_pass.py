"""One decoding pass: length, waveform, silence; bounded in memory and time, clear about what is no sound."""

from __future__ import annotations

import subprocess
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from resonance.audio.decode_pass import Undecodable, count, measure
from resonance.audio.ffmpeg import find_ffmpeg
from resonance.audio.waveform import Waveform
from resonance.core.errors import Unavailable


def write_wav(path: Path, samples: np.ndarray, rate: int = 44100) -> Path:
    """`samples` is (moments, channels) of int16."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())
    return path


def test_length_waveform_and_silence_to_the_sample(tmp_path: Path) -> None:
    sound = np.zeros((200_003, 2), np.int16)
    sound[5_000:150_000, 1] = np.linspace(100, 32_767, 145_000).astype(np.int16)
    sound[100_000, 0] = -32_768
    sound[:5_000] = 32  # below -60 dBFS
    found = measure(write_wav(tmp_path / "a.wav", sound), find_ffmpeg())
    assert found is not None
    assert (found.samples, found.sample_rate_hz, found.channels) == (200_003, 44100, 2)
    assert found.lead_silence_s == 5_000 / 44100
    assert found.trail_silence_s == (200_003 - 150_000) / 44100
    assert len(found.peaks) == 1000
    levels = np.abs(sound.astype(np.int32)).max(axis=1)
    for number in (0, 30, 300, 510, 700, 740, 900):
        part = levels[number * 200_003 // 1000 : (number + 1) * 200_003 // 1000]
        assert abs(found.peaks[number] - round(part.max() * 255 / 32768)) <= 1, number
    assert found.peaks[499] == 255 or found.peaks[500] == 255
    assert count(tmp_path / "a.wav", find_ffmpeg()) == (200_003, 44100, 2)


def test_silence_and_very_short_sounds(tmp_path: Path) -> None:
    silent = measure(write_wav(tmp_path / "s.wav", np.zeros((44_100, 1), np.int16)), find_ffmpeg())
    assert silent is not None and set(silent.peaks) == {0}
    assert (silent.lead_silence_s, silent.trail_silence_s) == (1.0, 0.0)
    click = measure(write_wav(tmp_path / "c.wav", np.full((33, 2), 16_384, np.int16)), find_ffmpeg())
    assert click is not None and click.samples == 33
    assert click.peaks == bytes([128] * 3)


def test_blocks_merge_without_losing_a_peak() -> None:
    rng = np.random.default_rng(7)
    levels = rng.integers(0, 3_000, 3_000_017).astype(np.uint16)
    levels[[0, 1_234_567, 3_000_016]] = 32_768
    form = Waveform()
    place = 0
    while place < len(levels):
        step = int(rng.integers(1, 200_000))
        form.add(levels[place : place + step])
        place += step
    assert form.frames == len(levels)
    peaks = form.peaks()
    assert len(peaks) == 1000
    assert [number for number, peak in enumerate(peaks) if peak == 255] == [0, 411, 999]
    expected = [levels[n * len(levels) // 1000 : (n + 1) * len(levels) // 1000].max() for n in range(1000)]
    loud = np.array(expected, float) * 255 / 32768
    assert np.abs(np.frombuffer(peaks, np.uint8) - loud)[1:-1].mean() < 1


def test_memory_stays_flat_over_a_long_file(tmp_path: Path) -> None:
    # The header says 13 minutes of 96 kHz stereo; the file is a hole, so nothing is written.
    path = tmp_path / "long.wav"
    write_wav(path, np.zeros((1, 2), np.int16), 96_000)
    head = bytearray(path.read_bytes()[:44])
    length = 300_000_000
    head[4:8], head[40:44] = (length + 36).to_bytes(4, "little"), length.to_bytes(4, "little")
    with path.open("wb") as out:
        out.write(head)
        out.truncate(length + 44)
    script = (
        "import resource, sys; from resonance.audio import decode_pass as d;"
        "import numpy; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        f"m = d.measure({str(path)!r}, {find_ffmpeg()!r});"
        "print(m.samples, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    out_text = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout
    samples, grown_mb = map(int, out_text.split())
    assert samples == length // 4
    assert grown_mb < 40


def test_a_cancelled_pass_ends_at_once(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", np.zeros((4_000_000, 2), np.int16))
    assert measure(path, find_ffmpeg(), cancelled=lambda: True) is None


def test_what_is_no_sound_is_a_clear_fault(tmp_path: Path) -> None:
    for name, data in {
        "empty.mp3": b"",
        "text.mp3": b"this is no music\n" * 200,
        "playlist.m3u8": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n",
        "noise.flac": b"fLaC" + bytes(range(256)) * 40,
        "concat.ffconcat": b"ffconcat version 1.0\nfile /etc/hostname\n",
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(Undecodable) as caught:
            measure(path, find_ffmpeg())
        assert str(tmp_path) not in caught.value.message, name
    with pytest.raises(Unavailable):
        measure(tmp_path / "gone.mp3", find_ffmpeg())
    with pytest.raises(Unavailable):
        measure(tmp_path / "text.mp3", str(tmp_path / "no-such-program"))


def test_a_decoder_that_hangs_is_ended(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", np.zeros((100, 2), np.int16))
    stuck = tmp_path / "stuck"
    stuck.write_text("#!/bin/sh\nexec sleep 60\n")
    stuck.chmod(0o755)
    begun = time.monotonic()
    with pytest.raises(Undecodable, match="too long"):
        measure(path, str(stuck), time_limit_s=0.3)
    assert time.monotonic() - begun < 30
