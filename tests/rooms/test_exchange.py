"""Rekordbox XML, Traktor NML and CSV: what is written is read again, whatever is in it."""

from __future__ import annotations

import csv
import io
import random
import tracemalloc
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pytest

from resonance.core.errors import Invalid
from resonance.library.paths import to_stored
from resonance.model import camelot
from resonance.playlists.exchange import growing, locations, merging, spool
from resonance.playlists.exchange.crate import CUE_KINDS, Crate, Cue, Entry, Folder, Listing
from resonance.playlists.exchange.formats import FORMATS, found_by

ODD = (
    "plain",
    "quotes \" and ' and & < > ]]> <!-- -->",
    "Ümläüte und ß, 日本語, العربية, e\u0301",
    "emoji 🎛️👩‍🚀 and 𝄞",
    "tab\tline\nreturn\rend",
    "&amp; &#x41; &lt;",
    "=SUM(A1)",
    " spaces  around ",
)
PATHS = (
    "/music/House & Garden/a b#1 100%.mp3",
    "C:/Users/DJ Ümlaut/Music/Ärger 🎵.mp3",
    "//nas/share/crate/x+y=z;.flac",
    "/Volumes/USB STICK/a:b/c?.m4a",
    "/music/" + to_stored("caf\udce9 \udcff.mp3"),
)


def entries(count: int = 500) -> list[Entry]:
    """Every field filled, with what formats trip over."""
    dice = random.Random(5)
    return [entry(dice, number) for number in range(count)]


def entry(dice: random.Random, number: int) -> Entry:
    odd = ODD[number % len(ODD)]
    head, _, tail = PATHS[number % len(PATHS)].rpartition(".")
    bpm = round(dice.uniform(60, 200), 4)
    return Entry(
        key=str(number + 1),
        path=f"{head} {number}.{tail}",
        title=f"{odd} {number}",
        artist=f"Artist {odd}",
        album=f"Album {odd}",
        genre=f"Genre {odd}",
        composer=f"Composer {odd}",
        remixer=f"Remixer {odd}",
        producer=f"Producer {odd}",
        label=f"Label {odd}",
        mix=f"Mix {odd}",
        grouping=f"Grouping {odd}",
        comment=odd,
        year=1950 + number % 80,
        date=f"{1950 + number % 80}-05-0{1 + number % 9}",
        disc=1 + number % 3,
        number=1 + number % 30,
        duration_s=float(dice.randint(60, 900)),
        size=1024 * dice.randint(1000, 90_000),
        format=tail,
        bit_rate_kbps=320,
        sample_rate_hz=44_100,
        added="2024-02-29",
        modified="2025-01-02",
        last_played="2026-11-01",
        play_count=number,
        stars=number % 6,
        colour="#ff007f",
        bpm=bpm,
        tonality=camelot.KEYS[number % 24],
        gain_db=round(dice.uniform(-12, 3), 3),
        album_artist=f"Various {odd}",
        codec=tail,
        energy=0.5,
        isrc="DEUM71234567",
        recording_mbid="11111111-2222-3333-4444-555555555555",
        catalog_number=f"CAT {odd}",
        cues=cues(dice, odd, bpm),
    )


def cues(dice: random.Random, odd: str, bpm: float) -> tuple[Cue, ...]:
    at = [round(dice.uniform(0, 300), 4) for _ in range(6)]
    return (
        Cue(kind="grid", start_s=round(dice.uniform(0, 0.4), 4), bpm=bpm, beat=1, beats=4),
        Cue(kind="cue", start_s=at[0], number=0, name=odd, colour="#28e214"),
        Cue(kind="cue", start_s=at[1], name="memory"),
        Cue(kind="loop", start_s=at[2], end_s=at[2] + 7.5, number=1, name="", colour="#ff8c00"),
        Cue(kind="fade_in", start_s=at[3], number=2),
        Cue(kind="fade_out", start_s=at[4], number=3),
        Cue(kind="load", start_s=at[5], number=4, name="start"),
    )


TREE = (
    Folder(
        "Sets & <crates>",
        (
            Listing("Friday 🎉", ("3", "1", "3", "500")),
            Folder("Empty", ()),
            Folder("Deep", (Listing("x", ("7",)),)),
        ),
    ),
    Listing('"Loose"', ("2", "9")),
    Listing("None", ()),
)

