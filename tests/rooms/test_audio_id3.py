"""The lean ID3 reader and mutagen's must come to the same values, on good tags and on mutated ones."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import pytest
from mutagen import id3

from resonance.audio import id3_common
from resonance.audio.raw import RawTags, Stream, Unusual
from resonance.audio.tags_id3 import add_frames

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def frames() -> list[Any]:
    return [
        id3.TIT2(encoding=3, text="Ein Stück (feat. Jemand)"),
        id3.TPE1(encoding=1, text=["Björk", "Ólafur"]),
        id3.TALB(encoding=0, text="Caf\xe9"),
        id3.TPE2(encoding=2, text="Ελένη"),
        id3.TRCK(encoding=3, text="3/12"),
        id3.TDRC(encoding=3, text="2001-05-03T10:20"),
        id3.TDOR(encoding=3, text="1999"),
        id3.TCON(encoding=3, text=["(17)", "Jazz", "8", "(RX)Dub"]),
        id3.TXXX(encoding=3, desc="REPLAYGAIN_TRACK_GAIN", text="-7.20 dB"),
        id3.TXXX(encoding=1, desc="MusicBrainz Artist Id", text=["a", "b"]),
        id3.UFID(owner="http://musicbrainz.org", data=b"abc"),
        id3.COMM(encoding=1, lang="deu", desc="", text="Ein Kommentar"),
        id3.COMM(encoding=3, lang="eng", desc="iTunNORM", text="0000"),
        id3.USLT(encoding=1, lang="eng", desc="", text="Zeile\nzwei"),
        id3.APIC(encoding=1, mime="image/png", type=0, desc="hinten", data=PNG),
        id3.APIC(encoding=3, mime="image/png", type=3, desc="", data=PNG + b"x"),
        id3.PRIV(owner="x", data=bytes(300)),
    ]


def tag(version: int, *, v1: bool = False) -> bytes:
    tags = id3.ID3()
    for frame in frames():
        tags.add(frame)
    if version == 3:
        tags.update_to_v23()
    out = BytesIO()
    tags.save(out, v2_version=version, v23_sep=None, v1=2 if v1 else 0)
    return out.getvalue()


def by_mutagen(data: bytes) -> RawTags:
    raw = RawTags(Stream("mp3", "mp3"))
    add_frames(raw, id3.ID3(BytesIO(data)))
    return raw


def values(raw: RawTags) -> tuple[Any, ...]:
    return {name: found for name, found in raw.values.items() if found}, raw.texts, raw.cover


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("v1", [False, True])
def test_common_tags_are_read_without_mutagen(version: int, v1: bool) -> None:
    data = tag(version, v1=v1)

    size, raw = id3_common.read(BytesIO(data))

    assert size == len(data) - (128 if v1 else 0)
    assert values(raw) == values(by_mutagen(data))
    assert raw.values["artist"] == ["Björk", "Ólafur"]
    assert raw.cover == PNG + b"x"


def test_an_old_tag_at_the_end_fills_gaps_only() -> None:
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=3, text="The long title that no old tag has room for"))
    tags.add(id3.TALB(encoding=3, text="Album"))
    out = BytesIO()
    tags.save(out, v1=2)
    old = id3.MakeID3v1({"TIT2": id3.TIT2(text="The long"), "TPE1": id3.TPE1(text="Somebody")})
    data = out.getvalue()[:-128] + old

    _, raw = id3_common.read(BytesIO(data))

    assert values(raw) == values(by_mutagen(data))
    assert raw.values["artist"] == ["Somebody"]


@pytest.mark.parametrize("seed", range(8))
def test_mutated_tags_are_read_alike_or_left_to_mutagen(seed: int) -> None:
    dice = random.Random(seed)
    originals = [tag(3), tag(4), tag(3, v1=True), tag(4, v1=True)]
    read = 0
    for _ in range(250):
        data = bytearray(dice.choice(originals))
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(10, len(data))] = dice.choice((0, 0, 1, 2, 3, 32, 40, 65, 127, 255))
        try:
            _, raw = id3_common.read(BytesIO(bytes(data)))
        except Unusual:
            continue
        read += 1
        assert values(raw) == values(by_mutagen(bytes(data)))
    assert read > 20
