"""Damaged and malicious files: each gets a reason, none costs much time or memory."""

from __future__ import annotations

import base64
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TIT2

from resonance.audio.facts import REASONS, BrokenFile
from resonance.audio.fingerprint import payload_id
from resonance.audio.tags import read_tags
from tests.fixtures.audio import FORMATS, encoded, make_tone, picture

TAGGED = {"title": "Title", "artist": "Artist", "album": "Album", "number": "1"}
# Formats whose headers tell how much sound there should be.
SIZED = ("mp3vbr", "flac", "ogg", "oggflac", "opus", "m4a", "m4a_moov_last", "alac", "wav", "aiff", "wma")


def reason_of(path: Path) -> str | None:
    try:
        read_tags(str(path))
    except BrokenFile as broken:
        assert broken.reason in REASONS and broken.detail
        return broken.reason
    return None


@pytest.mark.parametrize("kind", SIZED)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.8])
def test_cut_files_are_truncated(kind: str, share: float, tmp_path: Path) -> None:
    path = make_tone(tmp_path / f"x.{FORMATS[kind][0]}", kind, 5.0, **TAGGED)
    assert reason_of(path) is None
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert reason_of(path) == "truncated"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("length", [1, 3, 9, 17, 40, 100])
def test_cut_in_the_first_bytes(kind: str, length: int, tmp_path: Path) -> None:
    path = tmp_path / f"x.{FORMATS[kind][0]}"
    path.write_bytes(encoded(kind)[:length])
    assert reason_of(path) in ("truncated", "not_audio", "bad_tags")


@pytest.mark.parametrize("kind", ["mp3", "flac", "wav"])
def test_cut_inside_the_tags(kind: str, tmp_path: Path) -> None:
    art = picture("#445566", 700) + random.Random(1).randbytes(60_000)
    path = make_tone(tmp_path / f"x.{kind}", kind, 2.0, cover=art, **TAGGED)
    data = path.read_bytes()
    where = data.index(art[:64]) if art[:64] in data else len(data) // 2
    path.write_bytes(data[: where + 40_000] if where < len(data) - 60_000 else data[:where])
    assert reason_of(path) == "truncated"


def test_plain_reasons(tmp_path: Path) -> None:
    cases = {
        "empty.mp3": (b"", "empty"),
        "text.mp3": (b"this is no music\n" * 500, "not_audio"),
        "html.flac": (b"<!doctype html><title>404</title>" * 50, "not_audio"),
        "zeros.mp3": (bytes(500_000), "not_audio"),
        "picture.mp3": (picture(side=300), "not_audio"),
        "elf.ogg": (b"\x7fELF" + bytes(5_000), "not_audio"),
        "only_tag.mp3": (_only_tag(), "truncated"),
        "noise.bin": (random.Random(3).randbytes(200_000), "not_audio"),
    }
    for name, (data, reason) in cases.items():
        (tmp_path / name).write_bytes(data)
        assert reason_of(tmp_path / name) == reason, name


def _only_tag() -> bytes:
    import io

    out = io.BytesIO()
    tags = ID3()
    tags.add(TIT2(3, "x"))
    tags.save(out)
    return out.getvalue()


def test_a_video_without_sound_is_not_audio(tmp_path: Path) -> None:
    from resonance.audio.ffmpeg import find_ffmpeg

    out = tmp_path / "x.mp4"
    source = ["-f", "lavfi", "-i", "color=c=red:s=64x64:d=0.2", "-c:v", "mpeg4"]
    subprocess.run([find_ffmpeg(), "-v", "error", *source, str(out)], check=True)
    assert reason_of(out) == "not_audio"


def test_no_permission_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "x.mp3").mkdir()
    assert reason_of(tmp_path / "x.mp3") == "unreadable"


def test_two_thousand_mutations_end_well(tmp_path: Path) -> None:
    """Bytes flipped, cut out, repeated and overwritten anywhere: facts or a reason, never anything else."""
    rng = random.Random(7)
    originals = []
    for kind in FORMATS:
        path = make_tone(
            tmp_path / f"o.{FORMATS[kind][0]}",
            kind,
            0.5,
            cover=None if kind in ("wma", "aac", "tta") else picture(),
        )
        originals.append((FORMATS[kind][0], path.read_bytes()))
    for number in range(2_000):
        extension, data = originals[number % len(originals)]
        path = tmp_path / f"m.{extension}"
        path.write_bytes(_mutated(rng, data))
        reason_of(path)
        try:
            payload_id(str(path))
        except BrokenFile as broken:
            assert broken.reason in REASONS


def _mutated(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        # Most damage near the start, where the structure is.
        at = (
            min(len(out) - 1, int(rng.expovariate(1 / 400)))
            if rng.random() < 0.7
            else rng.randrange(len(out))
        )
        kind = rng.randrange(4)
        if kind == 0:
            out[at] = rng.randrange(256)
        elif kind == 1:
            out[at : at + 4] = rng.choice(
                [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", rng.randbytes(4)]
            )
        elif kind == 2:
            del out[at : at + rng.randrange(1, 200)]
        else:
            out[at:at] = out[at : at + rng.randrange(1, 200)]
        if not out:
            return b"x"
    return bytes(out)


def _id3(frames: bytes, version: int = 3) -> bytes:
    size = len(frames)
    return (
        b"ID3" + bytes([version, 0, 0]) + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0)) + frames
    )


def _bomb_zip() -> bytes:
    packed = zlib.compress(bytes(800_000_000), 9)
    frame = struct.pack(">I", 800_000_000) + packed
    return _id3(b"TXXX" + struct.pack(">IH", len(frame), 0x0080) + frame) + encoded("mp3")


