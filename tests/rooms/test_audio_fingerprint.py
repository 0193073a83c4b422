"""The payload id names what is heard: tags never change it, other sound always does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3

from resonance.audio.ffmpeg import find_ffmpeg
from resonance.audio.fingerprint import payload_id
from tests.fixtures.audio import FORMATS, make_tone, picture, tag_file
from tests.fixtures.process import bytes_read


def name(path: Path) -> str:
    return payload_id(str(path))


@pytest.mark.parametrize("kind", [k for k in FORMATS if k not in ("aac", "tta")])
def test_retagging_keeps_it_and_other_sound_changes_it(kind: str, tmp_path: Path) -> None:
    path = make_tone(tmp_path / f"x.{FORMATS[kind][0]}", kind, 3.0)
    before = name(path)
    tag_file(path, title="a", artist="b" * 300)
    assert name(path) == before
    if kind not in ("speex", "oggflac", "wma"):
        tag_file(path, cover=picture("#123456", 900), comment="c" * 70_000)
        assert name(path) == before
    tag_file(path, title="shorter")
    assert name(path) == before
    assert name(make_tone(tmp_path / f"y.{FORMATS[kind][0]}", kind, 3.0, hertz=523.0)) != before
    assert name(make_tone(tmp_path / f"z.{FORMATS[kind][0]}", kind, 3.5)) != before


def test_large_ogg_covers_move_pages_but_not_the_name(tmp_path: Path) -> None:
    for kind in ("ogg", "opus"):
        path = make_tone(tmp_path / f"x.{kind}", kind, 3.0)
        before = name(path)
        tag_file(path, cover=picture() + bytes(300_000))
        assert name(path) == before


def test_mp3_with_every_kind_of_tag_around_it(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.mp3", seconds=3.0)
    before = name(path)
    tag_file(path, title="x")
    ID3(path).save(path, v1=2, padding=lambda info: 5_000)
    assert path.read_bytes()[-128:-125] == b"TAG"
    assert name(path) == before
    from mutagen.apev2 import APEv2

    ape = APEv2()
    ape["Title"] = "x"
    ape.save(path)
    assert name(path) == before


def test_mp4_index_may_move(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.m4a", "m4a_moov_last", 3.0)
    moved = tmp_path / "y.m4a"
    command = [
        find_ffmpeg(),
        "-v",
        "error",
        "-i",
        str(path),
        "-c",
        "copy",
        "-movflags",
        "+faststart",
        "-fflags",
        "+bitexact",
    ]
    subprocess.run([*command, str(moved)], check=True)
    data, other = path.read_bytes(), moved.read_bytes()
    assert (data.index(b"moov") > data.index(b"mdat")) and (other.index(b"moov") < other.index(b"mdat"))
    assert name(path) == name(moved)


def test_flac_without_md5_uses_its_frames(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.flac", seconds=3.0)
    data = bytearray(path.read_bytes())
    data[26:42] = bytes(16)
    path.write_bytes(data)
    before = name(path)
    audio = FLAC(path)
    audio["title"] = "x" * 20_000
    audio.save(padding=lambda info: 10_000)
    assert name(path) == before
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    assert name(path) != before


def test_copies_agree_and_long_files_are_not_read_whole(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.wav", seconds=1.0)
    shutil.copy(path, tmp_path / "y.wav")
    assert name(path) == name(tmp_path / "y.wav")
    long = make_tone(tmp_path / "long.wav", seconds=120.0)
    before = bytes_read()
    name(long)
    assert bytes_read() - before < long.stat().st_size / 20
