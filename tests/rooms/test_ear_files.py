"""Whole files through the ear: one song in every encoding, the same bits every time, and what is no music."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from resonance.audio.ear import analyse
from resonance.audio.ear.features import Features, Unanalysable
from resonance.audio.ear.pool import Outcome, Pool, Task
from resonance.audio.ear.versions import ALL, FULL, GROUPS, QUICK
from resonance.audio.ffmpeg import find_ffmpeg
from resonance.db.tables.analysis import features as table
from tests.fixtures.audio import encoded, make_tone, picture
from tests.rooms.ear_kit import song, tone, write

RATE = 44_100
ENCODINGS = {
    "a.wav": "-c:a pcm_s16le", "b.flac": "-ar 96000 -sample_fmt s32", "c.mp3": "-c:a libmp3lame -b:a 320k",
    "d.m4a": "-c:a aac -b:a 256k", "e.opus": "-c:a libopus -b:a 128k", "f.ogg": "-c:a libvorbis -q:a 5",
    "g.flac": "-ar 22050", "h.wav": "-ac 1 -ar 32000", "i.m4a": "-c:a alac -ar 48000",
}  # fmt: skip


def without_sound(found: Features) -> dict[str, object]:
    names = [n for n in found.__struct_fields__ if n not in ("timbre", "peaks", "cpu_ms")]
    return {name: getattr(found, name) for name in names}


def test_one_song_is_the_same_in_every_encoding(tmp_path: Path) -> None:
    music = song(24.0, bpm=122.5)
    first = analyse.whole(write(tmp_path / "o.wav", music, RATE, "-c:a", "pcm_f32le"))
    assert first.bpm == pytest.approx(122.5, rel=1e-3)
    assert first.key_tonic is not None and first.lufs_i is not None and first.timbre is not None
    for name, options in ENCODINGS.items():
        found = analyse.whole(write(tmp_path / name, music, RATE, *options.split()))
        assert found.bpm == pytest.approx(first.bpm, rel=1e-3), name
        assert (found.key_tonic, found.key_mode) == (first.key_tonic, first.key_mode), name
        # What is in one channel only is 3 dB less in a mono sum.
        assert found.lufs_i == pytest.approx(first.lufs_i, abs=0.5 if "-ac 1" in options else 0.2), name
        assert found.timbre is not None
        cosine = found.timbre @ first.timbre / np.linalg.norm(found.timbre) / np.linalg.norm(first.timbre)
        assert cosine > 0.99, name
        assert found.duration_s == pytest.approx(24.0, abs=0.05), name
    quiet = analyse.whole(write(tmp_path / "q.wav", music * np.float32(10 ** (-12 / 20)), RATE))
    assert quiet.lufs_i == pytest.approx(first.lufs_i - 12, abs=0.1)
    assert quiet.bpm == pytest.approx(first.bpm, rel=1e-3)
    assert quiet.energy == pytest.approx(first.energy, abs=0.01)


def test_the_quick_pass_hears_what_the_whole_one_hears(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", np.tile(song(32.0), (4, 1)), RATE, "-b:a", "128k")
    quick, full, whole = analyse.quick(path), analyse.full(path), analyse.whole(path)
    assert (quick.groups, full.groups, whole.groups) == (QUICK, FULL, ALL)
    assert quick.bpm == pytest.approx(whole.bpm, rel=1e-4)
    assert (quick.key_tonic, quick.key_mode) == (whole.key_tonic, whole.key_mode)
    assert (quick.key_window, full.key_window, whole.key_window) == ("excerpt", "whole", "whole")
    assert quick.timbre is not None and whole.timbre is not None
    assert np.abs(quick.timbre - whole.timbre).max() < 0.05
    assert quick.lufs_i is None and full.bpm is None
    assert (full.lufs_i, full.samples) == (whole.lufs_i, whole.samples)
    for found in (quick, whole):
        if found.beat_offset_s is not None and found.bpm:
            # Beats of this song fall on multiples of half a second.
            away = found.beat_offset_s % 0.5
            assert min(away, 0.5 - away) < 0.03


def test_groups_are_measured_alone_and_name_their_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", song(12.0), RATE)
    every = analyse.whole(path)
    for group, names in GROUPS.items():
        found = analyse.whole(path, [group])
        assert found.groups == {group}
        columns = found.columns()
        assert columns.keys() <= set(table.c.keys())
        for name in set(names) & set(columns) - {
            "valence_proxy",
            "valence_confidence",
            "energy",
            "danceability",
        }:
            assert columns[name] == getattr(every, name), name
    assert set(every.columns()) | {"track_id", "carrier_id", "etag", "payload_id", "problem"} | {
        "problem_detail", "cpu_ms", "analysed_at"
    } == set(table.c.keys())  # fmt: skip
    with pytest.raises(ValueError, match="loudness"):
        analyse.quick(path, ["loudness"])


def test_results_are_equal_to_the_bit_in_any_process_and_order(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{number}.{suffix}", song(14.0, bpm=100 + 7 * number, seed=number), RATE)
        for number, suffix in enumerate(("flac", "mp3", "ogg"))
    ]
    here = {str(path): analyse.whole(path) for path in paths}
    with Pool(2, niceness=0) as pool:
        for outcome in pool.run([Task(0, str(path)) for path in reversed(paths)]):
            assert outcome.features is not None
            first, other = here[outcome.task.path], outcome.features
            assert without_sound(first) == without_sound(other)
            assert first.peaks == other.peaks
            assert first.timbre is not None and np.array_equal(first.timbre, other.timbre)
    script = (
        "import sys; from resonance.audio.ear import analyse\n"
        "print([(f.bpm, f.key_tonic, f.key_strength, f.lufs_i, f.energy, float(f.timbre.sum()))"
        " for f in [analyse.whole(sys.argv[1])]])"
    )
    printed = set()
    for threads in ("1", "4"):
        more = {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        command = [sys.executable, "-c", script, str(paths[0])]
        out = subprocess.run(
            command, env=os.environ | more, capture_output=True, text=True, check=True
        ).stdout
        printed.add(out)
    assert len(printed) == 1


def broken(folder: Path) -> dict[str, str | None]:
    """name -> the problem it should have; None: it is odd, and music all the same."""
    sound = encoded("mp3", 4.0)
    flac, m4a, ogg = encoded("flac", 4.0), encoded("m4a", 4.0), encoded("ogg", 4.0)
    files: dict[str, tuple[bytes, str | None]] = {
        "empty.mp3": (b"", "empty"),
        "text.mp3": (b"this is no music\n" * 400, "not_audio"),
        "zeros.mp3": (bytes(100_000), "undecodable"),
        "noise.bin": (np.random.default_rng(3).bytes(50_000), "not_audio"),
        "picture.jpg": (picture(kind="JPEG"), "not_audio"),
        "cut.m4a": (m4a[: len(m4a) // 2], "truncated"),
        "cut.flac": (flac[: len(flac) // 2], "truncated"),
        "cut.ogg": (ogg[: len(ogg) // 2], "truncated"),
        "head.flac": (b"fLaC" + bytes(range(256)) * 40, "truncated"),
        "tag.mp3": (b"ID3\x04\x00\x00\x00\x00\x10\x00" + bytes(2_048) + sound[-4_000:], None),
        "no_xing_cut.mp3": (sound[600 : len(sound) // 2], None),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    expected = {name: problem for name, (_, problem) in files.items()}
    video = folder / "film.mp4"
    source = ["-f", "lavfi", "-i", "color=d=1:s=64x64", "-c:v", "mpeg4", str(video)]
    subprocess.run([find_ffmpeg(), "-nostdin", "-v", "error", *source], check=True)
    write(folder / "blip.wav", tone(440, -6, 0.05), 48_000)
    write(folder / "none.wav", tone(440, -6, 0.0), 48_000)
    write(folder / "second.flac", tone(440, -6, 1.0), 48_000)
    write(folder / "silent.flac", tone(440, -6, 5.0) * 0, 48_000)
    write(folder / "dc.flac", tone(440, -6, 5.0) * 0 + np.float32(0.5), 48_000)
    write(folder / "eight.flac", tone(440, -6, 3.0, 96_000, 8), 96_000, "-sample_fmt", "s32")
    (folder / "locked.mp3").mkdir()
    return expected | {
        "film.mp4": "no_audio_stream", "blip.wav": "too_short", "none.wav": "no_sound", "second.flac": None,
        "silent.flac": None, "dc.flac": None, "eight.flac": None, "locked.mp3": "unreadable",
        "gone.mp3": "missing",
    }  # fmt: skip


def test_what_is_no_music_has_a_word_for_it_and_the_worker_goes_on(tmp_path: Path) -> None:
    expected = broken(tmp_path)
    good = make_tone(tmp_path / "good.ogg", seconds=3.0)
    with Pool(1, niceness=0, recycle_after=1_000) as pool:
        tasks = [Task(name, str(tmp_path / name)) for name in sorted(expected)] + [Task("good", str(good))]
        outcomes = {outcome.task.tag: outcome for outcome in pool.run(tasks)}
    found = {name: o.problem.problem if o.problem else None for name, o in outcomes.items()}
    assert found == expected | {"good": None}
    for name in ("silent.flac", "dc.flac"):
        silent = outcomes[name].features
        assert silent is not None and silent.bpm is None and silent.key_tonic is None
        assert silent.energy is None and silent.timbre is None
        assert silent.lufs_i is None or name == "dc.flac"  # switching a constant on and off is a click
        assert not silent.bpm_confidence and not silent.key_strength
    for outcome in outcomes.values():
        if outcome.problem is not None:
            assert str(tmp_path) not in outcome.problem.detail
        for name in outcome.features.__struct_fields__ if outcome.features else ():
            value = getattr(outcome.features, name)
            assert not isinstance(value, float) or np.isfinite(value), name


def children(of: str = "") -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if of in " ".join(child.cmdline())]


def only(pool: Pool, task: Task) -> Outcome:
    (outcome,) = pool.run([task])
    return outcome


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes")
def test_a_file_that_takes_too_long_costs_its_worker_only(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "stuck.mp3")  # opening it waits for a writer that never comes
    good = make_tone(tmp_path / "good.flac", seconds=1.0)
    with Pool(1, time_limit_s=1.0, niceness=0) as pool:
        assert only(pool, Task(1, str(good))).features is not None
        begun = time.monotonic()
        stuck = only(pool, Task(2, str(tmp_path / "stuck.mp3")))
        assert stuck.problem is not None and stuck.problem.problem == "timeout"
        assert time.monotonic() - begun < 60
        assert only(pool, Task(3, str(good), groups=frozenset({"loudness"}))).features is not None


def test_a_worker_that_dies_is_replaced_and_said_to_have_died(tmp_path: Path) -> None:
    good = make_tone(tmp_path / "good.flac", seconds=1.0)
    os.mkfifo(tmp_path / "stuck.mp3")
    for signal_name, word in (("SIGSEGV", "crashed"), ("SIGKILL", "out_of_memory")):
        with Pool(1, niceness=0) as pool:
            before = {child.pid for child in children()}
            assert only(pool, Task(1, str(good))).features is not None
            (worker,) = [
                c
                for c in psutil.Process().children()
                if c.pid not in before and "spawn_main" in str(c.cmdline())
            ]
            pool.submit(Task(2, str(tmp_path / "stuck.mp3")))
            assert (pool.free, pool.busy) == (0, 1)
            with pytest.raises(ValueError, match="busy"):
                pool.submit(Task(3, str(good)))
            assert pool.wait(0.2) == []
            worker.send_signal(getattr(signal, signal_name))
            (outcome,) = pool.wait(30.0)
            assert outcome.problem is not None and outcome.problem.problem == word
            assert only(pool, Task(4, str(good), "quick")).features is not None
        assert not worker.is_running()


def test_a_pool_recycles_cancels_and_leaves_no_process(tmp_path: Path) -> None:
    good = make_tone(tmp_path / "good.flac", seconds=1.0)
    os.mkfifo(tmp_path / "stuck.mp3")
    before = {child.pid for child in children()}
    pool = Pool(1, recycle_after=1, niceness=0)
    workers = set()
    for number in range(2):
        pool.submit(Task(number, str(good), "full", frozenset({"loudness"})))
        workers |= {child.pid for child in children("spawn_main")} - before
        while not pool.wait(10.0):
            pass
    assert len(workers) >= 2
    pool.submit(Task("lost", str(tmp_path / "stuck.mp3")))
    assert [task.tag for task in pool.cancel()] == ["lost"]
    assert (pool.busy, pool.free) == (0, 1)
    pool.close()
    assert not {child.pid for child in children("spawn_main")} - before


def test_faults_survive_the_way_between_processes() -> None:
    fault = pickle.loads(pickle.dumps(Unanalysable("empty", "The file has no bytes.")))
    assert (fault.problem, fault.detail, fault.code) == ("empty", "The file has no bytes.", "unanalysable")
