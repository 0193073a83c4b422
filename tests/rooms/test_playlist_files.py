"""Playlist files: encodings, line ends, comments, paths of other machines, hostile ones, and round trips."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resonance.core.errors import Invalid
from resonance.library.match import Match
from resonance.playlists.exchange import report, texts
from resonance.playlists.exchange.crate import Crate, Entry, Listing
from resonance.playlists.exchange.formats import FORMATS
from resonance.playlists.exchange.paths import mapping, resolved, tidy

SAMPLES = Path(__file__).parents[3] / "shared/contracts/navidrome/nsp"
MBID = "b1a9c0e9-d987-4042-ae91-78d6a3267d69"


def read(format: str, data: bytes) -> tuple[str, list[Entry]]:
    crate = FORMATS[format].read(io.BytesIO(data))
    return crate.name, list(crate.tracks)


def write(format: str, entries: list[Entry], name: str = "Mix", comment: str = "") -> bytes:
    listing = Listing(name, tuple(entry.key for entry in entries), comment)
    return b"".join(FORMATS[format].write(Crate(entries, len(entries), (listing,))))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not part of the project")
def test_samples_of_navidrome() -> None:
    said = {path.name: read("m3u8", path.read_bytes()) for path in sorted(SAMPLES.glob("*.m3u"))}
    paths = {name: [entry.path for entry in entries] for name, (_, entries) in said.items()}
    assert paths["cr-ended.m3u"] == paths["lf-ended.m3u"] == ["abc.mp3", "def.mp3"]
    assert paths["pls1.m3u"] == ["test.mp3", "test.ogg"] == paths["pls-with-art-url.m3u"]
    assert (
        said["pls-with-name.m3u"][0] == "playlist 1"
        and said["pls-with-art-url.m3u"][0] == "Playlist With Art"
    )
    assert paths["pls-with-name.m3u"][2] == "/tests/fixtures/01 Invisible (RED) Edit Version.mp3"
    assert paths["pls-without-name.m3u"] == paths["pls-with-name.m3u"]
    assert len(paths["bom-test.m3u"]) == len(paths["bom-test-utf16.m3u"]) > 0
    assert not any("\ufeff" in path or "\0" in path for each in paths.values() for path in each)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    text = end.join(
        ["#EXTM3U", "#PLAYLIST:Hôtel", "#EXTINF:123,Zoé - Été", "Zoé/01 Été.mp3", "", "#EXTINF:-1,x", "b.mp3"]
    )
    name, (first, second) = read("m3u8", text.encode(encoding))
    assert (name, first.artist, first.title, first.duration_s) == ("Hôtel", "Zoé", "Été", 123.0)
    assert (first.path, second.path, second.title, second.duration_s) == (
        "Zoé/01 Été.mp3",
        "b.mp3",
        "x",
        None,
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#EXTINF:210.5,A - B - C", ("A", "B - C", 210.5)),
        ('#EXTINF:10 tvg-logo="a, b",Song', ("", "Song", 10.0)),
        ("#EXTINF:0,Drum-n-Bass", ("", "Drum-n-Bass", None)),
        ("#EXTINF:12", ("", "", 12.0)),
        ("#EXTINF:,A – B", ("A", "B", None)),
        ("#EXTINF:99999999999,x", ("", "x", None)),
    ],
)
def test_what_a_comment_says(line: str, said: tuple[str, str, float | None]) -> None:
    _, [entry] = read("m3u8", f"{line}\nx.mp3\n".encode())
    assert (entry.artist, entry.title, entry.duration_s) == said


@pytest.mark.parametrize(
    ("path", "tidied"),
    [
        ("C:\\Music\\a.mp3", "C:/Music/a.mp3"),
        ("Music\\a.mp3", "Music/a.mp3"),
        ("\\\\nas\\music\\a.mp3", "//nas/music/a.mp3"),
        ("file:///srv/a%20b.mp3", "/srv/a b.mp3"),
        ("file://localhost/C:/a.mp3", "C:/a.mp3"),
        ("http://radio/stream.mp3", "http://radio/stream.mp3"),
        ("/srv/AC\\DC.mp3", "/srv/AC\\DC.mp3"),
    ],
)
def test_paths_in_one_form(path: str, tidied: str) -> None:
    assert tidy(path) == tidied
    assert read("m3u8", f"{path}\n".encode())[1][0].path == tidied


def test_mapping_takes_the_longest_rule() -> None:
    rules = mapping([("C:\\Music", "/srv/music"), ("c:/music/Live", "/srv/live"), ("/", "/old")])
    assert rules.apply("C:\\Music\\A\\b.mp3") == "/srv/music/A/b.mp3"
    assert rules.apply("C:\\MUSIC\\LIVE\\b.mp3") == "/srv/live/b.mp3"
    assert rules.apply("C:/Musical/b.mp3") == "C:/Musical/b.mp3"
    assert rules.apply("/home/b.mp3") == "/old/home/b.mp3"
    back = mapping([("/srv/music", "D:\\Musik")])
    assert back.apply("/srv/music/A/b.mp3") == "D:\\Musik\\A\\b.mp3"
    with pytest.raises(Invalid):
        mapping([("/a", "/b")] * 51)


def test_relative_paths_are_seen_from_their_list() -> None:
    assert resolved("../A/b.mp3", "/srv/music/Lists") == "/srv/music/A/b.mp3"
    assert resolved("../../../../etc/passwd", "/srv/music/Lists") == "/etc/passwd"
    assert resolved("/x/b.mp3", "/srv") == "/x/b.mp3" and resolved("A/b.mp3", "") == "A/b.mp3"


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"), max_size=20
).map(lambda text: " ".join(text.split()))
NAME = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
ENTRIES = st.builds(
    Entry,
    key=st.just(""),
    path=st.lists(NAME, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts) + ".mp3"),
    title=NAME,
    artist=NAME,
    album=TEXT,
    duration_s=st.integers(1, 90_000).map(float),
    recording_mbid=st.sampled_from([None, MBID]),
    isrc=st.sampled_from([None, "USUM71200001"]),
)


@pytest.mark.parametrize("format", ["m3u8", "xspf", "jspf"])
@given(st.lists(ENTRIES, max_size=5), NAME)
def test_what_is_written_is_read_again(format: str, made: list[Entry], name: str) -> None:
    from msgspec.structs import replace

    entries = [replace(entry, key=str(number)) for number, entry in enumerate(made)]
    data = write(format, entries, name)
    assert data == write(format, entries, name)
    found_name, found = read(format, data)
    if format == "m3u8":
        entries = [replace(entry, recording_mbid=None, isrc=None) for entry in entries]
    assert (found_name, found) == (name, entries)


def test_jspf_as_listenbrainz_writes_it() -> None:
    track = {
        "creator": "Portishead",
        "title": "Roads",
        "album": "Dummy",
        "duration": 305_000,
        "identifier": [f"https://musicbrainz.org/recording/{MBID}"],
        "extension": {"https://musicbrainz.org/doc/jspf#track": {"added_by": "somebody"}},
    }
    older = {**track, "identifier": f"https://musicbrainz.org/recording/{MBID}"}
    document = {"playlist": {"title": "Weekly", "annotation": "<p>x</p>", "track": [track, older, 7]}}
    name, entries = read("jspf", json.dumps(document).encode())
    assert name == "Weekly" and len(entries) == 2
    assert {(entry.recording_mbid, entry.duration_s, entry.path) for entry in entries} == {(MBID, 305.0, "")}


def test_pls_of_winamp() -> None:
    text = (
        "[playlist]\r\nFile2=b.mp3\r\nFile1=C:\\a.mp3\r\nTitle1=A - B\r\nLength1=9\r\nLength2=-1\r\nVersion=2"
    )
    _, entries = read("pls", text.encode("utf-16"))
    assert [(e.path, e.artist, e.title, e.duration_s) for e in entries] == [
        ("C:/a.mp3", "A", "B", 9.0),
        ("b.mp3", "", "", None),
    ]


@pytest.mark.parametrize("format", ["m3u8", "xspf", "jspf", "pls"])
@pytest.mark.parametrize(
    "document",
    [
        b"\0" * 5000,
        bytes(range(256)) * 40,
        b"[" * 200_000,
        b'{"playlist": {"track": {}}}',
        b'<!DOCTYPE x [<!ENTITY a "b">]><playlist><track><title>&a;</title></track></playlist>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><playlist>&a;</playlist>',
        b"<playlist>" + b"<a>" * 20_000,
        b"x" * (texts.MOST_BYTES + 1),
    ],
)
def test_hostile_files_end_in_a_refusal_or_in_nothing(format: str, document: bytes) -> None:
    begun = time.monotonic()
    try:
        _, entries = read(format, document)
    except Invalid:
        entries = []
    assert time.monotonic() - begun < 5
    assert len(entries) < 300 and not any("root:" in entry.title for entry in entries)


@pytest.mark.parametrize("start", [" ", "1", ' a="b"', " a", ".", "- ", '"', "\t-1"])
def test_lines_of_a_megabyte_take_no_time(start: str) -> None:
    """The cost of a line follows its length, whatever it is made of."""
    line = f'#EXTINF:{start * (1_000_000 // len(start))}"\nx.mp3\n'.encode()
    short = f'#EXTINF:{start * 500}"\nx.mp3\n'.encode() * 2000
    begun = time.process_time()
    assert len(read("m3u8", line * 10)[1]) == 10
    assert len(read("m3u8", short)[1]) == 2000
    assert time.process_time() - begun < 5


def test_paths_that_lead_elsewhere_stay_words() -> None:
    lines = [
        "../../../../etc/passwd",
        "%2e%2e/%2e%2e/x.mp3",
        "..\\..\\x.mp3",
        "/a/../../b.mp3",
        "file:///../c.mp3",
    ]
    _, found = read("m3u8", "\r\n".join(lines).encode())
    assert [resolved(one.path, "/music/lists") for one in found] == [
        "/etc/passwd",
        "/music/lists/%2e%2e/%2e%2e/x.mp3",
        "/x.mp3",
        "/a/../../b.mp3",
        "/../c.mp3",
    ]


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(Invalid, match="entries"):
        read("m3u8", b"a\n" * (texts.MOST_ENTRIES + 1))
    assert len(read("m3u8", b"a\n" * 5000)[1]) == 5000


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "－"])
def test_no_table_begins_a_formula(start: str) -> None:
    """A report and an export as CSV, opened in a spreadsheet."""
    entry = Entry(key="1", title=f"{start}cmd|' /C calc'!A0", artist=start, album="x", path=f"{start}a.mp3")
    told = report.list_report(f"{start}L", [entry], [Match(None, "none", 0.0)])
    as_report = b"".join(report.as_csv(report.whole("r", "m3u8", [told]))).decode("utf-8-sig")
    as_export = b"".join(FORMATS["csv"].write(Crate([entry], 1))).decode()
    for text in (as_report, as_export):
        cells = [cell for row in list(csv.reader(io.StringIO(text, newline="")))[1:] for cell in row]
        assert not [cell for cell in cells if cell.startswith(start)]
        assert f"'{start}cmd|' /C calc'!A0" in cells
