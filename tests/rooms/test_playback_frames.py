"""Frame readers: seeking, odd streams, damaged and hostile files."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from mutagen.id3 import APIC, ID3, TIT2

from resonance.audio import fmp4
from resonance.audio.facts import BrokenFile
from resonance.audio.flac_frames import FlacFile
from resonance.audio.flac_header import _CRC16, _crc8, parse_header
from resonance.audio.mp3_frames import Mp3File
from tests.fixtures.process import bytes_read
from tests.rooms.playback_kit import KINDS, heard, make

FRAGMENT = 4 * 44100


def muxed(flac: FlacFile, fragment: int = FRAGMENT, first: int = 0) -> bytes:
    """Init and every fragment from `first` on."""
    info = flac.info
    entry = fmp4.flac_entry(info.raw, info.sample_rate_hz, info.channels, info.bit_depth)
    out = [fmp4.init_segment(entry, info.sample_rate_hz)]
    number = first
    while piece := flac.read(number * fragment, (number + 1) * fragment):
        assert number * fragment <= piece.start < (number + 1) * fragment
        out.append(fmp4.fragment(number + 1, piece.start, piece.sizes, piece.durations, piece.data))
        number += 1
    return b"".join(out)


def crc16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = (crc << 8 & 0xFFFF) ^ _CRC16[crc >> 8 ^ byte]
    return crc


def number(value: int) -> bytes:
    """A FLAC coded number."""
    if value < 0x80:
        return bytes([value])
    tail: list[int] = []
    while value >= 1 << (6 - len(tail)):
        tail.insert(0, 0x80 | value & 0x3F)
        value >>= 6
    return bytes([0xFF00 >> len(tail) + 1 & 0xFF | value, *tail])


def variable(path: Path) -> Path:
    """A FLAC file of variable block size, put together of pieces with different ones."""
    sound = make(path.with_suffix(".wav"), KINDS["wav"], 13.37)
    blocks = [4096, 1152, 16384, 300, 4608, 192, 65000, 2048]
    out, at, info = bytearray(), 0, b""
    for turn, block in enumerate(blocks * 3):
        length = block * 2 + (0 if turn < 23 else 77)
        piece = path.with_suffix(".piece.flac")
        cut = f"atrim=start_sample={at}:end_sample={at + length}"
        how = ["-af", cut, "-c:a", "flac", "-frame_size", str(block), str(piece)]
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", sound, *how], check=True)
        flac = FlacFile.open(piece)
        info = flac.info.raw
        found = flac.read(0, 1 << 40)
        assert found is not None
        start = 0
        for size, duration in zip(found.sizes, found.durations, strict=True):
            frame = found.data[start : start + size]
            header = parse_header(frame[:16], flac.info)
            assert header is not None and header.block == duration
            old = len(number(header.number))
            extra = {6: 1, 7: 2}.get(frame[2] >> 4, 0)
            rest = 4 + old + extra + {12: 1, 13: 2, 14: 2}.get(frame[2] & 15, 0)
            head = b"\xff\xf9" + frame[2:4] + number(at) + frame[4 + old : rest]
            head += bytes([_crc8(head)])
            body = head + frame[rest + 1 : -2]
            out += body + crc16(body).to_bytes(2, "big")
            at += duration
            start += size
    packed = int.from_bytes(info[10:18], "big") >> 36 << 36 | at
    info = (16).to_bytes(2, "big") + (65000).to_bytes(2, "big") + bytes(6) + packed.to_bytes(8, "big")
    path.write_bytes(b"fLaC\x80\x00\x00\x22" + info + bytes(16) + out)
    return path


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("song") / "a.flac", KINDS["flac"], 31.4159)


def test_variable_blocks(tmp_path: Path) -> None:
    flac = FlacFile.open(variable(tmp_path / "a.flac"))
    wanted = heard(tmp_path / "a.flac")
    assert flac.fixed_block is None
    assert flac.samples == len(wanted)
    assert np.array_equal(heard(muxed(flac)), wanted)
    assert np.array_equal(heard(muxed(flac, first=2)), wanted[-len(heard(muxed(flac, first=2))) :])


def test_any_place_is_found_in_any_order(song: Path) -> None:
    wanted = FlacFile.open(song)
    whole = wanted.read(0, 1 << 40)
    assert whole is not None
    flac = FlacFile.open(song)
    chance = random.Random(7)
    starts = [sum(whole.durations[:n]) for n in range(len(whole.durations))]
    for _ in range(60):
        first = chance.randrange(wanted.samples)
        piece = flac.read(first, first + FRAGMENT)
        inside = [n for n, start in enumerate(starts) if first <= start < first + FRAGMENT]
        if not inside:
            assert piece is None
            continue
        assert piece is not None
        assert piece.start == starts[inside[0]]
        assert piece.sizes == [whole.sizes[n] for n in inside]
        assert piece.durations == [whole.durations[n] for n in inside]
        assert piece.data == whole.data[sum(whole.sizes[: inside[0]]) :][: len(piece.data)]


def test_tags_around_the_stream_are_left_out(song: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.flac"
    tag = ID3()
    tag.add(TIT2(text="x"))
    tag.add(APIC(mime="image/png", type=3, data=b"\xff\xf8\x69\x18\x00" * 30_000))
    file.write_bytes(song.read_bytes())
    tag.save(file, v1=2)
    assert file.read_bytes()[:3] == b"ID3"
    assert file.read_bytes()[-128:-125] == b"TAG"
    assert muxed(FlacFile.open(file)) == muxed(FlacFile.open(song))


def test_a_stream_that_does_not_say_how_long_it_is(song: Path, tmp_path: Path) -> None:
    data = bytearray(song.read_bytes())
    data[8 + 13] &= 0xF0
    data[8 + 14 : 8 + 18] = bytes(4)
    (tmp_path / "a.flac").write_bytes(data)
    flac = FlacFile.open(tmp_path / "a.flac")
    assert (flac.info.samples, flac.samples) == (0, FlacFile.open(song).samples)


def test_a_file_cut_short_ends_with_its_last_whole_frame(song: Path, tmp_path: Path) -> None:
    data = song.read_bytes()
    wanted = heard(song)
    file = tmp_path / "a.flac"
    for cut in [random.Random(3).randrange(50_000, len(data)) for _ in range(3)]:
        for tail in (b"", bytes(50_000), random.Random(5).randbytes(50_000)):
            file.write_bytes(data[:cut] + tail)
            flac = FlacFile.open(file)
            found = heard(muxed(flac))
            assert len(found) == flac.samples > 0
            assert np.array_equal(found, wanted[: len(found)])
            assert len(found) > cut / len(data) * len(wanted) - 20_000


def test_damage_in_the_middle_costs_only_its_frames(song: Path, tmp_path: Path) -> None:
    data = bytearray(song.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 30_000] = random.Random(5).randbytes(30_000)
    (tmp_path / "a.flac").write_bytes(data)
    flac, whole = FlacFile.open(tmp_path / "a.flac"), FlacFile.open(song)
    assert flac.samples == whole.samples
    found, wanted = flac.read(0, 1 << 40), whole.read(0, 1 << 40)
    assert found is not None and wanted is not None
    assert sum(found.durations) == sum(wanted.durations)
    assert len(wanted.sizes) - 8 < len(found.sizes) < len(wanted.sizes)
    assert heard(muxed(flac)).shape[1] == 2  # it decodes


def test_a_huge_file_costs_no_more(song: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.flac"
    file.write_bytes(song.read_bytes())
    with file.open("ab") as sparse:
        sparse.truncate(8 << 30)
    before = bytes_read()
    flac = FlacFile.open(file)
    assert flac.samples == FlacFile.open(song).samples
    assert flac.read(20 * 44100, 24 * 44100) is not None
    assert bytes_read() - before < 64 << 20


@pytest.mark.parametrize("seed", range(20))
def test_hostile_flac_is_refused_or_read_never_worse(song: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(song.read_bytes()[: chance.randrange(60, 400_000)])
    for _ in range(chance.randrange(1, 60)):
        data[chance.randrange(4, min(len(data), chance.choice((60, 9_000, 400_000))))] = chance.randrange(256)
    file = tmp_path / "a.flac"
    file.write_bytes(data)
    started = time.monotonic()
    try:
        flac = FlacFile.open(file)
        for first in range(0, min(flac.samples, 100 * FRAGMENT), FRAGMENT):
            piece = flac.read(first, first + FRAGMENT)
            if piece is not None:
                fmp4.fragment(1, piece.start, piece.sizes, piece.durations, piece.data)
                assert all(duration >= 0 for duration in piece.durations)
    except BrokenFile:
        pass
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "data", [b"", b"fLaC", b"fLaC\x80\xff\xff\xff", b"fLaC" + bytes(100), b"\xff\xfb\xe0\x44"]
)
def test_what_is_no_music_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    for reader in (FlacFile, Mp3File):
        with pytest.raises(BrokenFile):
            reader.open(tmp_path / "a")


def test_mp3_frames_between_garbage(tmp_path: Path) -> None:
    file = make(tmp_path / "a.mp3", KINDS["mp3-bare"], 20.0)
    clean = Mp3File.open(file)
    frames = [clean.read(n, n + 1) for n in range(clean.frames)]
    assert b"".join(frames) == file.read_bytes()
    chance = random.Random(1)
    dirty = bytearray()
    for n, frame in enumerate(frames):
        if n % 50 == 7:
            dirty += chance.randbytes(chance.randrange(1, 5_000)).replace(b"\xff", b"\xfe")
        dirty += frame
    file.write_bytes(dirty + frames[-1][:100])
    found = Mp3File.open(file)
    assert found.frames == len(frames)
    assert found.read(100, 300) == b"".join(frames[100:300])
    assert found.read(len(frames), len(frames) + 9) == b""


def test_mp3_with_tags_at_both_ends(tmp_path: Path) -> None:
    file = make(tmp_path / "a.mp3", KINDS["mp3-cbr"], 9.0)
    before = Mp3File.open(file)
    wanted = before.read(0, 1 << 40)
    tag = ID3(file)
    tag.add(APIC(mime="image/png", type=3, data=b"\xff\xfb\xe0\x44" * 60_000))
    tag.save(file, v1=2)
    footer = b"APETAGEX" + b"".join(n.to_bytes(4, "little") for n in (2000, 32, 0, 0)) + bytes(8)
    data = file.read_bytes()
    file.write_bytes(data[:-128] + footer + data[-128:])
    found = Mp3File.open(file)
    assert found.read(0, 1 << 40) == wanted
    assert b"Info" not in wanted[:200] and b"Xing" not in wanted[:200]


@pytest.mark.parametrize("seed", range(10))
def test_hostile_mp3_is_refused_or_read(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    file = make(tmp_path / "a.mp3", KINDS["mp3-vbr"], 9.0)
    data = bytearray(file.read_bytes())
    for _ in range(chance.randrange(1, 400)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(data)
    try:
        found = Mp3File.open(file)
        whole = found.read(0, 1 << 40)
        assert len(whole) <= len(data)
        assert found.read(0, 50) + found.read(50, 1 << 40) == whole
    except BrokenFile:
        pass