# What a format has no place for; neither has one for what is in NOWHERE.
NOWHERE = {"album_artist", "codec", "energy", "isrc", "recording_mbid"}
LACKS = {
    "rekordbox": {"producer", "date", "gain_db", "catalog_number"} | NOWHERE,
    "nml": {"composer", "grouping", "disc", "sample_rate_hz", "colour"} | NOWHERE,
}


def facts(given: Entry, format: str) -> dict[str, Any]:
    """The fields that must come back, in a form that can be compared."""
    kept = msgspec.structs.asdict(given)
    for name in ("key", "cues", *LACKS[format]):
        del kept[name]
    kept["bpm"] = round(kept["bpm"], 4)
    marks = sorted((place(cue, format) for cue in given.cues), key=repr)
    return kept | {"cues": marks}


def place(cue: Cue, format: str) -> tuple[Any, ...]:
    end = None if cue.end_s is None else round(cue.end_s, 4)
    bpm = None if cue.bpm is None else round(cue.bpm, 4)
    bar = (cue.beat, cue.beats) if format == "rekordbox" else None
    return (cue.kind, round(cue.start_s, 4), end, cue.number, cue.name, cue.colour, bpm, bar)


def there_and_back(format: str, crate: Crate) -> Crate:
    return FORMATS[format].read(io.BytesIO(b"".join(FORMATS[format].write(crate))))


def named(nodes: Iterable[Folder | Listing], titles: dict[str, str]) -> list[Any]:
    """The tree with the titles of its tracks."""
    return [
        (node.name, named(node.children, titles))
        if isinstance(node, Folder)
        else (node.name, tuple(titles[key] for key in node.keys))
        for node in nodes
    ]


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
def test_500_tracks_lose_nothing(format: str) -> None:
    given = entries()
    empty = Entry(key="")
    for name in Entry.__struct_fields__:  # else a field could be lost unseen
        assert any(getattr(each, name) != getattr(empty, name) for each in given), name
    for name in Cue.__struct_fields__:
        assert any(getattr(cue, name) is not None for each in given for cue in each.cues), name
    assert {cue.kind for each in given for cue in each.cues} == set(CUE_KINDS)
    back = there_and_back(format, Crate(iter(given), len(given), TREE))
    assert back.count == 500
    for before, after in zip(given, back.tracks, strict=True):
        assert facts(after, format) == facts(before, format)
    titles = [{each.key: each.title for each in some} for some in (given, back.tracks)]
    assert named(back.playlists, titles[1]) == named(TREE, titles[0])
    again = there_and_back(format, back)
    assert [facts(each, format) for each in again.tracks] == [facts(each, format) for each in back.tracks]


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
def test_control_characters_are_left_out(format: str) -> None:
    odd = "a\x00b\x01c\x1fd\x7fe\ufffef\ud800g"
    back = there_and_back(format, Crate([Entry(key="1", title=odd, comment=odd, path="/a\x01.mp3")], 1))
    (found,) = back.tracks
    assert found.title == found.comment == "abcd\x7fefg"


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
def test_a_bare_track_stays_bare(format: str) -> None:
    (found,) = there_and_back(format, Crate([Entry(key="1", path="/a/b", title="x")], 1)).tracks
    assert (found.title, found.path, found.stars, found.bpm, found.tonality) == ("x", "/a/b", -1, None, None)
    assert (found.year, found.disc, found.number, found.added, found.cues) == (None, None, None, None, ())


