"""Tags of every format come out as the same facts."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import APIC, ID3, RVA2, SYLT, TIPL, TPE1, TXXX, TYER, USLT
from mutagen.oggopus import OggOpus

from resonance.audio import clean
from resonance.audio.facts import AudioFacts, BrokenFile, content_hash
from resonance.audio.tags import read_tags
from tests.fixtures.audio import FORMATS, make_tone, picture

MBID = "9f3fc202-5787-4619-803d-4342ea8bd733"
TAGGED = {
    "title": "Cafe\u0301 del Mar",
    "artist": ["Zoë Ñandú", "東京"],
    "artist_sort": "Nandu, Zoe",
    "album": "Über Alles",
    "album_artist": "Various Artists",
    "genre": ["Rock", "Pop"],
    "number": "3/12",
    "disc": "2/4",
    "date": "2001-05-03",
    "label": "Lamp Records",
    "composer": "J. S. Bach",
    "bpm": "128",
    "mood": ["Wistful", "Calm; nocturnal"],
    "compilation": "1",
    "release_mbid": MBID,
    "recording_mbid": MBID.upper(),
    "isrc": "US-RC1-76-07839",
    "gain_track": "-7.25 dB",
    "peak_track": "0.988",
    "lyrics": "one\ntwo",
}
UNTAGGABLE = {"aac", "tta"}


def facts_of(path: Path) -> AudioFacts:
    return read_tags(str(path))


@pytest.mark.parametrize("kind", [k for k in FORMATS if k not in UNTAGGABLE])
def test_every_format_says_the_same(kind: str, tmp_path: Path) -> None:
    path = make_tone(tmp_path / f"x.{FORMATS[kind][0]}", kind, 2.0, **TAGGED)
    facts = facts_of(path)
    assert facts.title == "Café del Mar"
    assert facts.artists == ("Zoë Ñandú", "東京")
    assert facts.artist_display == "Zoë Ñandú, 東京"
    assert facts.artist_sorts == ("Nandu, Zoe",)
    assert (facts.album, facts.album_artists) == ("Über Alles", ("Various Artists",))
    assert facts.genres == ("Rock", "Pop")
    assert (facts.number, facts.disc) == (3, 2)
    assert (facts.number_total, facts.disc_total) == (12, 4)
    assert (facts.date, facts.year) == ("2001-05-03", 2001)
    assert facts.labels == ("Lamp Records",)
    assert facts.composers == ("J. S. Bach",)
    assert facts.bpm == 128
    assert facts.moods == ("Wistful", "Calm", "nocturnal")
    assert facts.compilation is True
    assert (facts.release_mbid, facts.recording_mbid) == (MBID, MBID)
    assert facts.isrc == "USRC17607839"
    assert facts.gain_track_db == pytest.approx(-7.25)
    assert facts.peak_track == pytest.approx(0.988)
    assert [(text.synced, text.body) for text in facts.lyrics] == [(False, "one\ntwo")]
    assert facts.duration_s == pytest.approx(2.0, abs=0.15)
    assert facts.channels == (1 if kind == "speex" else 2)
    assert facts.sample_rate_hz == {"opus": 48_000, "speex": 16_000}.get(kind, 44_100)
    assert facts.bit_rate_kbps and facts.bit_rate_kbps > 8
    assert pickle.loads(pickle.dumps(facts)) == facts


@pytest.mark.parametrize("kind", FORMATS)
def test_untagged_files_say_nothing(kind: str, tmp_path: Path) -> None:
    facts = facts_of(make_tone(tmp_path / f"x.{FORMATS[kind][0]}", kind))
    assert facts.untagged
    assert facts.cover is None and facts.lyrics == () and facts.year is None


def test_codecs_and_depths(tmp_path: Path) -> None:
    expected = {
        "mp3": ("mp3", "mp3", None),
        "flac": ("flac", "flac", 24),
        "ogg": ("ogg", "vorbis", None),
        "oggflac": ("ogg", "flac", None),
        "opus": ("opus", "opus", None),
        "m4a": ("m4a", "aac", None),
        "alac": ("m4a", "alac", 24),
        "wav": ("wav", "pcm", 16),
        "aiff": ("aiff", "pcm", 16),
        "wma": ("wma", "wma", None),
        "wv": ("wv", "wavpack", None),
        "aac": ("aac", "aac", None),
        "tta": ("tta", "tta", None),
        "speex": ("ogg", "speex", None),
    }
    for kind, (form, codec, depth) in expected.items():
        facts = facts_of(make_tone(tmp_path / f"x.{FORMATS[kind][0]}", kind))
        assert (facts.format, facts.codec) == (form, codec)
        if depth:
            assert facts.bit_depth in (depth, 16, 24, 32)
        if kind in ("mp3", "m4a", "ogg", "opus"):
            assert facts.bit_depth is None


@pytest.mark.parametrize("kind", ["mp3", "flac", "ogg", "opus", "m4a", "wav", "aiff", "wv"])
def test_cover_is_named_not_carried(kind: str, tmp_path: Path) -> None:
    art = picture("#336699")
    facts = facts_of(make_tone(tmp_path / f"x.{FORMATS[kind][0]}", kind, cover=art, title="x"))
    assert facts.cover is not None
    assert (facts.cover.content_hash, facts.cover.size, facts.cover.mime) == (
        content_hash(art),
        len(art),
        "image/png",
    )


def test_front_cover_wins_and_lies_about_type_do_not_matter(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.mp3")
    tags = ID3()
    tags.add(APIC(3, "image/jpeg", 4, "back", picture("#000000")))
    tags.add(APIC(3, "text/html", 3, "front", picture("#ffffff")))
    tags.add(APIC(3, "-->", 3, "link", b"http://example.org/x.png"))
    tags.save(path)
    facts = facts_of(path)
    assert facts.cover is not None and facts.cover.content_hash == content_hash(picture("#ffffff"))
    assert facts.cover.mime == "image/png"


def test_id3_special_frames(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.mp3")
    tags = ID3()
    tags.add(TPE1(3, ["A\0B"]))
    tags.add(RVA2("track", 1, -6.5, 0.9))
    tags.add(SYLT(3, "deu", 2, 1, "", [("eins", 500), ("zwei", 61_230)]))
    tags.add(USLT(3, "eng", "", "[00:01.00] hello"))
    tags.add(TIPL(3, [["producer", "Pia"], ["DJ-mix", "Dan"], ["cook", "Carl"]]))
    tags.add(TXXX(3, "MusicBrainz Album Type", ["Album", "Live"]))
    tags.add(TYER(3, "1999"))
    tags.save(path, v2_version=4)
    facts = facts_of(path)
    assert facts.artists == ("A", "B")
    assert (facts.gain_track_db, facts.peak_track) == (
        pytest.approx(-6.5, abs=0.01),
        pytest.approx(0.9, abs=0.01),
    )
    assert sorted((t.language, t.synced, t.body) for t in facts.lyrics) == [
        ("deu", True, "[00:00.50] eins\n[01:01.23] zwei"),
        ("eng", True, "[00:01.00] hello"),
    ]
    assert facts.credits == (("producer", "Pia"), ("djmixer", "Dan"))
    assert facts.release_types == ("album", "live")


@pytest.mark.parametrize("version", [3, 4])
def test_id3_dates_of_both_versions(version: int, tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.mp3", date="1987-11-02", title="x")
    tags = ID3(path)
    if version == 3:
        tags.update_to_v23()
    tags.save(path, v2_version=version)
    assert facts_of(path).date == "1987-11-02"


def test_r128_gain_becomes_replaygain(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.opus", title="x")
    audio = OggOpus(path)
    audio["r128_track_gain"], audio["r128_album_gain"] = "-1280", "256"
    audio.save()
    facts = facts_of(path)
    assert (facts.gain_track_db, facts.gain_album_db) == (0.0, 6.0)


def test_lrc_in_vorbis_lyrics_is_synced_and_canonical(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.flac", lyrics="[ar:x]\n[offset:+500]\n[00:02.5][00:01.00]la\n")
    assert [(t.synced, t.body) for t in facts_of(path).lyrics] == [(True, "[00:00.50] la\n[00:02.00] la")]


def test_strings_are_cleaned_and_bounded(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.flac")
    audio = FLAC(path)
    audio["title"] = "  a\x00\x07b\u202ec\nd  "
    audio["album"] = "x" * 10_000
    audio["artist"] = ["  ", "\x01"]
    audio["comment"] = "line one\r\nline\ttwo"
    audio["genre"] = [f"g{i}" for i in range(500)]
    audio.save()
    facts = facts_of(path)
    assert facts.title == "a bc d"
    assert facts.album is not None and len(facts.album) == clean.MAX_NAME
    assert facts.artists == ()
    assert facts.comment == "line one\nline two"
    assert len(facts.genres) == clean.MAX_VALUES


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["A; B"], ("A", "B")),
        (["A", "B", "a", "A"], ("A", "B", "a")),
        (["A feat. B"], ("A", "B")),
        (["A (ft. B, C & D)"], ("A", "B", "C", "D")),
        (["A Featuring B"], ("A", "B")),
        (["AC/DC"], ("AC/DC",)),
        (["A / B"], ("A / B",)),
        (["Simon & Garfunkel"], ("Simon & Garfunkel",)),
        (["Earth, Wind & Fire"], ("Earth, Wind & Fire",)),
        (["Defeat. Now"], ("Defeat. Now",)),
        (["Little Feat"], ("Little Feat",)),
        (["A\0B"], ("A", "B")),
    ],
)
def test_artist_separators(value: list[str], expected: tuple[str, ...]) -> None:
    assert clean.artists(value) == expected


def test_a_slash_separates_when_the_ids_say_so() -> None:
    assert clean.artists(["A / B"], ids=2) == ("A", "B")


def test_featured_artist_in_the_title(tmp_path: Path) -> None:
    facts = facts_of(make_tone(tmp_path / "x.flac", title="Song (feat. Guest)", artist="Main"))
    assert (facts.title, facts.artists, facts.artist_display) == (
        "Song (feat. Guest)",
        ("Main", "Guest"),
        "Main",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2001", "2001"),
        ("2001-5", "2001-05"),
        ("2001-05-03T10:00:00Z", "2001-05-03"),
        ("20010503", "2001-05-03"),
        ("2001-13-01", "2001"),
        ("2001-02-30", "2001-02"),
        ("0000", None),
        ("03.05.2001", "2001"),
        ("soon", None),
        ("2001-00-00", "2001"),
        ("199", None),
        ("2001/05/03", "2001-05-03"),
        ("99999", None),
    ],
)
def test_dates(value: str, expected: str | None) -> None:
    assert clean.date(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3/12", (None, 3, 12)),
        ("07", (None, 7, None)),
        ("2-03", (2, 3, None)),
        ("B1", (2, 1, None)),
        ("0", (None, None, None)),
        ("x", (None, None, None)),
        ("99999999999999", (None, None, None)),
        ("3 of 12", (None, 3, 12)),
    ],
)
def test_positions(value: str, expected: tuple[int | None, ...]) -> None:
    assert clean.position(value) == expected


def test_genres() -> None:
    assert clean.genres(["Rock; Pop", "rock", "Folk, World, & Country", "A, B", "Hip-Hop/Rap"]) == (
        "Rock",
        "Pop",
        "Folk, World, & Country",
        "A",
        "B",
        "Hip-Hop/Rap",
    )


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = make_tone(tmp_path / "x.mp3", title="mine")
    renamed = path.rename(tmp_path / "x.flac")
    assert (facts_of(renamed).format, facts_of(renamed).title) == ("mp3", "mine")


def test_paths_that_are_no_text(tmp_path: Path) -> None:
    name = bytes(tmp_path) + b"/\xff\xfe\n.flac"
    path = make_tone(tmp_path / "x.flac", title="ok")
    path.rename(Path(str(name, "utf-8", "surrogateescape")))
    assert read_tags(name).title == "ok"
    assert read_tags(str(name, "utf-8", "surrogateescape")).title == "ok"


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile) as caught:
        read_tags(str(tmp_path / "nothing.mp3"))
    assert caught.value.reason == "unreadable"
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.reason, again.detail) == (caught.value.reason, caught.value.detail)


def test_the_reader_imports_lean() -> None:
    script = (
        "import sys\n"
        "from resonance.audio import covers, fingerprint, path_facts, tags\n"
        "print([m for m in ('numpy', 'PIL', 'av', 'fastapi', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
