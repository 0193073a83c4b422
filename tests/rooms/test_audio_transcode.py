"""Real ffmpeg: formats, offsets, odd names, failures and the end of the process."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from resonance.audio.ffmpeg import find_ffmpeg
from resonance.audio.tags import read_tags
from resonance.audio.transcode import CHUNK, TARGETS, Transcoder, ffmpeg_command
from resonance.core.errors import Invalid, Unavailable
from tests.fixtures.audio import make_tone, picture


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tone(tmp_path_factory.mktemp("song") / "song.flac", seconds=20.0, title="x", cover=picture())


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_what_it_says(target: str, song: Path, tmp_path: Path) -> None:
    with Transcoder.open(str(song), target, 96) as sound:
        data = b"".join(sound)
        assert sound.complete
    out = tmp_path / f"x.{TARGETS[target].extension}"
    out.write_bytes(data)
    facts = read_tags(str(out))
    assert facts.format == target
    assert facts.cover is None
    assert facts.duration_s == pytest.approx(20, abs=0.3) or target == "flac"
    if target == "mp3":
        assert facts.bit_rate_kbps == 96


def test_offset_starts_later(song: Path, tmp_path: Path) -> None:
    with Transcoder.open(str(song), "opus", offset_s=15) as sound:
        (tmp_path / "x.opus").write_bytes(b"".join(sound))
    assert read_tags(str(tmp_path / "x.opus")).duration_s == pytest.approx(5, abs=0.2)


def test_chunks_are_large(song: Path) -> None:
    with Transcoder.open(str(song), "flac") as sound:
        sizes = [len(chunk) for chunk in sound]
    assert len(sizes) > 2 and all(size >= CHUNK for size in sizes[:-1])


@pytest.mark.parametrize(
    "name", ["-i", "concat:a|b.flac", "http:x.flac", "a\nb %d '\".flac", "pipe:0", "ü 東.flac"]
)
def test_names_are_only_names(name: str, song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(song.read_bytes())
    with Transcoder.open(name, "mp3") as sound:
        assert sum(map(len, sound)) > 10_000


def test_names_that_are_no_text(song: Path, tmp_path: Path) -> None:
    path = os.fsdecode(bytes(tmp_path) + b"/\xff.flac")
    Path(path).write_bytes(song.read_bytes())
    with Transcoder.open(path, "mp3") as sound:
        assert sum(map(len, sound)) > 10_000


def test_closing_early_ends_ffmpeg(song: Path) -> None:
    sound = Transcoder.open(str(song), "flac")
    next(iter(sound))
    pid = sound.pid
    sound.close()
    sound.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not sound.complete


def test_a_process_that_will_not_end_is_killed(tmp_path: Path, song: Path) -> None:
    stubborn = tmp_path / "ffmpeg"
    stubborn.write_text("#!/bin/sh\ntrap '' TERM\nhead -c 100000 /dev/zero\nwhile true; do sleep 0.1; done\n")
    stubborn.chmod(stubborn.stat().st_mode | stat.S_IXUSR)
    sound = Transcoder.open(str(song), "mp3", program=str(stubborn))
    started = time.monotonic()
    sound.close()
    assert 1.5 < time.monotonic() - started < 30


def test_failure_before_the_first_byte_says_why(tmp_path: Path) -> None:
    (tmp_path / "x.flac").write_bytes(b"no sound at all" * 100)
    with pytest.raises(Unavailable) as caught:
        Transcoder.open(str(tmp_path / "x.flac"), "mp3")
    assert caught.value.message.startswith("ffmpeg made no sound: ")
    assert "marking filters" not in caught.value.message
    assert str(tmp_path) not in caught.value.message
    with pytest.raises(Unavailable):
        Transcoder.open(str(tmp_path / "gone.flac"), "mp3")


def test_a_program_that_fails_later_is_not_complete(tmp_path: Path, song: Path) -> None:
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\nhead -c 100000 /dev/zero\necho out of luck >&2\nexit 3\n")
    broken.chmod(0o755)
    with Transcoder.open(str(song), "mp3", program=str(broken)) as sound:
        assert sum(map(len, sound)) == 100_000
        assert not sound.complete
        assert sound.problem == "out of luck"


def test_wrong_wishes_are_invalid(song: Path) -> None:
    for wish in ({"target": "midi"}, {"target": "mp3", "offset_s": -1.0}):
        with pytest.raises(Invalid):
            ffmpeg_command(str(song), **wish)  # type: ignore[arg-type]


def test_bit_rates_are_held_in_bounds(song: Path) -> None:
    assert "320k" in ffmpeg_command(str(song), "mp3", 9_999)
    assert "16k" in ffmpeg_command(str(song), "opus", 1)
    assert "-b:a" not in ffmpeg_command(str(song), "flac", 128)


def test_finding_ffmpeg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Path(find_ffmpeg()).is_absolute()
    with pytest.raises(Unavailable):
        find_ffmpeg(str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "ffmpeg" in find_ffmpeg()  # the package's own
