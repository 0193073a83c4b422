"""The demo library is what it says: measured from its own sound and read back from its own tags."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from resonance.audio.ffmpeg import find_ffmpeg
from resonance.audio.tags import read_tags
from resonance.demo import generate as demo
from resonance.demo.arrange import render
from resonance.demo.plan import TOTAL, DemoTrack, plan
from tests.fixtures.audio import demo_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[DemoTrack]]:
    return demo_library(tmp_path_factory.getbasetemp())


def test_plan_covers_what_a_library_has() -> None:
    tracks = plan(1)
    assert len(tracks) == TOTAL >= 30
    assert {t.format for t in tracks} == {"mp3", "flac", "opus", "m4a"}
    assert len({t.artists[0] for t in tracks}) == 8
    assert len({t.album for t in tracks}) == 10
    assert {t.disc_total for t in tracks} == {1, 2}
    assert any(t.compilation for t in tracks) and any(len(t.artists) == 2 for t in tracks)
    assert {t.mode for t in tracks} == {"major", "minor"}
    assert all(20 <= t.duration_s <= 45 for t in tracks)
    assert len({t.path for t in tracks}) == TOTAL


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_every_seed_keeps_the_lengths(seed: int) -> None:
    assert all(20 <= t.duration_s <= 45 for t in plan(seed))


def test_same_seed_same_samples_other_seed_other_samples() -> None:
    one, again, other = (demo.pcm(render(plan(seed)[9]), plan(seed)[9]) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_tags_say_what_the_manifest_says(library: tuple[Path, list[DemoTrack]]) -> None:
    root, tracks = library
    for track in tracks:
        facts = read_tags(str(root / track.path))
        assert (facts.title, facts.album, facts.artists) == (track.title, track.album, track.artists)
        assert facts.artist_display == track.artist
        assert (facts.disc, facts.disc_total, facts.number, facts.number_total) == (
            track.disc, track.disc_total, track.number, track.number_total,
        )  # fmt: skip
        assert facts.album_artist_display == track.album_artist
        assert facts.compilation is track.compilation
        assert facts.genres == track.genres
        assert facts.date == track.date
        assert facts.bpm == track.bpm
        assert facts.key == track.tonic + ("m" if track.mode == "minor" else "")
        assert facts.disc_subtitle == track.disc_subtitle
        assert facts.duration_s == pytest.approx(track.duration_s, abs=0.1)
        assert facts.gain_track_db == pytest.approx(-18 - track.lufs, abs=0.01)
        assert (facts.cover is not None) is track.embedded_cover
        assert any(text.synced for text in facts.lyrics) is track.lyrics


def test_folder_covers_and_manifest(library: tuple[Path, list[DemoTrack]]) -> None:
    root, tracks = library
    manifest = demo.read_manifest(root)
    assert manifest is not None and [t["path"] for t in manifest["tracks"]] == [t.path for t in tracks]
    for track in tracks:
        if track.folder_cover and track.disc_total == 1:
            assert (root / track.path).with_name("cover.jpg").read_bytes()[:3] == b"\xff\xd8\xff"
    assert not list(root.rglob("*.part"))


def test_a_complete_library_is_left_alone(library: tuple[Path, list[DemoTrack]]) -> None:
    root, tracks = library
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    assert demo.generate(root, 1, len(tracks)) == tracks
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_loudness_as_measured_by_ffmpeg(library: tuple[Path, list[DemoTrack]]) -> None:
    root, tracks = library
    for track in tracks:
        command = [
            find_ffmpeg(),
            "-nostdin",
            "-i",
            str(root / track.path),
            "-map",
            "0:a:0",
            "-af",
            "ebur128",
            "-f",
            "null",
            "-",
        ]
        done = subprocess.run(command, capture_output=True, check=True)
        measured = float(re.findall(rb"I:\s+(-?[\d.]+) LUFS", done.stderr)[-1])
        assert measured == pytest.approx(track.lufs, abs=0.4), track.path


def test_tempo_is_in_the_sound() -> None:
    """The autocorrelation of the onsets has its peak near the beat of the plan."""
    for track in [t for t in plan(1) if t.style in ("house", "synthpop", "indie")][:4]:
        sound = render(track).mean(axis=0)
        frames = np.lib.stride_tricks.sliding_window_view(sound, 1024)[::441] * np.hanning(1024)
        flux = np.maximum(np.diff(np.log1p(20 * np.abs(np.fft.rfft(frames, axis=1))), axis=0), 0).sum(axis=1)
        flux -= flux.mean()
        strength = np.correlate(flux, flux, "full")[len(flux) - 1 :]
        tempi = np.arange(0.85 * track.bpm, 1.15 * track.bpm, 0.1)
        found = tempi[np.argmax(np.interp(6_000 / tempi, np.arange(len(strength)), strength))]
        assert found == pytest.approx(track.bpm, rel=0.015)


def test_wrong_sizes_are_refused() -> None:
    for tracks in (0, TOTAL + 1):
        with pytest.raises(ValueError):
            plan(1, tracks)
