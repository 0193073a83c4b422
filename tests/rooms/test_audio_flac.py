"""The lean FLAC reader and mutagen's must come to the same values, on good files and on damaged ones."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import pytest
from mutagen import MutagenError

from resonance.audio import flac_common
from resonance.audio.raw import RawTags, Unusual
from resonance.audio.tags_vorbis import read_flac, read_flac_by_mutagen

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
COMMENTS = (
    "TITLE=Ein Stück (feat. Jemand)".encode(),
    b"artist=One",
    b"Artist=Two",
    b"ALBUM=",
    b"GENRE=Rock=Pop",
    b"no equals sign",
    b"=no name",
    "TıTLE=dotless".encode(),
    b"COMMENT=\xff\xfe broken \xe3\x81",
    b"T\xc3TLE=broken name",
    b"REPLAYGAIN_TRACK_GAIN=-7.20 dB",
    b"LYRICS=one\ntwo\x00three",
    b"MUSICBRAINZ_ARTISTID=a",
    b"MUSICBRAINZ_ARTISTID=b",
    b"WHATEVER=else",
)


def info(*, rate: int = 44_100, samples: int = 66_150, channels: int = 2, depth: int = 16) -> bytes:
    packed = rate << 44 | (channels - 1) << 41 | (depth - 1) << 36 | samples
    return bytes.fromhex("10001000000000000000") + packed.to_bytes(8, "big") + bytes(range(16))


def comments(*values: bytes, vendor: bytes = b"Lavf") -> bytes:
    out = len(vendor).to_bytes(4, "little") + vendor + len(values).to_bytes(4, "little")
    return out + b"".join(len(value).to_bytes(4, "little") + value for value in values)


def picture(kind: int, data: bytes, *, mime: bytes = b"image/png", title: bytes = b"") -> bytes:
    texts = b"".join(len(text).to_bytes(4, "big") + text for text in (mime, title))
    return kind.to_bytes(4, "big") + texts + bytes(16) + len(data).to_bytes(4, "big") + data


def flac(*blocks: tuple[int, bytes], sound: int = 5_000) -> bytes:
    out = b"fLaC"
    for number, (kind, data) in enumerate(blocks, 1):
        out += bytes([kind | (0x80 if number == len(blocks) else 0)]) + len(data).to_bytes(3, "big") + data
    return out + b"\xff\xf8" * (sound // 2)


def values(raw: RawTags) -> tuple[Any, ...]:
    return raw.stream, raw.values, raw.texts, raw.cover, raw.cover_rank


COMMON = {
    "bare": flac((0, info())),
    "everything": flac(
        (0, info()), (3, bytes(36)), (4, comments(*COMMENTS)), (6, picture(3, PNG)), (2, b"appl"),
        (1, bytes(900)),
    ),
    "no comments": flac((0, info()), (4, comments())),
    "no vendor": flac((0, info()), (4, comments(b"TITLE=x", vendor=b""))),
    "best picture is last": flac(
        (0, info()), (6, picture(4, PNG)), (6, picture(0, PNG + b"0")), (6, picture(3, PNG + b"3"))
    ),
    "picture is no picture": flac((0, info()), (6, picture(3, b"text", title="Über".encode()))),
    "large picture": flac((0, info()), (6, picture(3, PNG * 40_000)), (4, comments(b"TITLE=x"))),
    "length unknown": flac((0, info(samples=0)), (4, comments(b"TITLE=x"))),
    "high resolution": flac((0, info(rate=655_350, samples=(1 << 36) - 1, channels=8, depth=32))),
    "no sound": flac((0, info()), sound=0),
}  # fmt: skip
UNCOMMON = {
    "comment longer than its block": flac((0, info()), (4, comments(b"TITLE=x")[:-1]), (1, bytes(50))),
    "comment shorter than its block": flac((0, info()), (4, comments(b"TITLE=x") + b"\0"), (1, bytes(50))),
    "two comment blocks": flac((0, info()), (4, comments(b"TITLE=x")), (4, comments(b"ALBUM=x"))),
    "cue sheet": flac((0, info()), (5, bytes(396)), (4, comments(b"TITLE=x"))),
    "kind nobody knows": flac((0, info()), (9, bytes(20)), (4, comments(b"TITLE=x"))),
    "information is not first": flac((4, comments(b"TITLE=x")), (0, info())),
    "no rate": flac((0, info(rate=0))),
    "picture longer than its block": flac((0, info()), (6, picture(3, PNG)[:-3]), (1, bytes(90))),
    "picture in a comment": flac((0, info()), (4, comments(b"title=x", b"coverart=iVBORw0KGgo="))),
    "cut": flac((0, info()), (4, comments(*COMMENTS)))[:120],
    "ID3 in front": b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + flac((0, info()), (4, comments(b"TITLE=x"))),
}


@pytest.mark.parametrize("name", COMMON)
def test_common_files_are_read_without_mutagen(name: str) -> None:
    assert values(flac_common.read(BytesIO(COMMON[name]))) == values(
        read_flac_by_mutagen(BytesIO(COMMON[name]))
    )


def test_what_everything_holds() -> None:
    raw = flac_common.read(BytesIO(COMMON["everything"]))

    assert raw.values["artist"] == ["One", "Two"]
    assert raw.values["title"] == ["Ein Stück (feat. Jemand)"]
    assert raw.values["genre"] == ["Rock=Pop"]
    assert raw.cover == PNG
    assert (raw.stream.duration_s, raw.stream.sample_rate_hz, raw.stream.bit_depth) == (1.5, 44_100, 16)


@pytest.mark.parametrize("name", UNCOMMON)
def test_uncommon_files_are_left_to_mutagen(name: str) -> None:
    with pytest.raises(Unusual):
        flac_common.read(BytesIO(UNCOMMON[name]))


def test_what_was_left_to_mutagen_is_read_from_the_start() -> None:
    raw = read_flac(BytesIO(UNCOMMON["two comment blocks"]))

    assert raw.values == {"title": ["x"]}


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_are_read_alike_or_left_to_mutagen(seed: int) -> None:
    dice = random.Random(seed)
    originals = [data[: 2_000 + 5_000] for name, data in COMMON.items() if name != "large picture"]
    read = 0
    for _ in range(400):
        data = bytearray(dice.choice(originals))
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(4, min(700, len(data)))] = dice.choice(
                (0, 0, 1, 4, 6, 32, 61, 65, 127, 132, 255)
            )
        try:
            raw = flac_common.read(BytesIO(bytes(data)))
        except Unusual:
            continue
        read += 1
        assert values(raw) == values(read_flac_by_mutagen(BytesIO(bytes(data))))
    assert read > 40


def test_the_damage_can_be_too_much_for_both() -> None:
    with pytest.raises(MutagenError):
        read_flac(BytesIO(UNCOMMON["cut"]))