def test_what_rekordbox_writes_is_read() -> None:
    document = b"""<?xml version="1.0" encoding="UTF-8"?>
    <DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="6.8.5" Company="AlphaTheta"/>
    <COLLECTION Entries="1"><TRACK TrackID="219211420" Name="Bestial" Artist="ABSL" Kind="FLAC File"
     TotalTime="328" TrackNumber="7" DiscNumber="0" Year="2023" AverageBpm="148.00" DateAdded="2024-6-4"
     Rating="153" PlayCount="19" Tonality="Bbm" Colour="0xFF0000"
     Location="file://localhost/C:/Users/a/Music/a%20%26%20b%E2%82%AC.flac">
     <TEMPO Inizio="0.027" Bpm="148.00" Metro="4/4" Battito="3"/>
     <POSITION_MARK Name="drop" Type="0" Start="12.5" Num="0" Red="40" Green="226" Blue="20"/>
     <POSITION_MARK Name="" Type="4" Start="20" End="24" Num="-1"/><EXTRA Foo="bar"/></TRACK></COLLECTION>
    <PLAYLISTS><NODE Type="0" Name="ROOT" Count="1"><NODE Name="F" Type="0" Count="1">
     <NODE Name="L" Type="1" KeyType="1" Entries="1">
      <TRACK Key="file://localhost/C:/Users/a/Music/a%20%26%20b%E2%82%AC.flac"/></NODE></NODE></NODE>
    </PLAYLISTS></DJ_PLAYLISTS>"""
    crate = FORMATS["rekordbox"].read(io.BytesIO(document))
    (found,) = crate.tracks
    assert found.path == "C:/Users/a/Music/a & b€.flac"
    assert (found.stars, found.added, found.disc, found.colour) == (3, "2024-06-04", None, "#ff0000")
    assert found.tonality == (10, "minor")
    assert found.cues == (
        Cue(kind="grid", start_s=0.027, bpm=148.0, beat=3, beats=4),
        Cue(kind="cue", start_s=12.5, number=0, name="drop", colour="#28e214"),
        Cue(kind="loop", start_s=20.0, end_s=24.0),
    )
    assert crate.playlists == (Folder("F", (Listing("L", ("219211420",)),)),)


