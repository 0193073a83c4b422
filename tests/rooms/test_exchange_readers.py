"""What other people's libraries make of our Rekordbox XML and Traktor NML, and we of theirs.

pyrekordbox and traktor-nml-utils are written after files of the real programs and know nothing of us. Nothing
but this test uses them.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import traktor_nml_utils as traktor
from pyrekordbox import rbxml

from resonance.model import camelot
from resonance.playlists.exchange.crate import Crate, Entry
from resonance.playlists.exchange.formats import FORMATS
from tests.rooms.test_exchange import TREE, entries

REKORDBOX_TEXTS = {
    "Name": "title",
    "Artist": "artist",
    "Album": "album",
    "Genre": "genre",
    "Composer": "composer",
    "Grouping": "grouping",
    "Comments": "comment",
    "Remixer": "remixer",
    "Label": "label",
    "Mix": "mix",
    "DateAdded": "added",
    "DateModified": "modified",
    "LastPlayed": "last_played",
}
REKORDBOX_NUMBERS = {
    "TotalTime": "duration_s",
    "DiscNumber": "disc",
    "TrackNumber": "number",
    "Year": "year",
    "Size": "size",
    "BitRate": "bit_rate_kbps",
    "SampleRate": "sample_rate_hz",
    "PlayCount": "play_count",
    "Rating": "stars",
}
TRAKTOR_INFO = {
    "genre": "genre",
    "label": "label",
    "comment": "comment",
    "remixer": "remixer",
    "producer": "producer",
    "mix": "mix",
    "playcount": "play_count",
    "playtime_float": "duration_s",
    "catalog_no": "catalog_number",
}
TRAKTOR_KINDS = {"cue": 0, "fade_in": 1, "fade_out": 2, "load": 3, "grid": 4, "loop": 5}


@pytest.fixture(scope="module")
def given() -> list[Entry]:
    return entries()


def written(folder: Path, format: str, tracks: list[Entry]) -> Path:
    file = folder / f"crate.{format}"
    file.write_bytes(b"".join(FORMATS[format].write(Crate(iter(tracks), len(tracks), TREE))))
    return file


def known(entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    return {theirs: getattr(entry, ours) for theirs, ours in names.items()}


def marks_of(entry: Entry, kinds: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """(kind, tenths of milliseconds, hot cue or -1), sorted."""
    return sorted(
        (cue.kind, round(cue.start_s * 10_000), -1 if cue.number is None else cue.number)
        for cue in entry.cues
        if cue.kind in kinds
    )


def test_pyrekordbox_reads_every_field_of_500_tracks(given: list[Entry], tmp_path: Path) -> None:
    document = rbxml.RekordboxXml(written(tmp_path, "rekordbox", given))
    tracks = document.get_tracks()
    assert document.num_tracks == len(tracks) == 500
    for ours, theirs in zip(given, tracks, strict=True):
        texts = {name: theirs.get(name) for name in REKORDBOX_TEXTS}
        assert texts == known(ours, REKORDBOX_TEXTS)
        numbers = {name: theirs.get(name) for name in REKORDBOX_NUMBERS}
        assert numbers == known(ours, REKORDBOX_NUMBERS)
        assert ours.bpm is not None
        assert theirs.get("AverageBpm") == pytest.approx(ours.bpm, abs=0.005)
        assert theirs.get("Tonality") == camelot.name(ours.tonality)
        (grid,) = (cue for cue in ours.cues if cue.kind == "grid")
        (tempo,) = theirs.tempos
        assert (tempo.Inizio, tempo.Bpm) == (pytest.approx(grid.start_s, abs=1e-3), pytest.approx(ours.bpm))
        assert (tempo.Metro, tempo.Battito) == ("4/4", 1)


def test_pyrekordbox_reads_cues_loops_and_playlists(given: list[Entry], tmp_path: Path) -> None:
    document = rbxml.RekordboxXml(written(tmp_path, "rekordbox", given))
    kinds = {"fadein": "fade_in", "fadeout": "fade_out"}
    for ours, theirs in zip(given, document.get_tracks(), strict=True):
        found = sorted(
            (kinds.get(mark.Type, mark.Type), round(mark.Start * 10_000), mark.Num) for mark in theirs.marks
        )
        assert found == marks_of(ours, ("cue", "loop", "fade_in", "fade_out", "load"))
        (loop,) = (mark for mark in theirs.marks if mark.Type == "loop")
        assert loop.End - loop.Start == pytest.approx(7.5, abs=2e-3)
    friday = document.get_playlist("Sets & <crates>", "Friday 🎉")
    titles = {each.key: each.title for each in given}
    assert [document.get_track(TrackID=key).Name for key in friday.get_tracks()] == [
        titles[key] for key in ("3", "1", "3", "500")
    ]


def test_we_read_what_pyrekordbox_writes(tmp_path: Path) -> None:
    document = rbxml.RekordboxXml(name="other", version="1.0", company="them")
    track = document.add_track("C:/Music/ä b.mp3", Name="Über", Artist="A & B", AverageBpm=121.5)
    track["Rating"] = 4
    track.add_tempo(Inizio=0.12, Bpm=121.5, Metro="4/4", Battito=1)
    track.add_mark(Name="drop", Type="cue", Start=33.5, Num=2)
    track.add_mark(Name="", Type="loop", Start=40.0, End=44.0, Num=-1)
    document.add_playlist_folder("F").add_playlist("L").add_track(track.TrackID)
    file = tmp_path / "theirs.xml"
    document.save(file)
    crate = FORMATS["rekordbox"].read(io.BytesIO(file.read_bytes()))
    (found,) = crate.tracks
    assert (found.path, found.title, found.artist) == ("C:/Music/ä b.mp3", "Über", "A & B")
    assert (found.bpm, found.stars) == (121.5, 4)
    assert [(cue.kind, cue.start_s, cue.end_s, cue.number) for cue in found.cues] == [
        ("grid", 0.12, None, None),
        ("cue", 33.5, None, 2),
        ("loop", 40.0, 44.0, None),
    ]


def test_traktor_nml_utils_reads_every_field_of_500_tracks(given: list[Entry], tmp_path: Path) -> None:
    collection = traktor.TraktorCollection(written(tmp_path, "nml", given)).nml.collection
    assert len(collection.entry) == 500
    for ours, theirs in zip(given, collection.entry, strict=True):
        assert (theirs.title, theirs.artist, theirs.album.title) == (ours.title, ours.artist, ours.album)
        assert theirs.album.track == ours.number
        assert {name: getattr(theirs.info, name) for name in TRAKTOR_INFO} == known(ours, TRAKTOR_INFO)
        assert theirs.info.ranking == 51 * ours.stars
        assert theirs.info.bitrate == 320_000
        assert theirs.tempo.bpm == pytest.approx(ours.bpm, abs=1e-5)
        assert theirs.musical_key.value_attribute == camelot.KEYS.index(ours.tonality)
        assert theirs.loudness.analyzed_db == pytest.approx(ours.gain_db, abs=1e-5)
        assert ours.path.endswith(theirs.location.file)
        marks = marks_of(ours, tuple(TRAKTOR_KINDS))
        assert sorted((mark.type, round(mark.start * 10), mark.hotcue) for mark in theirs.cue_v2) == sorted(
            (TRAKTOR_KINDS[kind], start, number) for kind, start, number in marks
        )


def test_traktor_nml_utils_finds_the_playlists_and_their_tracks(given: list[Entry], tmp_path: Path) -> None:
    document = traktor.TraktorCollection(written(tmp_path, "nml", given)).nml
    at = {
        f"{each.location.volume}{each.location.dir}{each.location.file}" for each in document.collection.entry
    }
    folder, loose, empty = document.playlists.node.subnodes.node
    friday = folder.subnodes.node[0]
    assert (folder.name, friday.name, loose.name, empty.name) == (
        *("Sets & <crates>", "Friday 🎉", '"Loose"', "None"),
    )
    assert [len(each.playlist.entry) for each in (friday, loose, empty)] == [4, 2, 0]
    assert {each.primarykey.key for each in (*friday.playlist.entry, *loose.playlist.entry)} <= at


def test_what_traktor_nml_utils_writes_again_is_the_same_to_us(given: list[Entry], tmp_path: Path) -> None:
    file = written(tmp_path, "nml", given[:40])
    before = list(FORMATS["nml"].read(io.BytesIO(file.read_bytes())).tracks)
    traktor.TraktorCollection(file).save()
    after = list(FORMATS["nml"].read(io.BytesIO(file.read_bytes())).tracks)
    assert after == before
    assert len(after) == 40
