"""The ear's decoder: every format to the sample, seeking, channels, rates, damage, what it must not touch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from resonance.audio import decode_pass, exact
from resonance.audio.ear import analyse, decode
from resonance.audio.ear.decode import MonoLine, opened
from resonance.audio.ear.features import Unanalysable
from resonance.audio.ffmpeg import find_ffmpeg
from tests.fixtures.audio import FORMATS, picture, tag_file
from tests.rooms.ear_kit import Sound, song, tone, write

RATE = 44_100
# What the scan calls them; the others are named alike.
CARRIERS = {
    "mp3vbr": ("mp3", "mp3"),
    "m4a": ("m4a", "aac"),
    "m4a_moov_last": ("m4a", "aac"),
    "alac": ("m4a", "alac"),
    "ogg": ("ogg", "vorbis"),
    "oggflac": ("ogg", "flac"),
    "wav": ("wav", "pcm"),
    "aiff": ("aiff", "pcm"),
}


def noise(seconds: float, rate: int = RATE, channels: int = 2) -> Sound:
    """Different everywhere, and soft enough at the top for every codec."""
    random = np.random.default_rng(5)
    steps = random.normal(size=(round(seconds * rate) + 31, channels))
    sums = np.cumsum(steps, axis=0)
    return (0.02 * (sums[31:] - sums[:-31])).astype(np.float32)


def whole(path: Path) -> tuple[Sound, int]:
    with opened(path) as sound:
        return np.concatenate(list(sound.blocks()), axis=1).T, sound.damaged


def mono(path: Path) -> Sound:
    with opened(path) as sound:
        line = MonoLine(sound)
        return np.concatenate([*(line.add(block) for block in sound.blocks()), line.finish()])


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_format_is_measured_as_by_the_other_pass(kind: str, tmp_path: Path) -> None:
    suffix, options = FORMATS[kind]
    sound = np.concatenate([np.zeros((9_000, 2), np.float32), noise(3.0), np.zeros((22_050, 2), np.float32)])
    path = write(tmp_path / f"a.{suffix}", sound, RATE, *options)
    found = analyse.full(path, ["loudness"])
    form, codec = CARRIERS.get(kind, (suffix, kind))
    other = decode_pass.measure(path, find_ffmpeg(), exact.read(path, form, codec))
    assert other is not None
    assert (found.sample_rate_hz, found.channels) == (other.sample_rate_hz, other.channels)
    assert found.samples is not None and found.peaks is not None and found.duration_s is not None
    # Where headers do not tell the length, versions of ffmpeg differ by a frame of padding.
    frame = 0 if exact.read(path, form, codec) else 3_000
    assert abs(found.samples - other.samples) <= frame
    assert found.duration_s == found.samples / found.sample_rate_hz
    ours, theirs = (np.frombuffer(peaks, np.uint8).astype(int) for peaks in (found.peaks, other.peaks))
    assert np.abs(np.sort(ours) - np.sort(theirs)).max() <= 2
    assert found.silence_head_s == pytest.approx(other.lead_silence_s, abs=0.002)
    assert found.silence_tail_s == pytest.approx(other.trail_silence_s, abs=0.002 + frame / RATE)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("wav", "-c:a pcm_s16le"), ("flac", "-c:a flac"), ("ogg", "-c:a libvorbis -q:a 4"),
        ("opus", "-c:a libopus -b:a 96k"), ("m4a", "-c:a aac -b:a 128k"), ("alac.m4a", "-c:a alac"),
        ("mp3", "-c:a libmp3lame -b:a 128k"), ("vbr.mp3", "-c:a libmp3lame -q:a 4"),
        ("bare.mp3", "-c:a libmp3lame -q:a 4 -write_xing 0"), ("aac", "-c:a aac"), ("aiff", "-c:a pcm_s16be"),
        ("wv", "-c:a wavpack"), ("tta", "-c:a tta"), ("wma", "-c:a wmav2"),
        ("parts.m4a", "-c:a aac -movflags frag_keyframe+empty_moov"),
    ],
)  # fmt: skip
def test_an_excerpt_is_that_part_of_the_whole(suffix: str, options: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{suffix}", noise(31.0), RATE, *options.split())
    sound, _ = whole(path)
    for start, seconds in ((10.0, 12.0), (0.3, 2.0), (17.123, 2.0), (29.5, 9.0)):
        with opened(path) as file:
            length = file.length_s()
            part = np.concatenate(list(file.blocks(start, seconds)), axis=1).T
            assert file.damaged == 0
        expected = sound[round(start * file.rate) : round((start + seconds) * file.rate)]
        assert part.shape == expected.shape, start
        # AAC fills bands with noise of its own making, which depends on where decoding began.
        assert np.corrcoef(part[:, 0], expected[:, 0])[0, 1] > 0.98, start
    assert length == pytest.approx(len(sound) / file.rate, abs=0.06)


def test_the_mono_line_is_the_mean_of_all_but_the_bass_channel(tmp_path: Path) -> None:
    left = tone(1000, -6, 1.0, RATE)
    left[:, 1] = 0
    found = mono(write(tmp_path / "l.wav", left, RATE))
    assert len(found) == pytest.approx(22_050, abs=2)
    assert np.abs(found[2_000:-2_000]).max() == pytest.approx(0.5 * 10 ** (-6 / 20), abs=0.002)
    six = np.repeat(tone(1000, -6, 1.0, RATE, 1), 6, axis=1) * np.float32([1, 1, 1, 0, 1, 1])
    six[:, 3] = tone(60, -1, 1.0, RATE, 1)[:, 0]
    found = mono(write(tmp_path / "six.flac", six, RATE, "-channel_layout", "5.1"))
    assert np.abs(found[2_000:-2_000]).max() == pytest.approx(10 ** (-6 / 20), abs=0.005)
    only = tone(1000, -6, 1.0, RATE, 1)
    assert np.abs(mono(write(tmp_path / "one.wav", only, RATE))).max() == pytest.approx(0.501, abs=0.002)


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 8])
@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg"])
def test_channels_stay_apart(channels: int, suffix: str, tmp_path: Path) -> None:
    sound = noise(1.0, 48_000, channels) * np.linspace(0.2, 1.0, channels).astype(np.float32)
    path = write(tmp_path / f"a.{suffix}", sound, 48_000)
    found, _ = whole(path)
    assert found.shape == sound.shape
    if suffix != "ogg":
        assert np.abs(found - sound).max() < 2e-4
    features = analyse.whole(path)
    assert features.channels == channels and features.lufs_i is not None


@pytest.mark.parametrize("rate", [8_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000])
def test_every_rate_comes_down_to_the_ears(rate: int, tmp_path: Path) -> None:
    found = mono(write(tmp_path / "a.wav", tone(1000, -6, 2.0, rate, 1), rate))
    assert len(found) == pytest.approx(2 * decode.RATE, abs=2)
    spectrum = np.abs(np.fft.rfft(found[4_000:-4_000] * np.hanning(len(found) - 8_000)))
    hz = np.arange(len(spectrum)) * decode.RATE / (len(found) - 8_000)
    assert hz[spectrum.argmax()] == pytest.approx(1000, abs=2)
    assert spectrum[np.abs(hz - 1000) > 30].max() < 1e-3 * spectrum.max()


@pytest.mark.parametrize(
    "options",
    ["-c:a pcm_u8", "-c:a pcm_s16le", "-c:a pcm_s24le", "-c:a pcm_s32le", "-c:a pcm_f32le", "-c:a pcm_f64le",
     "-c:a pcm_alaw"],
)  # fmt: skip
def test_every_sample_type_has_its_scale(options: str, tmp_path: Path) -> None:
    sound = tone(500, -3, 0.5, RATE)
    found, _ = whole(write(tmp_path / "a.wav", sound, RATE, *options.split()))
    tolerance = 0.02 if options.endswith(("u8", "alaw")) else 1e-4
    assert np.abs(found - sound).max() < tolerance


@pytest.mark.parametrize("suffix", ["mp3", "flac", "ogg", "opus", "aac"])
def test_damaged_packets_are_skipped_and_counted(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{suffix}", noise(20.0), RATE)
    data = bytearray(path.read_bytes())
    random = np.random.default_rng(1)
    for place in random.integers(len(data) // 5, len(data) * 4 // 5, 12):
        data[place : place + 200] = random.bytes(200)
    path.write_bytes(data)
    found = analyse.whole(path)
    # The other formats find the next whole packet before a decoder sees the broken one.
    assert found.damaged_packets > 0 or suffix not in ("mp3", "aac")
    assert found.duration_s is not None and 5 < found.duration_s < 21
    assert found.lufs_i is not None and np.isfinite(found.lufs_i)
    by_ffmpeg, _, _ = decode_pass.count(path, find_ffmpeg())
    assert found.samples == pytest.approx(by_ffmpeg, rel=0.1)


def test_pictures_and_video_are_left_alone(tmp_path: Path) -> None:
    for suffix in ("mp3", "flac", "m4a", "ogg"):
        path = write(tmp_path / f"a.{suffix}", noise(2.0), RATE)
        plain, _ = whole(path)
        tag_file(path, cover=picture(side=300), title="T")
        covered, _ = whole(path)
        assert np.array_equal(plain, covered)
    video = tmp_path / "v.mp4"
    source = ["-f", "lavfi", "-i", "testsrc=d=2:s=64x64:r=5", "-i", str(tmp_path / "a.flac")]
    encoder = ["-map", "0:v", "-map", "1:a", "-c:v", "mpeg4", "-c:a", "aac"]
    subprocess.run([find_ffmpeg(), "-nostdin", "-v", "error", *source, *encoder, str(video)], check=True)
    sound, damaged = whole(video)
    assert damaged == 0 and len(sound) == pytest.approx(2 * RATE, abs=1_100)


def test_joined_files_of_different_form_are_one_sound(tmp_path: Path) -> None:
    first = write(tmp_path / "a.mp3", noise(3.0), RATE, "-write_xing", "0")
    second = write(
        tmp_path / "b.mp3", noise(3.0, 22_050, 1), 22_050, "-write_xing", "0", "-id3v2_version", "0"
    )
    joined = tmp_path / "c.mp3"
    joined.write_bytes(first.read_bytes() + second.read_bytes())
    sound, _ = whole(joined)
    assert sound.shape[1] == 2 and len(sound) == pytest.approx(6 * RATE, rel=0.05)


def test_only_this_file_is_read_whatever_it_says(tmp_path: Path) -> None:
    other = write(tmp_path / "other.wav", tone(440, -6, 1.0), 48_000)
    for name, text in {
        "a.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{other}\n#EXT-X-ENDLIST\n",
        "b.mp3": f"ffconcat version 1.0\nfile {other}\n",
    }.items():
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(Unanalysable):
            analyse.whole(path)
    strange = tmp_path / "pipe:0 -y %d ü\n.wav"
    other.rename(strange)
    assert analyse.full(strange, ["loudness"]).samples == 48_000


def test_an_hour_costs_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", np.zeros((1, 1), np.float32), 8_000, "-fflags", "+bitexact")
    head = bytearray(path.read_bytes()[:44])
    music = (song(30.0, rate=8_000).mean(axis=1) * 30_000).astype("<i2")
    length = 2 * 120 * len(music)
    head[4:8], head[40:44] = (length + 36).to_bytes(4, "little"), length.to_bytes(4, "little")
    path.write_bytes(bytes(head) + music.tobytes() * 120)
    script = (
        "from resonance.audio.ear import analyse\n"
        f"quick, whole = analyse.quick({str(path)!r}), analyse.whole({str(path)!r})\n"
        # ru_maxrss would be the parent's: it survives exec.
        "peak = next(int(r.split()[1]) for r in open('/proc/self/status') if r.startswith('VmHWM'))\n"
        "print(whole.samples, peak // 1024)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout
    samples, resident_mib = map(int, printed.split())
    assert samples == 3_600 * 8_000
    assert resident_mib < 400