def test_what_traktor_writes_is_read() -> None:
    document = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
    <NML VERSION="19"><HEAD COMPANY="www.native-instruments.com" PROGRAM="Traktor"></HEAD>
    <COLLECTION ENTRIES="1"><ENTRY MODIFIED_DATE="2022/5/18" AUDIO_ID="AOQA" TITLE="Öre" ARTIST="B">
    <LOCATION DIR="/:Users/:dj/:Music/:" FILE="a.mp3" VOLUME="Macintosh HD" VOLUMEID="1"></LOCATION>
    <ALBUM TRACK="6" TITLE="C"></ALBUM>
    <INFO BITRATE="320000" KEY="8m" PLAYCOUNT="4" PLAYTIME="247" RANKING="204" IMPORT_DATE="2025/1/5"
     RELEASE_DATE="2017/7/17" FILESIZE="32703"></INFO><TEMPO BPM="175.000031" BPM_QUALITY="100"></TEMPO>
    <MUSICAL_KEY VALUE="22"></MUSICAL_KEY>
    <CUE_V2 NAME="AutoGrid" TYPE="4" START="55.387418" LEN="0" REPEATS="-1" HOTCUE="-1">
    <GRID BPM="175.5"></GRID></CUE_V2>
    <CUE_V2 NAME="n.n." TYPE="0" START="1234.5" LEN="0.0" HOTCUE="2" COLOR="#FF8800"></CUE_V2>
    <CUE_V2 NAME="l" TYPE="5" START="2000" LEN="500" HOTCUE="-1"></CUE_V2></ENTRY></COLLECTION>
    <PLAYLISTS><NODE TYPE="FOLDER" NAME="$ROOT"><SUBNODES COUNT="2"><NODE TYPE="SMARTLIST" NAME="s"></NODE>
    <NODE TYPE="PLAYLIST" NAME="My"><PLAYLIST ENTRIES="1" TYPE="LIST" UUID="x"><ENTRY><PRIMARYKEY TYPE="TRACK"
     KEY="Macintosh HD/:Users/:dj/:Music/:a.mp3"></PRIMARYKEY></ENTRY></PLAYLIST></NODE></SUBNODES></NODE>
    </PLAYLISTS></NML>"""
    crate = FORMATS["nml"].read(io.BytesIO(document.encode()))
    (found,) = crate.tracks
    assert (found.path, found.stars, found.tonality) == ("/Users/dj/Music/a.mp3", 4, (10, "minor"))
    assert (found.year, found.added, found.bit_rate_kbps) == (2017, "2025-01-05", 320)
    grid, cue, loop = found.cues
    assert (grid.kind, round(grid.start_s, 9), grid.bpm) == ("grid", 0.055387418, 175.5)
    assert (cue.start_s, cue.number, cue.name, cue.colour) == (1.2345, 2, "", "#ff8800")
    assert (loop.kind, loop.start_s, loop.end_s) == ("loop", 2.0, 2.5)
    assert crate.playlists == (Listing("My", (found.key,)),)


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"no xml",
        b"<NML><COLLECTION>",
        b"<html></html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><NML>&a;</NML>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><DJ_PLAYLISTS>&a;</DJ_PLAYLISTS>',
        b'<?xml version="1.0" encoding="nonsense"?><NML/>',
    ],
)
def test_what_is_no_such_document_is_refused(format: str, document: bytes) -> None:
    with pytest.raises(Invalid):
        FORMATS[format].read(io.BytesIO(document))


HEADS = {
    "rekordbox": (b"<DJ_PLAYLISTS><COLLECTION>", b"<TRACK/>", b"</COLLECTION></DJ_PLAYLISTS>"),
    "nml": (b"<NML><COLLECTION>", b"<ENTRY><LOCATION/></ENTRY>", b"</COLLECTION></NML>"),
}


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
def test_documents_that_would_fill_the_memory_are_refused(
    format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, track, _ = HEADS[format]
    monkeypatch.setattr(spool, "MOST_TRACKS", 1000)
    monkeypatch.setattr(growing, "MOST_NODES", 1000)
    whole = {"rekordbox": b"<TRACK>", "nml": b"<ENTRY>"}[format]
    root = {"rekordbox": b'<NODE Name="ROOT">', "nml": b'<NODE NAME="$ROOT"><SUBNODES>'}[format]
    bombs = [
        head + track * 1001,
        head + b"<a>" * 100_000,
        head + whole + b"<TEMPO/>" * 100_000,
        head + b'<TRACK Name="' + b"x" * 1_500_000,
        head + whole + b"x" * 1_500_000,
        head + b" " * 1_500_000,
        head + b"<!--" + b"x" * 1_500_000,
        head + root + b"<NODE/>" * 1001,
    ]
    for bomb in bombs:
        file = io.BytesIO(bomb)
        with pytest.raises(Invalid, match=r"up to|nested or filled|longer than"):
            FORMATS[format].read(file)
        assert bomb.startswith((head + track, head + root)) or file.tell() < len(bomb)  # refused on the way


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
def test_folders_deeper_than_any_program_nests_are_left_out(format: str) -> None:
    deep: Folder | Listing = Listing("bottom", ("1",))
    for number in range(36):
        deep = Folder(str(number), (deep,))
    back = there_and_back(format, Crate([Entry(key="1", path="/a.mp3")], 1, (deep,)))
    node: Folder | Listing = back.playlists[0]
    depth = 1
    while isinstance(node, Folder) and node.children:
        node, depth = node.children[0], depth + 1
    assert 30 <= depth <= 34 and isinstance(node, Folder)


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_documents_in_other_encodings(format: str, encoding: str) -> None:
    given = [Entry(key="1", path="/m/ä.mp3", title="Ähre ü"), Entry(key="2", path="/m/b.mp3", title="B")]
    text = b"".join(FORMATS[format].write(Crate(given, 2))).decode()
    document = text.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    file = io.BytesIO(document.encode(encoding))
    assert found_by("list.xml", file).name == format
    back = FORMATS[format].read(file)
    assert [(one.title, one.path) for one in back.tracks] == [(one.title, one.path) for one in given]


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
@pytest.mark.parametrize("odd", ["", "nan", "-inf", "1e999", "9" * 400, "-7", "0x10", "٣", "1e14", "4/4/4"])
def test_numbers_that_are_none(format: str, odd: str) -> None:
    names = "Year TrackNumber TotalTime Size AverageBpm Rating PlayCount BitRate TrackID DateAdded Colour"
    words = "".join(f' {name}="{odd}"' for name in names.split())
    rekordbox = f"""<DJ_PLAYLISTS><COLLECTION><TRACK{words} Location="file://localhost/a%00b.mp3">
      <TEMPO Inizio="{odd}" Bpm="{odd}" Metro="{odd}" Battito="{odd}"/>
      <POSITION_MARK Type="{odd}" Start="{odd}" End="{odd}" Num="{odd}" Red="{odd}" Green="1" Blue="{odd}"/>
      </TRACK></COLLECTION></DJ_PLAYLISTS>"""
    info = " ".join(
        f'{name}="{odd}"' for name in ["BITRATE", "PLAYTIME", "PLAYCOUNT", "RANKING", "FILESIZE", "KEY"]
    )
    nml = f"""<NML><COLLECTION><ENTRY><LOCATION VOLUME="" DIR="/:" FILE="a.mp3"/><INFO {info}/>
      <TEMPO BPM="{odd}"/><MUSICAL_KEY VALUE="{odd}"/><ALBUM TRACK="{odd}"/><LOUDNESS PERCEIVED_DB="{odd}"/>
      <CUE_V2 TYPE="{odd}" START="{odd}" LEN="{odd}" HOTCUE="{odd}" COLOR="{odd}"><GRID BPM="{odd}"/></CUE_V2>
      </ENTRY></COLLECTION></NML>"""
    document = {"rekordbox": rekordbox, "nml": nml}[format]
    (found,) = FORMATS[format].read(io.BytesIO(document.encode())).tracks
    assert -1 <= found.stars <= 5 and (found.bpm is None or abs(found.bpm) < 1e15)
    merging.kept(found.cues)
    b"".join(FORMATS[format].write(Crate([found], 1)))


def test_reading_holds_no_tracks() -> None:
    for format in ("rekordbox", "nml"):
        document = b"".join(FORMATS[format].write(Crate(entries(900), 900)))
        tracemalloc.start()
        crate = FORMATS[format].read(io.BytesIO(document))
        assert sum(1 for _ in crate.tracks) == crate.count == 900
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 3_500_000  # 900 entries are 4.5 MB; packed, 2 MB of them may lie in memory


@pytest.mark.parametrize(
    ("path", "url", "traktor"),
    [
        ("/m/a b.mp3", "file://localhost/m/a%20b.mp3", ("Macintosh HD", "/:m/:", "a b.mp3")),
        ("C:\\m\\ä.mp3", "file://localhost/C:/m/%C3%A4.mp3", ("C:", "/:m/:", "ä.mp3")),
        ("//nas/s/d/a.mp3", "file://localhost//nas/s/d/a.mp3", ("//nas/s", "/:d/:", "a.mp3")),
        ("/Volumes/USB/a.mp3", "file://localhost/Volumes/USB/a.mp3", ("USB", "/:", "a.mp3")),
    ],
)
def test_places_as_the_programs_write_them(path: str, url: str, traktor: tuple[str, str, str]) -> None:
    assert locations.to_url(path) == url and locations.from_url(url) == locations.plain(path)
    assert locations.to_traktor(path) == traktor
    assert locations.from_traktor(*traktor) == locations.plain(path)


def test_csv_is_rfc_4180_and_starts_no_formula() -> None:
    given = entries(20)
    sheet = b"".join(FORMATS["csv"].write(Crate(given, 20, (Listing("x", ("3", "1", "3")),)))).decode()
    assert sheet.count("\r\n") >= 4
    rows = list(csv.DictReader(io.StringIO(sheet, newline="")))
    assert [row["id"] for row in rows] == ["3", "1", "3"] and [row["position"] for row in rows] == [
        "1",
        "2",
        "3",
    ]
    assert rows[0]["comment"] == ODD[2] and rows[0]["camelot"] == camelot.camelot(camelot.KEYS[2])
    whole = b"".join(FORMATS["csv"].write(Crate(given, 20)))
    rows = list(csv.DictReader(io.StringIO(whole.decode(), newline="")))
    assert len(rows) == 20 and rows[6]["comment"] == "'=SUM(A1)" and rows[1]["comment"] == ODD[1]


@pytest.mark.parametrize("format", ["rekordbox", "nml", "csv"])
def test_writing_holds_no_tracks(format: str) -> None:
    def stream(count: int) -> Iterator[Entry]:
        dice = random.Random(1)
        for number in range(count):
            yield entry(dice, number)

    tracemalloc.start()
    size = sum(len(piece) for piece in FORMATS[format].write(Crate(stream(1000), 1000)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 400_000 and most < 1_200_000  # 1000 entries are 5 MB