def _bomb_frames() -> bytes:
    one = b"TXXX" + struct.pack(">IH", 6, 0) + b"\0%04d\0"
    return _id3(b"".join(one % (n % 10_000) for n in range(900_000))) + encoded("mp3")


def _bomb_id3_size() -> bytes:
    return b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + encoded("mp3")


def _bomb_flac_comments() -> bytes:
    plain = encoded("flac")
    block = struct.pack("<I", 0) + struct.pack("<I", 4_000_000) + bytes(16_000_000)
    return (
        plain[:4]
        + bytes([0])
        + plain[5:42]
        + b"\x84"
        + struct.pack(">I", len(block))[1:]
        + block
        + plain[42:]
    )


def _bomb_mp4_depth() -> bytes:
    inner = b""
    for _ in range(40_000):
        inner = struct.pack(">I", 8 + len(inner)) + b"moov" + inner if len(inner) < 400_000 else inner
    return b"\0\0\0\x10ftypM4A \0\0\0\0" + inner


def _bomb_mp4_atoms() -> bytes:
    inner = b"\0\0\0\x08free" * 2_500_000
    return b"\0\0\0\x10ftypM4A \0\0\0\0" + struct.pack(">I", 8 + len(inner)) + b"moov" + inner


def _bomb_wav_chunks() -> bytes:
    return b"RIFF\xff\xff\xff\x7fWAVE" + b"junk\0\0\0\0" * 2_500_000


def _bomb_ape() -> bytes:
    items = b"".join(struct.pack("<II", 1, 0) + b"k%07d\0x" % n for n in range(1_000_000))
    footer = b"APETAGEX" + struct.pack("<IIII", 2000, len(items) + 32, 1_000_000, 0) + bytes(8)
    return encoded("wv") + items + footer


def _bomb_ogg_comments() -> bytes:
    plain = encoded("opus")
    body = b"OpusTags" + struct.pack("<II", 0, 0xFFFFFFF) + bytes(50_000)
    second = plain.index(b"OggS", 4)
    lacing = b"\xff" * (len(body) // 255) + bytes([len(body) % 255])
    return (
        plain[:second]
        + plain[second : second + 26]
        + bytes([len(lacing)])
        + lacing
        + body
        + plain[second + 60 :]
    )


BOMBS: list[Callable[[], bytes]] = [
    _bomb_zip,
    _bomb_frames,
    _bomb_id3_size,
    _bomb_flac_comments,
    _bomb_mp4_depth,
    _bomb_mp4_atoms,
    _bomb_wav_chunks,
    _bomb_ape,
    _bomb_ogg_comments,
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda b: b.__name__)
def test_bombs_cost_little(bomb: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "bomb.mp3"
    path.write_bytes(bomb())
    reason, seconds, grown = _measured(path)
    assert reason in ("truncated", "bad_tags", "not_audio", "None")
    if bomb is not _bomb_zip:
        assert reason != "None"
    assert seconds < 30
    assert grown < 100 * 1024


def _measured(path: Path) -> tuple[str, float, int]:
    """(reason, seconds, KiB the process grew by), read in a process of its own."""
    script = (
        "import sys, time\n"
        "from resonance.audio.tags import read_tags, BrokenFile\n"
        "from resonance.audio import tags_id3, tags_vorbis, tags_mp4, tags_other\n"
        # ru_maxrss would be the parent's: it survives exec.
        "peak = lambda: next(int(r.split()[1]) for r in open('/proc/self/status') if r.startswith('VmHWM'))\n"
        "before, started, reason = peak(), time.perf_counter(), None\n"
        "try: read_tags(sys.argv[1])\n"
        "except BrokenFile as broken: reason = broken.reason\n"
        "print(reason, time.perf_counter() - started, peak() - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    reason, seconds, grown = done.stdout.split()
    return reason, float(seconds), int(grown)


@pytest.mark.parametrize("kind", ["mp3", "flac", "ogg", "opus", "m4a"])
def test_covers_of_twenty_megabytes_are_fine(kind: str, tmp_path: Path) -> None:
    # FLAC blocks end at 16 MB by their format.
    art = picture() + random.Random(1).randbytes(15_000_000 if kind == "flac" else 20_000_000)
    path = make_tone(tmp_path / f"x.{kind}", cover=art, title="big")
    reason, seconds, grown = _measured(path)
    assert reason == "None"
    assert seconds < 30
    assert grown < 130 * 1024, grown


def test_broken_pictures_do_not_break_the_sound(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.ogg", title="fine")
    from mutagen.oggvorbis import OggVorbis

    audio = OggVorbis(path)
    audio["metadata_block_picture"] = ["!!!", base64.b64encode(b"\0\0\0\3\0\0").decode()]
    audio["coverart"] = "%%%"
    audio.save()
    facts = read_tags(str(path))
    assert (facts.title, facts.cover) == ("fine", None)


def test_streamed_wav_without_a_length_is_fine(tmp_path: Path) -> None:
    data = bytearray(encoded("wav"))
    at = data.index(b"data") + 4
    data[at : at + 4] = b"\xff\xff\xff\xff"
    path = tmp_path / "x.wav"
    path.write_bytes(data)
    assert reason_of(path) is None


def test_flac_with_junk_after_it_is_fine(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.flac", seconds=3.0, title="x")
    path.write_bytes(path.read_bytes() + b"TAG" + bytes(125))
    assert reason_of(path) is None
    assert FLAC(path)["title"] == ["x"]
