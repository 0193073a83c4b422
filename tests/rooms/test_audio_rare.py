"""Formats that ffmpeg cannot write: their headers are built here, mutagen tags them."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from mutagen.apev2 import APEv2
from mutagen.dsf import DSF
from mutagen.id3 import TALB, TIT2, TPE1

from resonance.audio.facts import BrokenFile
from resonance.audio.fingerprint import payload_id
from resonance.audio.tags import read_tags

SOUND = random.Random(4).randbytes(40_000)


def ape() -> bytes:
    head = b"MAC " + struct.pack("<HHIIIIIII", 3990, 0, 52, 24, 0, 0, len(SOUND), 0, 0) + bytes(16)
    return head + struct.pack("<HHIIIHHI", 2000, 0, 73_728, 44_100, 3, 16, 2, 44_100) + SOUND


def musepack() -> bytes:
    return b"MP+\x07" + struct.pack("<II", 1_000, 0) + bytes(20) + SOUND


def dsf() -> bytes:
    fmt = struct.pack("<4sQIIIIIIQII", b"fmt ", 52, 1, 0, 2, 2, 2_822_400, 1, 2_822_400, 4_096, 0)
    data = struct.pack("<4sQ", b"data", 12 + len(SOUND)) + SOUND
    return struct.pack("<4sQQQ", b"DSD ", 28, 28 + len(fmt) + len(data), 0) + fmt + data


@pytest.mark.parametrize(("kind", "make", "codec"), [("ape", ape, "ape"), ("mpc", musepack, "musepack")])
def test_ape_tags(kind: str, make, codec: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"x.{kind}"
    path.write_bytes(make())
    before = payload_id(str(path))
    tags = APEv2()
    tags["Title"], tags["Artist"], tags["Album"] = "T", ["A", "B"], "L"
    tags["Year"], tags["Track"], tags["Album Artist"] = "1999", "3/9", "V"
    tags["REPLAYGAIN_TRACK_GAIN"] = "+1,50 dB"
    tags.save(path)
    facts = read_tags(str(path))
    assert (facts.format, facts.codec) == (kind, codec)
    assert (facts.title, facts.artists, facts.album) == ("T", ("A", "B"), "L")
    assert (facts.date, facts.number, facts.number_total) == ("1999", 3, 9)
    assert (facts.album_artists, facts.gain_track_db) == (("V",), 1.5)
    assert facts.duration_s > 1 and facts.sample_rate_hz == 44_100 and facts.channels == 2
    assert payload_id(str(path)) == before


def test_dsf(tmp_path: Path) -> None:
    path = tmp_path / "x.dsf"
    path.write_bytes(dsf())
    before = payload_id(str(path))
    audio = DSF(path)
    audio.add_tags()
    for frame in (TIT2(3, "T"), TPE1(3, "A"), TALB(3, "L")):
        audio.tags.add(frame)
    audio.save()
    facts = read_tags(str(path))
    assert (facts.format, facts.codec, facts.title, facts.artists, facts.album) == (
        "dsf",
        "dsd",
        "T",
        ("A",),
        "L",
    )
    assert (facts.sample_rate_hz, facts.bit_depth, facts.channels) == (2_822_400, 1, 2)
    assert payload_id(str(path)) == before


@pytest.mark.parametrize("make", [ape, musepack, dsf])
@pytest.mark.parametrize("length", [4, 20, 60])
def test_cut_headers(make, length: int, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "x.bin"
    path.write_bytes(make()[:length])
    with pytest.raises(BrokenFile):
        read_tags(str(path))
