"""Rekordbox and Traktor libraries brought in: cues, ratings, playlists; nothing is overwritten unasked."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from resonance.adapters.memory_bus import MemoryBus
from resonance.core.errors import Forbidden, Invalid
from resonance.db.engine import Database
from resonance.db.tables.analysis import features
from resonance.db.tables.listens import rating
from resonance.library import traits
from resonance.listens import cues, ratings
from resonance.model.caller import Caller, Role
from resonance.model.cue import Cue
from resonance.playlists import playlists, reports
from resonance.playlists.exchange import export, importing, merging
from resonance.playlists.exchange.crate import Crate, Entry, Folder, Listing
from resonance.playlists.exchange.formats import FORMATS
from resonance.playlists.exchange.importing import Choice, Imported
from resonance.playlists.exchange.paths import mapping
from tests.fixtures.rows import Rows

BUS = MemoryBus()
THERE = mapping([("/m", "D:/Musik")])
BACK = Choice(mapping=mapping([("D:/Musik", "/m")]))
MARKS = (
    Cue(kind="cue", start_s=1.5, number=0, name="Eins <&>", colour="#28e214"),
    Cue(kind="loop", start_s=10.0, end_s=17.5, number=1),
    Cue(kind="grid", start_s=0.25, bpm=126.5, beat=1, beats=4),
    Cue(kind="load", start_s=0.3),
)


@pytest.fixture
def people(database: Database) -> tuple[Caller, Caller, list[str]]:
    """Two people, and twelve tracks of which the first six have cues and the first five a rating of hers."""
    with database.write() as uow:
        rows = Rows(uow)
        music = rows.library()
        ada, berta = rows.user("ada", role=Role.ADMIN), rows.user("berta")
        ids = [
            rows.track(f"Title {n}", artist=f"Artist {n}", library_id=music, folder=f"f{n}")
            for n in range(12)
        ]
        ids.append(rows.track("Ähnlich", library_id=music, comment="a\x01\n=b"))
        for number, track_id in enumerate(ids[:6]):
            cues.replace(uow, ada, track_id, MARKS)
            if number < 5:
                ratings.set(uow, BUS, ada, "track", track_id, number + 1)
        playlists.create(uow, BUS, ada, "Freitag", comment="", track_ids=[ids[7], ids[0], ids[7], ids[12]])
        playlists.create(uow, BUS, ada, "Empty")
    return ada, berta, ids


def exported(database: Database, caller: Caller, format: str) -> bytes:
    return b"".join(export.of_all(database, caller, export.wish(format, THERE)).pieces)


def imported(
    database: Database, caller: Caller, document: bytes, choice: Choice = BACK, name: str = ""
) -> Imported:
    format, crate = importing.read(io.BytesIO(document), name=name)
    return importing.run(database, BUS, caller, format, crate, choice, name="From a file")


def state(database: Database, caller: Caller, ids: list[str]) -> Any:
    with database.read() as uow:
        lists = {
            item.name: [entry.track.id for entry in playlists.detail(uow, caller, item.id).entries]
            for item in playlists.readable(uow, caller)
        }
        stars = select(rating.c.item_id, rating.c.stars).where(rating.c.user_id == caller.user_id)
        rated = dict(tuple(row) for row in uow.execute(stars))
        marks = cues.of_tracks(uow, caller, ids)
    return lists, rated, {id_: sorted(map(repr, some)) for id_, some in marks.items()}


@pytest.mark.parametrize("format", ["rekordbox", "nml"])
def test_a_whole_library_moves_from_one_person_to_another(
    database: Database, people: tuple[Caller, Caller, list[str]], format: str
) -> None:
    ada, berta, ids = people
    document = exported(database, ada, format)
    assert b"D:" in document and b"/m/" not in document
    trial = imported(database, berta, document, replace(BACK, dry_run=True))
    assert state(database, berta, ids) == ({}, {}, {}) and trial.dry_run
    done = imported(database, berta, document)
    assert (done.format, done.tracks, done.matched, done.conflicts) == (format, 8, 8, [])
    assert (done.cues.tracks, done.cues.added, done.cues.dropped, done.ratings.added) == (6, 24, 0, 5)
    assert [(one.name, one.entries, len(one.matched)) for one in done.playlists] == [
        ("Empty", 0, 0),
        ("Freitag", 4, 4),
    ]
    told = (trial.tracks, trial.matched, trial.cues, trial.ratings)
    assert told == (done.tracks, done.matched, done.cues, done.ratings)
    assert all(one.playlist_id is None for one in trial.playlists)
    if format == "nml":  # Traktor has no place for a beat's number in its bar
        plain = [replace_bar(cue) for cue in MARKS]
        with database.write() as uow:
            for track_id in ids[:6]:
                cues.replace(uow, ada, track_id, plain)
    assert state(database, berta, ids) == state(database, ada, ids)
    again = imported(database, berta, document)
    assert (again.cues.added, again.cues.same, again.ratings.same, again.conflicts) == (0, 24, 5, [])
    assert [one.playlist_id for one in again.playlists] == [one.playlist_id for one in done.playlists]
    assert state(database, berta, ids) == state(database, ada, ids)


def replace_bar(cue: Cue) -> Cue:
    from msgspec.structs import replace as changed

    return changed(cue, beat=None, beats=None)


def test_what_contradicts_is_told_and_kept_until_somebody_says_so(
    database: Database, people: tuple[Caller, Caller, list[str]]
) -> None:
    ada, berta, ids = people
    document = exported(database, ada, "rekordbox")
    mine = [Cue(kind="cue", start_s=99.0, number=0, name="mine"), Cue(kind="grid", start_s=0.1, bpm=126.5)]
    with database.write() as uow:
        cues.replace(uow, berta, ids[0], mine)
        ratings.set(uow, BUS, berta, "track", ids[0], 5)
    kept = imported(database, berta, document)
    assert (kept.cues.conflicts, kept.cues.replaced, kept.cues.added) == (2, 0, 22)
    assert (kept.ratings.conflicts, kept.ratings.replaced, kept.ratings.added) == (1, 0, 4)
    assert [(one.what, one.track_id) for one in kept.conflicts] == [
        ("grid", ids[0]),
        ("cue", ids[0]),
        ("rating", ids[0]),
    ]
    assert kept.conflicts[1].here == "cue 99.000 s on pad 1, mine"
    assert kept.conflicts[1].there == "cue 1.500 s on pad 1, Eins <&>"
    with database.read() as uow:
        after = cues.of_track(uow, berta, ids[0])
    assert set(map(repr, mine)) < set(map(repr, after)) and len(after) == 4
    taken = imported(database, berta, document, replace(BACK, cues="replace", stars="replace"))
    assert (taken.cues.replaced, taken.ratings.replaced) == (2, 1)
    assert state(database, berta, ids)[1:] == state(database, ada, ids)[1:]


def test_parts_can_be_left_out(database: Database, people: tuple[Caller, Caller, list[str]]) -> None:
    ada, berta, ids = people
    document = exported(database, ada, "rekordbox")
    imported(database, berta, document, replace(BACK, lists="skip", stars="skip", grids=False))
    lists, rated, marks = state(database, berta, ids)
    assert (lists, rated) == ({}, {}) and all(len(some) == 3 for some in marks.values())
    imported(database, berta, document, replace(BACK, cues="skip"))
    assert len(state(database, berta, ids)[1]) == 5


def test_a_playlist_of_the_same_name(database: Database, people: tuple[Caller, Caller, list[str]]) -> None:
    ada, berta, ids = people
    document = exported(database, ada, "rekordbox")
    with database.write() as uow:
        mine = playlists.create(uow, BUS, berta, "Freitag", track_ids=[ids[1]]).id
    beside = imported(database, berta, document)
    made = beside.playlists[1].playlist_id
    assert made is not None and made != mine
    # What is there already is not brought in again, whatever else has that name.
    assert (
        imported(database, berta, document, replace(BACK, lists="replace")).playlists[1].playlist_id == made
    )
    with database.write() as uow:
        playlists.delete(uow, BUS, berta, made)
    instead = imported(database, berta, document, replace(BACK, lists="replace"))
    assert instead.playlists[1].playlist_id == mine
    with database.read() as uow:
        held = [entry.track.id for entry in playlists.detail(uow, berta, mine).entries]
    assert held == [ids[7], ids[0], ids[7], ids[12]]


def test_folders_come_along(database: Database, people: tuple[Caller, Caller, list[str]]) -> None:
    _, berta, ids = people
    tracks = [Entry(key=str(n), title=f"Title {n}", artist=f"Artist {n}", duration_s=200.0) for n in range(3)]
    inner = Folder("Inner", (Listing("L", ("0", "1")), Listing("M", ("2",))))
    tree = (Folder("Outer", (inner, Listing("L", ("1",)))), Listing("L", ("2",)))
    document = b"".join(FORMATS["nml"].write(Crate(tracks, 3, tree)))
    done = imported(database, berta, document)
    again = imported(database, berta, document, replace(BACK, lists="replace"))
    assert [one.playlist_id for one in again.playlists] == [one.playlist_id for one in done.playlists]
    with database.read() as uow:
        assert [(item.name, item.entries, item.matched) for item in reports.mine(uow, berta)] == [
            ("From a file", 5, 5)
        ] * 2
        shown = export.mine(uow, berta)
    outer, loose = shown
    assert isinstance(outer, Folder) and isinstance(loose, Listing) and loose.keys == (ids[2],)
    assert outer.name == "Outer" and [child.name for child in outer.children] == ["Inner", "L"]
    made = b"".join(export.of_all(database, berta, export.wish("nml")).pieces)
    (there, _) = FORMATS["nml"].read(io.BytesIO(made)).playlists
    assert isinstance(there, Folder) and [child.name for child in there.children] == ["Inner", "L"]


def test_what_is_not_here_is_named(database: Database, people: tuple[Caller, Caller, list[str]]) -> None:
    _, berta, ids = people
    tracks = [
        Entry(key="1", title="Title 3", artist="Artist 3", duration_s=200.0, path="X:/gone.mp3", stars=2),
        Entry(key="2", title="Nowhere", artist="Nobody", path="X:/no.mp3", stars=4, cues=MARKS),
    ]
    tree = (Folder("F", (Listing("L", ("2", "1", "404")),)),)
    done = imported(database, berta, b"".join(FORMATS["rekordbox"].write(Crate(tracks, 2, tree))))
    (told,) = done.playlists
    assert (done.tracks, done.matched, told.entries, told.folders) == (2, 1, 2, ["F"])
    assert [(line.title, line.track_id) for line in told.matched] == [("Title 3", ids[3])]
    assert [line.title for line in told.missing] == ["Nowhere"]
    assert (done.cues.tracks, done.ratings.added) == (0, 1)


def test_a_measured_grid_is_nobodys_word(
    database: Database, people: tuple[Caller, Caller, list[str]]
) -> None:
    ada, berta, ids = people
    heard = {"bpm": 126.52, "bpm_confidence": 0.9, "beat_offset_s": 0.2, "etag": "x", "analysed_at": 1}
    with database.write() as uow:
        Rows(uow).insert(features, track_id=ids[8], analyser="resonance", **heard)
        traits.refresh(uow, [ids[8]])
    document = exported(database, ada, "rekordbox")
    (entry,) = [
        one for one in FORMATS["rekordbox"].read(io.BytesIO(document)).tracks if one.title == "Title 8"
    ]
    assert entry.cues == (Cue(kind="grid", start_s=0.2, bpm=126.52, beat=1, beats=4),)
    done = imported(database, berta, document)
    assert done.cues.same == 1 and ids[8] not in state(database, berta, ids)[2]


def test_who_may_not_see_the_server_gets_names_in_place_of_folders(
    database: Database, people: tuple[Caller, Caller, list[str]]
) -> None:
    _, berta, ids = people
    made = export.of_tracks(
        database, berta, "x/y", ids[:1], export.wish("rekordbox", mapping([("/Music", "E:/M")]))
    )
    document = b"".join(made.pieces)
    assert b'Location="file://localhost/E:/M/f0/' in document and made.file_name == "x_y.xml"
    assert b"/m/" not in document


def test_guests_and_other_files_are_refused(
    database: Database, people: tuple[Caller, Caller, list[str]]
) -> None:
    ada, _, _ = people
    document = exported(database, ada, "rekordbox")
    with database.write() as uow:
        guest = Rows(uow).user("gustav", role=Role.GUEST)
    with pytest.raises(Forbidden):
        imported(database, guest, document)
    with pytest.raises(Invalid):
        importing.read(io.BytesIO(b"\x00\x01binary"), name="x.bin")
    with pytest.raises(Invalid):
        importing.read(io.BytesIO(b"a"), format="csv")
    with pytest.raises(Invalid):
        export.wish("itunes")


def test_an_archive_holds_all_playlists(database: Database, people: tuple[Caller, Caller, list[str]]) -> None:
    import zipfile

    ada, _, _ = people
    made = export.of_all(database, ada, export.wish("m3u8"))
    first = b"".join(made.pieces)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["Empty.m3u8", "Freitag.m3u8"]
        lines = archive.read("Freitag.m3u8").decode().splitlines()
    assert [line[-5:] for line in lines if not line.startswith("#")] == [".flac"] * 4
    assert first == b"".join(export.of_all(database, ada, export.wish("m3u8")).pieces)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("/abs", "_abs"),
        ("..", "playlist"),
        (".hidden", "hidden"),
        ("C:\\x", "C__x"),
        ("a\0b\n", "a_b_"),
        ("CON", "_CON"),
        ("nul.x", "_nul.x"),
        ("Console", "Console"),
        ("🎛" * 100, "🎛" * 45),
        ("a" * 179 + " .b", "a" * 179),
        ("", "playlist"),
    ],
)
def test_names_of_files_are_no_paths(name: str, made: str) -> None:
    assert export.safe(name) == made


def test_lists_of_one_name_are_several_files(
    database: Database, people: tuple[Caller, Caller, list[str]]
) -> None:
    import zipfile

    ada, _, ids = people
    with database.write() as uow:
        for name in ("../x", "..\\x", ".. x", "FREITAG", "Con"):
            playlists.create(uow, BUS, ada, name, track_ids=ids[:1])
    document = b"".join(export.of_all(database, ada, export.wish("m3u8")).pieces)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        names = archive.namelist()
    assert len({name.lower() for name in names}) == len(names) == 7
    assert not any(name.startswith((".", "/")) or "/" in name or "\\" in name for name in names)


def test_grids_that_say_nothing_new_are_one() -> None:
    beats = [Cue(kind="grid", start_s=0.1 + n * 0.5, bpm=120.0, beat=n % 4 + 1, beats=4) for n in range(200)]
    beats.append(Cue(kind="grid", start_s=100.3, bpm=90.0))
    kept, dropped = merging.kept([*beats, Cue(kind="cue", start_s=-0.004, number=40, name="n" * 500)])
    assert [cue.start_s for cue in kept] == [0.1, 100.3, 0.0] and dropped == 0
    assert kept[2].number is None and len(kept[2].name) == cues.LONGEST_NAME


@pytest.mark.parametrize(
    "wrong",
    [
        Cue(kind="loop", start_s=1.0),
        Cue(kind="loop", start_s=1.0, end_s=1.0),
        Cue(kind="cue", start_s=1.0, end_s=2.0),
        Cue(kind="cue", start_s=-1.0),
        Cue(kind="cue", start_s=float("nan")),
        Cue(kind="cue", start_s=1.0, number=16),
        Cue(kind="cue", start_s=1.0, colour="red"),
        Cue(kind="cue", start_s=1.0, bpm=120.0),
        Cue(kind="grid", start_s=1.0, bpm=0.0),
        Cue(kind="grid", start_s=1.0, beat=5, beats=4),
        Cue(kind="nothing", start_s=1.0),  # type: ignore[arg-type]
    ],
)
def test_cues_that_cannot_be(wrong: Cue) -> None:
    with pytest.raises(Invalid):
        cues.checked([wrong])


def test_one_pad_one_cue() -> None:
    with pytest.raises(Invalid):
        cues.checked([Cue(kind="cue", start_s=1.0, number=0), Cue(kind="cue", start_s=2.0, number=0)])
